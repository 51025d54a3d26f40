"""TOML that cannot be read is placed and explained."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord import toml_reader
from accord.domain.house import House
from accord.errors import AccordError
from support.bounded import bounded
from support.inputs import assert_faults, assert_plain, faults_of

# --- Files that are no TOML ---------------------------------------------------


NOT_TOML = {
    # content: part of the sentence
    "no value": ("a = 1\nb =\n", "line 2, column 4: a value is missing"),
    "text without quotes": ("name = Lefèvre", "line 1, column 8: a value is missing or not understood"),
    "no equals sign": ("name 'A'", "line 1, column 6: a key needs a value"),
    "text without end": (
        'name = "A\nb = 1',
        "line 1, column 10: a text is not closed|a character that may not stand there",
    ),
    "text without end at all": ('name = """A', "a text is not closed"),
    "list without end": ("a = [1, 2", "line 1, column 10: a list is not closed"),
    "inline table without end": ("a = { b = 1", "line 1, column 12: a table in braces is not closed"),
    "heading without end": ("[prospect\na = 1", "line 1, column 10: a table's heading is not closed"),
    "two values": ("a = 1 2", "line 1, column 7: something follows"),
    "key twice": ("a = 1\na = 2", "line 2, column 6: this key or table stands in the file already"),
    "table twice": ("[a]\n[b]\n[a]", "line 3, column 3: this key or table stands in the file already"),
    "key that is a table already": ("a.b = 1\na = 2", "stands in the file already"),
    "table under a value": ("a = 1\n[a.b]", "stands in the file already"),
    "inline table extended": ("a = {}\n[a.b]", "stands in the file already"),
    "day that is none": ("a = 2027-02-30", "line 1, column 5: this day or time does not exist"),
    "backslash": ('a = "C:\\path"', "write \\\\\\\\"),
    "control character": ('a = "\x07"', "a character that may not stand there"),
    "number of thousands of digits": ("a = " + "9" * 5000, "thousands of digits"),
    "deeply nested lists": ("a = " + "[" * 50_000, "nests too many"),
    "deeply nested tables": ("a = " + "{a = " * 50_000, "nests too many"),
    "long dotted key": (".".join("a" * 100_000) + " = 1", "nests too many"),
    "long dotted heading": ("[" + " . ".join(['"a"'] * 100_000) + "]", "nests too many"),
    "curly quotation marks": (
        "name = “Lefèvre”",
        "line 1, column 8: a curly quotation mark; write straight ones",
    ),
    "French quotation marks": ("name = « Lefèvre »", "line 1, column 8: a curly quotation mark"),
    "curly end of a text": (
        'name = "Lefèvre”',
        "a text is not closed|a curly quotation mark|a character that may not stand there",
    ),
    "heading with an accent": ("[décision]", "line 1, column 3: a heading has plain letters alone"),
    "key with an accent": ("quantité = 2", "a key has plain letters alone"),
    "not a statement": ("= 1", "line 1, column 1: this is not understood"),
}


@pytest.mark.parametrize("case", NOT_TOML)
def test_invalid_toml_is_placed_and_explained(case: str, tmp_path: Path, house: House) -> None:
    content, sentence = NOT_TOML[case]
    path = tmp_path / "deal.toml"
    path.write_text(content)
    with bounded():
        faults = faults_of(path, house)
    assert [fault.key for fault in faults] == [""]
    assert re.search(
        sentence.replace("+", r"\+") if "|" in sentence or "\\" in sentence else re.escape(sentence),
        faults[0].sentence,
    )
    assert_plain(faults[0].sentence)


def test_newer_pythons_tell_the_place_in_attributes() -> None:
    """Python 3.14 has `lineno` and `colno`; the sentence is the same."""
    error = tomllib.TOMLDecodeError("Invalid value (at line 2, column 4)")
    newer = tomllib.TOMLDecodeError("Invalid value")
    newer.lineno, newer.colno = 2, 4  # type: ignore[attr-defined]
    text = "a = 1\nb ="
    assert toml_reader._sentence(newer, text) == toml_reader._sentence(error, text)
    ended = tomllib.TOMLDecodeError("Invalid value (at end of document)")
    assert toml_reader._sentence(ended, text).startswith("line 2, column 4: ")


def test_other_files_are_refused_by_name(tmp_path: Path, house: House) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('a = 1\nb = "é"'.encode("latin-1"))
    assert "line 2 holds the byte 0xE9 at column 6; save it as UTF-8" in faults_of(latin, house)[0].sentence
    for path, sentence in ((tmp_path, "is a folder"), (tmp_path / "none.toml", "does not exist")):
        assert_faults(faults_of(path, house), {"": sentence})
        assert_faults(faults_of(path), {"": sentence})


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path, house: House) -> None:
    assert "\x1b" not in str(faults_of(tmp_path / "a\x1b[2J.toml", house)[0])


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="[]{}=.,\"'#\\\n\t ab1-:é\u202e\x00", max_size=60))
def test_any_text_is_toml_or_one_fault(text: str) -> None:
    try:
        toml_reader.parse(text)
    except AccordError as error:
        sentence = str(error)
    else:
        return
    assert_plain(sentence)
