"""The words of the e-mail with a letter, by kind, level, language and state."""

import datetime
import re
from pathlib import Path

import pytest

from accord.errors import FaultyInput
from accord.intake import loader
from accord.letter.email import Message, message_of
from accord.text import formats
from support.inputs import TODAY
from support.samples import HOUSE, LIBRARY, SITUATIONS, compose
from support.situations import HOUSES, agreement

BLANKS = "04-fr-intention-projet"
SUBJECT = {
    ("fr", "agreement"): " : « ",
    ("en", "agreement"): ": ",
    ("fr", "decline"): "Votre demande",
    ("en", "decline"): "Your request",
}
LEVELS = {
    "conditional": ("une fois signée, elle vaut décision d’achat", "you commit to the purchase now"),
    "promise": ("nous restons libres de lever ou non l’option", "it is for us to take you up on it"),
    "negotiate": ("de bonne foi et sans que personne", "in good faith"),
    "intent": ("résume ce que nous envisageons", "what we both have in mind"),
}


def written(deal: loader.Deal, *, final: bool = False, house: loader.HouseFile = HOUSE) -> Message:
    return message_of(compose(deal, house, final=final), deal, house, LIBRARY)


WRITTEN = [(path, False) for path in SITUATIONS] + [
    (path, True) for path in SITUATIONS if path.stem != BLANKS
]


@pytest.mark.parametrize(("path", "final"), WRITTEN, ids=lambda value: getattr(value, "stem", None))
def test_a_message_says_what_the_letter_is_and_what_to_do(path: Path, *, final: bool) -> None:
    deal = loader.read_deal(path, HOUSE.house, today=TODAY)
    letter = compose(deal, HOUSE)
    message = written(deal, final=final)
    text = "\n".join(message.paragraphs)
    assert letter.reference in message.subject
    assert SUBJECT[deal.language, deal.kind] in re.sub("[\u00a0\u202f]", " ", message.subject)
    assert message.paragraphs[0] == letter.salutation
    assert message.paragraphs[-1].endswith(HOUSE.house.supplier.name)
    assert "Madame Claire" not in message.paragraphs[-1]
    draft = "Projet" if deal.language == "fr" else "Draft"
    assert message.subject.startswith(f"{draft}, version {letter.version} – ") == (not final)
    assert ("projet" in text or "draft" in text) == (not final)
    assert not {"{", "…", "_"} & set(text)
    days = datetime.timedelta(days=HOUSE.house.terms.validity_days)
    assert (formats.date(deal.date + days, deal.locale) in text) == (final and deal.kind == "agreement")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_level_has_its_words(language: str, level: str) -> None:
    data = agreement(language, "FR", level, "efforts", "purchase", rich=True)
    deal = loader.deal_from(data, "deal", HOUSE.house, today=TODAY)
    text = "\n".join(written(deal).paragraphs)
    told = [name for name, words in LEVELS.items() if words[language == "en"] in text]
    assert told == [level]


def test_a_house_without_a_signatory_signs_by_its_name() -> None:
    data = agreement("fr", "FR", "intent", "none", "purchase", rich=False)
    deal = loader.deal_from(data, "deal", HOUSES["bare"].house, today=TODAY)
    assert written(deal, house=HOUSES["bare"]).paragraphs[-1] == "Novalys"


OWN = '+++\nwhen = ["final"]\n+++\n{}\n'


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("30-sign.md", "Signez avant le {{ terms.validity_until }}, merci.", "Signez avant le 23\u00a0décembre 2026, merci."),
        ("00-subject.final.md", "Lettre {{ letter.reference }}", "Lettre AP-"),
    ],
)  # fmt: skip
def test_a_house_writes_its_own(tmp_path: Path, name: str, text: str, said: str) -> None:
    folder = tmp_path / "templates/fr/email/agreement"
    folder.mkdir(parents=True)
    (folder / name).write_text(OWN.format(text), "utf-8")
    home = loader.HouseFile(tmp_path / "accord.toml", HOUSE.house)
    deal = loader.read_deal(SITUATIONS[0], HOUSE.house, today=TODAY)
    message = written(deal, final=True, house=home)
    assert said in "\n".join((message.subject, *message.paragraphs))


@pytest.mark.parametrize("name", ["99-mine.md", "30-sign.md"])
def test_a_faulty_text_of_the_house_is_told_with_its_file(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "templates/fr/email/agreement"
    folder.mkdir(parents=True)
    (folder / name).write_text(OWN.format("{{ letter.titel }}"), "utf-8")
    home = loader.HouseFile(tmp_path / "accord.toml", HOUSE.house)
    deal = loader.read_deal(SITUATIONS[0], HOUSE.house, today=TODAY)
    with pytest.raises(FaultyInput, match=name):
        written(deal, final=True, house=home)


def test_a_letter_knows_no_condition_of_e_mails(tmp_path: Path) -> None:
    folder = tmp_path / "templates/fr/agreement"
    folder.mkdir(parents=True)
    (folder / "32-price.vat.md").write_text(OWN.format("Le prix."), "utf-8")
    deal = loader.read_deal(SITUATIONS[0], HOUSE.house, today=TODAY)
    with pytest.raises(FaultyInput, match="“final” is not a condition"):
        compose(deal, loader.HouseFile(tmp_path / "accord.toml", HOUSE.house))
