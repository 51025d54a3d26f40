"""The questions of `accord new` and `accord init` on a real terminal, in French and English."""

import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
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
    ("Which feature does it ask for?", "Export FEC"),
    ("By when can you deliver it?", "31/03/2027"),
    ("Number:", "1"),
    ("What do they buy?", "licences"),
    ("How many?", "25"),
    ("Paid per month or per year? [month]", ""),
    ("Price of one per month, before tax, in EUR?", "40"),
    ("For how many months? [12]", ""),
)
FRENCH = (
    ("Quelle entreprise", "Boulangeries Lefèvre"),
    ("Quelle fonctionnalité", "Export FEC"),
    ("Pour quand", "1er mars 2027"),
    ("Numéro", "1"),
    ("au pluriel", "abonnements"),
    ("Combien", "1 200"),
    ("par mois ou par an", "an"),
    ("hors taxes", "40,50"),
    ("combien d’années", "2"),
)


def test_an_english_interview_fits_one_screen_and_gives_the_letter_of_its_deal_file() -> None:
    terminal = Terminal("en", "new", "--date", "2026-11-23")
    for question, answer in ENGLISH:
        terminal.answer(question, answer)
    terminal.answer("Write it? [Y/n]", "")
    assert rows(terminal.seen) <= LINES
    assert terminal.leave() == 0
    told = one_line(terminal.seen)
    for part in ("31 March 2027", "€12,000.00", "twelve thousand euros", "both are bound now"):
        assert part in told
    (letter,) = Path("output").glob("*.pdf")
    assert str(letter) in terminal.seen
    assert letter.read_bytes() == rendered_again()


def test_a_french_interview_fits_one_screen_and_gives_a_french_letter() -> None:
    terminal = Terminal("fr", "new", "--date", "2026-11-23")
    for question, answer in FRENCH:
        terminal.answer(question, answer)
    terminal.answer("[O/n]", "oui")
    assert rows(terminal.seen) <= LINES
    assert terminal.leave() == 0
    told = one_line(terminal.seen)
    for part in (
        "23 novembre 2026",
        "1er mars 2027",
        "97 200,00 €",
        "quatre-vingt-dix-sept mille deux cents euros",
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
    ("language", "day", "number", "explanations"),
    [
        (
            "en",
            "31/02/2027",
            "two",
            ["not a day of the calendar", "a number from 1 to 4", "whole number in digits"],
        ),
        ("fr", "31/02/2027", "deux", ["n’existe pas dans le calendrier", "de 1 à 4", "en chiffres"]),
    ],
)
def test_wrong_answers_are_explained_and_asked_again(
    language: str, day: str, number: str, explanations: list[str]
) -> None:
    terminal = Terminal(language, "new", "--prospect", "A", "--feature", "B", "--date", "2026-11-23")
    terminal.answer("3.", day)
    terminal.answer("3.", "2027-03-31")
    terminal.answer("Num", "9")
    terminal.answer("Num", "2")
    terminal.answer("plur", "")
    terminal.answer("?", number)
    terminal.press("?", CTRL_C)
    assert terminal.leave() == 1
    for explanation in explanations:
        assert explanation in one_line(terminal.seen)


@pytest.mark.parametrize(
    ("language", "answers", "key", "sentence"),
    [
        ("en", 0, CTRL_C, "Nothing was written."),
        ("en", 6, CTRL_D, "Nothing was written."),
        ("en", len(ENGLISH), CTRL_D, "Nothing was written."),
        ("fr", 3, CTRL_D, "Rien n’a été écrit."),
        ("fr", len(FRENCH), CTRL_C, "Rien n’a été écrit."),
    ],
)
def test_leaving_writes_nothing(language: str, answers: int, key: str, sentence: str) -> None:
    questions = {"en": (*ENGLISH, ("[Y/n]", "")), "fr": (*FRENCH, ("[O/n]", ""))}[language]
    terminal = Terminal(language, "new")
    for question, answer in questions[:answers]:
        terminal.answer(question, answer)
    terminal.press(questions[answers][0], key)
    assert terminal.leave() == 1
    assert sentence in one_line(terminal.seen)
    assert not Path("output").exists()


@pytest.mark.parametrize(("language", "no"), [("en", "n"), ("fr", "non")])
def test_saying_no_at_the_end_writes_nothing(language: str, no: str) -> None:
    terminal = Terminal(language, "new", "--prospect", "A", "--feature", "B", "--decline", "out-of-scope")
    terminal.answer("/n]", no)
    assert terminal.leave() == 1
    assert not Path("output").exists()


@pytest.mark.parametrize(
    ("language", "why"), [("en", "so you promise nothing either"), ("fr", "vous ne promettez rien non plus")]
)
def test_no_decision_is_a_polite_no_and_says_why(language: str, why: str) -> None:
    terminal = Terminal(language, "new", "--prospect", "A", "--feature", "B", "--date", "2026-11-23")
    terminal.answer("3.", "2027-03-31")
    terminal.answer("Num", "4")
    terminal.answer("/n]", "")
    assert terminal.leave() == 0
    assert why in one_line(terminal.seen)
    assert tomllib.loads(deal_file().read_text("utf-8"))["decision"] == {"kind": "none", "currency": "EUR"}


def test_bytes_that_are_no_text_are_explained() -> None:
    terminal = Terminal("en", "new", "--feature", "B", "--decline", "out-of-scope")
    terminal.wait_for("Which company is asking?")
    terminal.type_bytes(b"A\xffB\n")
    terminal.answer("asking?", "AB")
    terminal.answer("[Y/n]", "n")
    assert terminal.leave() == 1
    assert "→" in terminal.seen


def test_questions_stay_out_of_the_results() -> None:
    command = f"{shlex.join(COMMAND)} new --prospect A --decline out-of-scope > results"
    terminal = Terminal("en", command=command)
    terminal.answer("Which feature does it ask for?", "B")
    terminal.answer("[Y/n]", "")
    assert terminal.leave() == 0
    results = Path("results").read_text("utf-8").splitlines()
    assert [Path(result).suffix for result in results] == [".toml", ".pdf"]
    assert all(map(os.path.isfile, results))


def test_arrow_keys_edit_the_answer() -> None:
    terminal = Terminal("en", "new", "--feature", "B", "--decline", "out-of-scope", TERM="xterm")
    terminal.answer("asking?", "Lefvre\x1b[D\x1b[D\x1b[Dè")
    terminal.answer("[Y/n]", "")
    assert terminal.leave() == 0
    assert tomllib.loads(deal_file().read_text("utf-8"))["prospect"]["name"] == "Lefèvre"


# --- accord init ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "signs", "wrong"), [("en", "Who signs?", "is not a SIREN"), ("fr", "Qui signe", "SIREN")]
)
def test_the_house_is_asked_for(language: str, signs: str, wrong: str) -> None:
    terminal = Terminal(language, "init", "-o", "new.toml")
    for answer in ("Novalys", "FR", "SAS", "", "50000", "732 829 321"):
        terminal.answer(":", answer)
    terminal.wait_for(wrong)
    for answer in ("732 829 320", "Lyon", "", "3 quai Perrache; 69002 Lyon", ""):
        terminal.answer(":", answer)
    terminal.wait_for(signs)
    for answer in ("Mme", "Claire", "Moreau", "Présidente"):
        terminal.answer(":", answer)
    terminal.answer("Num", "")
    terminal.answer(":", "Lyon")
    terminal.answer("Num", "4")
    terminal.answer("Num", "")
    for answer in ("", "", ""):
        terminal.answer(":", answer)
    assert terminal.leave() == 0
    house = tomllib.loads(Path("new.toml").read_text("utf-8"))
    assert house["supplier"]["registration"] == "732 829 320"
    assert house["terms"]["vendor_commitment"] == "efforts"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_init_writes_nothing(key: str) -> None:
    terminal = Terminal("en", "init", "-o", "new.toml")
    terminal.answer("Name of your company:", "Novalys")
    terminal.press("Country", key)
    assert terminal.leave() == 1
    assert not Path("new.toml").exists()
