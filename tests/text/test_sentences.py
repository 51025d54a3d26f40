"""First letters and last stops."""

from collections.abc import Sequence

import pytest

from accord.text import sentences


@pytest.mark.parametrize(
    ("text", "ended", "unended"),
    [
        ("Zelty le fait", "Zelty le fait.", "Zelty le fait"),
        ("Zelty le fait.", "Zelty le fait.", "Zelty le fait"),
        ("Zelty le fait ;", "Zelty le fait.", "Zelty le fait"),
        ("la paie, etc.", "la paie, etc.", "la paie, etc."),
        ("vers S.A.P.", "vers S.A.P.", "vers S.A.P."),
        ("by Acme Ltd.", "by Acme Ltd.", "by Acme Ltd."),
        ("vers SAP.", "vers SAP.", "vers SAP"),
        ("et ainsi de suite…", "et ainsi de suite…", "et ainsi de suite…"),
        ("est-ce possible ?", "est-ce possible ?", "est-ce possible ?"),
        ("He said “yes.”", "He said “yes.”", "He said “yes.”"),
        ("dit « oui »", "dit « oui ».", "dit « oui »"),
        ("(comme ici.)", "(comme ici.)", "(comme ici.)"),
    ],
)
def test_a_sentence_has_one_stop(text: str, ended: str, unended: str) -> None:
    assert sentences.ended(text) == sentences.ended(ended) == ended
    assert sentences.unended(text) == sentences.unended(unended) == unended


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zelty le fait", "Zelty le fait"),
        ("l’export", "L’export"),
        ("« l’export »", "« L’export »"),
        ("eBay does it", "eBay does it"),
        ("sap.example does it", "sap.example does it"),
        ("3 outils", "3 outils"),
    ],
)
def test_a_sentence_begins_with_a_capital(text: str, expected: str) -> None:
    assert sentences.capital(text) == sentences.capital(expected) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Exporter le FEC", "exporter le FEC"),
        ("fr", "S’assurer du total", "s’assurer du total"),
        ("fr", "Zelty et nous", "Zelty et nous"),
        ("fr", "FEC et DSN", "FEC et DSN"),
        ("fr", "À terme, trier", "à terme, trier"),
        ("en", "File the accounts", "file the accounts"),
        ("en", "SAP-ready files", "SAP-ready files"),
        ("en", "eBay sync", "eBay sync"),
    ],
)
def test_a_need_begins_small_unless_it_begins_with_a_name(language: str, text: str, expected: str) -> None:
    assert sentences.small(text, language, verb=True) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Depuis l’écran", "depuis l’écran"),
        ("fr", "L’export", "l’export"),
        ("fr", "Licences Novalys", "licences Novalys"),
        ("fr", "Novalys Compta", "Novalys Compta"),
        ("fr", "Exporter vers SAP", "Exporter vers SAP"),
        ("en", "A file", "a file"),
        ("en", "Stock licences", "Stock licences"),
    ],
)
def test_other_texts_begin_small_where_no_name_can_begin_so(language: str, text: str, expected: str) -> None:
    assert sentences.small(text, language) == expected


@pytest.mark.parametrize(
    ("language", "items", "expected"),
    [
        ("fr", ["Le fichier passe.", "le total est juste"], ["le fichier passe ;", "le total est juste."]),
        ("en", ["The file passes", "it totals."], ["the file passes;", "it totals."]),
        ("fr", ["le total est juste ?", "fin, etc."], ["le total est juste ?", "fin, etc."]),
        ("en", ["Run it. It passes", "the total is right"], ["Run it. It passes.", "The total is right."]),
        ("fr", ["l’essai"], ["l’essai."]),
        ("fr", [], []),
    ],
)
def test_the_items_of_a_list_are_one_sentence_or_sentences(
    language: str, items: Sequence[str], expected: Sequence[str]
) -> None:
    assert sentences.series(items, language) == list(expected)
