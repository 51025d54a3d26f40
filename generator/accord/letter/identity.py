"""Who the parties are, as letters say it: form, register, seat, and who acts."""

import re

from accord.domain import identifiers, legal_forms
from accord.domain.parties import Party, Person, Prospect, Supplier, are_abroad
from accord.letter import salutation
from accord.letter.placeholders import Placeholders
from accord.text import formats, markup, places
from accord.text.characters import NO_BREAK, fold
from accord.text.locales import is_french
from accord.text.markup import RichText

MENTIONED = ("supplier.name", "supplier.form", "supplier.registered", "supplier.address")
"""The particulars of a company that its business letters must say."""


def put_parties(placeholders: Placeholders, prospect: Prospect, supplier: Supplier) -> None:
    """Put who the two parties are and who signs for them."""
    abroad = are_abroad(prospect, supplier)
    _put_party(placeholders, "supplier", supplier, supplier.signatory, abroad=abroad)
    _put_party(placeholders, "prospect", prospect, prospect.contact, abroad=abroad)


def _put_party(placeholders: Placeholders, role: str, party: Party, person: Person, *, abroad: bool) -> None:
    put, key = placeholders.put, {"supplier": "supplier.signatory", "prospect": "prospect.contact"}[role]
    put(f"{role}.name", placeholders.name(party.name))
    put(f"{role}.form", _form(placeholders, role, party), f"{role}.legal_form")
    put(f"{role}.registered", _registered(placeholders, role, party), f"{role}.registration")
    put(f"{role}.address", placeholders.address(party.address) if party.address else None)
    _put_person(placeholders, role, key, person, acts_for_himself=legal_forms.is_person(party.form))
    # The letterhead and the footer say these of the supplier.
    put(f"{role}.tax", (_vat(placeholders, party) if role == "prospect" else None) or "")
    _put_label(placeholders, f"{role}.mail", "email", email=party.email or "")
    _put_seat(placeholders, role, party, abroad=abroad)
    _put_capacity(placeholders, role, party, person)
    parts = [f"{role}.{part}" for part in ("form", "registered", "tax", "seat", "mail", "capacity")]
    said = [part for part in parts if placeholders.texts[part]]
    placeholders.put_phrase(f"{role}.identity", ", ".join(f"{{{part}}}" for part in said), *said)


def _put_label(placeholders: Placeholders, placeholder: str, label: str, **texts: str) -> None:
    """Put a label that says one thing, if there is such a thing to say."""
    text = placeholders.label("identity", label, **texts) if any(texts.values()) else ""
    placeholders.put(placeholder, text)


def _put_said_by(placeholders: Placeholders, role: str, part: str, label: str, **parts: str) -> None:
    """Put a label of which each of the `parts` is another placeholder of the same party."""
    names = {key: f"{role}.{name}" for key, name in parts.items()}
    template = placeholders.labels["identity"][label].format_map(
        {key: f"{{{name}}}" for key, name in names.items()}
    )
    placeholders.put_phrase(f"{role}.{part}", template, *names.values())


# --- Who acts and signs ---------------------------------------------------------


def _put_person(
    placeholders: Placeholders, role: str, key: str, person: Person, *, acts_for_himself: bool
) -> None:
    """Put who signs: under a signature nobody gives himself a civility, and who acts for himself needs no office."""
    put, known = placeholders.put, bool(person.last_name)
    name = salutation.full_name(person, placeholders.locale)
    put(f"{role}.person", placeholders.name(name) if known else None, f"{key}.last_name")
    signed = placeholders.name(salutation.plain_name(person))
    put(f"{role}.signatory", signed if known else None, f"{key}.last_name")
    title = placeholders.in_language(f"{key}.title", person.title)
    in_person = placeholders.labels["identity"]["in_person"] if acts_for_himself else None
    put(f"{role}.title", title or in_person, f"{key}.title")
    office = salutation.in_running_text(title, placeholders.locale) if title else title
    put(f"{role}.office", office or in_person, f"{key}.title")
    _put_said_by(placeholders, role, "representative", "representative", name="person", title="office")


def _put_capacity(placeholders: Placeholders, role: str, party: Party, person: Person) -> None:
    """Put who acts: a company by somebody, a person in business by himself."""
    if not legal_forms.is_person(party.form):
        _put_said_by(placeholders, role, "capacity", "acting", representative="representative")
    elif person.last_name and fold(person.last_name) not in fold(party.name):
        _put_said_by(placeholders, role, "capacity", "acting_under_a_name", name="signatory")
    else:
        _put_said_by(placeholders, role, "capacity", "acting_in_person")


_ARTICLE = re.compile(r"\A(?:an?|the|une?) ")

# --- Form -----------------------------------------------------------------------


def _form(placeholders: Placeholders, role: str, party: Party) -> RichText | None:
    """Legal form and, where it is known, the share capital (C. com., art. R123-238); None as long as it is not known."""
    typed = placeholders.in_language(f"{role}.legal_form", party.legal_form or party.form)
    if typed is None:
        return None
    form = placeholders.value(_in_words(placeholders, party, typed))
    is_known = legal_forms.known(typed, "US") is not None
    if party.home == "US" and form and (party.register or is_known) and not _says_state(party, form):
        form = placeholders.label("identity", "of_state", form=form, state=_state(placeholders, role, party))
    return _with_capital(placeholders, party, form)


def _in_words(placeholders: Placeholders, party: Party, typed: str) -> str:
    """The form in the letter's language: with its country if it is foreign, and never a second time after the name."""
    known = legal_forms.known(typed, party.home)
    if known is None:
        if _ends_with(party.name, typed) and party.capital is None:
            return ""
        return _explained(placeholders, party, typed)
    home, in_name = party.home or known.country, known == legal_forms.in_name(party.name, party.home)
    adjective = placeholders.labels["nationality"][home] if home != placeholders.locale[3:] else ""
    if is_french(placeholders.locale):
        form = known.in_full if in_name or (adjective and home != "FR") else typed
        return f"{form} de droit {adjective}" if adjective else form
    form = " ".join(filter(None, (adjective, known.in_full)))
    article = "an" if form[0].lower() in "aeio" else "a"
    return f"{article} {form}" if in_name else f"{article} {form} ({known.short})"


def _explained(placeholders: Placeholders, party: Party, typed: str) -> str:
    """A form that is not known: what it is called in the letter's language, where it is words of another one."""
    bare, french = _ARTICLE.sub("", typed), is_french(placeholders.locale)
    kinds = (
        ("association", legal_forms.is_association),
        ("charity", legal_forms.is_charity),
        ("person", legal_forms.is_person),
    )
    kind = next((kind for kind, is_one in kinds if is_one(typed)), "")
    if kind and ((french and party.home in {"GB", "IE", "US"}) or (not french and party.home == "FR")):
        return placeholders.label("identity", f"foreign_{kind}", form=bare)
    if french or not bare[0].islower():
        return typed
    return typed if bare != typed else f"{'an' if bare[0] in 'aeiou' else 'a'} {bare}"


def _ends_with(name: str, form: str) -> bool:
    """Whether a party's name ends with its form."""
    return f" {fold(name)}".replace(".", "").endswith(f" {fold(form)}".replace(".", ""))


def _with_capital(placeholders: Placeholders, party: Party, form: RichText) -> RichText:
    if party.capital is None or not form or "capital" in form:
        return form
    role = "supplier" if isinstance(party, Supplier) else "prospect"
    if currency := party.capital_currency:
        capital = formats.capital(party.capital, currency, placeholders.locale)
    else:
        # The country of a client tells it; so does the currency itself.
        missing = "country" if role == "prospect" else "currency"
        placeholders.missing[f"{role}.form"] = f"{role}.{missing}"
        figures = formats.number(int(party.capital), placeholders.locale)
        capital = markup.join(
            NO_BREAK, (figures, markup.blank(placeholders.labels["hint"][f"{role}.currency"]))
        )
    return placeholders.label("identity", "with_capital", form=form, capital=capital)


def _says_state(party: Party, form: str) -> bool:
    """Whether a form names the State itself: "a Delaware corporation"."""
    return bool(party.register) and fold(party.register or "") in fold(form)


def _state(placeholders: Placeholders, role: str, party: Party) -> str:
    """The State under whose law an American company stands, or a blank for it."""
    if party.register:
        return placeholders.name(re.sub(r"(?i)\A(the )?state of ", "", party.register))
    placeholders.missing[f"{role}.form"] = f"{role}.registry"
    return markup.blank(placeholders.labels["hint"][f"{role}.registry"])


# --- Register -------------------------------------------------------------------

_OTHER_REGISTERS = re.compile(r"(?:rn[ea]|rncs|rm|insee|urssaf|registre|repertoire)\b.*")


def _registered(placeholders: Placeholders, role: str, party: Party) -> RichText | None:
    """The registration as the company's country writes it (C. com., art. R123-237); None as long as it is not known."""
    if party.registration is None:
        return RichText("") if party.unregistered or party.needs_no_number else None
    number = markup.unbreakable(identifiers.grouped(party.registration, party.home))
    if party.home is None and role == "prospect":
        placeholders.missing[f"{role}.registered"] = f"{role}.country"
        country = markup.blank(placeholders.labels["hint"][f"{role}.country"])
        return placeholders.label("identity", "registered_in", registration=number, registry=country)
    home = party.home or ""
    label, registry = {"FR": _in_france, "GB": _in_britain}.get(home, _elsewhere)(role, party)
    if label == "registered-FR" and not registry:
        placeholders.missing[f"{role}.registered"] = f"{role}.registry"
        registry = markup.blank(placeholders.labels["hint"][f"{role}.registry"])
    if label not in placeholders.labels["identity"] and home in placeholders.labels["number"]:
        name = placeholders.labels["number"][home]
        if fold(number).split()[0].strip(".:") not in fold(name).split():  # "KRS 0000123456" says it itself
            number = markup.join(" ", (name, number))
        label = "numbered_in" if registry else "numbered"
    elif label not in placeholders.labels["identity"]:
        label = "registered_in" if registry else "registered"
    if not isinstance(registry, RichText):
        registry = placeholders.name(placeholders.labels["registry"].get(registry, registry))
    return placeholders.label("identity", label, registration=number, registry=registry)


def _in_france(role: str, party: Party) -> tuple[str, str]:
    """The label and the register of a French party: RCS for merchants, RNA for some associations, else the SIREN alone."""
    registry = re.sub(r"(?i)\A(?:r\.?c\.?s\.?|greffe) (?:de |d['’])?", "", party.register or "")
    if identifiers.is_rna(party.registration or ""):
        return "registered-RNA", ""
    if registry and (legal_forms.is_association(party.form) or _OTHER_REGISTERS.fullmatch(fold(registry))):
        return "registered-SIREN-in", registry
    # A company must give the town of its register on its own letters; its client is known by the number.
    must_say = role == "supplier" and not (
        legal_forms.is_association(party.form) or legal_forms.is_person(party.form)
    )
    return ("registered-FR" if registry or must_say else "registered-SIREN"), registry


def _in_britain(_role: str, party: Party) -> tuple[str, str]:
    """The label and the register of a British party; the number tells which part of the country it is of."""
    number = identifiers.compact(party.registration or "")
    if legal_forms.is_charity(party.form):
        return ("registered-charity-in" if party.register else "registered-charity"), party.register or ""
    kind = "GB-LLP" if re.match(r"OC|SO|NC|LP|SL", number) else "GB"
    return f"registered-{kind}", party.register or ""


def _elsewhere(_role: str, party: Party) -> tuple[str, str]:
    """The label and the register of a party elsewhere; an American company says its State with its form."""
    registry = "" if party.home == "US" else party.register or ""
    label = f"registered-{party.home}"
    return (f"{label}-in" if registry and party.home in {"BE", "CH"} else label), registry


# --- Seat -----------------------------------------------------------------------


def _put_seat(placeholders: Placeholders, role: str, party: Party, *, abroad: bool) -> None:
    """Put where a party sits; with its country where the other one is abroad."""
    label = "seat-person" if legal_forms.is_person(party.form) else f"seat-{party.home}"
    label = label if label in placeholders.labels["identity"] else "seat"
    _put_said_by(placeholders, role, "seat", label, address="address")
    country = places.country_name(party.home, placeholders.locale) if abroad and party.home else ""
    if country and party.address and fold(country) not in fold(party.address[-1]):
        placeholders.texts[f"{role}.seat"] = markup.join(", ", (placeholders.texts[f"{role}.seat"], country))


# --- What business letters must say -----------------------------------------------


def mentions(placeholders: Placeholders, supplier: Supplier) -> RichText:
    """What a business letter must say of its sender, in its footer.

    C. com., art. R123-237 and R123-238; UK SI 2015/17, reg. 24 and 25.
    """
    texts, labels = placeholders.texts, placeholders.labels["identity"]
    seat: str = texts["supplier.address"]
    if supplier.address:
        seat = markup.unbreakable(seat)
    label = "footer_person" if legal_forms.is_person(supplier.form) else "footer_seat"
    seat = markup.fill(markup.unbreakable(labels[label]), {"address": seat})
    said = (texts["supplier.name"], _footer_form(placeholders, supplier), texts["supplier.registered"])
    # A line may begin with a dash, but not end with one.
    return markup.join(f" –{NO_BREAK}", [*filter(None, (*said, _vat(placeholders, supplier))), seat])


def _footer_form(placeholders: Placeholders, supplier: Supplier) -> RichText:
    """The form as the house writes it, where its name does not say it: a footer is short."""
    form = placeholders.texts["supplier.form"]
    if supplier.form is None or supplier.home == "US":
        return form
    typed = placeholders.in_language("supplier.legal_form", supplier.legal_form or supplier.form) or ""
    said = legal_forms.in_name(supplier.name, supplier.home)
    is_said = _ends_with(supplier.name, typed) or (said and said == legal_forms.known(typed, supplier.home))
    if is_said and supplier.capital is None:
        typed = ""
    return _with_capital(placeholders, supplier, placeholders.value(typed))


def _vat(placeholders: Placeholders, party: Party) -> RichText | None:
    """The VAT number, if it is known, after the name of the tax where it does not say it itself."""
    if not party.vat:
        return None
    label = "vat_named" if identifiers.names_its_tax(party.vat) else f"vat-{party.home}"
    label = label if label in placeholders.labels["identity"] else "vat"
    return markup.unbreakable(placeholders.label("identity", label, vat=party.vat))
