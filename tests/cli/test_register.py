"""`accord register` and `accord follow`, as people use them."""

import csv
import datetime
import functools
import hashlib
import io
import json
import shutil
from pathlib import Path

import jsonschema
import pikepdf
import pytest

from accord import i18n
from accord.cli.schema import schema
from accord.errors import AccordError
from accord.register.register import NotLawful
from support import letters, services, tamper
from support.cli import run
from support.in_process import InProcess
from support.paths import SAMPLES

CONDITIONAL, DECLINE = "01-fr-abonnement", "09-fr-refus-hors-marche"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house's folder with two final letters, on record."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
    for stem in (CONDITIONAL, DECLINE):
        (folder / f"{stem}.pdf").write_bytes(letters.pdf(stem))
    files = [folder / f"{stem}.pdf" for stem in (CONDITIONAL, DECLINE)]
    assert run("register", "add", *files, "--house", folder / "accord.toml").exit_code == 0
    return folder


@pytest.fixture
def house(issued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which people stand."""
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("accord.cli.options.today", lambda: datetime.date(2026, 11, 29))
    return tmp_path


def reference() -> str:
    return letters.sample(CONDITIONAL).reference


def states() -> dict[str, str]:
    printed = json.loads(run("register", "list", "--json").stdout)
    jsonschema.validate(printed, schema("register"))
    return {letter["reference"]: letter["state"] for letter in printed["letters"]}


@pytest.mark.usefixtures("house")
def test_letters_are_recorded_once() -> None:
    again = run("register", "add", f"{CONDITIONAL}.pdf")
    assert again.exit_code == 0
    assert again.stdout == f"{reference()}\n"
    assert states() == {reference(): "issued", letters.sample(DECLINE).reference: "declined"}


@pytest.mark.usefixtures("house")
def test_a_life_from_signature_to_order() -> None:
    for step in (
        "signed --on 2026-12-01",
        "delivered --on 2027-02-15",
        "refused --on 2027-02-20",
        "redelivered --on 2027-02-25",
        "accepted --on 2027-03-01",
        "ordered --on 2027-03-02",
    ):
        name, *options = step.split()
        taken = run("follow", name, reference()[:12], *options)
        assert taken.exit_code == 0, taken.output
        assert taken.stdout == f"{reference()}\n"
    assert states()[reference()] == "ordered"
    shown = run("register", "show", reference()).stdout
    assert "2027-02-20  Tests failed" in shown
    assert "ordered" in shown
    with i18n.speaking("fr"):
        assert "2027-03-01  Fonctionnalité acceptée" in run("register", "show", reference()).stdout


def test_a_step_writes_its_document_beside_the_letter(house: Path) -> None:
    run("follow", "signed", reference(), "--on", "2026-12-01")
    taken = run("follow", "delivered", reference(), "--on", "2027-02-15", "--item", "à cette adresse")
    assert taken.exit_code == 0, taken.output
    (notice,) = house.glob("*avis-de-livraison*.pdf")
    assert "authentic" in run("verify", notice.name).stdout
    shown = run("register", "show", reference()).stdout
    assert f"    {notice.name}\n      sha256:{hashlib.sha256(notice.read_bytes()).hexdigest()}\n" in shown
    assert run("register", "add", notice.name).exit_code == 2
    assert run("register", "check").exit_code == 0
    notice.write_bytes(b"%PDF-1.7 of another kind")
    assert run("register", "check").exit_code == 1


def test_a_document_waits_for_what_it_has_to_say(house: Path) -> None:
    for step in ("signed --on 2026-12-01", "delivered --on 2027-02-15 --no-document"):
        assert run("follow", step.split()[0], reference(), *step.split()[1:]).exit_code == 0
    assert run("follow", "refused", reference(), "--on", "2027-02-20", "--item", "7").exit_code == 2
    told = run("follow", "refused", reference(), "--on", "2027-02-20")
    assert told.exit_code == 0
    assert "--item" in told.stderr
    assert not [*house.glob("AP-*.pdf")]


def test_no_document_is_left_of_a_step_that_was_not_recorded(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_arguments: object, **_options: object) -> None:
        raise NotLawful("another was faster")

    run("follow", "signed", reference(), "--on", "2026-12-01")
    monkeypatch.setattr("accord.services.step_document.follow", too_late)
    assert run("follow", "delivered", reference(), "--on", "2027-02-15").exit_code == 1
    assert not [*house.glob("AP-*.pdf"), *house.glob(".accord-*")]
    (house / f"{CONDITIONAL}.pdf").write_bytes(letters.pdf(DECLINE))
    refused = run("follow", "delivered", reference(), "--on", "2027-02-15")
    assert f"{CONDITIONAL}.pdf: is another file" in refused.stderr


def test_a_server_that_goes_away_between_document_and_event_loses_nothing(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_arguments: object, **_options: object) -> None:
        raise AccordError("the server has gone away")

    run("follow", "signed", reference(), "--on", "2026-12-01")
    delivered = ("follow", "delivered", reference(), "--on", "2027-02-15")
    with monkeypatch.context() as patch:
        patch.setattr("accord.services.step_document.follow", gone)
        told = run(*delivered)
    assert told.exit_code == 2
    assert "its step is recorded as soon as" in told.stderr
    assert len([*house.glob("AP-*.pdf")]) == 1
    other = run("register", "list", "--json", "--register", "other.db")
    assert json.loads(other.stdout)["letters"] == []
    assert states()[reference()] == "delivered"
    assert not [*house.glob(".accord-*")]
    assert run(*delivered).exit_code == 1
    assert run("register", "check").exit_code == 0


def test_a_clock_that_jumps_back_breaks_no_chain(monkeypatch: pytest.MonkeyPatch, house: Path) -> None:
    run("follow", "signed", reference(), "--on", "2026-12-01")
    early = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr("accord.cli.recorder.now", lambda: early)
    monkeypatch.setattr("accord.cli.options.today", lambda: datetime.date(2020, 1, 1))
    refused = run("follow", "delivered", reference())
    assert refused.exit_code == 1
    assert "is before 1" in refused.stderr
    assert not [*house.glob("AP-*.pdf")]
    assert run("follow", "delivered", reference(), "--on", "2027-02-15").exit_code == 0
    assert run("register", "check").exit_code == 0


@pytest.mark.usefixtures("house")
def test_a_step_that_the_letter_refuses_names_the_article() -> None:
    refused = run("follow", "ordered", reference())
    assert refused.exit_code == 1
    assert "(article 15)" in refused.stderr
    assert run("follow", "signed", letters.sample(DECLINE).reference).exit_code == 1
    assert run("follow", "signed", "AP-nobody").exit_code == 2
    assert states()[reference()] == "issued"


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Foreign files are read here, and each signature says that it was made on 30 November."""
    monkeypatch.setattr("accord.isolation.Process", InProcess)
    monkeypatch.setattr("accord.verify.signed.Signed.day", datetime.date(2026, 11, 30))


@functools.cache
def signed(*fields: str) -> bytes:
    return tamper.signed(letters.pdf(CONDITIONAL), *fields)


@pytest.mark.usefixtures("in_process")
def test_the_letter_that_came_back_signed_by_both_says_which_it_is_and_when(house: Path) -> None:
    (house / "back.pdf").write_bytes(signed("supplier", "prospect"))
    taken = run("follow", "signed", "back.pdf")
    assert taken.exit_code == 0, taken.output
    assert taken.stdout == f"{reference()}\n"
    shown = run("register", "show", reference()).stdout
    assert "2026-11-30  Signed (by you, by the client)" in shown
    assert run("register", "check").exit_code == 0
    (house / "back.pdf").unlink()
    assert "back.pdf" in run("register", "check").stdout


def scanned() -> bytes:
    pdf, content = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(content)
    return content.getvalue()


BACK = {
    "nobody signed": (lambda: letters.pdf(CONDITIONAL), [], "bears no signature of either side"),
    "a field of somebody else": (lambda: signed("Signature1"), [], "bears no signature of either side"),
    "a scan not called one": (scanned, [], "--scan"),
    "no scan": (lambda: signed("supplier", "prospect"), ["--scan"], "no scan of one"),
    "another letter": (lambda: letters.pdf(DECLINE), [], "bears no signature"),
}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("name", BACK)
def test_a_file_that_shows_no_signature_is_refused(name: str, house: Path) -> None:
    content, options, words = BACK[name]
    (house / "back.pdf").write_bytes(content())
    refused = run("follow", "signed", reference(), "--file", "back.pdf", *options)
    assert refused.exit_code == 2
    assert refused.stderr.startswith("back.pdf: ")
    assert words in refused.stderr
    assert states()[reference()] == "issued"


HALF = {
    "supplier": ("ask the client for their signature", "To act: the client", "prospect"),
    "prospect": ("the client has signed; sign it too", "To act: you", "supplier"),
}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("side", HALF)
def test_a_letter_that_one_side_signed_is_half_signed_until_the_other_has(side: str, house: Path) -> None:
    what, who, other = HALF[side]
    (house / "half.pdf").write_bytes(signed(side))
    taken = run("follow", "signed", "half.pdf")
    assert (taken.exit_code, taken.stdout) == (0, f"{reference()}\n"), taken.output
    assert f"half signed: {what}" in taken.stderr
    assert states()[reference()] == "half-signed"
    due = run("register", "due", "--within", "30").stdout
    assert f"half signed: {what}, by 23" in due
    assert who in " ".join(due.split())
    assert [
        run("register", "list", "--json", "--state", each).stdout.count("reference")
        for each in ("half-signed", "issued")
    ] == [1, 0]
    again = run("follow", "signed", "half.pdf")
    assert (again.exit_code, "this side has signed already" in again.stderr) == (1, True), again.output
    (house / "whole.pdf").write_bytes(signed(side, other))
    assert run("follow", "signed", "whole.pdf").exit_code == 0
    assert states()[reference()] == "signed"
    assert run("register", "check").exit_code == 0


@pytest.mark.usefixtures("in_process")
def test_the_register_keeps_who_signed_when_and_how_they_were_trusted(house: Path) -> None:
    (house / "back.pdf").write_bytes(signed("supplier", "prospect"))
    (house / "trust").mkdir()
    (house / "trust/person.der").write_bytes(tamper.signer("").signing_cert.dump())
    with (house / "accord.toml").open("a", encoding="utf-8") as file:
        file.write('\n[signatures]\ntrust = "trust"\n')
    taken = run("follow", "signed", "back.pdf")
    assert taken.exit_code == 0, taken.output
    assert taken.stderr.count("trusted: ") == 2
    assert "U+001B" not in taken.stderr
    (line,) = [each for each in run("register", "export").stdout.splitlines() if '"event": "signed"' in each]
    supplier, prospect = json.loads(line)["data"]["signers"]
    assert (supplier["field"], prospect["field"]) == ("supplier", "prospect")
    assert (supplier["trust"], supplier["level"], supplier["clock"]) == ("trusted", "advanced", "signer")
    shown = run("register", "show", reference()).stdout
    assert f"supplier: {supplier['name']} ({supplier['certificate']})" in shown
    assert "(own clock): trusted, advanced" in shown
    assert (
        f"supplier, {supplier['name']}, {supplier['certificate']}, "
        in run("register", "export", "--csv").stdout
    )


@pytest.mark.usefixtures("in_process")
def test_a_scan_is_recorded_as_one(house: Path) -> None:
    (house / "scan.pdf").write_bytes(scanned())
    nameless = run("follow", "signed", "scan.pdf", "--scan")
    assert nameless.exit_code == 2
    assert "does not say which letter it is" in nameless.stderr
    taken = run("follow", "signed", reference(), "--file", "scan.pdf", "--scan", "--on", "2026-12-01")
    assert taken.exit_code == 0, taken.output
    assert "scan" in run("register", "show", reference()).stdout


@pytest.mark.usefixtures("in_process")
def test_a_letter_that_a_service_repackaged_is_recorded_by_its_reader_s_word(house: Path) -> None:
    (house / "back.pdf").write_bytes(services.WITH_ADDITIONS["a picture and a page"](signed()))
    refused = run("follow", "signed", "back.pdf")
    assert refused.exit_code == 2
    assert "as a signing service wrote it anew" in refused.stderr
    other = run("follow", "signed", "AP-20261123-XXXXX", "--file", "back.pdf", "--scan", "--on", "2026-12-01")
    assert other.exit_code == 2
    taken = run("follow", "signed", "back.pdf", "--scan", "--on", "2026-12-01")
    assert taken.exit_code == 0, taken.output
    assert taken.stdout.startswith(reference())


@pytest.mark.usefixtures("in_process")
def test_the_register_is_made_again_from_the_files(house: Path) -> None:
    (house / "back.pdf").write_bytes(signed("supplier", "prospect"))
    for step in ("signed back.pdf", "delivered REF --on 2027-02-15", "refused REF --on 2027-02-20 --item 2"):
        taken = run("follow", *step.replace("REF", reference()).split())
        assert taken.exit_code == 0, taken.output
    before = run("register", "list", "--json").stdout
    (house / "draft.pdf").write_bytes(letters.pdf("04-fr-intention-projet"))
    refused = run("register", "rebuild", ".")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert run("register", "rebuild", ".", "--register", "other.db").exit_code == 0
    anew = run("register", "rebuild", ".", "--force")
    assert anew.exit_code == 0, anew.output
    assert anew.stdout == "Letters: 2. Steps: 3.\n"
    assert "draft.pdf: is a draft" in anew.stderr
    (copy,) = house.glob("register.db.*.bak")
    for options in ([], ["--register", "other.db"], ["--register", copy.name]):
        assert run("register", "list", "--json", *options).stdout == before
        assert run("register", "check", *options).exit_code == 0


@pytest.mark.usefixtures("house")
def test_what_is_late_ends_with_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("register", "due", "--within", "0").exit_code == 0
    run("follow", "signed", reference(), "--on", "2026-11-24")
    for day, code, words in (
        (datetime.date(2027, 3, 31), 0, "to be delivered"),
        (datetime.date(2027, 4, 1), 1, "a later date until 12"),
        (datetime.date(2027, 4, 12), 1, "a later date until 12"),
        (datetime.date(2027, 4, 14), 1, "lapsed: to be stated in writing"),
    ):
        monkeypatch.setattr("accord.cli.options.today", lambda day=day: day)
        due = run("register", "due", "--within", "0")
        assert due.exit_code == code
        assert words in due.stdout
    run("follow", "lapsed", reference(), "--no-document")
    assert run("register", "due").exit_code == 0


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_letters_on_disk_are_checked(damage: str, house: Path) -> None:
    assert run("register", "check").exit_code == 0
    file = house / f"{CONDITIONAL}.pdf"
    file.unlink() if damage == "gone" else file.write_bytes(b"%PDF-1.7 of another kind")
    checked = run("register", "check")
    assert checked.exit_code == 1
    assert reference() in checked.stdout


def test_what_is_no_final_letter_is_not_recorded(house: Path) -> None:
    (house / "x.pdf").write_bytes(letters.pdf("04-fr-intention-projet"))
    (house / "y.pdf").write_bytes(b"%PDF-1.7")
    refused = run("register", "add", "x.pdf", "y.pdf")
    assert refused.exit_code == 2
    assert {line.partition(":")[0] for line in refused.stderr.splitlines()} == {"x.pdf", "y.pdf"}
    assert len(states()) == 2


@pytest.mark.usefixtures("house")
def test_the_list_reads_in_columns_and_adds_up_by_currency() -> None:
    heading, first, second, total = run("register", "list").stdout.splitlines()
    assert heading.split() == ["Reference", "Prospect", "Feature", "What", "comes", "next", "Value"]
    assert first.startswith(reference())
    assert "to be signed, by 23\N{NO-BREAK SPACE}December 2026" in first
    assert first.endswith("€12,000.00")
    assert second.endswith("declined")
    assert total == "Open, before tax: €12,000.00"
    assert len(run("register", "list", "--open").stdout.splitlines()) == 3


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("room", [110, 100, 60, 40])
def test_no_line_is_longer_than_the_terminal_and_no_date_or_value_is_cut(
    room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord.cli.register.table_width", lambda: room)
    lines = run("register", "list").stdout.splitlines()
    assert max(map(len, lines)) <= room
    joined = " ".join(" ".join(lines).split())
    for whole in (reference(), "23\N{NO-BREAK SPACE}December 2026", "€12,000.00", "declined"):
        assert whole.replace("\N{NO-BREAK SPACE}", " ") in joined.replace("\N{NO-BREAK SPACE}", " ")
    assert lines[0].startswith("Reference") == (room > 100)


FILTERS = {
    "--open": "to be signed",
    "--state declined": "declined",
    "--state signed": "",
    "--state issued --state declined": "to be signed, declined",
    "--prospect LEFEVRE": "to be signed",
    "--prospect dupont": "",
    "--feature fec --within 24": "to be signed",
    "--within 23": "",
    "--due-before 2026-12-24": "to be signed",
    "--due-before 23/12/2026": "",
    "--overdue": "",
}


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("options", FILTERS)
def test_the_list_is_narrowed_down(options: str) -> None:
    shown = run("register", "list", "--json", *options.split())
    assert shown.exit_code == 0, shown.output
    assert ", ".join(letter["next"] for letter in json.loads(shown.stdout)["letters"]) == FILTERS[options]
    if not FILTERS[options]:
        assert "No letter of the register is like that" in run("register", "list", *options.split()).stderr


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    "arguments",
    ["register list --csv --json", f"what-if {reference()} --silent --refused"],
)
def test_options_that_contradict_each_other_are_refused(arguments: str) -> None:
    refused = run(*arguments.split())
    assert refused.exit_code == 2
    assert "contradict each other" in refused.stderr


@pytest.mark.parametrize("days", ["-1", "3661", "soon", "1.5", "", "1 000"])
def test_a_number_out_of_bounds_is_told_in_words(days: str) -> None:
    refused = run("register", "due", "--within", days)
    assert refused.exit_code == 2
    assert f"“{days}” is not one of the numbers from 0 to 3660" in refused.stderr


@pytest.mark.usefixtures("house")
def test_a_spreadsheet_and_a_calendar_take_it() -> None:
    rows = list(csv.DictReader(run("register", "list", "--csv").stdout.splitlines()))
    assert [(row["reference"], row["value"]) for row in rows] == [
        (reference(), "12000.00"),
        (letters.sample(DECLINE).reference, ""),
    ]
    assert run("register", "calendar", "-o", "promises.ics").stdout == "promises.ics\n"
    assert Path("promises.ics").read_bytes() == run("register", "calendar").stdout_bytes


@pytest.mark.usefixtures("house")
def test_the_whole_register_is_exported_and_its_digests_can_be_computed_again() -> None:
    run("follow", "signed", reference(), "--on", "2026-11-24")
    lines = [json.loads(line) for line in run("register", "export").stdout.splitlines()]
    assert [(line["sequence"], line["event"]) for line in lines] == [
        (1, "issued"),
        (2, "issued"),
        (3, "signed"),
    ]
    for line in lines:
        jsonschema.validate(line, schema("register-export"))
        chained = [
            line[key] for key in ("sequence", "time", "actor", "reference", "event", "data", "previous")
        ]
        spelt = json.dumps(chained, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(spelt.encode()).hexdigest() == line["digest"]
    assert run("register", "export", "--csv", "-o", "all.csv").stdout == "all.csv\n"
    with Path("all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["event"], row["on"], row["value"]) for row in rows] == [
        ("issued", "", "12000.00"),
        ("issued", "", ""),
        ("signed", "2026-11-24", ""),
    ]


@pytest.mark.usefixtures("house")
def test_what_is_due_says_who_and_how() -> None:
    due = run("register", "due", "--within", "3660").stdout
    assert "  To act: both sides. To record it:\n  accord follow signed" in due
    run("follow", "signed", reference(), "--on", "2026-11-24")
    run("follow", "extended", reference(), "--on", "2026-11-25", "--to", "2027-04-30")
    shown = run("register", "show", reference()).stdout
    assert (
        "2026-11-25  Delivery postponed (to 30 April 2027: the client has accepted a later date)"
        in shown.replace("\u00a0", " ")
    )
    assert "May follow: delivered, extended, waived" in shown
    assert f"  accord follow extended {reference()} --to DATE" in shown


@pytest.mark.usefixtures("house")
def test_what_is_asked_for_is_told_feature_by_feature() -> None:
    told = run("register", "demand").stdout.splitlines()
    assert told[0] == "Export FEC: asked for by 1 company"
    assert "  agreements, before tax: €12,000.00" in told
    assert any(line.startswith("  declined, ") for line in told)


def test_an_empty_register_says_how_to_fill_it(house: Path) -> None:
    (house / "register.db").unlink()
    for command in ("list", "demand"):
        empty = run("register", command)
        assert (empty.exit_code, empty.stdout) == (0, "")
        assert "accord register add" in empty.stderr
