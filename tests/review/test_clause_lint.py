"""What `accord clauses check` says of a house's own clauses."""

import contextlib
import itertools
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from accord.clauses.conditions import holds
from accord.clauses.library import TEMPLATES, Library, Part, folder_of
from accord.domain.choices import Kind, Language
from accord.errors import FaultyInput
from accord.intake.loader import deal_from
from accord.letter.email import OF_EMAILS
from accord.letter.kinds import KINDS
from accord.review.clause_lint import (
    LINKED,
    exclude_each_other,
    known_placeholders,
    lint,
    reading_ease,
    sentences,
)
from support.inputs import TODAY
from support.situations import HOUSES, agreement

FILE = "agreement/32-price.vat.md"
LONG = " ".join(["word"] * 41)


VALUES = "{{ decision.unit_price }}, {{ decision.total }} plus VAT at {{ decision.vat_rate }}"


def clause(body: str = f"The price is {VALUES}.", when: str = '"binding", "vat-rate"') -> str:
    return f'+++\ntitle = "Price"\nwhen = [{when}]\n+++\n{body}\n'


def remarks(tmp_path: Path, files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Place relative to the folder, severity and sentence of each remark."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [
        (remark.place.removeprefix(f"{tmp_path}/"), remark.severity, remark.sentence)
        for remark in lint(tmp_path)
    ]


def both(text: str) -> dict[str, str]:
    return {f"en/{FILE}": text, f"fr/{FILE}": text.replace("plus VAT at", "et la TVA en sus, à")}


CASES: Mapping[str, tuple[dict[str, str], tuple[str, str, str]]] = {
    "a placeholder with a slip": (both(clause("{{ decision.totl }}")), (f"en/{FILE}:5", "error", "did you mean decision.total?")),
    "a placeholder that never was": (both(clause("A\n\n{{ prospect.phone }}")), (f"en/{FILE}:7", "error", "not a placeholder")),
    "a reference to no article": (both(clause("{{ article.accept }}")), (f"fr/{FILE}:5", "error", "did you mean article.acceptance?")),
    "an unknown condition": (both(clause(when='"bindin"')), (f"fr/{FILE}:3", "error", "did you mean “binding”?")),
    "sources without their law": (
        both(clause().replace("when", 'law = ["Companies Act 2006"]\nwhen')), (f"en/{FILE}:3", "error", 'write law = { FR = ["…"]'),
    ),
    "sources of another law": (
        both(clause().replace("when", 'law = { US = ["UCC"] }\nwhen')), (f"en/{FILE}:3", "error", "law.US: is not a law"),
    ),
    "two wordings at once": (both(clause(when='"binding"')), (f"en/{FILE}:1", "error", "32-price.excluding-vat.md")),
    "one language only": ({f"en/{FILE}": clause()}, (f"en/{FILE}:1", "warning", f"write fr/{FILE} too")),
    "other conditions in the other language": (
        {f"en/{FILE}": clause(when='"binding", "vat-rate", "french-law"'), f"fr/{FILE}": clause()},
        (f"en/{FILE}:1", "warning", "other conditions"),
    ),
    "a file that overrides nothing": ({"en/agreement/33-prize.md": clause()}, ("en/agreement/33-prize.md:1", "error", "overrides no clause")),
    "a wrong folder": ({"en/agrement/32-price.vat.md": clause()}, ("en/agrement/32-price.vat.md:1", "error", "in no letter")),
    "a wrong ending in English": ({"en/decline/10-thanks.txt": clause()}, ("en/decline/10-thanks.txt:1", "error", "such as en/decline/10-thanks.md")),
    "a wrong ending": ({"fr/agreement/32-price.vat.txt": clause()}, ("fr/agreement/32-price.vat.txt:1", "error", "fr/agreement/32-price.vat.md")),
    "an empty file": (both(""), (f"en/{FILE}:1", "error", "has no head")),
    "a head alone": (both(clause("")), (f"en/{FILE}:1", "error", "has no text")),
    "a head that breaks off": (both('+++\ntitle = "Price\n+++\nA\n'), (f"en/{FILE}:1", "error", "line 2")),
    "an article that may be absent": (
        both(clause("{{ article.penalty }}")), (f"en/{FILE}:5", "note", "some letters with this clause do not have")
    ),
    "an article that others count on": (
        {f"{lang}/agreement/26-acceptance.france.md": clause(when='"conditional"') for lang in ("en", "fr")},
        ("fr/agreement/26-acceptance.france.md:1", "note", "20-condition.france.md refers to this article"),
    ),
    "an article without a title": (both(clause().replace('title = "Price"\n', "")), (f"en/{FILE}:1", "error", "give it one")),
    "a fault beside another file's": (
        {**both(clause("{{ decision.totl }}")), "en/agreement/10-parties.md": ""},
        (f"en/{FILE}:5", "error", "did you mean decision.total?"),
    ),
    "an opinion": (both(clause(f"Payable once the Client is satisfied. {VALUES}")), (f"en/{FILE}:5", "error", "“once the Client is satisfied”")),
    "an amount": (both(clause(f"{VALUES}.\n\nTravel costs €250.")), (f"en/{FILE}:7", "warning", "“€250” stays the same")),
    "a date": (both(clause(f"{VALUES}.\n\nUntil 31 March 2027.")), (f"en/{FILE}:7", "warning", "{{ delivery.by }}")),
    "a value that is gone": (both(clause("The price is firm.")), (f"en/{FILE}:5", "error", "no longer contains {{ decision.unit_price }}")),
    "an obligation where nobody is obliged": (
        {f"{lang}/agreement/52-costs.intent.md": clause("The Client shall buy the Order.", '"intent"') for lang in ("en", "fr")},
        ("en/agreement/52-costs.intent.md:5", "error", "obliges nobody to buy"),
    ),
    "a binding clause that takes it back": (both(clause(f"The Client is not obliged to buy. {VALUES}")), (f"en/{FILE}:5", "error", "contradicts what this letter commits to")),
    "an obligation where some are obliged": (
        {f"{lang}/agreement/64-notices.md": clause("The Client shall buy the Order.", "") for lang in ("en", "fr")},
        ("en/agreement/64-notices.md:5", "warning", "obliges nobody to buy"),
    ),
    "a promise in a decline": (
        {f"{lang}/decline/18-candour.md": '+++\nwhen = ["candour"]\n+++\nIt is on our roadmap.\n' for lang in ("en", "fr")},
        ("en/decline/18-candour.md:4", "error", "read as a promise"),
    ),
    "a time to pay": (both(clause(f"{VALUES}.\n\nInvoices are payable within 45 days.")), (f"en/{FILE}:7", "note", "{{ terms.payment_days }}")),
    "a price with tax": (both(clause(f"{VALUES}.\n\nAll amounts are VAT-inclusive.")), (f"en/{FILE}:7", "warning", "without VAT")),
    "a long sentence": (both(clause(f"Short.\n\n{LONG}.")), (f"en/{FILE}:7", "note", "41 words")),
    "heavy reading": (
        both(clause("Notwithstanding contradictory considerations, responsibilities necessitate individualised authorisation. " * 10)),
        (f"en/{FILE}:5", "note", "reads with difficulty"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_remark_names_file_line_and_remedy(tmp_path: Path, name: str) -> None:
    files, (place, severity, part) = CASES[name]
    result = remarks(tmp_path, files)
    assert [
        sentence for at, how, sentence in result if (at, how) == (place, severity) and part in sentence
    ], result


def test_a_sound_override_has_no_remark(tmp_path: Path) -> None:
    assert remarks(tmp_path, both(clause())) == []


def test_a_page_beside_the_clauses_is_no_clause(tmp_path: Path) -> None:
    assert remarks(tmp_path, {"en/README.md": "About.", "en/agreement/notes.txt": "Mine."}) == []


def test_a_reference_that_always_leads_somewhere_has_no_remark(tmp_path: Path) -> None:
    sure = clause(
        f"{VALUES} {{{{ article.acceptance }}}} {{{{ article.nature }}}} {{{{ article.vendor_commitment }}}}"
    )
    assert remarks(tmp_path, both(sure)) == []
    assert remarks(tmp_path, both(clause("{{ article.acceptance }}", '"not-binding", "vat-rate"')))


UNREADABLE: Mapping[str, tuple[Callable[[Path], object], str, str]] = {
    "Latin-1": (lambda path: path.write_bytes("+++\n+++\nUn délai.".encode("latin-1")), f"fr/{FILE}:1", "line 3 holds the byte 0xE9"),
    "a folder": (lambda path: path.mkdir(), f"fr/{FILE}:1", "is a folder"),
    "a link to nothing": (lambda path: path.symlink_to("gone.md"), f"fr/{FILE}:1", "does not exist"),
    "a link to itself": (lambda path: path.symlink_to(path.name), f"fr/{FILE}:1", "leads back to itself"),
    "a pipe": (os.mkfifo, f"fr/{FILE}:1", "is a pipe"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_error(tmp_path: Path, name: str) -> None:
    make, place, part = UNREADABLE[name]
    path = tmp_path / "fr" / FILE
    path.parent.mkdir(parents=True)
    make(path)
    ((at, severity, sentence),) = remarks(tmp_path, {})
    assert (at, severity) == (place, "error")
    assert part in sentence


def test_a_folder_that_cannot_be_opened_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr" / "agreement").mkdir(parents=True)
    scan = os.scandir

    def refuse(folder: str) -> Any:
        if str(folder).endswith("agreement"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    ((place, severity, sentence),) = remarks(tmp_path, {})
    assert (place, severity) == ("fr/agreement", "error")
    assert "Permission denied" in sentence


E_MAILS: dict[str, tuple[str, str, list[str]]] = {
    "the house's own words": ("email/agreement/30-sign.md", "Signez avant le {{ terms.validity_until }}.", []),
    "the letter's title": ("email/agreement/30-sign.md", "Signez « {{ letter.title }} » avant le {{ terms.validity_until }}.", []),
    "no placeholder": ("email/agreement/30-sign.md", "Signez {{ letter.titel }} avant le {{ terms.validity_until }}.", ["did you mean letter.title?"]),
    "an article": ("email/agreement/30-sign.md", "Voir {{ article.price }} avant le {{ terms.validity_until }}.", ["refers to an article"]),
    "a promise in a no": ("email/decline/50-next.md", "Elle sera disponible dans notre prochaine version.", ["read as a promise"]),
    "a vague promise in a no": ("email/decline/50-next.md", "Nos développeurs y pensent.", ["read as a promise"]),
    "no such text": ("email/agreement/31-mine.md", "Signez.", ["overrides no clause"]),
    "beside its folder": ("email/30-sign.md", "Signez.", ["such as fr/email/agreement/30-sign.md"]),
    "a letter's clause": ("agreement/30-term.pilot.md", "Durée.", ["“final” is not a condition"]),
}  # fmt: skip


@pytest.mark.parametrize("name", E_MAILS)
def test_the_words_of_e_mails_are_checked_like_clauses(name: str, tmp_path: Path) -> None:
    file, text, told = E_MAILS[name]
    when = '"keep-in-touch"' if "decline" in file else '"final"'
    content = f"+++\nwhen = [{when}]\n+++\n{text}\n"
    files = {f"fr/{file}": content, f"en/{file}": content}
    found = [sentence for place, _severity, sentence in remarks(tmp_path, files) if place.startswith("fr/")]
    assert len(found) == len(told), found
    assert all(part in sentence for part, sentence in zip(told, found, strict=True))


def test_templates_must_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "templates").write_text("", "utf-8")
    assert [remark.severity for remark in lint(tmp_path / "templates")] == ["error"]
    assert lint(tmp_path / "none") == ()


@pytest.mark.walk
def test_a_copy_of_the_library_reads_no_worse_than_the_library(tmp_path: Path) -> None:
    files = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for language in get_args(Language)
        for kind in get_args(Kind)
        for part in get_args(Part)
        for path in (TEMPLATES / folder_of(language, kind, part)).glob("*.md")
    }
    assert any("/email/" in name for name in files)
    style = ("is hard to follow", "reads with difficulty")
    result = remarks(tmp_path, files)
    assert [remark for remark in result if not any(part in remark[2] for part in style)] == []
    assert {remark[1] for remark in result} <= {"note"}


def test_every_placeholder_of_the_library_is_known() -> None:
    for language, kind, part in itertools.product(get_args(Language), get_args(Kind), get_args(Part)):
        used = {
            p
            for c in Library().clauses(language, kind, part=part)
            for p in c.placeholders
            if not p.startswith("article.")
        }
        assert used <= known_placeholders(kind) | (OF_EMAILS if part else set())


@pytest.mark.parametrize(
    ("some", "others", "answer"),
    [
        (("binding", "vat-rate"), ("binding", "not-vat-rate"), True),
        (("intent",), ("binding",), True),
        (("intent",), ("negotiate",), True),
        (("conditional",), ("binding",), False),
        (("efforts",), ("french-law",), False),
        (("negotiate",), ("english-law",), True),
        (("penalty",), ("not-binding",), True),
        (("conditional",), ("no-efforts",), True),
        (("vat-rate", "one-off"), ("vat-rate", "not-pilot"), False),
    ],
)
def test_conditions_that_exclude_each_other(some: Any, others: Any, answer: bool) -> None:  # noqa: FBT001
    assert exclude_each_other("agreement", some, others) is answer
    assert exclude_each_other("agreement", others, some) is answer


def test_the_cases_are_those_that_deals_can_be() -> None:
    levels = ("intent", "negotiate", "promise", "conditional")
    reachable = itertools.product(
        ("en",), ("FR", "EW"), levels, ("none", "efforts", "firm"), ("subscription", "purchase", "pilot")
    )
    met_with = set()
    for combination, house in itertools.product(reachable, HOUSES.values()):
        with contextlib.suppress(FaultyInput):  # a pair that would not hold in court
            deal = deal_from(agreement(*combination, rich=False), "", house.house, today=TODAY)
            met_with.add(frozenset(name for name in LINKED if holds(name, deal, house.house)))
    assert met_with == set(KINDS["agreement"].cases)


def test_sentences_begin_where_they_begin() -> None:
    assert list(sentences("One 2.5 two. Three?\n\nFour;", 10)) == [
        ("One 2.5 two.", 10),
        ("Three?", 10),
        ("Four;", 12),
    ]


def test_reading_ease_tells_easy_from_hard() -> None:
    easy, hard = "The cat sat on the mat. " * 12, "Interoperability necessitates standardisation. " * 25
    assert reading_ease("Too short.", "en") is None
    assert reading_ease(easy, "en") > 90  # type: ignore[operator]
    assert reading_ease(hard, "en") < 20  # type: ignore[operator]
