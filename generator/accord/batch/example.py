"""The example in a spreadsheet to start from, which is passed over if it is left as it is."""

import datetime
from collections.abc import Mapping
from functools import cache

from accord import i18n
from accord.i18n import _
from accord.intake import words

EXAMPLE_DAY = datetime.date(2030, 3, 29)
"""When the example is delivered.  It is fixed: what is left untouched has to be known again."""


def example() -> Mapping[str, str]:
    """The cells of the example by key, in the language in use; its day, `EXAMPLE_DAY`, apart."""
    return {
        "language": words.named("language")[i18n.language()],
        "prospect.name": _("EXAMPLE: Smith & Sons Bakery (write over this row)"),
        "feature.name": _("Export of the accounts"),
        "decision.kind": words.named("decision.kind")["subscription"],
        "decision.item": _("licences"),
        "decision.quantity": "25",
        "decision.unit_price": "40",
        "decision.period": words.named("decision.period")["month"],
        "decision.term": "12",
    }


def is_example(cells: Mapping[str, object]) -> bool:
    """Whether the cells of a row, by key, are those of the example, in whichever language."""
    if cells.get("delivery.by") is None:
        return False
    texts = {key: f"{cell}".strip() for key, cell in cells.items() if key != "delivery.by"}
    return texts in _examples()


@cache
def _examples() -> tuple[Mapping[str, str], ...]:
    examples = []
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            examples.append(example())
    return tuple(examples)
