"""The program says everything in French too: errors, prompts, help, click's own words."""

import pytest
from babel.messages.catalog import Catalog

from support import catalogues


def test_french_says_all_that_the_program_can_say() -> None:
    assert not list(catalogues.faults(catalogues.gather(), catalogues.read(catalogues.FRENCH)))


def test_click_and_every_floor_are_gathered() -> None:
    gathered = catalogues.gather()
    assert "Show this message and exit." in gathered
    assert "is absurdly large; check the number of digits" in gathered
    assert "Nothing is missing: this machine can make letters." in gathered


def one(
    english: str | tuple[str, str], french: str | tuple[str, str], flags: tuple[str, ...] = ()
) -> Catalog:
    catalog = Catalog(locale="fr")
    catalog.add(english, french, flags=flags)
    return catalog


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        (Catalog(locale="fr"), "missing"),
        (one("{count} letters", ""), "untranslated"),
        (one("{count} letters", "{count} lettres", ("fuzzy",)), "fuzzy"),
        (one("{count} letters", "{nombre} lettres"), "other placeholders"),
        (one("{count} notes", "{count} notes"), "obsolete"),
        (one("{count} letters", "{count} lettres d'un client"), "straight apostrophe"),
        (one("{count} letters", "lettres : {count}"), "no U+00A0 before a colon"),
        (one("{count} letters", "lettres: {count}"), "no U+00A0 before a colon"),
        (one("{count} letters", "{count} lettres !"), "no U+202F before ; ! ?"),
        (one("{count} letters", "{count} lettres; ici"), "no U+202F before ; ! ?"),
        (one("{count} letters", "{count} « lettres »"), "no U+00A0 inside guillemets"),
    ],
)
def test_a_planted_fault_is_seen(french: Catalog, fault: str) -> None:
    gathered = Catalog()
    gathered.add("{count} letters")
    assert any(remark.startswith(fault) for remark in catalogues.faults(gathered, french))


def test_a_plural_with_one_form_left_empty_is_untranslated() -> None:
    gathered = Catalog()
    gathered.add(("{count} letter", "{count} letters"))
    french = one(("{count} letter", "{count} letters"), ("{count} lettre", ""))
    assert [remark.split(":")[0] for remark in catalogues.faults(gathered, french)] == ["untranslated"]


def test_a_sound_translation_has_no_fault() -> None:
    gathered = Catalog()
    gathered.add("{count} letters: “yes”; really?")
    french = one(
        "{count} letters: “yes”; really?", "{count} lettres\u00a0: «\u00a0oui\u00a0»\u202f; vraiment\u202f?"
    )
    assert not list(catalogues.faults(gathered, french))


def test_an_update_adds_new_sentences_and_drops_old_ones() -> None:
    gathered = Catalog()
    gathered.add("new")
    gathered.add("kept")
    french = one("kept", "gardé")
    french.add("old", "ancien")
    updated = catalogues.updated(gathered, french)
    assert 'msgid "new"\nmsgstr ""' in updated
    assert 'msgid "kept"\nmsgstr "gardé"' in updated
    assert "old" not in updated
