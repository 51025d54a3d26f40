"""Every letter that can be asked for: each level, law, language and decision, each reason to decline; bare and full."""

import contextlib
import datetime
import itertools
from collections.abc import Iterator
from typing import Any, get_args

from accord.domain.choices import Binding, Commitment, Language, Law
from accord.errors import FaultyInput
from accord.letter.letter import Letter
from support.situations import HOUSES, agreement, composed

DECISIONS = ("subscription", "purchase", "pilot")
REASONS = ("out-of-scope", "no-commitment", "date-not-feasible")

IN_FULL = {
    "fr": {
        "item": "abonnements Novalys Compta",
        "need": "remettre chaque trimestre un fichier conforme à l'expert-comptable",
        "alternative": "L'export du grand livre au format texte, que vous avez déjà",
        "legal_form": "société à responsabilité limitée",
        "title": "Directrice générale",
    },
    "en": {
        "item": "Novalys Accounts subscriptions",
        "need": 'hand our accountants a "clean" file each quarter',
        "alternative": "The export of the ledger as plain text, which you already have",
        "legal_form": "private limited company",
        "title": "Managing Director",
    },
}
"""What people type, for a full deal."""


def letters(delivery: datetime.date, prospect: str = "Boulangeries Lefèvre") -> Iterator[Letter]:
    """Each of them, for a delivery by that day and a prospect of that name; full ones of a house with every option."""
    for language, full in itertools.product(get_args(Language), (True, False)):
        house = HOUSES["full" if full else "bare"]
        for data in itertools.chain(_agreements(language, full=full), _declines(language, full=full)):
            data |= {"delivery": {"by": delivery}, "prospect": _prospect(language, prospect, full=full)}
            with contextlib.suppress(FaultyInput):  # the pairs that no court would uphold
                yield composed(data, house)


def _agreements(language: str, *, full: bool) -> Iterator[dict[str, Any]]:
    for law, level, commitment, decision in itertools.product(
        get_args(Law), get_args(Binding), get_args(Commitment), DECISIONS
    ):
        data = agreement(language, law, level, commitment, decision, rich=full)
        if full:
            data["feature"] |= {
                "need": IN_FULL[language]["need"],
                "exclusions": ["la paie, etc.", "import ?"],
            }
            data["decision"] |= {"item": IN_FULL[language]["item"], "unit_price": "1234.50"}
        yield data


def _declines(language: str, *, full: bool) -> Iterator[dict[str, Any]]:
    for reason in REASONS:
        refusal: dict[str, Any] = {"reason": reason, "keep_in_touch": full}
        feature = {"name": "Planning"}
        if full:
            refusal |= {
                "candour": True,
                "return_documents": True,
                "alternative": IN_FULL[language]["alternative"],
            }
            refusal |= {"paid_referral": True}
            refusal |= {"earliest": "2029-09-30"} if reason == "date-not-feasible" else {}
            feature |= {"need": IN_FULL[language]["need"]}
        yield {"language": language, "feature": feature, "decline": refusal}


def _prospect(language: str, name: str, *, full: bool) -> dict[str, Any]:
    if not full:
        return {"name": name}
    texts = IN_FULL[language]
    return {
        "name": name,
        "legal_form": texts["legal_form"],
        "capital": "20000",
        "country": "FR",
        "registration": "552 100 554",
        "registry": "Lyon",
        "address": ["12 rue des Remparts d'Ainay", "69002 Lyon"],
        "contact": {"civility": "Mme", "first_name": "Anne", "last_name": "Lefèvre", "title": texts["title"]},
    }
