"""Every page for everyone: axe finds nothing, nothing is wider than a phone, the keyboard and no script suffice.

Whoever adds a page adds its address to `PAGES`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accord.desk.desk import Desk
from accord.desk.store import Draft
from support import axe, desks, letters
from support import browser as browsers
from support.cli import run

STEM = "01-fr-abonnement"
PAGES: Mapping[str, str] = {
    "the board": "/",
    "the board, a filter that cannot be read": "/?before=someday&text=x",
    "a new letter": "/letters/new",
    "a draft": f"/letters/drafts/{'d' * 32}",
    "a letter": "/letters/{reference}?outcome=silent",
    "a letter, a day that cannot be read": "/letters/{reference}?outcome=silent&delivered=someday",
    "the signatures": "/letters/{reference}/steps/signed",
    "a step and its document": "/letters/{delivered}/steps/accepted?on=2026-11-29",
    "a step that asks for more": "/letters/{delivered}/steps/extended",
    "a step that is refused": "/letters/{reference}/steps/delivered?on=2026-11-29",
    "the house": "/house",
    "a page that there is not": "/nowhere",
    "the legal page": "/legal",
    "the clauses": "/legal/clauses",
    "clauses to approve": "/legal/clauses/approve?file=fr/agreement/32-price.vat.md",
    "many letters": "/batch",
}
"""Pages by what they show."""
LANGUAGES = ("en-GB", "fr-FR")
BY = {"en-GB": "light", "fr-FR": "dark"}
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.browser() as started:
        yield started


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample house with two agreements, one issued and one delivered, and a decline."""
    folder = tmp_path_factory.mktemp("house")
    house = desks.house(folder, (STEM, "03-fr-pilote-promesse", "09-fr-refus-hors-marche"))
    house.write_text(house.read_text("utf-8") + "\n[capacity]\ndays_per_month = 20\n", "utf-8")
    assert run("register", "add", *(folder / "letters").glob("*.pdf"), "--house", house).exit_code == 0
    reference = letters.sample("03-fr-pilote-promesse").reference
    for step in ("signed", "delivered"):
        taken = run("follow", step, reference, "--on", "2026-11-28", "--no-document", "--house", house)
        assert taken.exit_code == 0, taken.output
    desk = desks.desk_of(house)
    answers = {"prospect": "Harbour", "feature": "Export FEC", "delivery": "1.2.3", "decision": "purchase"}
    desk.store.keep(Draft("d" * 32, "mina", answers, ""), desks.NOW)
    return desk


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with desks.served(desk) as address:
        yield address


@pytest.fixture(scope="module")
def let_in(browser: Browser, address: str) -> object:
    """What a browser that was let in remembers."""
    context = browser.new_context()
    context.new_page().goto(address)
    state = context.storage_state()
    context.close()
    return state


def opened(browser: Browser, let_in: object, **settings: object) -> BrowserContext:
    return browser.new_context(storage_state=let_in, **settings)  # type: ignore[arg-type]


def at(address: str, path: str) -> str:
    references = {
        "reference": letters.sample(STEM).reference,
        "delivered": letters.sample("03-fr-pilote-promesse").reference,
    }
    return address.partition("/?")[0] + path.format(**references)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_a_phone_shows_it_whole(
    browser: Browser, address: str, let_in: object, name: str, language: str
) -> None:
    """In English by day, as wide as on a desk; in French, whose words are longer, by night and on a phone."""
    context = opened(browser, let_in, locale=language, viewport=PHONE, color_scheme=BY[language])
    try:
        page = context.new_page()
        page.goto(at(address, PAGES[name]))
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if BY[language] == "light":
            page.set_viewport_size({"width": 1280, "height": 900})
        assert axe.violations(page) == []
    finally:
        context.close()


def test_axe_finds_nothing_on_the_pages_of_a_team(browser: Browser, tmp_path: Path) -> None:
    with desks.served(desks.team(desks.house(tmp_path), mina="admin", luc="sales")) as address:
        context = browser.new_context(locale="fr-FR", viewport=PHONE, color_scheme="dark")
        page, found = context.new_page(), list[str]()
        page.goto(at(address, "/sign-in"))
        found += axe.violations(page)
        page.locator("#name").fill("mina")
        page.locator("#password").fill(desks.PASSWORD)
        page.locator("button.first").click()
        page.wait_for_url("**/")
        for path in ("/people", "/account"):
            page.goto(at(address, path))
            found += axe.violations(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        context.close()
    assert found == []


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><main><h1>A</h1><input><p style='color:#ccc'>pale</p></main></body></html>")
    rules = {found.partition(":")[0] for found in axe.violations(page)}
    page.close()
    assert {"label", "color-contrast", "html-has-lang"} <= rules


def test_the_keyboard_alone_leads_from_the_board_to_a_step(
    browser: Browser, address: str, let_in: object
) -> None:
    context = opened(browser, let_in, locale="en-GB")
    try:
        page = context.new_page()
        page.goto(at(address, "/"))
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        reference = letters.sample(STEM).reference
        _tab_to(page, reference)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/letters/{reference}")
        _tab_to(page, "Record the signatures")
        page.keyboard.press("Enter")
        page.wait_for_url("**/steps/signed")
        expect(page.get_by_role("heading", level=1)).to_have_text("Record the signatures")
    finally:
        context.close()


def _tab_to(page: Page, text: str) -> None:
    """Press Tab until what has the focus says `text`, and see that the focus shows."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert width == "3px"
            return
    raise AssertionError(f"the keyboard does not reach {text}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_followed_without_scripts(browser: Browser, tmp_path: Path, language: str) -> None:
    house = desks.house(tmp_path, (STEM,))
    assert run("register", "add", tmp_path / f"letters/{STEM}.pdf", "--house", house).exit_code == 0
    desk = desks.desk_of(house)
    with desks.served(desk) as address:
        context = browser.new_context(java_script_enabled=False, locale=language)
        page = context.new_page()
        page.goto(address)
        page.locator("#text").fill("lefevre")
        page.locator(".filters button").click()
        page.locator("table.letters a").click()
        page.locator(".steps a.first").click()
        page.locator("#on").fill("28/11/2026")
        page.locator("button.first").click()
        page.locator(".steps a.first").click()
        page.locator("form[method=get] button").click()
        frame = page.frame_locator("iframe.paper")
        expect(frame.locator("body")).to_contain_text("livraison")
        page.locator("form[method=post] button.first").click()
        page.wait_for_url(re.compile(r"/letters/[^/]+$"))
        assert page.locator("ol.life > li").count() == 3
        context.close()
    assert len(list((tmp_path / "letters").glob("*avis-de-livraison*.pdf"))) == 1


def test_the_pages_are_printed_without_what_only_a_screen_needs(
    browser: Browser, address: str, let_in: object
) -> None:
    context = opened(browser, let_in, locale="en-GB")
    try:
        page = context.new_page()
        for path in (PAGES["the board"], PAGES["a letter"]):
            page.goto(at(address, path))
            page.emulate_media(media="print")
            assert not page.locator("nav[aria-label='Pages']").is_visible()
            assert page.locator("h1").is_visible()
            assert page.pdf().startswith(b"%PDF")
    finally:
        context.close()
