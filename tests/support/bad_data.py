"""Letters whose own data are made to choke whoever composes, reviews, compares or sets them: clauses, logos, particulars."""

import base64
import contextlib
import copy
import functools
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf

from accord.errors import AccordError, Defect
from accord.intake import logo
from support import tamper
from support.letters import pdf, sample

LETTER = "01-fr-abonnement"
CLAUSES = 5  # of them are as long as they may be
LONGEST = 19_800  # characters of a clause, a little less than it may have
WITHOUT_END = 200_000  # characters: more than any clause may have


@functools.cache
def _data() -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf(LETTER))) as file:
        content: dict[str, Any] = json.loads(tamper.attached(file).read_bytes())
    return content


def _with(change: Callable[[dict[str, Any]], object]) -> bytes:
    data = copy.deepcopy(_data())
    change(data)
    with tamper.editing(pdf(LETTER)) as (file, out):
        tamper.attached(file).write(json.dumps(data).encode())
    return out.getvalue()


def clauses(text: str, title: str = "T") -> bytes:
    """The letter with a text in several of its clauses."""
    names = [passage.file.name for passage in sample(LETTER).articles[:CLAUSES]]
    return _with(lambda data: data.update(clauses={name: {"title": title, "body": text} for name in names}))


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode()


def drawing(inside: str) -> bytes:
    """The letter with a logo that draws that."""
    content = svg(inside)
    with contextlib.suppress(
        AccordError, Defect, RecursionError
    ):  # the program looks at it before it does this
        content = logo.stripped(content)
    address = f"data:image/svg+xml;base64,{base64.b64encode(content).decode()}"
    return _with(lambda data: data.update(logo=address))


def particular(table: str, **values: Any) -> bytes:
    return _with(lambda data: data["deal"].setdefault(table, {}).update(values))


def repeated(piece: str) -> str:
    return piece * (LONGEST // len(piece))


PIECES = {
    "words": "a ", "digits": "9 ", "stops": ". ", "commas": "le client approuve, ", "quotation marks": "« ", "stars": "*a ",
    "open and closed stars": "**a* ", "underscores": "_a ", "brackets": "[", "links": "[a](", "tags": "<a ", "remarks": "<!-- ",
    "entities": "&amp; ", "ampersands": "&", "lines": "\n", "lines with returns": "x\r\n", "paragraphs": "x\n\n", "items": "- x\n",
    "numbered items": "1. x\n", "placeholders": "{{ decision.total }} ", "open placeholders": "{{ ", "struck-out words": "~~a ",
    "accents": "e" + "\u0301" * 100 + " ", "wide signs": "\ufdfa ", "joiners": "\u200d ", "turned words": "\u202e ",
    "amounts": "1 000,00 € ", "articles": "article 1 ", "days": "31/12/2026 ", "parentheses": "(", "denials": "ne pas ",
    "numbers in words": "cent ", "backslashes": "\\", "backticks": "` ", "quotations": "> ", "signs of more": ">", "hyphens": "a-",
    "judgements": "le client juge, estime, accepte et approuve ", "deadlines": "dans un délai de 30 jours ",
    "courts": "tribunal de commerce de Lyon ", "sentences": "Le Client achète. ", "tabs": "\t", "nulls": "\u00ad", "semicolons": "a ; ",
}  # fmt: skip
"""What a clause of the letter repeats as often as it may."""

LINE = '<path d="M0 0h1"/>'
DRAWINGS = {
    "a path that goes on after its end": '<path d="M1 1Z 5 5"/>',
    "a marker on each of many points": f'<marker id="m"><path d="{"M0 0h1" * 3000}"/></marker>'
    f'<path marker-mid="url(#m)" d="M0 0{"l1 1" * 20_000}"/>',
    "letters without end": f"<text>{'x' * 300_000}</text>",
    "letters each in its place": f'<text x="{" ".join(map(str, range(100_000)))}">{"x" * 100_000}</text>',
    "groups in groups": f"{'<g>' * 100_000}{'</g>' * 100_000}",
    "many paths": LINE * 9_900,
    "a path of many arcs": f'<path d="M0 0{"a1 1 0 0 1 1 1 " * 10_000}"/>',
    "a shape used and used": f'<g id="g">{LINE * 18}</g>' + '<use href="#g"/>' * 490,
    "a polygon without end": f'<polygon points="{"1,1 " * 200_000}"/>',
    "dashes without end": '<path stroke="red" stroke-dasharray="0.00001" d="M0 0h9000000"/>',
    "rules without end": f'<style>{"a{fill:red}" * 40_000}</style><path d="M0 0h1"/>',
    "rules on many paths": f"<style>{'path.b{fill:red}' * 1990}</style>{LINE * 8000}",
    "turns in turns": f'<g transform="{"scale(2) " * 60_000}"><path d="M0 0h1"/></g>',
    "glass on glass": '<g opacity=".5"><path d="M0 0h1"/></g>' * 4900,
    "numbers larger than all": '<path stroke-width="1e300" stroke="red" d="M1e300 0h1e300"/>',
}

DATA: Mapping[str, Callable[[], bytes]] = {
    **{f"clauses of {name}": functools.partial(clauses, repeated(piece)) for name, piece in PIECES.items()},
    **{f"a logo of {name}": functools.partial(drawing, inside) for name, inside in DRAWINGS.items()},
    "a word without end": functools.partial(clauses, "x" * WITHOUT_END),
    "a clause without end": functools.partial(clauses, "a " * WITHOUT_END),
    "a title without end": functools.partial(clauses, "x.", "x" * WITHOUT_END),
    "words as long as they may be": functools.partial(clauses, repeated("x" * 199 + " ")),
    "lists in lists": functools.partial(clauses, "\n".join(f"{'  ' * depth}- x" for depth in range(130))),
    "stars around a letter": functools.partial(clauses, f"{'*' * 1000}a{'*' * 1000}"),
    "backticks that rise": functools.partial(clauses, " ".join("`" * run for run in range(1, 190))),
    "a name without end": functools.partial(particular, "prospect", name="x " * 50_000),
    "a description without end": functools.partial(particular, "feature", description="x " * 50_000),
    "tests without number": functools.partial(particular, "feature", acceptance_tests=["x"] * 100_000),
    "exclusions without number": functools.partial(particular, "feature", exclusions=["x"] * 100_000),
    "a quantity without end": functools.partial(particular, "decision", quantity=10**18),
    "a price without end": functools.partial(particular, "decision", unit_price="9" * 5000),
    "keys without number": functools.partial(particular, "decision", **{f"k{n}": 1 for n in range(100_000)}),
    "documents without number": functools.partial(
        _with, lambda data: data.update(files={f"f{n}.pdf": "0" * 64 for n in range(9000)})
    ),
    "fixed words without end": functools.partial(
        _with, lambda data: data.update(labels={"layout": {"draft": "x " * 49_000}})
    ),
    "every clause left out": functools.partial(
        _with, lambda data: data.update(clauses={each.file.name: None for each in sample(LETTER).articles})
    ),
}
"""By name, what makes the file."""
