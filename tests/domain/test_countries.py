"""What people call countries."""

import pytest

from accord.domain import countries

COUNTRIES = {
    "FR": ("France", "fr", "FRA", "FRANCE", "la France", "FR - France", "France (FR)"),
    "GB": ("UK", "U.K.", "England", "Great Britain", "United Kingdom", "Royaume-Uni", "Royaume Uni", "Grande Bretagne", "England & Wales", "United Kingdom (UK)", "Angleterre", "GB", "gbr"),
    "US": ("USA", "U.S.", "United States of America", "États-Unis", "Etats-Unis", "Etats Unis", "United States of America (USA)"),
    "DE": ("Deutschland", "Germany", "Allemagne", "Deutschland (DE)"),
    "BE": ("België", "Belgique", "Belgien", "Belgique/België", "Belgique / België / Belgien"),
    "CH": ("Suisse", "Schweiz", "Svizzera", "Switzerland"),
    "NL": ("The Netherlands", "les Pays-Bas", "Pays Bas", "Nederland"),
    "IE": ("Republic of Ireland", "Éire", "Irlande"),
    "CZ": ("Czech Republic", "Czechia", "Česko"),
    "TR": ("Turkey", "Türkiye"),
    "PL": ("Polska", "Pologne"),
    "SE": ("Sverige", "Suède"),
    "ES": ("España", "Espana"),
    "KR": ("Republic of Korea", "Corée du Sud"),
    "CN": ("PRC", "People's Republic of China"),
    "CI": ("Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"),
    "SK": ("Slovak Republic",),
    "GW": ("Guinea-Bissau",),
    "GN": ("Guinea", "Guinée"),
    "TT": ("Trinidad and Tobago", "Trinité-et-Tobago", "Trinidad & Tobago"),
    "HK": ("Hong Kong", "Hong-Kong", "Hong Kong SAR"),
    None: ("France / Belgique", "France (Paris)", "FR - Belgium", "D", "/", "()", "Europe", "Nowhere", "Corée", "EU", "XX", "", "DOM", "COM", "Congo", "Dubai", "Frnace"),
    "GF": ("Guyane", "French Guiana"),
    "MF": ("St Martin", "Saint-Martin"),
    "LC": ("St. Lucia", "Sainte-Lucie"),
    "PS": ("Palestine",),
    "CD": ("RDC", "DRC", "RD Congo", "Congo-Kinshasa", "Democratic Republic of the Congo"),
    "CG": ("Congo-Brazzaville", "Republic of the Congo"),
    "SA": ("KSA", "Arabie saoudite"),
    "MU": ("Île Maurice", "Maurice", "Mauritius"),
    "VA": ("Vatican", "Holy See"),
    "BA": ("Bosnie", "Bosnia", "Bosnie-Herzégovine"),
    "AE": ("UAE", "Émirats", "EAU"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in COUNTRIES.items() for name in names]
)
def test_a_country_as_people_write_it(code: str | None, name: str) -> None:
    assert countries.code_of(name) == code
