"""Numbers of companies are told sound from wrong, and one company from another.

Which numbers are sound is shown in test_model.py.
"""

from dataclasses import dataclass

import pytest

from accord.domain.identifiers import compact, same, wrong_registration, wrong_vat


@dataclass(frozen=True)
class Company:
    """A company of no country."""

    name: str | None = None
    registration: str | None = None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("732 829 320", "732829320"),
        ("732\u00a0829\u202f320", "732829320"),
        ("0403.019.261", "0403019261"),
        ("che-100\u2011155.212", "CHE100155212"),
        ("", ""),
    ],
)
def test_a_number_is_compared_without_what_only_helps_to_read_it(number: str, expected: str) -> None:
    assert compact(number) == expected


SIREN = Company("Novalys", "732 829 320")


@pytest.mark.parametrize(
    ("one", "other", "shown_by"),
    [
        (SIREN, Company("Filiale", "732829320"), "registration"),
        (SIREN, Company("Filiale", "732 829 320 00074"), "registration"),
        (Company("A", "sc-123.456"), Company("B", "SC 123456"), "registration"),
        (Company("A", "12345678901234 DE"), Company("B", "123456789"), None),
        (SIREN, Company("Novalys", "552 100 554"), None),  # sister companies may share a name
        (SIREN, Company("  NOVALYS "), "name"),
        (Company("Ｎovalys  SAS"), Company("novalys sas"), "name"),
        (Company("Novalys"), Company("Novalis"), None),
        (Company(), Company(), None),
        (Company("A"), Company(None, "732829320"), None),
    ],
)
def test_one_company_is_told_from_another(one: Company, other: Company, shown_by: str | None) -> None:
    assert same(one, other) == shown_by
    assert same(other, one) == shown_by


def test_every_check_reads_numbers_alike() -> None:
    """However a number is set out, it is one number to all three checks."""
    for number in ("732829320", "732 829 320", "732.829.320", "732-829-320", "732\u2011829\u2011320"):
        assert wrong_registration(number, "FR") is None
        assert wrong_vat(f"FR 44 {number}", number) is None
        assert wrong_vat("FR 40 303 265 045", number) == (
            f"FR 40 303 265 045 does not belong to the company registered as {number}; correct one of the two"
        )
        assert same(Company("A", number), SIREN) == "registration"
    assert wrong_vat("FR 44 732 829 320", "732 829 320 00074") is None
