"""From a deal and a house to a letter: choose, number and fill the clauses.

It reads no clock and draws no number: the same deal, house and library give
the same letter, reference included.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from accord import i18n
from accord.clauses.conditions import holds
from accord.clauses.labels import Labels, printed, watched
from accord.clauses.library import Clause, Library
from accord.domain.choices import Language, ProspectKind
from accord.domain.deal import Deal
from accord.domain.house import House, HouseFile
from accord.domain.parties import Prospect, Supplier, are_abroad
from accord.domain.suggestions import closest
from accord.domain.translated import spoken
from accord.errors import Fault, FaultyInput, Gaps, LegalHold
from accord.i18n import _
from accord.letter import blocks, markdown, salutation
from accord.letter.identity import MENTIONED, mentions
from accord.letter.kinds import KINDS
from accord.letter.kinds.base import LetterKind
from accord.letter.letter import Choice, Letter, Passage, Signatory
from accord.letter.placeholders import Placeholders
from accord.letter.record import ClauseTexts, derive_reference, printed_data, version_of
from accord.text import formats, markup, places, slug, typography


def compose(  # noqa: PLR0913 - what a letter is made of
    deal: Deal,
    house_file: HouseFile,
    *,
    final: bool = False,
    source: str = "",
    library: Library | None = None,
    clauses: Sequence[Clause] = (),
    labels: Labels | None = None,
    versioned: bool = True,
) -> Letter:
    """The letter that answers a deal.

    `source` names the deal in errors; `library`, for whoever makes several
    letters, spares reading the same files again; `clauses` and `labels` take the place
    of the house's where a letter brings its own; without `versioned` it carries no code
    of its version, as those of the first format of the data.  Raises `LegalHold` where legal must
    decide first, `FaultyInput` for a faulty clause of the house, and `Gaps` for
    a final letter with a particular missing.
    """
    _hold_for_legal(deal, source)
    kind, house = KINDS[deal.kind], spoken(house_file.house, deal.language)
    library = library or Library()
    standard = {clause.path.name: clause for clause in library.clauses(deal.language, deal.kind)}
    overrides = None if clauses else house_file.overrides
    clauses = clauses or library.clauses(deal.language, deal.kind, overrides)
    words = watched(labels or library.labels(deal.language, overrides))
    placeholders = kind.placeholders(deal, house, words)
    own = f"{house_file.path}"
    if placeholders.faults:
        raise FaultyInput(Fault(own, key, sentence) for key, sentence in placeholders.faults.items())
    choices = tuple(_choice(clause, deal, house) for clause in clauses)
    chosen = [clause for clause, choice in zip(clauses, choices, strict=True) if choice.included]
    _refuse_twins(chosen)
    numbers = {clause.id: n for n, clause in enumerate((each for each in chosen if each.title), 1)}
    opening, articles, closing = _parted([passage_of(clause, numbers, placeholders) for clause in chosen])
    gaps = _gaps(kind.signs(deal), chosen, placeholders)
    if final and gaps:
        hints = library.labels(cast("Language", i18n.language()))["hint"]
        raise Gaps(((own if key.startswith(("supplier.", "terms.")) else source, key) for key in gaps), hints)
    documents = kind.documents(deal, house, placeholders)
    own_texts = _own_texts(clauses, standard, deal, house)
    data = printed_data(deal, house_file, own_texts, documents, final=final)
    reference = deal.reference or derive_reference(deal)
    data["deal"]["reference"] = reference
    law, binding, commitment = kind.effect(deal)
    title = kind.title(deal, house)
    letter = Letter(
        kind=deal.kind,
        language=deal.language,
        locale=deal.locale,
        law=law,
        binding=binding,
        commitment=commitment,
        final=final,
        date=kind.day(deal),
        reference=reference,
        version="",
        file_stem=slug.file_stem(reference, slug.slug(kind.called(deal, placeholders))),
        title=typography.prose(words["title"][title], deal.locale),
        subtitle=typography.prose(words["subtitle"].get(title, ""), deal.locale),
        sender=_sender(placeholders, house.supplier),
        addressee=_addressee(placeholders, deal.prospect, house.supplier),
        place_and_date=_place_and_date(placeholders, kind.day(deal), house.supplier),
        subject=placeholders.label("subject", kind.subject(deal), feature=placeholders.texts["feature.name"]),
        salutation=placeholders.name(salutation.salutation(deal.prospect.contact, deal.locale)),
        opening=opening,
        heading=kind.heading(deal, words),
        key_terms=kind.key_terms(deal, placeholders),
        articles=articles,
        closing=closing,
        enclosures=kind.enclosures(placeholders),
        signatories=_signatories(kind, deal, placeholders),
        mentions=mentions(placeholders, house.supplier),
        colour=house.brand.colour or "",
        logo=house_file.logo,
        documents=documents,
        labels=words,
        standard=standard,
        choices=choices,
        gaps=gaps,
        texts=placeholders.texts,
        data=data,
    )
    letter = _versioned(letter) if versioned else replace(letter, data=data | {"format": 1})
    own_labels = printed(words, library.labels(deal.language))
    return replace(letter, data={**letter.data, "labels": own_labels}) if own_labels else letter


def _versioned(letter: Letter) -> Letter:
    """The letter with the code of its version: that of its words, be it a draft or final."""
    version = version_of(markdown.render(replace(letter, final=True)))
    return replace(
        letter,
        version=version,
        file_stem=slug.with_suffix(letter.file_stem, version),
        data={**letter.data, "version": version},
    )


def _hold_for_legal(deal: Deal, source: str) -> None:
    """Stop where a rule outside this library decides: consumers and public bodies.

    A consumer's contract falls under the consumer code, a refusal to sell needs
    a legitimate reason (C. conso., art. L121-11), and a public body buys under
    procurement law; so does whatever a letter would promise to either.
    """
    prospect = deal.prospect.kind
    if prospect in KINDS[deal.kind].held_for:
        raise LegalHold(Fault(source, "prospect.kind", why_held(prospect)), prospect, deal.law)


def why_held(prospect: ProspectKind) -> str:
    """Why legal must decide before a letter goes to a prospect of this kind."""
    if prospect == "consumer":
        return _(
            "the prospect is a consumer: consumer law governs both an agreement and a refusal."
            " Ask legal before writing to them; this program writes to businesses only."
        )
    return _(
        "the prospect is a public body: procurement law decides how it may buy."
        " Ask legal which procedure applies before any agreement is drafted."
    )


# --- Choosing -----------------------------------------------------------------


def _choice(clause: Clause, deal: Deal, house: House) -> Choice:
    conditions = tuple((name, holds(name, deal, house)) for name in clause.when)
    return Choice(clause.path.name, all(met for _name, met in conditions), conditions)


def _own_texts(
    clauses: Sequence[Clause], standard: Mapping[str, Clause], deal: Deal, house: House
) -> ClauseTexts:
    """The clauses in which a letter departs from ours, each with its text, or None where it has none."""

    def text(clause: Clause | None) -> dict[str, str] | None:
        if clause is None or not clause.holds(deal, house):
            return None
        return {"title": clause.title, "body": clause.body}

    by_name = {clause.path.name: clause for clause in clauses}
    departures = {
        name: (text(by_name.get(name)), text(ours))
        for name, ours in standard.items()
        if name not in by_name or by_name[name].overrides
    }
    return {name: own for name, (own, ours) in departures.items() if own != ours}


def _refuse_twins(chosen: Sequence[Clause]) -> None:
    """Two wordings of one clause never stand in the same letter."""
    by_id: dict[str, Clause] = {}
    for clause in chosen:
        twin = by_id.setdefault(clause.id, clause)
        if twin is not clause:
            sentence = _("holds together with {other}; give the two conditions that exclude each other")
            raise FaultyInput([Fault(str(clause.path), "when", sentence.format(other=twin.path.name))])


def _parted(passages: Sequence[Passage]) -> Iterator[tuple[Passage, ...]]:
    """What opens the letter, its articles, what closes it; a letter without articles closes with its last."""
    numbered = [place for place, passage in enumerate(passages) if passage.number is not None]
    first, end = (numbered[0], numbered[-1] + 1) if numbered else (len(passages) - 1, len(passages) - 1)
    sentence = _("is missing; a clause between two articles is an article itself")
    strays = [passage for passage in passages[first:end] if passage.number is None]
    if strays:
        raise FaultyInput(Fault(str(passage.file), "title", sentence) for passage in strays)
    return (tuple(part) for part in (passages[:first], passages[first:end], passages[end:]))


# --- Filling ------------------------------------------------------------------


def passage_of(clause: Clause, numbers: Mapping[str, int], placeholders: Placeholders) -> Passage:
    """A clause with its placeholders filled; `numbers` are those of the articles, by id.

    `FaultyInput` for a placeholder that stands for nothing.
    """
    articles = {f"article.{name.replace('-', '_')}": f"{n}" for name, n in numbers.items()}
    texts = {**placeholders.texts, **articles}
    unknown = [placeholder for placeholder in clause.placeholders if placeholder not in texts]
    if unknown:
        raise FaultyInput(_unknown(placeholder, clause, placeholders.texts) for placeholder in unknown)
    return Passage(
        id=clause.id,
        number=numbers.get(clause.id),
        title=typography.prose(clause.title, placeholders.locale),
        blocks=tuple(blocks.fill(blocks.parse(typography.prose(clause.body, placeholders.locale)), texts)),
        placeholders=clause.placeholders,
        sources=clause.law,
        file=clause.path,
        overrides=clause.overrides,
    )


def _unknown(placeholder: str, clause: Clause, placeholders: Iterable[str]) -> Fault:
    if placeholder.startswith("article."):
        sentence = _(
            "{placeholder} refers to an article that this letter does not have; write another, or none"
        )
    else:
        sentence = _("{placeholder} is not a placeholder; did you mean {close}?")
    sentence = sentence.format(placeholder=placeholder, close=closest(placeholder, placeholders, 0)[0])
    return Fault(f"{clause.path}:{clause.line_of(placeholder)}", "", sentence)


def _gaps(roles: Sequence[str], chosen: Sequence[Clause], placeholders: Placeholders) -> tuple[str, ...]:
    """The keys whose blanks show on the page, in the order of the page."""
    signed = (f"{role}.{part}" for role in roles for part in ("person", "title"))
    on_page = (*(each for clause in chosen for each in clause.placeholders), *MENTIONED, *signed)
    return tuple(dict.fromkeys(key for each in on_page for key in placeholders.blanks_in(each)))


# --- The letter around the clauses --------------------------------------------


def _sender(placeholders: Placeholders, supplier: Supplier) -> tuple[str, ...]:
    email = [supplier.email] if supplier.email else []
    return (placeholders.name(supplier.name), *map(placeholders.name, supplier.address), *email)


def _addressee(placeholders: Placeholders, prospect: Prospect, supplier: Supplier) -> tuple[str, ...]:
    person = salutation.full_name(prospect.contact, placeholders.locale)
    is_party = salutation.plain_name(prospect.contact) == prospect.name
    lines = [] if is_party else [placeholders.name(prospect.name)]
    lines += [placeholders.name(person)] if person else []
    lines += [placeholders.value(prospect.contact.title)] if prospect.contact.title else []
    lines += map(placeholders.name, prospect.address)
    if are_abroad(prospect, supplier) and prospect.address:
        lines.append(markup.RichText(places.country_name(str(prospect.home), placeholders.locale).upper()))
    return tuple(lines)


def _place_and_date(placeholders: Placeholders, day: datetime.date, supplier: Supplier) -> str:
    town = places.town_of(supplier.address, supplier.country)
    date = formats.date(day, placeholders.locale)
    return placeholders.label(
        "place", "with_town" if town else "without_town", town=placeholders.name(town or ""), date=date
    )


def _signatories(kind: LetterKind[Any], deal: Deal, placeholders: Placeholders) -> tuple[Signatory, ...]:
    """The signature blocks; a letter that only its sender signs needs no heading."""
    texts, labels = placeholders.texts, placeholders.labels
    mentions = {role: kind.consent(deal, role, labels) for role in kind.signs(deal)}
    return tuple(
        Signatory(
            field=role,
            heading=labels["signatory"][role] if mentions[role] else "",
            party=texts[f"{role}.name"],
            name=texts[f"{role}.signatory"],
            title=texts[f"{role}.title"],
            consent=typography.prose(mentions[role], deal.locale),
        )
        for role in kind.signs(deal)
    )
