"""The register as commands use it: in the name of the system's user, now."""

import getpass
import os
from contextlib import AbstractContextManager

from accord.cli.options import REGISTER, now
from accord.cli.terminal import tell
from accord.domain.house import HouseFile
from accord.register.register import Register
from accord.services.recorder import Records


def actor() -> str:
    """Who uses the program, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def records(home: HouseFile, address: str | None = None) -> Records:
    """The register of a house at an address, by default where the environment says."""
    return Records(home, address or os.environ.get(REGISTER), actor(), now(), tell)


def opened(home: HouseFile, address: str | None) -> AbstractContextManager[Register]:
    """The register, once what was announced and written is recorded in it."""
    return records(home, address).opened()
