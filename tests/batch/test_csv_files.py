"""CSV files: quotation marks that are missing or loose, what ends a field, and encodings that nobody names."""

from contextlib import suppress

import pytest

from accord.batch import csv_files, encodings
from accord.batch.cells import SheetRow
from accord.errors import Defect
from accord.text.damage import damage_in, repaired


def rows(text: str | bytes) -> list[tuple[object, ...]]:
    content = text if isinstance(text, bytes) else text.encode()
    found = csv_files.parse(content)[0]
    return [row.cells for row in found]


READ = {
    "a comma between marks": ('a,b\n"Dupont, Père",x\n', ("Dupont, Père", "x")),
    "a space before the mark": ('a,b\nx, "Dupont, Père"\n', ("x", "Dupont, Père")),
    "marks written twice": ('a,b\n"Le ""Petit"" Café",x\n', ('Le "Petit" Café', "x")),
    "a text that is a quotation": ('a,b\n"""Petit""",x\n', ('"Petit"', "x")),
    "one mark for inches": ('a,b\nÉcran 24",x\n', ('Écran 24"', "x")),
    "marks inside one field": ('a,b\nLe "Petit" Café,x\n', ('Le "Petit" Café', "x")),
    "lines in a text": ('a,b\n"x\n\ny",z\n', ("x\n\ny", "z")),
    "commas in a text of lines": ('a,b\n"one, two, three,\nfour",z\n', ("one, two, three,\nfour", "z")),
    "lines with fewer delimiters than a row": ('a,b,c\n"x, 1\ny, 2",z,t\n', ("x, 1\ny, 2", "z", "t")),
    "sentences with as many delimiters as a row": ('a,b,c\nA,"x, y\nz, t",B\n', ("A", "x, y\nz, t", "B")),
    "a name between guillemets": ("a;b\n« Les Amis du Pain »;x\n", ("« Les Amis du Pain »", "x")),
    "a name that begins with an apostrophe": (
        "a,b\n'S Hertogenbosch,Amis 'du Pain'\n",
        ("'S Hertogenbosch", "Amis 'du Pain'"),
    ),
    "a quotation within a text": (
        "a,b\n“Le Café” de Lyon,le mot “oui”\n",
        ("“Le Café” de Lyon", "le mot “oui”"),
    ),
    "an empty text": ('a,b\n"",z\n', (None, "z")),
    "carriage returns alone": ('a,b\r"x, y",z\r', ("x, y", "z")),
    "sep= with a lone carriage return": ("sep=|\ra|b\rx|z\r", ("x", "z")),
    "sep= between marks": ('"sep=;"\r\na;b\r\nx;z\r\n', ("x", "z")),
    "texts that are kept from being numbers": ('a;b\n="01000";="06 12"\n', ("01000", "06 12")),
    "the same between marks": ('a;b\n"=""01000""";x\n', ("01000", "x")),
    "tabs": ("a\tb\nx, y\tz\n", ("x, y", "z")),
    "pipes": ("a|b\nx, y|z\n", ("x, y", "z")),
    "a title above, with commas": ("Deals, draft, of May\n\na;b;c\nx;y, z;\nx;y, z;t\n", ("x", "y, z", "t")),
    "decimal commas": ("a;b\n1,5;2,5\n3,5;4,5\n", ("3,5", "4,5")),
}


@pytest.mark.parametrize("name", READ)
def test_read_as_it_was_meant(name: str) -> None:
    text, last = READ[name]
    assert rows(text)[-1] == last


HEADINGS = "Langue;Date;Décision;Objet;Prospect;Description\n"
REFUSED = {
    "never closed, the last row": (
        HEADINGS + 'fr;;;;Alpha;"Exporter tout\n',
        "row 2.*opens before “Exporter",
    ),
    "never closed, rows after it": (
        HEADINGS + 'fr;;;;Alpha;"Exporter tout\nfr;;;;Beta;importer\n',
        "row 2.*opens before “Exporter tout”",
    ),
    "never closed, a mark further on": (
        HEADINGS + 'fr;;;;Alpha;"Exporter tout\nfr;;;;Beta;"importer"\n',
        "row 2.*opens before “Exporter tout”",
    ),
    "closed by the mark of another row": (
        HEADINGS + 'fr;;;;Alpha;"Exporter tout\nfr;;;;Beta;importer"\n',
        "row 2.*before “Exporter tout”",
    ),
    "closed by the mark of the next row, of few columns": (
        'Prospect;Langue;Demande;Motif\nDupont;fr;"Export;hors marché\nDurand;fr;Import";hors marché\n',
        "row 2.*opens before “Export;hors marché”",
    ),
    "the same over three rows": ('a,b,c\nA,"x,y\nB,x,y\nC,x",y\n', "row 2.*opens before “x,y”"),
    "the same at the end of the rows": ('a,b,c\nA,x,"y\nB,x,y"\n', "row 2.*opens before “y”"),
    "between guillemets": ("a;b\n« Dupont ; Père »;x\n", "row 2.*« Dupont stands between marks"),
    "between curly marks": ("a,b\n“Dupont, Père”,x\n", "row 2.*“Dupont stands between marks"),
    "between German marks": ("a,b\nx,„Dupont, Père“\n", "row 2.*„Dupont stands between marks"),
    "between single marks": ("a,b\n'Dupont, Père',x\n", "row 2.*'Dupont stands between marks"),
    "every field between curly marks": ("a,b\n“Dupont”,“x”\n", "row 2.*“Dupont” stands between marks"),
    "every field between single marks": ("a,b\n'Dupont','x'\n", "row 2.*'Dupont' stands between marks"),
    "in the first field": (HEADINGS + 'fr;;;;Alpha;x\n"fr;;;;Beta;x\n', "row 3.*before “fr;;;;Beta;x”"),
    "in the headings": ('"Langue;Date\nfr;x\n', "row 1.*before “Langue;Date”"),
    "marks not written twice": (
        'a;b\nfr;"Le "Petit" Café"\n',
        'row 2.*inside a text, at “"Le "Petit" Café"”',
    ),
    "a text after the mark": ('a,b\n"x"y,z\n', "row 2.*inside a text"),
    "loose marks round a delimiter": ('a,b\nmy "x, y" z,t\n', 'row 2.*inside a text, at “my "x”'),
    "NUL": ("a,b\nx\0,y\n", "NUL"),
    "a web page": ("<html><table><tr><td>a</td></tr></table></html>", "web page"),
    "a table of a web page": ("\n<table><tr><td>a</td></tr></table>", "web page"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_its_place(name: str) -> None:
    text, told = REFUSED[name]
    with pytest.raises(Defect, match=told):
        rows(text)


def test_a_field_that_is_too_long() -> None:
    with pytest.raises(Defect, match="row 2"):
        rows("a,b\n" + "x" * 200_000 + ",y\n")


def test_rows_are_numbered_where_texts_have_lines() -> None:
    found = list(csv_files.parse(b'a,b\n"1\n2",x\n\nz,y\n')[0])
    assert found == [SheetRow(1, ("a", "b")), SheetRow(2, ("1\n2", "x")), SheetRow(4, ("z", "y"))]


TEXTS = {
    "a French name": "Prospect;Prix\nBoulangeries Lefèvre;40\n",
    "é alone": "Lefévre",
    "à, which others have for an ellipsis": "Livraison à Lyon, dès réception",
    "capitals": "SOCIÉTÉ GÉNÉRALE, Élan",
    "apostrophes": "Prospect\nL’Oréal\n",
    "quotation marks": "« Le Petit Café », ou “Café”",
    "German capitals": "Müller, Käthe & Söhne",
    "German": "Müller & Söhne, Köln, Straße",
    "Spanish": "Peña y Muñoz, ¿qué? Córdoba",
    "euros": "40 €, réglé",
    "ligatures": "Cœur d'Île, Sœurs réunies",
    "Czech in Windows' letters": "Škoda, Tomáš Dvořak",
}


@pytest.mark.parametrize(
    "encoding", ["cp1252", "cp850", "mac_roman", "utf-8", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_in_any_encoding_is_read_right_or_refused(name: str, encoding: str) -> None:
    """Where MS-DOS lacks a character, the text is read without it."""
    text = TEXTS[name].replace("ř", "r")
    content = text.encode(encoding, errors="ignore")
    kept = content.decode(encoding)
    if encoding in {"cp850", "mac_roman"}:  # what most files are in is not doubted
        with suppress(Defect):
            assert encodings.decoded(content) == kept
    else:
        assert encodings.decoded(content) == kept


SETTLED = ["é alone", "apostrophes", "German", "German capitals", "Spanish", "ligatures", "capitals"]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman", "cp437", "iso8859_15"])
@pytest.mark.parametrize("name", SETTLED)
def test_plain_evidence_settles_the_encoding(name: str, encoding: str) -> None:
    content = TEXTS[name].encode(encoding, errors="ignore")
    assert encodings.decoded(content) == content.decode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        b"voil\x85 ",
        "Lefèvre".encode("cp850"),
        "Привет, мир".encode("cp1251"),
        "株式会社 東京".encode("shift_jis"),
    ],
)
def test_what_two_encodings_or_none_explain_is_refused(content: bytes) -> None:
    with pytest.raises(Defect, match="save it as “CSV UTF-8”"):
        encodings.decoded(content)


EAST = {
    "cp1250": "Łódź|Příbram|Győri|Čapek|Dvořák|Jiří|Třebíč|Plzeň|Důl|Město|Kovářová|Němec|Růžička|Kučera|Sedláček|Wrocław|Gdańsk|Święty|Paweł"
    "|Częstochowa|Białystok|Rzeszów|Wiśniewski|Dąbrowski|Erdő|Hódmezővásárhely|Műszaki|Brăila|Constanţa|Ţepeş|Đurić|Petrović|Košice|Piešťany"
    "|Kraków|Pešek|Novotný|Černý|DVOŘÁK|PŘÍBRAM|KUČERA|NĚMEC|WROCŁAW|GYŐR",
    "iso8859_2": "Łódź|Žižka|Škoda|Čapek|Řehoř|Plzeň|Doležal|Wąchock|żółw|Tomáš|Częstochowa|Wójcik|Woźniak|Műszaki|Brăila|Živković|Liptovský Mikuláš",
    "cp1251": "Привет|ООО Ромашка|Київ",
    "cp1253": "Ελλάδα|Θεσσαλονίκη",
    "cp1254": "İstanbul|Doğan|Yıldız|Kılıç|Işık|Çelik|Öztürk",
    "cp1257": "Šiauliai|Kaunas ąžuolas|žemė|Rīgas maize|Jūrmala|SIA Ķekavas|Ķīpsala|Lāčplēsis|Vilniaus duona. Kėdainiai|Cēsu alus|Brocēni|Vytėnų g. 22"
    "|Įmonė|Līvāni|Kūdra|KĖDAINIAI|JŪRMALA|RĪGA|ŠIAULIAI|MAŽEIKIŲ NAFTA|LĀČPLĒSIS|CĒSIS",
}  # fmt: skip
WEST = (
    "Lefèvre|Crème brûlée|naïf|Faïence|Aïeul|Ève|Èze|Être|où|À la une|Àvila|Peña|Ñandú|São João|Magalhães|Ações|Guimarães|Sørensen|Ærø|Ørsted|Tromsø"
    "|Malmö|Ångström|Ålesund|Askøy|Øyvind|Kjær|Lætitia|curriculum vitæ|Nicolò|Forlì|Cefalù|Møller|première|siècle|forêt|août|Goût|Haïti|Moïse|ouïe|inouï"
    "|Sœur|cœur|30 m² et 5 m³|½ tarif|© Acme|±5|¿Qué?|1ª vez|«Café»|DÉJÀ VU|HÔPITAL|TRØNDELAG|£40|10 µm|història|Això"
    "|Lëtzebuerg|Stëftung|Brontë|Citroën|België|Zoë|Noël|Benoît|Nîmes|connaître|gîte|je croîs|croûte|piqûre|mûre|sûreté|Barça|Besançon|feliç|María"
    "|Ínsua|MAÎTRE|FRAÎCHE|BESANÇON|SÛRETÉ|NOËL|CITROËN|BÛCHERON|LES GÎTES D’ÎLE|réélu|créée|Nuñez|ÑANDÚ|JØRGENSEN|FANØ|MÜLLER|GÖTEBORG"
)


@pytest.mark.parametrize("encoding", EAST)
def test_no_letter_of_the_east_is_read_as_one_of_the_west(encoding: str) -> None:
    for word in EAST[encoding].split("|"):
        content = f"Prospect;Langue\n{word};fr\n".encode(encoding)
        with suppress(Defect):
            assert encodings.decoded(content).split("\n")[1] == f"{word};fr"


@pytest.mark.parametrize("word", WEST.split("|"))
def test_a_word_of_the_west_is_read_in_its_encoding(word: str) -> None:
    content = f"Prospect;Langue\n{word};fr\n".encode("cp1252")
    assert encodings.decoded(content) == content.decode("cp1252")


def test_one_strange_name_among_french_ones_is_no_evidence() -> None:
    french = "crème;forêt;père;à la une;où;sûr;fenêtre;Lefèvre;cœur;L’Île;mûr;tête;frère;Genève\n" * 2
    assert "Søe" in encodings.decoded(f"{french}Søe\n".encode("cp1252"))


DAMAGED = {
    "LefÃ¨vre": "Lefèvre",
    "Lâ€™OrÃ©al": "L’Oréal",
    "40 â‚¬": "40 €",
    "Lef├¿vre": "Lefèvre",
    "Lef√®vre": "Lefèvre",
    "CafÃ© dâ€™ÃŽle": "Café d’Île",
}
SOUND = [
    "Lefèvre",
    "“LE CAFÉ”",
    "“FRÅ”",
    "Müller «Söhne»",
    "Île-de-France",
    "日本語",
    "40 €…",
    "Œuvre",
    "naïf",
    "œœ",
]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize("text", ["Lefèvre", "Société Générale", "Müller", "Français"])
def test_a_text_in_a_wrong_encoding_is_known_again(text: str, encoding: str) -> None:
    damaged = text.encode().decode(encoding, errors="replace")
    if "\ufffd" not in damaged:
        assert repaired(damaged) == text


@pytest.mark.parametrize("text", DAMAGED)
def test_damage_as_it_is_seen(text: str) -> None:
    assert repaired(text) == DAMAGED[text]


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_text_is_not_taken_for_a_damaged_one(text: str) -> None:
    assert damage_in(text) is None
