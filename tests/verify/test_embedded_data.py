"""PDFs made to do harm, or no letters at all: one sentence and exit code 2.

What they take of time and memory is measured in campaigns/test_bombs.
"""

from pathlib import Path

import pytest
from click.testing import Result

from support import cli
from support.bad_pdfs import BAD, NOT_TO_BE_READ


def run(folder: Path, command: str, content: bytes) -> Result:
    (folder / "x.pdf").write_bytes(content)
    return cli.run(command, folder / "x.pdf")


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    make, part = BAD[name]
    content = make()
    for command in ("extract", "verify"):
        result = run(tmp_path, command, content)
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        assert result.stderr.count("\n") == 1
        assert result.stderr.startswith(f"{tmp_path / 'x.pdf'}: ")
        assert part in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


@pytest.mark.parametrize("name", NOT_TO_BE_READ)
def test_what_is_not_as_we_made_it_gives_no_deal(tmp_path: Path, name: str) -> None:
    make, part = NOT_TO_BE_READ[name]
    content = make()
    result = run(tmp_path, "extract", content)
    assert (result.exit_code, result.stdout) == (2, "")
    assert part in result.stderr
    assert run(tmp_path, "verify", content).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]
