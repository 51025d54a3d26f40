"""The names of documents that go with a letter."""

import pytest

from accord.domain.documents import is_path, is_safe_name, name_of_file

SAFE = ("specification.pdf", "Cahier des charges v2.docx", "écran (1).png", "a", "v1.2_final-3.tar.gz")
UNSAFE = (
    "", ".bashrc", "a/b", "a\\b", "c:d", "x.", "x ", " x", "-rf", "~x", "con.txt", "NUL", "accord.json", "Accord.JSON", "Order-X.xml",
    "a\nb", "a\u202eb.pdf", "a\0b", "what?.pdf", 'a"b', "x" * 81,
)  # fmt: skip


@pytest.mark.parametrize("name", SAFE)
def test_a_plain_name_is_safe(name: str) -> None:
    assert is_safe_name(name)


@pytest.mark.parametrize("name", UNSAFE)
def test_a_name_that_leaves_its_folder_or_fools_a_reader_is_not(name: str) -> None:
    assert not is_safe_name(name)


PATHS = {
    "specs/v1.pdf": True, "../specs/v1.pdf": True, "specs\\v1.pdf": True,
    "/etc/passwd": False, "C:\\v1.pdf": False, "~/v1.pdf": False, "specs/..": False, "specs/": False,
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_begins_in_the_folder_and_ends_in_a_name(path: str) -> None:
    assert is_path(path) == PATHS[path]


def test_a_name_is_the_last_part_of_a_path_of_any_system() -> None:
    assert {name_of_file(path) for path in ("a/b.pdf", "a\\b.pdf", " b.pdf ")} == {"b.pdf"}
