"""Letters that somebody drops: what is said of each, and what files made to do harm come to."""

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from accord.desk import legal
from accord.desk.desk import Desk, Person
from accord.desk.jobs import FOLDER, LIFE
from accord.desk.legal import MOST_FILES, Check
from accord.services.read_pdf import LARGEST_FILE
from support import axe, bad_pdfs, desks, letters, signings, tamper
from support.authority import Authority, serving
from support.cli import run

STEM = "01-fr-abonnement"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = desks.house(tmp_path_factory.mktemp("house"), (STEM,))
    assert run("register", "add", house.parent / f"letters/{STEM}.pdf", "--house", house).exit_code == 0
    return house


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with serving() as known:
        yield known


@pytest.fixture
def desk(house: Path) -> Iterator[Desk]:
    desk = desks.desk_of(house)
    yield desk
    desk.close()
    shutil.rmtree(house.parent / FOLDER, ignore_errors=True)


def drop(browser: TestClient, desk: Desk, *files: tuple[str, bytes]) -> str:
    """The page about files that were dropped, once all have been read."""
    answer = browser.post("/legal", files=[("files", file) for file in files], follow_redirects=False)
    assert answer.status_code == 303, answer.text
    done(desk)
    return browser.get(answer.headers["location"]).text


def done(desk: Desk, person: str = "mina") -> Check:
    check, *_others = desk.jobs.of(person, Check, desk.now())
    while check.running:
        time.sleep(0.02)
    return check


def altered() -> bytes:
    """A letter whose price says another figure on the page than in its data."""
    with tamper.editing(letters.pdf(STEM)) as (file, out):
        file.pages[0].contents_add(b"BT /F1 9 Tf 100 100 Td (moins cher) Tj ET")
    return out.getvalue()


def test_each_letter_gets_its_verdict_its_review_and_the_changes_in_what_was_sent(desk: Desk) -> None:
    text = drop(
        desks.client(desk),
        desk,
        ("sent.pdf", letters.pdf(STEM)),
        ("changed.pdf", altered()),
        ("unknown.pdf", letters.pdf(bad_pdfs.LETTER)),
        ("invoice.pdf", bad_pdfs.many_pages(1)),
    )
    sent, changed, unknown, invoice = text.split("<article")[1:]
    assert "authentic: byte for byte what its data composes" in sent
    assert "the very bytes of the letter that was issued" in sent
    assert "altered: it is not what its data composes" in changed
    assert "The two letters say the same." in changed
    assert "/2/redline" in changed
    assert "The register lists no letter of this reference." in unknown
    assert "foreign: not a letter of Accord" in invoice
    assert "Review" not in invoice


def test_the_redline_is_a_page_of_its_own_that_runs_nothing(desk: Desk) -> None:
    browser = desks.client(desk)
    drop(browser, desk, ("changed.pdf", altered()))
    check = done(desk)
    answer = browser.get(f"/legal/checks/{check.name}/1/redline")
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "unsafe-inline" not in policy
    assert "script-src" not in policy
    assert "was altered since Accord made it" in answer.text
    for number in (0, 2, 99):
        assert browser.get(f"/legal/checks/{check.name}/{number}/redline").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["not a PDF", "empty", "locked by a password", "a bomb in three", "a bomb for data", "pages in a circle"],
)
def test_a_file_made_to_do_harm_gets_a_sentence_and_the_next_one_its_verdict(desk: Desk, name: str) -> None:
    make, sentence = bad_pdfs.BAD[name]
    text = drop(desks.client(desk), desk, ("bad.pdf", make()), ("good.pdf", letters.pdf(STEM)))
    bad, good = text.split("<article")[1:]
    assert sentence in bad
    assert "bad.pdf" in bad
    assert "authentic" in good


@pytest.mark.usefixtures("isolated")
def test_a_file_that_its_reader_never_ends_harms_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = legal.LIMITS
    monkeypatch.setattr(legal, "LIMITS", replace(limits, seconds=0.1))
    assert "takes more than 0.1 seconds to read" in drop(
        desks.client(desk), desk, ("a.pdf", letters.pdf(STEM))
    )
    monkeypatch.setattr(legal, "LIMITS", limits)
    assert "authentic" in drop(desks.client(desk), desk, ("b.pdf", letters.pdf(STEM)))


REFUSED = {
    "none": ([], "Choose at least one file."),
    "a hundred": (
        [("files", (f"{number}.pdf", b"%PDF-")) for number in range(100)],
        f"Drop at most {MOST_FILES} files at once.",
    ),
    "one that is too large": (
        [("files", ("big.pdf", b"%PDF-" + bytes(LARGEST_FILE)))],
        "big.pdf: is larger than 16 MB",
    ),
    "thousands of parts": (
        [("files", (f"{number}.pdf", b"")) for number in range(1001)],
        "What was sent cannot be read",
    ),
}


@pytest.mark.parametrize(("files", "sentence"), REFUSED.values(), ids=REFUSED)
def test_too_much_is_refused_at_once(
    desk: Desk, files: list[tuple[str, tuple[str, bytes]]], sentence: str
) -> None:
    before = len(desk.jobs.of("mina", Check, desk.now()))
    answer = desks.client(desk).post("/legal", files=files or None, data={"x": "y"})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(desk.jobs.of("mina", Check, desk.now())) == before


HOSTILE = {
    "../../../etc/cron.d/x.pdf": "x.pdf",
    "..\\..\\windows\\x.pdf": "x.pdf",
    "<script>alert(1)</script>.pdf": "script&gt;.pdf",
    "a\u202efdp.exe.pdf": "a&lt;U+202E&gt;fdp.exe.pdf",
    "x" * 300 + ".pdf": "x" * 79 + "…",
}


@pytest.mark.parametrize(("name", "shown"), HOSTILE.items(), ids=[*map(ascii, HOSTILE.values())])
def test_the_name_of_a_file_is_shown_and_makes_no_path(desk: Desk, name: str, shown: str) -> None:
    text = drop(desks.client(desk), desk, (name, b"x"))
    assert shown in text
    assert "<script>alert" not in text
    assert not [*desk.house.parent.rglob("x.pdf")]


def test_nothing_of_a_file_is_left_once_it_is_forgotten_or_its_time_is_over(desk: Desk) -> None:
    browser = desks.client(desk)
    for forget in (
        lambda check: browser.post(f"/legal/checks/{check.name}/end"),
        lambda _check: desk.jobs.take_up(desks.NOW + LIFE + timedelta(seconds=1)),
    ):
        drop(browser, desk, ("a.pdf", b"x"))
        check = done(desk)
        assert check.folder.stat().st_mode & 0o777 == 0o700
        assert check.file(0).read_bytes() == b"x"
        forget(check)
        assert not check.folder.exists()
        assert browser.get(f"/legal/checks/{check.name}").status_code == 404


def test_what_is_said_of_a_file_is_in_the_language_of_who_reads_it(desk: Desk) -> None:
    drop(desks.client(desk), desk, ("sent.pdf", letters.pdf(STEM)))
    check = done(desk)
    address = f"/legal/checks/{check.name}"
    browser = desks.client(desk, "fr")
    assert "authentic" in browser.get(address, headers={"hx-request": "true"}).text  # a part changes nothing
    browser.get(address)
    done(desk)
    assert "authentique" in browser.get(address).text


def test_a_desk_opened_again_goes_on_with_what_was_dropped(
    desk: Desk, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, going_on = threading.Event(), threading.Event()
    look = legal._answer

    def waiting(*given: Any) -> None:
        begun.set()
        going_on.wait(20)
        look(*given)

    monkeypatch.setattr(legal, "_answer", waiting)
    browser = desks.client(desk)
    answer = browser.post(
        "/legal", files=[("files", ("sent.pdf", letters.pdf(STEM)))], follow_redirects=False
    )
    assert begun.wait(20)
    other = desks.desk_of(house)
    assert not other.jobs.of("mina", Check, desks.NOW)  # what an open desk has is its own
    desk.close()
    monkeypatch.undo()
    text = desks.client(other).get(answer.headers["location"]).text
    assert "sent.pdf" in text or "0 of 1 read" in text
    done(other)
    assert "authentic" in desks.client(other).get(answer.headers["location"]).text
    going_on.set()
    other.close()
    again = desks.client(desk)
    again.get(answer.headers["location"])  # it is read again
    done(desk)
    assert "authentic" in again.get(answer.headers["location"]).text


def test_a_deal_file_is_reviewed(desk: Desk) -> None:
    deal = (desk.house.parent / f"{STEM}.toml").read_bytes()
    reading = drop(
        desks.client(desk),
        desk,
        ("deal.toml", deal),
        ("attached.toml", deal + b'\n[[annex]]\ntitle = "x"\nfile = "/etc/passwd"\n'),
    )
    sound, attached = reading.split("<article")[1:]
    assert "Review" in sound
    assert "attached.toml: annex[1].file" in attached
    assert "accord-desk-" not in attached


def test_nobody_else_sees_what_somebody_dropped(house: Path) -> None:
    mina, theo = desks.desk_of(house), desks.desk_of(house, person=Person("theo"))
    theo.jobs = mina.jobs
    text = drop(desks.client(mina), mina, ("mine.pdf", b"x"))
    assert "mine.pdf" in text
    check = done(mina)
    browser = desks.client(theo)
    assert browser.get(f"/legal/checks/{check.name}").status_code == 404
    assert browser.post(f"/legal/checks/{check.name}/end").status_code == 404
    assert "mine.pdf" not in browser.get("/legal").text


def test_who_sells_checks_no_letters(house: Path) -> None:
    desk = desks.desk_of(house, person=Person("lea", "sales"))
    browser = desks.client(desk)
    assert "data-drop" not in browser.get("/legal").text
    answer = browser.post("/legal", files=[("files", ("a.pdf", b"x"))])
    assert answer.status_code == 403
    assert not desk.jobs.of("lea", Check, desk.now())


def test_who_signed_is_told_as_verify_tells_it(desk: Desk, authority: Authority) -> None:
    signed = signings.signed(authority, letters.pdf(STEM), "supplier")
    text = drop(desks.client(desk), desk, ("signed.pdf", signed))
    assert "intact: saved or signed since" in text
    assert "field supplier: signed by" in text
    assert "covers the whole file" in text


# Last, for the browser's loop runs until the end of the file.
def test_letters_are_dropped_and_what_is_said_of_one_is_read_while_the_next_is_looked_at(
    page: Page, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, answer = threading.Event(), legal._answer

    def patient(to: legal.Answer, *about: Any) -> None:
        assert to.name == "changed.pdf" or opened.wait(60)
        answer(to, *about)

    monkeypatch.setattr(legal, "_answer", patient)
    with desks.served(desks.desk_of(house)) as address:
        page.goto(address)
        page.goto(address.partition("?")[0] + "legal")
        page.get_by_label("Letters to check").set_input_files(
            files=[
                {"name": name, "mimeType": "application/pdf", "buffer": content}
                for name, content in (("changed.pdf", altered()), ("next.pdf", letters.pdf(STEM)))
            ]
        )
        page.get_by_role("button", name="Check", exact=True).click()
        page.get_by_text("altered: it is not what its data composes").wait_for()
        page.get_by_text("The whole letter, its changes marked").click()
        opened.set()
        page.get_by_role("heading", name="next.pdf").wait_for()
        frame = page.frame_locator("iframe")
        frame.get_by_role("heading", name="Comparison of two letters").wait_for()
        assert not axe.violations(page)
