"""On which authority each check stands, by its code and the law that governs the letter."""

from collections.abc import Mapping
from typing import TypedDict

from accord.domain.choices import Law


class ByLaw(TypedDict):
    """A source for each `Law`; mypy names the entries that lack a law that is added."""

    FR: str
    EW: str


_CERTAIN = "Certainty of terms: RTS Flexible Systems v Müller [2010] UKSC 14"
_READ = "Construction: Arnold v Britton [2015] UKSC 36"
_WAIVED = "Waiver by the party benefited: Heron Garage Properties v Moss [1974] 1 WLR 148"
_MISLEADS = "Misrepresentation Act 1967, s. 2"
_INTENDED = "Intention: RTS Flexible Systems v Müller [2010] UKSC 14"
_DAY_PASSED = "English law: an offer lapses on its day"
_LAPSES = "English law: agreed long stop date"
_CHOSEN: ByLaw = {
    "FR": "Règlement (CE) n° 593/2008 (Rome I), art. 3",
    "EW": "Rome I, art. 3, as retained in UK law",
}
_BUYERS: ByLaw = {"FR": "Code de la commande publique", "EW": "Procurement Act 2023"}

# One source alone where a check is of one law only, or of none.
SOURCES: Mapping[str, ByLaw | str] = {
    "already-past": {"FR": "Code civil, art. 1117 et 1304", "EW": _DAY_PASSED},
    "amount-differs": {"FR": "Code civil, art. 1163", "EW": _CERTAIN},
    "annex-missing": {
        "FR": "Code civil, art. 1119",
        "EW": "Incorporation: Parker v South Eastern Railway (1877) 2 CPD 416",
    },
    "association": {
        "FR": "Code de la consommation, art. L212-2 et L215-3",
        "EW": "An unincorporated association has no legal personality: London Association for the Protection of Trade v Greenlands [1916] 2 AC 15",
    },
    "blank": {"FR": "Code civil, art. 1128 et 1163", "EW": _CERTAIN},
    "broken-reference": {"FR": "Code civil, art. 1189", "EW": _READ},
    "clause-missing": {"FR": "Code civil, art. 1128, 1163 et 1304", "EW": _CERTAIN},
    "commitment-contradicted": {"FR": "Code civil, art. 1217 et 1231-1", "EW": _READ},
    "consumer": {"FR": "Code de la consommation, art. liminaire", "EW": "Consumer Rights Act 2015, s. 2"},
    "court-abroad": "Code de procédure civile, art. 48",
    "court-differs": {"FR": "Code de procédure civile, art. 48", "EW": _READ},
    "court-of-non-merchant": "Code de procédure civile, art. 48",
    "court-renamed": "Loi n° 2023-1059, art. 26",
    "court-renamed.judicial": "Code de commerce, art. L731-2",
    "currency-differs": {"FR": "Code civil, art. 1343-3", "EW": _CERTAIN},
    "date-differs": {"FR": "Code civil, art. 1189", "EW": _READ},
    "damaged-text": {"FR": "Code civil, art. 1128 et 1163", "EW": _CERTAIN},
    "deadline-missing": {"FR": "Code civil, art. 1304", "EW": _CERTAIN},
    "delegation": {"FR": "Code civil, art. 1145, 1153 et 1156", "EW": "Companies Act 2006, s. 43 and 44"},
    "discretion": {"FR": "Code civil, art. 1304-2", "EW": _CERTAIN},
    "disparaging": {"FR": "Code civil, art. 1240", "EW": "Defamation Act 2013, s. 1"},
    "fault-admitted": {"FR": "Code civil, art. 1240 et 1383", "EW": "Civil Procedure Rules, Part 14"},
    "foreign-currency": {"FR": "Code civil, art. 1343-3", "EW": _CERTAIN},
    "address-block": "NF Z11-001",
    "frame-missing": {"FR": "Code civil, art. 1366", "EW": "Electronic Communications Act 2000, s. 7"},
    "exclusivity-too-long": {"FR": "Code civil, art. 1102 et 1210", "EW": "Walford v Miles [1992] 2 AC 128"},
    "future-feature": "IFRS 15, § 22",
    "future-promise": {"FR": "Code civil, art. 1112 et 1240", "EW": _MISLEADS},
    "hard-reference": {"FR": "Code civil, art. 1189", "EW": _READ},
    "indicative-date": {"FR": "Code civil, art. 1112", "EW": _MISLEADS},
    "length-differs": {"FR": "Code civil, art. 1189", "EW": _READ},
    "name-differs": {"FR": "Code civil, art. 1189", "EW": _READ},
    "language": "Loi n° 94-665, art. 2",
    "law-contradicted": _CHOSEN,
    "law-unstated": _CHOSEN,
    "legal-hold.consumer": {"FR": "Code de la consommation, art. L121-11", "EW": "Consumer Rights Act 2015"},
    "legal-hold.public": _BUYERS,
    "level-denied": {"FR": "Code civil, art. 1103 et 1188", "EW": _INTENDED},
    "level-exceeded": {"FR": "Code civil, art. 1103 et 1124", "EW": _INTENDED},
    "mixed-alphabets": {
        "FR": "Code civil, art. 1132",
        "EW": "Mistake: Shogun Finance v Hudson [2003] UKHL 62",
    },
    "no-value": {"FR": "Code civil, art. 1128 et 1163", "EW": _CERTAIN},
    "not-a-business-day": {
        "FR": "Code du travail, art. L3133-1",
        "EW": "Banking and Financial Dealings Act 1971, s. 1",
    },
    "numeric-date": {"FR": "Code civil, art. 1188", "EW": _READ},
    "open-scope": {"FR": "Code civil, art. 1163", "EW": _CERTAIN},
    "originals": {"FR": "Code civil, art. 1375", "EW": "English law: counterparts"},
    "other-client": {"FR": "Code civil, art. 1112-2", "EW": "Coco v A N Clark (Engineers) [1969] RPC 41"},
    "party-missing": {"FR": "Code civil, art. 1128", "EW": _CERTAIN},
    "payment-too-late": {
        "FR": "Code de commerce, art. L441-10",
        "EW": "Late Payment of Commercial Debts (Interest) Act 1998, s. 4",
    },
    "pilot-endless": {"FR": "Code civil, art. 1210 et 1211", "EW": _CERTAIN},
    "presumption": {"FR": "Code civil, art. 1353 et 1356", "EW": "English law: conclusive evidence clauses"},
    "price-coordination": {
        "FR": "Code de commerce, art. L420-1 et L442-6 ; TFUE, art. 101",
        "EW": "Competition Act 1998, s. 2",
    },
    "price-at-will": {"FR": "Code civil, art. 1163 à 1165", "EW": _CERTAIN},
    "penalty-excessive": {
        "FR": "Code civil, art. 1231-5",
        "EW": "Cavendish Square v Makdessi [2015] UKSC 67",
    },
    "protected-characteristic": {"FR": "Code pénal, art. 225-1 et 225-2", "EW": "Equality Act 2010, s. 29"},
    "public-body": _BUYERS,
    "real-data": {"FR": "RGPD, art. 5, 6 et 32", "EW": "UK GDPR, art. 5, 6 and 32"},
    "reference-stale": {"FR": "Code civil, art. 1366", "EW": "Electronic Communications Act 2000, s. 7"},
    "retroactive": {"FR": "Code civil, art. 1304-6", "EW": "English law: condition precedent to performance"},
    "secrets-short": {"FR": "Code civil, art. 1112-2", "EW": "Coco v A N Clark (Engineers) [1969] RPC 41"},
    "several-names": {"FR": "Code civil, art. 1128", "EW": _CERTAIN},
    "signed-after-delivery": {"FR": "Code civil, art. 1117 et 1304", "EW": _DAY_PASSED},
    "small-professional": "Code de la consommation, art. L221-3, L221-18, L221-20 et L242-1",
    "sole-trader": "Consumer Rights Act 2015, s. 2(3)",
    "spec-elsewhere": {
        "FR": "Code civil, art. 1119 et 1163",
        "EW": "Incorporation: Parker v South Eastern Railway (1877) 2 CPD 416",
    },
    "tax-differs": {"FR": "CGI, art. 278 à 281", "EW": "Value Added Tax Act 1994, s. 2"},
    "terms-missing": {
        "FR": "Règlement (UE) 2023/2854 (règlement sur les données), art. 25",
        "EW": "Regulation (EU) 2023/2854 (Data Act), art. 25, for clients in the Union",
    },
    "too-late-to-test": {"FR": "Code civil, art. 1304-6", "EW": _LAPSES},
    "total-differs": {"FR": "Code civil, art. 1163", "EW": _CERTAIN},
    "uncapped": {
        "FR": "Code civil, art. 1231-2 et 1231-3",
        "EW": "Unfair Contract Terms Act 1977, s. 3 and 11",
    },
    "unfilled-field": {"FR": "Code civil, art. 1128 et 1163", "EW": _CERTAIN},
    "unfinished": {"FR": "Code civil, art. 1163", "EW": _CERTAIN},
    "vague-test": {"FR": "Code civil, art. 1304-2 et 1353", "EW": _CERTAIN},
    "vat-abroad": {
        "FR": "CGI, art. 259, 1° ; directive 2006/112/CE, art. 196",
        "EW": "Value Added Tax Act 1994, s. 7A and 8",
    },
    "value-dropped": {"FR": "Code civil, art. 1163", "EW": _CERTAIN},
    "vat-unknown": {"FR": "CGI, art. 278 à 281", "EW": "Value Added Tax Act 1994, s. 2"},
    "waiver-by-another": {"FR": "Code civil, art. 1304-4", "EW": _WAIVED},
    "waiver-too-late": {"FR": "Code civil, art. 1304-4", "EW": _WAIVED},
    "words-differ": {"FR": "Code civil, art. 1163", "EW": _READ},
    "words-differ.promise": {"FR": "Code civil, art. 1376", "EW": _READ},
    "wrong-postcode": {"FR": "Code civil, art. 1128", "EW": _CERTAIN},
    "wrong-number": {
        "FR": "Code de commerce, art. R123-237",
        "EW": "Company, LLP and Business (Names and Trading Disclosures) Regulations 2015, reg. 25",
    },
    "wrong-number.vat": {"FR": "CGI, art. 286 ter", "EW": "Value Added Tax Regulations 1995, reg. 14"},
    "address-incomplete": {"FR": "Code civil, art. 1128", "EW": _CERTAIN},
    "capital-too-small": {
        "FR": "Code de commerce, art. L224-2 et L226-1",
        "EW": "Companies Act 2006, s. 763",
    },
    "delivery-contradicted": {"FR": "Code civil, art. 1189 et 1304", "EW": _READ},
    "exclusivity-over": {"FR": "Code civil, art. 1102 et 1210", "EW": "Walford v Miles [1992] 2 AC 128"},
    "feature-unnamed": {"FR": "Code civil, art. 1163", "EW": _CERTAIN},
    "form-unknown": {"FR": "Code de commerce, art. R123-238", "EW": _CERTAIN},
    "needed-too-early": {"FR": "Code civil, art. 1188", "EW": _READ},
    "office-unusual": "Code de commerce, art. L223-18, L225-51 et L227-6",
    "long-stop-remote": {"FR": "Code civil, art. 1210 et 1304-6", "EW": _LAPSES},
    "other-language": {"FR": "Code civil, art. 1188 ; loi n° 94-665, art. 5", "EW": _READ},
    "person-unclear": {"FR": "Code civil, art. 1188 et 1189", "EW": _READ},
    "party-unable": {
        "FR": "Code civil, art. 1145 et 1842 ; Code de commerce, art. L210-6 et L641-9",
        "EW": "Companies Act 2006, s. 51; Insolvency Act 1986, sch. B1, para. 59",
    },
    "period-differs": {"FR": "Code civil, art. 1163", "EW": _CERTAIN},
    "price-unlikely": {"FR": "Code civil, art. 1169", "EW": _CERTAIN},
    "sides-mixed": {"FR": "Code civil, art. 1128", "EW": _CERTAIN},
    "terms-in-request": {"FR": "Code civil, art. 1189 et 1190", "EW": _READ},
}


def source_of(code: str, law: Law) -> str:
    """The authority of a check; "" for what no text commands."""
    source = SOURCES.get(code, "")
    return source if isinstance(source, str) else source[law]
