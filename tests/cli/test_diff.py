"""`accord diff`: on the screen, for programs, and as a redline that eyes and ears can tell apart."""

import dataclasses
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import Result

from accord import i18n
from accord.diff import compare, redline
from accord.i18n import _
from accord.letter.letter import Letter
from support.cli import run
from support.letters import HOSTILE, pdf, sample
from support.letters import letter as made
from support.paths import SAMPLES
from support.printed import one_line, plain

DEAL = SAMPLES / "01-fr-abonnement.toml"
HOUSE = SAMPLES / "accord.toml"
NAMES = ("sent.pdf", "lefevre.toml")
LANGUAGES = ("en", "fr")


def diff(*arguments: str | Path, house: Path = HOUSE) -> Result:
    return run("diff", *arguments, "--house", house)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A final letter as it was sent, and the deal as it is now: later and dearer."""
    old, new = tmp_path / "sent.pdf", tmp_path / "now.toml"
    old.write_bytes(pdf(DEAL.stem))
    text = DEAL.read_text("utf-8")
    for before, after in (
        ("by = 2027-03-31", "by = 2027-04-30"),
        ('"12000.00"', '"15000.00"'),
        ('"40.00"', '"50.00"'),
    ):
        assert before in text
        text = text.replace(before, after)
    new.write_text(text, "utf-8")
    return old, new


def pair() -> tuple[Letter, Letter]:
    """Two letters with words that changed, articles that came and went, and a list."""
    return made("07-en-pilot-england"), made("05-en-purchase-england")


# --- On the screen ----------------------------------------------------------------


def test_changes_are_told_clause_by_clause(files: tuple[Path, Path]) -> None:
    result = diff(*files)
    lines = plain(result.stdout).splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0].startswith(
        "- sent.pdf: Accord de principe sous réserve expresse de livraison · AP-20261123-"
    )
    assert lines[0].endswith(" · 23 November 2026 · final")
    assert lines[1].startswith("+ now.toml: ")
    assert lines[lines.index("6. Condition suspensive") + 1] == (
        "  … au plus tard le [-31 mars 2027-]{+30 avril 2027+}, ou à la date …"
    )
    assert "[-12 000,00 €-]{+15 000,00 €+}" in lines[lines.index("12. Prix") + 1]
    assert "13. Paiement" not in lines
    assert lines[-1] == "3 key facts differ · 4 passages changed"
    start = lines.index("Key facts that differ")
    assert start < lines.index("6. Condition suspensive")
    assert lines[start + 1 : start + 5] == [
        "  Delivery date: 31 March 2027 → 30 April 2027",
        "  Unit price: €40.00 per month → €50.00 per month",
        "  Total before tax: €12,000.00 → €15,000.00",
        "",
    ]


def test_letters_that_say_the_same(files: tuple[Path, Path]) -> None:
    result = diff(files[0], DEAL)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "The two letters say the same.")


def test_clauses_that_came_and_were_renumbered() -> None:
    lines = diff(
        SAMPLES / "07-en-pilot-england.toml", SAMPLES / "05-en-purchase-england.toml"
    ).stdout.splitlines()
    assert "11. Pilot [removed]" in lines
    assert any(line.startswith("Renumbered: 12 → 11, 13 → 12") for line in lines)
    assert re.search(r" · \d+ passages changed · 1 passage removed · \d+ articles renumbered$", lines[-1])


def test_two_languages_are_said_to_be_two() -> None:
    result = diff(DEAL, SAMPLES / "08-en-subscription-france.toml")
    lines = result.stdout.splitlines()
    assert "in two languages" in lines[2]
    assert "  Quantity: 25 in the old letter, 8 in the new one." in lines
    place = lines.index("  Feature")
    assert lines[place + 1 : place + 3] == ["  - Export FEC", "  + Two-country VAT return"]
    place = lines.index("27. Language [added]")
    assert lines[place + 1].startswith("  + Only the English version of this letter")
    assert lines[-1] == "17 key facts differ · 2 passages added · 8 articles renumbered"
    assert "{+" not in result.stdout
    assert "[-" not in result.stdout


def test_a_deal_in_both_languages_has_no_other_facts(tmp_path: Path) -> None:
    english = tmp_path / "english.toml"
    english.write_text(DEAL.read_text("utf-8").replace('language = "fr"', 'language = "en"'), "utf-8")
    lines = diff(DEAL, english).stdout.splitlines()
    assert "Key facts that differ" not in lines
    assert lines[-1] == "no key fact differs · 1 passage added · 1 article renumbered"
    dearer = tmp_path / "dearer.toml"
    dearer.write_text(
        english.read_text("utf-8")
        .replace("quantity = 25", "quantity = 30")
        .replace('total = "12000.00"', 'total = "14400.00"'),
        "utf-8",
    )
    data = json.loads(diff(DEAL, dearer, "--json").stdout)
    facts = [fact for fact in data["facts"] if not fact["worded"]]
    assert [(fact["key"], fact["old"], fact["new"]) for fact in facts] == [
        ("decision.quantity", 25, 30),
        ("decision.total", "12000.00", "14400.00"),
    ]
    assert facts[0]["told"] == "Quantity: 25 in the old letter, 30 in the new one."
    assert {change["kind"] for change in data["changes"]} <= {"added", "removed", "same", "translated"}


def test_own_wording_is_quoted_beside_the_other_language(own_price: Path) -> None:
    lines = diff(DEAL, SAMPLES / "08-en-subscription-france.toml", house=own_price).stdout.splitlines()
    place = lines.index("12. Price [own wording in the old letter]")
    assert lines[place + 1].startswith("  - Le prix est de")
    assert lines[place + 1].endswith("Le prix est révisable.")
    assert lines[place + 2].startswith("  + The price is")


COUNTS = {
    "en": ("1 passage changed", "2 passages removed"),
    "fr": ("1 passage modifié", "2 passages supprimés"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_changes_are_counted_in_words_of_either_number(language: str) -> None:
    i18n.use(language)
    one = compare.Change("price", "changed", moved=False, old=1, new=1, title=(), paragraphs=())
    gone = dataclasses.replace(one, kind="removed", new=None)
    assert redline.count([one, gone, gone], (), bilingual=False) == " · ".join(COUNTS[language])


@pytest.fixture
def own_price(tmp_path: Path) -> Path:
    """A house that words one clause itself."""
    own = tmp_path / "templates/fr/agreement/32-price.vat.md"
    own.parent.mkdir(parents=True)
    (tmp_path / "accord.toml").write_text(re.sub("(?m)^logo.*$", "", HOUSE.read_text("utf-8")), "utf-8")
    (price,) = (each for each in made().articles if each.id == "price")
    own.write_text(price.file.read_text("utf-8").replace("est ferme", "est révisable"), "utf-8")
    return tmp_path / "accord.toml"


def test_the_standard_text(own_price: Path) -> None:
    lines = diff(DEAL, "--standard", house=own_price).stdout.splitlines()
    assert lines[0].startswith("- standard text: ")
    assert lines[-4:] == [
        "12. Prix",
        "  … comprises. Le prix est [-ferme-]{+révisable+}.",
        "",
        "1 passage changed",
    ]
    assert diff(DEAL, "--standard").stdout.splitlines()[-1] == "The two letters say the same."


def test_nothing_hidden_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred.toml"
    path.write_text(DEAL.read_text("utf-8"), "utf-8")
    result = diff(path, DEAL)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout


# --- For programs -------------------------------------------------------------------


def test_json(files: tuple[Path, Path]) -> None:
    data = json.loads(diff(*files, "--json").stdout)
    assert data.keys() == {"format", "old", "new", "same", "facts", "changes", "doubts"}
    assert (data["format"], data["same"]) == (1, False)
    assert data["old"] == {
        "name": "sent.pdf",
        "reference": sample(DEAL.stem).reference,
        "version": sample(DEAL.stem).version,
        "title": "Accord de principe sous réserve expresse de livraison",
        "date": "2026-11-23",
        "language": "fr",
        "final": True,
    }
    (condition,) = (change for change in data["changes"] if change["id"] == "condition")
    assert condition.keys() == {"id", "kind", "moved", "number", "title", "paragraphs", "own_wording"}
    assert condition["own_wording"] == {"old": False, "new": False}
    (by,) = (fact for fact in data["facts"] if fact["key"] == "delivery.by")
    assert by.keys() == {"key", "name", "old", "new", "before", "after", "worded", "told"}
    assert (by["old"], by["new"], by["worded"]) == ("2027-03-31", "2027-04-30", False)
    assert condition["number"] == {"old": 6, "new": 6}
    assert {"kind": "inserted", "text": "30\u00a0avril 2027"} in condition["paragraphs"][0]["edits"]
    assert json.loads(diff(DEAL, DEAL, "--json").stdout)["changes"] == []


# --- What cannot be compared ----------------------------------------------------------


def test_bad_arguments(files: tuple[Path, Path], tmp_path: Path) -> None:
    for arguments in ((DEAL,), (DEAL, DEAL, DEAL), (DEAL, DEAL, "--standard")):
        result = diff(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
    missing = diff(tmp_path / "none.toml", tmp_path / "none.pdf")
    assert missing.exit_code == 2
    assert [line.split(":")[0] for line in missing.stderr.splitlines()] == [
        str(tmp_path / name) for name in ("none.toml", "none.pdf")
    ]
    stranger = tmp_path / "stranger"
    stranger.write_bytes(b"%PDF-1.7\nno more")
    assert diff(stranger, files[1], "--pdf", tmp_path / "x.pdf").exit_code == 2
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_holds_something_else_is_kept(files: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "redline.html"
    target.write_text("mine", "utf-8")
    refused = diff(*files, "--html", target)
    assert (refused.exit_code, target.read_text("utf-8")) == (2, "mine")
    result = diff(*files, "--html", target, "--force")
    assert (result.exit_code, result.stdout) == (0, f"{target}\n")
    assert "<ins>" in target.read_text("utf-8")


TARGETS = {
    "both are other files": (("a.html", "b.pdf"), ("a.html", "b.pdf"), "exists with other content"),
    "the second is another file": (("a.html", "b.pdf"), ("b.pdf",), "exists with other content"),
    "both are one file": (("a.pdf", "a.pdf"), (), "the same file"),
    "both are one file in other words": (("x/../a.pdf", "a.pdf"), (), "the same file"),
}


@pytest.mark.parametrize("case", TARGETS)
def test_both_redlines_are_written_or_none(case: str, tmp_path: Path) -> None:
    (screen, paper), taken, expected = TARGETS[case]
    (tmp_path / "x").mkdir()
    for name in taken:
        (tmp_path / name).write_text("mine", "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    result = diff(DEAL, DEAL, "--html", tmp_path / screen, "--pdf", tmp_path / paper)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count(expected) == max(1, len(taken))
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_date_is_for_deal_files(files: tuple[Path, Path]) -> None:
    dated = diff(*files, "--date", "2026-12-01", "--json")
    data = json.loads(dated.stdout)
    assert (data["old"]["date"], data["new"]["date"]) == ("2026-11-23", "2026-12-01")
    refused = diff(files[0], files[0], "--date", "2026-12-01")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "is a letter already made; --date" in refused.stderr
    standard = diff(files[0], "--standard", "--date", "2026-12-01")
    assert (standard.exit_code, standard.stdout) == (2, "")
    text = one_line(diff("--help").stdout)
    assert text.count("For deal files: ") == 2


# --- The redline --------------------------------------------------------------------


class Marks(HTMLParser):
    """The texts in <ins> and <del>, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open = ""
        self.feed(html.partition("<main")[2])

    def handle_starttag(self, tag: str, _attributes: object) -> None:  # noqa: D102
        if tag in {"ins", "del"}:
            self._open = tag
            self.found.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self._open:
            self.found[-1] = (self._open, self.found[-1][1] + data)


def spoken(content: bytes) -> Iterator[tuple[str, str]]:
    """What the structure tree says of each piece of text in it: its line, and its description."""
    with pikepdf.open(io.BytesIO(content)) as file:
        pending = [file.Root.StructTreeRoot.K[0]]
        while pending:
            element = pending.pop()
            if "/Alt" in element:
                assert element.S == "/Span"
                yield str(element.A.TextDecorationType), str(element.Alt)
            kids: list[Any] = list(element.K) if isinstance(element.K, pikepdf.Array) else []
            pending += [kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_change_is_named_to_a_screen_reader(language: str) -> None:
    i18n.use(language)
    old, new = pair()
    says = {"ins": _("inserted: {text}"), "del": _("deleted: {text}")}
    lines = {"ins": "/Underline", "del": "/LineThrough"}
    heard = "".join(f"{line}{text}" for line, text in spoken(redline.paper(old, new, NAMES)))
    marks = Marks(redline.page(old, new, NAMES)).found
    assert len(marks) > 60
    place = 0
    for tag, text in marks:
        beginning = text.split()[0]
        place = heard.find(lines[tag] + says[tag].format(text=beginning), place)
        assert place >= 0, (tag, text)
        place += 1


def test_same_words_are_not_named() -> None:
    one = made()
    legend = [
        ("/Underline", "inserted: what the new letter adds"),
        ("/LineThrough", "deleted: what it leaves out"),
    ]
    assert list(spoken(redline.paper(one, one, NAMES))) == legend


@pytest.mark.usefixtures("afresh")
def test_the_same_bytes_each_time(files: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for target in (one, two):
        result = diff(*files, "--pdf", target)
        assert (result.exit_code, result.stdout) == (0, f"{target}\n")
    assert one.read_bytes() == two.read_bytes()


def test_the_page_needs_no_other_file_and_speaks_both_languages() -> None:
    i18n.use("fr")
    html = redline.page(*pair(), NAMES)
    assert '<html lang="fr">' in html
    assert '<main lang="en">' in html
    assert not re.search(r"(?:src|href)=|url\(", html)
    assert "sent.pdf" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_languages_stand_in_two_columns_on_three_pages(language: str) -> None:
    i18n.use(language)
    old, new = made(), made("08-en-subscription-france")
    html = redline.page(old, new, NAMES)
    assert "<ins>" not in html
    assert "<del>" not in html
    assert '<td lang="fr"><p>12. Prix</p></td><td lang="en"><p>12. Price</p></td>' in html
    assert '<td lang="fr">Export FEC</td><td lang="en">Two-country VAT return</td>' in html
    assert f"<td>{_('added')}" not in html
    assert f'<td class="remark">{_("added")}</td><td lang="fr"><p>–</p></td>' in html
    assert "Le prix est de" not in html
    content = redline.paper(old, new, NAMES)
    assert list(spoken(content)) == []
    with pikepdf.open(io.BytesIO(content)) as file:
        assert len(file.pages) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_facts_that_changed_stand_first(language: str) -> None:
    i18n.use(language)
    html = redline.page(made(), made(delivery={"by": "2027-04-30"}), NAMES)
    head, _table, rest = html.partition("</table>")
    assert head.count("<tr>") == 2
    assert f'<th scope="row">{_("Delivery date")}</th>' in head
    assert "<section" in rest
    assert "<table>" not in rest


def test_values_are_text_and_not_mark_up() -> None:
    html = redline.page(made(), HOSTILE["mark-up in every value"](), NAMES)
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
