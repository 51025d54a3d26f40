"""On which authority each check stands, by its code and the law that governs the letter."""

from collections.abc import Mapping
from typing import Literal

_CERTAIN = "Certainty of terms: RTS Flexible Systems v Müller [2010] UKSC 14"
_READ = "Construction: Arnold v Britton [2015] UKSC 36"
_WAIVED = "Waiver by the party benefited: Heron Garage Properties v Moss [1974] 1 WLR 148"
_MISLEADS = "Misrepresentation Act 1967, s. 2"
_LAPSES = "English law: agreed long stop date"
_CHOSEN = ("Règlement (CE) n° 593/2008 (Rome I), art. 3", "Rome I, art. 3, as retained in UK law")
_BUYERS = ("Code de la commande publique", "Procurement Act 2023")

# French law, law of England and Wales; one source where a check is of one law alone, or of neither.
SOURCES: Mapping[str, tuple[str, str] | str] = {
    "already-past": ("Code civil, art. 1117 et 1304", "English law: an offer lapses on its day"),
    "amount-differs": ("Code civil, art. 1163", _CERTAIN),
    "annex-missing": (
        "Code civil, art. 1119",
        "Incorporation: Parker v South Eastern Railway (1877) 2 CPD 416",
    ),
    "blank": ("Code civil, art. 1128 et 1163", _CERTAIN),
    "broken-reference": ("Code civil, art. 1189", _READ),
    "clause-missing": ("Code civil, art. 1128, 1163 et 1304", _CERTAIN),
    "commitment-contradicted": ("Code civil, art. 1217 et 1231-1", _READ),
    "court-abroad": "Code de procédure civile, art. 48",
    "court-of-non-merchant": "Code de procédure civile, art. 48",
    "court-renamed": "Loi n° 2023-1059, art. 26",
    "court-renamed.judicial": "Code de commerce, art. L731-2",
    "currency-differs": ("Code civil, art. 1343-3", _CERTAIN),
    "date-differs": ("Code civil, art. 1189", _READ),
    "deadline-missing": ("Code civil, art. 1304", _CERTAIN),
    "delegation": ("Code civil, art. 1145, 1153 et 1156", "Companies Act 2006, s. 43 and 44"),
    "discretion": ("Code civil, art. 1304-2", _CERTAIN),
    "disparaging": ("Code civil, art. 1240", "Defamation Act 2013, s. 1"),
    "fault-admitted": ("Code civil, art. 1240 et 1383", "Civil Procedure Rules, Part 14"),
    "foreign-currency": "Code civil, art. 1343-3",
    "frame-missing": ("Code civil, art. 1366", "Electronic Communications Act 2000, s. 7"),
    "future-feature": "IFRS 15, § 22",
    "future-promise": ("Code civil, art. 1112 et 1240", _MISLEADS),
    "hard-reference": ("Code civil, art. 1189", _READ),
    "indicative-date": ("Code civil, art. 1112", _MISLEADS),
    "language": "Loi n° 94-665, art. 2",
    "lapse-unsaid": ("Code civil, art. 1304-6", _LAPSES),
    "late-payment-unstated": "Code de commerce, art. L441-10 et D441-5",
    "law-contradicted": _CHOSEN,
    "law-unstated": _CHOSEN,
    "legal-hold.consumer": ("Code de la consommation, art. L121-11", "Consumer Rights Act 2015"),
    "legal-hold.public": _BUYERS,
    "level-denied": (
        "Code civil, art. 1103 et 1188",
        "Intention: RTS Flexible Systems v Müller [2010] UKSC 14",
    ),
    "level-exceeded": (
        "Code civil, art. 1103 et 1124",
        "Intention: RTS Flexible Systems v Müller [2010] UKSC 14",
    ),
    "mixed-alphabets": ("Code civil, art. 1132", "Mistake: Shogun Finance v Hudson [2003] UKHL 62"),
    "not-a-business-day": (
        "Code du travail, art. L3133-1",
        "Banking and Financial Dealings Act 1971, s. 1",
    ),
    "numeric-date": ("Code civil, art. 1188", _READ),
    "originals": ("Code civil, art. 1375", "English law: counterparts"),
    "other-client": ("Code civil, art. 1112-2", "Coco v A N Clark (Engineers) [1969] RPC 41"),
    "party-missing": ("Code civil, art. 1128", _CERTAIN),
    "payment-too-late": (
        "Code de commerce, art. L441-10",
        "Late Payment of Commercial Debts (Interest) Act 1998, s. 4",
    ),
    "presumption": ("Code civil, art. 1353 et 1356", "English law: conclusive evidence clauses"),
    "price-coordination": (
        "Code de commerce, art. L420-1 et L442-6 ; TFUE, art. 101",
        "Competition Act 1998, s. 2",
    ),
    "protected-characteristic": ("Code pénal, art. 225-1 et 225-2", "Equality Act 2010, s. 29"),
    "public-body": _BUYERS,
    "reference-stale": ("Code civil, art. 1366", "Electronic Communications Act 2000, s. 7"),
    "retroactive": ("Code civil, art. 1304-6", "English law: condition precedent to performance"),
    "signed-after-delivery": ("Code civil, art. 1117 et 1304", "English law: an offer lapses on its day"),
    "tax-differs": ("CGI, art. 278 à 281", "Value Added Tax Act 1994, s. 2"),
    "tax-unstated": ("Code de commerce, art. L441-9", "Value Added Tax Act 1994, s. 19"),
    "too-late-to-test": ("Code civil, art. 1304-6", _LAPSES),
    "total-differs": ("Code civil, art. 1163", _CERTAIN),
    "unfinished": ("Code civil, art. 1163", _CERTAIN),
    "vague-test": ("Code civil, art. 1304-2 et 1353", _CERTAIN),
    "value-dropped": ("Code civil, art. 1163", _CERTAIN),
    "waiver-by-another": ("Code civil, art. 1304-4", _WAIVED),
    "waiver-too-late": ("Code civil, art. 1304-4", _WAIVED),
    "waiver-unclear": ("Code civil, art. 1304-4", _WAIVED),
    "words-differ": ("Code civil, art. 1163", _READ),
    "words-differ.promise": ("Code civil, art. 1376", _READ),
    "wrong-number": (
        "Code de commerce, art. R123-237",
        "Company, LLP and Business (Names and Trading Disclosures) Regulations 2015, reg. 25",
    ),
    "wrong-number.vat": ("CGI, art. 286 ter", "Value Added Tax Regulations 1995, reg. 14"),
}


def source_of(code: str, law: Literal["FR", "EW"]) -> str:
    """The authority of a check; "" for what no text commands."""
    source = SOURCES.get(code, "")
    return source if isinstance(source, str) else source[law == "EW"]
