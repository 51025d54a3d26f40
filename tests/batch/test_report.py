"""The report of a batch: each row, as CSV that runs nothing and as JSON."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord import i18n
from accord.batch import report
from accord.batch.report import Outcome
from accord.errors import AccordError, OutputError
from accord.review.findings import Finding

ROWS = (
    Outcome("2", "d.csv: row 2", "written", "AP-1", "output/AP-1-x.pdf"),
    Outcome(
        "3",
        "d.csv: row 3",
        "refused",
        findings=(Finding("input", "error", "column D", "=1+1 is not a date"),),
    ),
    Outcome("4", "d.csv: row 4", "refused", findings=(Finding("input", "error", "", '=HYPERLINK("x")'),)),
)


def write(base: Path) -> None:
    with report.writing(base) as written:
        for row in ROWS:
            written.add(row)


def table(base: Path) -> list[list[str]]:
    text = report.paths(base)[0].read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter="," if '","' in text.partition("\n")[0] else ";"))


def test_both_files_have_every_row(tmp_path: Path) -> None:
    write(tmp_path / "deals.csv.report")
    assert table(tmp_path / "deals.csv.report") == [
        ["row", "reference", "file", "verdict", "findings"],
        ["2", "AP-1", "output/AP-1-x.pdf", "written", ""],
        ["3", "", "", "refused", "column D: =1+1 is not a date"],
        ["4", "", "", "refused", '\'=HYPERLINK("x")'],
    ]
    tree = json.loads((tmp_path / "deals.csv.report.json").read_text("utf-8"))
    assert tree["counts"] == {"written": 1, "refused": 2}
    assert [row["row"] for row in tree["report"]] == ["2", "3", "4"]
    assert tree["report"][1]["findings"][0]["where"] == "column D"


@given(st.text(max_size=60))
def test_no_cell_is_a_formula(text: str) -> None:
    """What Excel, LibreOffice and others run begins with one of these signs (OWASP, CSV injection)."""
    assert report.inert(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}


def runs(content: str, delimiter: str) -> list[str]:
    """The cells that a program would run which parts the fields of a file by `delimiter`."""
    cells = [cell for row in csv.reader(io.StringIO(content), delimiter=delimiter) for cell in row]
    return [cell for cell in cells if cell.startswith(report.RUNS_FORMULAS)]


HOSTILE = ("=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1", "  =1", '"=1"')


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("before", ["", "x;", "x,", "x|", "x\n", "x\r", 'x";', 'x,"', "x\t", 'x";"'])
def test_no_cell_runs_whatever_the_delimiter(before: str, language: str, tmp_path: Path) -> None:
    i18n.use(language)
    texts = [before + formula for formula in HOSTILE]
    with report.writing(tmp_path / "r") as written:
        for text in texts:
            found = (Finding("input", "error", text, text), Finding("input", "error", "", text))
            written.add(Outcome(text, text, "refused", text, text, found))
    content = report.paths(tmp_path / "r")[0].read_text("utf-8-sig")
    assert not [cell for delimiter in ",;|" for cell in runs(content, delimiter)]


def test_an_earlier_report_is_replaced_and_no_other_file(tmp_path: Path) -> None:
    write(tmp_path / "r")
    with i18n.speaking("fr"):
        write(tmp_path / "r")
    assert table(tmp_path / "r")[0] == ["ligne", "référence", "fichier", "verdict", "constats"]
    assert table(tmp_path / "r")[2][3] == "refusée"
    write(tmp_path / "r")
    assert table(tmp_path / "r")[0][0] == "row"
    (tmp_path / "r.csv").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="not an earlier report"):
        write(tmp_path / "r")
    assert (tmp_path / "r.csv").read_text("utf-8") == "mine"


def test_an_error_leaves_the_earlier_report(tmp_path: Path) -> None:
    write(tmp_path / "r")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(AttributeError), report.writing(tmp_path / "r") as written:
        written.add(None)  # type: ignore[arg-type]  # what goes wrong does not matter
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(os.name != "posix", reason="pipes and permissions of POSIX")
def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(AccordError, match="is not a folder"):
        write(tmp_path / "file" / "r")
