"""Every alteration is seen, no innocent change is taken for one, and the words say what differs.

`ACCORD_TABLE=1 pytest -s -p no:xdist tests/verify/test_verify.py` prints what was
tried and the answers, as a table.
"""

import collections
import contextlib
import functools
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from accord.clauses.library import read_library
from accord.cli import program
from accord.letter.letter import Letter, as_json
from accord.pdf import typeset
from accord.verify import verify, viewer
from support import beneath, misread, tamper
from support.letters import SAMPLES, STEMS, house
from support.paths import SOURCE

TAMPERED = ("01-fr-abonnement", "05-en-purchase-england", "12-en-decline-market")
SEEDS = 4
ALTERATIONS = {**tamper.ALTERATIONS, **beneath.BENEATH}
TALLY: collections.Counter[tuple[str, str]] = collections.Counter()


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter is set in type once: the same data always gives the same bytes (see pdf/test_typeset)."""
    monkeypatch.setattr(typeset, "typeset", typeset_once)
    monkeypatch.setattr(viewer, "looks", looks)


@functools.lru_cache(maxsize=40)
def looks(content: bytes, *, drawn: bool = False) -> list[viewer.Look] | None:
    """The same as `shown.looks`, without a process of its own: the files of this campaign are tame."""
    with ONE_BY_ONE, contextlib.suppress(pypdfium2.PdfiumError):  # the viewer knows no threads
        return [viewer.Look(*page) for page in viewer.seen(content, drawn=drawn)]
    return None


ONE_BY_ONE = threading.Lock()


LOOKS = viewer.looks
SET: dict[str, bytes] = {}
TYPESET = typeset.typeset


def typeset_once(letter: Letter) -> bytes:
    key = as_json(letter.data)
    if key not in SET:
        SET[key] = TYPESET(letter)
    return SET[key]


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    """What was tried, and the answers."""
    yield
    if not os.environ.get("ACCORD_TABLE"):
        return
    print("\n| what was done | verdict | files |\n|---|---|---:|")
    for (kind, answer), count in sorted(TALLY.items()):
        print(f"| {kind} | {answer} | {count} |")


def answer(kind: str, content: bytes) -> verify.Verdict:
    verdict = verify.verify(content, "letter.pdf")
    TALLY[kind, verdict.answer] += 1
    return verdict


@pytest.mark.parametrize("stem", TAMPERED)
@pytest.mark.parametrize("kind", ALTERATIONS)
def test_an_alteration_is_seen_and_told(kind: str, stem: str) -> None:
    for seed in range(SEEDS):
        verdict = answer(kind, tamper.altered(tamper.letter(stem), kind, seed, ALTERATIONS))
        assert verdict.answer == "altered", seed
        assert verdict.differences


@pytest.mark.parametrize("stem", TAMPERED)
@pytest.mark.parametrize("kind", misread.MISREAD)
def test_what_readers_may_read_otherwise_is_altered(kind: str, stem: str) -> None:
    for seed in range(SEEDS):
        verdict = answer(kind, misread.misread(tamper.letter(stem), kind, seed))
        assert verdict.answer == "altered", seed
        assert any("viewers may show it differently" in told for told in verdict.differences)


@pytest.mark.parametrize("stem", TAMPERED)
def test_what_is_appended_after_a_signature_is_seen(stem: str) -> None:
    signed = tamper.signed(tamper.letter(stem), "supplier")
    for seed in range(4):
        assert answer("appended after a signature", tamper.appended(signed, seed)).answer == "altered"


def campaign() -> Iterator[bytes]:
    """Every altered file of these tests."""
    for stem, seed in itertools.product(TAMPERED, range(SEEDS)):
        content = tamper.letter(stem)
        yield from (tamper.altered(content, kind, seed, ALTERATIONS) for kind in ALTERATIONS)
        yield from (misread.misread(content, kind, seed) for kind in misread.MISREAD)


def test_the_campaign_is_large_enough() -> None:
    digests = (hashlib.sha256(content).digest() for content in campaign())
    distinct: set[bytes] = set()
    while len(distinct) < 500:
        distinct.add(next(digests))  # it ends too soon where too many are the same
    assert len(ALTERATIONS) + len(misread.MISREAD) >= 12
    assert len(STEMS) * (len(tamper.QPDF) + len(tamper.PIKEPDF)) >= 100


@pytest.mark.parametrize("stem", STEMS)
def test_a_letter_is_authentic_and_saved_again_intact(stem: str, tmp_path: Path) -> None:
    content = tamper.letter(stem)
    assert answer("untouched", content).answer == "authentic"
    for options in tamper.QPDF:
        verdict = answer(f"qpdf {' '.join(options)}", tamper.saved_by_qpdf(content, options, tmp_path))
        assert (verdict.answer, verdict.differences) == ("intact", ())
    for name in tamper.PIKEPDF:
        assert answer(f"pikepdf, {name}", tamper.saved_by_pikepdf(content, name)).differences == ()


SIGNED = {
    "in its field": ("supplier",),
    "in both fields": ("supplier", "prospect"),
    "invisibly": ("Signature1",),
    "in a field and invisibly": ("supplier", "Signature1"),
}


@pytest.mark.parametrize("stem", ["01-fr-abonnement", "08-en-subscription-france"])
@pytest.mark.parametrize("how", SIGNED)
def test_a_signed_letter_is_intact(how: str, stem: str) -> None:
    verdict = answer(f"signed {how}", tamper.signed(tamper.letter(stem), *SIGNED[how]))
    assert (verdict.answer, verdict.differences) == ("intact", ())


def test_a_signature_with_the_time_is_intact() -> None:
    signed = tamper.signed(tamper.letter("01-fr-abonnement"), "supplier", timestamped=True)
    assert answer("signed, with the time", signed).answer == "intact"


def test_a_signature_that_is_not_of_the_file_is_told() -> None:
    content = tamper.letter("01-fr-abonnement")
    signed = tamper.signed(content, "supplier")
    assert not any("not of this file" in note for note in verify.verify(signed, "x").notes)
    again = answer("signed, then saved again", tamper.saved_by_pikepdf(signed, "saved"))
    assert again.answer == "intact"
    assert any("supplier is not of this file" in note for note in again.notes)


def test_what_stands_before_the_file_and_an_end_that_leads_nowhere_are_damage() -> None:
    content = tamper.letter("01-fr-abonnement")
    at = content.rindex(b"startxref")
    for damaged in (b"GIF89a\n" + content, content[:at] + b"startxref\n7\n%%EOF\n"):
        verdict = answer("put together so that readers guess", damaged)
        assert verdict.answer == "altered"
        assert any("damaged" in told for told in verdict.differences)


def test_what_the_viewer_sees_counts_beside_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    content = tamper.letter("12-en-decline-market")
    saved = tamper.saved_by_pikepdf(content, "saved")
    monkeypatch.setattr(
        viewer, "looks", lambda file, **_how: [viewer.Look((1, 1), [str(file == content)], [])]
    )
    assert verify.verify(saved, "x").answer == "altered"
    look = [viewer.Look((1, 1), ["x"], [])]
    monkeypatch.setattr(viewer, "looks", lambda file, **_how: look if file == content else None)
    assert verify.verify(saved, "x").differences == ("a viewer cannot show the file",)


def test_a_viewer_that_cannot_show_our_own_letter_gives_no_verdict(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "saved.pdf").write_bytes(tamper.saved_by_pikepdf(tamper.letter("12-en-decline-market"), "saved"))
    monkeypatch.setattr(viewer, "looks", lambda _file, **_how: None)
    said = accord("verify", "saved.pdf", "good.pdf")
    assert (said.exit_code, said.stderr.count("\n")) == (3, 1)
    assert said.stderr.startswith("saved.pdf: the viewer on this machine")
    assert "good.pdf: authentic" in said.stdout


def test_the_viewer_works_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    content = tamper.letter("12-en-decline-market")
    assert LOOKS(content, drawn=True) == looks(content, drawn=True)
    assert LOOKS(content[:3000]) is None
    monkeypatch.setattr(viewer, "PATIENCE", 0.001)
    assert LOOKS(content) is None


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The viewer in its own process, as users have it."""
    monkeypatch.setattr(viewer, "looks", LOOKS)


@pytest.mark.usefixtures("alone")
def test_the_viewer_in_its_own_process_says_the_same() -> None:
    content = tamper.letter("12-en-decline-market")
    assert (
        answer("saved, seen by the child", tamper.saved_by_pikepdf(content, "linearised")).answer == "intact"
    )
    for kind in ("two glyphs change places", "text under a white box"):
        assert answer(f"{kind}, seen by the child", tamper.altered(content, kind, 1)).answer == "altered"


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "accord" / "verify").mkdir(parents=True)
    for name in ("pypdfium2.py", "json.py", "accord/__init__.py", "accord/verify/viewer.py"):
        (tmp_path / name).write_text(f"import os\nopen({str(tmp_path / 'run')!r}, 'w').close()\n", "utf-8")
    (tmp_path / "saved.pdf").write_bytes(
        tamper.saved_by_pikepdf(tamper.letter("12-en-decline-market"), "saved")
    )
    program = "from accord.cli import main; import sys; sys.argv = ['accord', 'verify', 'saved.pdf']; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "ACCORD_LANG": "en", "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip
    assert "saved.pdf: intact" in done.stdout
    assert not (tmp_path / "run").exists()


def test_boxes_that_a_tool_rounds_and_another_version_s_name_are_innocent() -> None:
    """As MuPDF saves them, and as another version of the program writes them."""
    with pikepdf.open(io.BytesIO(tamper.letter("01-fr-abonnement"))) as file:
        for page in file.pages:
            page.obj.MediaBox = pikepdf.Array([round(float(side), 4) for side in page.obj.MediaBox])
        for field in file.Root.AcroForm.Fields:
            field.Rect = pikepdf.Array([round(float(side), 4) for side in field.Rect])
        file.docinfo["/Creator"] = pikepdf.String("Accord 0.0.9")
        stream = file.Root.Metadata
        stream.write(re.sub(rb"Accord [0-9.]+", b"Accord 0.0.9", stream.read_bytes()))
        out = io.BytesIO()
        file.save(out)
    verdict = answer("boxes rounded, another version", out.getvalue())
    assert (verdict.answer, verdict.differences) == ("intact", ())
    assert any("Accord 0.0.9 made it" in note for note in verdict.notes)


def test_a_certified_letter_and_one_with_a_store_are_intact() -> None:
    content = tamper.letter("01-fr-abonnement")
    for kind, signed in {
        "certified": tamper.certified(content),
        "with a store": tamper.stored(content),
    }.items():
        verdict = answer(f"signed, {kind}", signed)
        assert (verdict.answer, verdict.differences) == ("intact", ()), kind
        assert not any("not of this file" in note for note in verdict.notes)


def test_a_page_drawn_by_other_operators_is_intact_if_it_shows_the_same() -> None:
    """As another version of the engine might write it."""
    with pikepdf.open(io.BytesIO(tamper.letter("01-fr-abonnement"))) as file:
        for page in file.pages:
            page.contents_add(pikepdf.Stream(file, b"q"), prepend=True)
            page.contents_add(pikepdf.Stream(file, b"Q"), prepend=False)
        out = io.BytesIO()
        file.save(out)
    assert answer("other operators, same page", out.getvalue()).answer == "intact"


def test_the_difference_is_told_in_words() -> None:
    content = tamper.letter("01-fr-abonnement")
    with pikepdf.open(io.BytesIO(content)) as file:
        changed = as_json(json.loads(tamper.attached(file).read_bytes())).replace(
            '"quantity": 25', '"quantity": 52'
        )
        changed = changed.replace('"payment_days": 30', '"payment_days": 45')
        changed = changed.replace('   "total": "12000.00",\n', "")
        tamper.attached(file).write(changed.encode())
        out = io.BytesIO()
        file.save(out)
    told = verify.verify(out.getvalue(), "letter.pdf").differences
    assert "article 10: “52,” became “25,”" in told
    assert "article 13: “45” became “30”" in told


def test_what_stands_in_a_margin_is_told_as_such() -> None:
    content = tamper.letter("01-fr-abonnement")
    with pikepdf.open(io.BytesIO(content)) as file:
        changed = tamper.attached(file).read_bytes().replace(b"69002 Lyon", b"69003 Lyon", 1)
        changed = changed.replace(b"FR44732829320", b"FR83404833048").replace(b"732 829 320", b"404 833 048")
        tamper.attached(file).write(changed)
        out = io.BytesIO()
        file.save(out)
    told = verify.verify(out.getvalue(), "letter.pdf").differences
    for page in (1, 2, 3):
        assert any(line.startswith(f"foot of page {page}: ") for line in told), told
    with pikepdf.open(io.BytesIO(content)) as file:
        tamper.attached(file).write(
            tamper.attached(file).read_bytes().replace(b"AP-20261123-CBOFK", b"AP-20261123-XXXXX")
        )
        out = io.BytesIO()
        file.save(out)
    told = verify.verify(out.getvalue(), "letter.pdf").differences
    assert any(line.startswith("head of page 2: ") for line in told), told
    assert not any(line.startswith("article") for line in told), told


def test_a_letter_without_its_data_is_altered_and_a_sheet_foreign(desk: Path) -> None:
    with pikepdf.open(desk / "good.pdf") as file:
        del file.Root.AF, file.Root.Names
        file.save(desk / "bare.pdf")
        del file.docinfo
        file.save(desk / "card.pdf")
    for name in ("bare.pdf", "card.pdf"):
        said = accord("verify", name)
        assert said.exit_code == 1
        assert "it is a letter of Accord without its data" in said.stdout
    assert accord("review", "good.pdf", "--pdf", "sheet.pdf").exit_code in {0, 1}
    assert "sheet.pdf: foreign" in accord("verify", "sheet.pdf").stdout


BROKEN_FORMS: dict[str, Any] = {
    "a list": pikepdf.Array([1]),
    "a number": 5,
    "fields by name": pikepdf.Dictionary(Fields=pikepdf.Dictionary(A=1)),
    "a number of fields": pikepdf.Dictionary(Fields=5),
    "a name for fields": pikepdf.Dictionary(Fields=pikepdf.Name.X),
    "numbers for fields": pikepdf.Dictionary(Fields=[1, pikepdf.Name.X, None, pikepdf.String("x"), [[1]]]),
    "a number for a value": pikepdf.Dictionary(Fields=[pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=5, T=[1])]),
}


@pytest.mark.filterwarnings("ignore:This document has")
@pytest.mark.parametrize("name", BROKEN_FORMS)
def test_a_form_that_makes_no_sense_is_altered(name: str) -> None:
    with pikepdf.open(io.BytesIO(tamper.letter("12-en-decline-market"))) as file:
        file.Root.AcroForm = BROKEN_FORMS[name]
        out = io.BytesIO()
        file.save(out, static_id=True)
    assert answer("a form that makes no sense", out.getvalue()).answer == "altered"


@pytest.mark.usefixtures("desk")
def test_a_fault_over_one_file_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_expected: bytes, _found: object) -> Iterator[str]:
        raise ZeroDivisionError

    monkeypatch.setattr(verify, "_version", faulty)
    said = accord("verify", "bad.pdf", "good.pdf", "nowhere.pdf")
    assert said.exit_code == 70
    assert "good.pdf: authentic" in said.stdout
    assert [line.split(":")[0] for line in said.stderr.splitlines()] == ["bad.pdf", "nowhere.pdf"]
    assert "ZeroDivisionError" in said.stderr


def accord(*arguments: str | Path) -> Result:
    read_library.cache_clear()
    return CliRunner().invoke(program(), [str(argument) for argument in arguments])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.pdf").write_bytes(tamper.letter("01-fr-abonnement"))
    (tmp_path / "bad.pdf").write_bytes(tamper.altered(tamper.letter("01-fr-abonnement"), "a page turned", 1))
    shutil.copy(SAMPLES / "logo.svg", tmp_path)
    return tmp_path


def test_one_verdict_a_file_and_the_exit_code_of_the_worst(desk: Path) -> None:
    other = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(other)
    (desk / "other.pdf").write_bytes(other.getvalue())
    (desk / "broken.pdf").write_bytes(tamper.letter("01-fr-abonnement")[:5000])
    assert accord("verify", "good.pdf").exit_code == 0
    said = accord("verify", "bad.pdf", "good.pdf", "other.pdf")
    assert said.exit_code == 1
    assert "bad.pdf: altered" in said.stdout
    assert "it was turned" in said.stdout
    assert "good.pdf: authentic" in said.stdout
    assert "other.pdf: foreign" in said.stdout
    worst = accord("verify", "broken.pdf", "bad.pdf", "nowhere.pdf")
    assert worst.exit_code == 2
    assert "bad.pdf: altered" in worst.stdout
    assert [line.split(":")[0] for line in worst.stderr.splitlines()] == ["broken.pdf", "nowhere.pdf"]


@pytest.mark.usefixtures("desk")
def test_quiet_is_one_line_a_file() -> None:
    said = accord("verify", "-q", "bad.pdf", "good.pdf")
    assert [line.split()[:2] for line in said.stdout.splitlines()] == [
        ["bad.pdf:", "altered:"],
        ["good.pdf:", "authentic:"],
    ]


@pytest.mark.usefixtures("desk")
def test_the_verdicts_as_json() -> None:
    said = accord("verify", "bad.pdf", "good.pdf", "--json")
    assert said.exit_code == 1
    verdicts = json.loads(said.stdout)["verdicts"]
    assert [(v["file"], v["answer"], v["reference"]) for v in verdicts] == [
        ("bad.pdf", "altered", verdicts[1]["reference"]),
        ("good.pdf", "authentic", verdicts[0]["reference"]),
    ]


OWN = '+++\ntitle = "Prix"\nwhen = ["binding", "vat-rate"]\n+++\nLe prix est de {{ decision.total }}.\n'


def test_whose_words_a_letter_has(desk: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", desk)
    own = desk / "templates" / "fr" / "agreement" / "32-price.vat.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, "utf-8")
    assert accord("render", SAMPLES / "01-fr-abonnement.toml", "-o", "own.pdf").exit_code == 0
    key = "fr/agreement/32-price.vat.md"

    def words() -> str:
        said = accord("verify", "own.pdf")
        assert said.exit_code == 0
        assert "authentic" in said.stdout
        return "".join(line for line in said.stdout.splitlines() if "text:" in line).strip()

    assert words() == f"text: {key} is the house's own, not approved"
    accord("clauses", "approve", key, "--by", "A. Roy")
    assert words() == f"text: {key} is the house's own, approved"
    own.write_text(OWN.replace("est de", "sera de"), "utf-8")
    assert words() == f"text: {key} is the house's own, approved", "that text was approved"
    (desk / "approvals.toml").unlink()
    assert words() == f"text: {key} is neither the library's nor known to a house at hand"
    (desk / "own.pdf").rename(desk / "templates.pdf")
    assert accord("verify", "good.pdf").stdout.count("every clause is the library's") == 1


def test_the_library_s_words_are_held_against_the_approvals_too(desk: Path) -> None:
    shutil.copy(SAMPLES / "accord.toml", desk)
    said = accord("verify", "good.pdf")
    assert re.search(r"\d+ clauses of the library's in it are not approved by the house", said.stdout)
    accord("clauses", "approve", "--all", "--by", "A. Roy")
    said = accord("verify", "good.pdf")
    assert "every clause of the library's in it is approved by the house" in said.stdout
    (desk / "approvals.toml").unlink()
    own = desk / "templates" / "fr" / "agreement" / "32-price.vat.md"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, "utf-8")
    assert "text of its own" not in accord("verify", "good.pdf").stdout, "nobody approved it"
    accord("clauses", "approve", "fr/agreement/32-price.vat.md", "--by", "A. Roy")
    assert "the house has approved a text of its own" in accord("verify", "good.pdf").stdout
    (verdict,) = json.loads(accord("verify", "good.pdf", "--json").stdout)["verdicts"]
    assert verdict["wording"] == [{"file": "fr/agreement/32-price.vat.md", "status": "superseded"}]
    assert verdict["unapproved"] > 10


def test_terms_that_are_not_the_house_s_are_noted(desk: Path) -> None:
    text = (SAMPLES / "accord.toml").read_text("utf-8")
    (desk / "accord.toml").write_text(text, "utf-8")
    plain = accord("verify", "good.pdf").stdout
    assert "here, and" not in plain
    assert "logo" not in plain
    for before, after in {
        "payment_days = 30": "payment_days = 45",
        "acceptance_days = 15": "acceptance_days = 20",
        "confidentiality_years = 3": "confidentiality_years = 5",
        'court = "Lyon"': 'court = "Paris"',
    }.items():
        assert before in text
        text = text.replace(before, after)
    (desk / "accord.toml").write_text(text, "utf-8")
    logo = desk / "logo.svg"
    logo.write_text(re.sub(r"#[0-9a-f]{6}", "#123456", logo.read_text("utf-8")), "utf-8")
    said = accord("verify", "good.pdf").stdout
    for part in (
        "terms.payment_days is 30 here, and 45 in",
        "terms.acceptance_days is 15 here, and 20 in",
        "terms.confidentiality_years is 3 here, and 5 in",
        "terms.court is Lyon here, and Paris in",
        "its logo is not that of",
    ):
        assert part in said, part


def test_particulars_that_are_not_the_house_s_are_noted(desk: Path) -> None:
    assert "particulars" not in accord("verify", "good.pdf", "--house", house().path).stdout
    text = (SAMPLES / "accord.toml").read_text("utf-8").replace("3 quai Perrache", "4 quai Perrache")
    (desk / "accord.toml").write_text(text, "utf-8")
    assert "not those of" in accord("verify", "good.pdf").stdout
