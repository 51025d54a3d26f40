"""Reading of TOML files, safe against a folder, a pipe, another encoding, or TOML built to choke the parser."""

import re
import tomllib
from pathlib import Path
from typing import Any

from accord import files
from accord.errors import Defect
from accord.i18n import _

# tomllib takes quadratic time over a long dotted key: minutes for a file of 1 MiB.
# The quantifiers give nothing back (++, *+), so that this search itself stays linear.
ENDLESS_KEY = re.compile(
    r"""(?<![A-Za-z0-9_-])(?:(?>"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'|[A-Za-z0-9_-]++)[ \t]*+\.[ \t]*+){60}"""
)


def read(path: Path, source: str) -> dict[str, Any]:
    """The content of a TOML file; raises `FaultyInput`, which calls the file `source`."""
    try:
        return parse(files.decode(files.read(path)))
    except Defect as defect:
        raise defect.about(source) from None


def parse(text: str) -> dict[str, Any]:
    """TOML as a dictionary; raises `Defect` with the line and column of a mistake."""
    too_deep = _("nests too many brackets or dotted keys in each other; keep to the keys that it needs")
    if ENDLESS_KEY.search(text):
        raise Defect(too_deep)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Defect(_sentence(error, text)) from None
    except RecursionError:
        raise Defect(too_deep) from None
    except ValueError:
        # tomllib lets Python's own refusal of numbers with thousands of digits through.
        raise Defect(_("holds a number with thousands of digits; check the numbers")) from None


def _sentence(error: tomllib.TOMLDecodeError, text: str) -> str:
    """The place of a mistake and the likeliest remedy.

    Python 3.14 gives line and column as attributes, earlier versions in the text.
    """
    line: int | None = getattr(error, "lineno", None)
    column: int = getattr(error, "colno", None) or 1
    if line is None and (match := re.search(r"\(at line (\d+), column (\d+)\)$", str(error))):
        line, column = int(match[1]), int(match[2])
    if line is None:
        line, column = text.count("\n") + 1, len(text.rpartition("\n")[2]) + 1
    written = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
    return _("line {line}, column {column}: {remedy}").format(
        line=line, column=column, remedy=_typed(written, column) or _remedy(str(error))
    )


def _typed(line: str, column: int) -> str | None:
    """How to correct what word processors and other languages put into a line of TOML, or None."""
    at = line[max(0, column - 2) : column]
    if re.search("[“”„‟«»‘’‚‹›]", at):
        return _('a curly quotation mark; write straight ones: "…"')
    if re.match(r"\s*\[[^\]\n]*[^\x00-\x7f]", line):
        return _("a heading has plain letters alone, without accents; write it as [decision]")
    if re.match(r"\s*[\w-]*[^\W\x00-\x7f][\w-]*\s*=", line):
        return _("a key has plain letters alone, without accents")
    return None


def _remedy(message: str) -> str:
    """How to correct a mistake in TOML, by the parser's English message."""
    remedies = {
        "twice|overwrite|Duplicate|redefine|immutable": _(
            "this key or table stands in the file already; keep one of the two"
        ),
        r"""Unterminated|Expected "(?:'|\\'")""": _("a text is not closed; end it with a quotation mark"),
        "Unclosed array": _("a list is not closed; separate its items with commas and end it with ]"),
        "Unclosed inline": _("a table in braces is not closed; end it with }"),
        r"Expected '\]": _("a table's heading is not closed; write it as [name]"),
        "Unescaped|hex value|scalar value": _("a backslash begins an escape that does not exist; write \\\\"),
        "Found invalid character|Illegal character": _(
            "a character that may not stand there; retype the line"
        ),
        "date or datetime": _("this day or time does not exist; write it as 2027-03-31"),
        "newline or end": _(
            "something follows where the line should end; texts stand between quotation marks"
        ),
        "Expected '='": _('a key needs a value; write key = "value"'),
        "Invalid value": _("a value is missing or not understood; texts stand between quotation marks"),
    }
    unknown = _('this is not understood; write a line as key = "value", or a heading as [name]')
    return next((remedy for pattern, remedy in remedies.items() if re.search(pattern, message)), unknown)
