"""Files are read with suspicion, written whole or not at all, and named so that they stay put."""

import errno
import os
import re
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord import files
from accord.errors import AccordError, OutputError
from accord.text.slug import DEVICES, LONGEST_STEM, file_stem, slug
from support.processes import python


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- Reading ------------------------------------------------------------------


def test_an_ordinary_file_is_read_up_to_one_mebibyte(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * files.LARGEST)
    assert len(files.read(path)) == files.LARGEST


def pipe(path: Path) -> None:
    os.mkfifo(path)


def circle(path: Path) -> None:
    path.symlink_to(path)


UNREADABLE = {
    "missing": (Path.exists, "does not exist"),
    "folder": (Path.mkdir, "is a folder"),
    "pipe nobody writes to": (pipe, "is a pipe or a device"),
    "endless device": (lambda path: path.symlink_to("/dev/zero"), "is a pipe or a device"),
    "circle of links": (circle, "leads back to itself"),
    "too large": (lambda path: path.write_bytes(bytes(files.LARGEST + 1)), "larger than 1 MiB"),
    "huge but empty of data": (lambda path: os.truncate(path, 1 << 40), "larger than 1 MiB"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are files on POSIX only")
@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_not_an_ordinary_file_is_refused_at_once(case: str, tmp_path: Path) -> None:
    make, expected = UNREADABLE[case]
    path = tmp_path / "deal.toml"
    if case == "huge but empty of data":
        path.touch()
    make(path)
    with pytest.raises(AccordError, match=expected):
        files.read(path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a\0b", "not the name of a file"),
        ("x" * 300, "too long a name"),
        ("/dev/null/deal.toml", "not a folder"),
    ],
)
def test_a_path_that_cannot_be_is_refused(path: str, expected: str) -> None:
    with pytest.raises(AccordError, match=expected):
        files.read(Path(path))


def test_a_file_of_someone_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deal.toml"
    path.write_text("x")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything: let the system refuse as it would

        def refuse(*_arguments: object) -> int:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(AccordError, match="is not readable by you"):
        files.read(path)


def test_a_pipe_put_in_the_place_of_a_file_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    opened = os.open
    monkeypatch.setattr(os, "open", lambda _path, flags: opened(tmp_path / "pipe", flags))
    with pytest.raises(AccordError, match="is a pipe or a device"):
        files.read(tmp_path / "file")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbfname", "name"),
        ("a\r\nfenêtre".encode(), "a\r\nfenêtre"),
        (b"", ""),
    ],
)
def test_utf_8_is_decoded_with_or_without_its_mark(content: bytes, expected: str) -> None:
    assert files.decode(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "a = 1\nnom = 'fenêtre'".encode("latin-1"),
            "line 2 holds the byte 0xEA at column 11; save it as UTF-8",
        ),
        ("nom".encode("utf-16"), "is in UTF-16; save it as UTF-8"),
        ("é".encode() + b"\x80", "line 1 holds the byte 0x80 at column 2"),
    ],
)
def test_another_encoding_is_named_with_its_place(content: bytes, expected: str) -> None:
    with pytest.raises(AccordError, match=re.escape(expected)):
        files.decode(content)


# --- Writing ------------------------------------------------------------------


def test_a_new_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "letter.pdf"
    assert files.write(path, b"one", force=False) is True
    assert path.read_bytes() == b"one"
    assert names(path.parent) == ["letter.pdf"]


def test_a_written_file_has_the_usual_permissions(tmp_path: Path) -> None:
    files.write(tmp_path / "ours", b"x", force=False)
    (tmp_path / "usual").write_bytes(b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("force", [False, True])
def test_the_same_content_is_left_untouched(force: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"one")
    os.utime(path, (1, 1))
    assert files.write(path, b"one", force=force) is False
    assert path.stat().st_mtime == 1


def test_other_content_is_replaced_with_force_only(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"one")
    with pytest.raises(OutputError, match="exists with other content; write --force"):
        files.write(path, b"two", force=False)
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["letter.pdf"]
    assert files.write(path, b"two", force=True) is True
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["letter.pdf"]


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without links"])
def test_of_many_writers_at_once_one_wins_and_none_is_overwritten(
    links: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    path, outcomes = tmp_path / "letter.pdf", []
    start = threading.Barrier(8)

    def writer(content: bytes) -> None:
        start.wait()
        try:
            outcomes.append((content, files.write(path, content, force=False)))
        except OutputError:
            outcomes.append((content, None))

    threads = [threading.Thread(target=writer, args=(bytes([n]) * 100_000,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [content for content, done in outcomes if done]
    assert len(outcomes) == 8
    assert winners == [path.read_bytes()]
    assert names(tmp_path) == ["letter.pdf"]


def no_links(*_arguments: object) -> None:
    raise OSError(errno.EOPNOTSUPP, "no links here")


def test_a_twin_that_appears_meanwhile_is_no_conflict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.pdf"

    def overtaken(_source: Path, target: Path) -> None:
        Path(target).write_bytes(b"one")
        raise FileExistsError(errno.EEXIST, "File exists")

    monkeypatch.setattr(os, "link", overtaken)
    assert files.write(path, b"one", force=False) is False
    with pytest.raises(OutputError, match="exists with other content"):
        files.write(path, b"two", force=False)


REFUSALS = {
    errno.EACCES: "may not write to that folder",
    errno.EPERM: "may not write to that folder",
    errno.EROFS: "read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EIO: "Input/output error",
}


# Some file systems say EPERM when they know no links: the write then goes another way.
STEPS = [
    (number, step)
    for number in REFUSALS
    for step in ("fsync", "link")
    if (number, step) != (errno.EPERM, "link")
]


@pytest.mark.parametrize(("number", "step"), STEPS)
def test_a_refusal_of_the_system_leaves_nothing_behind(
    number: int, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(OutputError, match=REFUSALS[number]):
        files.write(tmp_path / "letter.pdf", b"x", force=False)
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.EIO, "broken")])
def test_without_links_an_interruption_frees_the_name(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises((KeyboardInterrupt, OutputError)):
        files.write(tmp_path / "letter.pdf", b"x", force=False)
    assert names(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("folder", "is a folder"),
        ("pipe", "not an ordinary file"),
        ("file/letter.pdf", "is not a folder"),
        ("file/more/letter.pdf", "is not a folder"),
        ("x" * 300, "the name is too long"),
        ("circle/letter.pdf", "go round in a circle|is not a folder"),
        ("nul\0l", "not the name of a file"),
    ],
)
def test_what_is_no_place_for_a_letter_is_refused(
    target: str,
    expected: str,
    force: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    before = names(tmp_path)
    with pytest.raises(OutputError, match=expected):
        files.write(tmp_path / target, b"x", force=force)
    assert names(tmp_path) == before


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").symlink_to("elsewhere")
    with pytest.raises(OutputError, match="not an ordinary file"):
        files.write(tmp_path / "letter.pdf", b"x", force=False)
    assert names(tmp_path) == ["letter.pdf"]


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    """As an ordinary user, in a process of its own, since root may write anywhere."""
    if os.geteuid() != 0:
        tmp_path.chmod(0o555)
        with pytest.raises(OutputError, match="may not write"):
            files.write(tmp_path / "letter.pdf", b"x", force=False)
        return
    with pytest.raises(OutputError, match=r"may not write|cannot be written"):
        files.write(Path("/proc/letter.pdf"), b"x", force=False)


ONE_OF_TWO = {
    "the second is another file": ("theirs", "exists with other content"),
    "the second is a folder": ("folder", "is a folder"),
    "the second has no folder": ("theirs/two", "is not a folder"),
    "the second has too long a name": ("x" * 300, "the name is too long"),
}


@pytest.mark.parametrize("case", ONE_OF_TWO)
def test_of_several_files_all_are_written_or_none(case: str, tmp_path: Path) -> None:
    target, expected = ONE_OF_TWO[case]
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "folder").mkdir()
    before = names(tmp_path)
    with pytest.raises(OutputError, match=expected):
        files.write_all([(tmp_path / "one", b"1"), (tmp_path / target, b"2")], force=False)
    assert names(tmp_path) == before
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    good = [(tmp_path / "one", b"1"), (tmp_path / "new/two", b"2")]
    files.write_all(good, force=False)
    files.write_all([*good, (tmp_path / "three", b"3")], force=False)
    assert [path.read_bytes() for path in (*dict(good), tmp_path / "three")] == [b"1", b"2", b"3"]


def test_every_name_that_is_taken_is_told_and_no_folder_made(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"theirs")
    with pytest.raises(AccordError) as refusal:
        files.write_all([(tmp_path / name, b"1") for name in ("new/file", "one", "two")], force=False)
    assert [line.split(" exists")[0] for line in str(refusal.value).splitlines()] == [
        str(tmp_path / name) for name in ("one", "two")
    ]
    assert names(tmp_path) == ["one", "two"]


def test_more_files_than_may_be_open_are_written_and_one_that_is_given_twice_once(tmp_path: Path) -> None:
    made = [(tmp_path / f"{number}", b"1") for number in range(files.MOST_OPEN + 5)]
    files.write_all([*made, made[0]], force=False)
    assert len(names(tmp_path)) == len(made)


@pytest.mark.parametrize("force", [False, True])
def test_two_contents_for_one_name_are_refused(tmp_path: Path, *, force: bool) -> None:
    with pytest.raises(OutputError, match="would be written twice"):
        files.write_all([(tmp_path / "one", b"1"), (tmp_path / "one", b"2")], force=force)
    assert names(tmp_path) == []


def test_a_disk_that_fills_up_at_the_second_file_leaves_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "no space")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"two cannot be written: the disk is full"):
        files.write_all([(tmp_path / "one", b"1"), (tmp_path / "two", b"2")], force=False)
    assert names(tmp_path) == []


REMEDIES = {
    errno.EACCES: "change its permissions, or choose another one.",
    errno.ENOSPC: "free some space, or choose a folder on another one.",
    errno.EROFS: "choose a folder on another one.",
    errno.ELOOP: "choose another name or folder.",
}


@pytest.mark.parametrize("number", REMEDIES)
def test_the_remedy_names_no_option_that_a_command_may_lack(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputError) as refusal:
        files.write(tmp_path / "sheet.pdf", b"x", force=False)
    assert str(refusal.value).endswith(REMEDIES[number])
    assert "--out" not in str(refusal.value)


# --- Names --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "slug", "expected"),
    [
        ("AP-20261123-7K3QM", "boulangeries-lefevre", "AP-20261123-7K3QM-boulangeries-lefevre"),
        ("../../etc/passwd", "x", "etc-passwd-x"),
        ("a/../b..c", "x", "a-b.c-x"),
        ("/absolute", "C:\\Windows", "absolute-C-Windows"),
        ("2026/11 n° 4", "x", "2026-11-n-4-x"),
        ("Réf. 4", "", "R-f.4"),
        (".hidden", "", "hidden"),
        ("-rf", "*", "rf"),
        ("", "中文", "letter"),
        ("CON", "", "letter-CON"),
        ("nul.v2", "x", "letter-nul.v2-x"),
        ("a" * 99, "bcd", "a" * 99),
    ],
)
def test_file_stems(reference: str, slug: str, expected: str) -> None:
    assert file_stem(reference, slug) == expected


@given(st.text(), st.text())
def test_any_stem_names_a_plain_file_of_its_folder(reference: str, slug: str) -> None:
    stem = file_stem(reference, slug)
    assert re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", stem)
    assert len(stem) <= LONGEST_STEM
    assert Path("/output", f"{stem}.pdf").resolve().parent == Path("/output")
    assert not DEVICES.match(stem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boulangeries Lefèvre", "boulangeries-lefevre"),
        ("Cœur & Fils (SARL)", "coeur-fils-sarl"),
        ("Straße Łódź Søren", "strasse-lodz-soren"),
        ("Þór Æsir", "thor-aesir"),
        ("L’Oréal™", "l-oreal"),
        ("Ħal Għargħur", "hal-gharghur"),
        ("İstanbul", "istanbul"),
        ("株式会社", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 50, "a" * 40),
        ("compagnie internationale des wagons-lits et", "compagnie-internationale-des-wagons-lits"),
        ("compagnie internationale des grands express", "compagnie-internationale-des-grands"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(), st.integers(1, 60))
def test_a_slug_is_safe_in_a_file_name(text: str, limit: int) -> None:
    name = slug(text, limit)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", name)
    assert len(name) <= limit


def test_reading_a_pipe_does_not_wait(tmp_path: Path) -> None:
    """In a process of its own, so that a hang would show as a failure."""
    os.mkfifo(tmp_path / "pipe")
    program = "import sys; from pathlib import Path; from accord import files; files.read(Path(sys.argv[1]))"
    done = python("-c", program, tmp_path / "pipe")
    assert "is a pipe or a device" in done.stderr
