"""What is told of a signature in a PDF."""

import datetime
from dataclasses import dataclass
from typing import Literal

from accord.signing.reading import Clock, Level, Standing

Covered = Literal["whole", "earlier", "nothing"]
Later = Literal["nothing", "harmless", "harmful", "unknown"]


@dataclass(frozen=True)
class Signed:
    """A signature in a file."""

    field: str
    """name of the field; supplier or prospect in a letter"""
    kind: Literal["signature", "time-stamp"]
    """time-stamp: proves that the file was there, and is nobody's signature"""
    intact: bool
    """whether it is of this file, by its own certificate"""
    fault: str
    """why it is not, as a sentence in the language of the interface; empty if it is"""
    signer: str
    """whose certificate it is, the person or else the company"""
    subject: str
    """all that the certificate says of its holder"""
    issuer: str
    """all that it says of who issued it"""
    serial: str
    """its serial number, in hexadecimal"""
    names_party: bool | None
    """whether it names the party of the field, or who signs for it in the letter; null where that is not known"""
    time: str
    """when it was signed, in ISO 8601; empty where nothing says so"""
    clock: Clock
    """who says when: the signer's own clock, or a time stamping authority"""
    clock_authority: str
    """the name of that authority; empty without one"""
    clock_trust: Standing | None
    """how its certificate stands, as in trust; null without one"""
    covers: Covered
    """the whole file; the file as it was earlier, which is a part of this one; nothing: it is not of this file"""
    later: Later
    """what was added to the file after it; harmless: other signatures and proofs alone; unknown: the file is no letter of Accord, or was put together anew"""
    trust: Standing
    """trusted; unchecked: nobody was named whom to trust; or why its certificate is not"""
    trusted_by: str
    """the authority that is trusted and vouches for it; empty without one"""
    level: Level
    """qualified; advanced with a qualified certificate; advanced; empty where it is not trusted"""
    seal: bool
    """whether a company sealed it, by a certificate that is qualified for that"""
    remark: str
    """whether to trust it, and what to do about it, as a sentence in the language of the interface"""

    @property
    def is_signature(self) -> bool:
        """Whether it is somebody's word for the file, and holds."""
        return self.intact and self.kind == "signature"

    @property
    def day(self) -> datetime.date | None:
        """The day on which it was made, where it was made."""
        return datetime.datetime.fromisoformat(self.time).date() if self.time else None
