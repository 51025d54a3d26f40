"""`accord render, demo, schema, doctor`, and the one door for errors."""

import json
import os
import re
import stat
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import click
import pytest

from accord import i18n
from accord.cli import Refusal, load, program, terminal
from accord.domain import choices, json_schema
from accord.pdf import system
from accord.services import explanations
from support.cli import run, run_process, start
from support.inputs import SHORT_HOUSE as HOUSE
from support.printed import plain

DEAL = """
language = "fr"
date = 2026-11-23
[prospect]
name = "Boulangeries Lefèvre"
[feature]
name = "Export FEC"
[delivery]
by = 2027-03-31
[decision]
kind = "subscription"
"""
DECLINE = """
language = "en"
date = 2026-11-23
[prospect]
name = "Harbour Books"
[feature]
name = "Route planning"
[decline]
reason = "out-of-scope"
"""


@pytest.fixture
def desk(desk: Path) -> Path:
    """The same with two deals beside the house."""
    (desk / "lefevre.toml").write_text(DEAL, "utf-8")
    (desk / "books.toml").write_text(DECLINE, "utf-8")
    return desk


def written(folder: Path) -> set[str]:
    """All files below `folder` but the house and the deals."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".toml"
    }


# --- Help -------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["demo", "init", "new", "render", "schema", "doctor"])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_each_command_has_help_with_examples(command: str, flag: str) -> None:
    result = run(command, flag)
    assert result.exit_code == 0
    assert f"  accord {command}" in result.stdout.partition("Example")[2]


def test_the_help_tells_of_the_first_steps_the_completion_and_the_exit_codes() -> None:
    text = run("--help").stdout
    for fact in ("accord init", 'eval "$(_ACCORD_COMPLETE=bash_source accord)"', "Exit codes: 0 done"):
        assert fact in text


def test_the_version_is_the_package_s() -> None:
    assert run("--version").stdout.startswith("accord 0.")


def test_a_misspelt_command_is_guessed() -> None:
    result = run("rendr")
    assert result.exit_code == 2
    assert "render" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_there(shell: str) -> None:
    result = run_process(_ACCORD_COMPLETE=f"{shell}_source")
    assert result.returncode == 0
    assert "_ACCORD_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("accord re", "render"), ("accord new --decision su", "subscription"), ("accord schema h", "house")],
)
def test_words_are_completed(typed: str, completed: str) -> None:
    last = str(len(typed.split()) - 1)
    result = run_process(_ACCORD_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=last)
    assert f"plain,{completed}" in result.stdout.splitlines()


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (explanations.decisions(), choices.DecisionKind),
        (explanations.bindings("FR"), choices.Binding),
        (explanations.reasons(), choices.Reason),
        (explanations.laws(), choices.Law),
        (explanations.commitments("intent"), choices.Commitment),
    ],
)
def test_each_choice_is_explained(told: Mapping[str, str], known: object) -> None:
    assert tuple(told) == get_args(known)


# --- The door for errors ------------------------------------------------------------


def fails(error: Exception) -> Callable[..., None]:
    def fail(*_arguments: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "exit_code", "sentence"),
    [
        (OSError(28, "No space left on device", "/full/disk"), 2, "/full/disk: the system refused (No space"),
        (OSError("odd"), 2, "the output: the system refused (OSError)"),
        (RuntimeError("secret"), 70, "an internal error (RuntimeError)"),
        (KeyboardInterrupt(), 1, "Aborted!"),
    ],
)
def test_whatever_goes_wrong_ends_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, exit_code: int, sentence: str
) -> None:
    monkeypatch.setattr(json_schema, "of_file", fails(error))
    result = run("schema")
    assert result.exit_code == exit_code
    assert sentence in result.stderr
    assert "secret" not in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_the_details_of_a_fault_of_the_program_are_shown_on_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_schema, "of_file", fails(RuntimeError("the details")))
    monkeypatch.setenv("ACCORD_DEBUG", "1")
    assert "RuntimeError: the details" in run("schema").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise on Windows")
def test_a_reader_that_leaves_early_hears_no_complaint() -> None:
    command = start("schema")
    assert command.stdout
    assert command.stderr
    command.stdout.close()
    assert command.stderr.read() == ""
    command.stderr.close()
    command.wait()


def test_names_that_the_output_cannot_spell_do_not_stop_it(desk: Path) -> None:
    result = run_process("render", "books.toml", "-o", "œuvres ✓", PYTHONIOENCODING="ascii")
    assert result.returncode == 0, result.stderr
    assert len(written(desk / "œuvres ✓")) == 1


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are text there")
@pytest.mark.usefixtures("desk")
def test_arguments_that_are_no_text_are_named_as_such() -> None:
    result = run_process("new", "--prospect", b"Bad\xff", "--feature", "X")
    assert result.returncode == 2
    assert "--prospect: holds" in result.stderr
    assert "Traceback" not in result.stderr


HOSTILE = "\x1b[31m\u202e\rodd"
HARMLESS = "<U+001B>[31m<U+202E><U+000D>odd"


def test_what_a_sentence_quotes_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for say in (terminal.tell, lambda sentence: Refusal(sentence, 2).show()):
        say(f"{HOSTILE} is odd\n1\u00a0000\u202f% of it")
        assert capsys.readouterr().err == f"{HARMLESS} is odd\n1\u00a0000\u202f% of it\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no such names on Windows")
@pytest.mark.parametrize(
    "arguments",
    [
        ["lefevre", "--final"],  # has blanks
        ["consumer"],  # legal must decide
        ["absent"],
        ["lefevre", "--house", f"{HOSTILE}.toml"],
        ["lefevre", "--out", f"{HOSTILE}lefevre/letter.pdf"],
        ["lefevre", "books", "--out", f"{HOSTILE}.pdf"],
        ["lefevre", "--set", HOSTILE],
        ["lefevre", "--set", f"{HOSTILE}=1"],
        ["lefevre", "--set", f"decision.quantity={HOSTILE}"],
        ["lefevre", "--date", HOSTILE],
    ],
)
def test_no_name_and_no_flag_can_steer_the_terminal(desk: Path, arguments: list[str]) -> None:
    consumer = DEAL.replace("[prospect]", '[prospect]\nkind = "consumer"')
    for name, deal in (("lefevre", DEAL), ("books", DECLINE), ("consumer", consumer)):
        Path(HOSTILE + name).write_text(deal, "utf-8")
    names = {name: HOSTILE + name for name in ("lefevre", "books", "consumer", "absent")}
    result = run("render", *(names.get(argument, argument) for argument in arguments))
    assert result.exit_code in {1, 2}
    assert HARMLESS in result.stderr
    assert not set("\x1b\u202e\r") & set(result.stderr)
    assert written(desk) <= {HOSTILE + name for name in names}


# --- accord render ------------------------------------------------------------------


def test_a_deal_becomes_a_pdf_whose_path_alone_is_printed(desk: Path) -> None:
    result = run("render", "lefevre.toml")
    assert result.exit_code == 0, result.stderr
    (path,) = result.stdout.splitlines()
    assert written(desk) == {path}
    assert path.startswith("output/")
    assert re.search(r"-boulangeries-lefevre-[A-Z]{4}\.pdf$", path)
    assert Path(path).read_bytes().startswith(b"%PDF-")
    assert tomllib.loads(Path("lefevre.toml").read_text("utf-8"))["reference"] in result.stderr
    assert "its reference" not in run("render", "lefevre.toml").stderr


def test_formats_are_made_of_each_deal(desk: Path) -> None:
    formats = [f"--format={form}" for form in ("html,md", "json", "md")]
    result = run("render", "lefevre.toml", "books.toml", *formats)
    assert result.exit_code == 0, result.stderr
    suffixes = [Path(line).suffix for line in result.stdout.splitlines()]
    assert suffixes == [".html", ".md", ".json"] * 2
    assert written(desk) == set(result.stdout.splitlines())
    texts = {Path(line).suffix: Path(line).read_text("utf-8") for line in result.stdout.splitlines()[:3]}
    assert "<html" in texts[".html"]
    assert "Export FEC" in texts[".md"]
    assert "Export FEC" in json.dumps(json.loads(texts[".json"]), ensure_ascii=False)


def test_the_output_may_be_the_name_of_one_file(desk: Path) -> None:
    assert run("render", "lefevre.toml", "-o", "here/letter.pdf").stdout == "here/letter.pdf\n"
    assert run("render", "lefevre.toml", "-o", "here/letter.PDF").stdout == "here/letter.PDF\n"
    assert written(desk) == {"here/letter.pdf", "here/letter.PDF"}


def test_a_folder_may_be_called_like_a_file(desk: Path) -> None:
    Path("a.pdf").mkdir()
    run("render", "books.toml", "-o", "a.pdf")
    (path,) = written(desk)
    assert path.startswith("a.pdf/")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["lefevre.toml", "books.toml", "-o", "a.pdf"], "name of one file, but there are 2"),
        (["lefevre.toml", "--format", "md", "--format", "json", "-o", "a.md"], "there are 2"),
        (["lefevre.toml", "-o", "a.md"], "a.md does not end in .pdf"),
        (["lefevre.toml", "--format", "docx"], "docx"),
        (["lefevre.toml", "--set", "quantity"], "“quantity” is not KEY=VALUE"),
        (["lefevre.toml", "--set", "=3"], "“=3” is not KEY=VALUE"),
        (["lefevre.toml", "--set", "decision.quantty=3"], "decision.quantity"),
        (["lefevre.toml", "--date", "31/02/2027"], "date: “31/02/2027” is not a day of the calendar"),
        (["lefevre.toml", "--date", "2027-12-01"], "delivery.by"),
        (["lefevre.toml", "--house", "nowhere.toml"], "nowhere.toml: does not exist"),
        (["absent.toml"], "absent.toml: does not exist"),
        (["."], ".: is a folder"),
        ([], "DEAL"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(
    desk: Path, arguments: list[str], sentence: str
) -> None:
    result = run("render", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""
    assert written(desk) == set()


def test_the_faults_of_all_files_are_told_at_once_and_nothing_is_written(desk: Path) -> None:
    Path("a.toml").write_text(DEAL.replace("2027-03-31", "2020-03-31"), "utf-8")
    Path("b.toml").write_text(
        DEAL.replace('"fr"', '"de"').replace('name = "Export FEC"', 'nam = "X"'), "utf-8"
    )
    result = run("render", "a.toml", "lefevre.toml", "b.toml", "c.toml")
    assert result.exit_code == 2
    for fault in ("a.toml: delivery.by: ", "b.toml: language: ", "b.toml: feature.nam: ", "c.toml: does not"):
        assert fault in result.stderr
    assert written(desk) == set()


@pytest.mark.parametrize("flags", [["--set", "decision.quantty=3"], ["--date", "soon"]])
@pytest.mark.usefixtures("desk")
def test_the_fault_of_a_flag_is_told_once_for_all_deals(flags: list[str]) -> None:
    Path("other.toml").write_text(DEAL, "utf-8")
    result = run("render", "lefevre.toml", "other.toml", *flags)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_either_every_letter_is_written_or_none(desk: Path) -> None:
    arguments = ("render", "lefevre.toml", "books.toml", "--format", "md", "-o", ".")
    first, second = run(*arguments).stdout.split()
    Path(first).unlink()
    Path(second).write_text("mine", "utf-8")
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert second in result.stderr
    assert written(desk) == {second}


def test_a_letter_is_not_taken_for_a_deal(desk: Path) -> None:
    (letter,) = run("render", "lefevre.toml").stdout.splitlines()
    before = written(desk)
    result = run("render", letter)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{letter}: is a PDF, not a deal file" in result.stderr
    assert f"accord extract {letter}" in result.stderr
    assert written(desk) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["render", "accord.toml"], "accord.toml: is your company’s file, not a deal"),
        (["review", "accord.toml"], "accord.toml: is your company’s file, not a deal"),
        (["render", "deal.toml", "--house", "deal.toml"], "deal.toml: is a deal file, not your company’s"),
    ],
)
def test_one_file_in_the_place_of_the_other_is_told_in_one_sentence(
    arguments: list[str], told: str, desk: Path
) -> None:
    (desk / "deal.toml").write_bytes((desk / "lefevre.toml").read_bytes())
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_two_versions_of_one_reference_have_two_names_and_one_twice_has_one(desk: Path) -> None:
    Path("other.toml").write_text(DECLINE.replace("Route", "Tour"), "utf-8")
    same = ("--format", "md", "-o", ".", "--set", "reference=R-1")
    first, second = run("render", "books.toml", "other.toml", *same).stdout.split()
    assert first != second
    assert written(desk) == {first, second}
    assert run("render", "books.toml", "books.toml", *same).exit_code == 0
    assert written(desk) == {first, second}


def test_a_final_letter_has_no_blanks(desk: Path) -> None:
    result = run("render", "lefevre.toml", "books.toml", "--final")
    assert result.exit_code == 1
    assert "A final letter cannot have blanks" in result.stderr
    assert "decision.quantity" in result.stderr
    assert written(desk) == set()


def test_legal_holds_and_gaps_are_told_together(desk: Path) -> None:
    Path("consumer.toml").write_text(DEAL.replace("[prospect]", '[prospect]\nkind = "consumer"'), "utf-8")
    result = run("render", "consumer.toml", "lefevre.toml", "--final")
    assert result.exit_code == 1
    assert "consumer.toml" in result.stderr
    assert "A final letter cannot have blanks" in result.stderr
    assert written(desk) == set()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--set", "decision.quantity=30", "--set", "decision.quantity=4711"], "4 711"),
        (["--set", "prospect.address=1 rue A;69000 Lyon"], "1 rue A"),
        (["--date", "1er février 2027", "--lang", "fr"], "1er février 2027"),
        (["--date", "01/02/2027", "--lang", "fr"], "1er février 2027"),
        (["--date", "2027-02-01"], "1er février 2027"),
        (["--lang", "en", "--date", "3 Feb 2027"], "3 February 2027"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_flags_override_the_deal(arguments: list[str], expected: str) -> None:
    result = run("render", "lefevre.toml", "--format", "html", "-o", "a.html", *arguments)
    assert result.exit_code == 0, result.stderr
    assert expected in plain(re.sub("<[^>]*>", "", Path("a.html").read_text("utf-8")))


@pytest.mark.parametrize("interface", ["en", "fr"])
@pytest.mark.parametrize(
    ("deal", "arguments", "expected"),
    [
        ("language = 'en'", [], "2027-03-04"),
        ("language = 'en'\nlocale = 'en_GB'", [], "2027-04-03"),
        ("language = 'en'", ["--set", "locale=en_IE"], "2027-04-03"),
        ("language = 'fr'", [], "2027-04-03"),
        ("language = 'fr'", ["--lang", "en"], "2027-03-04"),
        ("language = 'fr'\nlocale = 'fr_CA'", ["--lang", "en"], "2027-03-04"),
        ("language = 'en'", ["--set", "date=2026-01-01"], "2027-03-04"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_date_is_read_as_the_letter_s_locale_writes_it_whatever_the_interface(
    interface: str, deal: str, arguments: list[str], expected: str
) -> None:
    i18n.use(interface)
    Path("accord.toml").write_text(HOUSE.replace('"FR"\n[', '"US"\n['), "utf-8")
    Path("us.toml").write_text(DECLINE.replace('language = "en"', deal), "utf-8")
    result = run("render", "us.toml", "--date", "03/04/2027", "-o", "us.json", "--format", "json", *arguments)
    assert result.exit_code == 0, result.stderr
    assert json.loads(Path("us.json").read_text("utf-8"))["deal"]["date"] == expected


@pytest.mark.usefixtures("desk")
def test_one_date_for_deals_in_several_languages_is_read_for_each() -> None:
    Path("accord.toml").write_text(HOUSE.replace('"FR"\n[', '"US"\n['), "utf-8")
    paths = run(
        "render", "books.toml", "lefevre.toml", "--date", "02/03/2027", "--format", "json"
    ).stdout.splitlines()
    dates = [json.loads(Path(path).read_text("utf-8"))["deal"]["date"] for path in paths]
    assert dates == ["2027-02-03", "2027-03-02"]


@pytest.mark.parametrize("locale", ["'de_DE'", "7", "['fr_FR']"])
def test_a_date_beside_an_unheard_of_locale_is_no_fault_of_the_program(desk: Path, locale: str) -> None:
    Path("odd.toml").write_text(f"locale = {locale}\n{DECLINE}", "utf-8")
    result = run("render", "odd.toml", "--date", "31/02/2027")
    assert result.exit_code == 2
    assert "odd.toml: locale: " in result.stderr
    assert "“31/02/2027” is not a day of the calendar" in result.stderr
    assert written(desk) == set()


@pytest.mark.usefixtures("desk")
def test_rendering_twice_is_rendering_once() -> None:
    first = run("render", "lefevre.toml")
    (path,) = map(Path, first.stdout.split())
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert run("render", "lefevre.toml").stdout == first.stdout
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.usefixtures("desk")
def test_another_file_is_replaced_only_by_force() -> None:
    Path("letter.pdf").write_text("mine")
    refused = run("render", "lefevre.toml", "-o", "letter.pdf")
    assert refused.exit_code == 2
    assert "letter.pdf exists with other content; write --force" in refused.stderr
    assert Path("letter.pdf").read_text() == "mine"
    assert run("render", "lefevre.toml", "-o", "letter.pdf", "--force").exit_code == 0
    assert Path("letter.pdf").read_bytes().startswith(b"%PDF-")


def test_the_house_is_found_above_or_named(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(desk / "deep" / "er")
    assert run("render", "../../books.toml", "--format", "md").exit_code == 0
    monkeypatch.setenv("ACCORD_HOUSE", "absent.toml")
    assert run("render", "../../books.toml").exit_code == 2
    assert run("render", "../../books.toml", "--house", "../../accord.toml", "--format", "md").exit_code == 0


@pytest.mark.usefixtures("here")
def test_without_a_house_the_first_steps_are_told() -> None:
    result = run("render", "deal.toml")
    assert result.exit_code == 2
    assert "accord init" in result.stderr


def test_a_process_says_and_makes_the_same(desk: Path) -> None:
    here = run("render", "lefevre.toml", "-o", "here")
    there = run_process("render", "lefevre.toml", "-o", "there")
    assert there.returncode == 0
    assert there.stdout == here.stdout.replace("here/", "there/")
    (one,), (other,) = (list((desk / name).iterdir()) for name in ("here", "there"))
    assert one.read_bytes() == other.read_bytes()


def test_a_locked_folder_is_a_sentence(desk: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        Path("locked").write_text("a file where a folder should be")
    else:
        Path("locked").mkdir(mode=stat.S_IRUSR)
    result = run("render", "books.toml", "--format", "md", "-o", "locked")
    assert result.exit_code == 2
    assert "locked" in result.stderr
    assert written(desk) <= {"locked"}


# --- accord demo, schema, doctor ------------------------------------------------------


@pytest.mark.usefixtures("plain_letters")
def test_the_demo_shows_each_kind_of_letter(tmp_path: Path) -> None:
    """Set in type by campaigns/test_wheel."""
    result = run("demo", "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert len(names) >= 8
    assert {path.name for path in tmp_path.iterdir()} == set(names)


@pytest.mark.usefixtures("here", "plain_letters")
def test_the_sources_of_the_demo_can_be_changed_and_rendered() -> None:
    assert run("demo", "--sources", "-o", "samples").exit_code == 0
    assert run("demo", "--sources", "-o", "samples").exit_code == 0
    deals = [path for path in Path("samples").glob("*.toml") if path.name != "accord.toml"]
    assert len(deals) >= 8
    assert run("render", deals[0], "--house", "samples/accord.toml").exit_code == 0
    deals[0].write_text("mine", "utf-8")
    result = run("demo", "--sources", "-o", "samples")
    assert result.exit_code == 2
    assert "write --force to replace it" in result.stderr
    assert deals[0].read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "table"), [([], "decision"), (["deal"], "decision"), (["house"], "terms")]
)
def test_a_schema_is_printed(arguments: list[str], table: str) -> None:
    assert table in json.loads(run("schema", *arguments).stdout)["properties"]


def test_a_machine_that_is_ready_is_told_so() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert result.stdout == "Nothing is missing: this machine can make letters.\n"


def test_what_is_missing_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "lacks", lambda: (system.Lack("Pango is missing.", "get pango\nnow"),))
    result = run("doctor")
    assert result.exit_code == 3
    assert result.stdout == "Pango is missing.\n  get pango\n  now\n"


def test_no_option_is_left_without_help() -> None:
    for command in map(load, program().commands.values()):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} {parameter.name}"
