"""What people call the values of choices."""

import pytest

from accord import i18n
from accord.domain.base import all_keys, choices_at
from accord.domain.deal_file import ROOTS, DealFile
from accord.intake import words

MEANT = [
    # What was said at the meeting is the level that binds both, not the one that binds nobody.
    ("binding", "accord de principe", "conditional"),
    ("binding", "Accord de principe sous réserve expresse de livraison", "conditional"),
    ("binding", "agreement in principle", "conditional"),
    ("binding", "accord de négociation", "negotiate"),
    ("terms.binding", "LETTRE D'INTENTION", "intent"),
    ("vendor_commitment", "best efforts", "efforts"),
    ("vendor_commitment", "résultat", "firm"),
    ("decision.kind", "Abonnement", "subscription"),
    ("decision.kind", "to subscribe", "subscription"),
    ("decision.kind", "achat", "purchase"),
    ("decision.period", "mensuel", "month"),
    ("decision.period", "per month", "month"),
    ("decision.period", "p.a.", "year"),
    ("decision.currency", "£", "GBP"),
    ("supplier.currency", "euros", "EUR"),
    ("prospect.contact.civility", "Monsieur", "M."),
    ("prospect.contact.civility", "m", "M."),
    ("prospect.contact.civility", "mister", "Mr"),
    ("supplier.signatory.civility", "Mme.", "Mme"),
    ("prospect.staff", "3", "0-5"),
    ("prospect.staff", "5", "0-5"),
    ("prospect.staff", "6", "6+"),
    ("prospect.staff", "plus de 5", "6+"),
    ("terms.law", "droit anglais", "EW"),
    ("prospect.staff", "12 salariés", "6+"),
    ("prospect.staff", "11-50 employees", "6+"),
    ("prospect.staff", "2 à 5", "0-5"),
    ("prospect.staff", "50+", "6+"),
    ("prospect.staff", "1 250", "6+"),
    ("prospect.staff", "1,250", "6+"),
    ("prospect.staff", "1.250 salariés", "6+"),
    ("prospect.staff", "> 250", "6+"),
    ("prospect.staff", "> 5", "6+"),
    ("prospect.staff", "< 6", "0-5"),
    ("prospect.staff", "moins de 6 salariés", "0-5"),
    ("prospect.staff", "250 salariés ou plus", "6+"),
    ("prospect.staff", "environ 50", "6+"),
    ("language", "Anglais (UK)", "en"),
    ("language", "fr-BE", "fr"),
    ("decision.kind", "POC", "pilot"),
    ("decision.kind", "Achat ferme", "purchase"),
    ("prospect.contact.civility", "Melle", "Mme"),
    ("language", "Français", "fr"),
    ("language", "French / Français", "fr"),
    ("language", "fr_FR", "fr"),
    ("language", "eng", "en"),
    ("decision.currency", "US$", "USD"),
    ("decision.currency", "Pound sterling", "GBP"),
    ("decision.currency", "€ EUR", "EUR"),
    ("decision.currency", "GBP £", "GBP"),
    ("decision.currency", "$ CA", "CAD"),
    ("decision.currency", "CAD $", "CAD"),
    ("decision.currency", "$ USD", "USD"),
    ("decision.currency", "Euro (€)", "EUR"),
    ("decision.currency", "GBP - Pound", "GBP"),
]


@pytest.mark.parametrize(("key", "text", "value"), MEANT, ids=[f"{key}: {text}" for key, text, _ in MEANT])
def test_a_word_for_a_choice(key: str, text: str, value: str) -> None:
    assert words.meant(key, text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("binding", "accord"),
        ("binding", ""),
        ("decision.currency", "dollars"),  # of two countries
        ("terms.law", "UK"),  # has three laws
        ("decision.period", "week"),
        ("decision.currency", "francs"),  # of Switzerland, of France once, of Africa
        ("decision.currency", "livre"),
        ("decision.currency", "Euro (USD)"),
        ("decision.currency", "EUR/USD"),
        ("decision.currency", "€ USD"),
        ("decision.currency", "€/£"),
        ("prospect.staff", "5-10"),  # on both sides of what the law asks
        ("prospect.staff", "5+"),
        ("prospect.staff", "< 10"),
        ("prospect.staff", "> 4"),
        ("prospect.staff", "environ 5"),
        ("prospect.staff", "50-3"),
        ("language", "en-US"),  # whose dates have the month first
        ("language", "FR/EN"),
    ],
)
def test_what_names_no_choice(key: str, text: str) -> None:
    assert words.meant(key, text) is None


CHOICES = [key for root in ROOTS.values() for key, info in all_keys(root) if choices_at(info)]


@pytest.mark.parametrize("key", CHOICES)
def test_no_word_names_two_choices(key: str) -> None:
    for value, named in words._words_of(key).items():
        for word in (word for language in i18n.LANGUAGES for word in named[language]):
            assert words.meant(key, word) == value or value not in words._choices(key), word


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("key", [key for key, info in all_keys(DealFile) if choices_at(info)])
def test_the_list_of_a_cell_says_each_choice_and_is_read_back(key: str, language: str) -> None:
    i18n.use(language)
    named = words.named(key)
    assert [words.meant(key, word) for word in named.values()] == list(named)
    assert not any("," in word for word in named.values()), "a list has commas between its words"
