"""The page: what stands where; and the file: what it says of itself."""

import base64
import dataclasses
import datetime
import io
import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.house import HouseFile
from accord.errors import AccordError
from accord.files import TEMPLATES
from accord.intake import loader
from accord.letter.blocks import Paragraph, Run, parse
from accord.letter.letter import Letter, as_json
from accord.pdf import _drawn, engine, typeset
from accord.text import fonts
from accord.text.markup import RichText
from support import letters, walk
from support.inputs import TODAY
from support.paths import SAMPLES
from support.pdfs import pages, text_of
from support.printed import one_line
from support.samples import HOUSE, STEMS, compose

MM = 96 / 25.4  # CSS pixels
AGREEMENT, DECLINE, BLANKS = "01-fr-abonnement", "12-en-decline-market", "04-fr-intention-projet"


def opened(letter: Letter) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(typeset.typeset(letter)))


# --- The file -----------------------------------------------------------------


@pytest.mark.parametrize(("stem", "language"), [(AGREEMENT, "fr-FR"), (DECLINE, "en-US")])
def test_the_file_says_what_it_is(stem: str, language: str) -> None:
    letter = letters.sample(stem)
    with pikepdf.open(io.BytesIO(letters.pdf(stem))) as file:
        assert str(file.Root.Lang) == language
        assert str(file.docinfo.Title) == f"{letter.full_title} – {letter.reference}"
        assert str(file.docinfo.Author) == "Novalys"
        assert str(file.docinfo.CreationDate) == str(file.docinfo.ModDate) == "D:20261123000000Z"
        assert file.Root.ViewerPreferences.DisplayDocTitle


def test_the_data_is_attached() -> None:
    letter = letters.sample(AGREEMENT)
    with pikepdf.open(io.BytesIO(letters.pdf(AGREEMENT))) as file:
        (name,) = file.attachments
        attached = file.attachments[name].get_file()
        assert (name, attached.mime_type) == ("accord.json", "application/json")
        assert attached.read_bytes() == as_json(letter.data).encode()
        assert json.loads(attached.read_bytes())["deal"]["feature"]["name"] == "Export FEC"


def test_each_article_is_a_place_that_an_address_can_name() -> None:
    """Such as letter.pdf#price."""
    letter = letters.sample(AGREEMENT)
    with pikepdf.open(io.BytesIO(letters.pdf(AGREEMENT))) as file:
        names = {str(name) for name in list(file.Root.Names.Dests.Names)[::2]}  # type: ignore[call-overload]
    assert {article.id for article in letter.articles} <= names


@pytest.mark.parametrize("stem", [AGREEMENT, DECLINE, BLANKS])
def test_the_file_is_what_its_page_alone_would_give(stem: str) -> None:
    """Although the style sheet is read once for all letters."""
    letter = letters.letter(stem)
    packed, alone = io.BytesIO(typeset.typeset(letter)), io.BytesIO(typeset.printed(typeset.page(letter)))
    with pikepdf.open(packed) as ours, pikepdf.open(alone) as other:
        for own_page, other_page in zip(ours.pages, other.pages, strict=True):
            assert own_page.Contents.read_bytes() == other_page.Contents.read_bytes()


def test_packing_changes_no_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    letter, packed = letters.sample(DECLINE), letters.pdf(DECLINE)
    monkeypatch.setattr(engine, "_pack", lambda _pdf: None)
    with pikepdf.open(io.BytesIO(packed)) as one, pikepdf.open(io.BytesIO(typeset.typeset(letter))) as other:
        assert contents(one) == contents(other)


def contents(file: pikepdf.Pdf) -> list[bytes]:
    streams = [thing for thing in file.objects if isinstance(thing, pikepdf.Stream)]
    return [stream.read_bytes() for stream in streams if stream.get("/Type") not in {"/XRef", "/ObjStm"}]


def test_only_the_packaged_fonts_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(letters.pdf(AGREEMENT))) as file:
        names = {
            str(item.FontName)[8:]
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
    assert names == {
        f"Source-{family}-Pro{weight}" for family in ("Serif", "Sans") for weight in ("", "-Semi-Bold")
    }


def test_a_character_that_no_font_has_is_an_error() -> None:
    letter = dataclasses.replace(letters.sample(DECLINE), mentions="Novalys 漢")
    with pytest.raises(AccordError, match=r"漢 \(U\+6F22\)"):
        typeset.typeset(letter)


# --- The page: lengths --------------------------------------------------------


@pytest.mark.parametrize("stem", STEMS)
def test_an_agreement_has_three_pages_at_most_and_a_decline_one(stem: str) -> None:
    letter = letters.sample(stem)
    with pikepdf.open(io.BytesIO(letters.pdf(stem))) as file:
        assert len(file.pages) <= (3 if letter.kind == "agreement" else 1)
        assert {tuple(map(round, page.MediaBox)) for page in file.pages} == {(0, 0, 595, 842)}


@pytest.mark.walk
@pytest.mark.parametrize(("language", "law"), [("fr", "FR"), ("en", "EW")])
def test_an_agreement_with_every_option_keeps_to_three_pages_too(language: str, law: str) -> None:
    fullest = [
        letter
        for letter in walk.letters(datetime.date(2027, 9, 30))
        if (letter.language, letter.law, letter.binding) == (language, law, "conditional")
    ]
    letter = max(fullest, key=lambda letter: len(as_json(letter.data)))
    assert len(text_of_pages(letter)) == 3


@pytest.mark.parametrize("stem", ["04-fr-intention-projet", "06-en-intent-england"])
def test_a_letter_of_intent_has_two_pages(stem: str) -> None:
    assert pages(letters.pdf(stem)) == 2


def with_lines(letter: Letter, count: int) -> Letter:
    """The letter with so many lines for an opening, which pushes all the rest down."""
    lines = Run(RichText("\n".join(["Une ligne."] * count)))
    opening = dataclasses.replace(letter.opening[0], blocks=(Paragraph((lines,)),))
    return dataclasses.replace(letter, opening=(opening,))


def with_a_short_article(letter: Letter) -> Letter:
    """The letter with an article whose heading is higher than its text."""
    short = dataclasses.replace(
        letter.articles[3],
        title="Un titre qui prend trois ou quatre lignes dans sa colonne",
        blocks=parse("Une ligne."),
    )
    return dataclasses.replace(letter, articles=(*letter.articles[:3], short, *letter.articles[4:]))


def boxes(document: Any) -> Iterator[tuple[int, Any]]:
    """Every box with the number of its page."""
    for number, page in enumerate(document.pages):
        yield from ((number, box) for box in page._page_box.descendants())


def blocks(document: Any, tag: str) -> list[tuple[int, Any]]:
    return [
        (page, box)
        for page, box in boxes(document)
        if box.element_tag == tag and type(box).__name__ == "BlockBox"
    ]


@pytest.mark.parametrize("lines", range(1, 56, 6))
def test_however_the_pages_break(lines: int) -> None:
    """Headings stay with their text and clear of the next; signatures stay whole, with some article."""
    letter = with_a_short_article(with_lines(letters.sample(AGREEMENT), lines))
    document = letters.lay_out(letter)
    headings = blocks(document, "h2")
    assert len(headings) == len(letter.articles)
    for (page, heading), (next_page, following) in itertools.pairwise(headings):
        assert (page, heading.position_y + heading.height) <= (next_page, following.position_y + 1)
    for page, section in blocks(document, "section"):
        tags = [child.element_tag for child in section.children]
        assert tags[:2] == ["h2", "p"] or "h2" not in tags, f"a heading ends page {page + 1}"
    signatures = [page for page, box in blocks(document, "div") if box.element.get("class") == "signatures"]
    assert signatures == [len(document.pages) - 1]
    assert any(
        page == signatures[0] and section.element.find("h2") is not None
        for page, section in blocks(document, "section")
    )
    captions = [page for page, box in boxes(document) if type(box).__name__ == "TableCaptionBox"]
    assert {page for page, box in boxes(document) if box.element_tag == "tr"} == set(captions)


@pytest.mark.parametrize("name", letters.HOSTILE)
def test_no_text_leaves_the_page(name: str) -> None:
    document = letters.lay_out(letters.HOSTILE[name]())
    for _page, box in boxes(document):
        if type(box).__name__ == "TextBox" and box.text.strip():
            assert box.position_x >= 18 * MM
            assert box.position_x + box.width <= 195 * MM, box.text
            assert 4 * MM < box.position_y < 293 * MM, box.text


SMALL = {"caption", "h2", "label", "head", "foot", "sender", "heading", "hint", "th", "sup"}


@pytest.mark.parametrize("stem", [AGREEMENT, DECLINE, BLANKS])
def test_text_is_ten_points_or_more(stem: str) -> None:
    document = letters.lay_out(letters.sample(stem))
    above = {child: parent for parent in document._html.etree_element.iter() for child in parent}
    sizes = set()
    for _page, box in boxes(document):
        if type(box).__name__ == "TextBox" and not SMALL & set(ancestry(box.element, above)):
            sizes.add(round(box.style["font_size"] * 72 / 96, 1))
    assert min(sizes) >= 10


def ancestry(element: Any, above: dict[Any, Any]) -> Iterator[str]:
    """The tags and classes of an element and of all that it stands in."""
    while element is not None:
        yield from (element.tag, *(element.get("class") or "").split())
        element = above.get(element)


def test_the_address_stands_in_the_window() -> None:
    """A French DL envelope shows what stands 45 to 85 mm from the top, right of 105 mm."""
    for _page, box in boxes(letters.lay_out(letters.sample(AGREEMENT))):
        if type(box).__name__ == "TextBox" and "Remparts" in box.text and box.position_y < 100 * MM:
            assert 105 * MM < box.position_x < 115 * MM
            assert 45 * MM < box.position_y < 85 * MM
            return
    pytest.fail("no address")


# --- The page: what is on it --------------------------------------------------


def test_drafts_alone_are_marked() -> None:
    draft = letters.letter(AGREEMENT)
    assert "@page { background-image" in typeset.page(draft)
    assert "background-image" not in typeset.page(dataclasses.replace(draft, final=True))


def text_of_pages(letter: Letter) -> list[str]:
    return text_of(typeset.typeset(letter), "-layout").split("\f")[:-1]


def test_a_draft_says_so_in_words_on_each_page() -> None:
    draft = letters.letter(AGREEMENT)
    pages = text_of_pages(draft)
    mark = draft.labels["layout"]["draft"]
    assert [page.count(mark) for page in pages] == [1, 1, 1]
    final = text_of_pages(dataclasses.replace(draft, final=True))
    assert [page.count(mark) for page in final] == [0, 0, 0]


def test_the_watermark_is_no_text_of_the_letter() -> None:
    """It is painted inside an artifact of its own, before anything else."""
    with opened(letters.letter(AGREEMENT)) as file:
        page = [
            (str(operator), [str(operand) for operand in operands])
            for operands, operator in pikepdf.parse_content_stream(file.pages[1])
        ]
    painted = next(place for place, (operator, _operands) in enumerate(page) if operator == "Do")
    assert [
        operator for operator, _operands in page[:painted] if operator in {"BMC", "BDC", "EMC", "TJ"}
    ] == ["BMC"]
    assert ("BMC", ["/Artifact"]) in page[:painted]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_word_across_drafts_is_drawn_as_the_font_file_has_it(language: str) -> None:
    """Drawn beforehand; where this fails, `fonts.outline` gives the new path and width, hashlib the new digest."""
    labels = tomllib.loads((TEMPLATES / language / "labels.toml").read_text("utf-8"))
    word = labels["layout"]["draft"]
    assert _drawn.is_of(typeset.SEMIBOLD)
    assert _drawn.WORDS[word] == fonts.outline(word, typeset.SEMIBOLD)


HOME = tomllib.loads((SAMPLES / "accord.toml").read_text("utf-8"))


def text_to(limit: int) -> str:
    return ("Une phrase ordinaire dit quelque chose d’utile au lecteur attentif. " * 10)[: limit - 1] + "."


@pytest.mark.parametrize(
    "alternatives",
    [{"alternative": text_to(320)}, {"alternative": text_to(100), "own_alternative": text_to(100)}],
    ids=["one alternative", "two"],
)
@pytest.mark.parametrize("reason", ["out-of-scope", "no-commitment", "date-not-feasible"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_fullest_decline_keeps_to_one_page(
    language: str, reason: str, alternatives: dict[str, str]
) -> None:
    decline = {
        "reason": reason,
        "paid_referral": True,
        "candour": True,
        "return_documents": True,
        **alternatives,
    }
    if reason == "date-not-feasible":
        decline["earliest"] = "2027-09-30"
    home = loader.house_from({**HOME, "positioning": {"statement": {language: text_to(320)}}}, "")
    deal = {
        "language": language,
        "prospect": {"name": "Hôtels du Lac Bleu", "address": ["1 avenue d’Albigny", "74000 Annecy"]},
        "feature": {"name": "Planning des chambres", "need": text_to(400)},
        "decline": decline,
        "opening_note": text_to(160),
    }
    fullest = compose(
        loader.deal_from(deal, "", home, today=TODAY),
        HouseFile(HOUSE.path, home, HOUSE.logo),
    )
    assert len(text_of_pages(fullest)) == 1


@pytest.mark.parametrize(
    ("stem", "in_order"),
    [
        (AGREEMENT, ["Accord de principe", "Objet", "salutations", "Fait à", "P.J."]),
        ("05-en-purchase-england", ["Purchase agreement", "Subject", "Yours sincerely", "Agreed", "Encl."]),
        (DECLINE, ["Our ref", "Subject", "Dear", "Sincerely", "Claire Moreau"]),
        ("09-fr-refus-hors-marche", ["N/Réf", "Objet", "salutations", "Claire Moreau"]),
    ],
)
def test_the_parts_of_a_letter_stand_in_the_order_of_their_country(stem: str, in_order: list[str]) -> None:
    """Enclosures come last; a decline, whose subject says enough, has no title."""
    letter = letters.sample(stem)
    text = one_line(text_of(letters.pdf(stem)))
    places = [text.find(part) for part in in_order]
    assert places == sorted(places)
    assert places[0] >= 0
    assert (letter.title in text) == (letter.kind == "agreement")
    assert ("Place" in text) is False


@pytest.mark.parametrize(
    ("stem", "folio"), [(AGREEMENT, "page 1 / 3"), ("05-en-purchase-england", "page 1 of 3")]
)
def test_pages_are_counted_as_the_language_does(stem: str, folio: str) -> None:
    assert folio in one_line(text_of_pages(letters.sample(stem))[0])


@pytest.mark.parametrize("stem", [AGREEMENT, "05-en-purchase-england"])
def test_no_line_of_the_foot_ends_in_a_dash(stem: str) -> None:
    foot = text_of_pages(letters.sample(stem))[0].splitlines()[-4:]
    assert any("– " in line for line in foot)
    assert not any(re.search(r"–\s*$", line.partition("   ")[0]) for line in foot), foot


def test_blanks_show_what_is_missing() -> None:
    letter = letters.sample(BLANKS)
    assert letter.gaps
    assert '<span class="blank"><span class="hint">' in typeset.page(letter)


def test_values_print_literally() -> None:
    html = typeset.page(letters.HOSTILE["mark-up in every value"]())
    text = html.split("</head>")[1]
    assert "49" not in re.sub(r"<[^>]*>", "", text)
    assert (
        "&lt;b&gt;{{ 7 * 7 }}&lt;/b&gt; **x** &amp; «\u00a0y\u00a0» «\u00a0z\u00a0» ]]&gt; &lt;/style&gt;"
        in text
    )
    assert html.count("</style>") == 1


def test_the_html_needs_nothing_else() -> None:
    home = HOUSE.logo
    assert home is not None
    html = typeset.page(letters.sample(AGREEMENT))
    references = re.findall(r"(?:src|href)=\"([^\"]*)|url\(\"?([^\")]*)", html)
    assert [(source or url)[:11] for source, url in references] == ["data:image/"]
    assert base64.b64encode(home.content).decode() in html


@pytest.mark.parametrize(
    ("html", "together"),
    [
        ("<p>Un mot bref.</p>", "<p>Un mot\u00a0bref.</p>"),
        ("<p>Une phrase longue.</p>", "<p>Une phrase longue.</p>"),
        ("<ul><li>un mot</li></ul>", "<ul><li>un mot</li></ul>"),
    ],
)
def test_paragraphs_do_not_end_in_a_short_word_alone(html: str, together: str) -> None:
    assert typeset.last_words_together(html) == together


# --- Colours ------------------------------------------------------------------


def test_contrast_is_that_of_wcag() -> None:
    assert typeset.contrast([0, 0, 0]) == pytest.approx(21)
    assert typeset.contrast([255, 255, 255]) == pytest.approx(1)
    assert typeset.contrast([119, 119, 119]) == pytest.approx(4.48, abs=0.01)


def rgb(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def test_small_text_can_be_read_even_on_the_watermark() -> None:
    greys = re.findall(r"[ {]color: (#[0-9a-f]{6})", (typeset.TEMPLATES / "letter.css").read_text("utf-8"))
    assert len(greys) >= 3
    assert min(map(typeset.contrast, map(rgb, greys))) >= typeset.ENOUGH
    assert typeset.ENOUGH / typeset.contrast(rgb(typeset.WATERMARK)) >= 4.5


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_readable(value: int) -> None:
    given_colour = f"#{value:06x}"
    colour = typeset.readable(given_colour)
    assert typeset.contrast(rgb(colour)) >= typeset.ENOUGH
    if typeset.contrast(rgb(given_colour)) >= typeset.ENOUGH:
        assert colour == given_colour


def test_a_house_without_colour_has_a_readable_one() -> None:
    letter = dataclasses.replace(letters.sample(DECLINE), colour="")
    assert typeset.readable(typeset.DARK_BLUE) == typeset.DARK_BLUE
    assert f"--colour: {typeset.DARK_BLUE}" in typeset.page(letter)
