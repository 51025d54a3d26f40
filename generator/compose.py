"""From a deal and a house to a letter: choose, number and fill the clauses (floor 5).

`compose` is the way of every letter.  It reads no clock and draws no number:
the same deal, house and library give the same letter, reference included.
"""

import base64
import difflib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from gettext import gettext as _
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markdown_it import MarkdownIt

from generator import figures, files, people, places, typography, words
from generator.clauses import Clause, commitment_of, holds, read_labels, read_library, reason_of
from generator.errors import Fault, FaultyInput, Gaps, LegalHold
from generator.letter import Choice, HouseFile, Letter, Logo, Passage, Signatory, Term, as_json
from generator.model import Deal
from generator.particulars import Particulars, mentions, particulars

DATA_FORMAT = 1
"""Version of the attached data; a reader refuses one it does not know."""

_MARKUP = MarkdownIt("zero").enable(["emphasis", "list", "escape"])
_HTML = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
_MARKDOWN = SandboxedEnvironment(autoescape=False, undefined=StrictUndefined, finalize=words.markdown)


def compose(deal: Deal, house_file: HouseFile, *, final: bool = False, source: str = "") -> Letter:
    """The letter that answers a deal.

    `source` names the deal in errors.  Raises `LegalHold` where legal must
    decide first, `FaultyInput` for a faulty clause of the house, and `Gaps` for
    a final letter with a particular missing.
    """
    hold_for_legal(deal, source)
    house = house_file.house
    found = particulars(deal, house)
    library = read_library(deal.language, deal.kind, house_file.overrides)
    chosen = [clause for clause in library if all(holds(name, deal, house) for name in clause.when)]
    _refuse_twins(chosen)
    numbers = number(chosen)
    passages = [_passage(clause, numbers, found) for clause in chosen]
    articles = [passage for passage in passages if passage.number is not None]
    first = passages.index(articles[0]) if articles else len(passages) - 1
    gaps = _gaps(deal, chosen, found)
    if final and gaps:
        raise Gaps(source, gaps)
    data = printed_data(deal, house_file, final=final)
    reference = deal.reference or derive_reference(deal, data)
    data["deal"]["reference"] = reference
    labels = found.labels
    return Letter(
        kind=deal.kind,
        language=deal.language,
        locale=found.locale,
        law=deal.law if deal.kind == "agreement" else None,
        binding=deal.binding if deal.kind == "agreement" else None,
        commitment=commitment_of(deal) if deal.kind == "agreement" else None,
        final=final,
        date=deal.date,
        reference=reference,
        file_stem=files.file_name(reference, files.slug(deal.prospect.name), ""),
        title=title(deal),
        sender=_sender(found, house_file),
        addressee=_addressee(found, deal, house_file),
        place_and_date=_place_and_date(found, deal, house_file),
        subject=found.label("subject", "request", feature=found.texts["feature.name"]),
        salutation=people.salutation(deal.prospect.contact, found.locale),
        opening=tuple(passages[:first]),
        key_terms=_key_terms(found, deal, house_file) if deal.kind == "agreement" else (),
        articles=tuple(articles),
        closing=tuple(passages[first + len(articles) :]),
        signatories=_signatories(found, deal),
        mentions=mentions(found, house.supplier),
        colour=house.brand.colour or "",
        logo=_logo(house_file),
        labels=labels["layout"],
        choices=tuple(_choice(clause, deal, house_file) for clause in library),
        gaps=gaps,
        data=data,
    )


def hold_for_legal(deal: Deal, source: str = "") -> None:
    """Stop where a rule outside this library decides: consumers and public bodies.

    A consumer's contract falls under the consumer code, a refusal to sell needs
    a legitimate reason (C. conso., art. L121-11), and a public body buys under
    procurement law; so does whatever a letter would promise to either.
    """
    if deal.prospect.kind == "consumer":
        sentence = _(
            "the prospect is a consumer: consumer law governs both an agreement and a refusal."
            " Ask legal before writing to them; this program writes to businesses only."
        )
    elif deal.prospect.kind == "public" and deal.kind == "agreement":
        sentence = _(
            "the prospect is a public body: procurement law decides how it may buy."
            " Ask legal which procedure applies before any agreement is drafted."
        )
    else:
        return
    raise LegalHold(": ".join(filter(None, [source, "prospect.kind", sentence])))


# --- Choosing and numbering ---------------------------------------------------


def number(chosen: Sequence[Clause]) -> dict[str, int]:
    """The number of each titled clause, by id."""
    titled = [clause.id for clause in chosen if clause.title]
    return {clause_id: position for position, clause_id in enumerate(titled, 1)}


def _choice(clause: Clause, deal: Deal, house_file: HouseFile) -> Choice:
    conditions = tuple((name, holds(name, deal, house_file.house)) for name in clause.when)
    return Choice(clause.path.name, all(held for _name, held in conditions), conditions)


def _refuse_twins(chosen: Sequence[Clause]) -> None:
    """Two wordings of one clause never stand in the same letter."""
    by_id: dict[str, Clause] = {}
    for clause in chosen:
        twin = by_id.setdefault(clause.id, clause)
        if twin is not clause:
            sentence = _(
                "holds together with {other}; give the two conditions that exclude each other"
            ).format(other=twin.path.name)
            raise FaultyInput([Fault(str(clause.path), "when", sentence)])


# --- Filling ------------------------------------------------------------------


def _passage(clause: Clause, numbers: Mapping[str, int], found: Particulars) -> Passage:
    values: dict[str, dict[str, str]] = {}
    faults = []
    for placeholder in clause.placeholders:
        namespace, name = placeholder.split(".")
        value = _value_of(placeholder, numbers, found)
        if value is None:
            place = f"{clause.path}:{clause.line_of(placeholder)}"
            faults.append(Fault(place, "", _no_such(placeholder, found)))
        else:
            values.setdefault(namespace, {})[name] = value
    if faults:
        raise FaultyInput(faults)
    body = typography.prose(clause.body, found.locale)
    return Passage(
        id=clause.id,
        number=numbers.get(clause.id),
        title=typography.prose(clause.title, found.locale),
        html=_page_template(body).render(values),
        body=body,
        values=values,
        sources=clause.law,
        file=clause.path,
        overrides=clause.overrides,
    )


@cache
def _page_template(body: str) -> Template:
    """A clause's body ready to be filled on the page; compiling it is most of the work."""
    return _HTML.from_string(_to_html(body))


@cache
def _text_template(body: str) -> Template:
    return _MARKDOWN.from_string(body)


def text_of(passage: Passage) -> str:
    """A passage as Markdown, its values printed literally."""
    return _text_template(passage.body).render(passage.values)


def _value_of(placeholder: str, numbers: Mapping[str, int], found: Particulars) -> str | None:
    namespace, name = placeholder.split(".")
    if namespace == "article":
        position = numbers.get(name.replace("_", "-"))
        return None if position is None else str(position)
    return found.texts.get(placeholder)


def _no_such(placeholder: str, found: Particulars) -> str:
    if placeholder.startswith("article."):
        return _(
            "{placeholder} refers to an article that this letter does not have; write another, or none"
        ).format(placeholder=placeholder)
    close = difflib.get_close_matches(placeholder, found.texts, 1, 0)
    return _("{placeholder} is no placeholder; did you mean {close}?").format(
        placeholder=placeholder, close=close[0]
    )


def _to_html(body: str) -> str:
    """The HTML of a clause's Markdown; a list of values alone on its line is a block."""
    tokens = _MARKUP.parse(body)
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if inline.type == "inline" and inline.content == "{{ feature.acceptance_tests }}":
            opening.hidden = closing.hidden = True
    return str(_MARKUP.renderer.render(tokens, _MARKUP.options, {}))


def _gaps(deal: Deal, chosen: Sequence[Clause], found: Particulars) -> tuple[str, ...]:
    """The keys whose blanks show on the page, in the order of the page."""
    shown = [placeholder for clause in chosen for placeholder in clause.placeholders]
    shown += ["supplier.person", "supplier.title"]
    if deal.kind == "agreement":
        shown += ["prospect.person", "prospect.title"]
    return tuple(
        dict.fromkeys(found.missing[placeholder] for placeholder in shown if placeholder in found.missing)
    )


# --- The letter around the clauses --------------------------------------------


def title(deal: Deal) -> str:
    """What the document is called: its level and law, or a reply."""
    titles = read_labels(deal.language)["title"]
    name = f"{deal.binding}-{deal.law}" if deal.kind == "agreement" else "decline"
    return typography.prose(titles[name], deal.locale)


def _sender(found: Particulars, house_file: HouseFile) -> tuple[str, ...]:
    supplier = house_file.house.supplier
    lines = [words.name(supplier.name), *map(found.value, supplier.address)]
    return (*lines, *([supplier.email] if supplier.email else []))


def _addressee(found: Particulars, deal: Deal, house_file: HouseFile) -> tuple[str, ...]:
    prospect, supplier = deal.prospect, house_file.house.supplier
    person = people.full_name(prospect.contact, found.locale)
    lines = [words.name(prospect.name)]
    lines += [words.name(person)] if person else []
    lines += [found.value(prospect.contact.title)] if prospect.contact.title else []
    lines += map(found.value, prospect.address)
    if prospect.country and prospect.country != supplier.country and prospect.address:
        lines.append(words.Words(places.country_name(prospect.country, found.locale).upper()))
    return tuple(lines)


def _place_and_date(found: Particulars, deal: Deal, house_file: HouseFile) -> str:
    supplier = house_file.house.supplier
    town = places.town_of(supplier.address, supplier.country)
    day = figures.date(deal.date, found.locale)
    return found.label("place", "with_town" if town else "without_town", town=town or "", date=day)


def _key_terms(found: Particulars, deal: Deal, house_file: HouseFile) -> tuple[Term, ...]:
    """The four answers and the level, at a glance."""
    labels, texts = found.labels["key_terms"], found.texts

    def line(key: str, **given: str) -> str:
        return words.fill(labels[key], given)

    order = line("order", item=texts["decision.item"], quantity=texts["decision.quantity"])
    total = line(
        "sum_subscription" if holds("subscription", deal, house_file.house) else "sum_once",
        quantity=texts["decision.quantity"],
        unit_price=texts["decision.unit_price"],
        term=texts["decision.duration"],
        total=texts["decision.total"],
    )
    delivery = line("delivery_by", by=texts["delivery.by"])
    acceptance = line("long_stop", long_stop=texts["delivery.long_stop"])
    level = typography.prose(found.labels["level"][str(deal.binding)], found.locale)
    return (
        Term(labels["prospect"], (texts["prospect.name"],)),
        Term(labels["feature"], (texts["feature.name"],)),
        Term(labels["delivery"], (delivery, acceptance)),
        Term(labels["decision"], (order, total)),
        Term(labels["level"], (level,)),
    )


def _signatories(found: Particulars, deal: Deal) -> tuple[Signatory, ...]:
    labels = found.labels["signatory"]
    if deal.kind == "decline":
        return (_signatory(found, "supplier", heading="", consent=""),)
    consent = labels[f"consent_{deal.binding}"]
    return tuple(
        _signatory(found, role, heading=labels[role], consent=consent) for role in ("supplier", "prospect")
    )


def _signatory(found: Particulars, role: str, *, heading: str, consent: str) -> Signatory:
    return Signatory(
        field=role,
        heading=heading,
        party=found.texts[f"{role}.name"],
        name=found.texts[f"{role}.person"],
        title=found.texts[f"{role}.title"],
        consent=consent,
    )


def _logo(house_file: HouseFile) -> Logo | None:
    if house_file.logo is None:
        return None
    brand = house_file.house.brand
    png = house_file.logo.startswith(b"\x89PNG")
    alternative = brand.logo_alt or house_file.house.supplier.name
    return Logo(house_file.logo, "image/png" if png else "image/svg+xml", alternative)


# --- The data of a letter -----------------------------------------------------


def printed_data(deal: Deal, house_file: HouseFile, *, final: bool) -> dict[str, Any]:
    """What the page says, as data: nothing else leaves the company with the file."""
    deal_data = deal.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    house_data = house_file.house.model_dump(mode="json", exclude_none=True, exclude={"positioning", "terms"})
    if deal.kind == "agreement":
        house_data["terms"] = _printed_terms(deal, house_file)
    else:
        deal_data = _printed_decline(deal, deal_data)
        statement = getattr(house_file.house.positioning.statement, deal.language)
        if statement and reason_of(deal) == "out-of-scope":
            house_data["positioning"] = {"statement": {deal.language: statement}}
    house_data.get("brand", {}).pop("logo", None)
    return {"format": DATA_FORMAT, "final": final, "deal": deal_data, "house": _without_empty(house_data)}


def _printed_terms(deal: Deal, house_file: HouseFile) -> dict[str, Any]:
    """The house's terms that this level of agreement prints; the deal carries the others."""
    terms = house_file.house.terms.model_dump(mode="json", exclude_none=True)
    printed = ["validity_days", "confidentiality_years", "general_terms"]
    printed += ["acceptance_days"]
    if holds("binding", deal, house_file.house):
        printed += ["payment_days", "extension_days", "force_majeure_days"]
        printed += ["hardship"] if deal.law == "FR" else []
    return {key: value for key, value in terms.items() if key in printed}


def _printed_decline(deal: Deal, data: Mapping[str, Any]) -> dict[str, Any]:
    """A decline says whom it answers, what was asked and why not; no terms."""
    kept = {key: data[key] for key in ("language", "locale", "date", "reference") if key in data}
    prospect = {
        key: data["prospect"][key]
        for key in ("name", "kind", "address", "country", "contact")
        if key in data["prospect"]
    }
    feature = {key: data["feature"][key] for key in ("name", "need") if key in data["feature"]}
    decline = data.get("decline", {}) | {"reason": reason_of(deal)}
    if decline["reason"] == "date-not-feasible" and "delivery" in data:
        kept["delivery"] = {"by": data["delivery"]["by"]}
    return {**kept, "prospect": prospect, "feature": feature, "decline": decline}


def _without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    pruned = {
        key: _without_empty(value) if isinstance(value, dict) else value for key, value in table.items()
    }
    return {key: value for key, value in pruned.items() if value not in ({}, [], "", None)}


def derive_reference(deal: Deal, data: Mapping[str, Any]) -> str:
    """A prefix per kind, the date, and five base32 characters of the data's SHA-256.

    Nothing is counted or locked, so two people never collide, and changed terms
    show as a changed reference.
    """
    digest = hashlib.sha256(as_json({"deal": data["deal"], "house": data["house"]}).encode()).digest()
    prefix = "AP" if deal.kind == "agreement" else "DC"
    return f"{prefix}-{deal.date:%Y%m%d}-{base64.b32encode(digest).decode()[:5]}"


# --- Markdown -----------------------------------------------------------------


def markdown(letter: Letter) -> str:
    """The letter as Markdown, for a reader of plain text and for golden tests."""
    return "\n\n".join(_markdown_blocks(letter)) + "\n"


def _markdown_blocks(letter: Letter) -> Iterator[str]:
    def block(lines: Sequence[str]) -> str:
        return "  \n".join(map(words.markdown, lines))

    if not letter.final:
        yield f"*{letter.labels['draft']}*"
    yield block(letter.sender)
    yield block(letter.addressee)
    yield words.markdown(letter.place_and_date)
    yield f"{letter.labels['our_reference']} {words.markdown(letter.reference)}"
    yield f"**{letter.labels['subject']} {words.markdown(letter.subject)}**"
    yield f"# {words.markdown(letter.title)}"
    yield words.markdown(letter.salutation)
    yield from map(text_of, letter.opening)
    for term in letter.key_terms:
        yield f"- **{term.label}** {' · '.join(map(words.markdown, term.lines))}"
    for article in letter.articles:
        yield f"## {article.number}. {article.title}"
        yield text_of(article)
    yield from map(text_of, letter.closing)
    for signatory in letter.signatories:
        yield block(
            [
                part
                for part in (
                    signatory.heading,
                    signatory.party,
                    signatory.name,
                    signatory.title,
                    signatory.consent,
                )
                if part
            ]
        )
    yield words.markdown(letter.mentions)
