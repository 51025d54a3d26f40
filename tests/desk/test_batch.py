"""Many letters on the desk: rows and their faults, corrections, letters, the zip; and spreadsheets made to do harm."""

import csv
import io
import json
import time
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from accord.batch import spreadsheet, template
from accord.desk import jobs
from accord.desk.batch import Batch
from accord.desk.desk import Desk, Person
from support import axe, desks
from support.cli import run

SOUND = {
    "prospect.name": "Comptoir du Sud",
    "feature.name": "Export to our accounts",
    "language": "en",
    "decision.kind": "none",
    "decline.reason": "out of scope",
}

OTHER = {**SOUND, "prospect.name": "Ateliers du Nord", "decline.reason": "mood"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desks.desk_of(desks.house(tmp_path))


def lines(*rows: dict[str, str]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def drop(browser: TestClient, desk: Desk, name: str, content: bytes, **fields: str) -> tuple[Batch, str]:
    """The spreadsheet and its page, once all rows have been looked at."""
    answer = browser.post("/batch", files={"files": (name, content)}, data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    batch = done(desk)
    return batch, unescape(browser.get(answer.headers["location"]).text)


def done(desk: Desk, person: str = "mina") -> Batch:
    batch, *_others = desk.jobs.of(person, Batch, desk.now())
    while batch.running:
        time.sleep(0.02)
    return batch


def table(*rows: dict[str, str]) -> bytes:
    """A CSV file with a column for each key."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_rows_are_shown_with_what_is_wrong_then_corrected_then_made(desk: Desk) -> None:
    browser = desks.client(desk)
    batch, text = drop(browser, desk, "deals.csv", table(SOUND, OTHER))
    assert "1 good, 1 refused" in text
    assert "1 row is sound." in text
    assert "deals.csv" in text
    command = run("batch", batch.order.source, "--check", "--house", desk.house) if batch.order else None
    finding = next(each for each in batch.lines[2]["findings"] if each["refuses"])
    assert command is not None
    assert finding["sentence"] in command.stderr
    assert finding["sentence"] in text
    answer = browser.post(
        f"/batch/{batch.name}/row", data={"row": "3", "key": finding["key"], "value": "out of scope"}
    )
    assert answer.status_code == 200
    done(desk)
    assert "2 rows: 2 good" in browser.get(f"/batch/{batch.name}").text
    browser.post(f"/batch/{batch.name}/letters")
    done(desk)
    assert "2 written" in browser.get(f"/batch/{batch.name}").text
    parcel = browser.get(f"/batch/{batch.name}/letters.zip")
    assert parcel.headers["content-disposition"] == 'attachment; filename="letters.zip"'
    with zipfile.ZipFile(io.BytesIO(parcel.content)) as archive:
        names = archive.namelist()
        assert [name.rpartition(".")[2] for name in names] == ["pdf", "pdf", "csv", "json"]
        assert all(archive.read(name).startswith(b"%PDF") for name in names[:2])
        assert b"accord-desk" not in archive.read("report.json")
    assert not [*desk.folder.glob("*.pdf")]  # drafts are nobody's letters


def test_final_letters_go_into_the_folder_of_the_house_and_its_register(desk: Desk) -> None:
    browser = desks.client(desk)
    batch, _text = drop(browser, desk, "deals.csv", table(SOUND))
    browser.post(f"/batch/{batch.name}/letters", data={"final": "1"})
    done(desk)
    (made,) = batch.lines[1:]
    assert made["verdict"] == "written", made
    assert Path(made["file"]).parent == desk.folder
    with desk.records(Person("mina"), print).opened() as register:
        (event,) = register.events()
    assert (event.reference, event.actor) == (made["reference"], "mina")
    browser.post(f"/batch/{batch.name}/end")
    assert Path(made["file"]).exists()


ENTITIES = {
    "a file of the machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "entities without end": "<!DOCTYPE x ["
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("zabcdefgh", "abcdefghi", strict=True)
    )
    + "]>",
}


@pytest.mark.parametrize("entities", ENTITIES.values(), ids=ENTITIES)
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_brings_no_entities(desk: Desk, part: str, entities: str) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template.sheet(Path("x.xlsx")))) as sound,
        zipfile.ZipFile(out, "w") as archive,
    ):
        for name in sound.namelist():
            content = sound.read(name)
            if name == part:
                head, mark, rest = content.partition(b"?>")
                content = (head + mark if mark else b"") + entities.encode() + (rest if mark else content)
                content = content.replace(b"prospect", b"&a;prospect")
            archive.writestr(name, content)
    assert part in sound.namelist()
    _batch, text = drop(desks.client(desk), desk, "x.xlsx", out.getvalue())
    assert "root:" not in text
    assert "internal error" not in text


HOSTILE = {
    "no spreadsheet": ("x.csv", b"\0\1\2\3" * 1000, ""),
    "a program": ("x.exe", b"MZ", "is not a source of deals"),
    "an archive that unfolds without end": ("x.xlsx", b"", "x.xlsx"),
    "an old workbook": ("x.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old kind of Excel"),
    "empty": ("x.csv", b"", "x.csv"),
    "a path for a name": ("../../../etc/x.csv", b"a", "x.csv"),
}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b"<" * (65 << 20))
    return out.getvalue()


@pytest.mark.parametrize(("name", "content", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_made_to_do_harm_gets_a_sentence(desk: Desk, name: str, content: bytes, sentence: str) -> None:
    batch, text = drop(desks.client(desk), desk, name, content or (bomb() if "xlsx" in name else b""))
    assert batch.faults
    assert sentence in text
    assert "accord-desk-" not in text
    assert "internal error" not in text


def test_more_than_one_file_and_too_large_a_one_are_refused(desk: Desk) -> None:
    browser = desks.client(desk)
    two = browser.post("/batch", files=[("files", ("a.csv", b"x")), ("files", ("b.csv", b"x"))])
    large = browser.post("/batch", files={"files": ("a.csv", bytes(spreadsheet.LARGEST + 1))})
    assert (two.status_code, large.status_code) == (422, 422)
    assert "a.csv: is larger than 32 MB" in large.text
    assert not desk.jobs.of("mina", Batch, desk.now())


def test_html_in_a_cell_is_text(desk: Desk) -> None:
    browser = desks.client(desk)
    name = "<script>alert(1)</script>"
    batch, _text = drop(browser, desk, f"{name}.csv", table({**SOUND, "prospect.name": name}))
    text = browser.get(f"/batch/{batch.name}").text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("row", "key"), [("2", "supplier.name"), ("2", "../x"), ("x", "prospect.name"), ("2", "")]
)
def test_only_a_cell_of_a_deal_is_corrected(desk: Desk, row: str, key: str) -> None:
    browser = desks.client(desk)
    batch, _text = drop(browser, desk, "deals.csv", table(SOUND))
    assert (
        browser.post(f"/batch/{batch.name}/row", data={"row": row, "key": key, "value": "x"}).status_code
        == 422
    )
    assert batch.order is not None
    assert not batch.order.corrections


def test_nobody_else_sees_a_spreadsheet_and_nothing_of_it_is_left(desk: Desk) -> None:
    browser = desks.client(desk)
    batch, _text = drop(browser, desk, "deals.csv", table(SOUND))
    other = desks.desk_of(desk.house, person=Person("theo"))
    other.jobs = desk.jobs
    stranger = desks.client(other)
    for address in (f"/batch/{batch.name}", f"/batch/{batch.name}/letters.zip"):
        assert stranger.get(address).status_code == 404
    for address in ("letters", "row", "end"):
        assert stranger.post(f"/batch/{batch.name}/{address}").status_code == 404
    folder = batch.folder
    assert folder.exists()
    browser.post(f"/batch/{batch.name}/end")
    assert not folder.exists()
    assert browser.get(f"/batch/{batch.name}").status_code == 404


def test_a_desk_opened_again_has_the_rows_and_the_letters(desk: Desk) -> None:
    batch, _text = drop(desks.client(desk), desk, "deals.csv", table(SOUND, OTHER))
    desk.close()
    browser = desks.client(desk)
    text = browser.get(f"/batch/{batch.name}").text
    assert "2 rows: 1 good, 1 refused" in text
    browser.post(
        f"/batch/{batch.name}/row", data={"row": "3", "key": "decline.reason", "value": "out of scope"}
    )
    done(desk)
    browser.post(f"/batch/{batch.name}/letters", data={"final": "1"})
    found = done(desk)
    made = [row["file"] for row in found.lines[1:]]
    # Killed before it could say that it was done, it comes to the same.
    state = found.folder / jobs.STATE
    desk.close()
    state.write_text(state.read_text("utf-8").replace('"running": false', '"running": true'), "utf-8")
    done(desk)
    text = desks.client(desk).get(f"/batch/{batch.name}").text
    assert "2 rows: 2 there already" in text
    assert sorted(map(str, desk.folder.glob("*.pdf"))) == sorted(made)
    with desk.records(Person("mina"), print).opened() as register:
        assert len([*register.events()]) == 2


@pytest.mark.parametrize("left", [b"", b"{}", b"[", b'{"kind": "Job", "job": {}}', b'{"kind": "Batch", "job": {"folder": "/etc"}}'])  # fmt: skip
def test_what_a_desk_left_half_is_taken_away(desk: Desk, left: bytes) -> None:
    folder = desk.jobs.folder()
    (folder / jobs.STATE).write_bytes(left)
    desk.jobs._let_go(folder)
    assert not desk.jobs.of("mina", Batch, desks.NOW)
    assert not folder.exists()


def test_what_is_no_job_beside_them_is_left_alone(desk: Desk) -> None:
    other = desk.jobs.folder().parent / "photos"
    other.mkdir()
    desk.jobs.take_up(desks.NOW)
    assert [*other.iterdir()] == []


def test_rows_that_are_not_counted_yet_are_being_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Batch, "work", lambda _batch, _desk: time.sleep(1))
    browser = desks.client(desk)
    answer = browser.post("/batch", files={"files": ("a.csv", table(SOUND))}, follow_redirects=False)
    assert "The rows are being read…" in browser.get(answer.headers["location"]).text


def test_rows_that_end_while_their_page_is_made_are_asked_for_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, _text = drop(desks.client(desk), desk, "deals.csv", table(SOUND))
    batch.running = True

    def none_yet(batch: Batch) -> list[dict[str, Any]]:
        batch.running = False  # the work comes to its end just now
        return []

    monkeypatch.setattr(Batch, "lines", property(none_yet))
    assert 'hx-trigger="every 1s"' in desks.client(desk).get(f"/batch/{batch.name}").text


def test_rows_are_said_in_the_language_of_who_reads_them(desk: Desk) -> None:
    batch, _text = drop(desks.client(desk), desk, "deals.csv", table(SOUND))
    browser = desks.client(desk, "fr")
    browser.get(f"/batch/{batch.name}")
    done(desk)
    assert "1 ligne" in browser.get(f"/batch/{batch.name}").text


@pytest.mark.usefixtures("isolated")
def test_the_rows_are_read_in_a_process_of_their_own(desk: Desk) -> None:
    _batch, text = drop(desks.client(desk), desk, "deals.csv", table(SOUND))
    assert "1 row: 1 good" in text


# Last, for the browser's loop runs until the end of the file.
def test_a_spreadsheet_is_dropped_corrected_and_made(page: Page, desk: Desk) -> None:
    with desks.served(desk) as address:
        page.goto(address)
        page.goto(address.partition("/?")[0] + "/batch")
        page.get_by_label("Spreadsheet", exact=True).set_input_files(
            files=[
                {
                    "name": "deals.csv",
                    "mimeType": "text/csv",
                    "buffer": table({**SOUND, "decline.reason": "mood"}),
                }
            ]
        )
        page.get_by_role("button", name="Look at the rows").click()
        page.get_by_text("1 row: 1 refused").wait_for()
        assert not axe.violations(page)
        page.get_by_label("row 2").fill("out of scope")
        page.get_by_role("button", name="Correct").click()
        page.get_by_text("1 row: 1 good").wait_for()
        page.get_by_role("button", name="Make the letters").click()
        page.get_by_text("1 row: 1 written").wait_for()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download all").click()
        assert download.value.suggested_filename == "letters.zip"
        assert zipfile.is_zipfile(download.value.path())
