"""Composing: every letter that can be asked for, and a few read word by word."""

import copy
import datetime
import itertools
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import compose, intake, markdown
from generator.errors import FaultyInput, Gaps, LegalHold
from generator.letter import Letter
from generator.model import HouseFile, Logo

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "generator" / "samples"
TODAY = datetime.date(2026, 11, 23)
HOUSE = intake.read_house(SAMPLES / "accord.toml")
SITUATIONS = sorted(path for path in SAMPLES.glob("*.toml") if path.name != "accord.toml") + sorted(
    (HERE / "deals").glob("*.toml")
)


def compose_file(path: Path, **options: Any) -> Letter:
    deal = intake.read_deal(path, HOUSE.house, today=TODAY)
    return compose.compose(deal, HOUSE, source=path.name, **options)


# --- Read word by word --------------------------------------------------------


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_the_letter_reads_as_its_golden_text(path: Path) -> None:
    """`ACCORD_GOLDEN=write` rewrites the texts; a lawyer reads the difference."""
    golden = HERE / "golden" / f"{path.stem}.md"
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


def full_house(*, hardship: str) -> HouseFile:
    """The sample house with every optional clause."""
    terms = HOUSE.house.terms.model_copy(update={"hardship": hardship})
    return HouseFile(HOUSE.path, HOUSE.house.model_copy(update={"terms": terms}))


def bare_house() -> HouseFile:
    """A house with no optional clause, no statement and no brand."""
    data = {"supplier": {"name": "Novalys"}, "terms": {"law": "FR", "binding": "conditional"}}
    return HouseFile(HOUSE.path, type(HOUSE.house).model_validate(data))


HOUSES = {
    "full": full_house(hardship="excluded"),
    "other": full_house(hardship="accepted"),
    "bare": bare_house(),
}


def agreements() -> Iterator[tuple[str, ...]]:
    for combination in itertools.product(LANGUAGES, LAWS, LEVELS, COMMITMENTS, DECISIONS):
        if combination[1:4] not in REFUSED:
            yield combination


def agreement(*combination: str, rich: bool) -> dict[str, Any]:
    """A deal with every option that its level allows, or with none."""
    language, law, level, commitment, decision = combination
    bought: dict[str, Any] = {"kind": decision}
    feature: dict[str, Any] = {"name": "Export FEC"}
    if rich:
        bought |= {
            "item": "abonnements",
            "quantity": 2,
            "unit_price": "10.00",
            "currency": "EUR",
            "vat_rate": "20",
        }
        bought |= {"exclusivity_until": "2027-01-31"}
        bought |= {"period": "month", "term": 12} if decision == "subscription" else {}
        bought |= {"penalty": "100.00"} if level in {"promise", "conditional"} else {}
        feature |= {"need": "exporter", "description": "un export", "acceptance_tests": ["il passe"]}
    return {
        "language": language,
        "law": law,
        "binding": level,
        "vendor_commitment": commitment,
        "prospect": {"name": "Boulangeries Lefèvre"},
        "feature": feature,
        "delivery": {"by": "2027-03-31"},
        "decision": bought,
    }


def composed(data: Mapping[str, Any], house: HouseFile) -> Letter:
    deal = intake.deal_from(dict(data), "deal", house.house, today=TODAY)
    return compose.compose(deal, house)


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
            assert ids[:4] == ["thanks", "restate-need", "decision", "reason"], case
            assert ids[-1] == "no-obligation" or rich, case
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
    assert "04-fr-intention-projet.toml: decision.quantity\n" in str(refusal.value)
    assert "04-fr-intention-projet.toml: prospect.contact.last_name\n" in str(refusal.value)


def test_a_final_letter_names_the_house_s_blanks_in_the_house_s_file() -> None:
    """A business letter says the company's form, register and seat (C. com., art. R123-237)."""
    decline = {
        "language": "fr",
        "prospect": {"name": "A"},
        "feature": {"name": "B"},
        "decline": {"reason": "out-of-scope"},
    }
    deal = intake.deal_from(decline, "deal", HOUSES["bare"].house, today=TODAY)
    with pytest.raises(Gaps) as refusal:
        compose.compose(deal, HOUSES["bare"], final=True, source="deal.toml")
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
    assert "10,00\u00a0€ ……………… (période) hors taxes" in markdown.render(letter)


def test_the_reference_follows_the_terms_and_nothing_else() -> None:
    data = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
    first = composed(data, HOUSES["full"]).reference
    assert re.fullmatch(r"AP-20261123-[A-Z2-7]{5}", first)
    assert composed(data, HOUSES["full"]).reference == first
    data["decision"] = data["decision"] | {"quantity": 3}
    assert composed(data, HOUSES["full"]).reference != first
    assert composed(data | {"reference": "2026/118"}, HOUSES["full"]).reference == "2026/118"


CHANGES: Mapping[str, tuple[Any, ...]] = {
    "deal.law": ("EW",), "deal.locale": ("fr_CH", "en_US"), "deal.date": ("2026-12-01",),
    "deal.binding": ("intent", "negotiate", "promise"), "deal.vendor_commitment": ("firm", "none"),
    "deal.court": ("Lille",), "deal.reference": ("2026/118",),
    "deal.prospect.name": ("Autre",), "deal.prospect.kind": ("public",), "deal.prospect.legal_form": ("SA",),
    "deal.prospect.capital": ("1",), "deal.prospect.currency": ("USD",), "deal.prospect.country": ("GB", "BE"),
    "deal.prospect.registration": ("814 455 663", None), "deal.prospect.registry": ("Nice", None),
    "deal.prospect.vat": ("FR51814455663",), "deal.prospect.address": (["2 rue B"], None),
    "deal.prospect.email": ("a@b.example",), "deal.prospect.contact": ({"last_name": "B"}, {"civility": "Mme", "last_name": "A"}),
    "deal.feature.name": ("Autre",), "deal.feature.need": ("voir", None), "deal.feature.description": ("autre",),
    "deal.feature.acceptance_tests": (["autre"], None), "deal.feature.exclusions": (["rien"],),
    "deal.delivery.by": ("2027-03-30",), "deal.delivery.long_stop": ("2027-06-01", None),
    "deal.decision.kind": ("purchase", "pilot"), "deal.decision.item": ("pains", None), "deal.decision.quantity": (7, None),
    "deal.decision.unit_price": ("11.00", None), "deal.decision.currency": ("GBP",), "deal.decision.period": ("year",),
    "deal.decision.term": (9, None), "deal.decision.vat_rate": ("5.5", None), "deal.decision.penalty": ("3.00",),
    "deal.decision.exclusivity_until": ("2027-02-02",), "deal.decline.alternative": ("Ceci.",), "deal.decline.candour": (True,),
    "deal.decline.return_documents": (True,), "deal.decline.keep_in_touch": (False,), "deal.decline.earliest": ("2027-09-09",),
    "house.supplier.name": ("Autre",), "house.supplier.legal_form": ("SA",), "house.supplier.capital": ("1",),
    "house.supplier.currency": ("USD",), "house.supplier.registry": ("Nice",), "house.supplier.address": (["2 rue B"],),
    "house.supplier.country": ("BE",), "house.supplier.email": ("a@b.example",), "house.supplier.signatory": ({"last_name": "B"},),
    "house.supplier.vat": (None,), "house.brand.colour": ("#800000",), "house.brand.logo_alt": ("Autre",),
    "house.terms.law": ("EW",), "house.terms.court": ("Lille",), "house.terms.binding": ("promise",),
    "house.terms.vendor_commitment": ("firm",), "house.terms.acceptance_days": (11,), "house.terms.payment_days": (12,),
    "house.terms.validity_days": (13,), "house.terms.confidentiality_years": (4,), "house.terms.general_terms": ("CGV 5", None),
    "house.terms.extension_days": (14, None), "house.terms.force_majeure_days": (15, None), "house.terms.hardship": ("excluded",),
    "house.positioning.statement": ({"fr": "Autre."},),
}  # fmt: skip
"""Other values for the keys of a deal and a house; None takes the key out."""


def disclosed(tables: Mapping[str, Any], logo: Logo | None) -> tuple[dict[str, Any], str] | None:
    """The data of a letter and all that its page says, or None where there is no such letter."""
    try:
        house = intake.house_from(tables["house"], "house")
        deal = intake.deal_from(tables["deal"], "deal", house, today=TODAY)
        letter = compose.compose(
            deal, HouseFile(HOUSE.path, house, logo and replace(logo, alternative=house.brand.logo_alt or ""))
        )
    except (FaultyInput, LegalHold):
        return None
    # The reference digests the data; the language of the page is in its mark-up.
    page = (
        markdown.render(letter).replace(letter.reference, deal.reference or "")
        + letter.colour
        + letter.locale
    )
    data = {
        **letter.data,
        "deal": {k: v for k, v in letter.data["deal"].items() if k != "reference" or deal.reference},
    }
    return data, page + (letter.logo.alternative if letter.logo else "")


SITUATIONS_TO_CHANGE = ("01-fr-abonnement", "02-fr-achat-negociation", "04-fr-intention-projet", "06-en-intent-england",
                        "07-en-pilot-england", "09-fr-refus-hors-marche", "10-fr-refus-sans-decision", "11-en-decline-date")  # fmt: skip


@pytest.mark.parametrize("with_logo", [True, False])
@pytest.mark.parametrize("stem", SITUATIONS_TO_CHANGE)
def test_what_changes_the_data_changes_the_page(stem: str, *, with_logo: bool) -> None:
    """Nothing is in the file that the page does not say: an internal note, an unprinted term."""
    tables = {
        name: tomllib.loads((SAMPLES / f"{file}.toml").read_text("utf-8"))
        for name, file in (("deal", stem), ("house", "accord"))
    }
    logo = HOUSE.logo if with_logo else None
    before = disclosed(tables, logo)
    assert before is not None
    unsaid = []
    for path, values in CHANGES.items():
        for value in values:
            changed = copy.deepcopy(tables)
            *way, key = path.split(".")
            table: Any = changed
            for name in way:
                table = table.setdefault(name, {})
            table.pop(key, None) if value is None else table.update({key: value})
            after = disclosed(changed, logo)
            if after and after[0] != before[0] and after[1] == before[1]:
                unsaid.append((path, value))
    assert unsaid == []


CHOICES = {
    "language", "locale", "law", "binding", "vendor_commitment", "country", "currency", "kind", "period",
    "civility", "reason", "colour", "logo_alt", "keep_in_touch", "paid_referral", "return_documents", "candour",
}  # fmt: skip
"""Keys whose effect is on the page, not their spelling."""


def texts_of(data: Any, key: str = "") -> Iterator[str]:
    """Every text of the data that should be read on the page as it stands."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from texts_of(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of(value, key)
    elif isinstance(data, str) and key not in CHOICES and not re.fullmatch(r"[0-9.-]+", data):
        yield data


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_every_attached_text_is_on_the_page(path: Path) -> None:
    letter = compose_file(path)
    page = re.sub(r"[\\\s]+", " ", markdown.render(letter))
    # The court is printed by its whole name; a need loses its English "to", an item its full stop.
    missing = [text for text in texts_of(letter.data) if " ".join(text.split()).rstrip(".") not in page]
    assert missing == []


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_the_attached_data_composes_the_same_letter(path: Path) -> None:
    """Deal and house as attached are enough to write the letter again."""
    letter = compose_file(path)
    house = type(HOUSE.house).model_validate(letter.data["house"])
    deal = intake.deal_from(dict(letter.data["deal"]), "data", house, today=TODAY)
    again = compose.compose(deal, HouseFile(HOUSE.path, house, HOUSE.logo))
    assert markdown.render(again) == markdown.render(letter)
    assert again.data == letter.data


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
        assert "<script" not in article.html
        assert "<img" not in article.html
        assert "<a " not in article.html
    [feature] = [article for article in letter.articles if article.id == "feature"]
    plain = re.sub(r"<[^>]+>", "", feature.html)
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
        deal = intake.deal_from(data, "deal", HOUSE.house, today=TODAY)
    except FaultyInput:
        return
    letter = compose.compose(deal, HOUSE)
    printed = "".join(letter.addressee[0].split())
    assert printed == "".join(deal.prospect.name.split())


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
        tmp_path, "58-ip.md", '+++\ntitle = "Droits"\nlaw = ["CPI"]\n+++\nTout à {{ supplier.name }}.'
    )
    [article] = [article for article in composed(purchase(), house).articles if article.overrides]
    assert (article.id, article.title, markdown.text_of(article)) == ("ip", "Droits", "Tout à Novalys.")


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
    house = overriding_house(tmp_path, "58-ip.md", f'+++\ntitle = "Droits"\n+++\nUn.\n\n{body}')
    with pytest.raises(FaultyInput) as refusal:
        composed(purchase(), house)
    assert "58-ip.md:6: " in str(refusal.value)
    assert sentence in str(refusal.value)


def test_two_wordings_of_a_clause_never_meet(tmp_path: Path) -> None:
    house = overriding_house(
        tmp_path, "32-price.excluding-vat.md", '+++\ntitle = "Prix"\nwhen = ["binding"]\n+++\nLe prix.'
    )
    with pytest.raises(FaultyInput, match="conditions that exclude each other"):
        composed(purchase(), house)


def test_markup_beyond_emphasis_and_lists_prints_literally(tmp_path: Path) -> None:
    body = "<img src=x> ![y](file:///etc/passwd) [z](http://exemple.invalid) **gras**"
    house = overriding_house(tmp_path, "58-ip.md", f'+++\ntitle = "Droits"\n+++\n{body}')
    [article] = [article for article in composed(purchase(), house).articles if article.overrides]
    assert "<img" not in article.html
    assert "<a" not in article.html
    assert "<strong>gras</strong>" in article.html


def test_an_article_that_loses_its_title_is_not_lost(tmp_path: Path) -> None:
    house = overriding_house(
        tmp_path, "24-cooperation.md", '+++\nwhen = ["binding"]\n+++\nLe Client coopère.'
    )
    with pytest.raises(FaultyInput, match=r"24-cooperation\.md: title: is missing"):
        composed(purchase(), house)


@pytest.mark.parametrize(
    "body", ["\\{\\{ 7*7 \\}\\}", "\\{\\% for x in y %}", "\\{\\# note #\\}", "{{{{ feature.name }}}}"]
)
def test_no_code_in_disguise_runs_in_a_clause(tmp_path: Path, body: str) -> None:
    house = overriding_house(tmp_path, "58-ip.md", f'+++\ntitle = "Droits"\n+++\n{body}')
    with pytest.raises(FaultyInput, match="plain placeholders"):
        composed(purchase(), house)
