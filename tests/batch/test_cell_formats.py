"""What number formats show: words, currencies, rates, leading zeros; and numbers that are only grouped or coloured."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.batch.cell_formats import shown, shows_day

SHOWN = {
    # what shows nothing but the number
    ("40.5", "General"): Decimal("40.5"),
    ("40.5", "0.00"): Decimal("40.5"),
    ("1250", "#,##0"): Decimal(1250),
    ("1250", "0"): Decimal(1250),
    ("1250", "@"): Decimal(1250),
    ("1250.5", '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'): Decimal("1250.5"),
    ("1250", "[Red]#,##0;[Blue]-#,##0"): Decimal(1250),
    ("1250.5", "# ##0.00"): Decimal("1250.5"),
    ("732829320", "0.00E+00"): Decimal(732829320),
    ("0.5", "# ?/?"): Decimal("0.5"),
    ("-1250", "#,##0_);(#,##0)"): Decimal(-1250),
    ("-12.5", '0.00" kr";-0.00" kr"'): "-12.5 kr",
    ("0", '0;-0;"-"'): Decimal(0),
    ("5", ";;;"): Decimal(5),
    # words beside it
    ("25", '0" licences"'): "25 licences",
    ("40.5", '#,##0.00" kr"'): "40.5 kr",
    ("40.5", '#,##0.00\\ "zł"'): "40.5 zł",
    ("40.5", '#,##0.00 "dollars"'): "40.5 dollars",
    ("4050", '0" cts"'): "4050 cts",
    ("40", '0.00" HT"'): "40 HT",
    ("40", '0.00" TTC"'): "40 TTC",
    ("40", '0" jours"'): "40 jours",
    ("40", '0" par mois"'): "40 par mois",
    ("40", '0 "/user"'): "40 /user",
    ("40", 'General" kr"'): "40 kr",
    ("0.02", '0.0"‰"'): "0.02 ‰",
    ("0.2", '0%" HT"'): "20 % HT",
    ("25", '"env. "0'): "env. 25",
    ("25", '"<"0'): "< 25",
    ("25", '0"+"'): "25 +",
    ("5", '"-"0'): "- 5",
    ("5", '"("0")"'): "( 5 )",
    ("3", '0"000"'): "3000",
    ("5", '"oui";;"non"'): "oui",
    ("0", '0.00;-0.00;"gratuit"'): "gratuit",
    ("5", '"N° "000'): "N° 005",
    # thousands and millions
    ("40000", "#,##0,"): "40 × 1000",
    ("1500000", "0.0,,"): "1.5 × 1000000",
    ("1500000", '0.0,,"M"'): "1.5 M",
    ("12499", '#,##0,"k"'): "12.4990 k",
    ("1234567", "#,##0,.00"): "1234.5670 × 1000",
    ("40", '0 "k€"'): "40 k€",
    ("1.5", '0.0 "M€"'): "1.5 M€",
    # rates
    ("0.2", "0%"): "20 %",
    ("0.055", "0.0%"): "5.5 %",
    ("0.2", "0.00\\ %"): "20 %",
    ("0.2", "[<0.5]0%;0"): "20 %",
    ("0.7", "[<0.5]0%;0.0"): Decimal("0.7"),
    # currencies
    ("40.5", "[$$-409]#,##0.00"): "USD 40.5",
    ("40.5", "[$$-1009]#,##0.00"): "CAD 40.5",
    ("40.5", "[$$-C09]#,##0.00"): "AUD 40.5",
    ("40.5", '"$"#,##0.00_);("$"#,##0.00)'): "$ 40.5",
    ("40.5", "$#,##0_-"): "$ 40.5",
    ("40.5", '"£"#,##0.00'): "£ 40.5",
    ("40.5", "[$£-809]#,##0.00"): "£ 40.5",
    ("40.5", "#,##0.00 [$CHF]"): "40.5 CHF",
    ("40.5", "#,##0.00\\ [$CHF-100C]"): "40.5 CHF",
    ("40.5", '#,##0.00" CHF"'): "40.5 CHF",
    ("40.5", "#,##0.00\\ \\C\\H\\F"): "40.5 CHF",
    ("40.5", "#,##0.00 €"): "40.5 €",
    ("40.5", '#,##0.00\\ "€"'): "40.5 €",
    ("40.5", "#,##0.00\\ [$€-40C]"): "40.5 €",
    ("40.5", "[$€-2]\\ #,##0.00"): "€ 40.5",
    ("40.5", "[$EUR ]#,##0.00_-"): "EUR 40.5",
    ("40.5", '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'): "40.5 €",
    ("40.5", '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'): "$ 40.5",
    ("0", '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'): "0 €",
    ("-40.5", '#,##0.00 "€";[Red]-#,##0.00 "€"'): "-40.5 €",
    ("40.5", '#,##0.00 "€ HT"'): "40.5 € HT",
    ("40.5", '#,##0.00 "€/mois"'): "40.5 €/mois",
    ("40000", '#,##0, "k€"'): "40 k€",
    ("12.345", '0.000 "€"'): "12.3450 €",
    ("1000", "[>=1000]#,##0 [$€];[$£]0"): "1000 €",
    ("40", "[>=1000]#,##0 [$€];[$£]0"): "£ 40",
    ("40.5", "[$kr-41D]#,##0.00"): "kr 40.5",
    # places
    ("1000", "00000"): "01000",
    ("1000", "[$-40C]00000"): "01000",
    ("612345678", '0#" "##" "##" "##" "##'): "06 12 34 56 78",
    ("123456", "000-00-0000"): "000-12-3456",
    ("5520135", "000000000"): "005520135",
    ("732829320", '000" "000" "000'): "732 829 320",
    ("12345678", "0000"): "12345678",
}


@pytest.mark.parametrize(("number", "code"), SHOWN)
def test_a_number_as_its_cell_shows_it(number: str, code: str) -> None:
    assert shown(Decimal(number), code) == SHOWN[number, code]
    assert type(shown(Decimal(number), code)) is type(SHOWN[number, code])


@pytest.mark.parametrize(
    ("code", "shows"),
    [("dd/mm/yyyy", True), ("[$-40C]d mmmm yyyy", True), ("mmm-yy", False), ("mmmm yyyy", False), ("yyyy", False), ("h:mm", True)],
)  # fmt: skip
def test_a_date_may_show_its_month_alone(code: str, shows: bool) -> None:  # noqa: FBT001 - what is expected
    assert shows_day(code) is shows


@given(
    st.decimals("0.01", "9999999", places=2),
    st.text(st.characters(categories=["L", "S", "P"], exclude_characters='"'), min_size=1, max_size=12),
    st.sampled_from(("0.00", "#,##0", "General", "0", "#,##0.00")),
    st.booleans(),
)
def test_no_words_beside_a_number_are_dropped(number: Decimal, words: str, digits: str, ahead: bool) -> None:  # noqa: FBT001 - drawn
    code = f'"{words}"{digits}' if ahead else f'{digits}"{words}"'
    told = shown(number, code)
    assert isinstance(told, str)
    assert words in told
    left = told.removeprefix(words) if ahead else told.removesuffix(words)
    assert Decimal(re.sub(r"[^0-9.]", "", left)) == number
