"""Towns in a phrase and in an address, courts, countries."""

import pytest
from babel.core import get_global

from accord.text import places


@pytest.mark.parametrize(
    ("town", "expected"),
    [
        ("Lyon", "de Lyon"),
        ("Évry", "d’Évry"),
        ("Œuilly", "d’Œuilly"),
        ("Le Mans", "du Mans"),
        ("Le Havre", "du Havre"),
        ("Les Sables-d’Olonne", "des Sables-d’Olonne"),
        ("La Rochelle", "de La Rochelle"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"),
        ("Hyères", "d’Hyères"),
        ("Hénin-Beaumont", "d’Hénin-Beaumont"),
        ("Honfleur", "de Honfleur"),
        ("Hambourg", "de Hambourg"),
        ("Yvetot", "d’Yvetot"),
        ("Yaoundé", "de Yaoundé"),
        ("Leeds", "de Leeds"),
    ],
)
def test_of_town(town: str, expected: str) -> None:
    assert places.of_town(town) == expected


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        # Arrêté of 5 July 2024: twelve courts bear the new name until the end of 2028.
        ("Lyon", "fr", "tribunal des activités économiques de Lyon"),
        ("Le Mans", "fr", "tribunal des activités économiques du Mans"),
        ("Saint-Brieuc", "fr", "tribunal des activités économiques de Saint-Brieuc"),
        ("Lille", "fr", "tribunal de commerce de Lille"),
        ("Évry", "fr", "tribunal de commerce d’Évry"),
        # C. com., art. L731-2: no commercial court in Alsace and Moselle.
        ("Strasbourg", "fr", "tribunal judiciaire de Strasbourg (chambre commerciale)"),
        ("cour d’appel de Paris", "fr", "cour d’appel de Paris"),
        ("Tribunal de commerce de Lyon", "fr", "Tribunal de commerce de Lyon"),
        ("Courcouronnes", "fr", "tribunal de commerce de Courcouronnes"),
        ("Cour-Cheverny", "fr", "tribunal de commerce de Cour-Cheverny"),
        ("Lyon", "en", "Commercial Court of Lyon (tribunal des activités économiques)"),
        ("Lille", "en", "Commercial Court of Lille (tribunal de commerce)"),
        ("Metz", "en", "Judicial Court of Metz (tribunal judiciaire, chambre commerciale)"),
        ("the courts of England and Wales", "en", "courts of England and Wales"),
    ],
)
def test_court(name: str, language: str, expected: str) -> None:
    assert places.court(name, language) == expected


@pytest.mark.parametrize(
    "town",
    ["Avignon", "Auxerre", "Le Havre", "Limoges", "Marseille", "Nancy", "Nanterre", "Paris", "Versailles"],
)
def test_the_other_economic_courts(town: str) -> None:
    assert places.court(town, "fr").startswith("tribunal des activités économiques d"), town


@pytest.mark.parametrize(
    ("address", "country", "expected"),
    [
        (["3 quai Perrache", "69002 Lyon"], "FR", "Lyon"),
        (["3 quai Perrache", "69002 LYON"], "FR", "Lyon"),
        (["8 rue Auber", "75008 Paris CEDEX 08"], "FR", "Paris"),
        (["8 rue Auber", "F-13100 AIX-EN-PROVENCE CEDEX"], "FR", "Aix-en-Provence"),
        (["8 rue Auber", "85100 LES SABLES-D'OLONNE"], "FR", "Les Sables-d'Olonne"),
        (["8 rue Auber", "69003 Lyon", "France"], "FR", "Lyon"),
        (["8 rue Auber", "69003 Lyon"], None, "Lyon"),
        (["Grand-Place 1", "1000 Bruxelles"], "BE", "Bruxelles"),
        (["Rue du Rhône 4", "CH-1204 Genève"], "CH", "Genève"),
        (["Unter den Linden 1", "10117 Berlin"], "DE", "Berlin"),
        (["Dam 1", "1012 JS Amsterdam"], "NL", "Amsterdam"),
        (["1 Long Lane", "London EC1A 1BB"], "GB", "London"),
        (["1 Long Lane", "LONDON", "EC1A 1BB"], "GB", "London"),
        (["1 Long Lane", "London, EC1A 1BB", "United Kingdom"], "GB", "London"),
        (["1 Long Lane", "London EC1A 1BB"], None, "London"),
        (["1 Long Lane", "Guildford, Surrey GU1 1AA"], "GB", None),
        (["12 Long Lane", "EC1A 1BB"], "GB", None),
        (["1 College Green", "Dublin 2", "D02 X285"], "IE", None),
        (["1 College Green", "Dublin 2 D02 X285"], "IE", "Dublin"),
        (["1 Main St", "Cork, T12 AB34"], "IE", "Cork"),
        (["350 Fifth Avenue", "New York, NY 10118"], "US", "New York"),
        (["1 rue Sherbrooke", "Montréal (Québec) H2X 1Y4"], "CA", "Montréal"),
        (["1 King St", "Toronto ON M5H 1A1"], "CA", "Toronto"),
        (["somewhere"], "FR", None),
        ([], "FR", None),
    ],
)
def test_town_of(address: list[str], country: str | None, expected: str | None) -> None:
    assert places.town_of(address, country) == expected


def test_countries_are_those_of_iso_3166() -> None:
    """All 249 and Kosovo: those that CLDR gives a currency, save the unions and islands that are none."""
    with_currency = {
        code
        for code, currencies in get_global("territory_currencies").items()
        if any(tender and until is None for _currency, _since, until, tender in currencies)
    }
    assert len(places.countries()) == 250
    assert with_currency - places.countries() == {"AC", "DG", "EA", "EU", "IC", "TA"}
    assert places.countries() - with_currency == {"AQ"}
    for locale in ("fr", "en"):
        assert all(places.country_name(code, locale) for code in places.countries())


def test_country_name() -> None:
    assert places.country_name("GB", "fr_FR") == "Royaume-Uni"
    assert places.country_name("CH", "en_GB") == "Switzerland"
