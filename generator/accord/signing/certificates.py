"""Certificates in files: PEM (RFC 7468) or DER, one or many."""

from pathlib import Path

from accord import files
from accord.errors import Defect
from accord.i18n import _
from accord.text.characters import path_name

LARGEST = 1 << 20  # bytes of a file of certificates; one has some two thousand
ENDINGS = frozenset({".pem", ".crt", ".cer", ".der"})


def read(place: Path) -> tuple[bytes, ...]:
    """The certificates of a file, or of the files of a folder, in DER; `FaultyInput` names the file that has none."""
    paths = [place]
    if place.is_dir():
        paths = sorted(path for path in place.iterdir() if path.suffix.lower() in ENDINGS)
    found = tuple(certificate for path in paths for certificate in _of_file(path))
    if not found:
        raise Defect(_("holds no certificate; put files that end in .pem, .crt, .cer or .der there")).about(
            path_name(place)
        )
    return found


def _of_file(path: Path) -> tuple[bytes, ...]:
    from cryptography import x509  # noqa: PLC0415 - only where a certificate is read
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    source = path_name(path)
    try:
        content = files.read(path, LARGEST)
    except Defect as defect:
        raise defect.about(source) from None
    try:
        if b"-----BEGIN CERTIFICATE-----" in content:
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
    except ValueError:
        raise Defect(_("is no certificate; export it as PEM or DER")).about(source) from None
    return tuple(each.public_bytes(Encoding.DER) for each in found)
