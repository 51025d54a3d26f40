"""A house's own labels: key by key in place of ours, refused where they cannot be, and in the letter's data."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from accord.clauses.labels import FILE
from accord.clauses.library import Library
from accord.domain.house import HouseFile
from accord.errors import FaultyInput
from accord.intake import loader
from accord.letter import record
from accord.letter.letter import Letter
from accord.pdf import typeset
from accord.review import clause_lint
from accord.verify import provenance, recompose
from support.inputs import TODAY
from support.paths import SAMPLES
from support.samples import HOUSE, compose

AGREEMENT, DECLINE = "01-fr-abonnement", "09-fr-refus-hors-marche"


def house_with(folder: Path, text: str, language: str = "fr") -> HouseFile:
    place = folder / "templates" / language
    place.mkdir(parents=True, exist_ok=True)
    (place / FILE).write_text(text, "utf-8")
    return replace(HOUSE, path=folder / "accord.toml")


def letter_of(stem: str, home: HouseFile) -> Letter:
    return compose(loader.read_deal(SAMPLES / f"{stem}.toml", home.house, today=TODAY), home)


TITLE = '[title]\nconditional-FR = "Accord d\'achat sous réserve de livraison"\n'


def test_a_house_words_a_label_otherwise_and_keeps_the_others(tmp_path: Path) -> None:
    letter, ours = letter_of(AGREEMENT, house_with(tmp_path, TITLE)), letter_of(AGREEMENT, HOUSE)
    assert letter.title == "Accord d’achat sous réserve de livraison"
    assert (letter.subtitle, letter.heading) == (ours.subtitle, ours.heading)
    assert letter.version != ours.version


def test_the_letter_brings_the_labels_that_it_prints_and_no_others(tmp_path: Path) -> None:
    home = house_with(tmp_path, f'{TITLE}decline = "Notre réponse"\n[layout]\npage = "feuille"\n')
    letter = letter_of(AGREEMENT, home)
    assert letter.data["labels"] == {
        "layout": {"page": "feuille"},
        "title": {"conditional-FR": "Accord d'achat sous réserve de livraison"},
    }
    assert "labels" not in letter_of(AGREEMENT, HOUSE).data
    assert letter_of(DECLINE, house_with(tmp_path, TITLE)).data.get("labels") is None


def test_a_letter_is_composed_again_with_its_own_labels(tmp_path: Path) -> None:
    home = house_with(tmp_path, f'{TITLE}[layout]\npage = "feuille"\n')
    letter = letter_of(AGREEMENT, home)
    recorded = record.recorded(letter.data, "letter.pdf")
    again = recompose.letter_of(recorded, "letter.pdf")
    assert typeset.page(again) == typeset.page(letter)
    library = Library()
    statuses, _unapproved = provenance.clause_statuses(again, recorded, (), home, library)
    assert [(each.file, each.status) for each in statuses] == [("fr/labels.toml", "own")]
    statuses, _unapproved = provenance.clause_statuses(again, recorded, (), None, library)
    assert [each.status for each in statuses] == ["unknown"]


FAULTY: Mapping[str, tuple[str, str]] = {
    "an unknown section": (
        '[titles]\ndecline = "X"',
        "titles: is not a section of labels; did you mean [title]?",
    ),
    "an unknown key": (
        '[title]\nconditionnal-FR = "X"',
        "title.conditionnal-FR: is not a label of this section; did you mean conditional-FR?",
    ),
    "a number": ("[title]\ndecline = 3", "title.decline: is not a text"),
    "bold": ('[title]\ndecline = "**Réponse**"', "title.decline: holds mark-up, which would print as signs"),
    "an entity": ('[title]\ndecline = "R&eacute;ponse"', "title.decline: holds mark-up"),
    "nothing": ('[title]\ndecline = " "', "title.decline: is empty"),
    "a text for a section": ('title = "X"', "title: must be a table"),
    "a value that is gone": (
        '[subject]\nrequest = "votre demande"',
        "subject.request: must hold these values and no other: {feature}",
    ),
    "a value that is not there": ('[title]\ndecline = "{feature}"', "title.decline: holds a brace"),
    "a lone brace": ('[title]\ndecline = "Réponse }"', "title.decline: holds a brace"),
    "a hidden character": (
        '[title]\ndecline = "Réponse\\u200b"',
        "title.decline: holds a character that does not show",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_label_is_refused_with_its_file_and_remedy(tmp_path: Path, name: str) -> None:
    text, sentence = FAULTY[name]
    home = house_with(tmp_path, text)
    with pytest.raises(FaultyInput) as refusal:
        letter_of(DECLINE, home)
    assert f"{FILE}: {sentence}" in str(refusal.value)
    remarks = clause_lint.lint(home.overrides)
    assert [remark for remark in remarks if sentence in remark.sentence and remark.severity == "error"]


def test_all_faults_are_told_together_each_with_its_line(tmp_path: Path) -> None:
    home = house_with(tmp_path, '[title]\ndecline = ""\n[consent]\nintent = "Vu"\n')
    places = [remark.place.rpartition(":")[2] for remark in clause_lint.lint(home.overrides)]
    assert places == ["2", "4"]


def test_labels_in_a_folder_of_clauses_are_in_no_letter(tmp_path: Path) -> None:
    home = house_with(tmp_path, TITLE, "fr/agreement")
    (remark,) = clause_lint.lint(home.overrides)
    assert remark.sentence == "is in no letter; labels stand in a file such as fr/labels.toml"


DOUBLED = {
    "a value": ('[identity]\nrepresentative = "{name}, {title}"\n', True),
    "a doubled brace around a word": ('[identity]\nrepresentative = "{name}, {title} {{x}}"\n', False),
    "a doubled brace": ('[identity]\nrepresentative = "{name}, {title} }}"\n', False),
    "a doubled brace where there is no value": ('[layout]\npage = "feuille {{x}}"\n', False),
}


@pytest.mark.parametrize("name", DOUBLED)
def test_a_brace_holds_a_value_and_never_stands_for_itself(name: str, tmp_path: Path) -> None:
    text, is_sound = DOUBLED[name]
    home = house_with(tmp_path, text)
    if is_sound:
        letter_of(AGREEMENT, home)
    else:
        with pytest.raises(FaultyInput, match=r"holds a brace|must hold these values"):
            letter_of(AGREEMENT, home)
