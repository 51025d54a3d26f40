"""What decides how a letter is set: where it is the same, letters are the same byte for byte."""

import functools
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from importlib.metadata import version

from accord.clauses.library import TEMPLATES
from accord.pdf import engine
from accord.text.fonts import FACES

PACKAGES = (
    "accord",
    "babel",
    "fonttools",
    "holidays",
    "jinja2",
    "markdown-it-py",
    "num2words",
    "pydyf",
    "python-stdnum",
    "weasyprint",
)


@functools.cache  # of the installed program, which does not change while it runs
def versions() -> Mapping[str, str]:
    """The versions of the program, of its libraries, of Pango and zlib; digests of the fonts and the templates."""
    engine.load()
    from weasyprint.text.ffi import pango  # noqa: PLC0415 - once it is ready

    return {
        **{name: version(name) for name in PACKAGES},
        "pango": str(pango.pango_version()),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "fonts": _digest(face.path.read_bytes() for face in FACES),
        "templates": _digest(
            path.relative_to(TEMPLATES).as_posix().encode() + path.read_bytes()
            for path in sorted(TEMPLATES.rglob("*"))
            if path.is_file()
        ),
    }


def _digest(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:12]
