"""`accord follow`: the documents of steps, and the e-mails they go with."""

import datetime
import email
import email.policy
import json
import shutil
from pathlib import Path

import pytest

from support import letters, papers
from support.cli import run
from support.paths import SAMPLES

DELIVERED = ("signed --on 2026-12-01", "delivered --on 2027-02-19 --no-document")
REMINDED = (*DELIVERED, "reminded --on 2027-03-09 --no-document")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house's folder with a final letter, on record."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    letter = folder / "letter.pdf"
    letter.write_bytes(letters.pdf(papers.FRENCH))
    assert run("register", "add", letter, "--house", folder / "accord.toml").exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def house(issued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which people stand."""
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("accord.cli.options.today", lambda: datetime.date(2027, 3, 30))
    return tmp_path


def follow(*steps: str) -> str:
    """What the last of some steps says to whoever takes it."""
    reference = letters.sample(papers.FRENCH).reference
    for step in steps:
        name, *options = step.split()
        taken = run("follow", name, reference, *options)
        assert taken.exit_code == 0, taken.output
    return taken.stderr


def test_a_document_goes_with_an_email(house: Path) -> None:
    told = follow(
        *DELIVERED, "accepted --on 2027-03-01 --no-document", "ordered --on 2027-03-02 --format eml"
    )
    (pdf,), (draft,) = house.glob("*bon-de-commande*.pdf"), house.glob("*bon-de-commande*.eml")
    assert pdf.name in told
    assert draft.name in told
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    (attached,) = message.iter_attachments()
    body = message.get_body()
    assert attached.get_content() == pdf.read_bytes()
    assert body
    assert "order-x.xml" in body.get_content()
    assert str(message["Subject"]).startswith("Bon de commande")
    assert run("register", "check").exit_code == 0


def test_what_silence_accepted_is_stated_in_a_notice(house: Path) -> None:
    follow(*REMINDED, "accepted")
    (notice,) = house.glob("*avis-de-recette-presumee*.pdf")
    assert "authentic" in run("verify", notice.name).stdout
    again = run("follow", "accepted", letters.sample(papers.FRENCH).reference)
    assert again.exit_code == 1
    follow("ordered")


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (("signed --on 2026-12-01",), "what came back"),
        (("withdrawn --on 2026-12-01",), "nobody is bound yet"),
        (("expired --on 2027-01-15",), "ends by itself"),
        ((*DELIVERED, "refused --on 2027-03-01"), "without --item"),
    ],
)
def test_a_step_without_a_document_says_why(steps: tuple[str, ...], why: str, house: Path) -> None:
    assert why in follow(*steps)
    assert not [*house.glob("AP-*")]


@pytest.mark.parametrize("step", ["reminded --on 2027-03-09", "waived --on 2027-02-20"])
def test_what_no_document_could_say_is_refused(step: str, house: Path) -> None:
    follow(*DELIVERED)
    name, *options = step.split()
    refused = run("follow", name, letters.sample(papers.FRENCH).reference, *options, "--item", "by train")
    assert refused.exit_code == 2
    assert "--item" in refused.stderr
    assert not [*house.glob("AP-*")]


def test_extract_says_whose_deal_a_document_has(house: Path) -> None:
    follow(*DELIVERED, "refused --on 2027-03-01 --item 2")
    (report,) = house.glob("*proces-verbal*.pdf")
    back = run("extract", report.name)
    assert back.exit_code == 0
    assert "the deal of agreement AP-20261123-64VSG" in back.stderr
    assert "--final" not in back.stderr


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("signed --to 2027-04-30", "--to goes with “extended” alone"),
        ("signed --cause force-majeure", "--cause goes with “extended” alone"),
        ("delivered --file returned.pdf", "--file goes with “signed” alone"),
        ("delivered --scan", "--scan goes with “signed” alone"),
        ("delivered --online", "--online goes with “signed” alone"),
        ("extended", "--to DATE"),
        ("signed --no-document --format eml", "--format is for the document"),
        ("signed --no-document --item lost", "--item is for the document"),
        ("signed --no-document --out elsewhere", "--out is for the document"),
    ],
)
def test_an_option_of_which_a_step_makes_nothing_is_refused(step: str, told: str) -> None:
    name, *options = step.split()
    reference = letters.sample(papers.FRENCH).reference
    refused = run("follow", name, reference, *options)
    assert refused.exit_code == 2
    assert told in refused.stderr
    assert json.loads(run("register", "show", reference, "--json").stdout)["events"] == []


def test_all_such_options_are_told_together() -> None:
    told = run("follow", "delivered", "AP-1", "--scan", "--to", "2027-04-30").stderr
    assert "--scan" in told
    assert "--to" in told


@pytest.mark.parametrize(("day", "warned"), [("2027-03-30", False), ("2027-03-31", True)])
def test_a_day_to_come_is_warned_of(day: str, *, warned: bool) -> None:
    follow("signed --on 2026-12-01")
    told = follow(f"delivered --on {day} --no-document")
    assert ("has not come yet" in told) is warned


def test_who_is_asked_may_still_leave_a_day_to_come_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    follow("signed --on 2026-12-01")
    monkeypatch.setattr("accord.cli.prompts.on_terminal", lambda: True)
    reference = letters.sample(papers.FRENCH).reference
    taken = run("follow", "delivered", reference, "--on", "2027-03-31", "--no-document", typed="n\n")
    assert taken.exit_code == 1
    (signed,) = json.loads(run("register", "show", reference, "--json").stdout)["events"]
    assert signed["event"] == "signed"
