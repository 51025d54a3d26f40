"""The board, in a browser."""

from pathlib import Path

from playwright.sync_api import Page

from support import desks
from support.cli import run


def test_the_board_shows_what_is_recorded(page: Page, tmp_path: Path) -> None:
    house = desks.house(tmp_path, ("01-fr-abonnement",))
    assert run("register", "add", tmp_path / "letters/01-fr-abonnement.pdf", "--house", house).exit_code == 0
    with desks.served(desks.desk_of(house)) as address:
        page.goto(address)
        row = page.get_by_role("row").nth(1).inner_text()
    assert "Boulangeries Lefèvre" in row
    assert "€12,000.00" in row
