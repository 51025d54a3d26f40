"""A person at a terminal."""

import os
import sys
import traceback
from collections.abc import Mapping

import pexpect

from accord.cli import main
from support.cli import COMMAND
from support.processes import PATIENCE

LINES, COLUMNS = 24, 80


class Terminal:
    """A person at a terminal of 80 by 24, typing one answer to each question.

    The program is a copy of this process, which has loaded all that it would load. It is one of its own,
    started as people do, where `command` is a line for the shell or `environment` names a terminal.
    """

    def __init__(self, language: str, *arguments: str, command: str = "", **environment: str) -> None:
        self.seen = ""
        lines = {"ACCORD_LANG": language, "TERM": "dumb", "LC_ALL": "C.UTF-8", **environment}
        copied = not (command or environment)
        self._child = pexpect.spawn(
            "sh" if command else COMMAND[0],
            ["-c", command] if command else [*COMMAND[1:], *arguments],
            preexec_fn=(lambda: _as_the_program(arguments, lines)) if copied else None,
            env={**os.environ, **lines},
            encoding="utf-8",
            codec_errors="replace",
            dimensions=(LINES, COLUMNS),
            timeout=PATIENCE,
        )

    def answer(self, question: str, answer: str) -> None:
        """Wait for the question, then type the answer."""
        self.wait_for(question)
        self._child.sendline(answer)

    def press(self, question: str, key: str) -> None:
        """Wait for the question, then press a key."""
        self.wait_for(question)
        self._child.send(key)

    def type_bytes(self, content: bytes) -> None:
        """Type what may be no text."""
        os.write(self._child.child_fd, content)

    def wait_for(self, text: str) -> None:
        """Wait until `text` is shown."""
        self._child.expect_exact(text)
        self.seen += self._child.before + text

    def leave(self) -> int:
        """Wait for the end; the exit code."""
        self._child.expect(pexpect.EOF)
        self.seen += self._child.before
        self._child.close()
        assert "Traceback" not in self.seen
        assert self._child.exitstatus is not None, self.seen
        return int(self._child.exitstatus)


def _as_the_program(arguments: tuple[str, ...], environment: Mapping[str, str]) -> None:
    """Be `accord` in the copy of a process, and end it: nothing of the tests goes on in it."""
    code: object = 2
    try:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # by which the tests learn that it has started
        os.environ.update(environment)
        sys.argv = ["accord", *arguments]
        sys.stdin, sys.stdout, sys.stderr = (open(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))  # noqa: SIM115, PTH123 - until the end
        main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException:  # noqa: BLE001 - as Python itself would
        traceback.print_exc()
    finally:
        os._exit(code if isinstance(code, int) else 1)
