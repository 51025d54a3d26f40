"""Whole documents that a page of the desk shows in a frame: they run nothing, and have the styles they came with alone."""

import base64
import hashlib
import re
from functools import lru_cache
from html import unescape

from starlette.responses import HTMLResponse

_SHEETS = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_ATTRIBUTES = re.compile(r'<[^<>]* style="([^"]*)"')  # of the marks of lists in a comparison


def framed(html: str, *, with_ours: bool = False) -> HTMLResponse:
    """A document that the page around it shows; `with_ours` lets it have style sheets and faces of the desk too.

    Without them it is shut off from the page (`sandbox`); with them, the page may find a place in it.
    """
    attributes = [unescape(style) for style in _ATTRIBUTES.findall(html)]
    own, faces, apart = ("'self'", "'self'", "") if with_ours else ("", "data:", "; sandbox")
    styles = [*map(_source, dict.fromkeys([*_SHEETS.findall(html), *attributes])), own]
    if attributes:  # which a digest alone does not let in
        styles.append("'unsafe-hashes'")
    policy = (
        f"default-src 'none'; style-src {' '.join(styles)}; img-src data:; font-src {faces};"
        f" form-action 'none'; base-uri 'none'; frame-ancestors 'self'{apart}"
    )
    return HTMLResponse(html, headers={"content-security-policy": policy})


@lru_cache(maxsize=64)  # a letter's style sheet is that of the next
def _source(style: str) -> str:
    """A style as a policy names it: by its digest."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
