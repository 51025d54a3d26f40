"""Quotations inside others; what `curl` does with the rest stands in test_typography.py."""

import pytest

from accord.text import quotes


@pytest.mark.parametrize(
    ("mark", "text", "expected"),
    [
        ("«", "« Smart » et « l’autre »", "“Smart” et “l’autre”"),
        ("«", "Export «\u00a0“FEC” pur\u00a0»", "Export “‘FEC’ pur”"),
        ("“", "“Smart” reports", "‘Smart’ reports"),
        ("“", "“The ‘users’ list” it’s", "‘The “users” list’ it’s"),
        ("“", "‘Smart’ reports", "‘Smart’ reports"),
    ],
)
def test_a_quotation_inside_another_has_the_other_marks(mark: str, text: str, expected: str) -> None:
    assert quotes.nested(text, mark) == expected
