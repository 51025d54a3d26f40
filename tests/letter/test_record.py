"""The data of a letter: what the page says, enough to write it again, and nothing else."""

import base64
import copy
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accord.domain.house import HouseFile, Logo
from accord.errors import AccordError, FaultyInput, LegalHold
from accord.intake import loader
from accord.letter import markdown, record
from accord.letter.letter import Letter, as_json
from accord.pdf import typeset
from accord.verify import recompose
from support.inputs import TODAY
from support.paths import SAMPLES
from support.printed import words
from support.samples import HOUSE, SITUATIONS, compose
from support.situations import HOUSES, agreement, compose_file, composed

RICH = agreement("fr", "FR", "conditional", "efforts", "purchase", rich=True)
OTHER_REQUESTS: Mapping[str, tuple[dict[str, Any], bool, bool]] = {
    "the same deal": ({}, True, True),
    "another quantity": ({"decision": RICH["decision"] | {"quantity": 3}}, True, False),
    "another level": ({"binding": "intent", "decision": {"kind": "purchase"}}, True, False),
    "an accent put right": ({"prospect": RICH["prospect"] | {"name": "Boulangerie LEFEVRE"}}, True, False),
    "another prospect": ({"prospect": RICH["prospect"] | {"name": "Boulangerie Morel"}}, False, False),
    "another feature": ({"feature": RICH["feature"] | {"name": "Autre export"}}, False, False),
    "another date": ({"date": "2026-11-24"}, False, False),
    "its own reference": ({"reference": "2026/118"}, False, False),
}
"""What changes in a deal; whether its reference stays the same, and whether its version does."""


@pytest.mark.parametrize("name", OTHER_REQUESTS)
def test_the_reference_is_that_of_the_request_and_the_version_that_of_the_words(name: str) -> None:
    lefevre = RICH | {"prospect": RICH["prospect"] | {"name": "Boulangerie Lefèvre"}}
    change, same_reference, same_version = OTHER_REQUESTS[name]
    letters = [composed(data, HOUSES["full"]) for data in (lefevre, lefevre | change)]
    assert re.fullmatch(r"AP-20261123-[A-Z2-7]{5}", letters[0].reference)
    assert re.fullmatch(r"[BCDFGHKLMPRSTWXZ]{4}", letters[0].version)
    assert (len({each.reference for each in letters}) == 1) == same_reference
    assert (len({each.version for each in letters}) == 1) == same_version
    assert all(each.file_stem.endswith(f"-{each.version}") for each in letters)
    assert all(each.data["version"] == each.version for each in letters)


def test_a_draft_and_its_final_letter_are_one_version() -> None:
    draft, final = (compose_file(SAMPLES / "01-fr-abonnement.toml", final=final) for final in (False, True))
    assert (draft.version, draft.file_stem) == (final.version, final.file_stem)


def test_a_letter_of_the_first_format_has_no_version() -> None:
    letter = compose_file(SAMPLES / "01-fr-abonnement.toml")
    old = {key: value for key, value in letter.data.items() if key != "version"} | {"format": 1}
    again = recompose.letter_of(record.recorded(old, "old.pdf"), "old.pdf")
    assert (again.version, again.reference, again.data) == ("", letter.reference, old)
    assert letter.version in typeset.page(letter)
    assert letter.version not in typeset.page(again)


CHANGES: Mapping[str, tuple[Any, ...]] = {
    "deal.law": ("EW",), "deal.locale": ("fr_CH", "en_US"), "deal.date": ("2026-12-01",),
    "deal.binding": ("intent", "negotiate", "promise"), "deal.vendor_commitment": ("firm", "none"),
    "deal.court": ("Lille",), "deal.reference": ("2026/118",),
    "deal.prospect.name": ("Autre",), "deal.prospect.kind": ("public",), "deal.prospect.staff": ("0-5",), "deal.prospect.unregistered": (True,), "deal.prospect.legal_form": ("SA",),
    "deal.prospect.capital": ("1",), "deal.prospect.currency": ("USD",), "deal.prospect.country": ("GB", "BE"),
    "deal.prospect.registration": ("814 455 663", None), "deal.prospect.registry": ("Nice", None),
    "deal.prospect.vat": ("FR51814455663",), "deal.prospect.address": (["2 rue B"], None),
    "deal.prospect.email": ("a@b.example",), "deal.prospect.contact": ({"last_name": "B"}, {"civility": "Mme", "last_name": "A"}),
    "deal.feature.name": ("Autre",), "deal.feature.need": ("voir", None), "deal.feature.description": ("autre",),
    "deal.feature.acceptance_tests": (["autre"], None), "deal.feature.exclusions": (["rien"],),
    "deal.delivery.by": ("2027-03-30",), "deal.delivery.long_stop": ("2027-06-01", None),
    "deal.decision.kind": ("purchase", "pilot"), "deal.decision.item": ("pains", None), "deal.decision.quantity": (7, None),
    "deal.decision.unit_price": ("11.00", None), "deal.decision.currency": ("GBP",), "deal.decision.period": ("year",),
    "deal.decision.term": (9, None), "deal.decision.duration": ("3 months", "8 weeks", None),
    "deal.negotiation": ({"until": "2027-03-02"}, None), "deal.decision.vat_rate": ("5.5", None), "deal.decision.penalty": ("3.00",),
    "deal.decision.exclusivity_until": ("2027-02-02",), "deal.decline.own_alternative": ("Cela.",), "deal.decline.alternative": ("Ceci.",), "deal.decline.candour": (True, False),
    "deal.opening_note": ("Bonjour de Lyon.",), "house.letters.opening_note": ({"fr": "Bonjour.", "en": "Hello."},), "house.letters.closing": ("warm",),
    "deal.decline.return_documents": (True,), "deal.decline.keep_in_touch": (False,), "deal.decline.earliest": ("2027-09-09",),
    "house.supplier.name": ("Autre",), "house.supplier.legal_form": ("SA",), "house.supplier.capital": ("1",),
    "house.supplier.currency": ("USD",), "house.supplier.registry": ("Nice",), "house.supplier.address": (["2 rue B"],),
    "house.supplier.country": ("BE",), "house.supplier.email": ("a@b.example",), "house.supplier.signatory": ({"last_name": "B"},),
    "house.supplier.vat": (None,), "house.brand.colour": ("#800000",), "house.brand.logo_alt": ("Autre",),
    "house.terms.law": ("EW",), "house.terms.court": ("Lille",), "house.terms.binding": ("promise",),
    "house.terms.vendor_commitment": ("firm",), "house.terms.acceptance_days": (11,), "house.terms.payment_days": (12,),
    "house.terms.validity_days": (13,), "house.terms.title": ("strict",), "house.terms.liability_cap": ("total", "4000.00"), "house.terms.confidentiality_years": (4,), "house.terms.general_terms": ("CGV 5", None),
    "house.terms.extension_days": (14, None), "house.terms.force_majeure_days": (15, None), "house.terms.hardship": ("excluded",),
    "house.positioning.statement": ({"fr": "Autre."},),
}  # fmt: skip
"""Other values for the keys of a deal and a house; None takes the key out."""


def disclosed(tables: Mapping[str, Any], logo: Logo | None) -> tuple[dict[str, Any], str] | None:
    """The data of a letter and all that its page says, or None where there is no such letter."""
    try:
        house = loader.house_from(tables["house"], "house")
        deal = loader.deal_from(tables["deal"], "deal", house, today=TODAY)
        letter = compose(
            deal, HouseFile(HOUSE.path, house, logo and replace(logo, alternative=house.brand.logo_alt or ""))
        )
    except (FaultyInput, LegalHold):
        return None
    # The version digests the page; the language of the page is in its mark-up.
    page = markdown.render(letter).replace(letter.version, "") + letter.colour + letter.locale
    data = {key: value for key, value in letter.data.items() if key != "version"}
    return data, page + (letter.logo.alternative if letter.logo else "")


SITUATIONS_TO_CHANGE = ("01-fr-abonnement", "02-fr-achat-negociation", "04-fr-intention-projet", "06-en-intent-england",
                        "07-en-pilot-england", "09-fr-refus-hors-marche", "10-fr-refus-sans-decision", "11-en-decline-date")  # fmt: skip


@pytest.mark.walk
@pytest.mark.parametrize(
    ("stem", "with_logo"), [(stem, place % 2 == 0) for place, stem in enumerate(SITUATIONS_TO_CHANGE)]
)
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
    "civility", "reason", "duration", "colour", "logo_alt", "keep_in_touch", "paid_referral", "return_documents", "candour",
}  # fmt: skip
"""Keys whose effect is on the page, not their spelling."""


TRANSLATED = {"England and Wales"}
"""A register that a French letter names in French."""


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
    page = words(markdown.render(letter))
    data = {name: part for name, part in letter.data.items() if name != "logo"}
    missing = [text for text in texts_of(data) if words(text) not in page and text not in TRANSLATED]
    assert missing == []


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_the_attached_data_composes_the_same_letter(path: Path) -> None:
    """What is attached is enough to write the letter again, with no file of the house at hand."""
    letter = compose_file(path)
    again = reopened(letter)
    assert typeset.page(again) == typeset.page(letter)
    assert again.data == letter.data


def reopened(letter: Letter) -> Letter:
    return recompose.letter_of(record.recorded(json.loads(as_json(letter.data)), "letter.pdf"), "letter.pdf")


PRICE = (
    '+++\ntitle = "Price, in short"\nwhen = [{when}]\n+++\nThe price is {{{{ decision.total }}}} (*net*).\n'
)

OWN_WORDINGS: Mapping[str, tuple[dict[str, str], dict[str, Any]]] = {
    "other words": (
        {
            "32-price.reverse-charge.md": PRICE.format(
                when='"binding", "not-vat-rate", "abroad", "reverse-charge"'
            )
        },
        {
            "32-price.reverse-charge.md": {
                "title": "Price, in short",
                "body": "The price is {{ decision.total }} (*net*).",
            }
        },
    ),
    "in where ours is out": (
        {"48-penalty.england.md": PRICE.format(when='"binding"')},
        {
            "48-penalty.england.md": {
                "title": "Price, in short",
                "body": "The price is {{ decision.total }} (*net*).",
            }
        },
    ),
    "out where ours is in": (
        {"44-force-majeure.england.md": PRICE.format(when='"intent"')},
        {"44-force-majeure.england.md": None},
    ),
    "out where ours is out": ({"48-penalty.england.md": PRICE.format(when='"intent"')}, {}),
}
"""Clauses of a house, and what of them a letter's data says."""


@pytest.mark.parametrize("name", OWN_WORDINGS)
def test_a_letter_brings_the_words_of_its_house(tmp_path: Path, name: str) -> None:
    clauses, told = OWN_WORDINGS[name]
    folder = tmp_path / "templates" / "en" / "agreement"
    folder.mkdir(parents=True)
    for file, text in clauses.items():
        (folder / file).write_text(text, "utf-8")
    home = replace(HOUSE, path=tmp_path / "accord.toml")
    deal = loader.read_deal(SAMPLES / "05-en-purchase-england.toml", home.house, today=TODAY)
    letter = compose(deal, home)
    assert letter.data.get("clauses", {}) == told
    assert typeset.page(reopened(letter)) == typeset.page(letter)
    assert (letter.version == compose(deal, HOUSE).version) == (not told)


FOREIGN_DATA: Mapping[str, tuple[Any, str]] = {
    "a later format": ({"format": 3}, "newer version"),
    "no format": ({"format": None}, "not as Accord writes it"),
    "a house that is a list": ({"house": []}, "not as Accord writes it"),
    "a clause that is a number": ({"clauses": {"32-price.vat.md": 3}}, "not as Accord writes it"),
    "an unknown clause": ({"clauses": {"99-x.md": None}}, "99-x.md"),
    "code in a clause": (
        {"clauses": {"32-price.vat.md": {"title": "", "body": "{% x %}"}}},
        "plain placeholders",
    ),
    "an address as logo": ({"logo": "data:text/html;base64,PGI+"}, "logo"),
    "a logo with a script": (
        {
            "logo": "data:image/svg+xml;base64,"
            + base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>').decode()
        },
        "script",
    ),
    "a deal without a prospect": ({"deal": {"language": "en"}}, "prospect"),
}


@pytest.mark.parametrize("name", FOREIGN_DATA)
def test_data_that_is_not_ours_is_refused_in_a_sentence(name: str) -> None:
    change, sentence = FOREIGN_DATA[name]
    data = {**compose_file(SAMPLES / "05-en-purchase-england.toml").data, **change}
    with pytest.raises(AccordError, match=sentence) as refusal:
        recompose.letter_of(record.recorded(data, "letter.pdf"), "letter.pdf")
    assert str(refusal.value).startswith("letter.pdf")
