"""The clause library on the desk: what is shown, what is approved, and by whom."""

import re
import threading
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from accord.clauses import approvals
from accord.clauses.library import TEMPLATES
from accord.desk.desk import Person
from support import desks

PRICE = "fr/agreement/32-price.vat.md"
OWN = "en/agreement/56-confidentiality.binding.md"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return desks.house(tmp_path)


def own_text(house: Path, body: str) -> Path:
    """A text of the house's own in place of a standard one, of the same head."""
    standard = (TEMPLATES / OWN).read_text("utf-8")
    head = standard[: standard.index("+++", 3) + 3]
    path = house.parent / "templates" / OWN
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}\n{body}\n", "utf-8")
    return path


def test_both_languages_stand_beside_each_other_with_sources_and_conditions(house: Path) -> None:
    text = unescape(desks.client(desks.desk_of(house)).get("/legal/clauses?words=32-price.vat.md").text)
    assert text.count('<section class="panel clause"') == 1
    assert 'lang="fr"' in text
    assert 'lang="en"' in text
    assert "In if: purchase binding, VAT rate given" in text
    assert "1 clause of " in text


@pytest.mark.parametrize(
    ("asked", "shown"),
    {
        "kind=decline&words=thanks": True,
        "kind=agreement&words=thanks 10": False,
        "kind=email": True,
        "kind=after&words=L218-2": False,
        "words=1304-3": True,
        "kind=no-such-kind&state=no-such-state": True,
        "state=approved": False,
        "state=own": False,
    }.items(),
)
def test_the_address_says_what_is_shown(house: Path, asked: str, *, shown: bool) -> None:
    answer = desks.client(desks.desk_of(house)).get(f"/legal/clauses?{asked}")
    assert answer.status_code == 200
    assert ('<section class="panel clause"' in answer.text) is shown


def test_what_is_asked_for_is_shown_as_text(house: Path) -> None:
    text = desks.client(desks.desk_of(house)).get("/legal/clauses", params={"words": '"><script>x'}).text
    assert "<script>x" not in text


def test_exactly_what_was_shown_is_approved_and_under_whose_name(house: Path) -> None:
    browser = desks.client(desks.desk_of(house, person=Person("Anne Roy", "legal")))
    text = browser.get("/legal/clauses/approve", params={"file": PRICE}).text
    (digest,) = re.findall(r'name="digest" value="([^"]*)"', text)
    assert f"<code>{digest}</code>" in text
    assert not (house.parent / "approvals.toml").exists()
    after = browser.post("/legal/clauses/approve", data={"file": PRICE, "digest": digest})
    assert "1 text approved" in after.text
    (approval,) = approvals.read(house.parent)
    assert (approval.file, approval.digest, approval.by, approval.on) == (
        PRICE,
        digest,
        "Anne Roy",
        desks.NOW.date(),
    )
    assert "approved by Anne Roy" in unescape(browser.get("/legal/clauses?words=32-price.vat.md").text)


def test_a_text_that_changed_meanwhile_is_shown_again_not_approved(house: Path) -> None:
    path = own_text(house, "Each party keeps what it learns to itself.")
    browser = desks.client(desks.desk_of(house))
    text = browser.get("/legal/clauses/approve", params={"file": OWN}).text
    (digest,) = re.findall(r'name="digest" value="([^"]*)"', text)
    own_text(house, "Each party may publish what it learns about the other.")
    answer = browser.post("/legal/clauses/approve", data={"file": OWN, "digest": digest})
    assert answer.status_code == 409
    assert f"{OWN}: was changed since you read it" in answer.text
    assert "may publish" in answer.text
    assert not approvals.read(house.parent)
    assert path.exists()


def test_an_own_text_shows_what_it_changes_and_what_is_to_be_said_of_it(house: Path) -> None:
    own_text(house, "Each party keeps what it learns to itself until 31 March 2031.")
    browser = desks.client(desks.desk_of(house))
    shown = unescape(browser.get("/legal/clauses?state=own").text)
    assert shown.count('<section class="panel clause"') == 1
    assert "<ins>" in shown
    assert "<del>" in shown
    assert "own texts" in shown
    assert "“31 March 2031” stays the same in every letter" in unescape(
        browser.get("/legal/clauses/approve", params={"file": OWN}).text
    )


@pytest.mark.parametrize(
    "file", ["../../accord.toml", "/etc/passwd", "fr/agreement/../../../accord.toml", "no-such.md", ""]
)
def test_only_a_clause_of_the_list_is_approved(house: Path, file: str) -> None:
    browser = desks.client(desks.desk_of(house))
    assert browser.get("/legal/clauses/approve", params={"file": file}).status_code == 422
    answer = browser.post("/legal/clauses/approve", data={"file": file, "digest": "sha256:0"})
    assert answer.status_code == 422
    assert not (house.parent / "approvals.toml").exists()


def test_who_sells_reads_the_clauses_and_approves_none(house: Path) -> None:
    browser = desks.client(desks.desk_of(house, person=Person("lea", "sales")))
    assert 'type="checkbox"' not in browser.get("/legal/clauses").text
    assert browser.get("/legal/clauses/approve", params={"file": PRICE}).status_code == 403
    answer = browser.post("/legal/clauses/approve", data={"file": PRICE, "digest": "x"})
    assert answer.status_code == 403
    assert not (house.parent / "approvals.toml").exists()


def test_two_who_approve_at_once_are_both_recorded(house: Path) -> None:
    files = [
        PRICE,
        "en/agreement/32-price.vat.md",
        "fr/agreement/10-parties.md",
        "en/agreement/10-parties.md",
    ]

    def approve(file: str) -> None:
        browser = desks.client(desks.desk_of(house, person=Person(f"by {file}", "legal")))
        text = browser.get("/legal/clauses/approve", params={"file": file}).text
        (digest,) = re.findall(r'name="digest" value="([^"]*)"', text)
        browser.post("/legal/clauses/approve", data={"file": file, "digest": digest})

    threads = [threading.Thread(target=approve, args=(file,)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.by for each in approvals.read(house.parent)} == {f"by {file}" for file in files}


def test_a_lawyer_reads_and_approves(page: Page, house: Path) -> None:
    with desks.served(desks.desk_of(house, person=Person("Anne Roy", "legal"))) as address:
        page.goto(address)
        page.goto(address.partition("/?")[0] + "/legal/clauses?words=price.vat")
        page.get_by_label(f"To approve: {PRICE}").check()
        page.get_by_role("button", name="Read the ticked texts").click()
        page.get_by_role("button", name="I approve").click()
        page.get_by_text("1 text approved").wait_for()
    assert [each.by for each in approvals.read(house.parent)] == ["Anne Roy"]
