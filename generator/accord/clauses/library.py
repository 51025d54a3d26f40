"""The clause library: one clause, one Markdown file.

A clause file opens with a TOML head between two lines of `+++`: its `title` (a
clause without one prints without number), the conditions under which it is in
(`when`, all must hold) and its legal sources under each law (`law`).  The file's name is its
place in the letter, its id and, where a clause has several wordings, the
variant: `32-price.vat.md`.  The body is Markdown with plain placeholders such
as `{{ feature.name }}`: no logic, so that a lawyer reads what a client reads.

A house overrides a clause by a file of the same name in its own
`templates/<language>/<kind>/`, and a label by its key in `templates/<language>/labels.toml`.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeGuard, TypeVar, get_args

from accord import files, toml_reader
from accord.clauses import foreign_markup, labels
from accord.clauses.conditions import CONDITIONS, FINAL, holds
from accord.clauses.labels import Labels
from accord.domain.choices import Kind, Language, Law
from accord.domain.deal import Deal
from accord.domain.house import House
from accord.domain.suggestions import closest
from accord.errors import Defect, Fault, FaultyInput
from accord.files import TEMPLATES as TEMPLATES  # noqa: PLC0414 - for whoever reads clauses
from accord.i18n import _
from accord.text import fonts
from accord.text.characters import MOST_NAMED, excerpt, is_hidden, name_of, path_name, quoted

PLACEHOLDER = re.compile(r"\{\{ *([a-z_]+\.[a-z_]+) *\}\}")
Part = Literal["", "email"]
LETTER: Part = ""
EMAIL: Part = "email"
"""What clauses are the text of: the letter itself, or the e-mail that it goes with."""
_Content = TypeVar("_Content")
_Item = TypeVar("_Item")
_HEAD = re.compile(r"\A\+\+\+\n(.*?)^\+\+\+$\n*", re.DOTALL | re.MULTILINE)


def folder_of(language: Language, kind: Kind, part: Part = LETTER) -> Path:
    """The folder of clauses below `templates/`: fr/agreement, or fr/email/agreement."""
    return Path(language, part, kind)


@dataclass(frozen=True)
class Clause:
    """One clause file.  `body` is Markdown as its author wrote it, `law` its sources by law."""

    path: Path
    title: str
    when: tuple[str, ...]
    law: Mapping[Law, tuple[str, ...]] = field(hash=False)
    body: str
    body_line: int
    overrides: bool

    @property
    def id(self) -> str:
        """What other clauses call it: "price" for `32-price.vat.md`."""
        return id_of(self.path)

    @property
    def part(self) -> Part:
        """What it is the text of, by its folder."""
        return part_of(self.path)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The placeholders of the body, in order of first appearance."""
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.body)))

    def holds(self, deal: Deal, house: House) -> bool:
        """Whether it is in the letter of a deal: all its conditions hold."""
        return all(holds(name, deal, house) for name in self.when)

    def line_of(self, placeholder: str) -> int:
        """The line of the file on which a placeholder first stands."""
        before = self.body[: re.search(rf"\{{\{{ *{re.escape(placeholder)} *\}}\}}", self.body).start()]  # type: ignore[union-attr]
        return self.body_line + before.count("\n")


def id_of(path: Path) -> str:
    """The id of the clause in a file: "price" for `32-price.vat.md`."""
    return path.name.split("-", 1)[1].split(".", 1)[0]


class Library:
    """The texts that letters are made of; a file is read when it is new or has changed, and only then.

    Whoever makes letters makes one, for as many houses, letters and threads as
    it likes.  A file has changed when its size or time of modification has.
    """

    def __init__(self) -> None:
        self._contents: dict[str, tuple[tuple[int, int], Any]] = {}

    def labels(self, language: Language, overrides: Path | None = None) -> Labels:
        """The fixed words of a language's letters, the house's own in place of ours.

        `overrides` is the house's `templates/` folder.  `FaultyInput` with every fault of its file.
        """
        path = TEMPLATES / language / labels.FILE
        ours: Labels = self.content(path, lambda: toml_reader.read(path, labels.FILE))
        own = overrides / language / labels.FILE if _are_own(overrides) else None
        if own is None or not os.path.lexists(own):
            return ours
        return relabel(ours, self.content(own, lambda: toml_reader.read(own, path_name(own))), path_name(own))

    def clauses(
        self, language: Language, kind: Kind, overrides: Path | None = None, part: Part = LETTER
    ) -> tuple[Clause, ...]:
        """All clauses of a kind of letter in print order, the house's own in place of ours.

        `overrides` is the house's `templates/` folder; `part` is the letter, or
        the e-mail that it goes with.  `FaultyInput` with every fault of every
        clause file, each with its file and line.
        """
        folder = folder_of(language, kind, part)
        ours = TEMPLATES / folder
        standard = self.content(ours, lambda: {path.name: path for path in sorted(ours.glob("*.md"))})
        own = {path.name: path for path in _override_files(overrides, folder)}
        faults = [
            Fault(path_name(path), "", _no_such_clause(name, tuple(standard)))
            for name, path in own.items()
            if name not in standard
        ]

        def clause_of(name: str) -> Clause:
            path = own.get(name, standard[name])
            return self.content(path, lambda: read_clause(path, overrides=name in own))

        return _all_sound(clause_of, standard, faults)

    def content(self, path: Path, read: Callable[[], _Content]) -> _Content:
        """What `read` makes of a file, kept until the file changes."""
        try:
            stat = path.stat()
        except OSError:
            return read()  # which says what is wrong
        # Looked at before it is read: a change meanwhile is noticed the next time.
        state = stat.st_mtime_ns, stat.st_size
        entry = self._contents.get(str(path))
        if entry is None or entry[0] != state:
            entry = self._contents[str(path)] = state, read()
        content: _Content = entry[1]
        return content


def _are_own(overrides: Path | None) -> TypeGuard[Path]:
    """Whether a house has a folder of templates that is not ours."""
    return overrides is not None and overrides.is_dir() and overrides.resolve() != TEMPLATES.resolve()


def relabel(ours: Labels, own: Mapping[str, Any], source: str) -> Labels:
    """Our labels with a house's or a letter's own in their place; `FaultyInput`, naming `source`, for faulty ones."""
    return labels.with_own(
        ours, own, source, lambda text: _unprintable(text) or foreign_markup.in_label(text)
    )


def _override_files(overrides: Path | None, folder: Path) -> list[Path]:
    if not _are_own(overrides):
        return []
    return sorted((overrides / folder).glob("*.md"))


def _all_sound(
    make: Callable[[_Item], Clause], items: Iterable[_Item], faults: list[Fault]
) -> tuple[Clause, ...]:
    """The clauses that are made of `items`; `FaultyInput` with `faults` and all those of the clauses."""
    clauses: list[Clause] = []
    for item in items:
        try:
            clauses.append(make(item))
        except FaultyInput as error:
            faults.extend(error.faults)
    if faults:
        raise FaultyInput(faults)
    return tuple(clauses)


def read_clause(path: Path, *, overrides: bool = False) -> Clause:
    """One clause from its file; all its faults at once, each with its line."""
    source = path_name(path)
    try:
        text = files.decode(files.read(path)).replace("\r\n", "\n")
        match = _HEAD.match(text)
        # An empty line in place of the first "+++": errors count the lines of the file.
        head = toml_reader.parse(f"\n{match[1]}") if match else {}
    except Defect as defect:
        raise defect.about(source) from None
    if not match:
        sentence = _('has no head; open it with a TOML table between two lines "+++"')
        raise FaultyInput([Fault(f"{source}:1", "", sentence)])
    body, line = text[match.end() :].rstrip("\n"), match[0].count("\n") + 1
    return _checked(path, head, body, line, overrides=overrides)


def _checked(path: Path, head: Mapping[str, Any], body: str, line: int, *, overrides: bool) -> Clause:
    """The clause of a head and a body; `FaultyInput` with all that is wrong with them."""
    source = path_name(path)
    faults = [*_head_faults(source, head, part_of(path)), *_body_faults(source, body, line)]
    if faults:
        raise FaultyInput(faults)
    return Clause(
        path,
        head.get("title", ""),
        tuple(head.get("when", ())),
        {law: tuple(sources) for law, sources in head.get("law", {}).items()},
        body,
        line,
        overrides,
    )


def reword(
    library: Sequence[Clause], wording: Mapping[str, Mapping[str, str] | None], source: str
) -> tuple[Clause, ...]:
    """A library with a letter's own wording in place of its own, as the letter's data holds it.

    What the data words is in that letter whatever the conditions, and what it
    words as None is out.  `FaultyInput`, naming `source`, for a faulty text.
    """
    names = [clause.path.name for clause in library]
    faults = [
        Fault(source, f"clauses.{excerpt(name)}", _no_such_clause(name, names))
        for name in sorted(wording.keys() - set(names))
    ]

    def reworded(clause: Clause) -> Clause:
        text = wording.get(clause.path.name)
        if not text:
            return clause
        head = {"title": text.get("title", ""), "law": {law: list(clause.law[law]) for law in clause.law}}
        return _checked(Path(source, clause.path.name), head, text.get("body", ""), 1, overrides=True)

    kept = [clause for clause in library if wording.get(clause.path.name, {}) is not None]
    return _all_sound(reworded, kept, faults)


def part_of(path: Path) -> Part:
    """What a clause file is the text of, by its folder."""
    return EMAIL if path.parent.parent.name == EMAIL else LETTER


def _head_faults(source: str, head: Mapping[str, Any], part: Part) -> Iterator[Fault]:
    for key in sorted(head.keys() - {"title", "when", "law"}):
        yield Fault(source, excerpt(key), _('is unknown in a clause; its keys are "title", "when" and "law"'))
    title = head.get("title", "")
    if not isinstance(title, str):
        yield Fault(source, "title", _("is not a text; write it between quotes"))
    elif refusal := _unprintable(title) or foreign_markup.in_title(title):
        yield Fault(source, "title", refusal)
    elif "{" in title or "}" in title:
        yield Fault(source, "title", _("holds a brace; write words alone, for a title has no placeholder"))
    yield from _list_faults(source, "when", head.get("when", []), lambda name: _no_such_condition(name, part))
    yield from _law_faults(source, head.get("law", {}))


def _law_faults(source: str, law: object) -> Iterator[Fault]:
    """What is wrong with the legal sources of a clause."""
    if not isinstance(law, dict):
        sentence = _("does not say under which law its sources stand; write law = {example}")
        yield Fault(source, "law", sentence.format(example='{ FR = ["…"], EW = ["…"] }'))
        return
    for name, sources in law.items():
        if name in get_args(Law):
            yield from _list_faults(source, f"law.{name}", sources, _unprintable)
        else:
            sentence = _("is not a law; write one of {choices}")
            yield Fault(source, f"law.{excerpt(name)}", sentence.format(choices=quoted(get_args(Law))))


def _list_faults(
    source: str, key: str, values: object, fault_of: Callable[[str], str | None]
) -> Iterator[Fault]:
    """What is wrong with a list of texts, and with each of them."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        yield Fault(source, key, _('is not a list of texts; write it as ["…", "…"]'))
    else:
        yield from (Fault(source, key, sentence) for value in values if (sentence := fault_of(value)))


def _body_faults(source: str, body: str, first_line: int) -> Iterator[Fault]:
    if not body.strip():
        yield Fault(source, "", _("has no text; write the clause below its head"))
    if not fonts.COMMON.fullmatch(body) or re.search("[{}]", PLACEHOLDER.sub("", body)):
        for number, line in enumerate(body.split("\n"), first_line):
            if refusal := _unprintable(line):
                yield Fault(f"{source}:{number}", "", refusal)
            if re.search("[{}]", PLACEHOLDER.sub("", line)):
                yield Fault(
                    f"{source}:{number}",
                    "",
                    _(
                        "a clause holds plain placeholders such as {example} and no other code;"
                        " a case of its own is a file of its own"
                    ).format(example="{{ feature.name }}"),
                )
    yield from foreign_markup.faults(source, body, first_line)


def _unprintable(line: str) -> str | None:
    """Why a line cannot be printed as it is written, or None."""
    names = [name_of(char) for char in sorted(set(line)) if is_hidden(char)]
    if names:
        return _("holds a character that does not show on paper: {names}; retype the text without it").format(
            names=", ".join(names[:MOST_NAMED])
        )
    chars = fonts.uncovered(line)
    return fonts.refusal(chars) if chars else None


def _no_such_clause(name: str, names: Sequence[str]) -> str:
    close = (closest(name, names, 0.4) or names)[0]
    return _("overrides no clause of the library; did you mean {name}?").format(name=close)


def _no_such_condition(name: str, part: Part) -> str | None:
    condition = name.removeprefix("not-")
    if condition in CONDITIONS or (part == EMAIL and condition == FINAL):
        return None
    close = (closest(condition, CONDITIONS, 0.3) or ["binding"])[0]
    return _("“{name}” is not a condition; did you mean “{close}”?").format(name=excerpt(name), close=close)
