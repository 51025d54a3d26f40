"""A number that can be read in two ways, beside others of its column that show which mark is that of decimals."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.batch import marks, sources
from accord.errors import AccordError
from accord.intake import parsing
from support.printed import STEADY
from support.samples import HOUSE

READ = "1250"
TWO_WAYS = "can be read"

COLUMNS: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    # what it shows: the language, the number, the others of its column, and what it is
    "both marks": ("fr", "1.250", ("1.250,00",), READ),
    "decimals twice": ("fr", "1.250", ("12,50", "8,90"), READ),
    "decimals beside whole numbers": ("fr", "1.250", ("12,50", "40", "8,90 €"), READ),
    "several groups": ("fr", "1.250", ("1.250.000", "1.250.000,00"), READ),
    "a currency beside it": ("fr", "1.250 €", ("1.250,00 €", "12,50 €"), READ),
    "English, written as in Germany": ("en", "1.250", ("1.250,00", "12,50"), READ),
    "French, written as in England": ("fr", "1,250", ("1,250.00", "12.50"), READ),
    "English as it is": ("en", "1,250", ("40",), READ),
    "no other": ("fr", "1.250", (), TWO_WAYS),
    "whole numbers alone": ("fr", "1.250", ("40", "1 250"), TWO_WAYS),
    "one alone": ("fr", "1.250", ("12,50", "40"), TWO_WAYS),
    "the same form": ("fr", "1.250", ("2.500", "3.750"), TWO_WAYS),
    "one that shows otherwise": ("fr", "1.250", ("1.250,00", "12,50", "12.50"), TWO_WAYS),
    "its own mark before decimals": ("fr", "1.250", ("1,250.00", "12.50"), TWO_WAYS),
    "its own comma before decimals": ("en", "1,250", ("12,50", "8,90"), TWO_WAYS),
    "both uses, in English": ("en", "1,250", ("1.250,00", "12.50"), TWO_WAYS),
}


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("name", COLUMNS)
def test_a_number_is_read_as_its_column_shows(name: str, kind: str, tmp_path: Path) -> None:
    language, number, others, expected = COLUMNS[name]
    path = tmp_path / f"deals.{kind}"
    rows = [(language, f"Company {place}", price) for place, price in enumerate((number, *others))]
    heads = ("language", "prospect.name", "decision.unit_price")
    lines = [json.dumps(dict(zip(heads, row, strict=True))) for row in rows]
    if kind == "csv":
        rest = "Fonctionnalité\tDécision\n"
        table = ["\t".join(f'"{cell}"' for cell in row) + "\tExport\tpilote" for row in rows]
        lines = ["Langue\tProspect\tPrix unitaire\t" + rest.strip(), *table]
    path.write_text("\n".join(lines), "utf-8")
    entry, *_others = sources.read(path, HOUSE.house).entries
    told = [fault.sentence for fault in entry.faults if fault.key == "decision.unit_price"]
    if expected == READ:
        assert told == []
        assert entry.data["decision"]["unit_price"] == READ
    else:
        assert [TWO_WAYS in sentence for sentence in told] == [True]


@pytest.mark.parametrize(
    ("number", "mark"),
    [
        ("1.250,00", ","),
        ("1,250.00", "."),
        ("12,5", ","),
        ("12.50", "."),
        ("1.250.000", ","),
        ("1,250,000", "."),
        ("1'250.50", "."),
        ("1 250,50", ","),
        ("0,125", ","),
        ("1250.125", "."),
        ("1.250", ""),
        ("1,250", ""),
        ("40", ""),
        ("1 250", ""),
        ("1,00,000", ""),
    ],
)
def test_the_mark_that_a_form_shows(number: str, mark: str) -> None:
    assert marks.mark_of_decimals(number) == mark


STYLES = {
    "de": str.maketrans(",.", ".,"),
    "en": {},
    "fr": str.maketrans(",.", " ,"),
    "ch": str.maketrans(",", "'"),
}


@STEADY
@given(
    st.lists(
        st.one_of(st.integers(1, 10**7), st.decimals("0.01", "9999999", places=2)), min_size=1, max_size=6
    ),
    st.sampled_from(sorted(STYLES)),
    st.sampled_from(["fr_FR", "en_GB"]),
)
def test_a_column_in_one_style_is_read_as_it_is_meant_or_refused(
    numbers: list[int | Decimal], style: str, locale: str
) -> None:
    cells = [f"{number:,}".translate(STYLES[style]) for number in numbers]
    shown = marks.Marks()
    for cell in cells:
        shown.see([cell], {0: "decision.unit_price"})
    mark = shown.decided().get("decision.unit_price")
    for number, cell in zip(numbers, cells, strict=True):
        doubtful = mark in {".", ""} and marks.has_groups(cell)
        try:
            value = parsing.amount(
                marks.ungrouped(cell, mark) if mark else cell, "fr_FR" if doubtful else locale
            )
        except AccordError:
            assert mark is None
            assert marks.has_groups(cell)
        else:
            assert value == number
