"""A letter is opened from the deal file that makes it, or from the PDF that it was made into."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from accord.errors import AccordError
from accord.files import is_pdf
from accord.letter import record
from accord.services.open_letter import Reading, open_letter
from support.inputs import TODAY
from support.letters import pdf as pdf_of
from support.letters import sample
from support.paths import SAMPLES

DEAL = SAMPLES / "01-fr-abonnement.toml"
HOUSE = SAMPLES / "accord.toml"


def reading(house: Path | None = HOUSE, date: str | None = None, **overrides: str) -> Reading:
    return Reading(house, TODAY, overrides, date)


@pytest.fixture
def pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A final letter, in the current folder, where no house is."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "sent.pdf"
    path.write_bytes(pdf_of(DEAL.stem))
    return path


def test_a_pdf_is_judged_by_the_house_at_hand_or_brings_its_own(pdf: Path) -> None:
    sent = open_letter(pdf, reading(None))
    assert (sent.letter.reference, sent.folder) == (sample(DEAL.stem).reference, None)
    at_hand = open_letter(pdf, reading())
    assert (at_hand.folder, at_hand.house.supplier.name) == (SAMPLES, "Novalys")


@pytest.mark.usefixtures("pdf")
def test_a_deal_file_needs_a_house_and_takes_overrides() -> None:
    opened = open_letter(DEAL, reading(date="2026-12-01", language="en"))
    assert (opened.letter.language, opened.letter.date.isoformat(), opened.folder) == (
        "en", "2026-12-01", SAMPLES,
    )  # fmt: skip
    with pytest.raises(AccordError, match=r"accord\.toml"):
        open_letter(DEAL, reading(None))


def test_a_letter_already_made_takes_no_overrides(pdf: Path) -> None:
    unnamed = pdf.rename(pdf.with_suffix(""))
    assert is_pdf(unnamed)
    for how in (reading(language="en"), reading(date="2026-12-01")):
        with pytest.raises(AccordError, match="already made"):
            open_letter(unnamed, how)


def test_a_house_that_is_named_must_be_there(pdf: Path, tmp_path: Path) -> None:
    with pytest.raises(AccordError, match=r"none\.toml"):
        open_letter(pdf, reading(tmp_path / "none.toml"))


def test_what_a_pdf_records_is_read_once(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    recorded = record.recorded

    def counted(data: Mapping[str, Any], name: str) -> record.Recorded:
        calls.append(name)
        return recorded(data, name)

    monkeypatch.setattr(record, "recorded", counted)
    assert open_letter(pdf, reading()).letter.final
    assert calls == [str(pdf)]
