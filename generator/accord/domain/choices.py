"""The words that a file may hold where only certain words will do.

They stand apart from the model so that `--help` can list them at once.
"""

from collections.abc import Mapping
from typing import Literal

from accord.text import currencies

Language = Literal["fr", "en"]
Locale = Literal["fr_FR", "fr_BE", "fr_CH", "fr_CA", "en_GB", "en_IE", "en_US"]
Law = Literal["FR", "EW"]
Binding = Literal["intent", "negotiate", "promise", "conditional"]
Commitment = Literal["none", "efforts", "firm"]
DecisionKind = Literal["subscription", "purchase", "pilot", "none"]
Period = Literal["month", "year"]
Titles = Literal["usage", "strict"]
Reason = Literal["out-of-scope", "no-commitment", "date-not-feasible"]
Currency = currencies.Currency
Civility = Literal["M.", "Mme", "Mr", "Mrs", "Ms", "Dr", "Me", ""]
ProspectKind = Literal["business", "consumer", "public"]
Staff = Literal["0-5", "6+"]
Answer = Literal["agreement", "decline"]
Kind = Literal[Answer, "after"]

LAW_OF_COUNTRY: Mapping[str, Law] = {"FR": "FR", "GB": "EW"}
"""The law that companies of a country are most likely to choose."""

VOID_LEVELS: Mapping[Law, frozenset[Binding]] = {"FR": frozenset(), "EW": frozenset({"negotiate"})}
"""The levels that a law does not enforce: in England, an agreement to negotiate (Walford v Miles [1992] 2 AC 128)."""

LANGUAGE_OF_LAW: Mapping[Law, Language] = {"FR": "fr", "EW": "en"}
"""The language in which a law is written."""

Warned = Literal[
    "asked-before",
    "already-promised",
    "reason-differs",
    "declined-off-market",
    "promised-elsewhere",
    "over-capacity",
    "crowded-date",
    "effort-missing",
    "effort-unknown",
    "register-unreachable",
]
"""The codes of what the register has to say before a letter leaves."""
