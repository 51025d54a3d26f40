"""What people type where it meets our words."""

from typing import Any

import pytest

from accord.letter import markdown
from accord.letter.blocks import fill, parse, to_html
from accord.text import markup
from accord.text.markup import RichText
from support.printed import plain
from support.samples import HOUSE
from support.situations import agreement, composed

ALTERNATIVE, NEED, NAME = "{{ decline.alternative }}", "{{ feature.need }}", "{{ supplier.name }}"


@pytest.mark.parametrize(
    ("clause", "typed", "printed"),
    [
        # A sentence of its own begins with a capital and ends with one stop.
        (f"{ALTERNATIVE} Nous en répondons.", "zelty le fait", "Zelty le fait. Nous en répondons."),
        (f"{ALTERNATIVE} Nous en répondons.", "Zelty le fait.", "Zelty le fait. Nous en répondons."),
        (
            f"{ALTERNATIVE} Nous en répondons.",
            "Zelty, Tiller, etc.",
            "Zelty, Tiller, etc. Nous en répondons.",
        ),
        (f"Merci. {ALTERNATIVE}", "eBay le fait ?", "Merci. eBay le fait ?"),
        # A part of a sentence has none.
        (f"Il souhaite {NEED} ; il l’écrit.", "trier.", "Il souhaite trier ; il l’écrit."),
        (
            f"Il souhaite {NEED} ; il l’écrit.",
            "aller vers S.A.P.",
            "Il souhaite aller vers S.A.P. ; il l’écrit.",
        ),
        (f"Il souhaite {NEED}, et l’écrit.", "trier", "Il souhaite trier, et l’écrit."),
        # Nor has our sentence, where the typed words end in one.
        (f"Il souhaite {NEED}.", "trier, etc.", "Il souhaite trier, etc."),
        (f"Il souhaite {NEED}.", "trier", "Il souhaite trier."),
        (f"Par **{NAME}**.", "Acme Ltd.", "Par Acme Ltd."),
        (f"Par {NAME}, d’une part.", "Acme Ltd.", "Par Acme Ltd., d’une part."),
        (NAME, "acme", "acme"),
    ],
)
def test_one_stop_and_the_first_letter_of_its_place(clause: str, typed: str, printed: str) -> None:
    blocks = fill(
        parse(clause),
        dict.fromkeys(("decline.alternative", "feature.need", "supplier.name"), RichText(typed)),
    )
    html = to_html(tuple(blocks))
    assert html.replace("<strong>", "").replace("</strong>", "") == f"<p>{printed}</p>\n"


def test_a_blank_and_what_is_raised_stay_what_they_are() -> None:
    texts = {"decline.alternative": markup.raised("le 1er"), "feature.need": markup.blank("besoin")}
    blocks = fill(parse(f"{ALTERNATIVE} Il veut {NEED}. {NEED}"), texts)
    assert to_html(tuple(blocks)).count('<span class="hint">besoin</span></span>') == 2
    assert "<p>Le 1<sup>er</sup>. Il" in to_html(tuple(fill(parse(f"{ALTERNATIVE} Il veut {NEED}."), texts)))


FEATURE: dict[str, dict[str, Any]] = {
    "fr": {
        "name": "Export FEC",
        "need": "Importer les données ?",
        "description": "La production d'un fichier",
        "acceptance_tests": ["Le fichier passe.", "100 000 écritures en une minute"],
        "exclusions": ["La paie, etc.", "les notes de frais..."],
    },
    "en": {
        "name": "Export FEC",
        "need": "To Import the data.",
        "description": "A file of the entries",
        "acceptance_tests": ["The file passes.", "100,000 entries in a minute"],
        "exclusions": ["Payroll, etc.", "is it all?"],
    },
}
PRINTED = {
    "fr": (
        "souhaite importer les données ;",
        ") : la production d’un fichier.",
        "- le fichier passe ;\n- 100 000 écritures en une minute.",
        "Exclusions : la paie, etc. ; les notes de frais…\n",
    ),
    "en": (
        "wishes to import the data;",
        "): a file of the entries.",
        "- the file passes;\n- 100,000 entries in a minute.",
        "Exclusions: Payroll, etc.; is it all?\n",
    ),
}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_feature_reads_as_one_of_our_sentences(language: str) -> None:
    data = agreement(language, "FR", "conditional", "efforts", "purchase", rich=True) | {
        "feature": FEATURE[language]
    }
    text = plain(markdown.render(composed(data, HOUSE)))
    for words in PRINTED[language]:
        assert words in text
