"""The reference of a deal, kept in its file: derived once, it stays while the deal is filled in."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from accord import files, toml_reader
from accord.domain.deal import Deal
from accord.errors import Defect, OutputError
from accord.i18n import _

PROGRAM = Path(__file__).parents[1]
"""Where the samples stand too, which are nobody's deals."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OF_THE_REQUEST = frozenset({"reference", "prospect.name", "feature.name", "decision.kind"})
"""The keys that make a reference: where an option gives one of them, the file is not of that deal alone."""
OF_DECLINES = "decline."
"""What the keys begin with that make a letter a decline, which has references of its own kind."""
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_LINE_OF_KEY = re.compile(r"^(?![ \t]*(?:#|\r?$)).*(?:\n|\Z)", re.MULTILINE)
MOST_TRIED = 20  # lines of keys; a key may take several


def makes_another(key: str) -> bool:
    """Whether the option that gives a key makes a letter of another reference than the file's."""
    return key in OF_THE_REQUEST or key.startswith(OF_DECLINES)


def keep_reference(path: Path, deal: Deal, reference: str) -> bool:
    """Write the `reference` of a deal's letter into its file `path`, if the deal says none; whether it did.

    All other lines stay as they are, comments included.  A file that is not to
    be written is left alone: on the same date the same deal derives the same.
    """
    if deal.reference is not None or path.resolve().is_relative_to(PROGRAM):
        return False
    try:
        files.change(path, with_reference(files.read(path), reference))
    except (Defect, OutputError, OSError):
        return False
    return True


def with_reference(content: bytes, reference: str) -> bytes:
    """The content of a deal file with its reference below the last key before the tables; `Defect` if it cannot be."""
    text = files.decode(content)
    line_break = "\r\n" if "\r\n" in text else "\n"
    wanted = toml_reader.parse(text) | {"reference": reference}
    for place in _places(text):
        before, after = text[:place], text[place:]
        between = line_break if before and not before.endswith("\n") else ""
        changed = f'{before}{between}reference = "{reference}"{line_break}{after}'
        with contextlib.suppress(Defect):  # the place was inside a text or a list
            if toml_reader.parse(changed) == wanted:
                mark = BYTE_ORDER_MARK if content.startswith(BYTE_ORDER_MARK) else b""
                return mark + changed.encode()
    raise Defect(_("has no place for its reference; write it there yourself"))


def _places(text: str) -> Iterator[int]:
    """The ends of the lines before the first table that may hold a key, the last first; then the beginning."""
    table = _TABLE.search(text)
    lines = list(_LINE_OF_KEY.finditer(text, 0, table.start() if table else len(text)))
    yield from (line.end() for line in lines[: -MOST_TRIED - 1 : -1] if line[0])
    yield 0
