"""A text says the same as text, in HTML and in Markdown."""

import copy
import html
import pickle
import re
from collections.abc import Callable

import jinja2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accord.text import markup
from accord.text.markup import RichText
from support.printed import STEADY

NASTY = "<b>*{{ x }}*</b> & “co”"


def test_a_text_without_mark_up_is_escaped() -> None:
    assert RichText(NASTY) == NASTY
    assert html.unescape(RichText(NASTY).__html__()) == NASTY
    assert "<" not in RichText(NASTY).__html__()


@pytest.mark.parametrize(
    ("marked", "text", "marked_up"),
    [
        (markup.raised("le 1er<K"), "le 1er<K", "le 1<sup>er</sup>&lt;K"),
        (
            markup.raised("la 2e, XXes, Ier, 5ème"),
            "la 2e, XXes, Ier, 5ème",
            "la 2<sup>e</sup>, XX<sup>es</sup>, I<sup>er</sup>, 5<sup>ème</sup>",
        ),
        (markup.raised("1e-9, 3D, 2er, a1er, 4ex"), "1e-9, 3D, 2er, a1er, 4ex", "1e-9, 3D, 2er, a1er, 4ex"),
        (
            markup.blank("prix < 1"),
            "……………… (prix < 1)",
            '<span class="blank"><span class="hint">prix &lt; 1</span></span>',
        ),
        (RichText("vite !\n<i>"), "vite !\n<i>", "vite !<br>&lt;i&gt;"),
        (
            markup.join(", ", [markup.raised("1er"), "<", "C\nD"]),
            "1er, <, C D",
            "1<sup>er</sup>, &lt;, C D",
        ),
        (
            markup.fill("{x} & “{y}”", {"x": markup.raised("1er"), "y": "“a” <"}),
            "1er & “‘a’ <”",
            "1<sup>er</sup> &amp; “‘a’ &lt;”",
        ),
    ],
)
def test_mark_up_says_the_same_as_the_text(marked: RichText, text: str, marked_up: str) -> None:
    assert marked == text
    assert marked.__html__() == marked_up
    assert jinja2.Environment(autoescape=True).from_string("{{ x }}").render(x=marked) == marked_up


def test_a_list_knows_its_items() -> None:
    tests = markup.listing(["a<b", "c\nd"])
    assert tests == "- a<b\n- c\n  d"
    assert [item.__html__() for item in tests.items] == ["a&lt;b", "c<br>d"]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda w: pickle.loads(pickle.dumps(w))])  # noqa: S301
def test_mark_up_survives_copies(again: Callable[[RichText], RichText]) -> None:
    assert again(markup.raised("1er")).__html__() == markup.raised("1er").__html__()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Dupont & Fils", "Dupont & Fils"),
        ("&copy;", r"\&copy;"),
        ("1. non", r"1\. non"),
        ("- non\n    non", "\\- non\\\nnon"),
        ("a*b_c`d[e](f)<g>", r"a\*b\_c\`d\[e\](f)\<g\>"),
        (markup.join(", ", [RichText("a*"), "b*"]), r"a\*, b\*"),
        (markup.fill("{x} et {y}", {"x": RichText("a*"), "y": "1."}), r"a\* et 1."),
    ],
)
def test_markdown_examples(value: str, expected: str) -> None:
    assert markup.markdown(value) == expected


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@STEADY
@given(st.text(alphabet="*_`[]()<>!#-+=.10|~&;:\\ \nab{}\"'x/"))
@example("1. a\n2) b\n- c\n+ d\n# e\n> f\n---\n===\n    g")
@example("a|b\n-|-\nc|d")
@example("[a]: b\n\n[a]")
def test_markdown_prints_any_value_literally(value: str) -> None:
    for context in ("{}", "x {} y", "- {}"):
        rendered = MARKDOWN.render(context.format(markup.markdown(value)))
        tags = set(re.findall(r"</?([a-z0-9]+)", rendered))
        assert tags <= ({"p", "br"} if context != "- {}" else {"p", "br", "ul", "li"})
        printed = html.unescape(re.sub(r"<[^>]*>", " ", rendered))
        assert printed.split() == context.removeprefix("- ").format(value).split()


def test_a_number_stays_on_one_line() -> None:
    assert markup.unbreakable("732 829 320") == "732\u00a0829\u00a0320"
