"""Numbers of companies are told sound from wrong, and one company from another.

Which numbers are sound is shown in test_deal.py.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.identifiers import compact, grouped, unlabelled, wrong_registration, wrong_vat
from accord.domain.parties import Party, shown_same_by
from accord.text import places


def company(name: str | None = None, registration: str | None = None) -> Party:
    return Party.model_construct(name=name, registration=registration)


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


SIREN = company("Novalys", "732 829 320")


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        (SIREN, company("Filiale", "732829320"), "registration"),
        (SIREN, company("Filiale", "732 829 320 00074"), "registration"),
        (company("A", "sc-123.456"), company("B", "SC 123456"), "registration"),
        (company("A", "12345678901234 DE"), company("B", "123456789"), None),
        (SIREN, company("Novalys", "552 100 554"), None),  # sister companies may share a name
        (SIREN, company("  NOVALYS "), "name"),
        (company("Ｎovalys  SAS"), company("novalys sas"), "name"),
        (company("Novalys"), company("Novalis"), None),
        (company(), company(), None),
        (company("A"), company(None, "732829320"), None),
    ],
)
def test_one_company_is_told_from_another(one: Party, other: Party, key: str | None) -> None:
    assert shown_same_by(one, other) == key
    assert shown_same_by(other, one) == key


def test_every_check_reads_numbers_alike() -> None:
    """However a number is set out, it is one number to all three checks."""
    for number in ("732829320", "732 829 320", "732.829.320", "732-829-320", "732\u2011829\u2011320"):
        assert wrong_registration(number, "FR") is None
        assert wrong_vat(f"FR 44 {number}", number) is None
        assert wrong_vat("FR 40 303 265 045", number) == (
            f"FR 40 303 265 045 does not belong to the company registered as {number}; correct one of the two"
        )
        assert shown_same_by(company("A", number), SIREN) == "registration"
    assert wrong_vat("FR 44 732 829 320", "732 829 320 00074") is None


LABELLED = [
    *("N° 552100554", "n°552100554", "SIREN 552100554", "SIREN : 552 100 554", "552,100,554", "552'100'554", "552_100_554", "552/100/554", "RCS 552100554"),
    *("Numéro SIREN: 552.100.554", "SIRET 552 100 554 00013", "552 100 554 RCS Paris", "RCS Paris 552 100 554"),
]  # fmt: skip


@pytest.mark.parametrize("text", LABELLED)
def test_a_siren_is_read_behind_its_label_and_between_any_marks(text: str) -> None:
    party = Party.model_validate({"name": "A", "country": "FR", "registration": text})
    assert wrong_registration(str(party.registration), "FR") is None
    assert grouped(str(party.registration), "FR") == "552 100 554"
    assert party.registry == ("Paris" if "Paris" in text else None)


UNLABELLED = {
    ("DK", "CVR 13585628"): "13585628",
    ("DK", "CVR-nr. 13585628"): "13585628",
    ("BE", "RPM 0403.170.701"): "0403.170.701",
    ("BE", "BE 0403 170 701"): "BE 0403 170 701",
    ("NO", "NO 995 525 828 MVA"): "995 525 828",
    ("NO", "Org.nr: 995 525 828"): "995 525 828",
    ("CZ", "IČO: 25596641"): "25596641",
    ("AU", "ABN 83 914 571 673"): "83 914 571 673",
    ("GB", "Company No. 01234567"): "01234567",
    ("GB", "Company number: SC123456"): "SC123456",
    ("GB", "NO 123456"): "NO 123456",
    ("GB", "no 1234"): "no 1234",
    ("FR", "RNA W751234567"): "W751234567",
    ("DE", "HRB 12345"): "HRB 12345",
    ("DK", "CVR 13585629"): "CVR 13585629",
    (None, "CVR 13585628"): "CVR 13585628",
}


@pytest.mark.parametrize("case", UNLABELLED)
def test_a_number_is_read_behind_its_label_where_its_register_knows_it(case: tuple[str | None, str]) -> None:
    country, text = case
    assert unlabelled(text, country) == UNLABELLED[case]


def test_the_label_of_a_number_is_left_out_of_the_letter() -> None:
    party = Party.model_validate({"name": "A", "country": "DK", "registration": "CVR 13585628"})
    assert party.registration == "13585628"


@pytest.mark.parametrize(
    "text", ["N° 552100555", "HRB 123456", "n 123456789", "12,345,678", "No. 01234567", "Siren Ltd 552100554"]
)
def test_no_other_number_is_changed(text: str) -> None:
    assert Party.model_validate({"name": "A", "registration": text}).registration == text


NUMBERS = st.one_of(
    st.text(max_size=25),
    st.text("0123456789 .-/ABEHKMTX٣²Ⅷ", max_size=20),
    st.builds("{}{}".format, st.sampled_from(["CHE", "NO", "MC", "LI", "GB", "FR", "JP", "CA", "FN "]), st.text("0123456789.TA", max_size=14)),
)  # fmt: skip


@given(NUMBERS, st.sampled_from([None, *sorted(places.countries())]))
def test_any_text_is_a_number_or_is_told_why_it_is_none(text: str, country: str | None) -> None:
    """And a sound number is printed with the figures and letters that it has."""
    wrong_vat(text, text, country)
    if wrong_registration(text, country) is None:
        printed, typed = (re.sub(r"\W", "", each).upper() for each in (grouped(text, country), text))
        assert printed in typed or typed in printed


@pytest.mark.parametrize("country", ["FR", None])
@pytest.mark.parametrize("vat", ["TVA FR83552100554", "VAT FR96552100554", "TVA: FR96552100554"])
def test_the_name_of_the_tax_in_front_is_no_part_of_a_number(vat: str, country: str | None) -> None:
    assert wrong_vat(vat, "552100554", country)
