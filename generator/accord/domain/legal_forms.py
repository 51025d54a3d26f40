"""What the legal form of a party says of it: how it is called in full, who may act for it, who judges it.

People write a form in many ways ("SARL", "S.A.R.L.", "a private limited company",
"artisan, entrepreneur individuel (EI)"); what is not known is a company, and
printed as written.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from accord.text.characters import fold, folded_words


class LegalForm(NamedTuple):
    """A form of company: the country whose law it has, its short name, its name in full in its own language."""

    country: str
    short: str
    in_full: str


_FORMS = tuple(
    LegalForm(country, *form)
    for country, forms in {
        "FR": (
            ("SAS", "société par actions simplifiée"),
            ("SASU", "société par actions simplifiée unipersonnelle"),
            ("SARL", "société à responsabilité limitée"),
            ("EURL", "entreprise unipersonnelle à responsabilité limitée"),
            ("SA", "société anonyme"),
            ("SNC", "société en nom collectif"),
            ("SCA", "société en commandite par actions"),
            ("SCI", "société civile immobilière"),
            ("SCP", "société civile professionnelle"),
            ("SCEA", "société civile d’exploitation agricole"),
            ("SELARL", "société d’exercice libéral à responsabilité limitée"),
            ("SELAS", "société d’exercice libéral par actions simplifiée"),
            ("SCOP", "société coopérative et participative"),
            ("SCIC", "société coopérative d’intérêt collectif"),
            ("GIE", "groupement d’intérêt économique"),
            ("EARL", "exploitation agricole à responsabilité limitée"),
            ("GAEC", "groupement agricole d’exploitation en commun"),
            ("EI", "entrepreneur individuel"),
        ),
        "BE": (
            ("SRL", "société à responsabilité limitée"),
            ("SA", "société anonyme"),
            ("BV", "besloten vennootschap"),
            ("NV", "naamloze vennootschap"),
            ("ASBL", "association sans but lucratif"),
        ),
        "CH": (
            ("SA", "société anonyme"),
            ("Sàrl", "société à responsabilité limitée"),
            ("AG", "Aktiengesellschaft"),
            ("GmbH", "Gesellschaft mit beschränkter Haftung"),
        ),
        "LU": (("SA", "société anonyme"), ("Sàrl", "société à responsabilité limitée")),
        "DE": (
            ("GmbH", "Gesellschaft mit beschränkter Haftung"),
            ("AG", "Aktiengesellschaft"),
            ("UG", "Unternehmergesellschaft"),
            ("KG", "Kommanditgesellschaft"),
        ),
        "AT": (("GmbH", "Gesellschaft mit beschränkter Haftung"), ("AG", "Aktiengesellschaft")),
        "NL": (("BV", "besloten vennootschap"), ("NV", "naamloze vennootschap")),
        "ES": (("SL", "sociedad limitada"), ("SA", "sociedad anónima")),
        "IT": (("Srl", "società a responsabilità limitata"), ("SpA", "società per azioni")),
        "PT": (("Lda", "sociedade por quotas"), ("SA", "sociedade anónima")),
        "GB": (
            ("Ltd", "private limited company"),
            ("plc", "public limited company"),
            ("LLP", "limited liability partnership"),
            ("CIC", "community interest company"),
            ("CIO", "charitable incorporated organisation"),
            ("SCIO", "Scottish charitable incorporated organisation"),
        ),
        "IE": (
            ("Ltd", "private company limited by shares"),
            ("plc", "public limited company"),
            ("DAC", "designated activity company"),
            ("CLG", "company limited by guarantee"),
        ),
        "US": (("Inc.", "corporation"), ("Corp.", "corporation"), ("LLC", "limited liability company")),
        "CA": (("Inc.", "corporation"), ("Ltd", "private limited company")),
    }.items()
    for form in forms
)
_ALSO_WRITTEN = {"limited": "ltd", "private company limited by shares": "ltd", "incorporated": "inc"}
_ARTICLE = re.compile(r"\A(?:une?|an?|the|la) (?:(?:french|english|british|irish|belgian|swiss|american) )?")


def _key(form: str) -> str:
    """A form as it is looked up: without case, accents, points, its article and its abbreviation in brackets."""
    text = re.sub(r"\s*\([^)]*\)\Z", "", fold(form).replace("’", "'")).replace(".", "").strip()
    text = _ARTICLE.sub("", text)
    return _ALSO_WRITTEN.get(text, text)


_BY_KEY = {
    (form.country, _key(name)): form for form in reversed(_FORMS) for name in (form.in_full, form.short)
}


def known(form: str, country: str | None) -> LegalForm | None:
    """The form that a text names, if it is one of those of the country; without a country, French or British."""
    return next(
        (
            _BY_KEY[home, _key(form)]
            for home in ((country,) if country else ("FR", "GB"))
            if (home, _key(form)) in _BY_KEY
        ),
        None,
    )


_LIKE_OURS = {"FR": (), "GB": ("IE",)}
"""Countries whose forms are told from others', and those whose forms are called the same."""


def of_another_country(form: str, country: str | None) -> LegalForm | None:
    """The foreign form that a text names, where its country has none that is called so."""
    if country not in _LIKE_OURS or known(form, country):
        return None
    others = (home for home, key in _BY_KEY if key == _key(form) and home not in _LIKE_OURS[country])
    return next((_BY_KEY[home, _key(form)] for home in others), None)


def in_name(name: str, country: str | None) -> LegalForm | None:
    """The form that a name says itself, at its end or, as French names do, in capitals at its beginning."""
    first, *_others, last = name.split() if " " in name.strip() else ("", "")
    last = last.strip("(),")
    if last[:1].isupper() or last == "plc":
        found = known(last, country)
        if found and _key(last) == _key(found.short):
            return found
    found = known(first, country) if first.isupper() else None
    return found if found and (found.country, found.short) == ("FR", first) else None


_SHORT = frozenset(_key(form.short) for form in _FORMS) | _ALSO_WRITTEN.keys()


def without_form(name: str) -> str:
    """The words of a company's name for comparison, without the form that may stand at either end."""
    words = folded_words(name.replace(".", "")).split()
    while len(words) > 1 and words[-1] in _SHORT:
        words.pop()
    while len(words) > 1 and words[0] in _SHORT:
        words.pop(0)
    return " ".join(words)


# --- What follows from it -------------------------------------------------------
# All patterns are of folded text.  A company named in the text settles it: "SARL d’artisans" is one.

_COMPANY = re.compile(
    r"\b(sarl|sasu?|sa|snc|sca|eurl|ltd|limited company|llp|plc|inc|corp(oration)?|llc|gmbh|ag|srl|bv|nv"
    r"|societe (a responsabilite limitee|par actions|anonyme|en nom collectif|commerciale))\b"
)
_PERSON = re.compile(
    r"\b(entrepreneure? individuel(le)?|entreprise individuelle|raison individuelle|ei(rl)?|(micro|auto)[- ]?entrepren\w+"
    r"|(micro|auto)[- ]?entreprise|artisane?|commercante?|profession(nelle?|nel)? liberale?|exploitante? agricole"
    r"|agricult(eur|rice)|artistes?|entreprise artisanale|freelance|avocate?|notaire|commissaire de justice|medecin|infirmiere?|architecte|geometre|veterinaire|(travaill(eur|euse) )?independante?|en nom propre|sole (trader|proprietor(ship)?|owner)"
    r"|self-employed|einzelunternehme\w+|eenmanszaak|proprietor)\b"
)
_MERCHANT_PERSON = re.compile(r"\bcommercante?s?\b")
_CIVIL = re.compile(
    r"\b(societe civile|sci|scp|scm|sccv|scea|gaec|earl|gfa|cuma|sica|societe cooperative agricole|cooperatives? agricoles?"
    r"|sel(arl|as|asu|afa|ca|url)?|societe d'exercice liberal|spfpl(arl|as)?|aarpi|profession(nelle?|nel)? liberale?"
    r"|association|loi (de |du 1er juillet )?1901|asbl|aisbl|vzw|verein|fondation|foundation|stiftung|stichting"
    r"|fonds de dotation|syndicat|federation|mutuelle|comite social|ordre professionnel|indivision|copropriet\w+|congregation|parti politique|charit(y|able)|s?cio|trust|church)\b"
)
_ASSOCIATION = re.compile(
    r"\b(association|loi (de |du 1er juillet )?1901|fondation|fonds de dotation|syndicat|federation|mutuelle|comite social)\b"
)
_CHARITY = re.compile(r"\b(charit(y|able)|s?cio|trust|church)\b")
_UNREGISTERED = re.compile(
    r"\b(sole (trader|proprietor(ship)?)|general partnership|unincorporated)\b|\A(an? )?partnership\b"
)


@lru_cache(maxsize=512)
def _folded(form: str | None) -> str:
    return fold(form or "").replace("’", "'").replace(".", "")


def is_person(form: str | None) -> bool:
    """Whether the form is that of somebody in business in his own name, who needs nobody to represent him."""
    text = _folded(form)
    return bool(_PERSON.search(text)) and not _COMPANY.search(text) and not _is_civil_body(text)


def _is_civil_body(text: str) -> bool:
    return bool(_CIVIL.search(re.sub(r"profession(nelle?|nel)? liberale?", "", text)))


def is_company(form: str | None) -> bool:
    """Whether the form says outright that it is a commercial company’s."""
    return bool(_COMPANY.search(_folded(form)))


def is_merchant(form: str | None) -> bool:
    """Whether the form is that of a merchant, whom a French commercial court judges (C. com., art. L721-3).

    Companies are merchants by their form, but not civil ones; those of the liberal
    professions are judged by civil courts (art. L721-5).  Associations, craftsmen,
    professionals and farmers are none.  A form that is not known is taken for a company.
    """
    text = _folded(form)
    if _CIVIL.search(text):
        return False
    return bool(_COMPANY.search(text) or _MERCHANT_PERSON.search(text)) or not _PERSON.search(text)


def is_association(form: str | None) -> bool:
    """Whether the form is that of a body which the RCS does not register."""
    return bool(_ASSOCIATION.search(_folded(form)))


def is_charity(form: str | None) -> bool:
    """Whether the form is one that a charity regulator registers."""
    return bool(_CHARITY.search(_folded(form)))


def has_no_register(form: str | None) -> bool:
    """Whether no public register of the United Kingdom, Ireland or the United States lists the form."""
    return bool(_UNREGISTERED.search(_folded(form)))
