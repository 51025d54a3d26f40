"""Where deals come from: each source gives the same entries; what is wrong with one does not stop the others."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord import i18n
from accord.batch import sources
from accord.batch.cells import MOST_COLUMNS
from accord.batch.sources import Entry
from accord.domain.house import Positioning, Translated
from accord.errors import AccordError, Fault, FaultyInput
from support.paths import SAMPLES, SHEETS
from support.samples import HOUSE, STEMS

LEFEVRE = {"prospect": {"name": "Lefèvre"}, "feature": {"name": "Export FEC"}, "language": "fr"}


def entries(path: Path) -> list[Entry]:
    return list(sources.read(path, HOUSE.house).entries)


@given(st.text("\n\n\n \t\r\x0b\u2028{a", max_size=12))
def test_lines_are_numbered_with_the_blank_ones_that_are_passed_over(text: str) -> None:
    numbered = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert list(sources._lines(text)) == numbered


def test_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "Langue;Prospect;Fonctionnalité;Échéance;Motif\n"
        "fr;Lefèvre;Export FEC;;hors marché\nfr;Morel;;bientôt;hors marché\n",
        "utf-8",
    )
    first, second = entries(path)
    assert first == Entry("2", f"{path}: row 2", LEFEVRE | {"decline": {"reason": "out-of-scope"}})
    assert second.data["prospect"] == {"name": "Morel"}
    assert [fault.key for fault in second.faults] == ["delivery.by", "feature.name"]


def test_a_row_that_lacks_something_is_told_the_column_to_fill_in_or_to_add(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Langue;Prospect;Demande;Décision\n;Lefèvre;x;\nfr;;;aucune\nfr;Morel;x;achat\n", "utf-8")
    told = [{fault.key: fault.sentence for fault in entry.faults} for entry in entries(path)]
    column, choices = "is empty; fill it in", "is empty; write one of these: "
    new = "is missing; add a column of this name"
    assert told == [
        {
            "language": f"{choices}French, English",
            "delivery.by": new,
            "decision.kind": f"{choices}subscription, purchase, paid trial, no decision",
        },
        {"prospect.name": column, "feature.name": column},
        {"delivery.by": new},
    ]


ABSENT = {
    "Langue;Demande;Livraison;Décision": ["“Prospect”: no column gives it; add a column of this name"],
    "Prospect;Livraison;Décision": ["“Feature”: no column gives it; add a column of this name"],
    "Prospect;Demande;Livraison": [
        "“Decision”: no column gives it; add a column of this name, or one named “Reason to decline”"
    ],
    "Langue": ["“Prospect”: ", "“Feature”: ", "“Decision”: "],
    "Prospect;Demande;Motif": [],
}


@pytest.mark.parametrize("head", ABSENT)
def test_a_column_that_every_row_lacks_is_told_once_of_the_headings(head: str, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(head + "\n" + "x;" * head.count(";") + "x\n" * 3, "utf-8")
    told: list[str] = []
    try:
        sources.read(path, HOUSE.house)
    except FaultyInput as error:
        told = [str(fault) for fault in error.faults]
    assert len(told) == len(ABSENT[head])
    assert all(f"row 1: {part}" in fault for part, fault in zip(ABSENT[head], told, strict=True)), told


OWN_LANGUAGE = {
    ("FR", "", ""): "fr",
    ("BE", "", ""): "fr",
    ("GB", "", ""): "en",
    ("IE", "", ""): "en",
    ("FR", "", "We sell tills."): "en",
    ("GB", "Nous vendons des caisses.", ""): "fr",
    ("FR", "Nous vendons des caisses.", "We sell tills."): "fr",
    ("CA", "", ""): "the interface's",
    ("DE", "", ""): "the interface's",
    (None, "", ""): "the interface's",
}


@pytest.mark.parametrize("case", OWN_LANGUAGE)
def test_letters_are_in_the_language_of_the_house(case: tuple[str | None, str, str], tmp_path: Path) -> None:
    country, french, english = case
    house = HOUSE.house.model_copy(
        update={
            "supplier": HOUSE.house.supplier.model_copy(update={"country": country}),
            "positioning": Positioning(statement=Translated(fr=french or None, en=english or None)),
        }
    )
    path = tmp_path / "deals.csv"
    path.write_text("Prospect;Demande;Motif\nLefèvre;Export FEC;hors marché\n", "utf-8")
    for interface in ("fr", "en"):
        i18n.use(interface)
        meant = interface if OWN_LANGUAGE[case] == "the interface's" else OWN_LANGUAGE[case]
        source = sources.read(path, house)
        assert (source.language, next(source.entries).data["language"]) == (meant, meant)


def test_the_language_of_the_house_is_told_unless_the_command_line_says_another(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Prospect;Fonctionnalité;Motif\nLefèvre;Export FEC;hors marché\n", "utf-8")
    i18n.use("fr")
    source = sources.read(path, HOUSE.house)
    assert (source.language, next(source.entries).data["language"]) == ("fr", "fr")
    chosen = sources.read(path, HOUSE.house, common={"language": "en"})
    assert (chosen.language, "language" in next(chosen.entries).data) == ("", False), "--lang says it"


def test_lines_of_json_nested_or_dotted(tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    dotted = {"language": "fr", "prospect.name": "Lefèvre", "Fonctionnalité": "Export FEC"}
    lines = [json.dumps(LEFEVRE), "", json.dumps(dotted), "{", "[]", '{"language": "fr", "language": "en"}']
    lines += ['{"prospect": {"name": "A"}, "prospect.name": "B"}'] * 2
    lines += ['{"prospect": {"name": "A"}, "Prospect": "B"}'] * 2
    lines += ['{"langage": "fr"}', '{"decision": {"quantity": 2.5}}', "[" * 100_000, '{"language": null}']
    path.write_text("\n".join(lines), "utf-8")
    found = entries(path)
    assert [entry.row for entry in found] == [*map(str, (1, *range(3, 15)))]
    assert found[0].data == found[1].data == LEFEVRE
    told = [" ".join(map(str, entry.faults)) for entry in found]
    assert (
        told[0] == told[1] == "delivery.by: is missing; add this key decision.kind: is missing; add this key"
    )
    assert "not an object" in told[2]
    assert "not an object" in told[3]
    assert "twice" in told[4]
    assert told[5] == told[6] == "says a key twice; keep one of the two"
    assert "“prospect.name” a second time" in told[7]
    assert told[8] == "has the same keys at fault as line 9"
    assert "is not a key of a deal; did you mean “language”" in told[9]
    assert "whole number" in told[10]
    assert "not an object" in told[11]
    assert (found[12].data, told[12].partition(";")[0]) == ({}, "language: is empty")


def test_lines_of_json_speak_of_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    line = '{"prospect": {"name": "A", "Prospect": "B"}, "Notes": 1, "foo": 2, "Prospect": "C", "decision": {"unit_price": {"EUR": 4}}}'
    path.write_text(line, "utf-8")
    told = "\n".join(map(str, entries(path)[0].faults))
    assert "are not keys of a deal; begin their names with #" in told
    assert "did you mean “decision.unit_price”?" in told
    assert "column" not in told


def test_a_folder_of_deal_files_without_its_house() -> None:
    assert [entry.row for entry in entries(SAMPLES)] == [f"{stem}.toml" for stem in STEMS]


def test_a_deal_file_that_is_none_is_an_entry_with_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("language = fr", "utf-8")
    (entry,) = entries(tmp_path)
    assert "line 1, column" in entry.faults[0].sentence


NO_SOURCES = {
    "letters.docx": (b"PK\x03\x04", "is not a source of deals"),
    "nowhere.csv": (None, "does not exist"),
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b"\n;;\n\n", "is empty"),
    "headings.csv": (b"Prospect;Meteo\n", "row 1: column B, “Meteo”: is not a column"),
    "broken.xlsx": (b"PK\x03\x04broken", "is damaged"),
}


@pytest.mark.parametrize("name", NO_SOURCES)
def test_what_is_no_source_is_named(name: str, tmp_path: Path) -> None:
    content, part = NO_SOURCES[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AccordError) as caught:
        entries(tmp_path / name)
    assert part in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")


def test_a_line_with_more_keys_than_a_deal_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    path.write_text(json.dumps({f"k{n}": 1 for n in range(MOST_COLUMNS + 1)}), "utf-8")
    assert entries(path)[0].faults == (Fault("", "", "has more than 5000 keys; check that it is a deal"),)


def test_a_folder_without_deals_is_none(tmp_path: Path) -> None:
    with pytest.raises(AccordError, match="holds no deal file"):
        entries(tmp_path)


@pytest.mark.parametrize("name", sorted(path.name for path in SHEETS.glob("*.*")))
def test_files_that_real_programs_saved(name: str) -> None:
    """The same four deals, saved by LibreOffice in French: as XLSX, and as CSV in two encodings."""
    found = entries(SHEETS / name)
    assert [entry.faults for entry in found] == [()] * 4
    assert [_known(entry.data) for entry in found] == DEALS


def _known(data: dict[str, Any]) -> dict[str, Any]:
    """Amounts by their value: "40.00" and "40" are one."""
    decision = data.get("decision", {})
    if "unit_price" in decision:
        decision["unit_price"] = float(decision["unit_price"])
    return data


DEALS: list[dict[str, Any]] = [
    {
        "language": "fr",
        "prospect": {
            "name": "Boulangeries Lefèvre",
            "registration": "552100554",
            "address": ["12 rue des Remparts d’Ainay", "69002 Lyon"],
            "country": "FR",
        },
        "feature": {"name": "Export FEC", "acceptance_tests": ["le fichier est lu", "le total est égal"]},
        "delivery": {"by": "2027-03-31"},
        "decision": {
            "kind": "subscription",
            "item": "abonnements",
            "quantity": 25,
            "unit_price": 40.0,
            "currency": "EUR",
            "period": "month",
            "term": 12,
            "vat_rate": "20",
        },
    },
    {
        "language": "en",
        "prospect": {"name": "Harbour & Sons Ltd", "country": "GB"},
        "feature": {"name": "Gift cards"},
        "delivery": {"by": "2027-04-30"},
        "decision": {
            "kind": "purchase",
            "item": "licences",
            "quantity": 1200,
            "unit_price": 1250.5,
            "currency": "GBP",
        },
    },
    {
        "language": "fr",
        "prospect": {"name": "Cycles « Morel »"},
        "feature": {"name": "Caisse; tickets"},
        "decline": {"reason": "out-of-scope"},
    },
    {
        "language": "fr",
        "prospect": {"name": "Épicerie Œuf & Cie"},
        "feature": {"name": "Livraison"},
        "decision": {"kind": "none"},
    },
]
"""What `tests/sheets` holds."""


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("deals.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old kind of Excel"),
        ("deals.ods", b"PK\5\6" + b"\0" * 18, "empty archive"),
        ("export.xls", b"<html><table><tr><td>Langue</td></tr></table></html>", "web page"),
        ("export.xlsx", b"<html><table><tr><td>Langue</td></tr></table></html>", "web page"),
    ],
)
def test_other_spreadsheets_are_told_by_their_content(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AccordError, match=told):
        entries(path)


ONE_PIECE = {
    "a list": json.dumps([LEFEVRE, LEFEVRE]),
    "a list over lines": json.dumps([LEFEVRE, LEFEVRE], indent=2),
    "a deal a line, in a list": "[" + ",\n".join(json.dumps(LEFEVRE) for _ in range(3)) + "]",
    "an object over lines": json.dumps(LEFEVRE, indent=2),
    "what a program answers": json.dumps({"results": [LEFEVRE, LEFEVRE]}),
}


def test_json_has_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    path.write_text(json.dumps(LEFEVRE), "utf-8")
    with pytest.raises(AccordError, match="is a file of JSON, which has no sheets; leave out --sheet"):
        sources.read(path, HOUSE.house, sheet="Mai")


def test_milliseconds_are_no_day(tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    path.write_text(json.dumps({**LEFEVRE, "delivery.by": 1806451200000}), "utf-8")
    (entry,) = sources.read(path, HOUSE.house).entries
    told = [fault.sentence for fault in entry.faults if fault.key == "delivery.by"]
    assert told == ["is a number, not a date (1806451200000); write a day, such as 2027-03-31"]


@pytest.mark.parametrize("name", ONE_PIECE)
def test_json_that_is_not_in_lines_is_told_once(tmp_path: Path, name: str) -> None:
    path = tmp_path / "deals.jsonl"
    path.write_text(ONE_PIECE[name], "utf-8")
    with pytest.raises(AccordError, match="is one piece of JSON; write each deal on a line of its own"):
        entries(path)


def test_lines_of_json_have_one_order_of_dates_too(tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    lines = [{**LEFEVRE, "delivery": {"by": day}} for day in ("4/5/2027", "3/31/2027")]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert [entry.data["delivery"]["by"] for entry in entries(path)] == ["2027-04-05", "2027-03-31"]
    path.write_text(
        "\n".join(map(json.dumps, [*lines, {**LEFEVRE, "delivery": {"by": "31/3/2027"}}])), "utf-8"
    )
    with pytest.raises(AccordError, match=r"delivery\.by: has the day first in line 3"):
        entries(path)


def test_a_line_of_json_that_was_damaged_on_its_way_is_refused_by_its_key(tmp_path: Path) -> None:
    path = tmp_path / "deals.jsonl"
    sound = {"language": "fr", "prospect": {"name": "Lefèvre & Fils"}, "feature": {"name": "Export FEC"}}
    lines = [
        sound,
        sound | {"prospect": {"name": "LefÃ¨vre"}},
        sound | {"feature": {"name": "Export FEC", "description": "d&#39;abord"}},
        sound | {"prospect": {"name": "Lefèvre", "address": ["1 rue", "75011 Paris CÃ©dex"]}},
    ]
    text = "".join(
        json.dumps(line | {"decline": {"reason": "out-of-scope"}}, ensure_ascii=False) + "\n"
        for line in lines
    )
    path.write_text(text, "utf-8")
    told = [[(fault.key, fault.sentence) for fault in entry.faults] for entry in entries(path)]
    assert [[key for key, _sentence in line] for line in told] == [
        [],
        ["prospect.name"],
        ["feature.description"],
        ["prospect.address"],
    ]
    assert "as “LefÃ¨vre” for “Lefèvre”" in told[1][0][1]
    assert "signs that programs write for each other" in told[2][0][1]


BERLIN = "Hauptstr. 3, 10115 Berlin"
COUNTRIES_OF_ADDRESSES = {
    # what stands under “Adresse” and “Pays”: the address, and the country or the fault
    (f"{BERLIN}, Germany", ""): ([BERLIN], "DE"),
    (f"{BERLIN} (Allemagne)", "Deutschland"): ([BERLIN], "DE"),
    (f"{BERLIN}, Germany", "France"): "ends with Germany, but the country is France; correct one of the two",
    ("12 rue X|75001 Paris|France", ""): (["12 rue X", "75001 Paris"], "FR"),
    ("12 rue X|97400 Saint-Denis|France", "La Réunion"): (["12 rue X", "97400 Saint-Denis"], "RE"),
    ("12 rue X|97200 Fort de France", "Martinique"): (["12 rue X", "97200 Fort de France"], "MQ"),
    ("1 Raffles Place, Singapore", ""): (["1 Raffles Place, Singapore"], "SG"),
    ("12 rue X", ""): (["12 rue X"], None),
}


@pytest.mark.parametrize("case", COUNTRIES_OF_ADDRESSES, ids=map("/".join, COUNTRIES_OF_ADDRESSES))
def test_the_country_that_an_address_ends_with_is_that_of_the_prospect(
    case: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    row = f"fr;Müller;Export;hors marché;{case[0]};{case[1]}"
    path.write_text(f"Langue;Prospect;Fonctionnalité;Motif du refus;Adresse;Pays\n{row}\n", "utf-8")
    (entry,) = entries(path)
    prospect, expected = entry.data["prospect"], COUNTRIES_OF_ADDRESSES[case]
    if isinstance(expected, str):
        assert [(fault.key, fault.sentence) for fault in entry.faults] == [("prospect.address", expected)]
    else:
        assert (entry.faults, prospect["address"], prospect.get("country")) == ((), *expected)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("'Lefèvre SA'", "Lefèvre SA"),
        ("`Lefèvre`", "Lefèvre"),
        ("L'Oréal", None),
        ("'L'Oréal'", None),
        ("Chez l'ami'", None),
        ("'t Hooft", None),
        ("''", None),
    ],
)
def test_a_text_between_the_quotes_of_a_database_is_refused(
    name: str, meant: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    head = "Langue;Prospect;Fonctionnalité;Motif du refus;Besoin"
    path.write_text(f"{head}\nfr;{name};Export;hors marché;'Valider'\n", "utf-8")
    told = [fault.sentence for entry in entries(path) for fault in entry.faults]
    assert [f"such as “{name}” for “{meant}” in row 2" in sentence for sentence in told] == [True] * bool(
        meant
    )


@pytest.mark.parametrize("country", [["FR"], {"code": "FR"}, 5, True, None])
@pytest.mark.parametrize(
    "address", [["1 rue X", "75001 Paris, Germany"], "75001 Paris, Germany", [5], [], {}]
)
def test_odd_values_of_json_beside_an_address_are_told_and_never_crash(
    country: Any, address: Any, tmp_path: Path
) -> None:
    path = tmp_path / "deals.jsonl"
    line = {**LEFEVRE, "prospect": {"name": "A", "country": country, "address": address}}
    path.write_text(json.dumps(line), "utf-8")
    assert len(entries(path)) == 1
