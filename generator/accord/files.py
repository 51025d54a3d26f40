"""Safe reading of foreign files, and writing of files whole or not at all."""

import contextlib
import errno
import itertools
import os
import secrets
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

from accord.errors import Defect, FolderRefuses, OutputError, Refusals
from accord.i18n import _

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "templates"
TEMPLATES = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parents[1] / "templates"
"""Where the templates stand: in the installed package, or in the checkout."""

LARGEST = 1 << 20  # bytes that a file to be read may have
MOST_OPEN = 100  # files at once; some systems allow a process no more than 256
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


# --- Reading ----------------------------------------------------------------


def read(path: Path, largest: int = LARGEST) -> bytes:
    """The content of an ordinary file of at most `largest` bytes; `Defect` says why not.

    Opened without waiting, and looked at before it is read, so that neither a
    pipe, a device nor a folder can hold the program up.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Defect(_kind_of_file(path.stat().st_mode))
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Defect(_kind_of_file(status.st_mode))
            content = file.read(largest + 1) if status.st_size <= largest else None
    except OSError as error:
        raise Defect(_why_unreadable(error)) from None
    except ValueError:  # a null character in the path
        raise Defect(_("is not the name of a file; correct it")) from None
    if content is None or len(content) > largest:
        raise too_large(largest)
    return content


def too_large(largest: int) -> Defect:
    """The defect of a file that has more than `largest` bytes."""
    sentence = _("is larger than {limit} MiB, which no such file needs to be; check that it is the right one")
    return Defect(sentence.format(limit=largest >> 20))


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF by its name or content; one that cannot be read is none: who reads it next says why."""
    if path.suffix.lower() == ".pdf":
        return True
    try:
        if not path.is_file():  # a pipe would give its content once only
            return False
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)  # bytes; readers of PDF look no further
    except OSError:
        return False


def _kind_of_file(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return _("is a folder; name a file in it")
    return _("is a pipe or a device; name an ordinary file")


def _why_unreadable(error: OSError) -> str:
    forbidden = _("is not readable by you; change its permissions, or ask its owner")
    reasons = {
        errno.ENOENT: _("does not exist; check the name and the folder"),
        errno.ENOTDIR: _("does not exist: a part of its path is not a folder; check the name"),
        errno.EACCES: forbidden,
        errno.EPERM: forbidden,
        errno.EISDIR: _("is a folder; name a file in it"),
        errno.ELOOP: _("is a link that leads back to itself; name the file it should lead to"),
        errno.ENAMETOOLONG: _("has too long a name; check it"),
    }
    unknown = _("cannot be read ({reason}); check the file and its folder")
    return reasons.get(error.errno or 0, unknown.format(reason=error.strerror or type(error).__name__))


def decode(content: bytes) -> str:
    """UTF-8, with or without a byte order mark; line ends as they come."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Defect(_("is in UTF-16; save it as UTF-8"))
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        raise Defect(
            _(
                "is not in UTF-8: line {line} holds the byte 0x{byte:02X} at column {column}; save it as UTF-8"
            ).format(
                line=before.count(b"\n") + 1,
                byte=error.object[error.start],
                column=len(before.rpartition(b"\n")[2].decode()) + 1,
            )
        ) from None


NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "fuse.sshfs", "glusterfs", "ceph"}
)
MOUNTS = Path("/proc/mounts")  # on Linux


def is_on_a_share(folder: Path) -> bool:
    """Whether a folder lies on a network share, as far as the system says."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    folder = folder.resolve()
    mounts = {
        Path(fields[1].replace("\\040", " ")): fields[2] for line in lines if len(fields := line.split()) > 2
    }
    nearest = next((mounts[place] for place in (folder, *folder.parents) if place in mounts), "")
    return nearest in NETWORK_FILE_SYSTEMS


# --- Writing ----------------------------------------------------------------


def refuse_taken(path: Path, *, force: bool) -> None:
    """`OutputError` if `write` would refuse any content because something is at `path`; for before a long work."""
    if os.path.lexists(path) and not force:
        with _explained(path):
            raise FileExistsError


def write(path: Path, content: bytes, *, force: bool) -> bool:
    """Write `content` to `path` whole or not at all; returns False if it is there already.

    A file with other content is replaced only with `force`, even when it
    appears while this runs; anything but a file never is.  The folder is
    created.  Raises `OutputError` with the reason and the remedy, and
    `FolderRefuses` if no file can be written there.
    """
    with _explained(path):
        try:
            with _folder_of(path):
                if holds(path, content):
                    return False
                with growing(path, force=force) as file:
                    file.write(content)
        except FileExistsError:
            with contextlib.suppress(OSError):
                if holds(path, content):  # another process has meanwhile written the same
                    return False
            raise
    return True


def change(path: Path, content: bytes) -> None:
    """Give a file other content: what a link leads to changes, and the permissions stay; else as `write`.

    Raises `OutputError` for a file that is not to be written.
    """
    with _explained(path):
        mode = path.stat().st_mode
        if not (mode & 0o222 and os.access(path, os.W_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    write(path.resolve(), content, force=True)
    with _explained(path):
        path.chmod(stat.S_IMODE(mode))


def write_all(files: Iterable[tuple[Path, bytes]], *, force: bool, replaced: Collection[Path] = ()) -> None:
    """Write several files as `write` does, or none of them if one cannot be written.

    Those in `replaced` need no `force`.  Each is on the disk under a temporary
    name before the first gets its own.  Raises `Refusals` where several names
    are taken.
    """
    files = tuple(dict.fromkeys(files))
    free = {path: force or path in replaced for path, _content in files}
    refusals = [refusal for path, content in files if (refusal := _refusal(path, content, force=free[path]))]
    twice = _(
        "{path} would be written twice with different contents; give each its own name or reference,"
        " or write them to different folders."
    )
    paths = Counter(path for path, _content in files)
    refusals += [OutputError(twice.format(path=path)) for path, times in paths.items() if times > 1]
    if refusals:
        raise refusals[0] if len(refusals) == 1 else Refusals(refusals)
    with contextlib.ExitStack() as stack:
        for place, (path, content) in enumerate(files):
            stack.enter_context(_pending(path, content, force=free[path], keep_open=place < MOST_OPEN))


def _refusal(path: Path, content: bytes, *, force: bool) -> OutputError | None:
    """Why what is at `path` must stay there; None if nothing is, or the same."""
    try:
        with _explained(path):
            if not holds(path, content) and os.path.lexists(path) and not force:
                raise FileExistsError
    except OutputError as refusal:
        return refusal
    return None


@contextlib.contextmanager
def _pending(path: Path, content: bytes, *, force: bool, keep_open: bool) -> Iterator[None]:
    """A file on the disk that gets its name when the block ends well; open, it is safe from `sweep`."""
    with _explained(path), _folder_of(path):
        if holds(path, content):
            yield
            return
        with growing(path, force=force) as file:
            file.write(content)
            _settle(file)
            if not keep_open:
                file.close()
            yield


@contextlib.contextmanager
def _folder_of(path: Path) -> Iterator[None]:
    """The folder of a file, made if it is not there; one that was made for nothing is taken away."""
    new = list(itertools.takewhile(lambda folder: not os.path.lexists(folder), path.parents))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for folder in new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into an `OutputError` about `path`."""
    try:
        yield
    except FileExistsError:
        raise OutputError(_obstacle(path)) from None
    except OSError as error:
        raise refusal_of(path, error) from None
    except ValueError:  # a null character in the path
        raise OutputError(_("This is not the name of a file: {path!r}").format(path=str(path))) from None


@contextlib.contextmanager
def growing(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A file to write to that gets its name `path` when the block ends well, and is gone if it does not.

    Raises what the system does: `FileExistsError`, without `force`, if the name is taken.
    """
    with _new_temporary(path.parent) as file:
        temporary = Path(file.name)
        try:
            yield file
            if not file.closed:
                _settle(file)
            if fcntl is None:
                file.close()  # Windows renames no open file
            if force:
                temporary.replace(path)
            else:
                _place(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def _settle(file: IO[bytes]) -> None:
    """Bring the file onto the disk, so that a power cut leaves no half letter."""
    file.flush()
    os.fsync(file.fileno())


def _new_temporary(folder: Path) -> IO[bytes]:
    """A file under a hidden name, locked as long as it is open: `sweep` leaves it alone."""
    while True:
        file = (folder / f".accord-{secrets.token_hex(8)}.tmp").open("xb")
        if lock(file) and Path(file.name).exists():
            return file
        file.close()  # swept away before it was locked


def sweep(folder: Path) -> None:
    """Remove the hidden files that programs killed while writing have left in a folder."""
    if fcntl is None:
        return
    for path in folder.glob(".accord-*.tmp"):
        with contextlib.suppress(OSError), path.open("rb") as file:
            if lock(file):
                path.unlink(missing_ok=True)


def lock(file: IO[bytes]) -> bool:
    """Lock an open file, if nobody has; where the system knows no locks, there is nothing to keep apart."""
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EWOULDBLOCK, errno.EACCES}
    return True


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else is in this block for the same folder; where the system knows no locks, do not."""
    if fcntl is None:
        yield
        return
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def holds(path: Path, content: bytes) -> bool:
    """Whether `path` is a file with exactly this content; `FileExistsError` for what is no file."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(status.st_mode):
        raise FileExistsError
    return status.st_size == len(content) and path.read_bytes() == content


def _place(temporary: Path, path: Path) -> None:
    """Give the file its name; `FileExistsError` if the name is taken."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # Some file systems (FAT, network shares) know no links: hold the name first.
        with path.open("xb"):
            pass
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _obstacle(path: Path) -> str:
    if path.is_dir():
        return _("{path} is a folder; move it away, or choose another name or folder.").format(path=path)
    if path.is_file():
        return _(
            "{path} exists with other content; write --force to replace it, or choose another name or folder."
        ).format(path=path)
    if path.parent.is_dir():
        return _(
            "{path} is there already and is not an ordinary file; choose another name or folder."
        ).format(path=path)
    return _not_a_folder(path)


def _not_a_folder(path: Path) -> str:
    return _("{folder} is not a folder; choose another one.").format(folder=path.parent)


def refusal_of(path: Path, error: OSError) -> FolderRefuses:
    """The error for what the operating system refused when `path` was to be written."""
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return FolderRefuses(_not_a_folder(path))
    forbidden = _("you may not write to that folder; change its permissions, or choose another one")
    full = _("the disk is full; free some space, or choose a folder on another one")
    reasons = {
        errno.EACCES: forbidden,
        errno.EPERM: forbidden,
        errno.EROFS: _("the disk is read-only; choose a folder on another one"),
        errno.ENOSPC: full,
        errno.EDQUOT: full,
        errno.ENAMETOOLONG: _("the name is too long; choose a shorter one"),
        errno.ELOOP: _("its links go round in a circle; choose another name or folder"),
    }
    reason = reasons.get(error.errno or 0, error.strerror or type(error).__name__)
    return FolderRefuses(_("{path} cannot be written: {reason}.").format(path=path, reason=reason))
