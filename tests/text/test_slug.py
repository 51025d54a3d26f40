"""Names of files made of names of companies."""

import pytest

from accord.text.slug import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Boulangeries Lefèvre", "boulangeries-lefevre"),
        ("Ħal Għargħur", "hal-gharghur"),
        ("L’Oréal™", "l-oreal"),
        ("Əli & Ŧ", "eli-t"),
        ("Œuvre Straße Łódź", "oeuvre-strasse-lodz"),
        ("Αθηναϊκή Ζυθοποιία", "athinaiki-zythopoiia"),
        ("ΟΔΟΣ", "odos"),
        ("Газпром Щёлково", "gazprom-shchelkovo"),
        ("Ñandú Čačak Ğ", "nandu-cacak-g"),
        ("™", ""),
    ],
)
def test_a_name_in_letters_that_any_file_system_takes(name: str, expected: str) -> None:
    assert slug(name) == expected
