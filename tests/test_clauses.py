"""The clause library: its form, its two languages, a house's own clauses."""

from pathlib import Path

import pytest

from generator import clauses
from generator.clauses import CONDITIONS, TEMPLATES, read_clause, read_labels, read_library
from generator.errors import FaultyInput

KINDS = ("agreement", "decline")


@pytest.mark.parametrize("kind", KINDS)
def test_french_and_english_have_the_same_files_conditions_and_references(kind: str) -> None:
    french = {clause.path.name: clause for clause in read_library("fr", kind)}
    english = {clause.path.name: clause for clause in read_library("en", kind)}
    assert french.keys() == english.keys()
    for name, clause in french.items():
        assert clause.when == english[name].when, name
        assert bool(clause.title) == bool(english[name].title), name
        references = {p for p in clause.placeholders if p.startswith("article.")}
        assert references == {p for p in english[name].placeholders if p.startswith("article.")}, name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_clause_but_the_courtesies_has_a_source(language: str, kind: str) -> None:
    without = {clause.id for clause in read_library(language, kind) if not clause.law}
    assert without == {"closing"}


def test_labels_are_level() -> None:
    french, english = read_labels("fr"), read_labels("en")
    assert {(s, key) for s in french for key in french[s]} == {
        (s, key) for s in english for key in english[s]
    }


def test_every_condition_is_used_by_the_library() -> None:
    used = {
        name.removeprefix("not-")
        for kind in KINDS
        for clause in read_library("fr", kind)
        for name in clause.when
    }
    assert used == set(CONDITIONS)


HEAD = '+++\ntitle = "Prix"\n+++\n'

FAULTY = {
    "no head": ("Le prix.", ":1", "has no head"),
    "head not TOML": ("+++\ntitle = \n+++\nLe prix.", "", "the head is not TOML"),
    "unknown key": ('+++\ntitel = "Prix"\n+++\nLe prix.', "", "is unknown in a clause"),
    "title not a text": ("+++\ntitle = 3\n+++\nLe prix.", "", "is not a text"),
    "conditions not a list": ('+++\nwhen = "firm"\n+++\nLe prix.', "", "is not a list of texts"),
    "unknown condition": ('+++\nwhen = ["firmm"]\n+++\nLe prix.', "", 'did you mean "firm"'),
    "no text": ('+++\ntitle = "Prix"\n+++\n', "", "has no text"),
    "a loop": (HEAD + "Le prix.\n{% for x in range(10) %}x{% endfor %}", ":5", "plain placeholders"),
    "an expression": (HEAD + "{{ ''.__class__.__mro__ }}", ":4", "plain placeholders"),
    "a call": (HEAD + "{{ feature.name.upper() }}", ":4", "plain placeholders"),
    "a comment": (HEAD + "{# non #}", ":4", "plain placeholders"),
    "an open brace": (HEAD + "{{ feature.name", ":4", "plain placeholders"),
}


@pytest.mark.parametrize(("text", "place", "sentence"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_clause_is_refused_with_its_line(
    tmp_path: Path, text: str, place: str, sentence: str
) -> None:
    path = tmp_path / "32-price.vat.md"
    path.write_text(text, "utf-8")
    with pytest.raises(FaultyInput) as refusal:
        read_clause(path)
    assert f"{path}{place}: " in str(refusal.value)
    assert sentence in str(refusal.value)


def test_a_clause_must_be_utf8_small_and_a_file(tmp_path: Path) -> None:
    latin, large, folder = tmp_path / "32-a.md", tmp_path / "32-b.md", tmp_path / "32-c.md"
    latin.write_bytes("+++\n+++\nDonnées".encode("latin-1"))
    large.write_text(HEAD + "x" * 70_000)
    folder.mkdir()
    for path, sentence in (
        (latin, "save it as UTF-8"),
        (large, "larger than 64 KiB"),
        (folder, "cannot be read"),
    ):
        with pytest.raises(FaultyInput, match=sentence):
            read_clause(path)


def test_a_house_overrides_by_name_and_only_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "agreement"
    folder.mkdir(parents=True)
    name = "58-ip.md"
    (folder / name).write_text('+++\ntitle = "Droits"\n+++\nNos droits.', "utf-8")
    overriding = [clause for clause in read_library("fr", "agreement", tmp_path) if clause.overrides]
    assert [clause.path.name for clause in overriding] == [name]
    (folder / "58-ipp.md").write_text(HEAD + "Nos droits.", "utf-8")
    clauses.read_library.cache_clear()
    with pytest.raises(FaultyInput, match=r"did you mean 58-ip\.md"):
        read_library("fr", "agreement", tmp_path)


def test_the_checkout_s_own_templates_are_no_overrides() -> None:
    assert not any(clause.overrides for clause in read_library("fr", "agreement", TEMPLATES))


@pytest.mark.parametrize("page", ["fr/LISEZMOI.md", "en/README.md"])
def test_the_lawyers_page_names_every_condition(page: str) -> None:
    text = (TEMPLATES / page).read_text("utf-8")
    assert [name for name in CONDITIONS if f"`{name}`" not in text] == []
