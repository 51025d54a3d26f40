"""The clause library: its form, its two languages, a house's own clauses."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord import files
from accord.clauses import foreign_markup
from accord.clauses.conditions import CONDITIONS
from accord.clauses.library import TEMPLATES, Library, read_clause
from accord.errors import FaultyInput
from support.inputs import assert_plain
from support.processes import python

KINDS = ("agreement", "decline", "after")


@pytest.mark.parametrize("kind", KINDS)
def test_french_and_english_have_the_same_files_conditions_and_references(kind: str) -> None:
    french = {clause.path.name: clause for clause in Library().clauses("fr", kind)}
    english = {clause.path.name: clause for clause in Library().clauses("en", kind)}
    assert french.keys() == english.keys()
    for name, clause in french.items():
        assert clause.when == english[name].when, name
        assert bool(clause.title) == bool(english[name].title), name
        references = {p for p in clause.placeholders if p.startswith("article.")}
        assert references == {p for p in english[name].placeholders if p.startswith("article.")}, name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_clause_but_the_courtesies_has_a_source(language: str, kind: str) -> None:
    without = {clause.id for clause in Library().clauses(language, kind) if not clause.law}
    assert without == ({"closing"} if kind == "after" else {"note", "closing"})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_article_has_sources_under_each_law_that_it_may_be_written_under(language: str) -> None:
    of_one_law = {
        "french-law": {"FR"},
        "english-law": {"EW"},
        "negotiate": {"FR"},
        "foreign-language": {"FR"},
    }
    for clause in Library().clauses(language, "agreement"):
        laws = next((of_one_law[name] for name in clause.when if name in of_one_law), {"FR", "EW"})
        assert set(clause.law) == (laws if clause.id not in {"note", "closing"} else set()), clause.path.name


@pytest.mark.parametrize("kind", KINDS)
def test_french_and_english_cite_as_many_sources_under_the_same_laws(kind: str) -> None:
    english = {clause.path.name: clause for clause in Library().clauses("en", kind)}
    for clause in Library().clauses("fr", kind):
        cited = {law: len(sources) for law, sources in clause.law.items()}
        assert cited == {law: len(s) for law, s in english[clause.path.name].law.items()}, clause.path.name


def test_labels_are_level() -> None:
    french, english = Library().labels("fr"), Library().labels("en")
    assert {(s, key) for s in french for key in french[s]} == {
        (s, key) for s in english for key in english[s]
    }


def test_every_condition_is_used_by_the_library() -> None:
    used = {
        name.removeprefix("not-")
        for kind in KINDS
        for clause in Library().clauses("fr", kind)
        for name in clause.when
    }
    assert used == set(CONDITIONS)


HEAD = '+++\ntitle = "Prix"\n+++\n'

FAULTY = {
    # clause file: where it is faulty, part of the sentence
    "no head": ("Le prix.", ":1", "has no head"),
    "head without end": ('+++\ntitle = "Prix"\nLe prix.', ":1", "has no head"),
    "head not TOML": ("+++\ntitle = \n+++\nLe prix.", "", "line 2, column 9: a value is missing"),
    "head of many brackets": (f"+++\nwhen = {'[' * 5000}\n+++\nLe prix.", "", "nests too many brackets"),
    "head with a long dotted key": (
        f"+++\n{'.'.join('a' * 20_000)} = 1\n+++\nLe prix.", "", "nests too many brackets",
    ),
    "head with an endless number": (f"+++\ntitle = {'9' * 5000}\n+++\nLe prix.", "", "thousands of digits"),
    "unknown key": ('+++\ntitel = "Prix"\n+++\nLe prix.', ": titel", "is unknown in a clause"),
    "unknown key with a dangerous name": (
        '+++\n"\\u001b[2J" = "Prix"\n+++\nLe prix.', ": <U+001B>[2J", "is unknown in a clause",
    ),
    "title not a text": ("+++\ntitle = 3\n+++\nLe prix.", ": title", "is not a text"),
    "title in another order": ('+++\ntitle = "a\\u202eb"\n+++\nx', ": title", "RIGHT-TO-LEFT OVERRIDE"),
    "title on two lines": ('+++\ntitle = "a\\nb"\n+++\nx', ": title", "U+000A (line break)"),
    "title with a placeholder": ('+++\ntitle = "{{ feature.name }}"\n+++\nx', ": title", "holds a brace"),
    "source in another order": (
        '+++\nlaw = { FR = ["a\\u202eb"] }\n+++\nx', ": law.FR", "RIGHT-TO-LEFT OVERRIDE",
    ),
    "sources without their law": (
        '+++\nlaw = ["Code civil, art. 1104"]\n+++\nx', ": law", 'write law = { FR = ["…"], EW = ["…"] }',
    ),
    "sources of an unknown law": (
        '+++\nlaw = { UK = ["Companies Act 2006"] }\n+++\nx', ": law.UK", 'write one of "FR", "EW"',
    ),
    "sources not a list": ('+++\nlaw = { FR = "CGI" }\n+++\nx', ": law.FR", "is not a list of texts"),
    "conditions not a list": ('+++\nwhen = "firm"\n+++\nLe prix.', ": when", "is not a list of texts"),
    "unknown condition": ('+++\nwhen = ["firmm"]\n+++\nLe prix.', ": when", "did you mean “firm”"),
    "condition like none": ('+++\nwhen = ["42"]\n+++\nLe prix.', ": when", "is not a condition"),
    "condition with a dangerous name": (
        '+++\nwhen = ["\\u001b[2J"]\n+++\nLe prix.', ": when", "“<U+001B>[2J” is not a condition",
    ),
    "no text": ('+++\ntitle = "Prix"\n+++\n', "", "has no text"),
    "no text and no last line end": ('+++\ntitle = "Prix"\n+++', "", "has no text"),
    "blank text": ('+++\ntitle = "Prix"\n+++\n \n\u00a0', "", "has no text"),
    "text in another order": (HEAD + "Le\nprix\u202e.", ":5", "RIGHT-TO-LEFT OVERRIDE"),
    "text with a tab": (HEAD + "Le\tprix", ":4", "U+0009 (tab)"),
    "text with a carriage return": (HEAD + "Le\rprix", ":4", "U+000D"),
    "a loop": (HEAD + "Le prix.\n{% for x in range(10) %}x{% endfor %}", ":5", "plain placeholders"),
    "a loop below blank lines": (HEAD + "\n\nLe prix.\n{% raw %}", ":7", "plain placeholders"),
    "a loop in a file of Windows": ((HEAD + "\nLe prix.\n{% raw %}").replace("\n", "\r\n"), ":6", "plain placeholders"),
    "an expression": (HEAD + "{{ ''.__class__.__mro__ }}", ":4", "plain placeholders"),
    "a character without a glyph": (HEAD + "Un.\n导", ":5", "no font of the letter has “导” U+5BFC"),
    "a call": (HEAD + "{{ feature.name.upper() }}", ":4", "plain placeholders"),
    "a comment": (HEAD + "{# non #}", ":4", "plain placeholders"),
    "an open brace": (HEAD + "{{ feature.name", ":4", "plain placeholders"),
    "a single brace": (HEAD + "{ feature.name }", ":4", "plain placeholders"),
    "a brace too many": (HEAD + "{{{ feature.name }}}", ":4", "plain placeholders"),
    "a placeholder in a placeholder": (HEAD + "{{{ feature.name }}{ feature.name }}", ":4", "plain placeholders"),
    "escaped braces": (HEAD + r"\{\{ feature.name \}\}", ":4", "plain placeholders"),
    "a heading": (HEAD + "## Échéances\n\nLe prix.", ":4", "holds a heading, which a clause cannot carry"),
    "a heading by its rule": (HEAD + "Un.\n\nÉchéances\n=====", ":6", "holds a heading"),
    "words struck out": (HEAD + "Le prix ~~de 40 €~~\nest dû.", ":4", "holds struck-out words (~~)"),
    "a table": (HEAD + "Un.\n\n| a | b |\n|---|---|\n| 1 | 2 |", ":6", "holds a table"),
    "bold of HTML": (HEAD + "Un,\n<b>deux</b>.", ":5", "holds HTML"),
    "a block of HTML": (HEAD + "<div>Un</div>", ":4", "holds HTML"),
    "a remark of HTML": (HEAD + "Un. <!-- à voir -->", ":4", "holds HTML"),
    "an entity": (HEAD + "R&eacute;gl&eacute; par A &amp; B.", ":4", "holds an HTML entity"),
    "an entity by its number": (HEAD + "L&#39;un.", ":4", "holds an HTML entity"),
    "a footnote": (HEAD + "Le prix[^1].\n\n[^1]: hors taxes", ":4", "holds a footnote"),
    "code": (HEAD + "Le champ `prix`.", ":4", "holds code"),
    "a block of code": (HEAD + "```\nLe prix.\n```", ":4", "holds code"),
    "text set in": (HEAD + "Un.\n\n    Deux.", ":6", "holds text set in by four spaces"),
    "a rule": (HEAD + "Un.\n\n---\n\nDeux.", ":6", "holds a rule (---)"),
    "a rule of stars": (HEAD + "Un.\n\n***", ":6", "holds a rule (---)"),
    "an image": (HEAD + "![logo](logo.png)", ":4", "holds an image"),
    "a link": (HEAD + "Voir les [CGV](https://x.example).", ":4", "holds a link"),
    "a link to a file": (HEAD + "Voir [CGV](file:///etc/passwd).", ":4", "holds a link"),
    "a link to a script": (HEAD + "Voir [CGV](javascript:x()).", ":4", "holds a link"),
    "a link in brackets": (HEAD + "Voir <https://x.example>.", ":4", "holds a link"),
    "the end of a link": (HEAD + "Voir [CGV][1].\n\n[1]: https://x.example", ":4", "holds a link"),
    "a quotation": (HEAD + "> Le prix.", ":4", "holds a quotation (>)"),
    "two backslashes for a break": (HEAD + "Le prix\\\\ est dû.", ":4", "holds a backslash"),
    "an escape": (HEAD + r"Le prix\*.", ":4", "holds a backslash"),
    "bold without end": (HEAD + "Le **prix.", ":4", "holds a bold passage that does not end"),
    "mark-up in a list": (HEAD + "- un\n- ~~deux~~", ":5", "holds struck-out words"),
    "words struck out by one sign": (HEAD + "Le prix ~de 40 €~ est dû.", ":4", "holds a subscript or struck-out words (~)"),
    "a subscript": (HEAD + "H~2~O", ":4", "holds a subscript"),
    "a superscript": (HEAD + "10 m^2^ au plus", ":4", "holds a superscript (^)"),
    "a note in its place": (HEAD + "Le prix ^[hors taxes] est dû.", ":4", "holds a footnote"),
    "marked words": (HEAD + "Le ==prix== est dû.", ":4", "holds marked words (==)"),
    "inserted words": (HEAD + "Le ++prix++ est dû.", ":4", "holds underlined words (++)"),
    "a link of a wiki": (HEAD + "Voir [[Prix|le prix]].", ":4", "holds a link"),
    "italics without end": (HEAD + "Le *prix est dû.", ":4", "holds an italic passage that does not end (*)"),
    "bold that ends in italics": (HEAD + "Le **prix* est dû.", ":4", "holds a"),
    "a product": (HEAD + "soit 5*3*2 cases", ":4", "holds stars within a word or a sum"),
    "a task": (HEAD + "- un\n- [x] deux", ":5", "holds a task ([ ])"),
    "a remark": (HEAD + "Un /* à voir */ deux.", ":4", "holds a remark (/*)"),
    "a remark on its line": (HEAD + "Un.\n// à voir", ":5", "holds a remark (/*)"),
    "a definition": (HEAD + "Prix\n: la somme due", ":5", "holds a definition (:)"),
    "a box": (HEAD + "::: warning\nUn.\n:::", ":4", "holds a box (:::)"),
    "a row of a table": (HEAD + "| a | b |", ":4", "holds a table"),
    "a heading without its space": (HEAD + "#Prix", ":4", "holds a heading"),
    "a formula": (HEAD + "Le prix est $x^2$.", ":4", "holds a formula ($)"),
    "a field of a mailing": (HEAD + "Le prix est %PRIX%.", ":4", "holds a field to fill in"),
    "a field in brackets": (HEAD + "Le prix est de [à compléter] euros.", ":4", "holds a field to fill in"),
    "a note to the writer": (HEAD + "TODO : le prix.", ":4", "holds a field to fill in"),
    "two versions": (HEAD + "<<<<<<< HEAD\nUn.", ":4", "holds two versions of a passage"),
    "typed bullets": (HEAD + "• un\n• deux", ":4", "holds a bullet typed as a sign"),
    "typed dashes": (HEAD + "Soit :\n\n– un\n– deux", ":6", "holds a bullet typed as a sign"),
    "a break as programs write it": (HEAD + "Un.\\nDeux.", ":4", "holds an escape of programs"),
    "a letter as programs write it": (HEAD + "L \\u2019un.", ":4", "holds an escape of programs"),
    "lists four deep": (HEAD + "- a\n  - b\n    - c\n      - d", ":7", "holds a list in a list in a list in a list"),
    "an italic title": ('+++\ntitle = "*Prix*"\n+++\nx', ": title", "holds mark-up"),
    "a marked title": ('+++\ntitle = "==Prix=="\n+++\nx', ": title", "holds mark-up"),
    "a bold title": ('+++\ntitle = "**Prix**"\n+++\nx', ": title", "holds mark-up"),
    "an entity in a title": ('+++\ntitle = "A &amp; B"\n+++\nx', ": title", "holds mark-up"),
    "an endless title": (f'+++\ntitle = "{"x " * 101}"\n+++\nx', ": title", "has 202 characters"),
    "an endless word": (HEAD + "x" * 19_000, ":4", "holds a word of more than 200 letters (xxxxxxxxxxxxxxxxxxxx)"),
    "endless quotations": (HEAD + ">" * 19_000 + " x", ":4", "holds a word of more than 200 letters"),
    "endless emphasis": (HEAD + "*" * 1000 + "a" + "*" * 1000, ":4", "holds a word of more than 200"),
    "an endless text": (HEAD + "a " * 44_000, ":4", "has 88000 characters"),
    "a placeholder on two lines": (HEAD + "{{\nfeature.name }}", ":4", "plain placeholders"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_clause_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    text, place, sentence = FAULTY[case]
    path = tmp_path / "32-price.vat.md"
    path.write_bytes(text.encode())
    with pytest.raises(FaultyInput) as refusal:
        read_clause(path)
    first = str(refusal.value).split("\n")[0]
    assert first.startswith(f"{path}{place}: ")
    assert sentence in first
    assert_plain(first)


@pytest.mark.parametrize(
    "body",
    [
        "Le prix est de **40 €** hors taxes, *sauf* remise :\n\n- un ;\n- **deux**.\n\n1. Un.\n2. Deux.",
        "Si a < b et b > c, AT&T & R&D paient 5 %* (* hors taxes), §2 - [à définir] ; #3.",
        "Le [client](s) signe(nt). Signature : ________ ; « a_b » ; C&A ; 3 * 4 = 12.",
        "Un,\ndeux  \nou trois.",
        "- un\n\n  suite\n- deux",
    ],
)
def test_what_a_clause_carries_is_taken(body: str, tmp_path: Path) -> None:
    path = tmp_path / "32-price.vat.md"
    path.write_text(HEAD + body, "utf-8")
    assert read_clause(path).body == body


def test_every_fault_of_a_clause_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "32-price.vat.md"
    path.write_text('+++\nb = 1\na = 2\ntitle = 3\nwhen = ["x", "y"]\n+++\n{a}\n\n{b}', "utf-8")
    with pytest.raises(FaultyInput) as refusal:
        read_clause(path)
    places = [(fault.source.removeprefix(str(path)), fault.key) for fault in refusal.value.faults]
    assert places == [("", "a"), ("", "b"), ("", "title"), ("", "when"), ("", "when"), (":7", ""), (":9", "")]


@pytest.mark.parametrize("name", ["32-a.md", "32-\x1b[2J.md"])
def test_a_clause_is_an_ordinary_file_in_utf8(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for make, sentence in (
        (
            lambda: path.write_bytes("+++\n+++\nDonnées".encode("latin-1")),
            "line 3 holds the byte 0xE9 at column 5",
        ),
        (lambda: path.write_bytes(bytes(2 << 20)), "larger than 1 MiB"),
        (path.unlink, "does not exist"),
        (path.mkdir, "is a folder"),
    ):
        make()
        with pytest.raises(FaultyInput, match=sentence) as refusal:
            read_clause(path)
        assert_plain(str(refusal.value))


def test_a_head_may_be_empty_and_a_text_may_begin_late(tmp_path: Path) -> None:
    path = tmp_path / "32-a.md"
    path.write_text("+++\n+++\n\n\nUn\u00a0«\u00a0prix\u00a0»\ndu {{ deal.date }}\n\n", "utf-8")
    clause = read_clause(path)
    assert (clause.title, clause.when, clause.law) == ("", (), {})
    assert clause.body == "Un\u00a0«\u00a0prix\u00a0»\ndu {{ deal.date }}"
    assert clause.line_of("deal.date") == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_among_a_house_s_clauses_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    """In a process of its own, so that a hang would show as a failure."""
    folder = tmp_path / "fr" / "agreement"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "64-notices.md")
    program = (
        "import sys; from pathlib import Path; from accord.clauses import library\n"
        "library.Library().clauses('fr', 'agreement', Path(sys.argv[1]))"
    )
    done = python("-c", program, tmp_path)
    assert "64-notices.md: is a pipe or a device; name an ordinary file" in done.stderr


def test_a_house_overrides_by_name_and_only_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "fr" / "agreement"
    folder.mkdir(parents=True)
    name = "64-notices.md"
    (folder / name).write_text('+++\ntitle = "Droits"\n+++\nNos droits.', "utf-8")
    library = Library()
    overriding = [clause for clause in library.clauses("fr", "agreement", tmp_path) if clause.overrides]
    assert [clause.path.name for clause in overriding] == [name]
    (folder / "64-noticess.md").write_text(HEAD + "Nos droits.", "utf-8")
    with pytest.raises(FaultyInput, match=r"did you mean 64-notices\.md"):
        library.clauses("fr", "agreement", tmp_path)


def test_a_library_reads_a_file_again_once_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text, its time alone, its end: what is in the letter is what is on the disk."""
    reads: list[Path] = []
    monkeypatch.setattr(files, "read", lambda path, real=files.read: reads.append(path) or real(path))
    own = tmp_path / "fr" / "agreement" / "64-notices.md"
    own.parent.mkdir(parents=True)
    library = Library()

    def title() -> str:
        clauses = library.clauses("fr", "agreement", tmp_path)
        return next(clause.title for clause in clauses if clause.path.name == own.name)

    standard = title()
    for text in ("Droits", "Droits cédés", "Droits gardés"):
        own.write_text(f'+++\ntitle = "{text}"\n+++\nNos droits.', "utf-8")
        assert title() == text
    reads.clear()
    assert (title(), reads) == ("Droits gardés", [])
    own.write_text('+++\ntitle = "Droits gérés"\n+++\nNos droits.', "utf-8")  # as long as it was
    os.utime(own, ns=(0, 0))
    assert (title(), reads) == ("Droits gérés", [own])
    own.write_text("Nos droits.", "utf-8")
    for _time in range(2):
        with pytest.raises(FaultyInput, match="has no head"):
            title()
    own.unlink()
    assert title() == standard


def test_the_checkout_s_own_templates_are_no_overrides() -> None:
    assert not any(clause.overrides for clause in Library().clauses("fr", "agreement", TEMPLATES))


@pytest.mark.parametrize("page", ["fr/LISEZMOI.md", "en/README.md"])
def test_the_lawyers_page_names_every_condition(page: str) -> None:
    text = (TEMPLATES / page).read_text("utf-8")
    assert [name for name in CONDITIONS if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "soit 5 * 3 = 15",
            "~20 % puis ~30 %",
            "en C++, C++17 et C#",
            "le champ a_b",
            "n° [12] du registre",
            "[sic] […]",
            "la R&D",
        ),
        *(
            "24/7, 7 j/7",
            "le #1 du marché",
            "#facture",
            "x ^ 2 + y ^ 2",
            "a == b",
            "2 < 3 et 4 > 1",
            "< 5 %",
            "et/ou",
            "a|b",
            "x | y",
        ),
        *(
            "de 100$ à 200$, $20",
            "C:\\Novalys\\notes",
            "le partage \\\\serveur\\partage",
            "(\\\\srv-01\\notes\\2027)",
            "« \\\\nas\\exports$ »",
            "10:30",
            "::1",
            "a::b",
            "A* et B*",
            "note *",
            "AT&T, H&M; S&P",
            "*Prix*",
            "**Prix** :",
        ),
        *(
            "- a\n  - b\n    - c",
            "1. a\n2. b",
            "un prix\n– et lui seul – dû",
            "ISO/IEC 27001:2022",
            "a@b.example",
            "https://novalys.example/cgv",
        ),
        *("« prix »", "1/2, ½, m², CO₂", "± 2 %, ≥ 10", "l’un… l’autre"),
    ],
)
def test_signs_that_a_reader_takes_for_themselves_are_sound(text: str) -> None:
    assert not list(foreign_markup.faults("x.md", text, 1))


@given(st.text(alphabet="a_*`~<>[]()!\\& ", max_size=12).map("a ".__add__))
@settings(max_examples=1000)
def test_what_the_parser_would_tell_of_is_never_passed_over(body: str) -> None:
    told = list(foreign_markup._parsed(body))
    assert not told or foreign_markup._MAY_BE_MARKUP.search(body)
