"""Names, salutations and closings as each language has them."""

import pytest

from accord.domain.parties import Person
from accord.letter import salutation
from support.printed import FRENCH, shown


def person(civility: str = "", name: str = "", title: str | None = None) -> Person:
    """A person from "Claire Moreau" or, for a last name alone, "Moreau"."""
    first, _space, last = name.rpartition(" ")
    return Person.model_validate(
        {"civility": civility, "first_name": first or None, "last_name": last or None, "title": title}
    )


@pytest.mark.parametrize(
    ("civility", "name", "locale", "expected"),
    [
        ("Mme", "Claire Moreau", "fr_FR", "Madame Claire Moreau"),
        ("M.", "Lefèvre", "fr_BE", "Monsieur Lefèvre"),
        ("Mr", "John Smith", "fr_FR", "Monsieur John Smith"),
        ("Ms", "Jane Smith", "fr_CA", "Madame Jane Smith"),
        ("Mrs", "Jane Smith", "fr_CH", "Madame Jane Smith"),
        ("Dr", "Jane Smith", "fr_FR", "Docteur Jane Smith"),
        ("Me", "Anne Roy", "fr_FR", "Maître Anne Roy"),
        ("", "Anne Roy", "fr_FR", "Anne Roy"),
        ("Mme", "Claire Moreau", "en_GB", "Ms~Claire Moreau"),
        ("Mrs", "Jane Smith", "en_IE", "Mrs~Jane Smith"),
        ("Mme", "Claire Moreau", "en_US", "Ms.~Claire Moreau"),
        ("M.", "Lefèvre", "en_US", "Mr.~Lefèvre"),
        ("Dr", "Jane Smith", "en_US", "Dr.~Jane Smith"),
        ("Me", "Anne Roy", "en_US", "Maître Anne Roy"),
        ("Mme", "", "fr_FR", ""),
        ("", "", "en_GB", ""),
    ],
)
def test_full_name(civility: str, name: str, locale: str, expected: str) -> None:
    assert shown(salutation.full_name(person(civility, name), locale)) == expected


@pytest.mark.parametrize(
    ("civility", "title", "expected"),
    [
        ("Mme", "Présidente", "Madame la Présidente"),
        ("Mme", "Président", "Madame la Présidente"),
        ("M.", "présidente", "Monsieur le Président"),
        ("M.", "President", "Monsieur le Président"),
        ("M.", "Directeur Général", "Monsieur le Directeur général"),
        ("Ms", "Directeur général", "Madame la Directrice générale"),
        ("Mme", "Directrice générale de la filiale Sud", "Madame la Directrice générale"),
        ("M.", "Directeur des systèmes d’information", "Monsieur le Directeur"),
        ("Mme", "Directeur administratif et financier", "Madame la Directrice administrative et financière"),
        ("Mme", "Directrice et fondatrice", "Madame la Directrice"),
        ("M.", "Président-directeur général", "Monsieur le Président-directeur général"),
        ("Mme", "PDG", "Madame la Présidente-directrice générale"),
        ("M.", "DG", "Monsieur le Directeur général"),
        ("Mme", "Vice-président", "Madame la Vice-présidente"),
        ("Mme", "Secrétaire général", "Madame la Secrétaire générale"),
        ("Mme", "Secrétaire", "Madame"),
        ("M.", "Administrateur général", "Monsieur l’Administrateur général"),
        ("Mme", "Maire", "Madame la Maire"),
        # Titles by which French does not address people.
        ("M.", "Gérant", "Monsieur"),
        ("Mme", "Responsable des achats", "Madame"),
        ("Mme", "Managing Director", "Madame"),
        ("M.", "Adjoint au maire", "Monsieur"),
        ("M.", None, "Monsieur"),
        ("Me", "Bâtonnier", "Maître"),
        ("Dr", "Directeur", "Docteur"),
        ("", "Présidente", "Madame, Monsieur"),
        ("", None, "Madame, Monsieur"),
    ],
)
def test_french_salutation(civility: str, title: str | None, expected: str) -> None:
    addressee = person(civility, "Claude Roy", title)
    for locale in FRENCH:
        assert salutation.vocative(addressee, locale) == expected
        assert salutation.salutation(addressee, locale) == f"{expected},"
        assert salutation.valediction(addressee, locale) == ""


@pytest.mark.parametrize(
    ("civility", "name", "locale", "opening", "valediction"),
    [
        ("Ms", "Jane Smith", "en_GB", "Dear Ms~Smith,", "Yours sincerely,"),
        ("Mme", "Claire Moreau", "en_IE", "Dear Ms~Moreau,", "Yours sincerely,"),
        ("M.", "Moreau", "en_GB", "Dear Mr~Moreau,", "Yours sincerely,"),
        ("Ms", "Jane Smith", "en_US", "Dear Ms.~Smith:", "Sincerely,"),
        ("Dr", "Jane Smith", "en_GB", "Dear Dr~Smith,", "Yours sincerely,"),
        ("", "Jane Smith", "en_GB", "Dear Jane Smith,", "Yours sincerely,"),
        ("", "Smith", "en_GB", "Dear Sir or Madam,", "Yours faithfully,"),
        ("Ms", "", "en_IE", "Dear Sir or Madam,", "Yours faithfully,"),
        ("", "", "en_US", "Dear Sir or Madam:", "Sincerely,"),
    ],
)
def test_english_salutation(civility: str, name: str, locale: str, opening: str, valediction: str) -> None:
    addressee = person(civility, name, "Director")
    assert shown(salutation.salutation(addressee, locale)) == opening
    assert shown(salutation.vocative(addressee, locale)) == opening[:-1]
    assert salutation.valediction(addressee, locale) == valediction
