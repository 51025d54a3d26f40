"""Every fault of a file is told at once: file, key, what is wrong, what to write instead.

The situations are tables: what stands in the file, then the keys at fault, each
with a part of its sentence.  A list of situations is complete: a fault too many
fails as one too few does.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pydantic_core
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain import validation
from accord.domain.base import StrictModel, all_keys, table_at
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.errors import Fault, FaultyInput
from accord.intake import loader
from accord.text.characters import is_hidden
from support import inputs
from support.inputs import DEAL, HOUSE, TODAY, assert_faults, assert_plain, changed, faults_of

# --- Faults of deals ----------------------------------------------------------

DEALS: dict[str, tuple[str, dict[str, str]]] = {
    "empty file": (
        "",
        {
            "language": 'one of "fr", "en"',
            "prospect": "write the table [prospect], at least with name",
            "feature": "write the table [feature]",
            "delivery.by": "is missing",
            "decision": "is missing",
        },
    ),
    "empty name": (changed(DEAL, ("name", 'name = " "')), {"prospect.name": "is empty"}),
    "missing name": (changed(DEAL, ("name", "")), {"prospect.name": 'is missing; write name = "…"'}),
    "name of signs": (changed(DEAL, ("name", 'name = "—"')), {"prospect.name": "neither a letter nor a digit"}),
    "delivery before the letter": (changed(DEAL, ("by", "by = 2026-11-22")), {"delivery.by": "22\u00a0November 2026 is not after the letter's own date, 23\u00a0November 2026"}),
    "long stop before delivery": (changed(DEAL, ("by", "by = 2027-03-31\nlong_stop = 2027-03-30")), {"delivery.long_stop": "comes before the delivery date"}),
    "delivery without its day": (changed(DEAL, ("by", "")), {"delivery.by": "write a day, such as 2027-03-31"}),
    "date with a time": (changed(DEAL, ("by", "by = 2027-03-31T09:00:00Z")), {"delivery.by": "time of day"}),
    "date as people write it": (changed(DEAL, ("by", 'by = "31/03/2027"')), {"delivery.by": "write year-month-day"}),
    "wrong siren": (changed(DEAL, ("name", 'name = "Lefèvre"\ncountry = "FR"\nregistration = "552 100 555"')), {"prospect.registration": "SIREN or SIRET"}),
    "wrong vat number": (changed(DEAL, ("name", 'name = "Lefèvre"\nvat = "FR00552100554"')), {"prospect.vat": "is not a VAT number"}),
    "not a number": (changed(DEAL, ("unit_price", "unit_price = nan")), {"decision.unit_price": "is not an amount (nan)"}),
    "infinite": (changed(DEAL, ("unit_price", "unit_price = inf")), {"decision.unit_price": "absurdly large"}),
    "negative": (changed(DEAL, ("unit_price", "unit_price = -40")), {"decision.unit_price": "above zero"}),
    "nothing": (changed(DEAL, ("unit_price", 'unit_price = "0.00"')), {"decision.unit_price": "above zero"}),
    "absurd amount": (changed(DEAL, ("unit_price", 'unit_price = "1000000000000"')), {"decision.unit_price": "absurdly large"}),
    "absurd total": (changed(DEAL, ("unit_price", 'unit_price = "999999999999"')), {"decision.quantity": "total absurdly large"}),
    "contradicting total": (changed(DEAL, ("term", 'term = 12\ntotal = "1200"')), {"decision.total": "€1,200.00 contradicts"}),
    "two currencies": (changed(DEAL, ("unit_price", 'unit_price = "40 GBP"')), {"decision.unit_price": "one letter has one currency"}),
    "unknown currency": (changed(DEAL, ("kind", 'kind = "subscription"\ncurrency = "€"')), {"decision.currency": 'did you mean "EUR"?'}),
    "unknown language": (changed(DEAL, ("language", 'language = "French"')), {"language": 'did you mean "fr"?'}),
    "language of no letter": (changed(DEAL, ("language", 'language = "日本"')), {"language": 'is not known; write one of "fr", "en"'}),
    "unknown law": (changed(DEAL, ("language", 'language = "fr"\nlaw = "UK"')), {"law": 'did you mean "EW"?'}),
    "unknown locale": (changed(DEAL, ("language", 'language = "fr"\nlocale = "fr-FR"')), {"locale": 'did you mean "fr_FR"?'}),
    "locale of another language": (changed(DEAL, ("language", 'language = "fr"\nlocale = "en_GB"')), {"locale": "not a locale of the language"}),
    "a kind in French": (changed(DEAL, ("kind", 'kind = "Achat"')), {"decision.kind": 'did you mean "purchase"?'}),
    "a country by its name": (changed(DEAL, ("name", 'name = "Lefèvre"\ncountry = "Allemagne"')), {"prospect.country": 'write "DE" for Germany'}),
    "unknown kind": (changed(DEAL, ("kind", 'kind = "subscribtion"')), {"decision.kind": 'did you mean "subscription"?'}),
    "listed value as a number": (changed(DEAL, ("kind", "kind = 3")), {"decision.kind": 'must be one of "subscription"'}),
    "number between quotes": (changed(DEAL, ("quantity", 'quantity = "25"')), {"decision.quantity": "without quotation marks: 25"}),
    "number in words": (changed(DEAL, ("quantity", 'quantity = "many"')), {"decision.quantity": "must be a whole number"}),
    "broken number": (changed(DEAL, ("quantity", "quantity = 2.5")), {"decision.quantity": "must be a whole number"}),
    "yes for a number": (changed(DEAL, ("quantity", "quantity = true")), {"decision.quantity": "must be a whole number"}),
    "number too small": (changed(DEAL, ("quantity", "quantity = -25")), {"decision.quantity": "must be at least 1"}),
    "number too large": (changed(DEAL, ("term", "term = 241")), {"decision.term": "must be at most 240"}),
    "monstrous number": (changed(DEAL, ("quantity", f"quantity = 0x{'F' * 9000}")), {"decision.quantity": "must be at most 10,000,000"}),
    "monstrous price": (changed(DEAL, ("unit_price", f"unit_price = 0x{'F' * 9000}")), {"decision.unit_price": "absurdly large"}),
    "monstrous language": (changed(DEAL, ("language", f"language = 0x{'F' * 9000}")), {"language": 'must be one of "fr", "en"'}),
    "monstrous name": (changed(DEAL, ("name", f"name = 0x{'F' * 9000}")), {"prospect.name": "between quotation marks"}),
    "number for a text": (changed(DEAL, ("name", "name = 1664")), {"prospect.name": 'between quotation marks: "1664"'}),
    "list for a text": (changed(DEAL, ("name", 'name = ["a", "b"]')), {"prospect.name": 'must be one text; write name = "…"'}),
    "text for a list": (changed(DEAL, ("name", 'name = "A"\naddress = "12 rue"')), {"prospect.address": 'write address = ["12 rue"]'}),
    "list too long": (changed(DEAL, ("name", f'name = "A"\naddress = {["x"] * 7}')), {"prospect.address": "has 7 items, but its place holds 6"}),
    "fault in a list": (changed(DEAL, ("name", 'name = "A"\naddress = ["x", 2]')), {"prospect.address[2]": "between quotation marks"}),
    "text too long": (changed(DEAL, ("name", f'name = "{"x" * 121}"')), {"prospect.name": "has 121 characters, but its place holds 120"}),
    "value for a table": (changed(DEAL, ("language", 'language = "fr"\ndelivery = "2027-03-31"'), ("[delivery]", ""), ("by", "")), {"delivery": "must be a table; write the heading [delivery]"}),
    "table for a value": (changed(DEAL, ("name", "[prospect.name]\nfirst = 1")), {"prospect.name": "must be one text"}),
    "table twice": (changed(DEAL, ("[delivery]", "[[delivery]]")), {"delivery": "single brackets: [delivery]"}),
    "yes in words": (DEAL + '[decline]\nreason = "out-of-scope"\ncandour = "yes"', {"decline.candour": "must be true or false"}),
    "unknown key, misspelt": (changed(DEAL, ("by", "by = 2027-03-31\nlongstop = 2027-05-31")), {"delivery.longstop": "did you mean long_stop?"}),
    "unknown key, another word": (changed(DEAL, ("language", 'language = "fr"\ndeadline = 2027-03-31')), {"deadline": "did you mean delivery.by?"}),
    "unknown key, another word of the table": (changed(DEAL, ("unit_price", 'price = "40.00"')), {"decision.price": "did you mean unit_price?"}),
    "unknown key, from above": (changed(DEAL, ("by", 'by = 2027-03-31\nbinding = "intent"')), {"delivery.binding": "at the top of the file"}),
    "unknown key, from another table": (changed(DEAL, ("by", "by = 2027-03-31\nacceptance_tests = []")), {"delivery.acceptance_tests": "did you mean feature.acceptance_tests?"}),
    "unknown key, like none": (changed(DEAL, ("by", "by = 2027-03-31\nqqq = 1")), {"delivery.qqq": "which knows: by, long_stop"}),
    "unknown key with a dangerous name": (changed(DEAL, ("by", 'by = 2027-03-31\n"\\u001b[2J" = 1')), {"delivery.<U+001B>[2J": "is not a key"}),
    "unknown key that looks like an item": (changed(DEAL, ("by", 'by = 2027-03-31\n"by[x]" = 1')), {"delivery.by[x]": "which knows: by, long_stop"}),
    "house file for a deal": (
        HOUSE,
        {"": "is your company’s file, not a deal"},
    ),
    "a table of the house in a deal": (DEAL + '[supplier]\nname = "Novalys"', {"supplier": "belongs in the house file"}),
    "control character": (changed(DEAL, ("name", 'name = "A\\u0007B"')), {"prospect.name": "U+0007"}),
    "bidirectional override": (changed(DEAL, ("name", 'name = "A\\u202EB"')), {"prospect.name": "RIGHT-TO-LEFT OVERRIDE"}),
    "zero width": (changed(DEAL, ("name", 'name = "A\u200bB"')), {"prospect.name": "ZERO WIDTH SPACE"}),
    "character of no font": (changed(DEAL, ("name", 'name = "Lefèvre 中"')), {"prospect.name": "“中” U+4E2D (CJK UNIFIED IDEOGRAPH-4E2D)"}),
    "characters of no font in a list": (changed(DEAL, ("name", 'name = "A"\naddress = ["rue", "🚀 ي"]')), {"prospect.address[2]": "ROCKET), “ي” U+064A"}),
    "the house as prospect, by name": (changed(DEAL, ("name", 'name = "NOVALYS"')), {"prospect.name": "is the house itself"}),
    "the house as prospect, by number": (changed(DEAL, ("name", 'name = "Filiale"\nregistration = "732 829 320 00074"')), {"prospect.registration": "is the house itself"}),
    "a sister company": (changed(DEAL, ("name", 'name = "Novalys"\nregistration = "552 100 554"')), {}),
    "negotiation under english law": (changed(DEAL, ("language", 'language = "fr"\nlaw = "EW"\nbinding = "negotiate"')), {"binding": 'write binding = "intent"'}),
    "decline beside a decision": (DEAL + '[decline]\nreason = "out-of-scope"', {}),
    "decline without reason": (DEAL + "[decline]", {"decline.reason": 'one of "out-of-scope"'}),
    "many at once, in the order of the model": (
        'zeal = 1\nlanguage = "xx"\n[decision]\nkind = "gift"\nquantity = 0\n[delivery]\nby = 2020-01-01\n[prospect]\nname = ""\nsize = 3\ncountry = "UK"',
        {
            "language": "“xx” is not known",
            "prospect.name": "is empty",
            "prospect.country": 'write "GB"',
            "prospect.size": "which knows: name",
            "feature": "is missing",
            "delivery.by": "not after the letter's own date",
            "decision.kind": "“gift” is not known",
            "decision.quantity": "at least 1",
            "zeal": "is not a key",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DEALS)
def test_deals(case: str, tmp_path: Path, house: House) -> None:
    text, expected = DEALS[case]
    path = tmp_path / "deal.toml"
    path.write_text(text)
    found = faults_of(path, house)
    assert_faults(found, expected)
    assert {fault.source for fault in found} <= {str(path)}


def test_a_fault_is_told_once(house: House) -> None:
    with pytest.raises(FaultyInput) as raised:
        loader.deal_from({"language": "xx"}, "deal.toml", house, today=TODAY)
    lines = str(raised.value).splitlines()
    assert len(lines) == len(set(lines)) == 5
    assert lines[0] == 'deal.toml: language: “xx” is not known; write one of "fr", "en"'


# --- Faults of houses ---------------------------------------------------------

HOUSES: dict[str, tuple[str, dict[str, str]]] = {
    "sound": (HOUSE, {}),
    "empty file": ("", {"supplier": "write the table [supplier], at least with name"}),
    "wrong numbers": (
        changed(HOUSE, ("registration", 'registration = "732 829 321"'), ("vat", 'vat = "FR1"')),
        {"supplier.registration": "SIREN", "supplier.vat": "VAT number"},
    ),
    "absurd terms": (
        HOUSE + 'payment_days = 0\nacceptance_days = "15"\nvendor_commitment = "best"',
        {
            "terms.vendor_commitment": 'one of "none", "efforts", "firm"',
            "terms.acceptance_days": "without quotation marks: 15",
            "terms.payment_days": "at least 1",
        },
    ),
    "wrong colour": (HOUSE + '[brand]\ncolor = "blue"\ncolour = "blue"', {"brand.colour": "hexadecimal", "brand.color": "did you mean colour?"}),
    "deal file for a house": (
        'language = "fr"\n[prospect]\nname = "A"',
        {"": "is a deal file, not your company’s"},
    ),
    "a key of a deal in a house": ('language = "fr"\n' + HOUSE, {"language": "belongs in a deal file"}),
    "statement as one text": (HOUSE + '[positioning]\nstatement = "We focus."', {"positioning.statement": "must be a table"}),
    "unprintable statement": (HOUSE + '[positioning.statement]\nen = "日本"', {"positioning.statement.en": "U+65E5"}),
}  # fmt: skip


@pytest.mark.parametrize("case", HOUSES)
def test_houses(case: str, tmp_path: Path) -> None:
    text, expected = HOUSES[case]
    path = tmp_path / "accord.toml"
    path.write_text(text)
    assert_faults(faults_of(path), expected)


# --- Whatever comes in --------------------------------------------------------


def keys_of(table: type[StrictModel]) -> set[str]:
    return {name for dotted, _info in all_keys(table) for name in dotted.split(".")}


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates() | st.datetimes() | st.times()
    | st.sampled_from(["fr", "FR", "fr_FR", "conditional", "none", "subscription", "2027-03-31", "40.00", "\udce9", "中", 1 << 20_000, 25])
)  # fmt: skip


def data_like(table: type[StrictModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Data with the keys of a table, each with a value of any kind, and keys of none."""
    values: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in table.model_fields.items():
        inner = table_at(info)
        anything = (
            SCALARS
            | st.lists(SCALARS, max_size=3)
            | st.dictionaries(st.text(max_size=5), SCALARS, max_size=2)
        )
        values[name] = (data_like(inner) | anything) if inner else anything
    known = st.fixed_dictionaries({}, optional=values)
    strange = st.dictionaries(
        st.text(max_size=8) | st.sampled_from(sorted(keys_of(table))), SCALARS, max_size=2
    )
    return st.builds(lambda a, b: {**b, **a}, known, strange)


DATA = {root: data_like(root) for root in (DealFile, House)}


def outcomes(data: dict[str, Any], house: House) -> Iterator[list[Fault]]:
    try:
        loader.deal_from(data, "deal.toml", house, today=TODAY)
    except FaultyInput as error:
        yield list(error.faults)
    try:
        loader.house_from(data, "accord.toml")
    except FaultyInput as error:
        yield list(error.faults)


@settings(max_examples=300, deadline=None)
@given(st.one_of(*DATA.values()))
def test_any_data_is_a_model_or_faults_in_our_words(data: dict[str, Any]) -> None:
    house = inputs.house()
    for found in outcomes(data, house):
        assert found
        for fault in found:
            assert_plain(fault.sentence)
            assert not any(map(is_hidden, str(fault)))
            assert fault.sentence != validation._misfit(None), f"{fault.key} has no sentence of its own"  # type: ignore[arg-type]


def annotations(node: Any) -> Iterator[str]:
    """Every kind of value in pydantic's core schema of a model."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node["type"]
        for value in node.values():
            yield from annotations(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from annotations(value)


# The errors that pydantic can raise for each kind of value in the models.
ERRORS_OF = {
    "str": {"string_type", "string_too_long", "string_unicode"},
    "int": {"int_type", "greater_than_equal", "less_than_equal"},
    "bool": {"bool_type"},
    "literal": {"literal_error"},
    "tuple": {"tuple_type", "too_long"},
    "model": {"model_type"},
    "model-fields": {"missing", "extra_forbidden", "invalid_key"},
}
# Kinds that raise nothing of their own; functions raise `fault`, and look for that of a union themselves.
SILENT = {
    "nullable", "union", "default", "definitions", "definition-ref", "model-field", "decimal", "date",
    "function-before", "function-after", "function-wrap", "no-info", "with-info",
}  # fmt: skip


@pytest.mark.parametrize("root", [DealFile, House])
def test_every_error_that_can_occur_has_a_sentence(root: type[StrictModel]) -> None:
    kinds = set(annotations(root.__pydantic_core_schema__)) - {"fr", "en"}
    assert kinds <= ERRORS_OF.keys() | SILENT, "a new kind of value: say what can be wrong with it"
    possible = set().union(*(ERRORS_OF[kind] for kind in kinds & ERRORS_OF.keys())) | {"fault"}
    assert possible <= validation.SENTENCES.keys()
    assert validation.SENTENCES.keys() - {"fault"} <= set(get_args(pydantic_core.core_schema.ErrorType))
