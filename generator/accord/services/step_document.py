"""The document of a step in an agreement's life: composed from the agreement's own file, and written beside it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from accord import files
from accord.clauses.library import Library
from accord.domain.deal import Agreement
from accord.domain.house import HouseFile
from accord.domain.house import Terms as HouseTerms
from accord.domain.promise import Happened, Step
from accord.domain.sequel import ITEMISED, Paper, Sequel
from accord.domain.validation import validate
from accord.errors import AccordError, Defect, FaultyInput, OutputError
from accord.i18n import N_, _
from accord.letter import record
from accord.letter.letter import Letter
from accord.register.entries import History, Row, data_of_step
from accord.register.register import NotLawful, Register
from accord.services.announcements import Announcements
from accord.services.follow import follow, refuse_unlawful
from accord.services.issue import path_from
from accord.services.make_letter import final_letter
from accord.services.output import contents, path_of
from accord.services.read_pdf import read_pdf
from accord.services.recorder import Records
from accord.services.registers import is_on_record
from accord.text.characters import excerpt, path_name
from accord.verify import embedded_data

NEED_ITEMS = frozenset({"refused", "defaulted"})
"""The steps whose document says nothing without items: the failed tests, what is demanded."""

WITHOUT: Mapping[Step, str] = {
    "signed": N_("No document: what came back, signed, is one."),
    "withdrawn": N_("No document: nobody is bound yet; a word from you to the client is enough."),
    "expired": N_("No document: a letter whose time has passed ends by itself."),
    "ordered": N_("No document: nobody was bound to buy, and the contract that both concluded is one."),
}
"""Why a step has no document of the house."""


@dataclass(frozen=True)
class StepDocument:
    """The document of a step: the letter, and what it is made from."""

    letter: Letter
    deal: Sequel
    home: HouseFile


def why_none(step: Step, items: Sequence[str]) -> str:
    """Why `document_of` gives no document for a step."""
    if step in NEED_ITEMS and not items:
        return _("No document: it would say nothing without --item.")
    return _(WITHOUT[step])


def document_of(
    history: History,
    step: Happened,
    home: HouseFile,
    items: Sequence[str] = (),
    library: Library | None = None,
) -> StepDocument | None:
    """The document of a step after what has happened, final and reviewed; None if the step has none of the house.

    `items` are what the step itself has to say; `library` spares reading the same clauses again.
    Raises `NotLawful` for a step that cannot follow, and `AccordError` where the agreement's
    file is not as it was recorded.
    """
    refuse_unlawful(history, step)
    entry, terms = history.entry, history.entry.terms
    without = terms is None or (step.step in NEED_ITEMS and not items)
    paper = None if without or terms is None else Paper.of(terms, history.steps, step, entry.articles)
    if paper is None:
        if items:
            raise Defect(_("this step has no document that could say it; leave it out")).about("--item")
        return None
    agreement, terms_of_it = _agreement(history, home)
    paper = _with_items(paper, items, agreement)
    house = home.house.model_copy(update={"terms": terms_of_it})
    sequel, of_it = Sequel.to(agreement, paper), replace(home, house=house)
    return StepDocument(final_letter(sequel, of_it, library=library)[0], sequel, of_it)


def _agreement(history: History, home: HouseFile) -> tuple[Agreement, HouseTerms]:
    """The agreement and its terms, from its file as it was recorded; `AccordError` for any other."""
    entry, path = history.entry, home.path.parent / history.entry.path
    source, content = path_name(path), read_pdf(path)
    sentence = _("is another file than the one that was recorded; put that one back (accord register check)")
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise Defect(sentence).about(source)
    # The register verified this very file before it listed it.
    recorded = record.recorded(embedded_data.data_of(content, source), source)
    if not isinstance(recorded.deal, Agreement):
        raise Defect(sentence).about(source)
    return recorded.deal, recorded.house_file.house.terms


def _with_items(paper: Paper, items: Sequence[str], agreement: Agreement) -> Paper:
    """A document with what the step has to say; the number of an acceptance test stands for its text."""
    if items and paper.kind not in ITEMISED:
        raise Defect(_("this step has no document that could say it; leave it out")).about("--item")
    tests = {f"{number}": test for number, test in enumerate(agreement.feature.acceptance_tests, 1)}
    texts = [tests.get(text.strip(), text) if paper.result == "refused" else text for text in items]
    if stray := next((text for text in texts if text.strip().isdecimal()), None):
        sentence = _(
            "{text} is a bare number; write a sentence, or for a failed test its number (1 to {count})"
        )
        raise Defect(sentence.format(text=excerpt(stray), count=len(tests))).about("--item")
    whole, faults = validate(Paper, paper.model_dump() | {"items": tuple(texts)}, "--item")
    if whole is None or faults:
        raise FaultyInput(replace(fault, key=fault.key.removeprefix("items")) for fault in faults)
    return whole


def recorded(  # noqa: PLR0913, PLR0917 - a step, and all that is kept of it
    records: Records,
    register: Register,
    history: History,
    step: Happened,
    document: StepDocument | None,
    details: Mapping[str, Any],
    *,
    folder: Path | None = None,
    formats: Sequence[str] = (),
    seen: int | None = None,
) -> dict[str, Any]:
    """Record a step in the name of whoever keeps the records: as `taken`, into the letter's own folder unless another is named.

    Where the register fails once the document is written, that is told.
    """
    home, announcements = records.home.path.parent, records.announcements()
    into = folder or (home / history.entry.path).parent
    try:
        return taken(
            register,
            history.entry.reference,
            step,
            document,
            into,
            home,
            announcements,
            details,
            formats,
            seen,
        )
    except AccordError:
        if announcements.are_left:
            records.tell(
                _("The document is written; its step is recorded as soon as the register can be used.")
            )
        raise


def taken(  # noqa: PLR0913, PLR0917 - a step, its document, and where both go
    register: Register,
    reference: str,
    step: Happened,
    document: StepDocument | None,
    folder: Path,
    home: Path,
    announcements: Announcements,
    details: Mapping[str, Any],
    formats: Sequence[str] = (),
    seen: int | None = None,
) -> dict[str, Any]:
    """Record a step, with its document if it has one, which is written into `folder`; what was kept beside it.

    Who is stopped between the two leaves an announcement, by which the next command makes good;
    so does a register that cannot be used.  `NotLawful` leaves no document that no event speaks of.
    `home` is the folder of the register's house; once the step is recorded, the document is written in
    `formats` too, such as an e-mail to send it with.  `seen` is that of `follow`.
    """
    who = {"actor": announcements.actor, "time": announcements.time, "seen": seen}
    if document is None:
        follow(register, reference, step, **who, details=details)  # type: ignore[arg-type]  # by their names
        return dict(details)
    letter, forms = document.letter, tuple(dict.fromkeys(("pdf", *formats)))
    made = contents(letter, forms, document.deal, document.home, Library())
    path, content = path_of(letter, folder), made.pop("pdf")
    digest = hashlib.sha256(content).hexdigest()
    details = {**details, "document": path_from(home, path), "document_sha256": digest}
    try:
        announcements.announce_step(register.name, Row(reference, step.step, data_of_step(step, details)))
        is_new = files.write(path, content, force=False)
        try:
            follow(register, reference, step, **who, details=details)  # type: ignore[arg-type]  # the same
        except NotLawful:
            if is_new and not is_on_record(register, reference, digest):
                path.unlink(missing_ok=True)
            raise
    except (NotLawful, OutputError):
        announcements.discard()
        raise
    except BaseException:
        announcements.close()
        raise
    announcements.discard()
    for form, other in made.items():
        files.write(path_of(letter, folder, form), other, force=False)
    return details
