"""The people of a team's desk: how they come in, how long they stay, and who keeps them."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from accord.desk import accounts
from accord.desk.accounts import Accounts, TooOften
from accord.desk.desk import Desk
from accord.desk.place import place_of
from accord.desk.store import METADATA
from accord.errors import AccordError
from accord.register.register import engine_of
from support import axe, desks, postgres
from support.cli import run
from support.desks import PASSWORD

LINK = re.compile(r'value="(http[^"]*/invitation/[^"]+)"')


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.time = desks.NOW

    def __call__(self) -> datetime.datetime:
        """The time."""
        return self.time

    def later(self, **lapse: float) -> None:
        """Move on."""
        self.time += datetime.timedelta(**lapse)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desks.house(tmp_path_factory.mktemp("house"))


@pytest.fixture
def desk(house: Path) -> Iterator[Desk]:
    (house.parent / "register.db").unlink(missing_ok=True)
    desk = desks.team(house, claire="admin", luc="legal", mina="sales")
    desk.now = Clock()
    desk.accounts._now = desk.now
    yield desk
    desk.store.close()


def clock(desk: Desk) -> Clock:
    assert isinstance(desk.now, Clock)
    return desk.now


# --- Invitations ------------------------------------------------------------------------


def test_an_administrator_takes_somebody_in_by_a_link_that_works_once(desk: Desk) -> None:
    answer = desks.member(desk, "claire").post("/people", data={"name": "Zoé Martin", "role": "sales"})
    link = LINK.findall(answer.text)[0]
    browser = desks.visitor(desk)
    chosen = {"password": "a long one, mine", "again": "a long one, mine"}
    assert "Zoé Martin" in browser.get(link).text
    assert "Zoé Martin" in browser.get(link).text, "looking uses nothing up"
    entered = browser.post(link, data=chosen)
    assert "<h1>Board</h1>" in entered.text
    assert "Zoé Martin" in entered.text
    for again in (browser, desks.visitor(desk)):
        assert again.get(link).status_code == 404
        assert again.post(link, data=chosen).status_code == 404
    with desk.store.engine.connect() as connection:
        kept = str([connection.execute(select(table)).all() for table in METADATA.tables.values()])
    assert link.rpartition("/")[2] not in kept
    assert "a long one" not in kept


def test_a_link_expires_and_a_new_one_voids_it(desk: Desk) -> None:
    first = desk.accounts.link("mina", "claire")
    second = desk.accounts.link("mina", "claire")
    assert desk.accounts.invited(first) is None
    assert desk.accounts.invited(second) is not None
    clock(desk).later(days=3, seconds=1)
    assert desk.accounts.invited(second) is None
    with pytest.raises(AccordError):
        desk.accounts.accept(second, PASSWORD, PASSWORD)


PASSWORDS = {
    "too short": ("eleven char", "eleven char"),
    "not the same twice": (PASSWORD, PASSWORD + " "),
    "the name": ("Mina, Mina, Mina", "Mina, Mina, Mina"),
    "one character": ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
    "too long": ("ab cdefgh" * 50, "ab cdefgh" * 50),
}


@pytest.mark.parametrize(("password", "again"), PASSWORDS.values(), ids=PASSWORDS)
def test_a_password_that_will_not_do_is_refused_and_not_shown(desk: Desk, password: str, again: str) -> None:
    browser, link = desks.visitor(desk), f"/invitation/{desk.accounts.link('mina', 'claire')}"
    answer = browser.post(link, data={"password": password, "again": again})
    assert answer.status_code == 422
    assert password not in answer.text
    assert browser.post(link, data={"password": PASSWORD, "again": PASSWORD}).status_code == 200


NAMES = {
    "that of somebody": "  MINA ",
    "none": " ",
    "no word": "…",
    "two lines": "Zoé\nMartin",
    "too long": "Zoé" * 99,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_that_will_not_do_is_refused(desk: Desk, name: str) -> None:
    answer = desks.member(desk, "claire").post("/people", data={"name": name, "role": "sales"})
    assert answer.status_code == 422
    assert 'class="faults" role="alert"' in answer.text
    assert len(desk.accounts.people()) == 3


# --- Signing in ---------------------------------------------------------------------------


WRONG = {
    "a wrong password": ("mina", "three words or less"),
    "the password of nobody": ("nobody", PASSWORD),
    "no password": ("mina", ""),
    "no name": ("", PASSWORD),
    "a null character": ("mina\0", PASSWORD + "\0"),
}


@pytest.mark.parametrize(("name", "password"), WRONG.values(), ids=WRONG)
def test_nobody_learns_what_was_wrong(desk: Desk, name: str, password: str) -> None:
    answer = desks.visitor(desk).post("/sign-in", data={"name": name, "password": password})
    assert answer.status_code == 401
    assert "The name or the password is not right." in answer.text
    assert password not in answer.text or not password
    assert "set-cookie" not in answer.headers


def test_a_name_that_nobody_has_takes_as_long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    class Watched:
        """A hasher that notes what it compares."""

        def __getattr__(self, name: str) -> Any:
            return getattr(hasher, name)

        def verify(self, stored: str, given: str) -> bool:
            """Note it."""
            compared.append(stored)
            return hasher.verify(stored, given)

    hasher = desk.accounts._hasher
    monkeypatch.setattr(desk.accounts, "_hasher", Watched())
    desk.accounts.invite("without password", "sales", "claire")
    for name in ("mina", "nobody", "without password"):
        assert desk.accounts.sign_in(name, "wrong", "192.0.2.1") is None
    assert len(compared) == 3
    assert len({stored.rpartition("$")[0].rpartition("$")[0] for stored in compared}) == 1, "the same costs"


def test_attempts_at_an_account_are_slowed_whatever_the_password(desk: Desk) -> None:
    for number in range(5):
        assert desk.accounts.sign_in("mina", "wrong", f"192.0.2.{number}") is None
    for password in ("wrong", PASSWORD):  # even the right one has to wait
        with pytest.raises(TooOften):
            desk.accounts.sign_in("MINA ", password, "192.0.2.9")
    clock(desk).later(seconds=10)
    assert desk.accounts.sign_in("mina", PASSWORD, "192.0.2.9")
    for _number in range(5):  # and then the count begins anew
        assert desk.accounts.sign_in("mina", "wrong", "192.0.2.1") is None


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(desk: Desk) -> None:
    waits: list[int] = []
    for _number in range(18):
        try:
            assert desk.accounts.sign_in("mina", "wrong", "192.0.2.1") is None
        except TooOften as error:
            waits.append(error.seconds)
            clock(desk).later(seconds=error.seconds)
            assert desk.accounts.sign_in("mina", "wrong", "192.0.2.1") is None
    assert waits == sorted(waits)
    assert waits[0] <= 3
    assert waits[-1] == 901


def test_attempts_from_an_address_are_slowed_whatever_the_name(desk: Desk) -> None:
    for number in range(20):
        assert desk.accounts.sign_in(f"name {number}", "wrong", "192.0.2.1") is None
    with pytest.raises(TooOften):
        desk.accounts.sign_in("mina", PASSWORD, "192.0.2.1")
    assert desk.accounts.sign_in("mina", PASSWORD, "192.0.2.2")


def test_the_page_says_when_to_try_again(desk: Desk) -> None:
    browser = desks.visitor(desk)
    answers = [browser.post("/sign-in", data={"name": "mina", "password": "wrong"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
    assert "try again in 3 seconds" in answers[-1].text


# --- Sessions -------------------------------------------------------------------------------


def test_a_session_ends_when_nothing_is_asked_and_after_half_a_day(desk: Desk) -> None:
    idle, busy = desks.member(desk, "mina"), desks.member(desk, "mina")
    for _quarter in range(11):
        clock(desk).later(hours=1, minutes=5)
        assert busy.get("/account").status_code == 200
        assert "Your account" in busy.get("/account").text
    assert "<h1>Sign in</h1>" in idle.get("/account").text
    clock(desk).later(minutes=6)
    assert "<h1>Sign in</h1>" in busy.get("/account").text


ENDS: dict[str, Any] = {
    "signing out": lambda _desk, browser: browser.post("/sign-out"),
    "signing out everywhere, on another machine": lambda desk, _browser: desks.member(desk, "mina").post(
        "/account/sign-out"
    ),
    "another password, on another machine": lambda desk, _browser: desks.member(desk, "mina").post(
        "/account/password", data={"current": PASSWORD, "password": "another, longer", "again": "another, longer"}
    ),
    "an administrator who shuts one out": lambda desk, _browser: desks.member(desk, "claire").post(
        "/people/active", data={"name": "mina", "active": "no"}
    ),
    "a password chosen by a link": lambda desk, _browser: desk.accounts.accept(
        desk.accounts.link("mina", "claire"), PASSWORD, PASSWORD
    ),
}  # fmt: skip


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_ends_a_session_ends_it_for_whoever_kept_its_cookie(desk: Desk, end: Any) -> None:
    browser, thief = desks.member(desk, "mina"), desks.visitor(desk)
    thief.cookies.update(browser.cookies)
    assert "Your account" in thief.get("/account").text
    end(desk, browser)
    assert "<h1>Sign in</h1>" in thief.get("/account").text


def test_a_session_that_was_put_on_somebody_is_not_theirs(desk: Desk) -> None:
    attacker, victim = desks.member(desk, "luc"), desks.visitor(desk)
    victim.cookies.update(attacker.cookies)  # session fixation
    victim.post("/sign-in", data={"name": "mina", "password": PASSWORD})
    assert "mina" in victim.get("/account").text
    assert "<h1>Sign in</h1>" in attacker.get("/account").text


def test_a_password_is_changed_by_whoever_knows_the_current_one(desk: Desk) -> None:
    browser = desks.member(desk, "mina")
    new = {"password": "another, longer", "again": "another, longer"}
    refused = browser.post("/account/password", data={"current": "guessed", **new})
    assert refused.status_code == 422
    assert "not your current password" in refused.text
    assert "another" not in refused.text.replace("another machine", "").replace("Another password", "")
    assert "is changed" in browser.post("/account/password", data={"current": PASSWORD, **new}).text
    assert desk.accounts.sign_in("mina", "another, longer", "")
    assert desk.accounts.sign_in("mina", PASSWORD, "") is None


# --- Keeping people ---------------------------------------------------------------------------


def test_a_role_counts_at_once(desk: Desk) -> None:
    browser = desks.member(desk, "mina")
    assert browser.get("/people").status_code == 403
    desks.member(desk, "claire").post("/people/role", data={"name": "mina", "role": "admin"})
    assert browser.get("/people").status_code == 200


@pytest.mark.parametrize("act", [("/people/role", {"role": "legal"}), ("/people/active", {"active": "no"})])
def test_the_last_administrator_stays(desk: Desk, act: tuple[str, dict[str, str]]) -> None:
    browser = desks.member(desk, "claire")
    answer = browser.post(act[0], data={"name": "claire", **act[1]})
    assert answer.status_code == 422
    assert "no administrator left" in answer.text
    assert browser.get("/people").status_code == 200


def test_who_is_shut_out_comes_in_by_nothing_until_let_in_again(desk: Desk) -> None:
    link = desk.accounts.link("mina", "claire")
    calendar = f"/calendar/{desk.store.make_feed('mina', 'en', desks.NOW)}.ics"
    assert desks.visitor(desk).get(calendar).status_code == 200
    desk.accounts.set_active("mina", "claire", active=False)
    assert desks.visitor(desk).get(calendar).status_code == 404
    assert desk.accounts.sign_in("mina", PASSWORD, "") is None
    assert desk.accounts.invited(link) is None
    assert desk.accounts.named("mina") is None
    desk.accounts.set_active("mina", "claire", active=True)
    assert desk.accounts.sign_in("mina", PASSWORD, "")


def test_every_act_stands_with_its_actor(desk: Desk) -> None:
    browser = desks.member(desk, "claire")
    browser.post("/people", data={"name": "Zoé", "role": "legal"})
    browser.post("/people/role", data={"name": "mina", "role": "legal"})
    browser.post("/people/active", data={"name": "luc", "active": "no"})
    acts = [(act.actor, act.act, act.subject) for act in desk.accounts.acts()]
    assert acts[:4] == [
        ("claire", "shut out", "luc"),
        ("claire", "made legal", "mina"),
        ("claire", "linked", "Zoé"),
        ("claire", "invited", "Zoé"),
    ]
    assert "let in no longer luc" in browser.get("/people").text


def test_people_are_kept_on_postgresql_too(house: Path) -> None:
    with postgres.server() as address:
        desk = desks.team(house)
        engine = engine_of(address.format(database="postgres"))
        people = Accounts(engine, desk.now)
        people._hasher = desk.accounts._hasher
        session = people.accept(people.invite("Zoé", "admin", "x"), PASSWORD, PASSWORD)
        assert people.person_of(session) is not None
        assert people.sign_in("zoé", "wrong", "") is None
        assert people.sign_in("zoé", PASSWORD, "")
        with pytest.raises(AccordError, match="already"):
            people.invite("ZOÉ", "sales", "x")
        people.sign_out_everywhere("zoé")
        assert people.person_of(session) is None
        engine.dispose()


# --- A proxy's word -----------------------------------------------------------------------------


def test_a_proxy_may_say_who_asks(desk: Desk) -> None:
    place = place_of("https://desk.example", None, ["10.0.0.5"], "X-Forwarded-User")
    browser = desks.visitor(desk, "https://desk.example", place.proxy, client=("10.0.0.5", 1))
    assert "mina" in browser.get("/account", headers={"x-forwarded-user": "mina"}).text
    for headers in ({}, {"x-forwarded-user": "nobody"}, {"x-forwarded-user": ""}):
        assert browser.get("/account", headers=headers).status_code == 401
    twice = [("x-forwarded-user", "mina"), ("x-forwarded-user", "claire")]
    assert browser.get("/account", headers=twice).status_code == 401
    other = desks.visitor(desk, "https://desk.example", place.proxy, client=("10.0.0.6", 1))
    assert other.get("/account", headers={"x-forwarded-user": "claire"}).status_code == 403


def test_without_a_stated_header_nobody_is_believed(desk: Desk) -> None:
    place = place_of("https://desk.example", None, [], None)
    browser = desks.visitor(desk, "https://desk.example", place.proxy, client=("127.0.0.1", 1))
    answer = browser.get("/account", headers={"x-forwarded-user": "claire", "x-remote-user": "claire"})
    assert "<h1>Sign in</h1>" in answer.text


def test_attempts_are_counted_by_the_address_that_the_proxy_adds(desk: Desk) -> None:
    place = place_of("https://desk.example", None, [], None)
    browser = desks.visitor(desk, "https://desk.example", place.proxy, client=("127.0.0.1", 1))
    statuses = [
        browser.post(
            "/sign-in",
            data={"name": f"name {number}", "password": "wrong"},
            headers={"x-forwarded-for": f"198.51.100.{number}, 192.0.2.1"},
        ).status_code
        for number in range(21)
    ]
    assert statuses == [401] * 20 + [429]


# --- The command line ---------------------------------------------------------------------------


REFUSED = {
    "another machine without anything": (["--listen", "0.0.0.0:8000"], "state the address that browsers open"),
    "another machine without a proxy": (
        ["--url", "https://desk.example", "--listen", "0.0.0.0:8000"],
        "without TLS",
    ),
    "passwords in the clear": (["--url", "http://desk.example"], "in the clear"),
    "in the clear on every address": (["--url", "http://127.0.0.1:8000", "--listen", "0.0.0.0:8000"], "in the clear"),
    "a header that anybody may write": (
        ["--url", "https://desk.example", "--proxy-header", "X-Forwarded-User"],
        "could write that header",
    ),
    "no address": (["--url", "desk.example"], "is not the address of a desk"),
    "an address with a path": (["--url", "https://desk.example/desk"], "without a path"),
    "a name to listen at": (["--url", "https://desk.example", "--listen", "here:80"], "no address to listen at"),
    "no port": (["--url", "https://desk.example", "--listen", "127.0.0.1"], "no address to listen at"),
    "a proxy by name": (["--url", "https://desk.example", "--proxy", "proxy"], "no address of a proxy"),
    "a role of nobody": (["--url", "https://desk.example", "--role", "admin"], "write --invite"),
    "a port beside": (["--url", "https://desk.example", "--port", "80"], "write the port with the address"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_desk_that_would_not_be_safe_is_refused(house: Path, arguments: list[str], sentence: str) -> None:
    result = run("desk", "--house", house, *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_the_first_administrator_is_invited_on_the_command_line(house: Path) -> None:
    (house.parent / "register.db").unlink(missing_ok=True)
    arguments = ("desk", "--house", house, "--url", "https://desk.example", "--invite", "Claire Moreau")
    links = [run(*arguments).stdout.strip() for _ in range(2)]
    assert all(link.startswith("https://desk.example/invitation/") for link in links)
    desk = Desk(house, house.parent, None, lambda: datetime.datetime.now(datetime.UTC), None)
    assert desk.accounts.invited(links[0].rpartition("/")[2]) is None, "the second is a new one"
    invited = desk.accounts.invited(links[1].rpartition("/")[2])
    assert invited is not None
    assert (invited.name, invited.role) == ("Claire Moreau", "admin")
    assert len(desk.accounts.people()) == 1
    desk.store.close()


def test_somebody_is_taken_in_and_comes_in_through_a_browser(page: Page, desk: Desk) -> None:
    with desks.served(desk) as address:
        page.goto(address.partition("?")[0])
        found = axe.violations(page)
        page.get_by_label("Name").fill("claire")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="House").click()
        page.get_by_role("link", name="People").click()
        page.get_by_label("Name", exact=True).fill("Zoé Martin")
        page.get_by_role("radio", name="legal", exact=False).check()
        page.get_by_role("button", name="Make a link").click()
        link = page.get_by_label("Link", exact=True).input_value()
        found += axe.violations(page)
        page.get_by_role("button", name="Sign out").click()
        page.goto(link)
        found += axe.violations(page)
        page.get_by_label("New password").fill("a long one, mine")
        page.get_by_label("The same again").fill("a long one, mine")
        page.get_by_role("button", name="Keep it and go in").click()
        page.get_by_role("link", name="Zoé Martin").click()
        assert "legal" in page.get_by_role("main").inner_text()
        found += axe.violations(page)
        page.get_by_role("button", name="Sign out everywhere").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    assert found == []


def test_the_costs_of_a_password_are_those_of_the_standard(house: Path) -> None:
    hasher = Accounts(desks.team(house).store.engine, desks.NOW.__class__.now)._hasher
    assert hasher.type.name == "ID"
    assert (hasher.time_cost, hasher.memory_cost, hasher.parallelism) == (3, 65536, 4)  # RFC 9106, section 4
    assert accounts.SHORTEST_PASSWORD >= 12
