"""Work that lasts longer than a request: it belongs to the person who asked for it, and is forgotten after a while."""

import datetime
import secrets
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from accord import i18n
from accord.errors import AccordError
from accord.i18n import _

LIFE = datetime.timedelta(hours=2)
MOST_OF_A_PERSON = 10  # the oldest ends for a new one
MOST_AT_ONCE = 2  # of all people; the others wait

Kind = TypeVar("Kind", bound="Job")


@dataclass
class Job:
    """One piece of work; `folder` holds its files, in the eyes of this user of the machine alone, until it ends.

    `language` is that in which its sentences are.  `faults` say why it stopped before its end.
    """

    owner: str
    began: datetime.datetime
    name: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    language: str = field(default_factory=i18n.language)
    running: bool = False
    faults: tuple[str, ...] = ()
    ended: bool = False
    _folder: Path | None = None
    _removed: Callable[[], object] | None = None

    @property
    def folder(self) -> Path:
        """A folder of its own."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="accord-desk-"))
            # Whoever stops the desk has no job ended one by one.
            self._removed = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def end(self) -> None:
        """Stop, and remove its files."""
        self.ended = True
        if self._removed is not None:
            self._removed()


class Jobs:
    """The work of one desk."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._places = threading.Semaphore(MOST_AT_ONCE)

    def add(self, job: Job) -> None:
        """Keep a job; those whose time is over, and the oldest of somebody who has many, end."""
        with self._lock:
            mine = [each for each in self._jobs.values() if each.owner == job.owner]
            over = [each for each in self._jobs.values() if each.began + LIFE < job.began]
            over += [each for each in mine if not each.running][: len(mine) + 1 - MOST_OF_A_PERSON]
            for each in over:
                self._jobs.pop(each.name, None)
            self._jobs[job.name] = job
        for each in over:
            each.end()

    def start(self, job: Job, work: Callable[[], object]) -> None:
        """Do the work of a job in the background, as soon as there is room for it."""
        job.running, job.faults = True, ()

        def run() -> None:
            with self._places:
                try:
                    work()
                except AccordError as error:
                    job.faults = tuple(line for line in str(error).splitlines() if line.strip())
                except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
                    sentence = _("Accord hit an internal error ({type}). Please report it.")
                    job.faults = (sentence.format(type=type(error).__name__),)
                finally:
                    job.running = False

        # A new thread would speak English: it takes over the language of this one.
        threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()

    def of(self, owner: str, kind: type[Kind], now: datetime.datetime) -> list[Kind]:
        """What a person has of a kind, the newest first."""
        with self._lock:
            mine = [each for each in self._jobs.values() if each.owner == owner]
        return [each for each in reversed(mine) if isinstance(each, kind) and now <= each.began + LIFE]

    def find(self, owner: str, kind: type[Kind], name: str, now: datetime.datetime) -> Kind | None:
        """A person's own job of this name; None for any other."""
        return next((each for each in self.of(owner, kind, now) if each.name == name), None)

    def end(self, job: Job) -> None:
        """Forget a job."""
        with self._lock:
            self._jobs.pop(job.name, None)
        job.end()
