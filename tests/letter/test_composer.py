"""Composing: every letter that can be asked for, and a few read word by word."""

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.house import HouseFile
from accord.errors import FaultyInput, Gaps, LegalHold
from accord.intake import loader
from accord.letter import composer, markdown
from accord.letter.blocks import to_html, to_markdown
from support.inputs import TODAY
from support.paths import SAMPLES, TESTS
from support.printed import words
from support.samples import HOUSE, SITUATIONS
from support.situations import HOUSES, agreement, compose_file, composed

# --- Read word by word --------------------------------------------------------


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_the_letter_reads_as_its_golden_text(path: Path) -> None:
    """`ACCORD_GOLDEN=write` rewrites the texts; a lawyer reads the difference."""
    golden = TESTS / "golden" / f"{path.stem}.md"
    text = markdown.render(compose_file(path))
    if os.environ.get("ACCORD_GOLDEN") == "write":
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


# --- Every reachable combination ----------------------------------------------

LANGUAGES = ("fr", "en")
LAWS = ("FR", "EW")
LEVELS = ("intent", "negotiate", "promise", "conditional")
COMMITMENTS = ("none", "efforts", "firm")
DECISIONS = ("subscription", "purchase", "pilot")
REASONS = ("out-of-scope", "no-commitment", "date-not-feasible")

REFUSED = {
    ("EW", "negotiate", "none"),
    ("EW", "negotiate", "efforts"),
    ("EW", "negotiate", "firm"),
    ("FR", "conditional", "none"),
    ("EW", "conditional", "none"),
    ("FR", "promise", "firm"),
    ("EW", "promise", "firm"),
}
"""Law, level and commitment that would not hold: shared rules of the two laws, see `check_level`."""


def agreements() -> Iterator[tuple[str, ...]]:
    for combination in itertools.product(LANGUAGES, LAWS, LEVELS, COMMITMENTS, DECISIONS):
        if combination[1:4] not in REFUSED:
            yield combination


MANDATORY = {
    "parties", "nature", "recitals", "feature", "vendor-commitment", "purchase", "price",
    "confidentiality", "ip", "data", "notices", "boilerplate", "law-forum", "signature",
}  # fmt: skip
WITH_CONDITION = {
    "condition",
    "cooperation",
    "acceptance",
    "payment",
    "beneficiary-waiver",
    "effect",
    "lapse",
}


@pytest.mark.walk
def test_every_reachable_agreement_composes_with_its_mandatory_clauses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count = 0
    for combination in agreements():
        for rich, (name, house) in itertools.product((True, False), HOUSES.items()):
            letter = composed(agreement(*combination, rich=rich), house)
            ids = [article.id for article in letter.articles]
            case = (*combination, rich, name)
            assert len(ids) == len(set(ids)), case
            assert set(ids) >= MANDATORY, case
            assert (set(ids) >= WITH_CONDITION) == (letter.binding in {"promise", "conditional"}), case
            assert ("negotiation" in ids) == (letter.binding == "negotiate"), case
            assert ("language" in ids) == ((letter.language, letter.law) in {("fr", "EW"), ("en", "FR")}), (
                case
            )
            assert ("exclusivity" in ids) == rich, case
            assert [article.number for article in letter.articles] == list(range(1, len(ids) + 1)), case
            assert len(letter.opening) == len(letter.closing) == 1, case
            assert len(letter.signatories) == 2, case
            assert "{" not in markdown.render(letter), case
            count += 1
    with capsys.disabled():
        print(f"\n{count} agreements composed ({count // 6} combinations, 2 deals and 3 houses each)")
    assert count == 6 * 2 * 3 * (2 * 4 * 3 - len(REFUSED))


@pytest.mark.parametrize(("law", "level", "commitment"), sorted(REFUSED))
def test_a_pair_that_would_not_hold_is_refused_with_what_to_choose(
    law: str, level: str, commitment: str
) -> None:
    with pytest.raises(FaultyInput, match=r"choose|write binding"):
        composed(agreement("en", law, level, commitment, "purchase", rich=True), HOUSES["full"])


def test_every_decline_composes(capsys: pytest.CaptureFixture[str]) -> None:
    options = {
        "candour": True,
        "return_documents": True,
        "own_alternative": "Notre export y suffit peut-être.",
        "alternative": "Un autre outil le fait.",
        "paid_referral": True,
    }
    count = 0
    for language, reason, dated, rich in itertools.product(LANGUAGES, REASONS, (True, False), (True, False)):
        decline = {"reason": reason, **(options if rich else {"keep_in_touch": False})}
        if rich and reason == "date-not-feasible":
            decline["earliest"] = "2027-09-30"
        data: dict[str, Any] = {
            "language": language,
            "prospect": {"name": "Hôtels du Lac"},
            "feature": {"name": "Planning"} | ({"need": "planifier"} if rich else {}),
            "decline": decline,
        }
        if dated:
            data["delivery"] = {"by": "2027-01-31"}
        for name, house in HOUSES.items():
            letter = composed(data, house)
            ids = [passage.id for passage in letter.opening]
            case = (language, reason, dated, rich, name)
            assert letter.kind == "decline", case
            assert ids[:3] == ["thanks", "decision", "reason"], case
            assert ("no-obligation" in ids) == (reason != "out-of-scope"), case
            assert not letter.articles, case
            assert [passage.id for passage in letter.closing] == ["closing"], case
            count += 1
    with capsys.disabled():
        print(f"\n{count} declines composed")
    assert count == 72


# --- Rules --------------------------------------------------------------------


def test_no_decision_leads_to_the_courteous_no() -> None:
    letter = compose_file(SAMPLES / "10-fr-refus-sans-decision.toml")
    assert letter.kind == "decline"
    assert letter.data["deal"]["decline"] == {"reason": "no-commitment"}


@pytest.mark.parametrize(
    ("kind", "of"), [("consumer", "agreement"), ("consumer", "decline"), ("public", "agreement")]
)
def test_legal_decides_first_for_consumers_and_public_bodies(kind: str, of: str) -> None:
    data = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
    data["prospect"] = data["prospect"] | {"kind": kind}
    if of == "decline":
        data["decline"] = {"reason": "out-of-scope"}
    with pytest.raises(LegalHold, match="Ask legal"):
        composed(data, HOUSES["full"])


def test_a_final_letter_names_each_blank() -> None:
    with pytest.raises(Gaps) as refusal:
        compose_file(SAMPLES / "04-fr-intention-projet.toml", final=True)
    assert "04-fr-intention-projet.toml: decision.quantity (quantity)\n" in str(refusal.value)
    assert "04-fr-intention-projet.toml: prospect.contact.last_name (Client’s signatory)\n" in str(
        refusal.value
    )


def test_a_final_letter_names_the_house_s_blanks_in_the_house_s_file() -> None:
    """A business letter says the company's form, register and seat (C. com., art. R123-237)."""
    decline = {
        "language": "fr",
        "prospect": {"name": "A"},
        "feature": {"name": "B"},
        "decline": {"reason": "out-of-scope"},
    }
    deal = loader.deal_from(decline, "deal", HOUSES["bare"].house, today=TODAY)
    with pytest.raises(Gaps) as refusal:
        composer.compose(deal, HOUSES["bare"], final=True, source="deal.toml")
    missing = {
        "supplier.legal_form",
        "supplier.registration",
        "supplier.address",
        "supplier.signatory.last_name",
        "supplier.signatory.title",
    }
    assert set(refusal.value.blanks) == {(str(HOUSE.path), key) for key in missing}


def test_a_subscription_without_its_period_says_what_is_known() -> None:
    data = agreement("fr", "FR", "conditional", "efforts", "subscription", rich=True)
    del data["decision"]["period"]
    letter = composed(data, HOUSES["full"])
    assert "decision.period" in letter.gaps
    assert {"decision.unit_price", "decision.term"}.isdisjoint(letter.gaps)
    assert "10,00\u00a0€ hors taxes ……………… (période)" in markdown.render(letter)


def test_a_letter_says_why_each_clause_is_in_or_out() -> None:
    """One choice a file of the library; the files that are in are those that print."""
    letter = composed(purchase(), HOUSES["full"])
    choices = {choice.file: choice for choice in letter.choices}
    printed = {passage.file.name for passage in (*letter.opening, *letter.articles, *letter.closing)}
    assert {file for file, choice in choices.items() if choice.included} == printed
    assert choices["40-lapse.firm.france.md"].conditions == (
        ("binding", True),
        ("firm", False),
        ("french-law", True),
    )


def test_a_court_for_another_law_is_asked_of_the_deal() -> None:
    """The house's court goes with the house's law."""
    english = HOUSES["full"].house.terms.model_copy(update={"law": "EW", "court": "London"})
    house = HouseFile(HOUSE.path, HOUSES["full"].house.model_copy(update={"terms": english}))
    assert "court" in composed(purchase(), house).gaps
    assert "terms.court" in composed(purchase(), HOUSES["bare"]).gaps


# --- Values are data ----------------------------------------------------------

HOSTILE = (
    "{{ feature.name }}",
    "{% for x in y %}",
    "<script>alert(1)</script>",
    "<img src='file:///etc/passwd'>",
    "**gras** _italique_ `code`",
    "# titre",
    "[lien](http://exemple.invalid)",
    "&lt;b&gt; &amp; {0} {name} %s",
    "1. liste",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_value_prints_literally(text: str) -> None:
    data = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
    data["feature"] = {
        "name": text,
        "need": text,
        "description": text,
        "acceptance_tests": [text],
        "exclusions": [text],
    }
    data["prospect"] = {"name": text, "address": [text]}
    letter = composed(data, HOUSES["full"])
    for article in letter.articles:
        assert "<script" not in to_html(article.blocks)
        assert "<img" not in to_html(article.blocks)
        assert "<a " not in to_html(article.blocks)
    [feature] = [article for article in letter.articles if article.id == "feature"]
    plain = re.sub(r"<[^>]+>", "", to_html(feature.blocks))
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&#34;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, char)
    assert re.sub(r"\s", " ", plain).count(text) == 3


names = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x17F),
    min_size=1,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(name=names, need=names)
def test_any_name_is_printed_whole_or_refused(name: str, need: str) -> None:
    data = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
    data["prospect"] = {"name": name}
    data["feature"] = data["feature"] | {"need": need}
    try:
        deal = loader.deal_from(data, "deal", HOUSE.house, today=TODAY)
    except FaultyInput:
        return
    letter = composer.compose(deal, HOUSE)
    assert words(letter.addressee[0]) == words(deal.prospect.name)


# --- A house's own clauses ----------------------------------------------------


def overriding_house(folder: Path, name: str, text: str) -> HouseFile:
    path = folder / "templates" / "fr" / "agreement" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return HouseFile(folder / "accord.toml", HOUSE.house)


def purchase() -> dict[str, Any]:
    return agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)


def test_an_overriding_clause_prints_and_is_named(tmp_path: Path) -> None:
    house = overriding_house(
        tmp_path,
        "64-notices.md",
        '+++\ntitle = "Droits"\nlaw = { FR = ["CPI"] }\n+++\nTout à {{ supplier.name }}.',
    )
    [article] = [article for article in composed(purchase(), house).articles if article.overrides]
    assert (article.id, article.title, to_markdown(article.blocks)) == (
        "notices",
        "Droits",
        "Tout à Novalys.",
    )


@pytest.mark.parametrize(
    ("body", "sentence"),
    {
        "unknown placeholder": ("Pour {{ feature.nom }}.", "did you mean feature.name"),
        "absent article": (
            "Voir l’article {{ article.negotiation }}.",
            "an article that this letter does not have",
        ),
    }.values(),
)
def test_an_overriding_clause_with_a_wrong_placeholder_names_its_line(
    tmp_path: Path, body: str, sentence: str
) -> None:
    house = overriding_house(tmp_path, "64-notices.md", f'+++\ntitle = "Droits"\n+++\nUn.\n\n{body}')
    with pytest.raises(FaultyInput) as refusal:
        composed(purchase(), house)
    assert "64-notices.md:6: " in str(refusal.value)
    assert sentence in str(refusal.value)


def test_two_wordings_of_a_clause_never_meet(tmp_path: Path) -> None:
    house = overriding_house(
        tmp_path, "32-price.excluding-vat.md", '+++\ntitle = "Prix"\nwhen = ["binding"]\n+++\nLe prix.'
    )
    with pytest.raises(FaultyInput, match="conditions that exclude each other"):
        composed(purchase(), house)


def test_markup_beyond_emphasis_and_lists_stops_the_letter(tmp_path: Path) -> None:
    body = "**gras**\n\n<img src=x>\n\n![y](file:///etc/passwd)\n\n[z](http://exemple.invalid)"
    house = overriding_house(tmp_path, "64-notices.md", f'+++\ntitle = "Droits"\n+++\n{body}')
    with pytest.raises(FaultyInput) as refusal:
        composed(purchase(), house)
    told = [(fault.source.rpartition(":")[2], fault.sentence[:14]) for fault in refusal.value.faults]
    assert told == [("6", "holds HTML, wh"), ("8", "holds an image"), ("10", "holds a link, ")]


def test_a_list_of_values_is_a_block_however_its_placeholder_is_spaced(tmp_path: Path) -> None:
    house = overriding_house(
        tmp_path,
        "26-acceptance.france.md",
        '+++\ntitle = "Recette"\nwhen = ["binding"]\n+++\nEssais :\n\n{{feature.acceptance_tests}}',
    )
    [article] = [article for article in composed(purchase(), house).articles if article.overrides]
    assert to_html(article.blocks).count("<p>") == 1
    assert "<ul><li>il compte 12\u00a0lignes.</li></ul>" in to_html(article.blocks)


def test_an_article_that_loses_its_title_is_not_lost(tmp_path: Path) -> None:
    house = overriding_house(
        tmp_path, "34-payment.once.france.md", '+++\nwhen = ["binding"]\n+++\nLe Client paie.'
    )
    with pytest.raises(FaultyInput, match=r"34-payment\.once\.france\.md: title: is missing"):
        composed(purchase(), house)


@pytest.mark.parametrize(
    "body", ["\\{\\{ 7*7 \\}\\}", "\\{\\% for x in y %}", "\\{\\# note #\\}", "{{{{ feature.name }}}}"]
)
def test_no_code_in_disguise_runs_in_a_clause(tmp_path: Path, body: str) -> None:
    house = overriding_house(tmp_path, "64-notices.md", f'+++\ntitle = "Droits"\n+++\n{body}')
    with pytest.raises(FaultyInput, match="plain placeholders"):
        composed(purchase(), house)
