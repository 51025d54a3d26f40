"""Where the setting in type itself is tried."""

import pytest


@pytest.fixture(autouse=True)
def each_afresh(afresh: None) -> None:
    """No page is taken from an earlier test."""
