"""What is said on the command line of all rows at once."""

import datetime
from pathlib import Path

import pytest

from accord.batch import sources, telling
from accord.batch.row import Job, made
from accord.errors import FaultyInput
from support.samples import HOUSE

TODAY = datetime.date(2026, 11, 30)
FIRST = (
    "Langue;Prospect;Fonctionnalité;Motif du refus;Date de livraison;Décision;Objet;Quantité;Prix unitaire"
)
DECLINE = "fr;Lefèvre;Export FEC;hors marché;;;;;"
AGREEMENT = "fr;Morel;Export FEC;;31/03/2027;achat;licences;25;40"


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("law", "BE", "“BE” is not known; write one of these: French law, English law"),
        ("decision.currency", "PLN", "“PLN” is not known; write one of these: €, £"),
        ("decision.quantity", "many", "“many” is not a whole number"),
    ],
)
def test_what_is_wrong_for_all_rows_is_told_once(key: str, text: str, told: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        telling.common({key: text, "language": "fr"}, None, HOUSE.house, TODAY)
    ((fault),) = caught.value.faults
    assert (fault.key, told in fault.sentence) == (key, True)


@pytest.mark.parametrize(
    ("overrides", "verdicts"),
    [
        ({"decision.currency": "USD"}, ["good", "good"]),
        ({"decision.period": "month"}, ["good", "refused"]),
        ({"decision.kind": "purchase"}, ["good", "good"]),
    ],
)
def test_a_decline_is_not_about_what_is_said_of_the_decisions_of_others(
    overrides: dict[str, str], verdicts: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(f"{FIRST}\n{DECLINE}\n{AGREEMENT}\n", "utf-8")
    common = telling.common(overrides, None, HOUSE.house, TODAY)
    entries = sources.read(path, HOUSE.house, today=TODAY, common=common).entries
    job = Job(HOUSE, tmp_path, TODAY, overrides, check=True)
    outcomes = [made(entry, job).outcome for entry in entries]
    assert [outcome.verdict for outcome in outcomes] == verdicts
