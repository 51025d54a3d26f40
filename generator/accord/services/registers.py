"""Where the register of a house is, and its letters found in it by what people call them."""

import datetime
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord import files
from accord.domain.house import HouseFile
from accord.errors import AccordError, in_a_line
from accord.i18n import _
from accord.register.entries import Entry, Event, History, entry_of
from accord.register.register import NotLawful, Register, not_listed
from accord.services.announcements import NAME
from accord.services.follow import follow
from accord.services.place import address_of
from accord.services.read_pdf import read_pdf
from accord.text.characters import excerpt, path_name


@contextmanager
def opened(home: HouseFile, address: str | None) -> Iterator[Register]:
    """The register at an address or in a file so named; else where the house says, or beside its file."""
    register = Register.open(address_of(home, address))
    try:
        yield register
    finally:
        register.close()


def about(home: HouseFile, address: str | None, features: Collection[str]) -> list[History]:
    """The letters about features, as they spell them; `AccordError` if the register cannot be asked."""
    with opened(home, address) as register:
        return register.about(features)


def find(register: Register, name: str) -> History:
    """The letter of a reference, or of the beginning of one that no other has; `AccordError` for none or several."""
    history = register.history(name)
    if history:
        return history
    found = [
        each for each in register.histories() if each.entry.reference.casefold().startswith(name.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise not_listed(name)
    sentence = _("{reference} is the beginning of several references: {list}. Write one of them.")
    names = ", ".join(each.entry.reference for each in found[:5])
    raise AccordError(sentence.format(reference=excerpt(name), list=names))


@dataclass(frozen=True)
class OnRecord:
    """A file that the register lists: the sequence of the event that brought it (0 for the letter), its path, its SHA-256."""

    sequence: int
    path: str
    sha256: str


def files_of(history: History) -> list[OnRecord]:
    """The letter, the documents of its steps, and what came back, in the order of events; paths from the house's folder."""
    listed = [OnRecord(0, history.entry.path, history.entry.sha256)]
    for event in history.events:
        for file, digest in (("document", "document_sha256"), ("file", "sha256")):
            if file in event.data:
                listed.append(OnRecord(event.sequence, event.data[file], event.data.get(digest, "")))
    return listed


def faults_on_disk(register: Register, folder: Path) -> Iterator[str]:
    """What is wrong with the files of the letters and of their documents, which stand where they were recorded, from `folder` on."""
    for history in register.histories():
        for file in files_of(history):
            if Path(file.path).is_absolute():
                continue  # what came back, and is kept elsewhere
            if fault := fault_of(folder / file.path, file.sha256):
                yield in_a_line(history.entry.reference, fault)


def recorded_content(path: Path, digest: str) -> bytes:
    """The content of a file that was recorded with this digest; `AccordError` for any other."""
    content = read_pdf(path)
    if hashlib.sha256(content).hexdigest() != digest:
        raise AccordError(in_a_line(path_name(path), _("is another file than the one that was recorded")))
    return content


def fault_of(path: Path, digest: str) -> str | None:
    """What is wrong with a file that was recorded with this digest, or None."""
    try:
        recorded_content(path, digest)
    except AccordError as error:
        return str(error)
    return None


def settle(register: Register, folder: Path) -> Iterator[str]:
    """Record all announced letters and steps of a folder whose files were written; a sentence for each that cannot be."""
    for path in sorted(folder.glob(NAME.format(random="*"))):
        with suppress(FileNotFoundError), path.open("rb") as file:
            if not files.lock(file):
                continue  # its process lives
            lines = [announced for line in file.read().splitlines() if (announced := _announced(line))]
            if any(each.get("register", register.name) != register.name for each in lines):
                continue  # whoever opens that one settles it
            for each in lines:
                settled = _settled_step if "register" in each else _settled
                yield from settled(register, folder, each)
            path.unlink(missing_ok=True)


def _announced(line: bytes) -> dict[str, Any] | None:
    """What a line says; None if it was cut off in the middle: then nothing was begun."""
    try:
        announced: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return announced if isinstance(announced, dict) else None


def _settled(register: Register, folder: Path, announced: Mapping[str, Any]) -> Iterator[str]:
    try:
        entry, actor = entry_of(announced["entry"]), announced["actor"]
        time = datetime.datetime.fromisoformat(announced["time"])
    except (ValueError, LookupError, TypeError):
        return  # not as this program writes it
    if not is_written(entry, folder):
        return
    try:
        register.issue(entry, actor=actor, time=time)
    except NotLawful as refusal:
        yield str(refusal)


def _settled_step(register: Register, folder: Path, announced: Mapping[str, Any]) -> Iterator[str]:
    """Record a step whose document was written, unless it is on record; take the document away where it cannot be."""
    reference, kind, data = (announced[key] for key in ("reference", "kind", "data"))
    document, digest = folder / data["document"], data["document_sha256"]
    if fault_of(document, digest) is not None:
        files.sweep(document.parent)
        return
    step = Event(0, "", "", reference, kind, data, "").step
    if step is None or is_on_record(register, reference, digest):
        return
    details = {key: value for key, value in data.items() if key not in {"on", "to", "cause"}}
    time = datetime.datetime.fromisoformat(announced["time"])
    try:
        follow(register, reference, step, actor=announced["actor"], time=time, details=details)
    except NotLawful as refusal:
        document.unlink(missing_ok=True)
        yield str(refusal)


def is_on_record(register: Register, reference: str, digest: str) -> bool:
    """Whether an event of a letter has the document of this digest."""
    history = register.history(reference)
    events = history.events if history else ()
    return any(event.data.get("document_sha256") == digest for event in events)


def is_written(entry: Entry, folder: Path) -> bool:
    """Whether the file of a letter stands where its entry says, from `folder` on, and is that file."""
    return fault_of(folder / entry.path, entry.sha256) is None
