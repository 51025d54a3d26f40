"""A letter signed as `accord sign` signs it, without the command line."""

import dataclasses
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from pyhanko.sign import signers

from accord.services import sign
from accord.signing import pades
from accord.signing.keys import Archive
from accord.signing.pades import Evidence, Stamp
from support.attacked import Letters
from support.authority import NOW, PASSPHRASE, Authority, Holder

B_B = Evidence()
PEOPLE: dict[sign.PartyName, str] = {"supplier": "Claire Moreau", "prospect": "Paul Lefèvre"}


def signed(authority: Authority, content: bytes, party: sign.PartyName, evidence: Evidence = B_B) -> bytes:
    """The letter with a signature of the party more."""
    with tempfile.TemporaryDirectory() as folder:
        letter, key = Path(folder) / "letter.pdf", Path(folder) / "key.p12"
        letter.write_bytes(content)
        key.write_bytes(authority.archive(authority.holder(PEOPLE[party])))
        found = sign.letter_in([letter])
        signing = sign.Signing(found, sign.field_to_sign(found, party), NOW)
        return signing.sign(content, Archive(key, PASSPHRASE), evidence)[0]


def variants(authority: Authority, content: bytes) -> dict[str, bytes]:
    """The letter signed in each way."""
    one = signed(authority, content, "supplier")
    stamped = Evidence(f"{authority.address}/tsa")
    lasting = dataclasses.replace(stamped, roots=(authority.root.der,))
    return {
        "by one": one,
        "by both": signed(authority, one, "prospect"),
        "by the other first": signed(authority, content, "prospect"),
        "time stamped": signed(authority, content, "supplier", stamped),
        "lasting": signed(authority, content, "supplier", lasting),
        "both lasting": signed(
            authority, signed(authority, content, "supplier", lasting), "prospect", lasting
        ),
    }


def sealed(
    authority: Authority, content: bytes, party: sign.PartyName, holder: Holder, evidence: Evidence = B_B
) -> bytes:
    """The same with the certificate of anybody, whatever `accord sign` would say of it."""
    key = signers.SimpleSigner.load_pkcs12_data(authority.archive(holder), (), PASSPHRASE.encode())

    class Key:
        async def open(self, _stack: AsyncExitStack) -> Any:
            return key

    stamp = Stamp(lambda _certificate: ["Signé"], sign.FACE.path)
    return pades.sign(content, Key(), party, stamp, evidence)[0]


def to_attack(authority: Authority, content: bytes, another: bytes) -> Letters:
    """A letter signed by one and by both, and another one that both have signed."""
    holders = {party: authority.holder(person) for party, person in PEOPLE.items()}
    one = signed(authority, content, "supplier")
    other = sealed(authority, another, "supplier", holders["supplier"])
    return Letters(
        plain=content,
        one=one,
        both=sealed(authority, one, "prospect", holders["prospect"]),
        other=sealed(authority, other, "prospect", holders["prospect"]),
        sign=lambda prepared: sealed(authority, prepared, "supplier", holders["supplier"]),
    )
