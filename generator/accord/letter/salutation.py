"""How a letter names and addresses people."""

import re
from collections.abc import Iterator, Sequence

from accord.domain.parties import Contact, Person
from accord.text.characters import NO_BREAK, fold
from accord.text.locales import is_french

_CIVILITIES = {
    "fr": {
        **dict.fromkeys(("M.", "Mr"), "Monsieur"),
        **dict.fromkeys(("Mme", "Mrs", "Ms"), "Madame"),
        "Dr": "Docteur",
        "Me": "Maître",
    },
    "en": {"M.": "Mr", "Mr": "Mr", "Mme": "Ms", "Ms": "Ms", "Mrs": "Mrs", "Dr": "Dr", "Me": "Maître"},
}
_ABBREVIATED = {"Mr", "Mrs", "Ms", "Dr"}


def _civility(person: Person, locale: str) -> str:
    """The civility in the letter's language, or ""; French writes it in full."""
    civility = _CIVILITIES[locale[:2]].get(person.civility, "")
    return f"{civility}." if locale == "en_US" and civility in _ABBREVIATED else civility


def full_name(person: Person, locale: str) -> str:
    """A person with the civility of the language: "Madame Claire Moreau"; may be empty."""
    names = plain_name(person)
    civility = _civility(person, locale) if names else ""
    if not civility:
        return names
    # An abbreviation never ends a line; a whole word may.
    gap = NO_BREAK if civility.rstrip(".") in _ABBREVIATED else " "
    return f"{civility}{gap}{names}"


def plain_name(person: Person) -> str:
    """A person as he signs: without a civility, which nobody gives himself."""
    return " ".join(filter(None, (person.first_name, person.last_name)))


# Functions by which French addresses their holder, masculine and feminine.
# Others ("gérant", "responsable") are not: the bare civility is the usage.
_HEADS = {
    "président": "présidente",
    "vice-président": "vice-présidente",
    "président-directeur": "présidente-directrice",
    "directeur": "directrice",
    "administrateur": "administratrice",
    "secrétaire": "secrétaire",
    "maire": "maire",
    "préfet": "préfète",
    "sous-préfet": "sous-préfète",
    "recteur": "rectrice",
    "doyen": "doyenne",
    "bâtonnier": "bâtonnière",
    "ambassadeur": "ambassadrice",
    "ministre": "ministre",
    "député": "députée",
    "sénateur": "sénatrice",
}
_NEED_QUALIFIER = {"secrétaire", "administrateur"}  # "Madame la Secrétaire" is no honour
_QUALIFIERS = {
    "général": "générale",
    "adjoint": "adjointe",
    "délégué": "déléguée",
    "exécutif": "exécutive",
    "administratif": "administrative",
    "financier": "financière",
    "commercial": "commerciale",
    "juridique": "juridique",
    "technique": "technique",
    "scientifique": "scientifique",
    "informatique": "informatique",
    "industriel": "industrielle",
    "médical": "médicale",
    "régional": "régionale",
    "national": "nationale",
    "départemental": "départementale",
}
_ACRONYMS = {
    "pdg": "président-directeur général",
    "dg": "directeur général",
    "dga": "directeur général adjoint",
}
# Both genders by either of them, without accents.
_HEAD_FORMS = {fold(form): pair for pair in _HEADS.items() for form in pair}
_QUALIFIER_FORMS = {fold(form): pair for pair in _QUALIFIERS.items() for form in pair}


def _honorific(title: str, civility: str) -> str:
    """The title one addresses a person by, such as "le Directeur général", or "".

    It agrees with the civility, and the complement falls away: "Directrice
    générale de la filiale" is addressed as "Madame la Directrice générale".
    """
    folded = fold(title).replace("’", "'")
    head, *rest = re.split(r"[\s,]+", fold(_ACRONYMS.get(folded, folded)))
    if head not in _HEAD_FORMS:
        return ""
    qualifiers = list(_leading_qualifiers(rest))
    if _HEAD_FORMS[head][0] in _NEED_QUALIFIER and not qualifiers:
        return ""
    feminine = civility == "Madame"
    noun, *adjectives = (pair[feminine] for pair in (_HEAD_FORMS[head], *qualifiers))
    article = "l’" if noun[0] in "aeiou" else "la " if feminine else "le "
    return " ".join((f"{article}{noun.capitalize()}", *adjectives))


def in_running_text(title: str, locale: str) -> str:
    """An office amid a sentence: French writes it in small letters, "directrice générale", English as it is given."""
    if not is_french(locale):
        return title
    head, *rest = title.split(" ")
    small = [] if head.isupper() and len(head) > 1 else [head.lower()]
    for word in rest if small else ():
        if fold(word) not in _QUALIFIER_FORMS:
            break
        small.append(word.lower())
    return " ".join((*small, *title.split(" ")[len(small) :]))


def _leading_qualifiers(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The known adjectives that `words` begin with, and the "et" between them."""
    for word, following in zip(words, (*words, "")[1:], strict=True):
        if word in _QUALIFIER_FORMS:
            yield _QUALIFIER_FORMS[word]
        elif word == "et" and following in _QUALIFIER_FORMS:
            yield ("et", "et")
        else:
            return


def vocative(person: Contact, locale: str) -> str:
    """How the letter addresses a person: "Madame la Présidente", "Dear Ms Smith".

    A French closing formula repeats it word for word.
    """
    if not is_french(locale):
        return f"Dear {_addressee(person, locale) or 'Sir or Madam'}"
    civility = _civility(person, locale)
    if civility in {"Madame", "Monsieur"} and person.title:
        return f"{civility} {_honorific(person.title, civility)}".strip()
    return civility or "Madame, Monsieur"


def _addressee(person: Person, locale: str) -> str:
    """The name after "Dear", or "" where English does not use one."""
    if not person.last_name:
        return ""
    if civility := _civility(person, locale):
        return f"{civility}{NO_BREAK}{person.last_name}"
    # Without a civility nothing tells Mr from Ms: English then writes both names.
    return f"{person.first_name} {person.last_name}" if person.first_name else ""


def salutation(person: Contact, locale: str) -> str:
    """The salutation's line: "Monsieur le Maire,", "Dear Ms Smith,", "Dear Ms. Smith:"."""
    return vocative(person, locale) + (":" if locale == "en_US" else ",")


def valediction(person: Person, locale: str) -> str:
    """The line above the signature; "" in French, whose formula is a clause.

    British usage pairs "Yours sincerely" with a name and "Yours faithfully"
    with "Dear Sir or Madam".
    """
    if is_french(locale):
        return ""
    if locale == "en_US":
        return "Sincerely,"
    return "Yours sincerely," if _addressee(person, locale) else "Yours faithfully,"
