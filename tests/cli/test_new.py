"""`accord new`: four answers, given as flags or typed, make a deal file and its letter."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.errors import MachineLacks
from accord.intake import dotted
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
        (
            ["--quantity", "many", "--unit-price", "1.500"],
            ["--quantity: “many” is not a whole number", "--unit-price: "],
        ),
        (["--decision", "purchase", "--quantity", "0"], ["--quantity: must be at least 1"]),
        (["--lang", "fr", "--unit-price", "1,500"], ["--unit-price: “1,500” can be read as"]),
        (["--unit-price", "40 £"], ["--unit-price: ", "is not in EUR"]),
        (
            ["--set", "decision.quantty=3", "--quantity", "x"],
            ["did you mean decision.quantity", "--quantity"],
        ),
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


AS_PEOPLE_SAY = """
    --prospect=Lefèvre | --feature=Export FEC | --lang=français | --delivery-date=fin mars | --decision=abonnement
    | --item=abonnements | --quantity=25 postes | --unit-price=40 € HT/mois | --period=mensuel | --term=1 an
    | --currency=€ | --binding=accord de principe
"""


def test_a_refusal_beside_an_order_does_not_ask_for_a_decision() -> None:
    told = new(*DATED, "--prospect", "Lefèvre", "--decline", "out-of-scope", "--quantity", "3").stderr
    assert "--quantity: is for an agreement" in told
    assert "--decision" not in told


def test_flags_take_what_people_call_things() -> None:
    result = new(*DATED, *(flag.strip() for flag in AS_PEOPLE_SAY.split("|")))
    assert result.exit_code == 0, result.stderr
    deal = tomllib.loads(Path(result.stdout.splitlines()[0]).read_text("utf-8"))
    assert deal["binding"] == "conditional"
    assert deal["delivery"]["by"] == datetime.date(2027, 3, 31)
    assert deal["decision"] == {
        "kind": "subscription",
        "item": "abonnements",
        "quantity": 25,
        "unit_price": "40.00",
        "currency": "EUR",
        "period": "month",
        "term": 12,
    }


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
    assert f"  {deal}: prospect.contact.title (title)\n" in result.stderr
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


@pytest.mark.usefixtures("plain_letters")
def test_the_same_request_again_leaves_its_deal_alone_and_says_how_to_go_on() -> None:
    first = deal_of(new(*WHOLE))
    again = new(*WHOLE, "--set", "decision.vat_rate=20")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "accord edit output/" in again.stderr
    other = deal_of(new(*WHOLE, "--set", "decision.vat_rate=20", "--set", "reference=R-2"))
    assert (first["reference"][:3], other["reference"]) == ("AP-", "R-2")


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


REQUEST = "Boulangeries Lefèvre\n\nExport FEC\n\n"  # a business, near our core
ANSWERS = f"{REQUEST}31/03/2027\n"
ORDERED = f"{ANSWERS}1\n25 licences at €40 per month for 12 months\n\n"  # at the usual level
LATER, WRITE = "n\n", "\n"
BLANK_NO = f"{LATER}{WRITE}"  # fill in the blanks later, write it


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_one_line_says_the_whole_order() -> None:
    deal = deal_of(new(*DATED, typed=f"{ORDERED}{BLANK_NO}"))
    assert deal["prospect"] == {
        "name": "Boulangeries Lefèvre", "kind": "business", "staff": "6+", "contact": {},
    }  # fmt: skip
    assert deal["feature"]["name"] == "Export FEC"
    assert deal["delivery"]["by"].isoformat() == "2027-03-31"
    assert deal["binding"] == "conditional"
    assert deal["decision"] == {
        "kind": "subscription", "item": "licences", "quantity": 25, "unit_price": "40.00",
        "currency": "EUR", "period": "month", "term": 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "decision"),
    [
        (
            "1\nlicences\n25\nyear\n400\n3\n",
            {"quantity": 25, "unit_price": "400.00", "period": "year", "term": 3},
        ),
        (
            "1\n25 licences, 40 € HT/mois\n\n",
            {"quantity": 25, "unit_price": "40.00", "period": "month", "term": 12},
        ),
        ("2\n1 200 licences at 12,5\n", {"quantity": 1200, "unit_price": "12.50"}),
        ("purchase\n1 licence\n1500\n", {"quantity": 1, "unit_price": "1500.00"}),
        ("2\n25 licences at £40\n", {"quantity": 25, "unit_price": "40.00", "currency": "GBP"}),
        ("3\n\n\n", {}),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_what_the_order_leaves_out_is_asked_one_by_one(typed: str, decision: dict[str, Any]) -> None:
    written = deal_of(new(*DATED, typed=f"{ANSWERS}{typed}\n{BLANK_NO}"))["decision"]
    assert {key: written[key] for key in decision} == decision
    assert ("quantity" in written) == ("quantity" in decision)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            ORDERED,
            [
                "25 licences at €40.00 per month for 12 months",
                "€12,000.00 before tax (twelve thousand euros)",
            ],
        ),
        (f"{ANSWERS}3\n\n\n\n", ["a paid trial", "left blank"]),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_the_summary_before_anything_is_written(typed: str, told: list[str]) -> None:
    result = new(*DATED, typed=f"{typed}{LATER}no\n")
    seen = one_line(result.stderr)
    for sentence in (*told, "(en), 23 November 2026:", "31 March 2027", "French law", "both are bound now"):
        assert sentence in seen
    assert result.exit_code == 1
    assert result.stdout == ""
    assert outputs() == ["boulangeries-lefevre.unfinished"]


@pytest.mark.parametrize(
    ("typed", "explanation"),
    [
        ("\n" + ORDERED, "An answer is needed here"),
        ("Novalys\n" + ORDERED, "the prospect is the house itself"),
        ("a\u200bb\n" + ORDERED, "does not show on paper"),
        (f"{REQUEST}2020-01-01\n31/03/2027\n4\n", "1 January 2020 is not after the letter's own date"),
        (f"{REQUEST}31/02/2027\n31/03/2027\n4\n", "is not a day of the calendar"),
        ("A\n3\n\nB\n\n31/03/2027\n4\n", "consumer law governs both"),
        ("A\n4\nB\n\nno\n\n", "procurement law decides"),
        (ANSWERS + "5\n4\n", "Write a number from 1 to 4."),
        (ANSWERS + "\nnone\n", "Write a number from 1 to 4."),
        (ANSWERS + "2\n25 licences\n0\n1\n\n", "must be above zero"),
        (ANSWERS + "2\n25 licences at 999999999999\n25 licences at 1\n\n", "absurdly large"),
        (ANSWERS + "2\nlicences\n-1\n2\n5\n\n", "is not a whole number"),
        (ANSWERS + "2\n25 licences at €4 a month\n25 licences at €4\n\n", "belongs to a subscription"),
        (ANSWERS + "1\n25 licences at €4\nweek\nmonth\n\n\n", "Write month or year."),
        (REQUEST.removesuffix("\n") + "perhaps\nyes\n31/03/2027\n4\n", "Write y for yes or n for no."),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_wrong_answer_is_explained_and_asked_again(typed: str, explanation: str) -> None:
    blank = "" if typed.endswith(("4\n", "none\n", "no\n\n")) else LATER
    result = new(*DATED, typed=f"{typed}{blank}\n\n")
    assert result.exit_code == 0, result.stderr
    assert f"→ {explanation}" in result.stderr or explanation in one_line(result.stderr)
    assert len(outputs()) == 2


@pytest.mark.parametrize(
    ("answer", "item"),
    [("3 licences Windows 11 at 40\n\n", "licences Windows 11"), ("lot 25 a\nn\n25 lots at 40\n", "lots")],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_figures_in_the_name_of_an_item_are_asked_about(answer: str, item: str) -> None:
    result = new(*DATED, typed=f"{ANSWERS}2\n{answer}\n{BLANK_NO}")
    assert "do its figures belong to its name?" in one_line(result.stderr)
    assert deal_of(result)["decision"]["item"] == item


def test_figures_in_the_name_of_an_item_are_refused_where_nobody_can_be_asked() -> None:
    result = new(*BOUGHT, "--item", "25 users at £40 a month", "--quantity", "1")
    assert result.exit_code == 2
    assert "--item: “25 users at £40 a month” says how many" in one_line(result.stderr)


# --- The ways to say no ------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "decline", "delivery"),
    [
        (
            "no\n\nA partner of ours offers it.\n",
            {"reason": "out-of-scope", "alternative": "A partner of ours offers it."},
            None,
        ),
        ("no\n\n\n", {"reason": "out-of-scope"}, None),
        (
            "\nno\n1 March 2027\n1 June 2027\n",
            {"reason": "date-not-feasible", "earliest": "2027-06-01"},
            "2027-03-01",
        ),
        ("\nno\n\n\n", {"reason": "date-not-feasible"}, None),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_off_the_market_or_not_in_time_is_a_polite_no(
    typed: str, decline: dict[str, str], delivery: str | None
) -> None:
    deal = deal_of(new(*DATED, typed=f"{REQUEST.removesuffix(chr(10))}{typed}\n\n"))
    assert {key: str(value) for key, value in deal["decline"].items()} == decline
    assert (str(deal["delivery"]["by"]) if "delivery" in deal else None) == delivery
    assert "decision" not in deal


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_no_decision_leaves_the_door_open() -> None:
    result = new(*DATED, typed=f"{ANSWERS}4\n\n\n")
    assert deal_of(result)["decision"]["kind"] == "none"
    assert "They have decided nothing yet" in one_line(result.stderr)


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (("--decline", "out-of-scope", "--decision", "purchase"), "--decision: contradicts --decline"),
        (("--decline", "no-commitment", "--unit-price", "4"), "--unit-price: is for an agreement"),
        (("--decision", "none", "--binding", "intent"), "--binding: is for an agreement"),
        (("--decline", "out-of-scope", "--delivery-date", "2027-03-31"), "--delivery-date: has no place"),
    ],
)
def test_flags_that_contradict_each_other_are_refused(flags: tuple[str, ...], told: str) -> None:
    result = new(*ASKED, *flags)
    assert result.exit_code == 2
    assert told in one_line(result.stderr)
    assert outputs() == []


@pytest.mark.usefixtures("plain_letters")
def test_flags_that_agree_are_not_refused() -> None:
    assert (
        new(
            *ASKED, "--decline", "no-commitment", "--decision", "none", "--delivery-date", "2027-03-31"
        ).exit_code
        == 0
    )


# --- Back, change, stop, resume ------------------------------------------------------


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_back_returns_to_the_question_before_with_its_answer() -> None:
    typed = "<\nLefevre\n\nExport\n<\n<\n<\nLefèvre\n\n\n\n31/03/2027\n4\n\n\n"
    result = new(*DATED, typed=typed)
    deal = deal_of(result)
    assert (deal["prospect"]["name"], deal["feature"]["name"]) == ("Lefèvre", "Export")
    assert "This is the first question." in result.stderr
    assert "Which company is asking? [Lefevre]" in one_line(result.stderr)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("1\nMorel\n", {"prospect.name": "Morel"}),
        ("5\n30 June 2027\n", {"delivery.by": "2027-06-30"}),
        ("7\n30\n", {"decision.quantity": "30", "decision.item": "licences", "decision.unit_price": "40.00"}),
        ("7\nat €45\n", {"decision.quantity": "25", "decision.unit_price": "45.00"}),
        ("6\n2\n", {"decision.kind": "purchase", "decision.period": "None", "decision.quantity": "25"}),
        ("6\n4\n", {"decision.kind": "none", "decision.quantity": "None", "binding": "conditional"}),
        ("8\n1\n", {"binding": "intent"}),
        ("4\nno\n\n\n", {"decline.reason": "out-of-scope", "decision": "None", "delivery": "None"}),
        ("5\nno\n\n\n", {"decline.reason": "date-not-feasible", "decision": "None"}),
        ("1\n<\n", {"prospect.name": "Boulangeries Lefèvre"}),
        ("99\n", {"prospect.name": "Boulangeries Lefèvre"}),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_any_answer_can_be_changed_by_its_number(change: str, expected: dict[str, str]) -> None:
    ends = "\n" if change[0] in "456" else ""
    deal = deal_of(new(*DATED, typed=f"{ORDERED}{LATER}{change}\n{ends}"))
    assert {key: str(dotted.get(deal, key)) for key in expected} == expected


@pytest.mark.parametrize("answers", range(10))
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_answers_are_never_lost_and_resumed(answers: int) -> None:
    lines = f"{ORDERED}{BLANK_NO}".splitlines(keepends=True)
    stopped = new(*DATED, typed="".join(lines[:answers]))
    assert stopped.exit_code == 1
    assert stopped.stdout == ""
    if answers == 0:
        assert "Nothing was written." in stopped.stderr
        return
    assert outputs() == ["boulangeries-lefevre.unfinished"]
    assert "To resume: accord new --resume" in one_line(stopped.stderr)
    resumed = new("--resume", typed="".join(lines[answers:]))
    assert deal_of(resumed)["decision"]["quantity"] == 25
    assert not list(Path("output").glob("*.unfinished"))


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_answers_about_another_prospect_are_kept_beside() -> None:
    for prospect in ("Morel", "Morel", "Lefèvre"):
        new(*DATED, typed=f"{prospect}\n\nCaisse\n")
    assert outputs() == ["lefevre.unfinished", "morel-2.unfinished", "morel.unfinished"]


@pytest.mark.usefixtures("terminal")
def test_there_is_nothing_to_resume() -> None:
    result = new("--resume", typed="")
    assert result.exit_code == 2
    assert "output holds no unfinished answers" in one_line(result.stderr)


# --- What is blank, and the letter to send ----------------------------------------------

HOUSE = SHORT_HOUSE.replace(
    "[terms]",
    'legal_form = "SAS"\nregistration = "732 829 320"\nregistry = "Lyon"\naddress = ["3 quai Perrache", "69002 Lyon"]\n'
    '[supplier.signatory]\nlast_name = "Moreau"\ntitle = "Présidente"\n[terms]\ncourt = "Lyon"',
)
FILLED = (
    "\nSARL\n12 rue des Halles, 35000 Rennes\n552 100 554 RCS Rennes\nMme Anne Durand, gérante\n"
    "A file that Test Compta Demat accepts.\nThe file of a closed year is accepted by Test Compta Demat; so is an empty one\n"
)


@pytest.fixture
def whole_house(desk: Path) -> None:
    """A house without blanks."""
    (desk / "accord.toml").write_text(HOUSE, "utf-8")


@pytest.mark.usefixtures("terminal", "plain_letters", "whole_house")
def test_blanks_are_filled_in_words_and_the_letter_is_made_final() -> None:
    result = new(*DATED, typed=f"{ORDERED}{FILLED}\n\n")
    deal = deal_of(result)
    assert "7 things are still blank: Legal form, Address, Number, Signs for them, Title" in one_line(
        result.stderr
    )
    assert deal["prospect"] == {
        "name": "Boulangeries Lefèvre", "legal_form": "SARL", "registration": "552 100 554", "registry": "Rennes",
        "address": ["12 rue des Halles", "35000 Rennes"], "country": "FR", "kind": "business", "staff": "6+",
        "contact": {"civility": "Mme", "first_name": "Anne", "last_name": "Durand", "title": "gérante"},
    }  # fmt: skip
    assert len(deal["feature"]["acceptance_tests"]) == 2
    assert "This is the letter to send. Have both sides sign it by 23 December 2026" in one_line(
        result.stderr
    )


@pytest.mark.usefixtures("terminal", "plain_letters", "whole_house")
def test_a_blank_may_stay_and_has_its_slot_in_the_file() -> None:
    result = new(*DATED, typed=f"{ORDERED}\nSARL\n\n\n\n\n\n\n")
    assert result.exit_code == 0, result.stderr
    path, _letter = result.stdout.splitlines()
    assert "# address =" in Path(path).read_text("utf-8")
    assert "# legal_form =" not in Path(path).read_text("utf-8")
    assert f"6 particulars are blank. To fill them in: accord edit {path}" in one_line(result.stderr)


@pytest.mark.usefixtures("terminal", "plain_letters", "whole_house")
def test_a_draft_without_blanks_says_how_to_make_the_letter_to_send() -> None:
    result = new(*DATED, typed=f"{ANSWERS}4\n\nn\n")
    assert f"accord render {result.stdout.splitlines()[0]} --final" in one_line(result.stderr)


def test_a_house_with_blanks_is_named() -> None:
    assert "Your own company’s file leaves" in one_line(new(*WHOLE).stderr)


@pytest.mark.usefixtures("whole_house")
def test_a_final_letter_takes_the_place_of_its_own_draft() -> None:
    declined = (*ASKED, "--decline", "out-of-scope")
    deal, draft = new(*declined).stdout.splitlines()
    before = Path(draft).read_bytes()
    final = run("render", deal, "--final")
    assert (final.exit_code, final.stdout) == (0, f"{draft}\n")
    assert Path(draft).read_bytes() != before
    assert "This is the letter to send." in one_line(final.stderr)


@pytest.mark.usefixtures("whole_house")
def test_no_draft_takes_the_place_of_a_final_letter() -> None:
    deal, letter = new(*ASKED, "--decline", "out-of-scope", "--final").stdout.splitlines()
    before = Path(letter).read_bytes()
    again = run("render", deal)
    assert again.exit_code == 2
    assert Path(letter).read_bytes() == before


# --- Seen before -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "known"), [("1\n", True), ("boul\n\n", True), ("boul\nn\n\n", False), ("Bou\nn\n\n", False)]
)
@pytest.mark.usefixtures("terminal", "plain_letters", "whole_house")
def test_a_prospect_written_to_before_brings_its_particulars(typed: str, *, known: bool) -> None:
    assert new(*DATED, typed=f"{ORDERED}{FILLED}\n\n").exit_code == 0
    result = new(*DATED, typed=f"{typed}Caisse\n\n31/03/2027\n4\n\n\n")
    assert "1 Boulangeries Lefèvre" in result.stderr
    assert (deal_of(result)["prospect"].get("legal_form") == "SARL") == known


@pytest.mark.parametrize(
    ("typed", "item", "price"),
    [
        ("1\n25\n\n", "Novalys Compta subscriptions", "40.00"),
        ("25 nov\n\n", "Novalys Compta subscriptions", "40.00"),
        ("25 novalys compta subscriptions at €35\n\n", "Novalys Compta subscriptions", "35.00"),
        ("25 licences at €30 a month\n\n", "licences", "30.00"),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_what_the_house_sells_is_offered(typed: str, item: str, price: str) -> None:
    catalogue = (
        '[[catalogue]]\nitem = { en = "Novalys Compta subscriptions", fr = "abonnements Novalys Compta" }\n'
        'unit_price = "40.00"\nperiod = "month"\n'
    )
    Path("accord.toml").write_text(f"{SHORT_HOUSE}{catalogue}", "utf-8")
    result = new(*DATED, typed=f"{ANSWERS}1\n{typed}\n{BLANK_NO}")
    decision = deal_of(result)["decision"]
    assert "1 Novalys Compta subscriptions, €40.00 per month" in one_line(result.stderr)
    assert (decision["item"], decision["quantity"], decision["unit_price"]) == (item, 25, price)


# --- Flags on a terminal ------------------------------------------------------------------


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_what_flags_answer_is_not_asked() -> None:
    result = new(*ASKED, typed="\n\n31/03/2027\n4\n\n\n")
    assert deal_of(result)["decision"]["kind"] == "none"
    assert "Which company" not in result.stderr
    assert "Which feature" not in result.stderr
    assert "By when" in result.stderr


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_with_yes_only_what_is_needed_is_asked() -> None:
    assert "?" not in new(*WHOLE, "--yes").stderr
    result = new(*ASKED, "--decision", "purchase", "--yes", typed="31/03/2027\n")
    assert result.stderr.count("?") == 1


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_faulty_flag_is_told_before_anything_is_asked() -> None:
    result = new("--feature", "x" * 200, typed="never read\n")
    assert result.exit_code == 2
    assert "?" not in result.stderr


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_what_the_house_leaves_open_is_asked() -> None:
    Path("accord.toml").write_text('[supplier]\nname = "Novalys"\n', "utf-8")
    result = new(*DATED, typed=f"{ANSWERS}2\nfrancs\nchf\n2 licences at 10\n2\n1\n{BLANK_NO}")
    deal = deal_of(result)
    assert (deal["law"], deal["binding"], deal["decision"]["currency"]) == ("EW", "intent", "CHF")
    assert "both must negotiate" not in result.stderr


@pytest.mark.parametrize(
    ("answer", "kind", "staff"),
    [("", "business", "6+"), ("2", "business", "0-5"), ("3\n2", "business", "0-5"), ("4", "public", None)],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_the_kind_of_client_is_asked_as_far_as_the_law_needs(
    answer: str, kind: str, staff: str | None
) -> None:
    Path("accord.toml").write_text(SHORT_HOUSE.replace('law = "FR"', 'law = "FR"\ncourt = "Lyon"'), "utf-8")
    prospect = deal_of(new(*DATED, typed=f"A\n{answer}\nB\nno\n\n\n\n"))["prospect"]
    assert (prospect["kind"], prospect.get("staff")) == (kind, staff)


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_elsewhere_nobody_counts_staff() -> None:
    Path("accord.toml").write_text(
        SHORT_HOUSE.replace('"FR"', '"GB"', 1).replace('law = "FR"', 'law = "EW"'), "utf-8"
    )
    result = new(*DATED, typed="A\n\nB\nno\n\n\n\n")
    assert deal_of(result)["prospect"]["kind"] == "business"
    assert "employees" not in result.stderr


@pytest.mark.parametrize(
    ("order", "duration"),
    [
        ("1 trial at €3,000 for 8 weeks\n", "8 weeks"),
        ("1 trial at €3,000 for 3 months\n", "3 months"),
        ("1 trial at €3,000\n2 months\n", "2 months"),
        ("1 trial at €3,000\n\n", None),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_trial_has_a_duration(order: str, duration: str | None) -> None:
    decision = deal_of(new(*DATED, typed=f"{ANSWERS}3\n{order}\n{BLANK_NO}"))["decision"]
    assert decision.get("duration") == duration
    assert "term" not in decision


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_the_summary_says_what_the_review_remarks() -> None:
    weekend = new(
        *DATED, typed=f"{REQUEST}1 May 2027\n1\n25 licences at €40 per month for 12 months\n\n{BLANK_NO}"
    )
    assert "! delivery.by: " in one_line(weekend.stderr)
    assert "! delivery.by: " not in one_line(
        new(
            *DATED,
            typed=f"{ORDERED}{BLANK_NO}",
        ).stderr
    )


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_day_is_repeated_in_words() -> None:
    assert "31 March 2027" in one_line(new(*DATED, typed=f"{REQUEST}end of March 2027\n4\n\n\n").stderr)


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_of_two_readings_a_number_picks_one() -> None:
    typed = f"{REQUEST}31/03/2027\n2\n25 licences\n1.500\n1\n\n{BLANK_NO}"
    result = new(*DATED, typed=typed)
    assert "1 1,500" in one_line(result.stderr)
    assert deal_of(result)["decision"]["unit_price"] == "1500.00"


@pytest.mark.parametrize(
    ("typed", "price"),
    [
        ("1,500 $US\n1\n1 500 €", ("1500.00", "EUR", "month")),
        ("1,500 €/an\n1", ("1500.00", "EUR", "year")),
        ("1,500 €\n2", ("1.50", "EUR", "month")),
    ],
)
@pytest.mark.usefixtures("terminal", "plain_letters")
def test_a_reading_keeps_what_stands_beside_the_figures(typed: str, price: tuple[str, ...]) -> None:
    result = new(*DATED, "--lang", "fr", typed=f"{ANSWERS}1\n25 licences\nmois\n{typed}\n\n\n{BLANK_NO}")
    decision = deal_of(result)["decision"]
    assert (decision["unit_price"], decision["currency"], decision["period"]) == price


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_answers_are_kept_where_the_deal_file_is_there_already() -> None:
    first = new(*DATED, typed=f"{ORDERED}{BLANK_NO}")
    path = Path(first.stdout.splitlines()[0])
    path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")
    again = new(*DATED, typed=f"1\n{ORDERED.partition(chr(10))[2]}{BLANK_NO}")
    assert again.exit_code == 2, again.output
    assert "boulangeries-lefevre.unfinished" in outputs()


@pytest.mark.usefixtures("terminal", "plain_letters")
def test_answers_are_found_beside_a_deal_file_of_the_same_name() -> None:
    Path("output").mkdir()
    Path("output/boulangeries-lefevre.toml").write_text("# another's", "utf-8")
    lines = f"{ORDERED}{BLANK_NO}".splitlines(keepends=True)
    new(*DATED, typed="".join(lines[:4]))
    assert new("--resume", typed="".join(lines[4:])).exit_code == 0
