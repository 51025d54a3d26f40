"""Whose a certificate is, and whether that is somebody of a letter."""

from collections.abc import Sequence
from typing import Any, Literal

from accord.text.characters import excerpt, fold, folded_words

LONGEST = 300  # characters of all names in a certificate


def name_in(certificate: Any) -> str:
    """The name that a certificate (asn1crypto's) gives to its holder: a person's, else the company's."""
    return name_of(certificate.subject)


def name_of(names: Any) -> str:
    """The same of the holder's or the issuer's names."""
    native = names.native
    whole = " ".join(str(native[key]) for key in ("given_name", "surname") if native.get(key))
    name = native.get("common_name") or whole or native.get("organization_name") or ""
    return str(name[0] if isinstance(name, list) else name)


def names_in(certificate: Any, whose: Literal["subject", "issuer"]) -> str:
    """All names that a certificate gives to its holder or its issuer, such as CN=Claire Moreau,O=Novalys: RFC 4514."""
    from cryptography import x509  # noqa: PLC0415 - only where a signature is told

    try:
        names: x509.Name = getattr(x509.load_der_x509_certificate(certificate.dump()), whose)
        return excerpt(names.rfc4514_string(), LONGEST)
    except ValueError:  # not as the standard wants it
        return excerpt(str(getattr(certificate, whose).human_friendly), LONGEST)


def is_of(certificate: Any, company: str, signer: str, identifiers: Sequence[str]) -> bool:
    """Whether a certificate names a party of a letter by its name or a number, or who signs for it."""
    values = certificate.subject.native.values()
    names = {fold(name) for value in values for name in (value if isinstance(value, list) else [value])}
    words = {word for name in names for word in folded_words(name).split()}
    figures = ["".join(filter(str.isalnum, name)) for name in names]
    numbers = filter(None, ("".join(filter(str.isalnum, fold(each))) for each in identifiers))
    wanted = [set(folded_words(text).split()) for text in (company, signer)]
    return any(number in each for number in numbers for each in figures) or any(
        each and each <= words for each in wanted
    )
