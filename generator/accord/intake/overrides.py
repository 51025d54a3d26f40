"""Answers and flags: texts put where a file would have values."""

import re
from collections.abc import Mapping
from typing import Any, Literal, get_origin

from pydantic.fields import FieldInfo

from accord import toml_reader
from accord.domain.base import all_keys, choices_at, plain_type, table_at
from accord.domain.deal_file import ROOTS
from accord.domain.suggestions import MEANT_KEYS, closest
from accord.errors import Defect, Fault, FaultyInput
from accord.i18n import _
from accord.intake import dotted, words
from accord.text.characters import excerpt


def set_key(data: dict[str, Any], key: str, text: str, kind: Literal["deal", "house"] = "deal") -> None:
    """Set the dotted `key` of `data`, a deal or a house, to what `text` says, as `--set` does.

    The text becomes what the model wants there: a whole number, a date, true
    or false, a list (items parted by ";" or "|", or as TOML writes lists), the
    value that a word means ("abonnement", "France").
    Raises `FaultyInput`, which names no file, if there is no such key or the
    text does not fit.
    """
    name = key.strip()
    info = dict(all_keys(ROOTS[kind])).get(name)
    if info is None:
        raise FaultyInput([Fault("", excerpt(name), _no_such_key(name, kind))])
    try:
        dotted.put(data, name, _converted(name, info, text))
    except Defect as defect:
        raise defect.about("", name) from None


def set_keys(
    data: dict[str, Any], texts: Mapping[str, str], kind: Literal["deal", "house"] = "deal"
) -> list[Fault]:
    """Set each key as `set_key` does, as far as it can be; returns the faults of the others."""
    faults: list[Fault] = []
    for key, text in texts.items():
        try:
            set_key(data, key, text, kind)
        except FaultyInput as error:
            faults += error.faults
    return faults


def _no_such_key(name: str, kind: Literal["deal", "house"]) -> str:
    keys = [key for key, info in all_keys(ROOTS[kind]) if not table_at(info)]
    ending = f".{name.rpartition('.')[2]}"
    meant = MEANT_KEYS.get(ending[1:].lower(), "")
    close = (
        [key for key in keys if meant and (key == meant or key.endswith(f".{meant}"))]
        or closest(name, keys, cutoff=0.8)
        or [key for key in keys if key.endswith(ending)]
        or closest(name, keys)
    )
    if close:
        return _("is not a key of that file; did you mean {keys}?").format(keys=", ".join(close[:3]))
    return _("is not a key of that file; “accord schema {kind}” lists them all").format(kind=kind)


def _converted(name: str, info: FieldInfo, text: str) -> Any:
    """The text as the type that the model wants; `Defect` if it cannot be."""
    if inner := table_at(info):
        example = f"{name}.{next(iter(inner.model_fields))}"
        raise Defect(_("is a whole table; set one of its keys, such as {key}").format(key=example))
    if choices_at(info):
        return words.meant(name, text) or text
    if name.endswith(".country"):
        return words.country(text) or text
    kind = plain_type(info)
    if kind is int:
        if not re.fullmatch(r"\s*[+-]?[0-9]{1,12}\s*", text):
            sentence = _("is not a whole number ({text}); write digits alone, such as {number}")
            raise Defect(sentence.format(text=excerpt(text), number=12))
        return int(text)
    if kind is bool:
        answer = yes_or_no(text)
        if answer is None:
            sentence = _("is neither yes nor no ({text}); write true or false")
            raise Defect(sentence.format(text=excerpt(text)))
        return answer
    return _items(text) if get_origin(kind) is tuple else text


YES = {"true", "yes", "y", "vrai", "oui", "o", "1"}
NO = {"false", "no", "n", "faux", "non", "0"}


def yes_or_no(text: str) -> bool | None:
    """What `text` answers, in French or English; None if neither."""
    word = text.strip().casefold()
    return word in YES if word in YES | NO else None


def _items(text: str) -> list[Any]:
    """A list from TOML's own notation, or from parts between ";" or "|"."""
    if text.strip().startswith("["):
        try:
            value = toml_reader.parse(f"list = {text}")["list"]
        except (Defect, KeyError):
            value = None
        if isinstance(value, list):
            return value
    return [part.strip() for part in re.split(r"[;|]", text) if part.strip()]
