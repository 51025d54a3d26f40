"""A letter signed as `accord sign` signs it, without the command line."""

import dataclasses
import tempfile
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path
from unittest import mock

from asn1crypto import algos, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

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


class Sealing(signers.Signer):
    """Signs with a key at hand; to read one from its file, it is tried out, which takes a tenth of a second."""

    def __init__(self, authority: Authority, holder: Holder) -> None:
        registry = SimpleCertificateStore()
        registry.register(x509.Certificate.load(authority.intermediate.der))
        super().__init__(
            signing_cert=x509.Certificate.load(holder.der),
            cert_registry=registry,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )
        self.key = holder.key

    async def async_sign_raw(self, data: bytes, _digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002
        """The signature, or as many bytes."""
        return bytes(256) if dry_run else self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    async def open(self, _stack: AsyncExitStack) -> "Sealing":
        """Itself, as keys of the program open."""
        return self


def sealed(  # noqa: PLR0913 - one argument per choice
    authority: Authority,
    content: bytes,
    party: sign.PartyName,
    holder: Holder,
    evidence: Evidence = B_B,
    *,
    shown: bool = False,
) -> bytes:
    """The letter signed by anybody, whatever `accord sign` would say of it; the field shows it if `shown`, which takes long to draw."""
    stamp = Stamp(lambda _certificate: ["Signé"], sign.FACE.path)
    hidden = nullcontext() if shown else mock.patch.object(pades, "_style", return_value=None)
    with hidden:
        return pades.sign(content, Sealing(authority, holder), party, stamp, evidence)[0]


def to_attack(authority: Authority, content: bytes, another: bytes) -> Letters:
    """A letter signed by one and by both, and another one that both have signed."""
    holders = {party: authority.holder(person) for party, person in PEOPLE.items()}
    one = signed(authority, content, "supplier")
    other = sealed(authority, another, "supplier", holders["supplier"], shown=True)
    return Letters(
        plain=content,
        one=one,
        both=sealed(authority, one, "prospect", holders["prospect"], shown=True),
        other=sealed(authority, other, "prospect", holders["prospect"], shown=True),
        sign=lambda prepared: sealed(authority, prepared, "supplier", holders["supplier"], shown=True),
    )
