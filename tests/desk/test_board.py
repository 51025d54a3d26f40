"""The board: what it shows, in what order, what its address asks for, the calendar."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from accord.domain.promise import Happened
from accord.register.entries import Entry, Row, as_data, data_of_step
from accord.register.register import Register
from support import desks
from support.cli import run
from support.registered import ENTRY

DAY = datetime.date


def test_the_board_shows_what_is_recorded(page: Page, tmp_path: Path) -> None:
    house = desks.house(tmp_path, ("01-fr-abonnement",))
    assert run("register", "add", tmp_path / "letters/01-fr-abonnement.pdf", "--house", house).exit_code == 0
    with desks.served(desks.desk_of(house)) as address:
        page.goto(address)
        row = page.get_by_role("row").nth(1).inner_text()
    assert "Boulangeries Lefèvre" in row
    assert "€12,000.00" in row


# --- Ten letters, of which three are late ---------------------------------------------


def entry(number: int, prospect: str, **others: object) -> Entry:
    return replace(ENTRY, reference=f"AP-20261113-{number:05d}", prospect=prospect, **others)  # type: ignore[arg-type]


def rows() -> Iterator[Row]:
    """Late: 1 and 2; due: 3; to be signed: 4, in pounds; declined: 5; and forty more that are signed, due later."""
    due = DAY(2026, 11, 20)
    for letter in (
        entry(1, "Scierie du Lac", due=due, effort=12),
        entry(2, "Ébénisterie Noël", due=DAY(2026, 11, 27), effort=5),
        entry(3, "Menuiserie <b>Lefèvre</b>", due=DAY(2026, 12, 4), effort=20, long_stop=DAY(2027, 1, 15)),
        entry(
            4,
            "Joiners Ltd",
            value=Decimal(250),
            currency="GBP",
            feature="Cutting lists",
            request="cutting lists",
        ),
        entry(
            5,
            "Parquets SA",
            kind="decline",
            law=None,
            binding=None,
            reason="out-of-scope",
            value=None,
            currency=None,
        ),
        *(entry(100 + number, f"Atelier {number}", due=DAY(2027, 3, 31)) for number in range(40)),
    ):
        yield Row(letter.reference, "issued", as_data(letter))
        if letter.prospect != "Joiners Ltd" and letter.kind == "agreement":
            step = data_of_step(Happened("signed", DAY(2026, 11, 16)), {})
            yield Row(letter.reference, "signed", step)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with those letters, whose team gives twenty days a month."""
    house = desks.house(tmp_path_factory.mktemp("house"))
    house.write_text(house.read_text("utf-8") + "\n[capacity]\ndays_per_month = 20\n", "utf-8")
    register = Register.open(f"sqlite:///{house.parent / 'register.db'}")
    register.replace(rows(), actor="mina", time=desks.NOW, force=False)
    register.close()
    return house


@pytest.fixture(scope="module")
def board(house: Path) -> TestClient:
    return desks.client(desks.desk_of(house))


def shown(board: TestClient, address: str) -> list[str]:
    """The last digits of the references of a list, in its order."""
    found = board.get(address).text.partition('<div id="found">')[2].partition("<h2>")[0]
    return re.findall(r'<a href="/letters/AP-20261113-00(\d{3})">', found)


LISTS = {
    "/?open=1&before=2026-12-31": ["001", "002", "003", "004"],
    "/?overdue=1": ["001", "002"],
    "/?before=5+d%C3%A9cembre+2026": ["001", "002", "003"],
    "/?before=4+December+2026": ["001", "002"],
    "/?state=issued": ["004"],
    "/?state=declined": ["005"],
    "/?state=declined&state=issued": ["004", "005"],
    "/?text=ebenisterie": ["002"],
    "/?text=CUTTING": ["004"],
    "/?text=00003": ["003"],
    "/?prospect=lefevre": ["003"],
    "/?feature=cutting": ["004"],
    "/?text=nobody": [],
    "/?state=nonsense": [],
    "/?page=2&prospect=atelier": [f"{number}" for number in range(125, 140)],
    "/?page=99&prospect=atelier": [f"{number}" for number in range(125, 140)],
    "/?page=x&prospect=noel": ["002"],
}


@pytest.mark.parametrize("address", LISTS)
def test_the_address_says_which_letters_are_shown(board: TestClient, address: str) -> None:
    assert shown(board, address) == LISTS[address]


def test_what_is_late_comes_first_and_what_needs_nothing_last(board: TestClient) -> None:
    assert shown(board, "/")[:4] == ["001", "002", "003", "004"]
    assert shown(board, "/?page=2")[-1] == "005"
    assert "9 days late" in board.get("/").text


def test_a_day_that_is_none_is_told_beside_its_field(board: TestClient) -> None:
    page = board.get("/?before=someday&state=issued").text
    assert 'aria-invalid="true" aria-describedby="before-fault"' in page
    assert "“someday” is not a date" in page
    assert shown(board, "/?before=someday&state=issued") == ["004"]


def test_value_is_told_by_state_and_currency(board: TestClient) -> None:
    page = board.get("/").text
    (signed,) = re.findall(r'<tr><th scope="row"><a href="/\?state=signed">.*', page)
    assert re.findall(r'number">([^<]*)', signed) == ["43", "€516,000.00", ""]
    (issued,) = re.findall(r'<tr><th scope="row"><a href="/\?state=issued">.*', page)
    assert re.findall(r'number">([^<]*)', issued) == ["1", "", "£250.00"]


def test_the_load_is_a_picture_and_a_table(board: TestClient) -> None:
    page = board.get("/").text
    assert '<svg class="load" role="img" aria-labelledby="load-title"' in page
    table = page.partition('<th scope="col">Month</th>')[2]
    taken = re.findall(
        r'<th scope="row">(\w+) \d+</th><td class="number">(\d+)</td><td class="number">(\d+)', table
    )
    assert taken == [("November", "1", "1"), ("December", "20", "20"), ("January", "16", "20")]
    assert "41 promises are not in the plan" in page


def test_what_somebody_typed_is_no_mark_up(board: TestClient) -> None:
    page = board.get('/?text="><script>').text
    assert "<script>" not in page.partition("<main")[2]
    assert "<b>Lefèvre" not in board.get("/").text


def test_a_letter_added_elsewhere_is_seen_at_once(tmp_path: Path) -> None:
    house = desks.house(tmp_path)
    browser = desks.client(desks.desk_of(house))
    assert "No letter has been issued yet" in browser.get("/").text
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    register.issue(entry(7, "Tonnellerie Vidal"), actor="mina", time=desks.NOW)
    register.close()
    assert "Tonnellerie Vidal" in browser.get("/").text


# --- The calendar -------------------------------------------------------------------


def test_a_calendar_opens_by_its_token_until_that_is_revoked(house: Path) -> None:
    desk = desks.desk_of(house)
    mine, stranger = desks.client(desk), desks.stranger(desk)
    (address,) = re.findall(r"<code>(.*?)</code>", mine.post("/calendar").text)
    answer = stranger.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Scierie du Lac" in answer.text
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in mine.get("/").text
    assert token.encode() not in b"".join(each.read_bytes() for each in house.parent.glob("register.db*"))
    (newer,) = re.findall(r"<code>(.*?)</code>", mine.post("/calendar").text)
    assert (stranger.get(address).status_code, stranger.get(newer).status_code) == (404, 200)
    assert mine.post("/calendar/revoked").status_code == 200
    assert stranger.get(newer).status_code == 404
    assert stranger.get("/calendar/guessed.ics").status_code == 404
    assert stranger.post("/calendar").status_code == 401


# --- In a browser ---------------------------------------------------------------------


def test_the_list_follows_what_is_typed_and_so_does_the_address(page: Page, house: Path) -> None:
    with desks.served(desks.desk_of(house)) as address:
        page.goto(address)
        expect(page.locator("#count")).to_have_text("45 letters")
        page.get_by_label("Search").press_sequentially("noel")
        expect(page.locator("#count")).to_have_text("1 letter")
        expect(page.get_by_role("link", name="AP-20261113-00002").first).to_be_visible()
        expect(page).to_have_url(re.compile(r"text=noel"))
        page.reload()
        expect(page.locator("#count")).to_have_text("1 letter")
