"""Two letters compared: the parts that came, went or moved, and the words that changed, figures whole."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.diff import compare
from accord.diff.compare import Change, Edit, changes, edited, redline
from accord.domain.house import Logo
from accord.intake.loader import read_deal
from accord.letter import record
from accord.letter.blocks import paragraphs, parse
from accord.letter.letter import Letter, Passage
from accord.verify import recompose
from support.bounded import bounded
from support.inputs import TODAY
from support.letters import letter, sample
from support.paths import SAMPLES
from support.samples import HOUSE, SITUATIONS, STEMS, compose
from support.situations import compose_file


def marked_up(edits: Iterable[Edit]) -> str:
    """The edits as a line of text."""
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(marks[edit.kind].format(edit.text) for edit in edits)


def by_id(parts: Iterable[Change]) -> dict[str, Change]:
    return {change.id: change for change in parts}


def without(letter: Letter, *ids: str) -> Letter:
    """The letter without some articles, the others numbered anew."""
    return in_order(letter, [passage for passage in letter.articles if passage.id not in ids])


def in_order(letter: Letter, articles: list[Passage]) -> Letter:
    numbered = (replace(passage, number=place) for place, passage in enumerate(articles, 1))
    return replace(letter, articles=tuple(numbered))


def worded(letter: Letter, clause: str, **parts: Any) -> Letter:
    """The letter with another wording of one article."""
    articles = (replace(each, **parts) if each.id == clause else each for each in letter.articles)
    return replace(letter, articles=tuple(articles))


# --- Words ----------------------------------------------------------------------

REWORDED = {
    "figures are whole": ("quantité : 25 licences", "quantité : 52 licences", "quantité : [-25-]{+52+} licences"),
    "a figure has its unit": ("sous 30 jours francs", "sous 45 jours francs", "sous [-30 jours-]{+45 jours+} francs"),
    "an amount is whole": (
        "soit 12\u202f000,00\u00a0€ hors taxes",
        "soit 12\u202f500,00\u00a0€ hors taxes",
        "soit [-12\u202f000,00\u00a0€-]{+12\u202f500,00\u00a0€+} hors taxes",
    ),
    "an amount with its sign in front": ("pay £12,000.00 now", "pay £12,500.00 now", "pay [-£12,000.00-]{+£12,500.00+} now"),
    "an amount in words": (
        "a total (twelve thousand pounds) due",
        "a total (twelve thousand five hundred pounds) due",
        "a total ([-twelve thousand pounds-]{+twelve thousand five hundred pounds+}) due",
    ),
    "a rate": ("au taux de 5,5 % net", "au taux de 20 % net", "au taux de [-5,5 %-]{+20 %+} net"),
    "a French date": ("le 1er mars 2027 au soir", "le 31 mars 2027 au soir", "le [-1er mars 2027-]{+31 mars 2027+} au soir"),
    "an English date": ("by 5 March 2027 at noon", "by 5 May 2027 at noon", "by [-5 March 2027-]{+5 May 2027+} at noon"),
    "an American date": (
        "by March\u00a031, 2027 at noon",
        "by March\u00a031, 2028 at noon",
        "by [-March\u00a031, 2027-]{+March\u00a031, 2028+} at noon",
    ),
    "a blank": (
        "représentée par ……… (nom du signataire), gérant",
        "représentée par ……… (nom), gérant",
        "représentée par [-……… (nom du signataire)-]{+……… (nom)+}, gérant",
    ),
    "an elision": ("fin de l’accord signé", "fin de l’achat signé", "fin de l’[-accord-]{+achat+} signé"),
    "a word is left out": ("un délai ferme de paiement", "un délai de paiement", "un délai [-ferme -]de paiement"),
    "the last word is left out": ("it ends at once", "it ends", "it ends[- at once-]"),
    "a word more": ("the Client shall pay", "the Client shall not pay", "the Client shall {+not +}pay"),
    "crumbs are joined": (
        "within that time the Supplier may freely decide to stop the work in writing",
        "within that time the Supplier shall never agree to wait the work in writing",
        "within that time the Supplier [-may freely decide to stop-]{+shall never agree to wait+} the work in writing",
    ),
    "a sentence rewritten": (
        "It is firm. Each party is free to go on or not.",
        "It is firm. Nobody may assign this letter.",
        "It is firm. [-Each party is free to go on or not.-]{+Nobody may assign this letter.+}",
    ),
    "a sentence more": ("It is firm.", "It is firm. Nobody may assign it.", "It is firm. {+Nobody may assign it.+}"),
    "a sentence less": ("It is firm. Nobody may assign it.", "It is firm.", "It is firm.[- Nobody may assign it.-]"),
    "the kind of space": ("un délai : 30 jours", "un délai\u00a0: 30\u202fjours", "un délai\u00a0: 30\u202fjours"),
    "nothing": ("Same words.", "Same words.", "Same words."),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), REWORDED.values(), ids=REWORDED)
def test_edits(old: str, new: str, expected: str) -> None:
    assert marked_up(edited(old, new)) == expected


TEXTS = st.lists(
    st.sampled_from(["Le ", "délai ", "est ", "de ", "25 ", "52 ", "jours", ", ", ". ", "l’", "(", "€", "\u00a0", "x"])
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_no_word_is_lost(old: str, new: str) -> None:
    edits = edited(old, new)

    def side(kind: str) -> str:
        return "".join("".join(edit.text for edit in edits if edit.kind in {"same", kind}).split())

    assert (side("deleted"), side("inserted")) == ("".join(old.split()), "".join(new.split()))


# --- Parts ----------------------------------------------------------------------


@pytest.mark.parametrize("path", SITUATIONS, ids=lambda path: path.stem)
def test_a_letter_says_the_same_as_itself(path: Path) -> None:
    one = compose_file(path)
    assert changes(one, one) == ()
    assert changes(one, replace(one, final=True)) == ()


@pytest.mark.parametrize("stem", STEMS)
def test_the_redline_has_the_whole_letter(stem: str) -> None:
    one = sample(stem)
    parts = by_id(redline(one, one))
    words = "".join(edit.text for part in parts.values() for each in part.paragraphs for edit in each.edits)
    assert {passage.id for passage in (*one.opening, *one.articles, *one.closing)} <= parts.keys()
    for line in (*one.sender, *one.addressee, one.subject, one.salutation, one.mentions, *one.enclosures):
        assert str(line) in words
    for passage in one.articles:
        assert all(text in words for _marker, text in paragraphs(passage.blocks))


def test_other_terms_change_the_words_around_them() -> None:
    parts = by_id(changes(letter(), letter(delivery={"by": datetime.date(2027, 4, 30)})))
    assert parts.keys() == {"opening", "letter.key-terms", "condition"}
    (paragraph, *_others) = parts["condition"].paragraphs
    assert "livrée au plus tard le [-31\u00a0mars 2027-]{+30\u00a0avril 2027+}, ou" in marked_up(
        paragraph.edits
    )


def test_an_article_less_renumbers_those_behind_it() -> None:
    one = letter()
    parts = by_id(changes(one, without(one, "price")))
    assert parts["price"].kind == "removed"
    assert (parts["price"].old, parts["price"].new) == (12, None)
    assert marked_up(parts["price"].title) == "[-Prix-]"
    assert all(
        change.renumbered and change.kind == "same" for name, change in parts.items() if name != "price"
    )
    assert (parts["payment"].old, parts["payment"].new) == (13, 12)
    assert by_id(changes(without(one, "price"), one))["price"].kind == "added"


def test_a_removed_article_stays_where_it_stood() -> None:
    one = letter()
    ids = [part.id for part in redline(one, without(one, "term", "price"))]
    assert ids == [part.id for part in redline(one, one)]


def test_the_fewest_moves_are_named() -> None:
    one = letter()
    first, *others = one.articles
    parts = changes(one, in_order(one, [*others, first]))
    assert [change.id for change in parts if change.moved] == [first.id]
    assert not any(change.moved for change in changes(one, without(one, "price")))


def test_a_new_title_is_a_change() -> None:
    one = letter()
    (change,) = changes(one, worded(one, "price", title="Prix ferme"))
    assert (change.kind, marked_up(change.title)) == ("changed", "Prix {+ferme+}")


def test_items_of_a_list_keep_their_markers() -> None:
    one = letter()
    old = worded(one, "price", blocks=parse("On lit :\n\n1. un essai\n2. deux essais"))
    new = worded(one, "price", blocks=parse("On lit :\n\n1. un essai\n2. trois essais"))
    (change,) = changes(old, new)
    assert [(each.marker, marked_up(each.edits)) for each in change.paragraphs] == [
        ("", "On lit :"),
        ("1.", "un essai"),
        ("2.", "[-deux-]{+trois+} essais"),
    ]


def test_a_blank_says_what_goes_there() -> None:
    old, new = letter(prospect={"registration": None}), letter()
    (edits,) = [each.edits for each in by_id(changes(old, new))["parties"].paragraphs if each.changed]
    assert "€, [-……………… (n° d’immatriculation)-]{+552\xa0100\xa0554 RCS Lyon+}, dont" in marked_up(edits)


def test_another_logo_is_a_change() -> None:
    one = letter()
    other = replace(one, logo=None)
    assert [(change.id, change.kind) for change in changes(one, other)] == [(compare.LOGO, "removed")]
    assert compare.LOGO not in by_id(redline(one, one))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 9000, "b a c " * 9000),
        ("Aa bb cc. " * 4000, "Aa bb dd. " * 4000),
        ("aa bb cc\n\n" * 3000, "aa bb dd\n\n" * 3000),
    ],
    ids=["words", "sentences", "paragraphs"],
)
def test_endless_texts_are_compared_in_no_time(old: str, new: str) -> None:
    before, after = (worded(letter(), "price", blocks=parse(body)) for body in (old, new))
    with bounded():
        (change,) = changes(before, after)
    assert change.kind == "changed"


def test_two_languages_are_compared_clause_by_clause() -> None:
    parts = by_id(redline(letter("01-fr-abonnement"), letter("08-en-subscription-france")))
    assert parts["language"].kind == "added"
    assert (parts["price"].kind, parts["price"].differs) == ("translated", False)
    assert [edit.kind for edit in parts["price"].title] == ["deleted", "inserted"]
    assert [len(each.edits) for each in parts["price"].paragraphs] == [1, 1]
    assert parts["letter.sender"].kind == "same"


def test_two_languages_tell_of_wordings_that_are_not_ours() -> None:
    """Whether a translation says the same no program can tell; that it is not the library's, it can."""
    english = letter("08-en-subscription-france")
    own = {"32-price.vat.md": {"title": "Prix", "body": "Le prix est révisable."}}
    recorded = record.recorded({**letter().data, "clauses": own}, "letter.pdf")
    parts = by_id(changes(recompose.letter_of(recorded, "letter.pdf"), english))
    assert (parts["price"].kind, parts["price"].own) == ("translated", (True, False))
    assert "price" not in by_id(changes(letter(), english))


def test_a_logo_speaks_no_language() -> None:
    english = letter("08-en-subscription-france")
    parts = by_id(changes(letter(), replace(english, logo=None)))
    assert parts[compare.LOGO].kind == "removed"
    other = Logo(b"<svg/>", "image/svg+xml", "Novalys")
    parts = by_id(changes(letter(), replace(english, logo=other)))
    assert parts[compare.LOGO].kind == "changed"


@pytest.mark.parametrize("stem", STEMS)
def test_a_letter_of_ours_has_the_standard_text(stem: str) -> None:
    one = sample(stem)
    assert changes(compare.standard(one, stem), one) == ()


@pytest.mark.parametrize("final", [False, True])
def test_the_standard_text_is_as_final_as_the_letter(final: bool) -> None:  # noqa: FBT001 - a case
    deal = read_deal(SAMPLES / f"{STEMS[0]}.toml", HOUSE.house, today=TODAY)
    standard = compare.standard(compose(deal, HOUSE, final=final), "deal")
    assert (standard.final, standard.data["final"]) == (final, final)


def test_a_final_letter_may_say_less_than_the_standard_text() -> None:
    """An own wording that leaves a particular out has no blank; the standard text has one."""
    data = letter(prospect={"registration": None}).data
    wording = {"10-parties.md": {"title": "Parties", "body": "{{ supplier.name }} et {{ prospect.name }}."}}
    recorded = record.recorded({**data, "final": True, "clauses": wording}, "letter.pdf")
    one = recompose.letter_of(recorded, "letter.pdf")
    assert one.final
    assert one.gaps == ()
    parts = by_id(changes(compare.standard(one, "letter.pdf"), one))
    assert parts.keys() == {"parties"}


def test_the_standard_text_is_without_the_own_wording(tmp_path: Path) -> None:
    own = tmp_path / "templates/fr/agreement/32-price.vat.md"
    own.parent.mkdir(parents=True)
    standard = next(passage.file for passage in letter().articles if passage.id == "price")
    text = standard.read_text("utf-8")
    assert "Le prix est ferme." in text
    own.write_text(text.replace("Le prix est ferme.", "Le prix est révisable."), "utf-8")
    home = replace(HOUSE, path=tmp_path / "accord.toml")
    deal = read_deal(SAMPLES / "01-fr-abonnement.toml", home.house, today=TODAY)
    one = compose(deal, home)
    (change,) = changes(compare.standard(one, "deal"), one)
    assert change.id == "price"
    assert marked_up(change.paragraphs[0].edits).endswith("Le prix est [-ferme-]{+révisable+}.")
