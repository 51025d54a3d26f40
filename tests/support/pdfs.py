"""What a PDF has."""

import io
import subprocess

import pikepdf


def pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as file:
        return len(file.pages)


def text_of(content: bytes, *how: str) -> str:
    """What a search or a copy finds, in the order of the file unless `how` says otherwise."""
    command = ["pdftotext", *(how or ["-raw"]), "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
