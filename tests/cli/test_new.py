"""`accord new`: four answers, given as flags or typed, make a deal file and its letter."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.errors import MachineLacks
from accord.pdf import engine
from support.cli import run
from support.inputs import SHORT_HOUSE
from support.printed import one_line

pytestmark = pytest.mark.usefixtures("desk")

DATED = ("--date", "2026-11-23")
ASKED = (*DATED, "--prospect", "Boulangeries Lefèvre", "--feature", "Export FEC")
BOUGHT = (*ASKED, "--delivery-date", "2027-03-31", "--decision", "purchase")
WHOLE = (*BOUGHT, "--item", "licences", "--quantity", "25", "--unit-price", "40")


def new(*arguments: str | Path, typed: str | None = None) -> Result:
    return run("new", *arguments, typed=typed)


def deal_of(result: Result) -> dict[str, Any]:
    """The deal file that was written, after a look at what was printed."""
    assert result.exit_code == 0, result.output
    deal, letter = result.stdout.splitlines()
    assert re.fullmatch(re.escape(Path(deal).stem) + "-[A-Z]{4}", Path(letter).stem)
    assert Path(letter).is_file()
    data = tomllib.loads(Path(deal).read_text("utf-8"))
    assert Path(deal).stem.startswith(data["reference"].replace(" ", "-"))
    return data


def outputs() -> list[str]:
    return sorted(path.name for path in Path("output").glob("*"))


# --- Flags alone, as programs call it -----------------------------------------------


def test_flags_give_a_letter_without_a_word() -> None:
    result = new(*WHOLE)
    assert deal_of(result)["decision"] == {
        "kind": "purchase", "item": "licences", "quantity": 25, "unit_price": "40.00", "currency": "EUR",
    }  # fmt: skip
    assert "?" not in result.stderr


def test_the_deal_file_renders_to_the_same_bytes() -> None:
    deal, letter = map(Path, new(*WHOLE).stdout.splitlines())
    again = run("render", deal, "-o", "again")
    assert Path(again.stdout.strip()).read_bytes() == letter.read_bytes()
    assert Path(again.stdout.strip()).name == letter.name


def test_what_is_missing_is_listed_at_once_as_flags() -> None:
    result = new("--prospect", "Lefèvre")
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "--feature", "--delivery-date", "--decision",
    ]  # fmt: skip
    assert "subscription, purchase, pilot, none" in result.stderr
    assert outputs() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--delivery-date", "soon"], ["--delivery-date: “soon” is not a date", "--feature: is missing"]),
        (
            ["--delivery-date", "2020-01-01"],
            ["--delivery-date: 1\u00a0January 2020 is not after", "--feature: is"],
        ),
        (["--quantity", "many", "--unit-price", "1.500"], ["--quantity: Write a whole", "--unit-price: "]),
        (["--decision", "purchase", "--quantity", "0"], ["--quantity: must be at least 1"]),
        (["--lang", "fr", "--unit-price", "1,500"], ["--unit-price: “1,500” can be read as"]),
        (["--unit-price", "40 £"], ["--unit-price: ", "is not in EUR"]),
        (
            ["--set", "decision.quantty=3", "--quantity", "x"],
            ["did you mean decision.quantity", "--quantity"],
        ),
        (["--set", "prospect.country=XX"], ["prospect.country: is not an ISO country code"]),
        (["--feature", "a\u200bb"], ["--feature: holds a character that does not show on paper"]),
        (["--feature", "a" * 121], ["--feature: has 121 characters"]),
        (["--feature", "日本"], ["--feature: no font of the letter has"]),
        (["--decision", "pilot", "--term", "3"], ["--term: is for subscriptions only"]),
        (["--prospect", "Novalys"], ["--prospect: the prospect is the house itself"]),
    ],
)
def test_faults_are_told_by_flag_with_what_is_missing(arguments: list[str], told: list[str]) -> None:
    result = new(*DATED, *arguments)
    assert result.exit_code == 2
    for sentence in told:
        assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert outputs() == []


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["--decision", "maybe"], "“maybe” is not one of"),
        (["--decline", "dunno"], "“dunno” is not one of"),
        (["--lang", "de"], "“de” is not one of"),
        (["--set", "x"], "KEY=VALUE"),
    ],
)
def test_choices_that_do_not_exist_are_refused(arguments: list[str], asked: str) -> None:
    result = new(*ASKED, *arguments)
    assert result.exit_code == 2
    assert asked in result.stderr


@pytest.mark.usefixtures("plain_letters")
def test_a_house_without_law_or_level_must_be_told_them() -> None:
    Path("accord.toml").write_text(SHORT_HOUSE.partition("[terms]")[0], "utf-8")
    result = new(*BOUGHT)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "law: is missing; write --set law=FR or --set law=EW",
        "--binding: is missing; write one of intent, negotiate, promise, conditional",
    ]
    deal = deal_of(new(*BOUGHT, "--set", "law=EW", "--binding", "intent"))
    assert (deal["law"], deal["binding"]) == ("EW", "intent")


def test_no_agreement_to_negotiate_in_england() -> None:
    result = new(*BOUGHT, "--set", "law=EW", "--binding", "negotiate")
    assert result.exit_code == 2
    assert "--binding: an agreement to negotiate" in result.stderr


@pytest.mark.usefixtures("plain_letters")
def test_no_decision_is_a_polite_no_and_says_why() -> None:
    result = new(*ASKED, "--decision", "none")
    assert deal_of(result)["decision"]["kind"] == "none"
    assert "so you promise nothing either" in result.stderr
    assert "reason: no-commitment" in result.stderr


@pytest.mark.usefixtures("plain_letters")
def test_a_decline_needs_neither_date_nor_decision() -> None:
    result = new(*ASKED, "--decline", "out-of-scope", "--set", "decline.candour=yes")
    deal = deal_of(result)
    assert deal["decline"] == {"reason": "out-of-scope", "candour": True}
    assert "delivery" not in deal
    assert "promise nothing" not in result.stderr


@pytest.mark.parametrize(
    ("language", "date", "price", "day"),
    [
        ("fr", "03/04/2027", "12 000,50", "2027-04-03"),
        ("fr", "1er mars 2027", "12 000,50 €", "2027-03-01"),
        ("en", "3 April 2027", "12,000.50", "2027-04-03"),
        ("en", "2027-04-03", "€12,000.50", "2027-04-03"),
    ],
)
@pytest.mark.usefixtures("plain_letters")
def test_dates_and_amounts_are_read_as_the_letter_s_language_writes_them(
    language: str, date: str, price: str, day: str
) -> None:
    arguments = ["--lang", language, "--delivery-date", date, "--decision", "pilot", "--unit-price", price]
    deal = deal_of(new(*ASKED, *arguments))
    assert deal["delivery"]["by"].isoformat() == day
    assert deal["decision"]["unit_price"] == "12000.50"


@pytest.mark.parametrize(("locale", "day"), [("en_US", "2027-03-04"), ("en_IE", "2027-04-03")])
@pytest.mark.usefixtures("plain_letters")
def test_a_date_is_read_as_the_chosen_locale_writes_it(locale: str, day: str) -> None:
    deal = deal_of(
        new(*ASKED, "--delivery-date", "03/04/2027", "--decision", "none", "--set", f"locale={locale}")
    )
    assert deal["delivery"]["by"].isoformat() == day


@pytest.mark.usefixtures("plain_letters")
def test_a_price_is_read_in_its_currency_whichever_stands_first() -> None:
    for flags in (["--currency", "GBP", "--unit-price", "£40"], ["--unit-price", "£40", "--currency", "GBP"]):
        assert deal_of(new(*BOUGHT, *flags))["decision"]["currency"] == "GBP"


@pytest.mark.usefixtures("plain_letters")
def test_a_setting_reaches_any_key() -> None:
    deal = deal_of(new(*WHOLE, "--set", "prospect.contact.civility=M.", "--set", "reference=R 1"))
    assert deal["prospect"]["contact"]["civility"] == "M."
    assert deal["reference"] == "R 1"


def test_a_final_letter_with_blanks_keeps_the_answers() -> None:
    result = new(*WHOLE, "--final")
    assert result.exit_code == 1
    (deal,) = result.stdout.splitlines()
    assert outputs() == [Path(deal).name]
    assert f"  {deal}: prospect.contact.title\n" in result.stderr
    assert f"your answers are kept in {deal}" in one_line(result.stderr)


def test_without_the_engine_the_answers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def load() -> None:
        raise MachineLacks("Pango is missing.")

    monkeypatch.setattr(engine, "load", load)
    result = new(*WHOLE)
    assert result.exit_code == 3
    assert "your answers are kept in" in result.stderr
    assert "Pango is missing." in result.stderr
    assert [Path(name).suffix for name in outputs()] == [".toml"]


@pytest.mark.usefixtures("plain_letters")
def test_another_letter_of_that_name_is_kept() -> None:
    deal, letter = new(*WHOLE).stdout.splitlines()
    Path(letter).write_text("mine")
    result = new(*WHOLE)
    assert result.exit_code == 2
    assert "exists with other content" in result.stderr
    assert Path(letter).read_text() == "mine"
    assert new(*WHOLE, "--force").stdout.splitlines() == [deal, letter]
    assert Path(letter).read_text() != "mine"


NAMES = st.text(st.characters(codec="utf-8"), max_size=150) | st.sampled_from(
    ["../../etc/passwd", "/etc/passwd", "C:\\x", "..", ".", "CON", "a/b", "{{ 7*7 }}", "<b>", "-o", "--final"]
)


@given(prospect=NAMES, feature=NAMES)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.usefixtures("plain_letters")
def test_no_name_leaves_the_folder_or_breaks_the_program(desk: Path, prospect: str, feature: str) -> None:
    result = new(
        *DATED,
        f"--prospect={prospect}",
        f"--feature={feature}",
        "--decline=out-of-scope",
        "--force",
        "-o",
        "o",
    )
    assert result.exit_code in {0, 2}, result.stderr
    assert all(Path(line).parent == Path("o") for line in result.stdout.splitlines())
    assert {path.name for path in desk.iterdir()} <= {"accord.toml", "o"}


# --- Asked -----------------------------------------------------------------------


ANSWERS = "Boulangeries Lefèvre\nExport FEC\n31/03/2027\n"


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_the_four_questions() -> None:
    deal = deal_of(new(*DATED, typed=f"{ANSWERS}1\nlicences\n25\n\n40\n\n\n"))
    assert deal["prospect"]["name"] == "Boulangeries Lefèvre"
    assert deal["feature"]["name"] == "Export FEC"
    assert deal["delivery"]["by"].isoformat() == "2027-03-31"
    assert deal["decision"] == {
        "kind": "subscription", "item": "licences", "quantity": 25, "unit_price": "40.00",
        "currency": "EUR", "period": "month", "term": 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "summary"),
    [
        (
            "1\nlicences\n25\nyear\n400\n3\n",
            "licences (quantity: 25) at €400.00 per year for 3 years: €30,000.00",
        ),
        ("1\nlicences\n25\nmois\n40\n\n", "40.00 per month for 12 months: €12,000.00 before tax (twelve"),
        (
            "purchase\nlicences\n1 200\n12,5\n",
            "licences (quantity: 1200) at €12.50: €15,000.00 before tax (fifteen",
        ),
        ("3\n\n\n\n", "They commit to a paid trial, on a small scale; what is not known yet is left blank."),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_the_summary_before_anything_is_written(typed: str, summary: str) -> None:
    result = new(*DATED, typed=f"{ANSWERS}{typed}n\n")
    told = one_line(result.stderr)
    for sentence in (
        summary,
        "(en), 23 November 2026:",
        "Boulangeries Lefèvre asks for Export FEC, which you deliver by 31 March 2027.",
        "Under French law: both are bound now; they must buy if you deliver in time.",
        "Nothing was written.",
    ):
        assert sentence in told
    assert result.exit_code == 1
    assert result.stdout == ""
    assert outputs() == []


@pytest.mark.parametrize(
    ("typed", "explanation"),
    [
        ("\n" + ANSWERS + "4\n", "An answer is needed here"),
        ("Novalys\n" + ANSWERS + "4\n", "the prospect is the house itself"),
        ("a\u200bb\n" + ANSWERS + "4\n", "does not show on paper"),
        ("A\nB\n2020-01-01\n31/03/2027\n4\n", "1 January 2020 is not after the letter's own date"),
        ("A\nB\n31/02/2027\n31/03/2027\n4\n", "is not a day of the calendar"),
        (ANSWERS + "5\n4\n", "Write a number from 1 to 4."),
        (ANSWERS + "\nnone\n", "Write a number from 1 to 4."),
        (ANSWERS + "2\n\n-1\n0\n\n\n", "Write a whole number in digits"),
        (ANSWERS + "2\n\n0\n1\n\n", "must be at least 1"),
        (ANSWERS + "2\n\n\n0\n1\n", "must be above zero"),
        (ANSWERS + "2\n\n999999999999\n10000000\n999999999999\n1\n", "absurdly large"),
        (ANSWERS + "1\n\n\nweek\nmonth\n\n\n", "Write month or year."),
        (ANSWERS + "4\nperhaps\n", "Write y for yes or n for no."),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_wrong_answer_is_explained_and_asked_again(typed: str, explanation: str) -> None:
    result = new(*DATED, typed=f"{typed}y\n")
    assert result.exit_code == 0, result.stderr
    assert f"→ {explanation}" in result.stderr or explanation in one_line(result.stderr)
    assert len(outputs()) == 2


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_what_flags_answer_is_not_asked() -> None:
    result = new(*ASKED, typed="31/03/2027\n4\n\n")
    assert deal_of(result)["decision"]["kind"] == "none"
    assert "Which company" not in result.stderr
    assert "Which feature" not in result.stderr
    assert "By when" in result.stderr
    assert "The answer is no: they commit to nothing yet" in one_line(result.stderr)


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_whole_set_of_flags_is_only_confirmed_and_yes_spares_that() -> None:
    result = new(*WHOLE, typed="\n")
    assert result.exit_code == 0
    assert result.stderr.count("?") == 1
    assert "?" not in new(*WHOLE, "--yes").stderr


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_faulty_flag_is_told_before_anything_is_asked() -> None:
    result = new("--feature", "x" * 200, typed="never read\n")
    assert result.exit_code == 2
    assert "?" not in result.stderr


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_decline_asks_for_names_alone() -> None:
    result = new(*DATED, "--decline", "date-not-feasible", typed="Lefèvre\nExport\n\n")
    assert deal_of(result)["decline"] == {"reason": "date-not-feasible"}
    assert "The answer is no: the date they need cannot be held." in result.stderr


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_what_the_house_leaves_open_is_asked() -> None:
    Path("accord.toml").write_text('[supplier]\nname = "Novalys"\n', "utf-8")
    result = new(*DATED, typed=f"{ANSWERS}2\nlicences\n2\nfrancs\nchf\n10\n2\n1\n\n")
    deal = deal_of(result)
    assert (deal["law"], deal["binding"], deal["decision"]["currency"]) == ("EW", "intent", "CHF")
    assert "both must negotiate" not in result.stderr


@pytest.mark.parametrize("answers", range(6))
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_leaving_at_any_question_writes_nothing(answers: int) -> None:
    typed = "".join(f"{answer}\n" for answer in [*ANSWERS.splitlines(), "2", "licences", "25"][:answers])
    result = new(*DATED, typed=typed)
    assert result.exit_code == 1
    assert "Nothing was written." in result.stderr
    assert result.stdout == ""
    assert outputs() == []


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_draft_says_how_to_go_on() -> None:
    result = new(*WHOLE, "--yes")
    deal = result.stdout.splitlines()[0]
    assert f"accord render {deal} --final" in one_line(result.stderr)
