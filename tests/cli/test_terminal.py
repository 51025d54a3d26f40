"""The questions of `accord new` and `accord init` on a real terminal, in French and English."""

import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals on Windows", allow_module_level=True)

from support.cli import COMMAND, run
from support.printed import one_line
from support.terminal import COLUMNS, LINES, Terminal

CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture(autouse=True)
def nothing_else(desk: Path) -> Iterator[None]:
    """What is written is what was asked for."""
    yield
    assert {path.name for path in desk.iterdir()} <= {
        "accord.toml",
        "output",
        "again",
        "new.toml",
        "register.db",
        "results",
    }


def rows(text: str) -> int:
    """How many rows of the terminal the text takes."""
    lines = [re.split("[\b\r]", line)[0] for line in text.split("\r\n")]  # cut where readline redraws
    return sum(1 + (len(line) - 1) // COLUMNS for line in lines if line) + lines.count("")


def deal_file() -> Path:
    (path,) = Path("output").glob("*.toml")
    return path


def rendered_again() -> bytes:
    """What `accord render` makes of the deal file that was written."""
    assert run("render", deal_file(), "-o", "again").exit_code == 0
    (path,) = Path("again").iterdir()
    return path.read_bytes()


# --- accord new -----------------------------------------------------------------------

ENGLISH = (
    ("Which company is asking?", "Boulangeries Lefèvre"),
    ("Number [1]:", ""),
    ("Which feature does it ask for?", "Export FEC"),
    ("[yes] >", ""),
    ("in time)", "31/03/2027"),
    ("Number:", "1"),
    ("What do they buy", "25 licences at €40 a month"),
    ("For how many months? [12]", ""),
    ("Number [4]:", ""),
    ("Fill them in now?", "n"),
)
FRENCH = (
    ("Quelle entreprise", "Boulangeries Lefèvre"),
    ("Numéro [1]", ""),
    ("Quelle fonctionnalité", "Export FEC"),
    ("[oui] >", ""),
    ("Pour quand", "1er mars 2027"),
    ("Numéro", "1"),
    ("Qu’achète-t-on", "1 200 abonnements à 40,50 € par an"),
    ("combien d’années", "2"),
    ("Numéro [4]", ""),
    ("Les remplir", "non"),
)
SUMMARY = {"en": "Enter: write it", "fr": "Entrée\u00a0: écrire"}
LONGEST_SUMMARY = LINES  # rows: it is read whole before anything is written


def ask(terminal: Terminal, answers: Iterable[tuple[str, str]]) -> None:
    """Answer the questions one after the other."""
    for question, answer in answers:
        terminal.answer(question, answer)


def test_an_english_interview_gives_the_letter_of_its_deal_file() -> None:
    terminal = Terminal("en", "new", "--date", "2026-11-23")
    ask(terminal, ENGLISH)
    before = len(terminal.seen)
    terminal.answer(SUMMARY["en"], "")
    assert rows(terminal.seen[before:]) <= LONGEST_SUMMARY
    assert terminal.leave() == 0
    told = one_line(terminal.seen)
    for part in (
        "31 March 2027",
        "€12,000.00",
        "twelve thousand euros",
        "both are bound now",
        "This is a draft",
    ):
        assert part in told
    (letter,) = Path("output").glob("*.pdf")
    assert str(letter) in terminal.seen
    assert letter.read_bytes() == rendered_again()


def test_a_french_interview_gives_a_french_letter() -> None:
    terminal = Terminal("fr", "new", "--date", "2026-11-23")
    ask(terminal, FRENCH)
    before = len(terminal.seen)
    terminal.answer(SUMMARY["fr"], "")
    assert rows(terminal.seen[before:]) <= LONGEST_SUMMARY
    assert terminal.leave() == 0
    told = one_line(terminal.seen)
    for part in (
        "23 novembre 2026",
        "1er mars 2027",
        "97 200,00 €",
        "quatre-vingt-dix-sept mille deux cents euros",
        "C’est un projet, marqué PROJET",
    ):
        assert part in told
    deal = tomllib.loads(deal_file().read_text("utf-8"))
    assert deal["language"] == "fr"
    assert deal["decision"] == {
        "kind": "subscription", "item": "abonnements", "quantity": 1200, "unit_price": "40.50",
        "currency": "EUR", "period": "year", "term": 2,
    }  # fmt: skip
    assert len(rendered_again()) > 10_000


@pytest.mark.parametrize(
    ("language", "explanations"),
    [
        ("en", ["not a day of the calendar", "a number from 1 to 4", "is not a whole number"]),
        ("fr", ["dans le calendrier", "de 1 à 4", "en chiffres"]),
    ],
)
def test_wrong_answers_are_explained_and_asked_again(language: str, explanations: list[str]) -> None:
    questions = {"en": ENGLISH, "fr": FRENCH}[language]
    terminal = Terminal(language, "new", "--date", "2026-11-23")
    ask(terminal, questions[:4])
    terminal.answer(questions[4][0], "31/02/2027")
    terminal.answer("→", "2027-03-31")
    terminal.answer("Num", "9")
    terminal.answer("Num", "2")
    terminal.answer(questions[6][0], "licences")
    terminal.answer("?", "many")
    terminal.press("→", CTRL_C)
    assert terminal.leave() == 1
    for explanation in explanations:
        assert explanation in one_line(terminal.seen)


@pytest.mark.parametrize(
    ("language", "answers", "key"),
    [
        ("en", 1, CTRL_C),
        ("fr", 6, CTRL_D),
        ("en", len(ENGLISH), CTRL_C),
    ],
)
def test_stopping_keeps_the_answers_and_resume_goes_on(language: str, answers: int, key: str) -> None:
    questions = {"en": (*ENGLISH, (SUMMARY["en"], "")), "fr": (*FRENCH, (SUMMARY["fr"], ""))}[language]
    terminal = Terminal(language, "new", "--date", "2026-11-23")
    ask(terminal, questions[:answers])
    terminal.press(questions[answers][0], key)
    assert terminal.leave() == 1
    assert "output/boulangeries-lefevre.unfinished" in one_line(terminal.seen)
    assert [path.suffix for path in Path("output").iterdir()] == [".unfinished"]
    terminal = Terminal(language, "new", "--resume")
    ask(terminal, questions[answers:])
    assert terminal.leave() == 0
    assert {path.suffix for path in Path("output").iterdir()} == {".toml", ".pdf"}
    assert tomllib.loads(deal_file().read_text("utf-8"))["decision"]["kind"] == "subscription"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_at_once_writes_nothing(key: str) -> None:
    terminal = Terminal("en", "new")
    terminal.press(ENGLISH[0][0], key)
    assert terminal.leave() == 1
    assert "Nothing was written." in one_line(terminal.seen)
    assert not Path("output").exists()


def test_saying_no_at_the_end_keeps_the_answers() -> None:
    terminal = Terminal("fr", "new", "--date", "2026-11-23")
    ask(terminal, FRENCH)
    terminal.answer(SUMMARY["fr"], "non")
    assert terminal.leave() == 1
    assert "accord new --resume" in one_line(terminal.seen)
    assert [path.suffix for path in Path("output").iterdir()] == [".unfinished"]


def test_an_answer_is_changed_on_the_way_back_and_by_its_number() -> None:
    terminal = Terminal("fr", "new", "--date", "2026-11-23")
    terminal.answer(FRENCH[0][0], "Lefevre")
    terminal.answer(FRENCH[1][0], "<")
    terminal.answer("[Lefevre]", "Lefèvre")
    ask(terminal, FRENCH[1:])
    terminal.answer(SUMMARY["fr"], "3")
    terminal.answer("[Export FEC]", "Import FEC")
    terminal.answer(SUMMARY["fr"], "")
    assert terminal.leave() == 0
    deal = tomllib.loads(deal_file().read_text("utf-8"))
    assert (deal["prospect"]["name"], deal["feature"]["name"]) == ("Lefèvre", "Import FEC")


@pytest.mark.parametrize(
    ("language", "why"), [("en", "so you promise nothing either"), ("fr", "vous ne promettez rien non plus")]
)
def test_no_decision_is_a_polite_no_and_says_why(language: str, why: str) -> None:
    terminal = Terminal(language, "new", "--date", "2026-11-23")
    ask(terminal, {"en": ENGLISH, "fr": FRENCH}[language][:5])
    terminal.answer("Num", "4")
    terminal.answer(SUMMARY[language], "")
    assert terminal.leave() == 0
    assert why in one_line(terminal.seen)
    assert tomllib.loads(deal_file().read_text("utf-8"))["decision"] == {"kind": "none", "currency": "EUR"}


@pytest.mark.parametrize(
    ("language", "no", "own", "other"),
    [
        ("en", "no", "What of yours", "somebody else’s?"),
        ("fr", "non", "Que leur proposer", "chez un autre"),
    ],
)
def test_a_request_off_the_market_is_a_polite_no_with_alternatives(
    language: str, no: str, own: str, other: str
) -> None:
    terminal = Terminal(language, "new", "--date", "2026-11-23")
    ask(terminal, {"en": ENGLISH, "fr": FRENCH}[language][:3])
    terminal.answer(f"[{'yes' if language == 'en' else 'oui'}] >", no)
    terminal.answer(own, "Novalys Stock.")
    terminal.answer(other, "")
    terminal.answer(SUMMARY[language], "")
    assert terminal.leave() == 0
    decline = tomllib.loads(deal_file().read_text("utf-8"))["decline"]
    assert decline == {"reason": "out-of-scope", "own_alternative": "Novalys Stock."}


# --- From an empty folder -----------------------------------------------------------------

MOST_PROMPTS = 16
INIT = {
    "en": (
        ("Name of your company?", "Harrow Ltd"), ("postcode", "1 High Street, Leeds LS1 4AP"), ("[Ltd]", ""),
        ("company number?", "1234567"), ("Who signs", "Ann Smith, Director"), ("Number:", "3"),
    ),
    "fr": (
        ("nom de votre entreprise", "Novalys"), ("code postal", "14 quai Lamennais, 35000 Rennes"),
        ("Sa forme", "SAS au capital de 50 000 €"), ("SIREN", "732 829 320 RCS Rennes"),
        ("Qui signe", "Claire Moreau, présidente"), ("Numéro", "4"),
    ),
}  # fmt: skip
FIRST = {
    "en": (
        *ENGLISH[:7],
        ("For how many months? [12]", ""),
        ("Number [3]:", ""),
        *ENGLISH[9:],
        (SUMMARY["en"], ""),
    ),
    "fr": (*FRENCH, (SUMMARY["fr"], "")),
}
FILLED = {
    "en": (
        ("blank", ""), ("legal form", "SARL"), ("registered office", "12 rue des Halles, 35000 Rennes, France"),
        ("SIREN", "552 100 554 RCS Rennes"), ("Who signs", "Ms Anne Durand, gérante"),
        ("What exactly", "A file that Test Compta Demat accepts."),
        ("What shows", "The file of a closed year is accepted by Test Compta Demat."),
    ),
    "fr": (
        ("blancs", ""), ("forme juridique", "SARL"), ("siège", "12 rue des Halles, 35000 Rennes"),
        ("SIREN", "552 100 554 RCS Rennes"), ("Qui signe", "Mme Anne Durand, gérante"),
        ("Que faut-il livrer", "Un fichier que Test Compta Demat accepte."),
        ("Qu’est-ce qui montre", "Le fichier d’un exercice clos est accepté par Test Compta Demat."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_an_empty_folder_to_the_letter_to_send(desk: Path, language: str) -> None:
    (desk / "accord.toml").unlink()
    terminal = Terminal(language, "init")
    ask(terminal, INIT[language])
    assert terminal.leave() == 0
    # One line says the whole order.
    order, length = FIRST[language][6:8]
    said = (order[0], f"{order[1]} {'for 1 year' if language == 'en' else 'pendant 2 ans'}")
    first = (*FIRST[language][:6], said, *FIRST[language][8:])
    assert len(length) == 2
    terminal = Terminal(language, "new", "--date", "2026-11-23")
    ask(terminal, first)
    assert terminal.leave() == 0
    assert len(INIT[language]) + len(first) <= MOST_PROMPTS
    assert list(Path("output").glob("*.pdf"))
    terminal = Terminal(language, "edit", str(deal_file()))
    ask(terminal, (*FILLED[language], (SUMMARY[language], ""), ("/n] >", "")))
    assert terminal.leave() == 0
    told = one_line(terminal.seen)
    assert ("This is the letter to send" if language == "en" else "C’est la lettre à envoyer") in told


def test_bytes_that_are_no_text_are_explained() -> None:
    terminal = Terminal("en", "new", "--feature", "B", "--decline", "out-of-scope")
    terminal.wait_for("Which company is asking?")
    terminal.type_bytes(b"A\xffB\n")
    terminal.answer("→", "AB")
    terminal.press("Number [1]", CTRL_C)
    assert terminal.leave() == 1


def test_a_text_too_long_is_offered_again_for_editing() -> None:
    terminal = Terminal("en", "new", "--prospect", "A", "--decline", "out-of-scope", TERM="xterm")
    terminal.answer("Number [1]:", "")
    terminal.answer("Which feature", "x" * 121)
    terminal.answer("has 121 characters", "\x7f")  # backspace: the text stands in the line again
    terminal.answer("What of yours could serve", "")
    terminal.answer("somebody else’s?", "")
    terminal.answer(SUMMARY["en"], "")
    assert terminal.leave() == 0
    assert tomllib.loads(deal_file().read_text("utf-8"))["feature"]["name"] == "x" * 120


def test_questions_stay_out_of_the_results() -> None:
    command = f"{shlex.join(COMMAND)} new --prospect A --decline out-of-scope > results"
    terminal = Terminal("en", command=command)
    terminal.answer("Number [1]:", "")
    terminal.answer("Which feature does it ask for?", "B")
    terminal.answer("What of yours could serve", "")
    terminal.answer("somebody else’s?", "")
    terminal.answer(SUMMARY["en"], "")
    assert terminal.leave() == 0
    results = Path("results").read_text("utf-8").splitlines()
    assert [Path(result).suffix for result in results] == [".toml", ".pdf"]
    assert all(map(os.path.isfile, results))


def test_arrow_keys_edit_the_answer() -> None:
    terminal = Terminal("en", "new", "--feature", "B", "--decline", "out-of-scope", TERM="xterm")
    terminal.answer("asking?", "Lefvre\x1b[D\x1b[D\x1b[Dè")
    terminal.answer("Number [1]:", "")
    terminal.answer("What of yours could serve", "")
    terminal.answer("somebody else’s?", "")
    terminal.answer(SUMMARY["en"], "")
    assert terminal.leave() == 0
    assert tomllib.loads(deal_file().read_text("utf-8"))["prospect"]["name"] == "Lefèvre"


# --- accord init ----------------------------------------------------------------------


@pytest.mark.parametrize(("language", "key"), [("en", CTRL_C), ("fr", CTRL_D)])
def test_leaving_init_keeps_the_answers(desk: Path, language: str, key: str) -> None:
    (desk / "accord.toml").unlink()
    terminal = Terminal(language, "init", "-o", "new.toml")
    ask(terminal, INIT[language][:3])
    terminal.press(INIT[language][3][0], key)
    assert terminal.leave() == 1
    assert Path("new.toml.unfinished").exists()
    assert not Path("new.toml").exists()
    terminal = Terminal(language, "init", "-o", "new.toml", "--resume")
    terminal.answer(INIT[language][3][0], "<")
    ask(terminal, INIT[language][3:])
    assert terminal.leave() == 0
    assert tomllib.loads(Path("new.toml").read_text("utf-8"))["supplier"]["address"][0].startswith("1")
    assert not Path("new.toml.unfinished").exists()
