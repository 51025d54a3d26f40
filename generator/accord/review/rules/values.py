"""The checks of values that are none: what programs and people write where there is nothing to say.

A value may come out of a spreadsheet, a customer database or a form that was not
filled in.  Whatever it is, it would be printed: each of these is an error.  The
words stand in `lists.toml`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from accord import i18n
from accord.domain import identifiers
from accord.domain.base import StrictModel, choices_at
from accord.domain.parties import Party
from accord.i18n import _
from accord.letter.letter import Passage
from accord.review.findings import AgreementCase, Case, Finding, Findings, only, wording_of
from accord.review.lists import is_prose, lists, speaks_of_signs
from accord.text import phrases, places
from accord.text.characters import fold
from accord.text.damage import FORMULA_ERROR, damage_in, repaired

# --- The texts of a deal ------------------------------------------------------


def _texts_in(table: StrictModel, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every text that somebody wrote in a table, by its key in the file: "feature.acceptance_tests[2]"."""
    for name in _free_keys(type(table)):
        yield from _texts_of(getattr(table, name), prefix + name)


@cache
def _free_keys(table: type[StrictModel]) -> tuple[str, ...]:
    """The keys whose values are no choice from a list."""
    return tuple(name for name, info in table.model_fields.items() if not choices_at(info))


def _texts_of(value: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, StrictModel):
        yield from _texts_in(value, f"{key}.")
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from _texts_of(item, f"{key}[{number}]")
    elif isinstance(value, str) and value:
        yield key, value


_OF_HOUSE = ("supplier", "terms", "positioning", "letters")
_NOT_PRINTED = re.compile(r"(?:_file|\.file|colour)\b|^reference$")


def _values(case: Case) -> Iterator[tuple[str, str]]:
    """The texts of the deal and of the house, as their files have them, by key."""
    deal = ((re.sub("^refusal", "decline", key), text) for key, text in _texts_in(case.deal))
    house = (pair for table in _OF_HOUSE for pair in _texts_in(getattr(case.house, table), f"{table}."))
    return ((key, text) for key, text in (*deal, *house) if not _NOT_PRINTED.search(key))


# --- No value at all ----------------------------------------------------------

_ZERO = re.compile(r"0+(?:[.,]0+)?|-0|0E\+00|x{2,}", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[<{«]\s*(.*?)\s*[)\]>}»]")


@cache
def _folded_words(name: str) -> frozenset[str]:
    return frozenset(map(fold, lists()["no_value"][name]))


@lru_cache(maxsize=phrases.MANY)
def _stands_for_nothing(text: str) -> bool:
    """Whether a whole text is what stands for no value."""
    bare = fold(text).replace("’", "'").strip()
    bracketed = _BRACKETED.fullmatch(bare)
    inner = bracketed[1] if bracketed else bare
    if text.strip() in lists()["no_value"]["exact"]:
        return True
    if {bare, inner, bare.rstrip(".")} & _folded_words("words") or (
        bracketed and inner in _folded_words("in_brackets")
    ):
        return True
    if _ZERO.fullmatch(bare) or not any(map(str.isalnum, bare)):
        return True
    parts = bare.split()
    return len(parts) > 1 and set(parts) <= {"null", "none", "nan", "undefined", "n/a", "0"}


def _is_name_of_someone(key: str, text: str, values: Mapping[str, str]) -> bool:
    """Whether a word is what somebody with another name is called: Jane Null, Nan Goldin."""
    for part, other in (("last_name", "first_name"), ("first_name", "last_name")):
        if key.endswith(f".{part}"):
            names = lists()["no_value"]["surnames" if part == "last_name" else "first_names"]
            beside = values.get(key.replace(part, other), "")
            return text in names and bool(beside) and not _stands_for_nothing(beside)
    return False


_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?|\d{1,2}([/.-])\d{1,2}\1\d{2,4}")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?E[+-]\d{1,3}", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d[\d .,'’/-]*[€$£%]?|[€$£] ?\d[\d .,]*")
_FRACTION = re.compile(
    r"[+-]?\d{1,3}(?:[ ,.'’]\d{3})+[.,]\d\d? ?[€$£]?|[+-]?\d[\d ]*[.,]\d{1,3} ?[€$£%]?|[€$£] ?\d.*|\d[\d ]* ?[€$£%]"
)
_ADDRESS = re.compile(
    r"(?:mailto:)?[^\s@<]+@[^\s@>]+\.\w+|(?:https?://|\bwww\.)\S+|\A[\w.-]+\.\w{2,}/\S*\Z|\A@\w+\Z",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:(?:t[ée]l(?:[ée]phone)?|phone|mob(?:ile)?|fax)[ .:]*)?(?:(?:\+|00)\d[\d .()-]{7,}|0\d(?:[ .-]?\d\d){4}|\(?\d{3}\)? ?\d{3}-\d{4})",
    re.IGNORECASE,
)
# Of Salesforce (15 characters, or 18), of Airtable, of other databases; "HUB-00012", and any number of five digits or more.
_RECORD = re.compile(
    r"(?=.*\d.*[A-Za-z])(?:00[0-9A-Za-z]|a[0-9][0-9A-Za-z])[0-9A-Za-z]{12}(?:[0-9A-Z]{3})?|rec(?=\w*\d)[0-9A-Za-z]{14}"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{24,}|\d{5,}"
    r"|[A-Z]{1,6}[-_ ]?0\d{3,}|#\d+"
)
_COMPANIES = ("prospect.name", "supplier.name")
_NAMES = ("supplier.name", "prospect.name", "last_name", "first_name")
_REMARKED = (*_NAMES, "contact.title", "prospect.legal_form", "prospect.registry", "decision.item")
_PERSONS = ("contact.last_name", "contact.first_name", "signatory.last_name", "signatory.first_name")
# People are called Boss or Chef, but not "le boss".
_OFFICE = re.compile(
    r"(?:(?:le|la|the|our|notre|mon|my|monsieur le|madame la|m\. le|mme la) |l')(?:boss|patronn?e?|chef|cheffe|owner|buyer|acheteur|acheteuse|client|big boss|grand patron)"
    r"|(?:(?:le|la|the|monsieur le|madame la|m\. le|mme la) |l')?(?:gerante?|directeur|directrice|dirigeante?|managing director|director|general manager|ceo|cfo|pdg|comptabilite|accounts|accounts payable|purchasing|direction(?: generale)?|secretariat|accueil|reception|service \w+)"
)
_MAY_BE_NONE = ("prospect.name", "feature.name", "decision.item")
_NAMED = re.compile(r"(?:\.|^)(?:name|item|title|last_name|first_name|legal_form)(?:\.(?:fr|en))?$")
_FORMULA = re.compile(r"=\S.*|'\d.*")


def _of_another_kind(key: str, text: str) -> str:
    """What is wrong with a text that is a value, but not one of a text; "" for a sound one."""
    is_name = bool(_NAMED.search(key))
    kinds = (
        (
            text in lists()["no_value"]["booleans"],
            _("“{words}” is an answer to another question. Write what is meant, or leave the key out."),
        ),
        (
            bool(_SCIENTIFIC.fullmatch(text)),
            _("“{words}” is a number that a spreadsheet cut short. Write all its digits, as a text."),
        ),
        (
            bool(_FORMULA.fullmatch(text)),
            _("“{words}” holds the sign of a spreadsheet’s formula or text. Write the value alone."),
        ),
        (
            not is_prose(key) and bool(_DAY.fullmatch(text)),
            _("“{words}” is a date. Write the name that belongs here."),
        ),
        (
            is_name and _is_figures(key, text),
            _("“{words}” is a number. Write the name that belongs here."),
        ),
        (
            is_name and bool(_ADDRESS.search(text)),
            _("“{words}” is an address of the Internet. Write the name that belongs here."),
        ),
        (
            is_name and _is_number_of_company(text),
            _("“{words}” is the number of a company. Write the name that belongs here."),
        ),
        (
            is_name and bool(_PHONE.fullmatch(text)),
            _("“{words}” is a telephone number. Write the name that belongs here."),
        ),
        (
            is_name and bool(_RECORD.fullmatch(text)),
            _("“{words}” is the number of a record in a database. Write the name that belongs here."),
        ),
        (
            key.endswith(_PERSONS) and bool(_OFFICE.fullmatch(fold(text).replace("’", "'"))),
            _("“{words}” is an office or a department. Write the name of the person, or leave it out."),
        ),
        (
            key.endswith(_REMARKED) and bool(_remarks().search(fold(text).replace("’", "'"))),
            _("“{words}” is a remark about the record. Write the name alone, or leave the row out."),
        ),
    )
    return next((sentence for holds, sentence in kinds if holds), "")


def _is_number_of_company(text: str) -> bool:
    """Whether a text is a SIREN or SIRET, with its label or town perhaps, or a number of VAT."""
    number, _town = identifiers.number_and_town(text)
    has_figures = sum(map(str.isdigit, text)) >= FEWEST_OF_NUMBER
    return has_figures and (identifiers.is_siren(number) or identifiers.wrong_vat(text, None) is None)


@cache
def _remarks() -> re.Pattern[str]:
    return re.compile(lists()["no_value"]["remarks"])


def _is_figures(key: str, text: str) -> bool:
    """Whether a name is a number of another column; a company may be called 1664, but not 1155,14."""
    return bool((_FRACTION if key in _COMPANIES else _NUMBER).fullmatch(text))


def no_value(case: Case) -> Findings:
    """Nothing that stands for no value is printed: NULL, N/A, #REF!, 0, TRUE, 7.3E+08."""
    values = dict(_values(case))
    for key, text in values.items():
        if not text:  # a blank of a draft
            continue
        if (
            key in _MAY_BE_NONE
            and fold(text).strip(" .") in _folded_words("perhaps")
            and not _stands_for_nothing(text)
        ):
            sentence = _("“{words}” may stand for no value. Make sure that it is meant.")
            yield case.finding("no-value", "warning", key, sentence, words=text)
            continue
        sentence = _of_another_kind(key, text)
        if _stands_for_nothing(text) or FORMULA_ERROR.search(text):
            sentence = _("“{words}” stands for no value. Write what is meant, or leave the key out.")
        if sentence and not _is_name_of_someone(key, text, values):
            yield case.finding("no-value", "error", key, sentence, words=text)


# --- A field that nobody filled in --------------------------------------------


_ANYWHERE = (
    r"\{\{[^{}]*\}\}|\{%[^%]*%\}|\$\{[^{}]*\}|\{[!$][\w.]+\}|%%[^%\s][^%]*%%|<<[^<>]+>>|\*\|[^|]+\|\*|\bMERGEFIELD\b"
    r"|@@\w+@@|##\w+##|«(?=\w+»)\w+_\w+»|\[\[[^\[\]]+\]\]"
)
_SIGN_OF_A_FIELD = re.compile(r"[{<«\[‹]|@@|##|__|\*\||%\w*%|\$\w+\$|%%|\A\(|MERGEFIELD", re.IGNORECASE)
"""What every field has, and hardly any text."""


@cache
def _words_of_fields() -> str:
    return "|".join(sorted(map(re.escape, lists()["fields"]["words"]), key=len, reverse=True))


@cache
def _in_name() -> re.Pattern[str]:
    """A field of a merge in a short text."""
    words = _words_of_fields()
    named = rf"(?:[\w ]{{0,60}}[ _.])?(?:{words})(?:[ _.'’][\w '’]{{0,60}})?"
    return re.compile(
        rf"{_ANYWHERE}|«{named}»|\A«[^\s«»]+»\Z|\A« ?{named} ?»\Z|<{named}>|\[{named}\]|\{{{named}\}}|\{{\w+[._]\w+\}}"
        rf"|%\w+%|__\w+__|‹\w+›|\$\w+\$|\A\({named}\)\Z",
        re.IGNORECASE,
    )


@cache
def _in_prose() -> re.Pattern[str]:
    """A field of a merge in sentences."""
    words = _words_of_fields()
    return re.compile(rf"{_ANYWHERE}|\[(?:{words}) [\w '’]+\]|<(?:{words}) [\w '’]+>", re.IGNORECASE)


@lru_cache(maxsize=phrases.MANY)
def _unfilled(text: str, *, prose: bool) -> str | None:
    plain = "".join(char if len(fold(char)) != 1 else fold(char) for char in text)
    if not _SIGN_OF_A_FIELD.search(plain):
        return None
    match = (_in_prose if prose else _in_name)().search(plain)
    if match is None or (prose and speaks_of_signs(text)):
        return None
    return text[match.start() : match.end()]


def unfilled_field(case: Case) -> Findings:
    """No field of a mail merge goes out unfilled: «Société», {{company.name}}, [Nom du client]."""
    sentence = _("“{words}” is a field that was not filled in. Write what should stand there.")
    for key, text in _values(case):
        if words := _unfilled(text, prose=is_prose(key)):
            yield case.finding("unfilled-field", "error", key, sentence, words=words)
    for passage in case.passages:
        text = wording_of(passage) if passage.overrides else ""
        if match := FORMULA_ERROR.search(text):
            yield case.finding("unfilled-field", "error", passage, sentence, words=match[0])
        elif words := _unfilled(text, prose=True):
            yield case.finding("unfilled-field", "error", passage, sentence, words=words)


# --- Damaged text ---------------------------------------------------------------


def damaged_text(case: Case) -> Findings:
    """No text goes out that another program damaged: LefÃ¨vre, L&#39;Oréal, Lef�vre."""
    for key, text in _values(case):
        if not (is_prose(key) and speaks_of_signs(text)):
            yield from _damage(case, key, text)
    for passage in case.passages:
        if passage.overrides:
            yield from _damage(case, passage, wording_of(passage))


def _damage(case: Case, where: Passage | str, text: str) -> Iterator[Finding]:
    found = damage_in(text)
    if found is None:
        return
    sentence = _("“{words}” was damaged on its way here, most likely by a wrong encoding. Type it again.")
    words, meant = found.words, found.meant
    if found.escaped:
        sentence = _("“{words}” is a sign that programs write for each other. Write what it stands for.")
        words, meant = (
            (text, whole) if len(text) <= LONGEST_QUOTED and (whole := repaired(text)) else (words, None)
        )
    if meant:
        sentence = _("“{words}” was damaged on its way here. Write “{meant}”.")
    yield case.finding("damaged-text", "error", where, sentence, words=words, meant=meant)


FEWEST_OF_NUMBER = 8  # figures of a company's number
LONGEST_QUOTED = 80  # characters of a text that a remark repeats whole

# --- Two values in one ------------------------------------------------------------

_FORM = r"(?:SARL|SASU?|SA|SNC|EURL|SCI|Ltd|Limited|LLP|plc|PLC|Inc|LLC|GmbH|AG|SRL|BV|NV)\b\.?"
_TWO = re.compile(
    rf"\b{_FORM}\s*(?:[/|+,]|\bet\b|\band\b|&(?!\s*Co))\s*(?!{_FORM})(?![Ff]ils\b|[Cc]ie\b|[Cc]o\b)[\w'’.&-].*\b{_FORM}\s*\Z"
)
_PARTED = re.compile(r"[;|]")


def several_values(case: Case) -> Findings:
    """One party is one company, and one person signs for it."""
    for key, text in _values(case):
        if key.endswith(_NAMES) and (
            _PARTED.search(text)
            or _TWO.search(text)
            or (key.endswith("t_name") and "/" in text)
            or (key.endswith(_PERSONS) and re.search(r" (?:et|ou|and|or|&|\+) ", text, re.IGNORECASE))
        ):
            if damage_in(text):
                continue  # the semicolon of an entity
            sentence = _(
                "“{words}” seems to name more than one. Write one name; each has a letter of its own."
            )
            yield case.finding("several-names", "error", key, sentence, words=text)


def vat_of_another_country(case: Case) -> Findings:
    """A company has the VAT number of its own country, or has registered abroad as well: rather a slip."""
    for role, party in (("supplier", case.house.supplier), ("prospect", case.deal.prospect)):
        told = party.vat and identifiers.home_of_vat(party.vat)
        home = places.OF_VAT_TERRITORY.get(party.home or "", party.home)
        if told and home and told != home:
            sentence = _(
                "{vat} is a VAT number of {one}, but the company is in {other}. Make sure that it is its own."
            )
            one, other = (places.country_name(code, i18n.locale()) for code in (told, home))
            yield case.finding(
                "wrong-number",
                "warning",
                f"{role}.vat",
                sentence,
                source="wrong-number.vat",
                vat=party.vat,
                one=one,
                other=other,
            )


# --- Numbers that lost a nought -----------------------------------------------------


@cache
def _postcode(country: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """A line of an address with a sound postcode of a country, and one with figures in its place."""
    entry = lists()["postcodes"].get(country)
    if entry is None:
        return None
    form = entry["form"]
    if country == "US":
        return re.compile(rf"\b{form}\Z"), re.compile(r"\A\D+,? [A-Z]{2},? (?P<code>\d{1,9}(?:-\d+)?)\Z")
    prefix = rf"(?:{country}|[A-Z]{{1,2}})?[- ]?"
    return re.compile(rf"\A{prefix}{form}(?!\w)"), re.compile(
        rf"\A{prefix}(?P<code>\d{{2,9}}) +[^\W\d_][^\d,]*(?: (?:CEDEX|Cedex)(?: \d+)?)?\Z"
    )


_STREET = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|bld|route|rte|chemin|ch|allees?|place|pl|impasse|quai|cours|square|passage|sentier|voie|ruelle|faubourg"
    r"|lieu[- ]dit|hameau|residence|lotissement|zone|zac|za|zi|parc|centre|immeuble|batiment|bat|bp|cs|tsa|cour|villa|domaine|rond-point"
    r"|via|viale|piazza|corso|largo|calle|avenida|plaza|paseo|carrer|street|road|lane|way|drive|court|park|weg|platz|allee|laan|plein|gade|vej)\b"
    r"|\w+(?:strasse|straat|gasse|vagen|gatan|veien|vej)\b"
)


def wrong_postcode(case: Case) -> Findings:
    """A postcode has the length that its country gives it: a spreadsheet takes the nought from 01000."""
    parties: tuple[tuple[str, Party], ...] = (
        ("supplier", case.house.supplier),
        ("prospect", case.deal.prospect),
    )
    for role, party in parties:
        patterns = _postcode(party.home or "")
        lines = [" ".join(line.split()) for line in party.address]
        if patterns is None or any(patterns[0].search(line) for line in lines):
            continue
        for number, line in reversed(list(enumerate(lines, 1))):
            match = patterns[1].fullmatch(line)
            if match and not _STREET.search(fold(line)):
                sentence = _(
                    "“{words}” is not a postcode of this country. Write it whole, as in “{example}”."
                )
                example = lists()["postcodes"][party.home]["example"]
                key = f"{role}.address[{number}]"
                yield case.finding(
                    "wrong-postcode", "error", key, sentence, words=match["code"], example=example
                )
                break


def _has_no_street(party: Party) -> bool:
    """Whether an address is the line of its town alone."""
    before, _code, town = places.postal_parts(party.address, party.country)
    return bool(town) and not before and "," not in party.address[0]


_BRITISH_POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"


@only(AgreementCase)
def address_incomplete(case: AgreementCase) -> Findings:
    """A seat is in a town, and has its postcode where the country is one whose postcodes are known."""
    prospect = case.deal.prospect
    country = str(prospect.home)
    if _has_no_street(prospect):
        sentence = _("has a town, but no street. Write the whole address of the seat.")
        yield case.finding("address-incomplete", "warning", "prospect.address", sentence)
    form = _BRITISH_POSTCODE if country == "GB" else lists()["postcodes"].get(country, {}).get("form")
    if form is None or not prospect.address or any(wrong_postcode(case)):
        return
    if not any(re.search(rf"(?<!\d){form}(?!\d)", line.upper()) for line in prospect.address):
        sentence = _(
            "has no postcode of {country}. Write the street, then the town with its postcode, or correct the country."
        )
        name = places.country_name(country, i18n.locale())
        yield case.finding("address-incomplete", "warning", "prospect.address", sentence, country=name)
