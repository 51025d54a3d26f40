"""Spaces, quotes and apostrophes by the printers' rules of each country."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.text import typography
from support.printed import ENGLISH, LOCALES, THOROUGH, shown

SAMPLE = "Objet : « oui » ; vraiment ? Oui ! 20 %, 12 000 €."


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        # Imprimerie nationale: full space before the colon and inside guillemets.
        ("fr_FR", "Objet~: «~oui~»^; vraiment^? Oui^! 20~%, 12^000~€."),
        ("fr_BE", "Objet~: «~oui~»^; vraiment^? Oui^! 20~%, 12^000~€."),
        # Guide du typographe (Lausanne): a thin space everywhere.
        ("fr_CH", "Objet^: «^oui^»^; vraiment^? Oui^! 20~%, 12^000~€."),
        # OQLF: no space before the high signs but the colon.
        ("fr_CA", "Objet~: «~oui~»; vraiment? Oui! 20~%, 12~000~€."),
    ],
)
def test_french_punctuation(locale: str, expected: str) -> None:
    assert shown(typography.prose(SAMPLE, locale)) == expected
    tight = SAMPLE.replace(" ;", ";").replace(" ?", "?").replace(" !", "!").replace(" :", ":")
    assert shown(typography.prose(tight, locale)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'accord d'ici", "l’accord d’ici"),
        ('le "Client"', "le «~Client~»"),
        ('la "**Condition**" :', "la «~**Condition**~»~:"),
        ('**"Client"**', "**«~Client~»**"),
        ('"{{ feature.name }}"', "«~{{ feature.name }}~»"),
        ("{{ feature.name }} ; {{ x }}", "{{ feature.name }}^; {{ x }}"),
        ("{{ a['b'] }} l'{{ x ; y }}", "{{ a['b'] }} l’{{ x ; y }}"),
        ("(article {{ article.ip }}) ; l'article 1304", "(article~{{ article.ip }})^; l’article~1304"),
        ("les articles 1304 à 1304-6", "les articles~1304 à 1304-6"),
        ("art. 5, n° 12, p. 3, § 2", "art.~5, n°~12, p.~3, §~2"),
        ("Page {{ page }}", "Page~{{ page }}"),
        ("Mme Moreau, M. {{ x }}, Me Roy", "Mme~Moreau, M.~{{ x }}, Me~Roy"),
        ("le 31 mars 2027 à 23 h 59", "le 31~mars 2027 à 23~h~59"),
        ("le 1er mars", "le 1er~mars"),
        ("sous 15 jours, 12 mois, {{ n }} ans", "sous 15~jours, 12~mois, {{ n }}~ans"),
        ("40 €, 3 points, 20%", "40~€, 3 points, 20~%"),
        ("article\n{{ x }}\nsuite", "article~{{ x }}\nsuite"),
        ("fin ...", "fin …"),
        ("fini , oui .", "fini, oui."),
        ("quoi ?!", "quoi^?!"),
        ("(?)", "(?)"),
        ("12:30 et 3:4", "12:30 et 3:4"),
        # Markdown and machine text.
        ("- article 3 ;\n- 5 jours", "- article~3^;\n- 5~jours"),
        ("1. 5 jours\n2. mois", "1. 5~jours\n2. mois"),
        ("**Attention !** Lire : *oui* !", "**Attention^!** Lire~: *oui*^!"),
        ("voir https://a.example/?x=1;y:z'w! ici", "voir https://a.example/?x=1;y:z'w^! ici"),
        ("[texte](https://a.example/a;b 'c') ;", "[texte](https://a.example/a;b 'c')^;"),
        ("`a ; 'b'` ;", "`a ; 'b'`^;"),
        ("| a | b |\n| :--- | ---: |\n", "| a | b |\n| :--- | ---: |\n"),
        ("&nbsp; <b class='x'>a</b> ;", "&nbsp; <b class='x'>a</b>^;"),
        ("# Titre : 1 jour", "# Titre~: 1~jour"),
        ("écrire à a.b@c.example ; merci", "écrire à a.b@c.example^; merci"),
    ],
)
def test_french_prose(text: str, expected: str) -> None:
    assert shown(typography.prose(text, "fr_FR")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the party's \"Client\" (the 'Order')", "the party’s “Client” (the ‘Order’)"),
        ('the "**Condition**"', "the “**Condition**”"),
        ("article {{ article.ip }}; schedule 2, No. 5", "article~{{ article.ip }}; schedule~2, No.~5"),
        ("What : yes ! 20 % ; no", "What: yes! 20%; no"),
        ("Ms Smith, Mr. {{ x }}", "Ms~Smith, Mr.~{{ x }}"),
        ("5 March, 15 days, {{ n }} business days", "5~March, 15~days, {{ n }}~business days"),
        ("CHF 12, 11.59 p.m.", "CHF~12, 11.59~p.m."),
        ("1 000 people", "1~000 people"),
        ("wait...", "wait…"),
        ("- {{ x }} : y\n1. z", "- {{ x }}: y\n1. z"),
    ],
)
def test_english_prose(text: str, expected: str) -> None:
    for locale in ENGLISH:
        assert shown(typography.prose(text, locale)) == expected


PIECES = st.sampled_from(
    [
        *" \n\t;:!?,.%'\"«»“”’*_-#>|()[]<&\\`…~/=",
        *(" ", "  ", "\u00a0", "\u202f", "\n\n", "\n- ", "\n1. ", "...", "**", "!!", "](x 'y')", "\ue000"),
        *("{{ a.b }}", "{{ a ; 'b' }}", "https://a.example/x;y", "a@b.example", "`c ; d`", "<b>", "&amp;"),
        *("mot", "le", "article", "M.", "Mme", "n°", "No.", "Roy", "h", "jours", "days", "€", "CHF", "mars"),
        *("1", "12", "000", "2027", "1er", "French", "é"),
    ]
)
PROSE = st.lists(PIECES, max_size=14).map("".join)


@THOROUGH
@given(PROSE, st.sampled_from(LOCALES))
def test_typography_of_prose_is_done_once(text: str, locale: str) -> None:
    once = typography.prose(text, locale)
    assert typography.prose(once, locale) == once


@THOROUGH
@given(PROSE, st.sampled_from(LOCALES))
def test_typography_of_prose_keeps_the_words(text: str, locale: str) -> None:
    set_text = typography.prose(text, locale)
    assert re.findall(r"\{\{.*?\}\}", set_text) == re.findall(r"\{\{.*?\}\}", text)
    letters = re.compile(r"[\s'\"’‘“”«».…]")
    assert letters.sub("", set_text) == letters.sub("", text)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("Vite ! 12 000 lignes : « oui »", "fr_FR", "Vite^! 12^000~lignes~: «~oui~»"),
        ("Vite ! 12 000 lignes : « oui »", "fr_CA", "Vite! 12~000~lignes~: «~oui~»"),
        ("a : b ; c", "fr_CH", "a^: b^; c"),
        ("l'export; 5 %; 15 jours", "fr_FR", "l’export^; 5~%^; 15~jours"),
        ("Mme Moreau, 3 €", "fr_BE", "Mme~Moreau, 3~€"),
        ("What ! 15 days, Mr Smith", "en_GB", "What! 15~days, Mr~Smith"),
        ("- a ;\n- b", "fr_FR", "- a^;\n- b"),
        # Spaces.
        ("Société  d'Études   et  Fils", "fr_FR", "Société d’Études et Fils"),
        ("les 100 000 écritures de 2027 sont là", "fr_FR", "les 100^000~écritures de 2027 sont là"),
        ("1,000 entries of 12.5 kg", "en_GB", "1,000~entries of 12.5~kg"),
        ("1 000 000 000 octets, 2,5 M€", "fr_FR", "1^000^000^000~octets, 2,5~M€"),
        ("+33 4 72 00 00 00", "fr_FR", "+33~4~72~00~00~00"),
        ("tél. 04 72 00 00 00", "fr_FR", "tél. 04~72~00~00~00"),
        ("peut-on importer ?! oui...", "fr_FR", "peut-on importer^?! oui…"),
        # Quotes and apostrophes.
        ("l'export \"FEC\" d'ici", "fr_FR", "l’export «~FEC~» d’ici"),
        ("SARL \"Chez l'Ami\"", "fr_FR", "SARL «~Chez l’Ami~»"),
        ("« Export \"FEC\" : l'essentiel »", "fr_FR", "«~Export “FEC”~: l’essentiel~»"),
        ("l'export 'FEC'", "fr_CH", "l’export «^FEC^»"),
        ("l`export et l´import", "fr_FR", "l’export et l’import"),
        ("l'\"export\"", "fr_FR", "l’«~export~»"),
        ("''FEC'' et d'autres", "fr_FR", "«~FEC~» et d’autres"),
        ("“Smart” reports", "fr_FR", "«~Smart~» reports"),
        ('"Allergen" labels', "en_GB", "“Allergen” labels"),
        ("\"The 'smart' one\"", "en_US", "“The ‘smart’ one”"),
        ('He said "I saw \'it\' ".', "en_GB", "He said “I saw ‘it’”."),
        ("« Export » labels", "en_GB", "“Export” labels"),
        ("the users' list, James's and O'Brien's", "en_GB", "the users’ list, James’s and O’Brien’s"),
        ("'tis the '90s, rock 'n' roll", "en_GB", "’tis the ’90s, rock ’n’ roll"),
        # What stays: inches and feet, lone marks, code, addresses.
        ('un écran 15" et un 17"', "fr_FR", 'un écran 15" et un 17"'),
        ("5'10\" by 6'2\", 6' long", "en_GB", "5'10\" by 6'2\", 6' long"),
        ('le "Chat noir', "fr_FR", 'le "Chat noir'),
        ("name=\"x\" where y = 'z' and f('a')", "en_GB", "name=\"x\" where y = 'z' and f('a')"),
        ("{\"a\": \"b\"}, `c 'd'`", "fr_FR", "{\"a\": \"b\"}, `c 'd'`"),
        ("o'brien@a.example ; https://a.example/?q='x';y", "fr_FR", "o'brien@a.example^; https://a.example/?q='x';y"),
    ],
)  # fmt: skip
def test_what_somebody_typed(text: str, locale: str, expected: str) -> None:
    assert shown(typography.value(text, locale)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Yahoo! France", "Yahoo! France"), ("Oh la la !", "Oh la la^!"), ("L'Oréal : 24h", "L’Oréal~: 24h")],
)
def test_a_name_keeps_the_sign_that_it_ends_in(text: str, expected: str) -> None:
    assert shown(typography.name(text, "fr_FR")) == expected


@THOROUGH
@given(PROSE, st.sampled_from(LOCALES), st.sampled_from([typography.value, typography.name]))
def test_what_somebody_typed_keeps_its_words_and_is_set_once(
    text: str, locale: str, set_text: Callable[[str, str], str]
) -> None:
    once = set_text(text, locale)
    assert set_text(once, locale) == once
    letters = re.compile(r"[\s'\"’‘“”«».…`]")
    assert letters.sub("", once) == letters.sub("", text)
