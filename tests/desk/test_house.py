"""The house as a form: what it shows, writes, refuses, and leaves as it was."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from accord.desk import house as pages
from accord.desk.desk import Person
from accord.domain.base import all_keys, table_at
from accord.domain.house import House
from support import desks
from support.paths import SAMPLES

FILE = """# what legal sets
[supplier]
name = "Novalys"  # as on the Kbis
legal_form = "SAS"
capital = "50000"
currency = "EUR"
registration = "732 829 320"
registry = "Lyon"
address = ["3 quai Perrache", "69002 Lyon"]
country = "FR"

[supplier.signatory]
last_name = "Moreau"
title = { fr = "Présidente", en = "President" }  # both

[terms]
law = "FR"
# court =
binding = "conditional"
general_terms = "CGV 4"

# what we sell
[[catalogue]]
item = { fr = "abonnements Novalys Compta", en = "Novalys Compta subscriptions" }
unit_price = "40.00"  # since March
period = "month"
# the cheap one
[[catalogue]]
item = "caisses"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accord.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def fields(page: str) -> dict[str, list[str]]:
    """What a browser sends of the form on a page that nobody has touched."""
    form = page.partition('<form method="post" action="/house"')[2].partition("</form>")[0]
    sent: dict[str, list[str]] = {}
    for tag, name, rest in re.findall(
        r"<(input|select|textarea)\b(?=[^>]*? name=\"([^\"]*)\")([^>]*>)", form
    ):
        if tag == "input" and 'type="checkbox"' in rest:
            if " checked" in rest:
                sent.setdefault(name, []).append(_attribute(rest, "value"))
        elif tag == "input":
            sent.setdefault(name, []).append(_attribute(rest, "value"))
        else:
            inner = form.split(rest, 1)[1].partition(f"</{tag}>")[0]
            chosen = re.search(r'value="([^"]*)" selected', inner)
            text = (
                inner.removeprefix("\n")
                if tag == "textarea"
                else chosen[1]
                if chosen
                else _attribute(inner, "value")
            )
            sent.setdefault(name, []).append(text.replace("\n", "\r\n"))
    return sent


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'{name}="([^"]*)"', tag)
    return found[1] if found else ""


def saved(browser: TestClient, **changes: str | list[str]) -> str:
    """The page after its form was sent with some fields filled in otherwise."""
    sent = fields(browser.get("/house").text)
    answer = browser.post(
        "/house", data=sent | {name.replace("__", "."): value for name, value in changes.items()}
    )
    return answer.text


def test_a_sound_house_is_shown_without_a_word_of_faults(file: Path) -> None:
    shown = desks.client(desks.desk_of(file)).get("/house").text
    assert 'role="alert"' not in shown
    assert "Undefined" not in shown


def test_a_form_that_nobody_touched_changes_nothing(file: Path) -> None:
    assert "Written to accord.toml" in saved(desks.client(desks.desk_of(file)))
    assert file.read_text(encoding="utf-8") == FILE


LINES = {
    "a text": ({"supplier.name": "Novalys Paris"}, {'name = "Novalys"  #': 'name = "Novalys Paris"  #'}),
    "a slot that waits as a comment": ({"terms.court": "Lyon"}, {"# court =": 'court = "Lyon"'}),
    "an amount as people write it": ({"supplier.capital": "60 000 €"}, {'"50000"': '"60000"'}),
    "a number": ({"terms.acceptance_days": "20"}, {'"CGV 4"\n': '"CGV 4"\nacceptance_days = 20\n'}),
    "a choice": ({"terms.binding": "intent"}, {'"conditional"': '"intent"'}),
    "a country by its name": ({"supplier.country": "France"}, {}),
    "lines": (
        {"supplier.address": "1 rue Neuve\r\n69002 Lyon\r\n"},
        {'["3 quai Perrache", "69002 Lyon"]': '[\n    "1 rue Neuve",\n    "69002 Lyon",\n]'},
    ),
    "one language of two": (
        {"supplier.signatory.title.en": "Chair"},
        {'{ fr = "Présidente", en = "President" }  # both': '{ fr = "Présidente", en = "Chair" }  # both'},
    ),
    "both languages of one text": (
        {"terms.general_terms.fr": "CGV 5", "terms.general_terms.en": "CGV 5"},
        {'"CGV 4"': '"CGV 5"'},
    ),
    "one language of one text": (
        {"terms.general_terms.en": "Terms 4"},
        {'"CGV 4"': '{fr = "CGV 4", en = "Terms 4"}'},
    ),
    "nothing where there was something": ({"terms.general_terms.fr": "", "terms.general_terms.en": ""}, {'general_terms = "CGV 4"\n': ""}),
    "a price of the catalogue": ({"catalogue[0].unit_price": "42,50"}, {'"40.00"  #': '"42.50"  #'}),
    "a line of the catalogue more": (
        {"catalogue[2].item.fr": "balances", "catalogue[2].item.en": "balances", "catalogue[2].unit_price": "9"},
        {'item = "caisses"\n': 'item = "caisses"\n[[catalogue]]\nitem = "balances"\nunit_price = "9"\n'},
    ),
    "a line of the catalogue less": (
        {"catalogue[1].item.fr": "", "catalogue[1].item.en": ""},
        {'[[catalogue]]\nitem = "caisses"\n': ""},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "lines"), LINES.values(), ids=LINES)
def test_what_is_typed_changes_its_own_lines_alone(
    file: Path, typed: dict[str, str], lines: dict[str, str]
) -> None:
    browser = desks.client(desks.desk_of(file), "fr")
    sent = fields(browser.get("/house").text) | typed
    answer = browser.post("/house", data=sent, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    expected = FILE
    for before, after in lines.items():
        assert before in expected
        expected = expected.replace(before, after)
    assert file.read_text(encoding="utf-8") == expected


FAULTS = {
    "no name": ({"supplier.name": ""}, "supplier.name"),
    "a number of another company": ({"supplier.registration": "732 829 321"}, "supplier.registration"),
    "no number of days": ({"terms.payment_days": "soon"}, "terms.payment_days"),
    "too long": ({"terms.payment_days": "9999"}, "terms.payment_days"),
    "no colour": ({"brand.colour": "blueish"}, "brand.colour"),
    "no country": ({"supplier.country": "Atlantis"}, "supplier.country"),
    "no price": ({"catalogue[0].unit_price": "a lot"}, "catalogue[0]."),
    "a logo from elsewhere": ({"brand.logo": "../secret.svg"}, "brand.logo"),
    "terms from elsewhere": (
        {"terms.general_terms_file.fr": "../../etc/passwd", "terms.general_terms_file.en": "../../etc/passwd"},
        "terms.general_terms_file",
    ),
    "terms that are not there": (
        {"terms.general_terms_file.fr": "cgv.pdf", "terms.general_terms_file.en": "cgv.pdf"},
        "terms.general_terms_file",
    ),
}  # fmt: skip


def test_all_faults_stand_together_beside_their_fields(file: Path) -> None:
    browser = desks.client(desks.desk_of(file))
    typed = {name: value for texts, _key in FAULTS.values() for name, value in texts.items()}
    answer = browser.post(
        "/house", data=fields(browser.get("/house").text) | typed | {"supplier.email": "a@b.example"}
    )
    assert answer.status_code == 422
    for _texts, key in FAULTS.values():
        assert f'id="{key}-fault1"' in answer.text or f'id="{key}fault"' in answer.text, key
    assert 'value="a@b.example"' in answer.text, "what was typed soundly is kept"
    assert 'value="a lot"' in answer.text
    assert file.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize(("typed", "key"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_refused_alone_too(file: Path, typed: dict[str, str], key: str) -> None:
    browser = desks.client(desks.desk_of(file))
    answer = browser.post("/house", data=fields(browser.get("/house").text) | typed)
    assert answer.status_code == 422
    assert len(re.findall(r'class="fault" id="([^"]+?)-?fault\d*"', answer.text)) == 1
    assert f'id="{key}' in answer.text
    assert file.read_text(encoding="utf-8") == FILE


def test_a_change_made_meanwhile_is_not_lost(file: Path) -> None:
    browser = desks.client(desks.desk_of(file))
    sent = fields(browser.get("/house").text) | {"supplier.name": "Novalys Paris"}
    meanwhile = FILE.replace('law = "FR"', 'law = "EW"')
    file.write_text(meanwhile, encoding="utf-8")
    answer = browser.post("/house", data=sent)
    assert answer.status_code == 409
    assert "has been changed meanwhile" in answer.text
    assert "<dd>Novalys Paris</dd>" in answer.text
    assert file.read_text(encoding="utf-8") == meanwhile
    assert (
        browser.post("/house", data=fields(answer.text) | {"supplier.name": "Novalys Paris"}).status_code
        == 200
    )
    assert tomllib.loads(file.read_text())["supplier"]["name"] == "Novalys Paris"


def test_a_file_that_an_editor_broke_is_mended_here(file: Path) -> None:
    browser = desks.client(desks.desk_of(file))
    browser.get("/house")
    file.write_text(FILE.replace('"conditional"', '"perhaps"'), encoding="utf-8")
    shown = browser.get("/house").text
    assert 'id="terms.binding-fault1"' in shown
    assert browser.post("/house", data=fields(shown) | {"terms.binding": "intent"}).status_code == 200
    file.write_text("[supplier\n", encoding="utf-8")
    assert "accord.toml" in browser.get("/house").text


SOUND_LOGO = (SAMPLES / "logo.svg").read_bytes()
LOGOS = {
    "a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "script"),
    "what happens on a click": (SOUND_LOGO.replace(b"<svg ", b'<svg onload="alert(1)" ', 1), "holds a script"),
    "a picture from elsewhere": (b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://evil.example/x.png"/></svg>', "evil.example"),
    "entities without end": (b'<!DOCTYPE svg [<!ENTITY a "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "DOCTYPE"),
    "a page": (b"<html><script>1</script></html>", "does not begin as a drawing"),
    "a PDF": (b"%PDF-1.7", "is a PDF file"),
    "half a PNG": (b"\x89PNG\r\n\x1a\n" + bytes(40), "damaged"),
    "nothing": (b"", "neither a PNG nor an SVG"),
    "too much": (SOUND_LOGO + b" " * (1 << 20), "larger than 1 MiB"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), LOGOS.values(), ids=LOGOS)
def test_what_is_no_sound_logo_is_refused_beside_its_field(file: Path, content: bytes, sentence: str) -> None:
    browser = desks.client(desks.desk_of(file))
    sent = fields(browser.get("/house").text) | {"terms.payment_days": "soon"}
    answer = browser.post("/house", data=sent, files={"files": ("../<b>.svg", content)})
    assert answer.status_code == 422
    fault = unescape(answer.text.partition('id="brand.logo-fault1">')[2].partition("</p>")[0])
    assert sentence in fault
    assert "&lt;b&gt;.svg" in answer.text
    assert 'id="terms.payment_days-fault1"' in answer.text
    assert [*file.parent.glob("*.svg")] == []
    assert file.read_text(encoding="utf-8") == FILE


def test_a_logo_is_put_beside_the_house_and_over_no_other_file(file: Path) -> None:
    browser = desks.client(desks.desk_of(file))
    (file.parent / "mark.svg").write_text("another's", "utf-8")
    (file.parent / "mark-2.svg").symlink_to("/nowhere")
    for _time in range(2):  # the same picture again is no other file
        sent = fields(browser.get("/house").text)
        assert (
            browser.post("/house", data=sent, files={"files": ("../Märk.SVG", SOUND_LOGO)}).status_code == 200
        )
        assert tomllib.loads(file.read_text("utf-8"))["brand"] == {"logo": "mark-3.svg"}
    assert (file.parent / "mark.svg").read_text("utf-8") == "another's"
    assert (file.parent / "mark-3.svg").read_bytes() == SOUND_LOGO
    assert len([*file.parent.glob("*.svg")]) == 3
    assert not [*file.parent.parent.glob("*.svg")]


def test_a_logo_waits_until_the_other_faults_are_mended(file: Path) -> None:
    browser = desks.client(desks.desk_of(file))
    sent = fields(browser.get("/house").text) | {"terms.payment_days": "soon"}
    answer = browser.post("/house", data=sent, files={"files": ("logo.svg", SOUND_LOGO)})
    assert answer.status_code == 422
    assert "choose the picture again" in answer.text
    assert [*file.parent.glob("*.svg")] == []


def test_every_key_of_a_house_has_its_field() -> None:
    shown = {key for _part, keys in pages.PARTS for key, _label in keys}
    keys = {key for key, info in all_keys(House) if not table_at(info)}
    assert keys - shown == pages.FILE_ONLY | {pages.CATALOGUE}


@pytest.mark.parametrize("role", ["sales", "legal"])
def test_only_an_administrator_sees_the_house(file: Path, role: str) -> None:
    browser = desks.client(desks.desk_of(file, person=Person("mina", role)))  # type: ignore[arg-type]
    assert browser.get("/house").status_code == 403
    assert browser.post("/house", data={}).status_code == 403


def test_the_house_is_changed_in_a_browser(page: Page, file: Path) -> None:
    with desks.served(desks.desk_of(file)) as address:
        page.goto(address)
        page.get_by_role("link", name="House").click()
        page.get_by_label("Colour").fill("#204060")
        page.get_by_label("Warnings", exact=False).get_by_label("the team cannot carry it").check()
        page.get_by_role("button", name="Save").click()
        assert "Written to accord.toml" in page.get_by_role("status").inner_text()
        assert page.get_by_label("Colour").input_value() == "#204060"
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    assert written["brand"] == {"colour": "#204060"}
    assert written["review"] == {"refuse": ["over-capacity"]}
