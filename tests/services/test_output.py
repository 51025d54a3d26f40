"""Which file in the way of a letter is its own draft, to be replaced, and which is somebody's work."""

from pathlib import Path

import pikepdf
import pytest

from accord.intake import loader
from accord.letter.letter import Letter
from accord.services import output
from support.inputs import TODAY
from support.paths import SAMPLES
from support.samples import HOUSE, compose

SIGNED = "01-fr-abonnement"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(output.rendered(letter(final=False)))
    return path


def letter(*, final: bool) -> Letter:
    deal = loader.read_deal(SAMPLES / f"{SIGNED}.toml", HOUSE.house, today=TODAY)
    return compose(deal, HOUSE, final=final)


def test_a_draft_as_it_was_made_is_replaced(draft: Path) -> None:
    assert output.is_own_draft(draft, output.Identity.of(letter(final=True)), b"")


def test_a_draft_that_somebody_wrote_on_is_not(draft: Path) -> None:
    with pikepdf.open(draft, allow_overwriting_input=True) as file:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[50, 50, 70, 70],
            Contents="Call them first.",
        )
        file.pages[0].Annots = pikepdf.Array([file.make_indirect(note)])
        file.save(draft)
    assert not output.is_own_draft(draft, output.Identity.of(letter(final=True)), b"")
