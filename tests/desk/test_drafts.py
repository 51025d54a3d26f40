"""A new letter at the desk: what is typed is kept, what it makes is the command line's letter, and it is made once."""

import datetime
import html
import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import func, select, text, update
from starlette.testclient import TestClient

from accord.desk.desk import Desk, Person
from accord.desk.drafts import merged
from accord.desk.store import DRAFTS, Draft, Store
from accord.intake import loader
from support import desks, postgres

DRAFT = "/letters/drafts/" + "0" * 32
DECLINE = {"prospect": "Harbour Books Ltd", "feature": "Export to CSV", "core": "no", "language": "en"}
AGREEMENT = {
    "prospect": "Boulangeries Lefèvre",
    "feature": "Export FEC",
    "delivery": "31 mars 2027",
    "decision": "subscription",
    "item": "25 abonnements à 40 € par mois pour 12 mois",
    "language": "fr",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desks.desk_of(desks.house(tmp_path))


def send(browser: TestClient, answers: Mapping[str, str], path: str = DRAFT, base: object = None) -> Any:
    fields = {f"a.{name}": text for name, text in answers.items()}
    return browser.post(path, data={**fields, "base": json.dumps(base or {})}, follow_redirects=False)


def live(browser: TestClient, answers: Mapping[str, str], base: object = None) -> dict[str, object]:
    fields = {f"a.{name}": text for name, text in answers.items()}
    answer = browser.post(DRAFT, data={**fields, "base": json.dumps(base or {})}, headers={"x-live": "1"})
    assert answer.status_code == 200
    return dict(answer.json())


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def references(desk: Desk) -> list[str]:
    with desk.records(Person("mina"), print).opened() as register:
        return [history.entry.reference for history in register.histories()]


# --- What is typed --------------------------------------------------------------


def test_an_empty_form_becomes_a_draft_by_its_first_answer(desk: Desk) -> None:
    browser = desks.client(desk)
    path = re.search(r'action="(/letters/drafts/[0-9a-f]{32})"', browser.get("/letters/new").text)
    assert path
    assert desk.store.drafts("mina") == []
    answer = browser.post(path[1], data={"a.prospect": "Harbour Books Ltd"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, path[1])
    assert 'value="Harbour Books Ltd"' in browser.get(path[1]).text
    assert f'href="{path[1]}"' in browser.get("/letters/new").text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"delivery": "31 march 2027"}, "31 March 2027"),
        ({"delivery": "31/3/27"}, "31 March 2027"),
        (
            {**AGREEMENT, "item": "25 abonnements à 40 € par mois pour 12 mois"},
            "25 abonnements at €40.00 per month",
        ),
        ({**AGREEMENT, "item": "abonnements", "price": "1 234,5"}, "€1,234.50"),
        ({**AGREEMENT, "item": "abonnements", "price": "1.234"}, "can be read as"),
        ({"delivery": "31 febr 2027"}, "is not a day of the calendar"),
        ({"date": "soon"}, "is not a date"),
        ({"delivery": "2020-01-01"}, "is not after the letter’s own date"),
        ({"prospect": "Mairie de Lyon", "client": "public"}, "procurement law"),
        ({"prospect": "Mme Durand", "client": "consumer"}, "consumer law governs"),
        (AGREEMENT, "SIREN"),
        (DECLINE, "Nothing stands against this letter."),
        ({"prospect": "Harbour Books Ltd"}, "Still to be said: Feature, Delivery, Decision."),
    ],
)
def test_what_is_typed_is_answered_with_how_it_is_read(
    desk: Desk, answers: dict[str, str], said: str
) -> None:
    assert said in words(str(live(desks.client(desk), answers)["form"])).replace("'", "’")


def test_the_letter_grows_with_the_answers_and_says_what_is_blank(desk: Desk) -> None:
    browser = desks.client(desk)
    first = words(str(live(browser, {"prospect": "Boulangeries Lefèvre", "language": "fr"})["letter"]))
    assert "Boulangeries Lefèvre" in first
    assert "Export FEC" not in first
    whole = words(str(live(browser, AGREEMENT)["letter"]))
    assert "Export FEC" in whole
    assert "siège" in whole
    alone = browser.get(f"{DRAFT}/letter")
    assert "sha256-" in alone.headers["content-security-policy"]
    assert "Export FEC" in words(alone.text)


def test_an_order_typed_at_once_can_be_changed_in_its_parts(desk: Desk) -> None:
    browser = desks.client(desk)
    shown = live(browser, AGREEMENT)["base"]
    assert isinstance(shown, dict)
    assert (shown["quantity"], shown["term"]) == ("25", "12")
    letter = words(str(live(browser, {**shown, "quantity": "30"}, shown)["letter"]))
    assert "30 abonnements" in letter


def test_a_value_is_never_mark_up(desk: Desk) -> None:
    answer = live(
        desks.client(desk), {**DECLINE, "prospect": "<b>&Co</b>", "feature": '"><script>x</script>'}
    )
    assert "<script>x" not in str(answer["form"]) + str(answer["letter"])
    assert "<b>" not in str(answer["letter"])


def test_the_questions_and_readings_are_in_the_language_of_the_page_and_the_letter_in_its_own(
    desk: Desk,
) -> None:
    browser = desks.client(desk, "fr")
    form = words(str(live(browser, {**DECLINE, "core": "yes", "delivery": "31/3/27"})["form"]))
    assert "Quelle entreprise vous sollicite" in form
    assert "31 mars 2027" in form
    assert "Dear" in browser.get(f"{DRAFT}/letter").text


# --- Two windows ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "given", "base", "kept", "replaced"),
    [
        ({"a": "1"}, {"a": "1", "b": "2"}, {"a": "1"}, {"a": "1", "b": "2"}, {}),
        ({"a": "1", "b": "2"}, {"a": "3", "b": ""}, {"a": "1"}, {"a": "3", "b": "2"}, {}),  # b: the other’s
        ({"a": "2"}, {"a": "3"}, {"a": "1"}, {"a": "3"}, {"a": "2"}),
        ({"a": "2"}, {"a": "1"}, {"a": "1"}, {"a": "2"}, {}),
        ({"a": "2"}, {"a": ""}, {"a": "2"}, {"a": ""}, {}),  # left blank on purpose
        ({"a": "2"}, {"a": "2"}, {"a": "1"}, {"a": "2"}, {}),
    ],
)
def test_two_windows_fill_in_one_draft(
    stored: dict[str, str],
    given: dict[str, str],
    base: dict[str, str],
    kept: dict[str, str],
    replaced: dict[str, str],
) -> None:
    assert merged(stored, given, base) == (kept, replaced)


def test_answers_that_arrive_at_once_are_all_kept(desk: Desk) -> None:
    browsers = [desks.client(desk) for _each in range(4)]
    names = ["prospect", "feature", "delivery", "address"]
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda pair: send(pair[0], {pair[1]: "31 March 2027"}), zip(browsers, names, strict=True)
            )
        )
    found = desk.store.draft("0" * 32)
    assert found
    assert found.answers.keys() >= set(names)


def test_nobody_sees_the_draft_of_another(desk: Desk) -> None:
    send(desks.client(desk), DECLINE)
    other = desks.client(desks.desk_of(desk.house, person=Person("olive", "sales")))
    assert other.get(DRAFT).status_code == 404
    assert other.get(f"{DRAFT}/letter").status_code == 404
    assert other.post(f"{DRAFT}/release").status_code == 404
    assert other.get("/letters/drafts/..%2f..%2fetc").status_code == 404


# --- The final letter -----------------------------------------------------------


def test_a_letter_is_released_once_however_often_it_is_asked_for(desk: Desk) -> None:
    browsers = [desks.client(desk) for _each in range(2)]
    send(browsers[0], DECLINE)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda browser: send(browser, {}, f"{DRAFT}/release"), browsers))
    answers.append(send(browsers[0], {"feature": "Another"}, f"{DRAFT}/release"))
    assert {answer.status_code for answer in answers} == {303}
    (reference,) = references(desk)
    assert {answer.headers["location"] for answer in answers} == {f"/letters/{reference}"}
    (pdf,) = desk.folder.glob("*.pdf")
    (deal,) = desk.folder.glob("*.toml")
    assert reference in pdf.name
    assert loader.read_deal(deal, desk.home.house, today=desk.today).reference == reference
    assert browsers[0].get(DRAFT, follow_redirects=False).headers["location"] == f"/letters/{reference}"
    assert desk.store.drafts("mina") == []


@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL on this machine")
def test_a_draft_becomes_a_letter_on_a_server_of_postgresql_too(tmp_path: Path) -> None:
    with postgres.server() as address:
        desk = desks.desk_of(desks.house(tmp_path), address.format(database="postgres"))
        browser = desks.client(desk)
        send(browser, {"prospect": "Harbour Books Ltd"})
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda name: send(browser, {name: DECLINE[name]}), ("feature", "core")))
        answers = [send(browser, {}, f"{DRAFT}/release") for _each in range(2)]
        (reference,) = references(desk)
        desk.close()
    assert {answer.headers["location"] for answer in answers} == {f"/letters/{reference}"}


@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL on this machine")
def test_whoever_waits_for_another_writer_on_postgresql_learns_of_it(tmp_path: Path) -> None:
    waiting = (
        select(func.count()).select_from(text("pg_stat_activity")).where(text("wait_event_type = 'Lock'"))
    )
    with postgres.server() as address, ThreadPoolExecutor(1) as pool:
        desk = desks.desk_of(desks.house(tmp_path), address.format(database="postgres"))
        first = desk.store.keep(Draft("0" * 32, "mina", {}, ""), desk.now())
        assert first is not None
        with desk.store.engine.begin() as connection, desk.store.engine.connect() as watching:
            connection.execute(update(DRAFTS).values(revision=DRAFTS.c.revision + 1))
            second = pool.submit(desk.store.keep, replace(first, answers={"feature": "Export"}), desk.now())
            while not watching.execute(waiting).scalar():
                watching.rollback()
        assert second.result() is None
        desk.close()


def test_a_desk_that_is_killed_while_it_releases_makes_the_same_letter_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = desks.client(desk)
    keep = Store.keep

    def stopped(store: Store, draft: Draft, now: datetime.datetime) -> Draft | None:
        if draft.reference:
            raise MemoryError
        return keep(store, draft, now)

    monkeypatch.setattr(Store, "keep", stopped)
    with pytest.raises(MemoryError):
        send(browser, DECLINE, f"{DRAFT}/release")
    monkeypatch.undo()
    desk.now = lambda: desks.NOW + datetime.timedelta(days=2)
    answer = send(browser, {}, f"{DRAFT}/release")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/letters/{references(desk)[0]}"
    assert len(references(desk)) == len(list(desk.folder.glob("*.pdf"))) == 1


def test_what_is_told_when_a_letter_is_recorded_is_read_before_its_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = desks.client(desk)
    send(browser, DECLINE)
    monkeypatch.setattr("accord.services.recorder.settle", lambda _register, _folder: ["It <b>waits</b>."])
    answer = send(browser, {}, f"{DRAFT}/release")
    monkeypatch.undo()
    assert answer.headers["location"] == DRAFT
    for _time in range(2):  # a reload tells it again
        text = browser.get(DRAFT).text
        assert "It &lt;b&gt;waits&lt;/b&gt;." in text
    reference = references(desk)[0] if references(desk) else text.partition("/letters/")[2][:17]
    assert f'href="/letters/{reference}"' in text
    assert browser.get(f"{DRAFT}/file.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (AGREEMENT, "A final letter cannot have blanks"),
        ({**DECLINE, "client": "consumer"}, "consumer law governs"),
        ({"prospect": "Harbour Books Ltd"}, "feature"),
        ({**DECLINE, "prospect": "Novalys"}, "the prospect is the house itself"),
    ],
)
def test_what_the_command_line_refuses_is_refused_with_its_words(
    desk: Desk, answers: dict[str, str], said: str
) -> None:
    answer = send(desks.client(desk), answers, f"{DRAFT}/release")
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert references(desk) == []
    assert list(desk.folder.iterdir()) == []


def test_a_draft_goes_out_as_deal_file_and_message(desk: Desk) -> None:
    browser = desks.client(desk)
    send(browser, AGREEMENT)
    deal = browser.get(f"{DRAFT}/file.toml")
    assert deal.headers["content-disposition"].endswith('-lefevre.toml"')
    assert 'name = "Export FEC"' in deal.text
    assert browser.get(f"{DRAFT}/file.exe").status_code == 404
    message = browser.get(f"{DRAFT}/file.eml")
    assert message.headers["content-type"] == "message/rfc822"
    assert b"application/pdf" in message.content


def test_a_deal_file_of_the_folder_is_a_draft_and_keeps_its_comments(desk: Desk) -> None:
    path = desk.folder / "harbour.toml"
    path.write_text(
        'language = "en"\ndate = 2026-11-23\n\n# met at the fair\n[prospect]\nname = "Harbour Books Ltd"\n\n'
        '[feature]\nname = "Export to CSV"\n\n[decline]\nreason = "out-of-scope"\n'
    )
    browser = desks.client(desk)
    assert "harbour.toml" in browser.get("/letters/new").text
    begun = [browser.post("/letters/drafts", data={"deal": path.name}, follow_redirects=False) for _ in "12"]
    (address,) = {answer.headers["location"] for answer in begun}
    page = browser.get(address).text
    assert 'value="Export to CSV"' in page
    assert 'value="23 November 2026"' in page
    send(browser, {"own-alternative": "Our export to Excel does it."}, address)
    assert send(browser, {}, f"{address}/release").status_code == 303
    assert "# met at the fair" in path.read_text()
    assert 'own_alternative = "Our export to Excel does it."' in path.read_text()
    (reference,) = references(desk)
    assert f'reference = "{reference}"' in path.read_text()


@pytest.mark.parametrize("name", ["../accord.toml", "accord.toml", "/etc/passwd", ""])
def test_no_other_file_becomes_a_draft(desk: Desk, name: str) -> None:
    assert desks.client(desk).post("/letters/drafts", data={"deal": name}).status_code == 404


# --- In a browser ---------------------------------------------------------------


def opened(page: Page, address: str) -> Page:
    """The form of a new letter, in a browser that was let in."""
    page.goto(address)
    page.get_by_role("link", name="New letter").click()
    return page


def test_a_letter_grows_while_it_is_typed_and_outlives_a_lost_connection(
    browser: Browser, desk: Desk
) -> None:
    with desks.served(desk) as address, browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        opened(page, address)
        page.get_by_label("Which company is asking?").fill("Harbour Books Ltd")
        page.get_by_label("Which feature").fill("Export to CSV")
        letter = page.frame_locator("#letter")
        expect(letter.locator(".addressee")).to_contain_text("Harbour Books Ltd")
        expect(letter.get_by_text("Export to CSV").first).to_be_visible()
        expect(page).to_have_url(re.compile(r"/letters/drafts/[0-9a-f]{32}$"))
        letter.locator(".blank", has_text="delivery date").first.click()
        expect(page.get_by_label("By when can you")).to_be_focused()

        page.get_by_label("no, a polite refusal").check()
        expect(page.get_by_text("Nothing stands against this letter.")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Which feature")).to_have_value("Export to CSV")

        page.route("**/letters/drafts/*", lambda route: route.abort())
        page.get_by_label("What of yours").fill("Our export to Excel does the same.")
        expect(page.get_by_role("status")).to_contain_text("Not kept yet")
        page.unroute_all()
        expect(letter.get_by_text("Our export to Excel does the same.")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text("Kept.")


def test_two_windows_on_one_draft_lose_nothing_of_either(page: Page, desk: Desk) -> None:
    with desks.served(desk) as address:
        opened(page, address).get_by_label("Which company is asking?").fill("Harbour Books Ltd")
        expect(page.get_by_role("status")).to_have_text("Kept.")
        other = page.context.new_page()
        other.goto(page.url)
        other.get_by_label("Which feature").fill("Export to CSV")
        expect(other.get_by_role("status")).to_have_text("Kept.")
        page.get_by_label("By when can you").fill("31 March 2027")
        expect(page.get_by_text("Suppose you deliver it by 31 March 2027")).to_be_visible()
        expect(page.get_by_label("Which feature")).to_have_value("Export to CSV")
        with page.expect_response(lambda answer: "Export to Excel" in answer.text()):
            page.get_by_label("Which feature").fill("Export to Excel")
        other.get_by_label("Which feature").fill("Export to PDF")
        expect(other.get_by_text("Another window had put “Export to Excel” here meanwhile.")).to_be_visible()
        with other.expect_response(lambda answer: "1 April 2027" in answer.text()):
            other.get_by_label("By when can you").fill("1 April 2027")
        expect(other.get_by_text("Another window had put “Export to Excel” here meanwhile.")).to_be_visible()


def test_what_comes_back_while_a_button_is_pressed_does_not_move_it_away(page: Page, desk: Desk) -> None:
    with desks.served(desk) as address:
        opened(page, address).get_by_label("no, a polite refusal").check()
        expect(page.get_by_label("What of yours")).to_be_visible()
        # Not all browsers keep the place when something grows above it.
        page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
        held: list[Route] = []
        page.route("**/letters/drafts/*", lambda route: held.append(route), times=1)  # noqa: PLW0108 - it marks what it is given
        with page.expect_request("**/letters/drafts/*"):
            page.get_by_label("yes").check()  # the answer has more questions
        page.get_by_role("button", name="Keep as a draft").hover()
        page.mouse.down()
        with page.expect_response("**/letters/drafts/*"):
            held[0].continue_()
        page.wait_for_timeout(200)
        with page.expect_navigation():
            page.mouse.up()


def test_a_double_click_makes_one_letter_and_back_leads_to_no_second(browser: Browser, desk: Desk) -> None:
    with desks.served(desk) as address, browser.new_context(locale="en-GB") as context:
        page = context.new_page()
        opened(page, address).get_by_label("Which company is asking?").fill("Harbour Books Ltd")
        page.get_by_label("Which feature").fill("Export to CSV")
        page.get_by_label("no, a polite refusal").check()
        expect(page.get_by_text("Nothing stands against this letter.")).to_be_visible()
        page.get_by_role("button", name="Release as final").dblclick()
        expect(page).to_have_url(re.compile(r"/letters/DC-"), timeout=30_000)
        page.go_back()
        expect(page).to_have_url(re.compile(r"/letters/(DC-|new$)"))
    assert len(references(desk)) == 1
