"""`accord demo`: whole lives, each step of which the letter allows, and the register that lists them."""

import datetime
import re
from pathlib import Path

import pytest

from accord.cli import demo
from accord.domain.promise import Happened, Promise, Terms
from support import papers
from support.cli import run
from support.samples import HOUSE


@pytest.mark.parametrize("stem", demo.LIVES)
def test_each_step_is_lawful(stem: str) -> None:
    promise = Promise.issued(Terms.of(papers.sample(stem), HOUSE.house))
    for step in map(demo._step, demo.LIVES[stem]):
        assert promise.refusal(step) is None
        promise = promise.then(step)
    assert promise.since <= demo.TODAY
    assert promise.refusal(Happened("signed", demo.TODAY))


@pytest.mark.usefixtures("plain_letters")
def test_two_lives_are_whole_and_the_register_is_the_same_on_any_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord.cli.options.today", lambda: datetime.date(2031, 1, 1))
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, language in ((one, "en"), (other, "fr")):
        monkeypatch.setenv("ACCORD_LANG", language)
        assert run("demo", "-o", folder).exit_code == 0
    written = {path.name: path.read_bytes() for path in one.iterdir()}
    assert written == {path.name: path.read_bytes() for path in other.iterdir()}
    for kind in ("avis-de-livraison", "rappel", "proces-verbal-de-recette", "bon-de-commande"):
        assert len([name for name in written if f"-{kind}-" in name]) == 1
    french, english = written["registre.md"].decode(), written["register.md"].decode()
    assert "à livrer, d’ici au 30 avril 2027 (dans 46 jours)" in french.replace("\u00a0", " ")
    assert "to be delivered, by 30 April 2027 (in 46 days)" in english.replace("\u00a0", " ")
    for text, step in ((french, "Commandée"), (english, "Ordered")):
        assert re.search(step + r"\n    AP-20261123-\S+\.pdf\n      sha256:[0-9a-f]{64}\n", text)
        assert "lapsed" not in text
