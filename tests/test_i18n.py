"""Which language the program speaks to its user."""

import pytest

from accord import i18n


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA"}, "fr"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "fr_BE.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "ACCORD_LANG": "en"}, "en"),
        ({"LANG": "C", "ACCORD_LANG": "FR"}, "fr"),
    ],
)
def test_the_environment_decides(environment: dict[str, str], language: str) -> None:
    """POSIX: LC_ALL before LC_MESSAGES before LANG; ACCORD_LANG before all."""
    assert i18n.detect(environment) == language
