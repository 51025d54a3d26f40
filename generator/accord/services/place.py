"""Where the register of a house is; looked up without its database, which weighs."""

from pathlib import Path

from accord.domain.house import HouseFile

FILE = "register.db"


def address_of(home: HouseFile, address: str | None) -> str:
    """The address given, or that of a file so named; else what the house says, or the file beside its own."""
    address = address or home.house.register.url
    if not address:
        return f"sqlite:///{home.path.parent.absolute() / FILE}"
    return address if "://" in address else f"sqlite:///{Path(address).absolute()}"


def is_there(home: HouseFile, address: str | None) -> bool:
    """Whether there is a register to ask: a server, or a file that has been made."""
    where = address_of(home, address)
    if not where.startswith("sqlite"):
        return True
    return Path(where.partition(":///")[2].partition("?")[0]).is_file()
