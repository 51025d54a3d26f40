"""WeasyPrint, which sets pages in type, without access to anything but them.

It reads the packaged fonts and what the page itself carries: no other file, no
network, none of the machine's own fonts.
"""

import datetime
import functools
import itertools
import logging
import os
import re
import threading
import warnings
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any
from urllib.request import DataHandler, Request

from accord.errors import AccordError, MachineLacks
from accord.i18n import _
from accord.pdf import _quickstart, internals, quicker, system
from accord.text.fonts import FACES

FONTCONFIG = Path(__file__).parent / "fonts.conf"
LONG_WORD = re.compile(r"[^\s&;]{30}(?=[^\s&;]{30})")

_engine = threading.RLock()
"""Held by the one thread that loads or runs the engine: Pango's fonts do not bear two at once.

Little is lost, for most of a rendering is Python, which two threads never run at once.
"""
if hasattr(os, "register_at_fork"):
    # Otherwise a copy of this process, made while another thread renders, would wait for ever.
    os.register_at_fork(
        before=_engine.acquire, after_in_parent=_engine.release, after_in_child=_engine.release
    )
_errors: ContextVar[list[logging.LogRecord] | None] = ContextVar("errors", default=None)
"""The errors that WeasyPrint logs of the rendering under way in this context."""


@dataclass(frozen=True)
class Attachment:
    """A file to embed; its date is given, for the present one would change the bytes every second.

    `relationship` is that to the page: ISO 19005-3, 6.8, names Source,
    Supplement and others.
    """

    name: str
    content: bytes
    description: str
    relationship: str
    date: datetime.datetime


@dataclass
class Fetcher:
    """WeasyPrint's access to what a page refers to: fonts and inline images; the rest is refused, and listed.

    WeasyPrint asks two things of a fetcher: to be callable, and to say whether
    a failure stops the rendering.
    """

    refused: list[str] = field(default_factory=list)
    _fail_on_errors: bool = False

    def __call__(self, url: str) -> Any:
        """The content of a font or of an inline image; `ValueError` for anything else."""
        from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415 - see load()

        if url in _font_files():
            return URLFetcherResponse(url, _font_files()[url].read_bytes())
        if url.startswith("data:image/"):
            response = DataHandler().data_open(Request(url))  # noqa: S310 - it is inline
            return URLFetcherResponse(
                url, response.read(), {"Content-Type": response.headers["Content-Type"]}
            )
        self.refused.append(url)
        raise ValueError(url)


def load() -> Any:
    """The module `weasyprint`, ready to use; `MachineLacks` without its libraries.

    The first call takes most of the time of a letter; it may be made from
    another thread while people still answer questions.
    """
    with _engine:
        return _start()


@functools.cache
def _start() -> Any:
    # Asked first: WeasyPrint prints advice of its own on standard output.
    if lacks := system.missing_libraries():
        sentences = " ".join(lack.sentence for lack in lacks)
        raise MachineLacks(_("{sentences} “accord doctor” says what to do.").format(sentences=sentences))
    os.environ["FONTCONFIG_FILE"] = str(FONTCONFIG)
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    # It finds no font on the machine, as it should.  The filter stays: to put back
    # those that were there would undo what other threads set meanwhile.
    warnings.filterwarnings("ignore", message="No fonts configured", category=UserWarning)
    weasyprint = _quickstart.import_weasyprint()
    internals.fill_lines()
    internals.tile_gradients()
    quicker.hasten()
    logging.getLogger("weasyprint").addHandler(_ErrorsByContext(logging.ERROR))
    return weasyprint


class _ErrorsByContext(logging.Handler):
    """Keeps what WeasyPrint logs with the rendering that caused it, whatever other threads render."""

    def emit(self, record: logging.LogRecord) -> None:
        """Add it to the errors of this context, if one is rendering."""
        errors = _errors.get()
        if errors is not None:
            errors.append(record)


def render(
    html: str,
    attachments: Sequence[Attachment],
    finish: Callable[[Any, Any], None],
    styles: Sequence[str] = (),
    identifier: str | None = None,
) -> bytes:
    """The PDF/A-3a of a page that carries all it needs but the fonts and `styles`, with `attachments` in it.

    These are style sheets that many pages share, each parsed once; what the
    page itself says takes precedence.  `finish` may change the PDF before it is
    written; `identifier` is that of the file, by default one made from its
    content.  Raises `AccordError` if the page refers to anything else, or holds
    an image that cannot be drawn.
    """
    fetcher = Fetcher()
    attachments = sorted(attachments, key=lambda each: each.name.encode())  # as a tree of names wants them

    def finished(document: Any, pdf: Any) -> None:
        _name_types(pdf, attachments)
        finish(document, pdf)
        _pack(pdf)

    undrawable = AccordError(_("The logo cannot be drawn; save it again as plain SVG, or as PNG."))
    # A page of ours causes no errors but those of its logo.  Warnings are about style sheets: ours cause
    # none (tests see to it), and a logo may well hold rules that are meant for a drawing program.
    errors: list[logging.LogRecord] = []
    with _engine:
        weasyprint = load()
        configuration, faces = _faces()
        token = _errors.set(errors)
        try:
            pdf: bytes = weasyprint.HTML(string=_breakable(html), url_fetcher=fetcher).write_pdf(
                font_config=configuration,
                stylesheets=[faces, *map(_sheet, styles)],
                pdf_variant="pdf/a-3a",
                pdf_forms=True,
                pdf_identifier=identifier or True,
                attachments=[_attached(weasyprint, each) for each in attachments],
                finisher=finished,
            )
        except OSError:  # what Pillow says of a damaged picture; the page needs no file but the fonts
            raise undrawable from None
        finally:
            _errors.reset(token)
    if fetcher.refused:
        raise AccordError(
            _(
                "The logo refers to {url}, which a letter may not read; draw it in the logo itself, or remove it."
            ).format(url=fetcher.refused[0][:80])
        )
    if errors:
        raise undrawable
    return pdf


def _pack(pdf: Any) -> None:
    """Compress each stream of a PDF that is ready to be written.

    Left to itself, pydyf would do it twice, for the identifier of the file and
    for the file; and as hard as it can, which takes three times as long and
    saves one byte in a hundred.
    """
    import pydyf  # noqa: PLC0415 - see load()

    for stream in pdf.objects:
        if getattr(stream, "compress", False):
            plain = pydyf.Stream(stream.stream).data
            content = plain.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            stream.stream, stream.compress = [_packed(content)], False
            stream.extra["Filter"] = "/FlateDecode"


# What a reader of the PDF as a whole could take for a part of it, stream by stream.
_PARTS_OF_A_FILE = re.compile(
    rb"stream|/Filter|Decode|/Columns|/Colors|/BitsPerComponent|/Predictor|PK\x05\x06"
)


def _packed(content: bytes) -> bytes:
    """The content compressed, such that no part of another PDF or of an archive shows in it.

    What cannot be made smaller is copied as it is (RFC 1951, 3.2.4), and
    `verify` would find two files in one.  So where that happens, a new block
    begins in the midst of each such word.
    """
    packed = zlib.compress(content)
    if not _PARTS_OF_A_FILE.search(packed):
        return packed
    blocks = zlib.compressobj()
    starts = [(part.start() + part.end()) // 2 for part in _PARTS_OF_A_FILE.finditer(content)]
    pieces = [content[start:end] for start, end in itertools.pairwise((0, *starts, len(content)))]
    return (
        b"".join(blocks.compress(piece) + blocks.flush(zlib.Z_SYNC_FLUSH) for piece in pieces)
        + blocks.flush()
    )


MEDIA_TYPES: Mapping[str, str] = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "text/xml",
    ".zip": "application/zip",
}
"""The type of a file by its ending; the tables of Python and of the machine differ from each other."""


def media_type(name: str) -> str:
    """The media type of a file by its name."""
    return MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def _attached(weasyprint: Any, attachment: Attachment) -> Any:
    return weasyprint.Attachment(
        file_obj=BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=attachment.date,
        modified=attachment.date,
    )


def _name_types(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Write our own name of each attachment's type; WeasyPrint writes them in their order."""
    streams = [
        item.extra for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/EmbeddedFile"
    ]
    for extra, attachment in zip(streams, attachments, strict=True):
        extra["Subtype"] = "/" + media_type(attachment.name).replace("/", "#2f").replace("+", "#2b")


def _breakable(html: str) -> str:
    """The page, marked so that WeasyPrint breaks its lines as it should.

    A no-break hyphen is a hyphen between word joiners, for the sans faces have
    no other; a dash holds fast to a no-break space after it, at which Unicode
    lets a line end.  A word longer than any of a language may break every 30 letters:
    otherwise WeasyPrint lets it run off the page after a no-break space.
    """
    head, body = html.split("<body", 1)
    body = re.sub(r">[^<]{60,}", lambda text: LONG_WORD.sub("\\g<0>\u200b", text[0]), body)
    return f"{head}<body{body}".replace("\u2011", "\u2060-\u2060").replace("–\u00a0", "–\u2060\u00a0")


@functools.cache
def _font_files() -> dict[str, Path]:
    return {face.path.as_uri(): face.path for face in FACES}


@functools.cache
def _faces() -> tuple[Any, Any]:
    """The fonts, registered once for all the letters of a process."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - see load()

    weasyprint = load()
    configuration = FontConfiguration()
    rules = "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url("{face.path.as_uri()}") }}'
        for face in FACES
    )
    return configuration, weasyprint.CSS(string=rules, font_config=configuration, url_fetcher=Fetcher())


@functools.lru_cache(maxsize=8)
def _sheet(style: str) -> Any:
    return load().CSS(string=style, url_fetcher=Fetcher())
