"""Setting type in a second process, which loads the engine while this one reads and composes the letter.

Python runs one thread at a time, so that a thread gains nothing here.  A copy
of this process, made before it has loaded much, does: half of a cold letter's
time is the engine's, and none of it needs the letter until its page is there.
The copy makes the bytes that this process would make; where it gives none, for
whatever reason, this process sets the page itself, and says what is wrong.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, BinaryIO, NoReturn

LENGTH = 8  # bytes, before an answer
WARMING = (
    '<html lang="fr"><head><title>–</title></head><body><h1>Un</h1><p>Des <b>mots</b> – 1</p></body></html>'
)


class _Press:
    """The copy, as this process knows it."""

    def __init__(self) -> None:
        requests, to_copy = os.pipe()
        from_copy, answers = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(to_copy)
            os.close(from_copy)
            _serve_and_leave(requests, answers)
        os.close(requests)
        os.close(answers)
        self._requests, self._answers = os.fdopen(to_copy, "wb"), os.fdopen(from_copy, "rb")
        self._asked = b""  # the page whose answer was not read yet

    def ask(self, *page: Any) -> None:
        """Have a page set, whose answer is read later; only one at a time, or each would wait for the other."""
        import pickle  # noqa: PLC0415 - not before the copy is made

        request = pickle.dumps(page)
        if self._asked and self._asked != request:
            self._answer()
        if not self._asked:
            self._requests.write(request)
            self._requests.flush()
            self._asked = request

    def pdf(self, *page: Any) -> bytes:
        """What `engine.render` gives there of the same arguments; empty if the copy gives nothing."""
        from pickle import PicklingError  # noqa: PLC0415 - not before the copy is made

        try:
            self.ask(*page)
            return self._answer()
        except (OSError, ValueError, AttributeError, TypeError, PicklingError):
            return b""

    def _answer(self) -> bytes:
        """The answer to what was asked, from the copy; `ValueError` if it ended before it was whole."""
        self._asked = b""
        length = int.from_bytes(self._answers.read(LENGTH))
        pdf = self._answers.read(length)
        if not pdf or len(pdf) < length:
            raise ValueError
        return pdf

    def end(self) -> None:
        """End the copy, whatever it is doing."""
        with suppress(OSError):
            self._requests.close()
        self._answers.close()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


_press: ContextVar[_Press | None] = ContextVar("press", default=None)
"""The copy that sets the pages of this context, if there is one."""


@contextmanager
def ahead() -> Iterator[None]:
    """Load the engine in a copy of this process, for `render` within: where that is safe, and two can run at once."""
    press = _Press() if _can_copy() else None
    token = _press.set(press)
    try:
        yield
    finally:
        _press.reset(token)
        if press:
            press.end()


def stand_by() -> None:
    """The same for all that this process sets until it ends, as one does that answers for foreign files.

    The copy is made by whoever calls this, and has its limits.
    """
    if "weasyprint" not in sys.modules and _can_copy():
        _press.set(_Press())


def render(*page: Any) -> bytes:
    """What `engine.render` gives of the same arguments, and raises: from the copy that is ahead, or from here."""
    from accord.pdf import engine  # noqa: PLC0415 - not before the copy is made

    press = _press.get()
    return (press and press.pdf(*page)) or engine.render(*page)


def is_ahead() -> bool:
    """Whether there is a copy that sets the pages of this context."""
    return _press.get() is not None


def expect(*page: Any) -> None:
    """Have the copy that is ahead set a page that `render` will probably be asked for next."""
    if press := _press.get():
        with suppress(OSError, ValueError, AttributeError, TypeError):  # `render` will do without the copy
            press.ask(*page)


def load() -> None:
    """Load the engine, where no copy has it; `MachineLacks` without its libraries."""
    from accord.pdf import engine  # noqa: PLC0415 - not before the copy is made

    if not _press.get():
        engine.load()


def _can_copy() -> bool:
    """Whether a copy can run beside this process, which has none yet (on Linux)."""
    from accord.isolation import is_alone  # noqa: PLC0415 - not needed for help

    is_first = sys.platform == "linux" and not _press.get()
    return is_first and len(os.sched_getaffinity(0)) > 1 and is_alone()


def _serve_and_leave(requests: int, answers: int) -> NoReturn:
    """Be the copy: it says nothing, and ends without what the process does that it is a copy of."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that ends this one
        _press.set(None)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        _serve(os.fdopen(requests, "rb"), os.fdopen(answers, "wb"))
    finally:
        os._exit(0)


def _serve(requests: BinaryIO, answers: BinaryIO) -> NoReturn:
    """Set pages until nobody asks any more, or one of them cannot be set."""
    import pickle  # noqa: PLC0415 - not before the copy is made

    from accord.files import TEMPLATES  # noqa: PLC0415
    from accord.pdf import engine, pdfa  # noqa: PLC0415

    # What is read, sought and made of fonts and style sheets for a first page is ready for the next.
    engine.render(WARMING, [], pdfa.finish, ((TEMPLATES / "letter.css").read_text("utf-8"),))
    while True:
        pdf = engine.render(*pickle.load(requests))  # noqa: S301 - our parent's
        answers.write(len(pdf).to_bytes(LENGTH) + pdf)
        answers.flush()
