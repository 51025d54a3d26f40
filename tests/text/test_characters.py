"""What an input holds is named and quoted without harm."""

from accord.text.characters import excerpt


def test_a_quoted_text_cannot_steer_the_terminal() -> None:
    assert excerpt("a\x1b[2J\u202e\nb") == "a<U+001B>[2J<U+202E><U+000A>b"
    assert excerpt("x" * 100, 10) == "xxxxxxxxx…"
