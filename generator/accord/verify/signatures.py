"""Whether the signatures in a PDF hold: each is of the bytes that it says it is of, by its own certificate.

Whom a certificate belongs to, and whether to trust it, is not judged here.
pyHanko does the cryptography; it is imported for a file with a signature only.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from accord.errors import Defect
from accord.i18n import _
from accord.verify import signature_fields

TIME_STAMP = "tst_info"  # RFC 3161, 2.4.2


@dataclass(frozen=True)
class Signature:
    """What stands in a signature field.

    `fault` says why it does not hold, empty if it does; `is_time_stamp` whether
    it says when, and is nobody's word for the letter; `end` is the number of
    bytes of the file, from its first, that were there when it was made;
    `is_stamped` whether its field draws something.
    """

    field: str
    fault: str
    end: int
    is_stamped: bool
    is_time_stamp: bool


def read(content: bytes, pdf: pikepdf.Pdf) -> Iterator[Signature]:
    """The signatures in the file, in the order of its form; `signature_fields.MOST_SIGNATURES` at most."""
    for field in signature_fields.signed(pdf)[: signature_fields.MOST_SIGNATURES]:
        value = field["/V"]
        end, fault, kind = len(content), "", ""
        try:
            length, after, rest = _ranges(value)
            kind = _check(value, content[:length] + content[after : after + rest])
            end = after + rest
            _demand_around(value, content[length:after], is_whole=end <= len(content))
        except Defect as defect:
            fault = str(defect)
        is_stamped = not signature_fields.is_blank(field.get("/AP"))
        yield Signature(str(field.get("/T", "")), fault, end, is_stamped, kind == TIME_STAMP)


def _ranges(value: Any) -> tuple[int, int, int]:
    """How long the first part is that the signature covers, from the first byte; where the second begins; how long it is.

    `Defect` if it is of nothing.  Source: ISO 32000-1, 12.8.1.
    """
    start, length, after, rest = map(int, value["/ByteRange"])
    if not (start == 0 < length < after and rest > 0):
        raise Defect(_("it does not cover the file that it stands in"))
    return length, after, rest


def _demand_around(value: Any, hole: bytes, *, is_whole: bool) -> None:
    """`Defect` if anything but the signature's own digits is left out of what it covers, or not all of that is there."""
    try:
        is_own = (hole[:1], hole[-1:]) == (b"<", b">") and bytes.fromhex(hole[1:-1].decode()) == bytes(
            value["/Contents"]
        )
    except ValueError:
        is_own = False
    if not (is_own and is_whole):
        raise Defect(_("it does not cover the file that it stands in"))


def _check(value: Any, covered: bytes) -> str:
    """What kind of text the signature is of; `Defect` if it is none, is of other bytes, or not by its own certificate: RFC 5652, 5.4 to 5.6."""
    from asn1crypto import cms  # noqa: PLC0415 - only where there is a signature
    from pyhanko.sign import general  # noqa: PLC0415
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415

    try:
        contents = bytes(value["/Contents"])
        signature = cms.ContentInfo.load(contents)
        is_alone = not contents[len(signature.dump()) :].strip(b"\0")
        signed = signature["content"]
        signer = general.extract_signer_info(signed)
        certificates = general.extract_certificate_info(signed)
        wrapped = signed["encap_content_info"]
        kind = wrapped["content_type"].native
        digest = _digest(covered, signer["digest_algorithm"]["algorithm"].native)
        is_of_the_file = True
        if kind == TIME_STAMP:  # a time stamp says the digest of the file in a text of its own: RFC 3161
            imprint = wrapped["content"].parsed["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            is_of_the_file = imprint["hashed_message"].native == _digest(covered, algorithm)
            digest = _digest(wrapped["content"].contents, signer["digest_algorithm"]["algorithm"].native)
        is_intact, is_valid = generic_cms.validate_sig_integrity(
            signer, certificates.signer_cert, kind, digest
        )
        is_issued = _is_issued(certificates.signer_cert, certificates.other_certs)
    except Exception:  # noqa: BLE001 - a dozen errors of as many libraries for what makes no sense
        raise Defect(_("what stands there is no signature, or has no certificate")) from None
    if not is_alone:
        raise Defect(_("something else stands behind it"))
    if not is_valid:
        raise Defect(_("it does not verify with its own certificate"))
    if not (is_intact and is_of_the_file):
        raise Defect(_("it is not of this file, which was changed or saved anew after it was signed"))
    if not is_issued:
        raise Defect(_("its certificate was not issued by the one that it names as its issuer"))
    return str(kind)


def _digest(content: bytes, algorithm: str) -> bytes:
    return hashlib.new(algorithm.replace("_", "-"), content).digest()


def _is_issued(certificate: Any, others: Any) -> bool:
    """Whether the certificates that came along and bear an issuer's name did issue the one below; whom to trust is not judged.

    A renewed authority has several certificates of one name, of which one is the issuer's.
    """
    from cryptography import exceptions, x509  # noqa: PLC0415 - only where there is a signature

    def has_issued(issuer: Any) -> bool:
        one, other = (x509.load_der_x509_certificate(each.dump()) for each in (certificate, issuer))
        try:
            one.verify_directly_issued_by(other)
        except (exceptions.InvalidSignature, ValueError, TypeError):
            return False
        except exceptions.UnsupportedAlgorithm:
            return True  # not judged
        return True

    left = [each for each in others if each != certificate]
    while named := [each for each in left if each.subject.hashable == certificate.issuer.hashable]:
        issuer = next(filter(has_issued, named), None)
        if issuer is None:
            return False
        certificate = issuer
        left = [each for each in left if each not in named]
    return True
