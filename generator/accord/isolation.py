"""Work on foreign data in a process of its own, within limits of time and memory.

A file may be made to exhaust or to crash what reads it.  So it is read by a
process with limits of its own, which is killed when it exceeds them.  The
answers are JSON only: after a hostile file the process is not trusted.

Where that is safe, it is a copy of the one that asks, which has loaded most of
the program already; elsewhere a fresh interpreter, which takes half a second more.
"""

import gc
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NoReturn, Self

from accord import i18n
from accord.errors import FAULT_OF_THE_PROGRAM, AccordError, Defect
from accord.i18n import _

STATM = Path("/proc/self/statm")  # the address space that a process has taken, in pages
TASKS, OPEN_FILES = Path("/proc/self/task"), Path("/proc/self/fd")
PACKAGES = str(Path(__file__).parents[1])
# What lies in the current folder, perhaps beside the file, is not to be run: -P keeps it out of the path,
# where this program's own folder comes last.
START = "import sys; sys.path.append(sys.argv[1]); from accord import isolation; isolation.serve()"
ITEMS_OF_A_MESSAGE = 100
LONGEST_MESSAGE = 64 << 20  # bytes


@dataclass(frozen=True)
class Limits:
    """The limits of one answer.

    `seconds` are those that the caller waits, `work` those that the processor
    works (not on Windows), as many unless it says otherwise; `memory` is the
    address space in bytes (on Linux).
    """

    seconds: float
    memory: int
    work: float | None = None


# A letter takes one second of work and 340 MiB; the wait is long, for a machine that has much else to do.
OF_A_LETTER = Limits(seconds=60, memory=768 << 20, work=12)


class NoAnswer(Defect):
    """The process exceeded its limits or died over the foreign data, or the program is at fault."""


class Process:
    """A process for work on foreign data, to be used in a `with` block.

    It starts with the first request and serves the next ones too, unless
    something went wrong: then a new one takes its place.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | _Copy | None = None
        self._is_busy = False
        self._seconds_left = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        child, self._child = self._child, None
        self._is_busy = False
        if child is not None:
            _end(child)
            child.communicate()

    def call(self, function: str, *arguments: Any, **named: Any) -> Any:
        """What `function`, named as "package.module:function", returns there; it must be JSON.

        Raises an `AccordError` of the function again, with its sentence and exit code (as `Defect` or
        `AccordError`), and `NoAnswer` for any other exception, exceeded limits or the death of the process.
        """
        (result,) = self.stream(function, *arguments, **named)
        return result

    def stream(self, function: str, *arguments: Any, **named: Any) -> Iterator[Any]:
        """The items of the iterator that `function` returns, as they come; raises what `call` does.

        The process begins at once, and works while the caller does something else; another request ends that.
        """
        messages = self._messages(function, arguments, named)
        next(messages)
        return self._items(messages)

    def _items(self, messages: Iterator[dict[str, Any]]) -> Iterator[Any]:
        for message in messages:
            yield from message["items"]
            if "error" in message:
                error = (Defect if message["defect"] else AccordError)(message["error"])
                error.exit_code = message["exit_code"]
                raise error
            if "fault" in message:
                self.close()
                fault = NoAnswer(
                    _(
                        "Accord hit an internal error ({type}) and can say nothing of this file. Please report"
                        " it; ACCORD_DEBUG=1 shows the details."
                    ).format(type=message["fault"])
                )
                fault.exit_code = FAULT_OF_THE_PROGRAM
                raise fault

    def _messages(self, *request: Any) -> Iterator[dict[str, Any]]:
        """The messages that answer a request, the last one included; the first item is empty: the request was sent."""
        if self._is_busy:
            self.close()
        self._is_busy = True
        self._seconds_left = self.limits.seconds
        child = self._child = self._child or _taken_spare() or _start(self.limits)
        settings = (self.limits, i18n.language(), gc.get_threshold())
        ended = False
        try:
            with self._waiting_for(child):
                pickle.dump((*settings, *request), child.stdin)  # type: ignore[arg-type]  # it is a pipe
                child.stdin.flush()  # type: ignore[union-attr]
            yield {}
            while not ended:
                with self._waiting_for(child):
                    line = child.stdout.readline(LONGEST_MESSAGE)  # type: ignore[union-attr]
                message = json.loads(line)
                ended = message["end"]
                self._is_busy = not ended
                yield message
        except (OSError, ValueError, LookupError, TypeError, RecursionError):  # no answer, or nonsense
            self.close()
            raise NoAnswer(self._why(child)) from None
        finally:
            if not ended:
                self.close()

    @contextmanager
    def _waiting_for(self, child: "subprocess.Popen[bytes] | _Copy") -> Iterator[None]:
        """Wait no longer than is left of the time for this answer."""
        alarm = threading.Timer(self._seconds_left, _end, [child])
        start = time.monotonic()
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()
            alarm.join()
            self._seconds_left -= time.monotonic() - start

    def _why(self, child: "subprocess.Popen[bytes] | _Copy") -> str:
        out_of_processor_time = sys.platform != "win32" and child.returncode == -signal.SIGXCPU
        if self._seconds_left <= 0 or out_of_processor_time:
            work = self.limits.work if out_of_processor_time else None
            return _(
                "takes more than {seconds:g} seconds to read, as no such file should; check where it comes from"
            ).format(seconds=work or self.limits.seconds)
        return _("crashes the process that reads it, perhaps for lack of memory; check where it comes from")


class _Copy:
    """A copy of this process that serves, with as much of `Popen` as is used of it here (not on Windows)."""

    def __init__(self, prepare: Callable[[], object] = lambda: None) -> None:
        requests, to_copy = os.pipe()
        from_copy, answers_to = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            _serve_and_leave(requests, answers_to, prepare)
        os.close(requests)
        os.close(answers_to)
        self.stdin, self.stdout = os.fdopen(to_copy, "wb"), os.fdopen(from_copy, "rb")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def communicate(self) -> None:
        with suppress(OSError):  # what was not written has nobody to read it any more
            self.stdin.close()
        self.stdout.close()
        _number, status = os.waitpid(self.pid, 0)
        self.returncode = os.waitstatus_to_exitcode(status)


def _end(child: "subprocess.Popen[bytes] | _Copy") -> None:
    """End a process and those that it started, such as viewers, which would go on for some seconds (on Linux)."""
    if sys.platform == "linux":
        _end_all(child.pid)
    child.kill()


def _end_all(number: int) -> None:
    """End a process, which is stopped first so that it starts no more, and those below it."""
    with suppress(OSError):
        os.kill(number, signal.SIGSTOP)
        for task in Path(f"/proc/{number}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                _end_all(int(child))
    with suppress(OSError):
        os.kill(number, signal.SIGKILL)


def _serve_and_leave(requests: int, answers_to: int, prepare: Callable[[], object]) -> NoReturn:
    """Be the copy: with nothing open but what a fresh interpreter has, and without what this one does at its end."""
    try:
        os.dup2(requests, 0)
        os.dup2(answers_to, 1)
        if not os.environ.get("ACCORD_DEBUG"):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        for number in [int(entry.name) for entry in OPEN_FILES.iterdir()]:
            with suppress(OSError):  # the list itself, closed by now
                if number > 2:
                    os.close(number)
        sys.path[:] = [each for each in sys.path if each not in {"", str(Path.cwd())}] + [PACKAGES]
        sys.stdout = sys.stderr = os.fdopen(2, "w", errors="backslashreplace", buffering=1)
        prepare()
        serve()
    finally:
        os._exit(1)


_spare: ContextVar[list[_Copy] | None] = ContextVar("spare", default=None)
"""The copy that waits for the first process of this context, if it is not taken."""


@contextmanager
def ahead(prepare: Callable[[], object], limits: Limits = OF_A_LETTER) -> Iterator[None]:
    """Have a copy of this process, where that is safe, do `prepare` within `limits`: the first `Process` within takes it."""

    def prepare_within_limits() -> None:
        _keep_to(limits)
        with suppress(Exception):  # whoever asks it for what could not be prepared hears why
            prepare()

    spare = [_Copy(prepare_within_limits)] if _may_copy(limits) else []
    token = _spare.set(spare)
    try:
        yield
    finally:
        _spare.reset(token)
        for copy in spare:
            _end(copy)
            copy.communicate()


def _taken_spare() -> _Copy | None:
    spare = _spare.get()
    return spare.pop() if spare else None


def _start(limits: Limits) -> subprocess.Popen[bytes] | _Copy:
    if _may_copy(limits):
        return _Copy()
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-c", START, PACKAGES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("ACCORD_DEBUG") else subprocess.DEVNULL,
    )


def _may_copy(limits: Limits) -> bool:
    return sys.platform == "linux" and is_alone() and _taken() < limits.memory // 2


def is_alone() -> bool:
    """Whether this process has one thread: a copy would wait for ever for what another one held (on Linux)."""
    if threading.active_count() > 1 or not TASKS.is_dir():
        return False
    for _attempt in range(20):  # a thread that has ended may still be on its way out
        if len([*TASKS.iterdir()]) == 1:
            return True
        time.sleep(0.001)
    return False


def serve() -> None:
    """Answer requests on standard input until there are no more."""
    requests = os.fdopen(0, "rb", closefd=False)
    answers_to = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a library prints is no answer
    with suppress(EOFError):
        while True:
            limits, language, threshold, *request = pickle.load(requests)  # noqa: S301 - our parent's
            _keep_to(limits)
            i18n.use(language)
            gc.set_threshold(*threshold)
            for message in answers(*request):
                answers_to.write(f"{json.dumps(message)}\n")
                answers_to.flush()


def answers(function: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The messages that answer a request: its items, and in the last one the error, if any."""
    items: list[Any] = []
    failure: dict[str, Any] = {}
    try:
        result = resolve_name(function)(*arguments, **named)
        for item in result if isinstance(result, Iterator) else (result,):
            items.append(item)
            if len(items) == ITEMS_OF_A_MESSAGE:
                yield {"items": items, "end": False}
                items = []
    except AccordError as error:
        failure = {"error": str(error), "exit_code": error.exit_code, "defect": isinstance(error, Defect)}
    except MemoryError:
        raise  # there may be too little left to say so
    except Exception as error:  # noqa: BLE001 - whoever asked says so
        if os.environ.get("ACCORD_DEBUG"):
            traceback.print_exc()
        failure = {"fault": type(error).__name__}
    yield {"items": items, **failure, "end": True}


def memory_is_short() -> bool:
    """Whether less than an eighth of the address space that this process may take is left (on Linux)."""
    if not STATM.exists():
        return False
    import resource  # noqa: PLC0415 - not on Windows

    most, _hard = resource.getrlimit(resource.RLIMIT_AS)
    return most != resource.RLIM_INFINITY and _taken() > most // 8 * 7


def _taken() -> int:
    """The bytes of address space that this process has taken (on Linux)."""
    return int(STATM.read_text("ascii").split()[0]) * os.sysconf("SC_PAGESIZE")


def _keep_to(limits: Limits) -> None:
    """Limit this process, as far as the system can; a crash leaves no core file behind."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    seconds = int(time.process_time() + (limits.work or limits.seconds)) + 1
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # macOS bounds no memory
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
