"""The sentences in the code and their French: gathered, compared, brought up to date.

`make catalogues` runs this file; `test_catalogues.py` asks it for faults.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from support.paths import PACKAGE

FRENCH = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "accord.po"
HEADER = r"""# What the program says, in French.  `make catalogues` brings it up to date with
# the code; a test fails on a sentence that is missing, obsolete or badly spaced.
msgid ""
msgstr ""
"Language: fr\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

"""


METHODS = [("**/pages/**.html", "jinja2"), ("**.py", "python")]
"""How sentences are found: in the pages of the desk as in code."""


def gather() -> Catalog:
    """Every sentence that the program can say: ours, and those of click."""
    catalog = Catalog()
    for folder in (PACKAGE, Path(click.__file__).parent):
        for file, _line, message, comments, context in extract_from_dir(folder, METHODS):
            place = Path(folder.name, file).as_posix()
            catalog.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalog


def read(path: Path) -> Catalog:
    """A catalogue as it stands on disk."""
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def faults(gathered: Catalog, french: Catalog) -> Iterator[str]:
    """What keeps `french` from saying all that was gathered, one remark each."""
    for message in gathered:
        if message.id and message.id not in french:
            yield f"missing: {message.id!r}"
    for message in french:
        if not message.id:
            continue
        if message.id not in gathered:
            yield f"obsolete: {message.id!r}"
        if message.fuzzy:
            yield f"fuzzy: {message.id!r}"
        if not all(_forms(message.string)):
            yield f"untranslated: {message.id!r}"
        elif _placeholders(message.id) != _placeholders(message.string):
            yield f"other placeholders: {message.id!r}"
        for form in _forms(message.string):
            yield from (f"{fault}: {form!r}" for fault, sign in TYPOGRAPHY.items() if sign.search(form))
    yield from (f"obsolete: {key!r}" for key in french.obsolete)


# House style: the Imprimerie nationale's, as in the letters.
TYPOGRAPHY = {
    "straight apostrophe": re.compile(r"[^\W\d_]'[^\W\d_]"),
    "no U+00A0 before a colon": re.compile(r"(?<=[^\W\d_]) :|[^\W\d_]:(?= )"),
    "no U+202F before ; ! ?": re.compile(r"(?<![\u202f\[(]) ?[;!?](?=\s|$)"),
    "no U+00A0 inside guillemets": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "three dots for an ellipsis": re.compile(r"\w\.\.\.(?!\w)"),
}


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str | tuple[str, ...] | list[str]) -> set[str]:
    """The names to be filled in, over singular and plural together."""
    return {name for form in _forms(text) for name in re.findall(r"{\w+}|{\w+[!:][^{}]*}|%\(\w+\)[sd]", form)}


def updated(gathered: Catalog, french: Catalog) -> str:
    """The French catalogue with new sentences empty, and obsolete ones gone."""
    french.update(gathered, no_fuzzy_matching=True)
    text = io.BytesIO()
    write_po(
        text, french, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    return HEADER + text.getvalue().decode()


if __name__ == "__main__":
    FRENCH.write_text(updated(gather(), read(FRENCH)), "utf-8")
    print(*faults(gather(), read(FRENCH)), sep="\n")
