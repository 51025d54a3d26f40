"""A person at a terminal."""

import os

import pexpect

from support.cli import COMMAND
from support.processes import PATIENCE

LINES, COLUMNS = 24, 80


class Terminal:
    """A person at a terminal of 80 by 24, typing one answer to each question."""

    def __init__(self, language: str, *arguments: str, command: str = "", **environment: str) -> None:
        self.seen = ""
        self._child = pexpect.spawn(
            "sh" if command else COMMAND[0],
            ["-c", command] if command else [*COMMAND[1:], *arguments],
            env={**os.environ, "ACCORD_LANG": language, "TERM": "dumb", "LC_ALL": "C.UTF-8", **environment},
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
