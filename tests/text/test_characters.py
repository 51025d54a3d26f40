"""What an input holds is named and quoted without harm."""

import sys

from accord.text.characters import excerpt, harmless, is_hidden


def test_a_quoted_text_cannot_steer_the_terminal() -> None:
    assert excerpt("a\x1b[2J\u202e\nb") == "a<U+001B>[2J<U+202E><U+000A>b"
    assert excerpt("x" * 100, 10) == "xxxxxxxxx…"


def test_no_hidden_character_is_printed() -> None:
    hidden = [char for char in map(chr, range(sys.maxunicode + 1)) if is_hidden(char) and char != "\n"]
    assert not any(char in harmless(f"a{char}é") for char in hidden[:5000] + hidden[-5000:])
    assert harmless("« déjà vu »\u00a0: 12\u202f000,00 €") == "« déjà vu »\u00a0: 12\u202f000,00 €"
