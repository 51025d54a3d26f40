"""What is done in less time comes out the same."""

import hashlib
import subprocess
import sys

from accord.pdf import quicker, typeset

STYLE = """
body { direction: rtl; width: 60%; min-height: 2cm } p { margin-inline-start: 2em; padding-block-end: 5% }
div { width: calc(50% - 1cm); max-width: 30em; border-inline-end: 2px solid } b { font-size: 120%; font-weight: 600 }
i { color: initial; float: left; text-decoration: underline } u { margin-left: inherit; height: auto }
"""
PAGE = (
    f"<html lang='fr'><head><title>x</title><style>{STYLE}</style></head><body><p>Un <b>deux</b> <i>trois</i></p>"
    "<div dir='ltr'>Quatre <u style='display: inline-block'>cinq</u></div><p style='margin: 1% auto'>Six</p></body></html>"
)
AT_LENGTH = f"""
import hashlib
from accord.pdf import quicker, typeset
quicker.hasten = lambda: None
print(hashlib.sha256(typeset.printed({PAGE!r})).hexdigest())
"""


def test_the_short_way_leads_to_the_same_bytes() -> None:
    at_length = subprocess.run((sys.executable, "-c", AT_LENGTH), check=True, capture_output=True, text=True)
    assert hashlib.sha256(typeset.printed(PAGE)).hexdigest() == at_length.stdout.strip()


def test_the_short_way_is_taken() -> None:
    typeset.printed(PAGE)
    from weasyprint import css
    from weasyprint.layout import block, inline, percent
    from weasyprint.text import line_break

    ours = quicker.__name__
    assert css.ComputedStyle.__missing__.__module__ == ours
    assert percent.resolve_one_percentage.__module__ == inline.resolve_one_percentage.__module__ == ours
    assert line_break.get_font_description.__module__ == ours
    assert block.resolve_percentages is percent.resolve_percentages
