"""A team's day at the desk, from a deal to its delivery, in a browser: on SQLite and on a PostgreSQL server."""

import shutil
import tomllib
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accord.clauses import approvals
from accord.register.register import Register
from support import desks, letters, postgres
from support.paths import SAMPLES

STEM = "05-en-purchase-england"
REFERENCE = letters.sample(STEM).reference
ROWS = "language,prospect,feature,decline\nen,Orchard & Vine,Gift cards,out-of-scope\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """That of an empty database."""
    server = (
        postgres.server()
        if request.param == "postgresql"
        else nullcontext(f"sqlite:///{tmp_path}/register.db")
    )
    with server as template:
        yield template.format(database="postgres")


def follow(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()


def signs_in(page: Page) -> None:
    page.get_by_label("Name").fill("claire")
    page.get_by_label("Password").fill(desks.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def releases_the_deal_of_a_colleague(page: Page) -> None:
    follow(page, "New letter")
    page.get_by_role("button", name="Open as a draft").click()
    expect(page.frame_locator("#letter").locator(".addressee")).to_contain_text("Harrow & Sedge")
    page.get_by_role("button", name="Release").click()
    page.wait_for_url(f"**/letters/{REFERENCE}")


def has_it_signed_and_delivers(page: Page) -> None:
    page.get_by_role("link", name="Record the signatures").click()
    page.get_by_role("textbox", name="Signed on").fill("2026-11-28")
    page.get_by_role("button", name="Record the signatures").click()
    page.get_by_role("link", name="Notify the delivery").click()
    page.get_by_role("button", name="Show what will be recorded").click()
    page.get_by_role("button", name="Issue the document and record the step").click()
    page.wait_for_url(f"**/letters/{REFERENCE}")
    expect(page.get_by_role("list", name="Its life")).to_contain_text("recorded by claire")


def checks_the_letter_that_came_back(page: Page, letter: Path) -> None:
    follow(page, "Legal")
    page.get_by_label("Letters to check").set_input_files(letter)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text("authentic:").first.wait_for()


def approves_a_clause(page: Page, origin: str) -> None:
    page.goto(f"{origin}/legal/clauses?words=price.vat")
    page.get_by_label("To approve: en/agreement/32-price.vat.md").check()
    page.get_by_role("button", name="Read the ticked texts").click()
    page.get_by_role("button", name="I approve").click()
    page.get_by_text("1 text approved").wait_for()


def makes_the_final_letters_of_a_spreadsheet(page: Page, origin: str) -> None:
    page.goto(f"{origin}/batch")
    rows: Any = [{"name": "deals.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}]
    page.get_by_label("Spreadsheet", exact=True).set_input_files(files=rows)
    page.get_by_role("button", name="Look at the rows").click()
    page.get_by_label("final", exact=False).check()
    page.get_by_role("button", name="Make the letters").click()
    page.get_by_text("1 row: 1 written").wait_for()


def changes_the_house(page: Page) -> None:
    follow(page, "House")
    page.get_by_label("Colour").fill("#204060")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Written to accord.toml")


def test_from_a_deal_to_its_delivery(page: Page, tmp_path: Path, address: str) -> None:
    house = desks.house(tmp_path)
    shutil.copy(SAMPLES / f"{STEM}.toml", tmp_path / "letters")
    issued = tmp_path / "letters" / f"{letters.sample(STEM).file_stem}.pdf"
    desk = desks.team(house, address, claire="admin")
    with closing(desk), desks.served(desk) as entrance:
        origin = entrance.partition("/?")[0]
        page.goto(origin)
        signs_in(page)
        releases_the_deal_of_a_colleague(page)
        assert issued.read_bytes() == letters.pdf(STEM)
        has_it_signed_and_delivers(page)
        checks_the_letter_that_came_back(page, issued)
        approves_a_clause(page, origin)
        makes_the_final_letters_of_a_spreadsheet(page, origin)
        follow(page, "Board")
        expect(page.get_by_role("table").first).to_contain_text("Orchard & Vine")
        expect(page.get_by_role("table").first).to_contain_text(REFERENCE)
        changes_the_house(page)

    register = Register.open(address)
    history = register.history(REFERENCE)
    assert history is not None
    assert [(event.kind, event.actor) for event in history.events] == [
        ("signed", "claire"),
        ("delivered", "claire"),
    ]
    assert {each.entry.kind for each in register.histories()} == {"agreement", "decline"}
    assert register.faults() == []
    register.close()
    assert [each.by for each in approvals.read(tmp_path)] == ["claire"]
    assert tomllib.loads(house.read_text("utf-8"))["brand"]["colour"] == "#204060"
