"""Puts into the package what does not stand there in a checkout: compiled catalogues, what examples teach, the templates."""

import datetime
import io
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Babel writes the dates of a catalogue into it: today's would change the bytes each day.
NEVER = datetime.datetime.fromtimestamp(0, datetime.UTC)


class Contents(BuildHookInterface):
    """What a wheel holds beyond the files of `generator/accord`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile each `locale/<language>/LC_MESSAGES/accord.po`, and learn from the examples; hatchling calls this before it gathers files."""
        if version != "editable":  # where the templates of the checkout are read
            build_data["force_include"]["templates"] = "accord/templates"
        for source in Path(self.root, "generator", "accord", "locale").glob("*/LC_MESSAGES/*.po"):
            compiled, target = _compiled(source), source.with_suffix(".mo")
            # The tests build the package while others of them read the catalogue.
            if not target.exists() or target.read_bytes() != compiled:
                target.write_bytes(compiled)
        _learn(Path(self.root, "generator"))


def _compiled(source: Path) -> bytes:
    with source.open("rb") as file:
        catalogue = read_po(file)
    catalogue.creation_date = catalogue.revision_date = NEVER
    content = io.BytesIO()
    write_mo(content, catalogue)
    return content.getvalue()


def _learn(generator: Path) -> None:
    """Write what `accord.text.ear` learns; its code stands in the package, which is not installed yet."""
    sys.path.insert(0, str(generator))
    try:
        from accord.text import ear  # noqa: PLC0415
    finally:
        sys.path.remove(str(generator))
    ear.compile_all()
