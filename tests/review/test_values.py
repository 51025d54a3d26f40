"""Values that look like no value, damaged texts, unfilled fields: each an error that names its key."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from accord.cli import program
from accord.errors import FaultyInput
from accord.text.damage import damage_in, repaired
from review.test_review import EN, FR, TERM, Tables, reviewed
from support.inputs import assert_plain
from support.paths import SAMPLES

CODES = {"no-value", "unfilled-field", "damaged-text", "several-names", "wrong-postcode"}


def found(folder: Path, deal: Tables, sample: str = FR, *overrides: Any) -> list[tuple[str, str]]:
    """What the checks of values find, and where; each an error in plain words."""
    findings = [f for f in reviewed(folder, sample, deal, None, *overrides).findings if f.code in CODES]
    for finding in findings:
        assert_plain(finding.sentence)
        assert finding.severity == "error"
        assert finding.source
    return [(f.code, f.where) for f in findings]


def prospect(**values: Any) -> Tables:
    return {"prospect": values}


def contact(**values: Any) -> Tables:
    return {"prospect": {"contact": values}}


NO_NAMES = {
    "no-value": [
        *("NULL", "None", "none", "N/A", "n/a", "nan", "NaN", "undefined", "(vide)", "(blank)", "(null)", "<NULL>", "<NA>", "0", "0.0"),
        *("[not provided]", "unknown", "Inconnu", "non renseigné", "null null", "à compléter", "TBD", "[object Object]", "Raison sociale"),
        *("#REF!", "#N/A", "#NV", "#¡REF!", "#GETTING_DATA", "#OBTENTION_DONNEES", "A ########", "#VALEUR!", "#NOM?", "#WERT!", "#BEZUG!"),
        *("#DIV/0!", "#NUM!", "#N/D", "#SPILL!", "#FIELD!", "#¿NOMBRE?", "TRUE", "VRAI", "FAUX", "False", "true", "Néant", "A COMPLETER", "XXXXX", "Société", "Nom de l'entreprise", "sans"),
        *("2027-03-31", "2027-03-31 00:00:00", "31/03/2027", "7.3E+08", "1,23E+08", '="Boulangeries Lefèvre"', "=A1", "'552100554"),
        *("--None--", "-- None --", "Please select", "Choisissez", "Veuillez sélectionner", "NaT", "Ne plus contacter", "Acme SAS (ne pas utiliser)", "DO NOT USE"),
        *("Acme - DO NOT CONTACT", "Acme (fermé)", "zzz Acme", "Acme DOUBLON", "Acme (à supprimer)", "0015g00000ABCdE", "0015g00000ABCdEAAW", "a0B5g000001XyZk"),
        *("9876543210", "123456", "HUB-00012", "#1234", "@acme", "1,250.00", "SIREN 732 829 320", "732829320", "732 829 320 RCS Lyon", "FR44732829320", "GB 980 780 684", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "507f1f77bcf86cd799439011", "06 12 34 56 78", "+33 6 12 34 56 78", "Tél. : 01.23.45.67.89"),
        *("(555) 123-4567", "mailto:paul@lefevre.example", "Paul <paul@lefevre.example>", "Acme, contact@acme.example", "lefevre.example/contact"),
    ],
    "unfilled-field": [
        *("«Société»", "« Société »", "«Raison_sociale»", "[Nom du client]", "[Company]", "[RAISON SOCIALE]", "{{company.name}}", "{{ prospect }}"),
        *("%%name%%", "${name}", "<name>", "<Client>", "<<Name>>", "{name}", "{first_name}", "%FIRSTNAME%", "*|FNAME|*", "{!Account.Name}"),
        *("Boulangeries {{company.name}}", "MERGEFIELD Societe", "[[client]]", "##client##", "{$name}"),
    ],
    "damaged-text": [
        *("L&#39;Oréal", "Lef&egrave;vre", "Dupont &amp; Fils", "L&#x27;Atelier", "LefÃ¨vre", "Lâ€™Atelier", "CafÃ© Ã‰lysÃ©e", "MÃ¼ller", "LefÃƒÂ¨vre"),
        *("<b>Lefèvre</b>", "Lefèvre<br/>Paris", "&lt;b&gt;Lefèvre", "L&amp;amp;M", "Lef\\u00e8vre", "Lef\\xe8vre", "L\\'Oréal", "Lefèvre\\nLyon", "Lefèvre\\r\\nLyon"),
        *("Lefèvre_x000D_", "Lef=C3=A8vre", "Lef=E8vre", "=?utf-8?Q?Lef=C3=A8vre?=", "Lef%C3%A8vre", "Dupont%20Fils", "Lef+AOg-vre", '{"Acme","Beta"}', "{Acme,Beta}"),
        *('["Acme"]', "['Acme', 'Beta']", "{'name': 'Acme'}", 'a:1:{s:4:"name";}'),
        *("Lef?vre", "?picerie Durand", "LefŠvre", "LefŽvre", "Lef‚vre", "Fran‡ais Pain", "Soci‚t‚ du Pain", "L√©vy Pain", "LefÞvre", "FranÁais"),
    ],
    "several-names": [
        *("Acme SAS;Beta SARL", "Acme SAS; Beta SARL", "Acme SAS / Beta SARL", "Acme SAS, Beta SARL", "Acme SAS et Beta SARL", "Acme Ltd and Beta Ltd"),
    ],
}  # fmt: skip
NAMES = [
    *("Šafařík a syn", "Citroën Lyon", "Ångström AB", "Žižka", "O’Neil & Sons", "AT&T", "Dvořák", "Łódź", "Müller & Söhne", "São João", "Ærø"),
    *("Non Stop", "True Story", "Vrai", "1664", "360 Learning", "Le 42", "N/A Studio", "Null Ltd", "Blank", "Aucun Souci", "0 déchet", "100% Bio%"),
    *("L’Inconnu du Lac", "Groupe [Pro]", "« Les Amis du Pain »", "«Les Amis du Pain»", "Client Centric", "Company Bakeries", "C# Studio", "4x4 Import"),
    *("Bosch GmbH & Co. KG", "Delhaize SA/NV", "SARL Dupont et Fils", "Pierre et Vacances SA", "Toyota Motor Co., Ltd.", "AG Insurance SA/NV"),
    *("M&S", "BioÉnergie", "ÎLE-DE-FRANCE", "« CAFÉ »", "Noël™", "ŠKODA", "Þór", "Cœur d’or", "Dún Laoghaire", "Undefined Labs", "7-Eleven", "Où ?"),
    *("Test-Achats", "ND Groupe", "NC Numericable", "Nat & Co", "Select TT", "Demo Day SAS", "Booking.com", "Amazon.fr", "Do Not Disturb Ltd", "Le Bon Choix"),
    *("Anciens Établissements Martin", "Duplicate Media", "Zazzle", "118 218", "1001 Pharmacies", "AB-12 Ltd", "#Hashtag", "B2B-360", "3615 Code", "R2D2 Robotics", "Test Valley Borough Council", "Autre Regard"),
    *("C++ Studio", "A=B", "100% Pur", "a_b_c", "Dupont+Associés", "T+AB-C", "[Re]naissance", "M&Ms", "x_1000_y", "Plus <3", "{Pro}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in NO_NAMES.items() for name in names]
)
def test_what_stands_for_no_name_is_an_error(code: str, name: str, tmp_path: Path) -> None:
    assert (code, "prospect.name") in found(tmp_path, prospect(name=name))


@pytest.mark.parametrize(
    "name", ["NC", "ND", "Test", "TEST", "Demo", "toto", "Nat", "Divers", "Société Test"]
)
def test_what_may_be_a_name_after_all_is_a_warning(name: str, tmp_path: Path) -> None:
    findings = [f for f in reviewed(tmp_path, FR, prospect(name=name), None).findings if f.code == "no-value"]
    assert [(f.severity, f.where) for f in findings] == [("warning", "prospect.name")]


@pytest.mark.parametrize("name", ["########", "-", "…", "???", "Lef\ufffdvre", "Lef├¿vre", "Lef\x8fvre"])
def test_what_no_letter_can_print_is_refused_by_its_key(name: str, tmp_path: Path) -> None:
    with pytest.raises(FaultyInput) as raised:
        reviewed(tmp_path, FR, prospect(name=name))
    assert [fault.key for fault in raised.value.faults] == ["prospect.name"]


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_name_is_none(name: str, tmp_path: Path) -> None:
    assert found(tmp_path, prospect(name=name)) == []


OTHER_VALUES: list[tuple[str, Tables]] = [
    ("prospect.contact.last_name", contact(last_name="NULL")),
    ("prospect.contact.last_name", contact(last_name="None")),
    ("prospect.contact.last_name", contact(last_name="-")),
    ("prospect.contact.last_name", contact(last_name="0")),
    ("prospect.contact.last_name", contact(last_name="Dupont;Martin")),
    ("prospect.contact.last_name", contact(last_name="Dupont / Martin")),
    ("prospect.contact.last_name", contact(first_name="None", last_name="Null")),
    ("prospect.contact.first_name", contact(first_name="None", last_name="Null")),
    ("prospect.contact.first_name", contact(first_name="nan")),
    ("prospect.contact.title", contact(title="N/A")),
    ("prospect.contact.title", contact(title="[Fonction]")),
    ("prospect.contact.title", contact(title="FAUX")),
    ("prospect.legal_form", prospect(legal_form="#N/A")),
    ("prospect.address[2]", prospect(address=["12 rue des Remparts", "NULL"])),
    ("feature.name", {"feature": {"name": "VRAI"}}),
    ("feature.name", {"feature": {"name": "0"}}),
    ("feature.name", {"feature": {"name": "2027-03-31"}}),
    ("feature.need", {"feature": {"need": "#REF!"}}),
    ("feature.description", {"feature": {"description": "N/A"}}),
    ("feature.description", {"feature": {"description": "un export vers {{logiciel}} en un clic."}}),
    ("feature.description", {"feature": {"description": "un export pour [Nom du client]."}}),
    ("feature.description", {"feature": {"description": "l’export de la société LefÃ¨vre."}}),
    ("feature.acceptance_tests[2]", {"feature": {"acceptance_tests": ["l’export passe", "NULL"]}}),
    ("feature.exclusions[1]", {"feature": {"exclusions": ["la soci‚t‚ mère"]}}),
    ("decision.item", {"decision": {"item": "[Produit]"}}),
    ("decision.item", {"decision": {"item": "-"}}),
    ("court", {"court": "N/A"}),
    ("decision.item", {"decision": {"item": "1155,14"}}),
    ("decision.item", {"decision": {"item": "25"}}),
    ("feature.name", {"feature": {"name": "12 000 €"}}),
    ("prospect.name", prospect(name="1155,14")),
    ("prospect.name", prospect(name="paul@lefevre.example")),
    ("prospect.contact.last_name", contact(last_name="06 12 34 56 78")),
    ("prospect.contact.title", contact(title="https://lefevre.example")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "deal"), OTHER_VALUES, ids=[f"{key}-{i}" for i, (key, _) in enumerate(OTHER_VALUES)]
)
def test_no_text_of_a_deal_stands_for_none(key: str, deal: Tables, tmp_path: Path) -> None:
    assert key in [where for _code, where in found(tmp_path, deal)]


SOUND_VALUES: list[Tables] = [
    contact(first_name="Jane", last_name="Null"),
    contact(first_name="Nan", last_name="Goldin"),
    contact(first_name="Soo", last_name="Na"),
    contact(last_name="O’Neil"),
    contact(title="Directeur général (par intérim)"),
    {"feature": {"name": "Export <XML>"}},
    {"feature": {"name": "Vrai/faux en ligne"}},
    {"feature": {"name": "Import 2027"}},
    {"decision": {"item": "licences C#"}},
    {"decision": {"item": "3D printers"}},
    {"feature": {"name": "Import 1.0"}},
    {"feature": {"need": "suivre les pièces à compléter du dossier de chaque locataire"}},
    *(
        {"feature": {"acceptance_tests": [test]}}
        for test in (
            "le champ vide s’exporte en NULL",
            "l’export XML écrit & sous la forme &amp;",
            "le modèle de courriel remplace {{prenom}} par le prénom",
            "un montant de 7.3E+08 s’affiche en entier",
            "les accents s’affichent : « é » et non « Ã© »",
            "un clic sur [Valider] ferme l’écran",
            "la colonne [Nom du client] porte le nom",
            "le test #12 passe 10 fois sur 10",
            "« N/A » s’affiche si la donnée manque",
            "l’adresse https://exemple.example/liste?tri=nom ouvre la liste triée",
        )
    ),
]


@pytest.mark.parametrize("deal", SOUND_VALUES, ids=str)
def test_a_sound_value_is_no_error(deal: Tables, tmp_path: Path) -> None:
    assert found(tmp_path, deal) == []


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ("Un an pour %%client%%.", "unfilled-field"),
        ("Un an, #REF! compris.", "unfilled-field"),
        ("Un an ; la soci‚t‚ le sait.", "damaged-text"),
        ("Un an, dÃ©jÃ\u00a0 dit.", "damaged-text"),
    ],
)
def test_a_clause_of_the_house_is_held_to_the_same(own: str, code: str, tmp_path: Path) -> None:
    assert code in [each for each, _where in found(tmp_path, {}, FR, (TERM, own))]


POSTCODES: list[tuple[str, list[str], int]] = [
    ("FR", ["1 rue A", "1000 Bourg-en-Bresse"], 2),
    ("FR", ["1000 Bourg-en-Bresse Cedex 9"], 1),
    ("FR", ["1 rue A", "6000 Nice", "France"], 2),
    ("FR", ["1 rue A", "690001 Lyon"], 2),
    ("DE", ["Hauptstraße 1", "1067 Dresden"], 2),
    ("ES", ["Calle A 1", "8001 Barcelona"], 2),
    ("IT", ["Via A 1", "184 Roma"], 2),
    ("US", ["1 Main St", "Boston, MA 2108"], 2),
    ("BE", ["1 rue A", "100 Bruxelles"], 2),
    ("NL", ["Dam 1", "101 AB Amsterdam"], 2),
    ("FR", ["12 rue A", "69002 LYON CEDEX 02"], 0),
    ("FR", ["1000 route de Paris", "01000 Bourg-en-Bresse"], 0),
    ("FR", ["1250 chemin des Vignes"], 0),
    ("GP", ["12 rue A", "97110 Pointe-à-Pitre"], 0),
    ("BE", ["1 rue A", "1000 Bruxelles"], 0),
    ("DE", ["Platz 1", "D-01067 Dresden"], 0),
    ("LU", ["1 rue A", "L-1009 Luxembourg"], 0),
    ("SE", ["A 1", "111 20 Stockholm"], 0),
    ("PT", ["Rua A", "1000-001 Lisboa"], 0),
    ("NL", ["Dam 1", "1011 AB Amsterdam"], 0),
    ("US", ["1 Main St", "Boston, MA 02108-1234"], 0),
    ("GB", ["1 High St", "Leeds LS1 1AA"], 0),
    ("IE", ["1 A Street", "Dublin 2"], 0),
]


@pytest.mark.parametrize(("country", "address", "line"), POSTCODES)
def test_a_postcode_has_the_length_of_its_country(
    country: str, address: list[str], line: int, tmp_path: Path
) -> None:
    deal = prospect(country=country, address=address, registration=None, registry=None)
    expected = [("wrong-postcode", f"prospect.address[{line}]")] if line else []
    assert found(tmp_path, deal) == expected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("LefÃ¨vre", "Lefèvre"),
        ("L&#39;Or", "'"),
        ("CafÃ© noir", "Café"),
        ("L√©vy", "Lévy"),
        ("LefŠvre", None),
        ("SociÃ©tÃ©", "Société"),
        ("la SociÃ©tÃ© GÃ©nÃ©rale", "Société"),
        ("Lâ€™OrÃ©al", "L’Oréal"),
        ("Lâ€™Ã‰toile-dâ€™Ã\u00a0-CÃ´tÃ©", "L’Étoile-d’à-Côté"),
        ("Soci√©t√©", "Société"),
        ("SociÃƒÂ©tÃƒÂ©", "Société"),
        ("SociÃ©t\ufffd", None),
        ("GÃ©nÃ©rale&eacute;", "é"),
    ],
)
def test_damaged_text_says_what_was_meant_where_it_can_be_told(text: str, meant: str | None) -> None:
    damage = damage_in(text)
    assert damage is not None
    assert damage.meant == meant


REPAIRED = {
    "Lef\\u00e8vre": "Lefèvre", "Lef\\xe8vre": "Lefèvre", "L\\'Oréal": "L'Oréal", "Acme\\r\\nLyon": "Acme Lyon", "Acme_x000D_": "Acme",
    "Lef=C3=A8vre & Fils": "Lefèvre & Fils", "=?utf-8?B?TGVmw6h2cmU=?=": "Lefèvre", "Dupont%20Fils": "Dupont Fils", "Lef+AOg-vre": "Lefèvre",
    "L&amp;amp;M": "L&M", "&lt;b&gt;Acme&lt;/b&gt;": "Acme", "Acme<br>Lyon": "Acme Lyon", '{"Acme"}': "Acme", "{a,b}": "a; b", "['a', 'b']": "a; b",
    "b'Acme'": "Acme", 'u"Acme"': "Acme", "Lef<U+00E8>vre": "Lefèvre", "Lef\\'e8vre": "Lefèvre", "Lef%E8vre": "Lefèvre", "L\\'abbaye": "L'abbaye",
    "LefĂ¨vre": "Lefèvre", "LefГ©vre": "Lefévre", "SociĂ©tĂ© GĂ©nĂ©rale": "Société Générale",
    "LefÃ\x83Â©vre": "Lefévre", "Lef&#233;vre": "Lefévre", "GÃ©nÃ©rale&eacute;": "Généraleé", "A\\/B": "A/B",
    "**Export** comptable": "Export comptable", "*Export* comptable": "Export comptable", "~~Export~~ Import": "Export Import", "==Export==": "Export",
    "__Export comptable__": "Export comptable", "Voir [le site](https://x.example)": "Voir le site", "[[Export|l’export]]": "l’export", "- [ ] Export": "Export",
    "## Export": "Export", "> Export": "Export",
}  # fmt: skip


@pytest.mark.parametrize("text", REPAIRED)
def test_what_programs_left_is_told_whole_as_it_was_meant(text: str) -> None:
    assert repaired(text) == REPAIRED[text]


UNTOUCHED = [
    "un chemin C:\\nouveau\\temps", "https://x.example/a%20b?c=1", "a = 20, b = 30", "SELECT a FROM b WHERE c=C3", "+33 6 12 34 56 78", "{nom}",
    "x < y et y > z", "Orăştie", "ORĂŞTIE", "WÓŁKA", "ŁÓDŹ", "Żółć", "Řehoř", "Příbram", "Škodová", "Győző", "Ćwikła", "Москва", "Ελλάδα", "b'x", "ÎŢI", "Çiğ Köfte", "ŞİŞLİ", "f(x)=1", "[1] Annexe", "« {a} »", "P&L", "3<a", "100%25",
    "5 * 3 * 2", "A*B*C", "C++ et C#", "~20 % puis ~30 %", "a == b", "[client](s)", "n° [12]", "__init__", "> 20 %", "étoile *", "prix* et délai*", "#1", "`montant`",
]  # fmt: skip


@pytest.mark.parametrize("text", UNTOUCHED)
def test_signs_with_a_sense_of_their_own_are_left(text: str) -> None:
    assert damage_in(text) is None


@pytest.mark.parametrize("sample", [FR, EN])
def test_a_final_letter_with_such_a_value_is_not_written_and_the_key_is_named(
    sample: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("accord.toml", "logo.svg", f"{sample}.toml"):
        (tmp_path / name).write_bytes((SAMPLES / name).read_bytes())
    deal = tmp_path / f"{sample}.toml"
    lines = deal.read_text("utf-8").splitlines()
    title = next(i for i, line in enumerate(lines) if line.startswith("title ="))
    lines[title] = 'title = "#REF!"'
    deal.write_text("\n".join(lines), "utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(program(), ["render", deal.name, "--final", "--format", "md"])
    assert result.exit_code == 1, result.output
    assert "prospect.contact.title" in result.stderr
    assert not list(tmp_path.rglob("*.md"))
    shown = CliRunner().invoke(program(), ["review", deal.name])
    assert "prospect.contact.title" in shown.output


@pytest.mark.parametrize(
    ("country", "vat", "is_another"),
    [("FR", "GB980780684", 1), ("FR", "DE136695976", 1), ("GB", "FR40303265045", 1), ("FR", "FR40303265045", 0),
     ("MC", "FR40303265045", 0), ("RE", "FR40303265045", 0), ("GB", "XI980780684", 0), ("GR", "EL094259216", 0), ("CH", "CHE-107.787.577 TVA", 0)],
)  # fmt: skip
def test_a_vat_number_of_another_country_is_a_warning(
    country: str, vat: str, is_another: int, tmp_path: Path
) -> None:
    deal = prospect(country=country, vat=vat, registration=None, legal_form=None)
    findings = [
        f
        for f in reviewed(tmp_path, FR, deal, None).findings
        if (f.code, f.where) == ("wrong-number", "prospect.vat")
    ]
    assert [f.severity for f in findings] == ["warning"] * is_another
