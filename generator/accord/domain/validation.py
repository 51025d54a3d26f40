"""Everything that is wrong with the data of a file, in our sentences.

What pydantic finds is put into words, each naming the key and what to write
instead.  Items of a list count from one: `feature.acceptance_tests[2]` is the
second.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from accord import i18n
from accord.domain.base import StrictModel, all_keys, choices_at, plain_type, rows_at, table_at, table_within
from accord.domain.deal_file import DealFile
from accord.domain.house import House
from accord.domain.suggestions import MEANT_KEYS, MEANT_VALUES, closest
from accord.errors import Fault
from accord.i18n import _
from accord.text import fonts, formats
from accord.text.characters import excerpt, is_hidden, quoted

MOST_TOLD = 50  # faults of one file
NOT_PRINTED = frozenset({"brand.logo"})
IN_AN_ANNEX = frozenset({"acceptance_tests", "exclusions", "description"})
"""The keys whose values may stand in an annex instead, where there are too many or they are too long."""

Model = TypeVar("Model", bound=StrictModel)


def validate(root: type[Model], data: dict[str, Any], source: str) -> tuple[Model | None, list[Fault]]:
    """The model in `data`, or None, and everything that is wrong with it; `source` names the file."""
    if sentence := _of_the_other_kind(root, data):
        return None, [Fault(source, "", sentence)]
    faults = [Fault(source, key, fonts.refusal(chars)) for key, chars in _unprintable(root, data)]
    try:
        return root.model_validate(data), faults
    except ValidationError as error:
        errors = error.errors(include_url=False)
    faults += [Fault(source, _dotted(each["loc"]), _sentence(root, each)) for each in errors[:MOST_TOLD]]
    if len(errors) > MOST_TOLD:
        sentence = _("has {count} faults, of which the first {limit} are told; is this the right file?")
        faults.append(Fault(source, "", sentence.format(count=len(errors), limit=MOST_TOLD)))
    return None, faults


def _of_the_other_kind(root: type[StrictModel], data: Mapping[str, Any]) -> str:
    """What to say of a house file in the place of a deal, or the other way round; "" for any other."""
    if root is DealFile and not _has_own_tables(root, data) and _has_own_tables(House, data):
        return _("is your company’s file, not a deal; name a deal file, which “accord new” writes")
    if root is House and not _has_own_tables(root, data) and _has_own_tables(DealFile, data):
        return _("is a deal file, not your company’s; name accord.toml, which “accord init” writes")
    return ""


def _has_own_tables(root: type[StrictModel], data: Mapping[str, Any]) -> bool:
    """Whether one of the tables is there that such a file must have."""
    return any(
        info.is_required() and table_at(info) and name in data for name, info in root.model_fields.items()
    )


def in_order(root: type[StrictModel], faults: Iterable[Fault]) -> list[Fault]:
    """The faults in the order of the model's keys; those of the file as a whole come first."""

    def place(fault: Fault) -> list[tuple[int, int]]:
        places: list[tuple[int, int]] = []
        table: type[StrictModel] | None = root
        for part in fault.key.split(".") if fault.key else ():
            name, item = re.fullmatch(r"(.*?)(?:\[([0-9]{1,9})\])?", part).groups()  # type: ignore[union-attr]
            keys = table.model_fields if table else {}
            places.append(([*keys, name].index(name), int(item or 0)))
            table = (table_at(keys[name]) or rows_at(keys[name])) if name in keys else None
        return places

    return sorted(faults, key=place)


def _dotted(loc: Iterable[str | int]) -> str:
    """A place in a file as people count: `feature.acceptance_tests[2]` is the second test."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{excerpt(part)}" for part in loc)
    return "".join(parts).removeprefix(".")


def _unprintable(table: type[StrictModel], data: object, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each text with characters that no font has, and these characters.

    Hidden characters are left to the model, which has its own sentence for them.
    """
    for name, info in table.model_fields.items():
        value = data.get(name) if isinstance(data, dict) else None
        key = f"{prefix}{name}"
        if inner := table_at(info):
            yield from _unprintable(inner, value, f"{key}.")
            continue
        if row := rows_at(info):
            for n, item in enumerate(value if isinstance(value, list) else (), 1):
                yield from _unprintable(row, item, f"{key}[{n}].")
            continue
        items = {f"{key}[{n}]": item for n, item in enumerate(value, 1)} if isinstance(value, list) else {}
        if isinstance(value, dict):
            items = {f"{key}.{excerpt(language)}": text for language, text in value.items()}
        for where, text in (items or {key: value}).items():
            if isinstance(text, str) and not choices_at(info) and where not in NOT_PRINTED:
                chars = fonts.uncovered(unicodedata.normalize("NFC", text.strip()))
                if missing := [char for char in chars if not is_hidden(char)]:
                    yield where, missing


@dataclass(frozen=True)
class _Mistake:
    """One of pydantic's errors: the root of the file, the table and the key where it stands, and the value."""

    root: type[StrictModel]
    table: type[StrictModel]
    name: str
    info: FieldInfo | None
    value: Any
    context: Mapping[str, Any]

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(filter(None, choices_at(self.info))) if self.info else ()


def _sentence(root: type[StrictModel], details: Any) -> str:
    """What is wrong and what to write, for one error of pydantic's list."""
    table, name, info = root, "", None
    for part in details["loc"]:
        if isinstance(part, str):
            table = (info and (table_within(info) or rows_at(info))) or table
            name, info = part, table.model_fields.get(part)
    mistake = _Mistake(root, table, name, info, details["input"], details.get("ctx", {}))
    return SENTENCES.get(details["type"], _misfit)(mistake)


def _misfit(_mistake: _Mistake) -> str:
    return _("does not fit here; see “accord schema” for what does")


def _missing(mistake: _Mistake) -> str:
    info, name = mistake.info, mistake.name
    if info and (inner := table_at(info)):
        required = [key for key, field in inner.model_fields.items() if field.is_required()]
        return _("is missing; write the table [{name}], at least with {keys}").format(
            name=name, keys=", ".join(required)
        )
    if mistake.choices:
        return _("is missing; write one of {choices}").format(choices=quoted(mistake.choices))
    if info and plain_type(info) is datetime.date:
        return _("is missing; write a day, such as 2027-03-31")
    return _('is missing; write {name} = "…"').format(name=name)


def _unknown(mistake: _Mistake) -> str:
    name, table, root = mistake.name, mistake.table, mistake.root
    if keys := _likely_keys(name, table, root):
        return _("is not a key of this table; did you mean {keys}?").format(keys=", ".join(keys))
    if table is not root and name in root.model_fields:
        return _("is not a key of this table; write it at the top of the file, above the first [table]")
    if root is DealFile and table is root and name in House.model_fields:
        return _("belongs in the house file; is this the right file?")
    if root is House and table is root and name in DealFile.model_fields:
        return _("belongs in a deal file; is this the right file?")
    return _("is not a key of this table, which knows: {keys}").format(keys=", ".join(table.model_fields))


def _likely_keys(name: str, table: type[StrictModel], root: type[StrictModel]) -> list[str]:
    """The keys that an unknown one may stand for: by meaning, elsewhere in the file, by spelling."""
    here, everywhere = list(table.model_fields), [key for key, _info in all_keys(root)]
    meant = MEANT_KEYS.get(name.lower(), "")
    if (last := meant.rpartition(".")[2]) in here:
        return [last]
    if meant in everywhere:
        return [meant]
    if table is not root and name in root.model_fields:
        return []
    elsewhere = [key for key in everywhere if key.endswith(f".{name}")]
    return elsewhere[:3] or closest(name, here)


def _no_choice(mistake: _Mistake) -> str:
    choices = quoted(mistake.choices)
    if not isinstance(mistake.value, str):
        return _("must be one of {choices}").format(choices=choices)
    text = mistake.value.strip()
    folded = {choice.casefold(): choice for choice in mistake.choices if choice}
    meant = MEANT_VALUES.get(text.casefold(), "").casefold()
    guess = next((folded[each] for each in (meant, *closest(text, folded)) if each in folded), "")
    if not guess:
        return _("“{given}” is not known; write one of {choices}").format(
            given=excerpt(text), choices=choices
        )
    return _('“{given}” is not known; did you mean "{guess}"? It may be one of {choices}').format(
        given=excerpt(text), guess=guess, choices=choices
    )


def _no_text(mistake: _Mistake) -> str:
    value = mistake.value
    if isinstance(value, list | dict):
        return _('must be one text; write {name} = "…"').format(name=mistake.name)
    # Python refuses to write out a number of thousands of digits.
    sample = "…" if isinstance(value, int) and abs(value) > 10**15 else excerpt(str(value).lower())
    return _('must be text; write it between quotation marks: "{sample}"').format(sample=sample)


def _no_whole_number(mistake: _Mistake) -> str:
    value = mistake.value
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return _("must be a number; write it without quotation marks: {number}").format(number=int(value))
    return _("must be a whole number; write digits alone, such as {number}").format(number=12)


def _number(limit: int) -> str:
    return str(formats.number(limit, i18n.locale()))


def _no_list(mistake: _Mistake) -> str:
    if mistake.info and rows_at(mistake.info):
        return _in_double_brackets(mistake)
    sample = excerpt(mistake.value) if isinstance(mistake.value, str) else "…"
    return _('must be a list; write {name} = ["{sample}"]').format(name=mistake.name, sample=sample)


def _in_double_brackets(mistake: _Mistake) -> str:
    sentence = _("may stand several times; write its heading with double brackets: [[{name}]]")
    return sentence.format(name=mistake.name)


def _no_table(mistake: _Mistake) -> str:
    if mistake.info and rows_at(mistake.info):
        return _in_double_brackets(mistake)
    if isinstance(mistake.value, list):
        sentence = _("can stand only once; write its heading with single brackets: [{name}]")
    else:
        sentence = _("must be a table; write the heading [{name}] and its keys below")
    return sentence.format(name=mistake.name)


def _too_long(mistake: _Mistake, sentence: str) -> str:
    if mistake.name in IN_AN_ANNEX:
        sentence += _(", or write it all in a document and name that under [[annex]], as title and file")
    return sentence.format(count=len(mistake.value), limit=mistake.context["max_length"])


SENTENCES: Mapping[str, Callable[[_Mistake], str]] = {
    "fault": lambda mistake: str(mistake.context["sentence"]),
    "missing": _missing,
    "extra_forbidden": _unknown,
    "invalid_key": _misfit,
    "literal_error": _no_choice,
    "string_type": _no_text,
    "string_too_long": lambda mistake: _too_long(
        mistake, _("has {count} characters, but its place holds {limit}; shorten it")
    ),
    "string_unicode": lambda _mistake: _("holds bytes that are not characters; retype it"),
    "int_type": _no_whole_number,
    "int_from_float": _no_whole_number,
    "greater_than_equal": lambda mistake: _("must be at least {limit}").format(
        limit=_number(mistake.context["ge"])
    ),
    "less_than_equal": lambda mistake: _("must be at most {limit}").format(
        limit=_number(mistake.context["le"])
    ),
    "tuple_type": _no_list,
    "too_long": lambda mistake: _too_long(
        mistake, _("has {count} items, but its place holds {limit}; shorten the list")
    ),
    "model_type": _no_table,
    "bool_type": lambda _mistake: _("must be true or false, without quotation marks"),
}
"""The sentence for each of pydantic's errors, by its type."""
