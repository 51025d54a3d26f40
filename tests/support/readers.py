"""How the viewers that people use draw a PDF: PDFium (Chrome), poppler (Evince, Okular), pdf.js (Firefox)."""

import contextlib
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2

from accord.verify import viewer
from support.paths import ROOT

HERE = Path(__file__).parent
NODE = ROOT / ".venv/bin/node"
PDFJS = ROOT / ".cache/pdfjs"  # what `make pdfjs` fetched
SCRIPT = HERE / "pdfjs.mjs"

Pictures = Sequence[str] | None
"""The digest of each page's picture, annotations included; None for a file that a reader cannot show."""


def drawn(files: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Pictures]]:
    """Each file as each reader draws it, pdf.js among them where it could be fetched."""
    pictures = {
        name: {"PDFium": _by_pdfium(content), "poppler": _by_poppler(content)}
        for name, content in files.items()
    }
    if (PDFJS / "node_modules/pdfjs-dist/package.json").exists():
        for name, shown in _by_pdfjs(files, folder).items():
            pictures[name]["pdf.js"] = shown
    return pictures


def _by_pdfium(content: bytes) -> Pictures:
    with contextlib.suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
        if all(max(page.get_size()) <= viewer.LARGEST_SIDE for page in document):
            return [viewer.picture(page, ()) for page in document]
    return None


def _by_poppler(content: bytes) -> Pictures:
    return list(viewer.pictures_by_poppler(content, ())) or None


def _by_pdfjs(files: Mapping[str, bytes], folder: Path) -> dict[str, Pictures]:
    paths = [folder / f"{number}.pdf" for number in range(len(files))]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    command = [NODE, SCRIPT, PDFJS]
    asked = "".join(f"{path}\n" for path in paths)
    answers = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout
    return dict(zip(files, map(json.loads, answers.splitlines()), strict=True))
