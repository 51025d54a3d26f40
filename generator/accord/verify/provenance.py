"""Where the clauses and terms of a letter come from, compared with the house at hand."""

import contextlib
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from accord.clauses import approvals, labels
from accord.clauses.library import Clause, Library
from accord.domain.house import HouseFile
from accord.errors import Defect
from accord.i18n import _
from accord.letter import record
from accord.letter.letter import Letter
from accord.text import characters
from accord.verify.verdict import WordingStatus

LONGEST_TERM = 60  # characters of a term that are quoted
OF_DEALS = (
    "law",
    "court",
    "binding",
    "vendor_commitment",
)  # terms of the house that a deal may choose otherwise


def clause_statuses(
    letter: Letter,
    recorded: record.Recorded,
    clauses: Sequence[Clause],
    home: HouseFile | None,
    library: Library,
) -> tuple[tuple[WordingStatus, ...], int | None]:
    """The clauses that have other words than the library's or the approved ones, and how many are not approved.

    `clauses` are those that the letter was composed from, as they were written:
    a passage has the spaces and quotes of its locale.  The first value is empty
    where every clause is the library's; the second counts those of them that
    `home`, the house at hand, has not approved, and is None without a house.
    """
    deal = recorded.deal
    approved_texts = approvals.read(home.path.parent) if home else ()
    house_clauses = library.clauses(deal.language, deal.kind, home.overrides) if home else ()
    by_name = {clause.path.name: clause for clause in house_clauses}
    printed = {passage.file.name for passage in (*letter.opening, *letter.articles, *letter.closing)}
    statuses: list[WordingStatus] = []
    unapproved = 0
    for clause in clauses:
        name = clause.path.name
        key = f"{deal.language}/{deal.kind}/{name}"
        approved = approvals.find(key, clause.title, clause.body, approved_texts)
        ours = by_name.get(name)
        if clause.overrides:
            same = ours and (ours.title, ours.body) == (clause.title, clause.body)
            statuses.append(WordingStatus(key, "approved" if approved else "own" if same else "unknown"))
        elif name in printed and not approved:
            if ours and ours.overrides and approvals.find(key, ours.title, ours.body, approved_texts):
                statuses.append(WordingStatus(key, "superseded"))
            else:
                unapproved += 1
    if recorded.labels:
        statuses.append(_status_of_labels(recorded, home, library))
    return tuple(statuses), unapproved if home else None


def _status_of_labels(recorded: record.Recorded, home: HouseFile | None, library: Library) -> WordingStatus:
    """Whether the fixed words that a letter brings are those of the house at hand."""
    language = recorded.deal.language
    own = library.labels(language, home.overrides) if home else {}
    same = all(words.items() <= own.get(section, {}).items() for section, words in recorded.labels.items())
    return WordingStatus(f"{language}/{labels.FILE}", "own" if same else "unknown")


def notes(letter: Letter, recorded: record.Recorded, home: HouseFile | None) -> Iterator[str]:
    """Sentences on the letter's state, the clauses left out, and the terms that are not those of the house at hand."""
    if not letter.final:
        yield _("a draft, not the letter to sign")
    left_out = sorted(name for name, text in recorded.wording.items() if text is None)
    if letter.documents:
        names = ", ".join(characters.excerpt(document.name) for document in letter.documents)
        yield _("with it go the documents: {names}").format(names=names)
    if left_out:
        yield _("the sender leaves out: {files}").format(files=", ".join(left_out))
    if home:
        yield from _deviations(letter.data, recorded, home)


def doubt(house: Path, letter: Path | None) -> str:
    """Why a house file that was found, not named, vouches for no clause of a letter; empty if it does.

    Who sends a letter may send beside it a house that approves what he likes, or lay one in a folder of all.
    """
    if letter and {_folder(house)} & {_folder(letter), _folder(Path(os.path.realpath(letter)))}:
        sentence = _(
            "{path} lies beside the file and may have come with it, so that it vouches for no clause; if it is"
            " yours, name it: --house {name}"
        )
        return sentence.format(path=house, name=_as_typed(house))
    with contextlib.suppress(OSError, AttributeError):  # Windows
        if house.stat().st_uid not in {os.getuid(), 0}:
            sentence = _(
                "{path} belongs to another user of this machine, so that it vouches for no clause; if you trust"
                " it, name it: --house {name}"
            )
            return sentence.format(path=house, name=_as_typed(house))
    return ""


def _folder(path: Path) -> str:
    return os.path.realpath(path.parent)


def _as_typed(path: Path) -> str:
    """A path as one would type it from the current folder."""
    return shlex.quote(os.path.relpath(path) if path.parent == Path.cwd() else str(path))


def deviating(wording: Sequence[WordingStatus], home: HouseFile | None) -> int:
    """How many clauses have words of nobody at hand; where the house approves texts, how many it has not approved."""
    counted = {"unknown", "own", "superseded"} if home and approvals.read(home.path.parent) else {"unknown"}
    of_house = [each for each in wording if not (each.status == "own" and each.file.endswith(labels.FILE))]
    return sum(each.status in counted for each in of_house)


def _deviations(data: Mapping[str, Any], recorded: record.Recorded, home: HouseFile) -> Iterator[str]:
    """Where the letter is not what the house at hand would print on the same deal."""
    ours = record.printed_data(recorded.deal, home, final=recorded.final)
    if data["house"]["supplier"] != ours["house"]["supplier"]:
        yield _("its particulars of the supplier are not those of {path}").format(path=home.path)
    if name := _other_general_terms(data, recorded, home):
        yield _("its general terms, {name}, are not the file of {path}").format(name=name, path=home.path)
    if data.get("logo") != ours.get("logo"):
        yield _("its logo is not that of {path}").format(path=home.path)
    for key, here, own in (*_of_house(data["house"], ours["house"]), *_of_deal(data["deal"], home)):
        yield _("{key} is {here} here, and {own} in {path}").format(
            key=key, here=_quoted(here), own=_quoted(own), path=home.path
        )


def _other_general_terms(data: Mapping[str, Any], recorded: record.Recorded, home: HouseFile) -> str:
    """The name of the letter's general terms, if the house at hand has another content under it."""
    with contextlib.suppress(Defect):
        ours = home.house.general_terms_document(recorded.deal.language)
        if ours and data.get("files", {}).get(ours.name, ours.sha256) != ours.sha256:
            return ours.name
    return ""


def _of_house(here: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The keys of the house that differ, each with both values."""
    for table in ("brand", "terms", "positioning"):
        one, other = here.get(table, {}), own.get(table, {})
        for key in sorted(one.keys() | other.keys()):
            if one.get(key) != other.get(key):
                yield f"{table}.{key}", one.get(key), other.get(key)


def _of_deal(deal: Mapping[str, Any], home: HouseFile) -> Iterator[tuple[str, Any, Any]]:
    """The same for the terms that a deal takes from its house unless it says otherwise."""
    terms = home.house.terms
    for key in OF_DEALS:
        here, own = deal.get(key), getattr(terms, key)
        if here and own and here != own and (key != "court" or deal["law"] == terms.law):
            yield f"terms.{key}", here, own


def _quoted(value: Any) -> str:
    if value is None:
        return _("not given")
    if isinstance(value, dict):
        value = " / ".join(map(str, value.values()))
    return characters.excerpt(str(value), LONGEST_TERM)
