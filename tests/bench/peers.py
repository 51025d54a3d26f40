"""Other programs that make PDFs of letters, for the benchmark: Typst, Chromium, LibreOffice.

As a script, `peers.py letter.typ letter.pdf` is what Typst costs cold.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.letter.blocks import List, Paragraph
    from accord.letter.letter import Letter, Passage

STANDARDS = ["a-3a", "ua-1"]


# --- The same HTML ------------------------------------------------------------------


def chromium(page: Path, pdf: Path) -> Sequence[str] | None:
    """The command that prints a page to PDF, or None if there is no Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        return None
    # Its sandbox does not run as root, nor in most containers; the page is ours.
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-pdf-header-footer",
    )
    return (
        program,
        *options,
        f"--user-data-dir={pdf.parent / 'chromium'}",
        f"--print-to-pdf={pdf}",
        page.as_uri(),
    )


def libreoffice(page: Path, folder: Path) -> Sequence[str] | None:
    """The command that converts a page to PDF, or None if there is no LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    profile = f"-env:UserInstallation={(folder / 'libreoffice').as_uri()}"
    return (
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        f"{folder / 'office'}",
        f"{page}",
    )


# --- The letter in Typst ---------------------------------------------------------------


def typeset(source: Path, pdf: Path) -> None:
    """The PDF of a Typst file: PDF/A-3a and PDF/UA-1, like ours."""
    import typst

    fonts = [
        path for path in map(Path, json.loads(source.with_suffix(".fonts").read_text())) if path.is_dir()
    ]
    typst.compile(
        source,
        output=pdf,
        root=source.parent,
        font_paths=fonts,
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
    )


def typst_source(letter: "Letter", folder: Path, name: str = "letter") -> Path:
    """A Typst file that prints what the letter prints, its data attached, and what it needs beside it."""
    from accord.letter.letter import as_json
    from accord.text import fonts

    (folder / "accord.json").write_text(as_json(letter.data), "utf-8")
    source = folder / f"{name}.typ"
    source.with_suffix(".fonts").write_text(
        json.dumps(sorted({str(face.path.parent) for face in fonts.FACES}))
    )
    source.write_text("\n".join(_letter(letter)), "utf-8")
    return source


HEAD = """
#set document(title: {title}, author: {author}, date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))
#set page(paper: "a4", margin: (top: 14mm, right: 18mm, bottom: 25mm, left: 19mm), background: rotate(-52deg,
  text(font: "Source Sans Pro", weight: 600, size: 150pt, fill: rgb("#efefef"), {draft})),
  footer: text(font: "Source Sans Pro", size: 7.5pt, grid(columns: (1fr, 42mm), {mentions}, align(right,
  {reference} + context counter(page).display(" 1 / 1", both: true)))))
#set text(font: "Source Serif Pro", size: 10pt, lang: "{letter.language}", hyphenate: false)
#set par(justify: false, leading: 5pt)
#show heading: set text(font: "Source Sans Pro", size: 8.8pt, fill: rgb("#1a4d7a"))
#pdf.attach("accord.json", relationship: "source", mime-type: "application/json", description: {title})
"""
ARTICLE = "#grid(columns: (34mm, 1fr), gutter: 4mm, heading(level: 2, {heading}), [{body}])"


def _letter(letter: "Letter") -> Iterator[str]:
    yield HEAD.format(
        letter=letter,
        day=letter.date,
        title=_text(letter.title),
        author=_text(letter.sender[0]),
        draft=_text(letter.labels["layout"]["draft"]),
        mentions=_text(letter.mentions),
        reference=_text(letter.reference),
    )
    yield f"#grid(columns: (91mm, 1fr), {_lines(letter.sender)}, pad(top: 36mm, {_lines(letter.addressee)}))"
    yield f"#{_text(letter.reference)} #h(1fr) #{_text(letter.place_and_date)}"
    yield f"#heading(level: 1, text(size: 15pt, {_text(letter.title)}))"
    yield f"#strong({_text(letter.subject)})\n\n#{_text(letter.salutation)}"
    yield from map(_prose, letter.opening)
    rows = (f"{_text(term.label)}, {_lines(term.lines)}" for term in letter.key_terms)
    yield f"#table(columns: (34mm, 1fr), stroke: .4pt, {', '.join(rows)})" if letter.key_terms else ""
    for article in letter.articles:
        yield ARTICLE.format(heading=_text(f"{article.number} {article.title}"), body=_prose(article))
    yield from map(_prose, letter.closing)
    blocks = (
        _lines((who.heading, who.party, who.name, who.title, who.consent)) for who in letter.signatories
    )
    yield f"#grid(columns: (1fr, 1fr), {', '.join(blocks)})"


def _prose(passage: "Passage") -> str:
    """A passage in Typst's own mark-up: paragraphs, lists and what is in bold."""
    return "\n\n".join(map(_block, passage.blocks))


def _block(block: "Paragraph | List") -> str:
    if not hasattr(block, "runs"):
        return "\n".join(f"- {_block(inner)}" for item in block.items for inner in item)
    texts = ((f"{_text(run.text)}", run.emphasis) for run in block.runs)
    return "".join(f"#strong({text});" if emphasis else f"#{text};" for text, emphasis in texts)


def _lines(lines: Sequence[str]) -> str:
    return f"[{' #linebreak() '.join(f'#{_text(line)};' for line in lines if line)}]"


def _text(text: str) -> str:
    """A text as a literal of Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    typeset(Path(sys.argv[1]), Path(sys.argv[2]))
