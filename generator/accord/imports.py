"""Parts of libraries whose packages import all of theirs: the holidays of each country, the numbers of each language."""

import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_importing = threading.RLock()


def part(name: str) -> ModuleType:
    """The module `name`, imported without what its package imports beside it: a tenth of a second for one country.

    Meanwhile the package is an empty one.  Raises `ImportError` as any import does; a module that needs more of
    its package than its other modules is imported the usual way.
    """
    package = name.rpartition(".")[0]
    with _importing:
        if name in sys.modules or package in sys.modules or not (spec := find_spec(package)):
            return importlib.import_module(name)
        sys.modules[package] = module_from_spec(spec)
        try:
            return importlib.import_module(name)
        except (AttributeError, ImportError):
            pass
        finally:
            del sys.modules[package]
        return importlib.import_module(name)


@contextmanager
def postponed(name: str) -> Iterator[ModuleType]:
    """Let a module be imported when something in it is first used, not by what is imported meanwhile."""
    substitute = ModuleType(name)

    def of_the_real_one(attribute: str) -> Any:
        if attribute.startswith("__"):  # an import asks whether it is a package
            raise AttributeError(attribute)
        with _importing:
            if sys.modules.get(name) is substitute:
                del sys.modules[name]
            return getattr(importlib.import_module(name), attribute)

    substitute.__getattr__ = of_the_real_one  # type: ignore[method-assign]
    with _importing:
        sys.modules.setdefault(name, substitute)
        try:
            yield substitute
        finally:
            if sys.modules.get(name) is substitute:
                del sys.modules[name]
