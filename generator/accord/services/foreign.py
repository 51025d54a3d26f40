"""What a command does with letters in PDFs, in a process of its own: whoever sent one may have made it to do harm.

The function that does it returns a dataclass, which comes back as plain data:
what is to be printed, and the content of the files to write.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, TypeVar

from accord import isolation
from accord.text.characters import path_name

if TYPE_CHECKING:
    from pydantic import ConfigDict

AS_BASE64: "ConfigDict" = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}
"""How a dataclass with bytes comes back: its `__pydantic_config__`."""

Answer = TypeVar("Answer")


def ask(
    process: isolation.Process, kind: type[Answer], function: str, files: Sequence[Path], *arguments: Any
) -> Answer:
    """The `kind` that `function`, named as "package.module:function", makes there of the files and arguments.

    `process` may serve other files too.  Raises the `AccordError` of the function, and one that names the
    files if they exceed its limits.
    """
    from pydantic import TypeAdapter  # noqa: PLC0415 - `ask_plainly` does without it

    return TypeAdapter(kind).validate_json(_answer(process, function, files, arguments))


def ask_plainly(
    process: isolation.Process, kind: type[Answer], function: str, files: Sequence[Path], *arguments: Any
) -> Answer:
    """The same of a dataclass of texts, bytes, lists and plain data alone: without pydantic, which takes as long to load as a command does."""
    said = json.loads(_answer(process, function, files, arguments))
    packed = {each.name for each in fields(kind) if each.type in {bytes, bytes | None}}  # type: ignore[arg-type]
    return kind(
        **{
            name: base64.urlsafe_b64decode(value) if name in packed and value is not None else value
            for name, value in said.items()
        }
    )


def _answer(
    process: isolation.Process, function: str, files: Sequence[Path], arguments: Sequence[Any]
) -> str:
    try:
        answer: str = process.call("accord.services.foreign:said", function, files, arguments)
    except isolation.NoAnswer as defect:
        raise defect.about(", ".join(map(path_name, files))) from None
    return answer


def said(function: str, files: Sequence[Path], arguments: Sequence[Any]) -> str:
    """The answer of the function as JSON; to be called in a process of its own."""
    answer = resolve_name(function)(files, *arguments)
    from pydantic import TypeAdapter  # noqa: PLC0415 - see ask

    return TypeAdapter(type(answer)).dump_json(answer).decode()
