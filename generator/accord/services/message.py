"""A letter in a draft e-mail, which a person opens, reads and sends."""

import datetime
import hashlib
import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from accord.clauses.library import Library
from accord.domain.deal import Deal
from accord.domain.house import HouseFile
from accord.errors import Fault, FaultyInput
from accord.i18n import _
from accord.letter import salutation
from accord.letter.email import message_of
from accord.letter.letter import Letter

UNCHANGED = b"X-Unchanged"  # the SHA-256 of all that follows: a person may have edited a draft
NO_DOMAIN = "accord.invalid"  # RFC 2606: of nobody
NOON = datetime.time(12, tzinfo=datetime.UTC)  # on that day in most of the world
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


def message(  # noqa: PLR0913, PLR0917 - a letter and what it was made from
    letter: Letter, pdf: bytes, name: str, deal: Deal, house_file: HouseFile, library: Library
) -> bytes:
    """The message (RFC 5322) as the content of an .eml file, with the letter's `pdf` attached under `name`.

    Marked as unsent, so that Outlook opens it as a draft of one's own.  The
    same letter gives the same bytes.  `FaultyInput` for an address that a
    message cannot have.
    """
    supplier, prospect = house_file.house.supplier, deal.prospect
    words = message_of(letter, deal, house_file, library)
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    mail["Date"] = format_datetime(datetime.datetime.combine(letter.date, NOON))
    own = salutation.plain_name(supplier.signatory) or supplier.name
    if supplier.email:
        mail["From"] = _address(own, supplier.email, "supplier.email")
    if prospect.email:
        their = salutation.plain_name(prospect.contact) or prospect.name
        mail["To"] = _address(their, prospect.email, "prospect.email")
    mail["Subject"] = words.subject
    domain = mail["From"].addresses[0].domain if supplier.email else NO_DOMAIN
    state = "final" if letter.final else "draft"
    mail["Message-ID"] = f"<{letter.file_stem}.{state}@{domain}>"
    mail.set_content("\n\n".join(words.paragraphs) + "\n", cte="quoted-printable")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    mail.set_boundary(f"=_{hashlib.sha256(pdf).hexdigest()[:32]}")  # "=_" is in neither encoding
    mail["Content-Language"] = letter.language
    content = mail.as_bytes()
    return b"%s: %s\r\n%s" % (UNCHANGED, _digest(content), content)


def is_unchanged(content: bytes) -> bool:
    """Whether a message is still as `message` made it, by the digest in its first line."""
    first, _end, rest = content.partition(b"\r\n")
    return first == b"%s: %s" % (UNCHANGED, _digest(rest))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _address(name: str, address: str, key: str) -> Address:
    """An address as a message has it; a domain with accents in its plain form (RFC 5891)."""
    local, _at, domain = address.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
        if PLAIN_ADDRESS.fullmatch(plain):
            return Address(name, addr_spec=plain)
    except (UnicodeError, ValueError, MessageError):
        pass
    sentence = _("cannot be the address of a message ({address}); correct it, or leave it out")
    raise FaultyInput([Fault("", key, sentence.format(address=address))])
