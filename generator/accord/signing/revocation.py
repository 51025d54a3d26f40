"""What a revocation list says that a trusted authority signed which is none of its own issuer's.

Trusted lists name such authorities.  pyHanko asks who vouches for them, and takes no list of theirs.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from cryptography import exceptions, x509


def revoked(
    certificate: x509.Certificate, issuer: x509.Certificate, lists: Iterable[bytes], at: datetime.datetime
) -> datetime.datetime | bool | None:
    """When a certificate was revoked, by the lists (DER) that its issuer signed; False if it was not by then, None if none says.

    Source: RFC 5280, 5 and 6.3.
    """
    said: bool | None = None
    for content in lists:
        try:
            listed = x509.load_der_x509_crl(content)
            if not _counts(listed, certificate, issuer, at):
                continue
            entry = listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
        except (ValueError, TypeError, exceptions.UnsupportedAlgorithm):
            continue  # what makes no sense says nothing
        if entry and entry.revocation_date_utc <= at:
            return entry.revocation_date_utc
        said = False
    return said


def has_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether a certificate was signed by the one that it names as its issuer."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, exceptions.InvalidSignature, exceptions.UnsupportedAlgorithm):
        return False
    return True


def _counts(
    listed: x509.CertificateRevocationList,
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    at: datetime.datetime,
) -> bool:
    """Whether a list is the issuer's, whole, not replaced yet, and about certificates such as this one."""
    if listed.issuer != issuer.subject or not listed.next_update_utc or listed.next_update_utc < at:
        return False
    key: Any = issuer.public_key()
    if not listed.is_signature_valid(key):
        return False
    critical = [each for each in listed.extensions if each.critical]
    return all(
        isinstance(each.value, x509.IssuingDistributionPoint) and _is_about(each.value, certificate)
        for each in critical
    )


def _is_about(part: x509.IssuingDistributionPoint, certificate: x509.Certificate) -> bool:
    """Whether the part of all certificates that a list is about has this one in it: RFC 5280, 5.2.5."""
    if (
        part.indirect_crl
        or part.only_some_reasons
        or part.only_contains_attribute_certs
        or part.relative_name
    ):
        return False
    if part.only_contains_ca_certs:  # of authorities, which have lists by others
        return False
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return part.full_name is None
    names = {name for point in points for name in point.full_name or ()}
    return part.full_name is None or bool(names & {*part.full_name})
