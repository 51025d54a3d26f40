"""A letter's page: its life, its documents, the steps in it, what would hold if."""

import email
import functools
import html
import io
import re
import shutil
import threading
from collections.abc import Callable
from email.policy import SMTP
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from accord.desk.desk import Person
from accord.register.register import Register
from support import desks, letters, postgres
from support.cli import run

STEM = "03-fr-pilote-promesse"
REFERENCE = letters.sample(STEM).reference
ADDRESS = f"/letters/{REFERENCE}"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    house = desks.house(folder, (STEM, "09-fr-refus-hors-marche"))
    assert (
        run("register", "add", *sorted((folder / "letters").glob("*.pdf")), "--house", house).exit_code == 0
    )
    return folder


@pytest.fixture
def house(recorded: Path, tmp_path: Path) -> Path:
    """A copy of a house with an agreement and a decline on record."""
    shutil.copytree(recorded, tmp_path, dirs_exist_ok=True)
    return tmp_path / "accord.toml"


@pytest.fixture
def browser_of(house: Path) -> TestClient:
    return desks.client(desks.desk_of(house))


def events(house: Path) -> list[str]:
    """The kinds of what has happened to the letter."""
    register = Register.open(f"sqlite:///{house.parent / 'register.db'}")
    history = register.history(REFERENCE)
    register.close()
    assert history
    return [event.kind for event in history.events]


def take(browser: TestClient, step: str, seen: int, **fields: str) -> int:
    sent = browser.post(f"{ADDRESS}/steps/{step}", data={"seen": f"{seen}", **fields}, follow_redirects=False)
    return sent.status_code


def test_an_issued_letter_gives_its_email_and_its_deal(house: Path, browser_of: TestClient) -> None:
    page = browser_of.get(ADDRESS).text
    assert {f"{ADDRESS}/letter.eml", f"{ADDRESS}/letter.toml"} <= set(re.findall(r'href="(.*?)"', page))
    mail = email.message_from_bytes(browser_of.get(f"{ADDRESS}/letter.eml").content, policy=SMTP)
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == letters.pdf(STEM)
    deal = house.parent / "again.toml"
    deal.write_bytes(browser_of.get(f"{ADDRESS}/letter.toml").content)
    assert run("render", deal, "--final", "--house", house, "--out", house.parent / "again").exit_code == 0
    (again,) = (house.parent / "again").glob("*.pdf")
    assert again.read_bytes() == letters.pdf(STEM)


# --- Steps ----------------------------------------------------------------------------


def test_a_step_is_shown_then_issued_and_recorded_once(house: Path, browser_of: TestClient) -> None:
    assert take(browser_of, "signed", 0, on="2026-11-28") == 303
    shown = browser_of.get(
        f"{ADDRESS}/steps/delivered", params={"on": "28 nov. 2026", "items": "menu Caisse"}
    )
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', shown.text))
    assert fields == {"seen": "1", "on": "2026-11-28", "items": "menu Caisse"}
    (frame,) = re.findall(r'<iframe class="paper" src="(.*?)"', shown.text)
    before = browser_of.get(frame.replace("&amp;", "&"))
    assert "menu Caisse" in before.text
    assert before.headers["content-security-policy"].endswith("sandbox")
    assert events(house) == ["signed"]
    pdf = browser_of.get(frame.replace("&amp;", "&").replace("document.html", "document.pdf"))
    for _twice in range(2):
        sent = browser_of.post(f"{ADDRESS}/steps/delivered", data=fields, follow_redirects=False)
        assert (sent.status_code, sent.headers["location"]) == (303, ADDRESS)
    assert events(house) == ["signed", "delivered"]
    (written,) = (house.parent / "letters").glob("*avis-de-livraison*.pdf")
    assert written.read_bytes() == pdf.content
    assert browser_of.get(f"{ADDRESS}/documents/1").content == pdf.content


def test_a_step_sent_at_the_same_moment_is_recorded_once(house: Path, browser_of: TestClient) -> None:
    assert take(browser_of, "signed", 0, on="2026-11-24") == 303
    statuses: list[int] = []
    fields = {"on": "2026-11-25", "to": "2027-09-30", "cause": "agreed"}
    threads = [
        threading.Thread(target=lambda: statuses.append(take(browser_of, "extended", 1, **fields)))
        for _time in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303] * 4
    assert events(house) == ["signed", "extended"]


def test_who_has_not_seen_the_last_step_takes_none(house: Path, browser_of: TestClient) -> None:
    assert take(browser_of, "signed", 0, on="2026-11-24") == 303
    late = {"seen": "0", "on": "2026-11-25", "to": "2027-09-30"}
    answer = browser_of.post(f"{ADDRESS}/steps/extended", data=late)
    assert answer.status_code == 422
    assert "a step has been recorded meanwhile" in answer.text
    assert events(house) == ["signed"]


REFUSED = {
    "what the letter does not allow": ("delivered", {"on": "2026-11-28"}, "is not signed yet"),
    "a day that is none": ("withdrawn", {"on": "someday"}, "“someday” is not a date"),
    "a day before the letter": ("withdrawn", {"on": "2020-01-01"}, "is before"),
    "a day too late": ("signed", {"on": "2030-01-01"}, "article"),
}


@pytest.mark.parametrize(("step", "fields", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_that_of_the_command_line(
    house: Path, browser_of: TestClient, step: str, fields: dict[str, str], sentence: str
) -> None:
    answer = browser_of.post(f"{ADDRESS}/steps/{step}", data={"seen": "0", **fields})
    assert answer.status_code == 422
    assert sentence in answer.text
    told = run("follow", step, REFERENCE, "--on", fields["on"], "--house", house).stderr
    assert sentence in " ".join(told.split())
    assert events(house) == []
    shown = browser_of.get(f"{ADDRESS}/steps/{step}", params=fields)
    assert step == "signed" or sentence in shown.text


@pytest.mark.parametrize("seen", ["", "x", "-1", "1" * 5000])
def test_what_is_not_whole_records_nothing(house: Path, browser_of: TestClient, seen: str) -> None:
    answer = browser_of.post(f"{ADDRESS}/steps/withdrawn", data={"seen": seen})
    assert answer.status_code == 422
    assert events(house) == []


def test_a_reservation_stands_in_the_report(house: Path, browser_of: TestClient) -> None:
    assert take(browser_of, "signed", 0, on="2026-11-24") == 303
    assert take(browser_of, "delivered", 1, on="2026-11-25", alone="1") == 303
    items = {"on": "2026-11-26", "items": "Un bouton dépasse.\nUne couleur manque."}
    answer = browser_of.get(f"{ADDRESS}/steps/accepted/document.html", params=items)
    assert "bouton dépasse" in answer.text, answer.text
    assert "couleur manque" in answer.text
    assert take(browser_of, "accepted", 2, **items) == 303
    assert len(list((house.parent / "letters").glob("*proces-verbal*.pdf"))) == 1


# --- What came back -----------------------------------------------------------------------


@functools.cache
def scanned() -> bytes:
    pdf, content = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(content)
    return content.getvalue()


def test_a_scan_is_recorded_and_opened_again(house: Path, browser_of: TestClient) -> None:
    content = scanned()
    for _twice in range(2):
        sent = browser_of.post(
            f"{ADDRESS}/steps/signed",
            data={"seen": "0", "on": "2026-11-24", "scan": "1"},
            files={"file": ("../../../scan.pdf", content, "application/pdf")},
            follow_redirects=False,
        )
        assert sent.status_code == 303, sent.text
    assert events(house) == ["signed"]
    assert browser_of.get(f"{ADDRESS}/documents/1").content == content
    assert "on paper; the file is a scan" in browser_of.get(ADDRESS).text


BACK = {
    "no PDF": (lambda: b"hello", "", "is not a PDF"),
    "the letter unsigned": (lambda: letters.pdf(STEM), "", "bears no signature"),
    "the letter called a scan": (lambda: letters.pdf(STEM), "1", "is a file that Accord made"),
    "another PDF that is called no scan": (scanned, "", "is no letter of Accord"),
}


@pytest.mark.parametrize(("content", "scan", "sentence"), BACK.values(), ids=BACK)
def test_a_file_that_shows_no_signature_is_refused_and_not_kept(
    house: Path, browser_of: TestClient, content: Callable[[], bytes], scan: str, sentence: str
) -> None:
    before = sorted(house.parent.rglob("*.pdf"))
    answer = browser_of.post(
        f"{ADDRESS}/steps/signed",
        data={"seen": "0", "scan": scan} if scan else {"seen": "0"},
        files={"file": ("back.pdf", content(), "application/pdf")},
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert events(house) == []
    assert sorted(house.parent.rglob("*.pdf")) == before


# --- Documents ----------------------------------------------------------------------------


def test_only_what_the_register_lists_is_given_and_only_as_it_was_recorded(
    house: Path, browser_of: TestClient
) -> None:
    answer = browser_of.get(f"{ADDRESS}/documents/0")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'inline; filename="{REFERENCE}-0.pdf"'
    assert answer.content == letters.pdf(STEM)
    for path in ("1", "999999999999", "-1", "x", "..%2f..%2faccord.toml"):
        assert browser_of.get(f"{ADDRESS}/documents/{path}").status_code == 404
    letter = house.parent / "letters" / f"{STEM}.pdf"
    letter.write_bytes(letter.read_bytes() + b"\n")
    changed = browser_of.get(f"{ADDRESS}/documents/0")
    assert changed.status_code == 422
    assert "is another file than the one that was recorded" in changed.text


@pytest.mark.parametrize(
    "path",
    ["/letters/AP-1", f"/letters/{REFERENCE[:-1]}", f"{ADDRESS}/steps/danced", "/letters/..%2f..%2fetc"],
)
def test_what_is_not_there_is_not_found(browser_of: TestClient, path: str) -> None:
    assert browser_of.get(path).status_code == 404


# --- What if --------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """A text whatever its lines and spaces."""
    return " ".join(text.split())


def test_what_if_says_what_the_command_says(house: Path, browser_of: TestClient) -> None:
    answer = browser_of.get(ADDRESS, params={"outcome": "silent", "late": "8"}).text
    told = _plain(run("what-if", REFERENCE, "--silent", "--late", "8", "--house", house).stdout)
    sentences = re.findall(r'<li><span class="when">Article \d+</span> <p>(.*?)</p></li>', answer)
    assert len(sentences) >= 3
    for sentence in sentences:
        assert _plain(html.unescape(sentence)) in told
    assert 'lang="fr"' in answer
    for late, sentence in (("x", "“x” is no number of days"), ("99999", "is no number of days")):
        assert sentence in browser_of.get(ADDRESS, params={"outcome": "silent", "late": late}).text


def test_a_decline_has_a_page_and_no_steps(browser_of: TestClient) -> None:
    page = browser_of.get(f"/letters/{letters.sample('09-fr-refus-hors-marche').reference}").text
    assert "Declined" in page
    assert "/steps/" not in page


# --- On PostgreSQL -----------------------------------------------------------------------------


def test_a_letter_is_followed_on_postgresql_too(house: Path) -> None:
    letter = house.parent / "letters" / f"{STEM}.pdf"
    with postgres.server() as template:
        address = template.format(database="postgres")
        added = run("register", "add", letter, "--house", house, "--register", address)
        assert added.exit_code == 0, added.output
        desk = desks.desk_of(house, address)
        browser = desks.client(desk)
        assert REFERENCE in browser.get("/").text
        for _twice in range(2):
            assert take(browser, "signed", 0, on="2026-11-24") == 303
            assert take(browser, "delivered", 1, on="2026-11-25") == 303
        assert take(browser, "reminded", 1, on="2026-11-25") == 422
        assert browser.get(f"{ADDRESS}/documents/1").content.startswith(b"%PDF")
        (calendar,) = re.findall(r"<code>(.*?)</code>", browser.post("/calendar").text)
        assert "BEGIN:VEVENT" in desks.stranger(desk).get(calendar).text
        with desk.records(Person("mina"), print).opened() as register:
            (history,) = register.histories()
            assert [event.kind for event in history.events] == ["signed", "delivered"]
            assert register.faults() == []
        desk.close()
        desk.store.close()


# --- In a browser ------------------------------------------------------------------------------


def test_a_letter_is_followed_from_its_page(page: Page, house: Path) -> None:
    with desks.served(desks.desk_of(house)) as address:
        page.goto(address)
        page.get_by_role("link", name=REFERENCE).first.click()
        page.get_by_role("link", name="Record the signatures").click()
        page.get_by_role("textbox", name="Signed on").fill("2026-11-28")
        page.get_by_role("button", name="Record the signatures").dblclick()
        page.wait_for_url(f"**{ADDRESS}")
        expect(page.get_by_role("list", name="Its life")).to_contain_text("Signed")
        page.get_by_label("And then").select_option("refused")
        page.get_by_role("button", name="What would hold?").click()
        expect(page.locator("#supposed")).to_contain_text("Hypothèse")
        page.get_by_role("link", name="Notify the delivery").click()
        page.get_by_role("button", name="Show what will be recorded").click()
        expect(page.frame_locator("iframe.paper").locator("body")).to_contain_text("livraison")
        page.get_by_role("button", name="Issue the document and record the step").click()
        page.wait_for_url(f"**{ADDRESS}")
        expect(page.get_by_role("listitem").filter(has_text="avis-de-livraison")).to_be_visible()
    assert events(house) == ["signed", "delivered"]


def test_a_file_that_is_refused_is_told_by_its_own_name(browser_of: TestClient) -> None:
    answer = browser_of.post(
        f"{ADDRESS}/steps/signed",
        data={"seen": "0"},
        files={"file": ("returned.pdf", b"%PDF-1.4 cut", "application/pdf")},
    )
    assert answer.status_code == 422
    assert "returned.pdf: " in answer.text
    assert "-signed-" not in answer.text


def test_a_scan_without_its_file_is_not_recorded_as_a_word(house: Path, browser_of: TestClient) -> None:
    answer = browser_of.post(f"{ADDRESS}/steps/signed", data={"seen": "0", "scan": "1"})
    assert answer.status_code == 422
    assert "Choose the file of the scan" in answer.text
    assert events(house) == []


@pytest.mark.parametrize(("day", "warned"), [("2026-11-29", False), ("2026-11-30", True)])
def test_a_day_to_come_is_warned_of_before_it_is_recorded(
    browser_of: TestClient, day: str, *, warned: bool
) -> None:
    shown = browser_of.get(f"{ADDRESS}/steps/withdrawn", params={"on": day}).text
    assert ("has not come yet" in shown) is warned
