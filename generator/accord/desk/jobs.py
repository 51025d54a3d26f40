"""Work that lasts longer than a request: it belongs to the person who asked for it, and is forgotten after a while.

Each piece has a folder beside the house's file, for the eyes of this user of
the machine alone, with what was dropped and how far it is.  So a desk that was
stopped or killed goes on with it when it is opened again.
"""

import datetime
import json
import re
import secrets
import shutil
import threading
import weakref
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from accord import files, i18n
from accord.errors import AccordError
from accord.i18n import _

if TYPE_CHECKING:
    from accord.desk.desk import Desk

LIFE = datetime.timedelta(hours=2)
MOST_OF_A_PERSON = 10  # the oldest ends for a new one
MOST_AT_ONCE = 2  # of all people; the others wait
FOLDER = ".accord-desk"
STATE, LOCK = "job.json", "lock"
NAME = re.compile(r"[0-9a-f]{32}")  # whatever else lies there is left alone

Kind = TypeVar("Kind", bound="Job")


@dataclass
class Job:
    """One piece of work; its fields are what a desk that is opened again knows of it.

    `folder` holds its files, until it ends.  `language` is that in which its
    sentences are.  `faults` say why it stopped before its end.
    """

    owner: str
    began: datetime.datetime
    folder: Path
    language: str = field(default_factory=i18n.language)
    running: bool = False
    faults: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Begin."""
        self.ended = False

    @property
    def name(self) -> str:
        """Under which its owner finds it."""
        return self.folder.name

    def work(self, desk: "Desk") -> None:
        """Do it, and stop where it has `ended`; whoever does it again comes to the same."""
        raise NotImplementedError

    def end(self) -> None:
        """Stop."""
        self.ended = True


class Jobs:
    """The work of one desk; of another one on the same house, nothing as long as that is open."""

    def __init__(self, desk: "Desk") -> None:
        self._desk, self._place = desk, desk.house.parent / FOLDER
        self._jobs: dict[str, Job] = {}
        self._locks: dict[str, IO[bytes]] = {}
        weakref.finalize(self, _close, self._locks)
        self._lock = threading.RLock()
        self._places = threading.Semaphore(MOST_AT_ONCE)

    def folder(self) -> Path:
        """A new folder for a job; `AccordError` where there can be none."""
        folder = self._place / secrets.token_hex(16)
        try:
            self._place.mkdir(mode=0o700, exist_ok=True)
            (self._place / ".gitignore").write_text("*\n", "utf-8")
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise files.refusal_of(folder, error) from None
        self._hold(folder)
        return folder

    def add(self, job: Job) -> None:
        """Keep a job and begin it; the oldest of somebody who has many ends."""
        with self._lock:
            mine = [each for each in self._jobs.values() if each.owner == job.owner]
            over = [each for each in mine if not each.running][: len(mine) + 1 - MOST_OF_A_PERSON]
            self._jobs[job.name] = job
        for each in over:
            self.end(each)
        self.start(job)

    def start(self, job: Job) -> None:
        """Do the work of a job in the background, as soon as there is room for it."""
        job.running, job.faults = True, ()
        self._save(job)

        def run() -> None:
            i18n.use(job.language)  # a new thread would speak English
            with self._places:
                try:
                    if not job.ended:
                        job.work(self._desk)
                except AccordError as error:
                    job.faults = tuple(line for line in str(error).splitlines() if line.strip())
                except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
                    sentence = _("Accord hit an internal error ({type}). Please report it.")
                    job.faults = (sentence.format(type=type(error).__name__),)
                finally:
                    job.running = False
                    with suppress(AccordError):  # the disk is full: another desk does it again
                        self._save(job)

        threading.Thread(target=run, daemon=True).start()

    def of(self, owner: str, kind: type[Kind], now: datetime.datetime) -> list[Kind]:
        """What a person has of a kind, the newest first."""
        self.take_up(now)
        with self._lock:
            mine = [each for each in self._jobs.values() if each.owner == owner and isinstance(each, kind)]
        mine.sort(key=lambda each: each.began)
        return mine[::-1]

    def find(self, owner: str, kind: type[Kind], name: str, now: datetime.datetime) -> Kind | None:
        """A person's own job of this name; None for any other."""
        return next((each for each in self.of(owner, kind, now) if each.name == name), None)

    def end(self, job: Job) -> None:
        """Stop and forget a job, with its files."""
        with self._lock:
            self._jobs.pop(job.name, None)
            job.end()
            shutil.rmtree(job.folder, ignore_errors=True)
            self._let_go(job.folder)

    def take_up(self, now: datetime.datetime) -> None:
        """Forget those whose time is over, and go on with those of a desk that is no more."""
        with self._lock:
            for job in [each for each in self._jobs.values() if each.began + LIFE < now]:
                self.end(job)
            for folder in self._place.glob("*/"):
                if not NAME.fullmatch(folder.name) or folder.name in self._locks or not self._hold(folder):
                    continue
                left = _read(folder)
                if left is None or left.began + LIFE < now:
                    shutil.rmtree(folder, ignore_errors=True)
                    self._let_go(folder)
                    continue
                self._jobs[left.name] = left
                if left.running:
                    self.start(left)

    def close(self) -> None:
        """Stop all work and leave it to whoever opens the desk again."""
        with self._lock:
            for job in self._jobs.values():
                job.end()
                self._let_go(job.folder)
            self._jobs.clear()

    def _hold(self, folder: Path) -> bool:
        """Whether a folder is of this desk from now on: another one may have it."""
        with self._lock, suppress(OSError):
            file = (folder / LOCK).open("ab")
            if files.lock(file):
                self._locks[folder.name] = file
                return True
            file.close()
        return False

    def _let_go(self, folder: Path) -> None:
        if held := self._locks.pop(folder.name, None):
            held.close()

    def _save(self, job: Job) -> None:
        """Note how a job stands, unless it has ended."""
        with self._lock:
            if not job.ended:
                content = {
                    "kind": type(job).__name__,
                    "job": TypeAdapter(type(job)).dump_python(job, mode="json"),
                }
                files.write(job.folder / STATE, json.dumps(content).encode(), force=True)


def _close(held: Mapping[str, IO[bytes]]) -> None:
    for file in held.values():
        file.close()


def _read(folder: Path) -> Job | None:
    """The job of a folder; None where nothing whole is noted there, or it stood elsewhere then."""
    kinds = {kind.__name__: kind for kind in Job.__subclasses__()}
    try:
        content = json.loads((folder / STATE).read_bytes())
        job: Job = TypeAdapter(kinds[content["kind"]]).validate_python(content["job"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return job if job.folder == folder else None
