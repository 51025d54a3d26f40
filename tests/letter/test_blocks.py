"""A clause's blocks say the same in HTML, in Markdown and to whoever compares letters."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accord.letter.blocks import fill, paragraphs, parse, to_html, to_markdown
from accord.text import markup
from accord.text.markup import RichText
from support.printed import STEADY

TEXTS = {
    "supplier.name": RichText("A & Co*"),
    "delivery.by": RichText("1er mars", [("", "1"), ("superscript", "er"), ("", " mars")]),
    "feature.description": RichText("Une ligne\n- et une autre"),
    "feature.acceptance_tests": markup.listing(["a<b", "c\nd"]),
    "decision.total": markup.blank("prix"),
}
LIST = "<ul><li>a&lt;b</li><li>c<br>d</li></ul>"
CASES = {
    "values in bold": (
        "Par **{{ supplier.name }} le {{ delivery.by }}**.",
        "<p>Par <strong>A &amp; Co* le 1<sup>er</sup> mars</strong>.</p>\n",
        r"Par **A & Co\* le 1er mars**.",
        [("", "Par A & Co* le 1er mars.")],
    ),
    "emphasis in emphasis": (
        "**un _deux {{ decision.total }}_ trois**",
        '<p><strong>un <em>deux <span class="blank"><span class="hint">prix</span></span></em> trois</strong></p>\n',
        "**un *deux ……………… (prix)* trois**",
        [("", "un deux ……………… (prix) trois")],
    ),
    "lines of a value": (
        "{{ feature.description }}",
        "<p>Une ligne<br>- et une autre.</p>\n",
        "Une ligne\\\n\\- et une autre.",
        [("", "Une ligne\n- et une autre.")],
    ),
    "lines of the file": ("un\n  deux", "<p>un deux</p>\n", "un deux", [("", "un deux")]),
    "signs that are no mark-up": (
        "[a](b) <i> `c` &amp; * d",
        "<p>[a](b) &lt;i&gt; `c` &amp;amp; * d</p>\n",
        r"\[a\](b) \<i\> \`c\` \&amp; \* d",
        [("", "[a](b) <i> `c` &amp; * d")],
    ),
    "a list of values": (
        "Essais :\n\n{{feature.acceptance_tests}}\n\nFin.",
        f"<p>Essais :</p>\n{LIST}\n<p>Fin.</p>\n",
        "Essais :\n\n- a\\<b\n- c\\\n  d\n\nFin.",
        [("", "Essais :"), ("–", "a<b"), ("–", "c\nd"), ("", "Fin.")],
    ),
    "a list of values amid a paragraph": (
        "Essais :\n{{ feature.acceptance_tests }}",
        f"<p>Essais : </p>\n{LIST}",
        "Essais :\n\n- a\\<b\n- c\\\n  d",
        [("", "Essais :"), ("–", "a<b"), ("–", "c\nd")],
    ),
    "a numbered list": (
        "3. un\n4. **deux**",
        '<ol start="3">\n<li>un</li>\n<li><strong>deux</strong></li>\n</ol>\n',
        "3. un\n4. **deux**",
        [("3.", "un"), ("4.", "deux")],
    ),
    "a list in a list, an empty item and a long one": (
        "- un\n  1. deux\n-\n\n- trois\n\n  quatre",
        (
            "<ul>\n<li>\n<p>un</p>\n<ol>\n<li>deux</li>\n</ol>\n</li>\n<li></li>\n"
            "<li>\n<p>trois</p>\n<p>quatre</p>\n</li>\n</ul>\n"
        ),
        "- un\n\n  1. deux\n- \n- trois\n\n  quatre",
        [("–", "un"), ("1.", "deux"), ("–", "trois"), ("", "quatre")],
    ),
}


@pytest.mark.parametrize(("body", "html", "literal", "read"), CASES.values(), ids=CASES)
def test_blocks_say_the_same_in_every_form(
    body: str, html: str, literal: str, read: list[tuple[str, str]]
) -> None:
    blocks = tuple(fill(parse(body), TEXTS))
    assert to_html(blocks) == html
    assert re.sub(r"(?m) +$", "", to_markdown(blocks)) == re.sub(r"(?m) +$", "", literal)
    assert list(paragraphs(blocks)) == read


RENDERER = MarkdownIt("zero").enable(["emphasis", "list"])


@STEADY
@given(st.text(alphabet="*_-1.) \nabé<&\\"))
@example("- a\n\n  - b\n- \n3) c\n\n    d")
def test_the_html_is_that_of_the_markdown(body: str) -> None:
    """But for line breaks, and emphases that touch."""

    def same(html: str) -> str:
        return re.sub(r"\s*\n\s*", " ", re.sub(r"</(em|strong)><\1>", "", html))

    assert same(to_html(parse(body))) == same(RENDERER.render(body))
