"""A quicker start of WeasyPrint, without a change in what it does.

Two things take half of its start, and no letter needs them done each time:

- parsing the C declarations of Pango: `_pango_cdef.py` holds them parsed, and
  is used only for the very same declarations, on Linux;
- importing two parts of fontTools that nothing uses where HarfBuzz makes the
  subsets of the fonts: they are imported when something does.

Both reach into WeasyPrint and are meant for one version of it.  With any other
it starts as it would by itself.  After a change of version, write the parsed
declarations anew with `python -m accord.pdf._quickstart`.
"""

import hashlib
import importlib
import importlib.metadata
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from accord.imports import postponed
from accord.pdf.internals import VERSION

HEAD = '"""WeasyPrint\'s declarations of C, parsed by `python -m accord.pdf._quickstart`."""\n\n'
PARSED = Path(__file__).with_name("_pango_cdef.py")


def import_weasyprint() -> ModuleType:
    """The module `weasyprint`, imported the quick way if it is the version that this is meant for.

    To be called by one thread at a time, as `engine.load` does, for it swaps parts
    of other modules during the import.  Other threads may run meanwhile: nothing
    but WeasyPrint asks for `cffi.FFI` here, and the substitutes for the modules of
    fontTools import the real ones as soon as they are used.
    """
    if "weasyprint" in sys.modules or importlib.metadata.version("weasyprint") != VERSION:
        return importlib.import_module("weasyprint")
    with _parsed_declarations(), _postponed():
        return importlib.import_module("weasyprint")


class Declarations:
    """Replaces `cffi.FFI`, for declarations of C that are parsed beforehand."""

    def cdef(self, source: str) -> None:
        """Become what `cffi.FFI` is after parsing the declarations `source`."""
        ffi = _parsed(source)
        vars(self).update({name: getattr(ffi, name) for name in dir(ffi) if not name.startswith("__")})


def _parsed(source: str) -> Any:
    """The declarations as parsed beforehand, or parsed now if they are others, or the system is not Linux.

    On other systems, cffi also searches for the libraries themselves, which
    what is parsed beforehand cannot do.
    """
    if sys.platform == "linux":
        with suppress(ImportError):
            from accord.pdf import _pango_cdef  # noqa: PLC0415 - made for one platform and version

            if digest(source) == _pango_cdef.SOURCE:
                return _pango_cdef.ffi
    import cffi  # noqa: PLC0415 - only while WeasyPrint starts

    ffi = cffi.api.FFI()
    ffi.cdef(source)
    return ffi


def digest(source: str) -> str:
    """The SHA-256 of a text of declarations, in hexadecimal digits."""
    return hashlib.sha256(source.encode()).hexdigest()


@contextmanager
def _parsed_declarations() -> Iterator[None]:
    """Let `cffi.FFI` be `Declarations` meanwhile."""
    import cffi  # noqa: PLC0415 - only while WeasyPrint starts

    cffi.FFI = Declarations
    try:
        yield
    finally:
        cffi.FFI = cffi.api.FFI


@contextmanager
def _postponed() -> Iterator[None]:
    """Let two modules of fontTools be imported at their first use, not by WeasyPrint's start."""
    with postponed("fontTools.subset"), postponed("fontTools.varLib.instancer") as instancer:

        def instantiate(*arguments: Any, **options: Any) -> Any:
            return instancer.__getattr__("instantiateVariableFont")(*arguments, **options)

        # WeasyPrint imports it by name, so asks for it at once.
        instancer.instantiateVariableFont = instantiate  # type: ignore[attr-defined]
        yield


def write_parsed_declarations(path: Path = PARSED) -> None:
    """Parse the declarations of the installed WeasyPrint into the module `path`.

    For a process that has not imported WeasyPrint the quick way.
    """
    from weasyprint.text.ffi import ffi  # noqa: PLC0415 - not the quick way

    ffi.set_source("accord.pdf._pango_cdef", None)
    ffi.emit_python_code(str(path))
    declared = "".join(ffi._cdefsources)  # noqa: SLF001 - kept nowhere else
    path.write_text(f'{HEAD}{path.read_text("utf-8")}\nSOURCE = "{digest(declared)}"\n', "utf-8")


if __name__ == "__main__":
    write_parsed_declarations()
