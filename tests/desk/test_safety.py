"""What strangers, other sites, other houses and one's own colleagues try at a desk, and do not get.

The pages are walked as they are: a new one is tried with the others, and one
that changes something has to be in the table of roles.
"""

import contextvars
import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from accord import i18n
from accord.desk import guard, server
from accord.desk.app import application
from accord.desk.desk import Desk, Role
from accord.desk.guard import Keys
from accord.desk.pages import own_path
from accord.desk.place import place_of
from accord.desk.store import Draft
from accord.register.entries import Row, as_data
from accord.register.register import Register
from support import desks
from support.desks import ORIGIN, PASSWORD
from support.registered import ENTRY

HOSTILE = """<xss-a onload=alert(1)>'"><script>alert(1)</script>{{7*7}}"""
"""What somebody writes who tries how far it gets; as a name, it has no control characters."""
NAMES: dict[Role, str] = {"sales": "mina", "legal": "luc", "admin": "claire"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house, its register and its people, all with hostile names."""
    house = desks.house(tmp_path_factory.mktemp("house"))
    text = house.read_text("utf-8").replace('name = "Novalys"', f"name = '''Novalys {HOSTILE}'''")
    text += f"\n[[catalogue]]\nitem = '''{HOSTILE}'''\nunit_price = \"40.00\"\n"
    house.write_text(text, "utf-8")
    register = Register.open(f"sqlite:///{house.parent / 'register.db'}")
    letter = replace(ENTRY, prospect=f"Scierie {HOSTILE}", feature=HOSTILE, request=HOSTILE.casefold())
    register.replace(
        [Row(letter.reference, "issued", as_data(letter))], actor=HOSTILE, time=desks.NOW, force=False
    )
    register.close()
    return house


@pytest.fixture(scope="module")
def desk(house: Path) -> Iterator[Desk]:
    desk = desks.team(house, mina="sales", luc="legal", claire="admin")
    desk.accounts.invite(f"Zoé {HOSTILE}", "sales", "claire")
    yield desk
    desk.store.close()


@pytest.fixture(autouse=True)
def drafts(desk: Desk) -> None:
    """Each has a draft, whatever an earlier test did with it."""
    answers = {"feature": HOSTILE, "company": HOSTILE, "seed": HOSTILE, "prospect.name": HOSTILE}
    for name in NAMES.values():
        desk.store.drop(_draft_of(name))
        desk.store.keep(Draft(_draft_of(name), name, answers, ""), desks.NOW)


def _draft_of(name: str) -> str:
    return f"{name.encode().hex():0>32}"


def routes(desk: Desk) -> list[Route]:
    """All pages of a team's desk."""
    guarded: Any = application(desk, [ORIGIN])
    return [route for route in guarded._application.routes if isinstance(route, Route)]


def address(route: Route, person: str = "mina") -> str:
    """An address of a page: of a person's draft, of the letter that there is, of its first document."""
    values = {
        "name": _draft_of(person),
        "reference": ENTRY.reference,
        "token": "guessed",
        "form": "pdf",
        "number": "0",
        "number:int": "0",
        "step": "sign",
    }
    return re.sub(r"{([\w:]+)}", lambda found: values.get(found[1], "0"), route.path)


def reading(desk: Desk) -> list[str]:
    return [route.path for route in routes(desk) if "GET" in (route.methods or ())]


# --- Roles --------------------------------------------------------------------------------


OPEN = "nobody"
NEEDED: dict[str, str] = {
    "/language": OPEN,
    "/sign-in": OPEN,
    "/invitation/{token}": OPEN,
    "/sign-out": "sales",
    "/account/password": "sales",
    "/account/sign-out": "sales",
    "/calendar": "sales",
    "/calendar/revoked": "sales",
    "/letters/": "sales",
    "/legal": "legal",
    "/batch": "sales",
    "/house": "admin",
    "/people": "admin",
    "/people/link": "admin",
    "/people/role": "admin",
    "/people/active": "admin",
}
"""What changes something, or begins so, and the least role that may."""
READ: dict[str, str] = {
    "/static/": OPEN,
    "/sign-in": OPEN,
    "/invitation/{token}": OPEN,
    "/calendar/{token}.ics": OPEN,
    "/": "sales",
    "/letters/": "sales",
    "/legal/checks/": "legal",
    "/house": "admin",
    "/people": "admin",
}
"""What is read, or begins so, and the least role that may; of the others, nobody comes in from outside."""


def needed(table: dict[str, str], path: str) -> str | None:
    """The role that a page needs, by its path or the longest beginning of it that ends in a slash."""
    if path in table:
        return table[path]
    beginnings = [
        key for key in table if key != "/" and path.startswith(key if key.endswith("/") else f"{key}/")
    ]
    return table[max(beginnings, key=len)] if beginnings else None


def test_every_page_that_changes_something_is_in_the_table(desk: Desk) -> None:
    changing = {route.path for route in routes(desk) if set(route.methods or ()) - guard.SAFE}
    assert not {path for path in changing if needed(NEEDED, path) is None}
    assert not {
        path for path in NEEDED if not any(needed({path: ""}, each) is not None for each in changing | {path})
    }


@pytest.mark.parametrize("role", [OPEN, *NAMES])
def test_nobody_does_what_another_role_may(desk: Desk, role: Any) -> None:
    for route in routes(desk):
        if not (set(route.methods or ()) - guard.SAFE):
            continue
        browser = desks.visitor(desk) if role == OPEN else desks.member(desk, NAMES[role])
        status = browser.post(
            address(route, NAMES.get(role, "mina")), data={}, follow_redirects=False
        ).status_code
        least = needed(NEEDED, route.path)
        ranks = [OPEN, *NAMES]
        if ranks.index(role) >= ranks.index(str(least)):
            # A form without a field is refused, or there is nothing to change: but not for the role.
            assert status != 403, route.path
            assert status < 500, route.path
        else:
            assert status == (401 if role == OPEN else 403), route.path


@pytest.mark.parametrize("role", [OPEN, *NAMES])
def test_nobody_reads_what_another_role_may(desk: Desk, role: Any) -> None:
    browser = desks.visitor(desk) if role == OPEN else desks.member(desk, NAMES[role])
    for route in routes(desk):
        if "GET" not in (route.methods or ()):
            continue
        answer = browser.get(address(route, NAMES.get(role, "mina")), follow_redirects=False)
        least = needed(READ, route.path) or ("legal" if answer.status_code == 403 else "sales")
        if [OPEN, *NAMES].index(role) >= [OPEN, *NAMES].index(least):
            assert answer.status_code not in {401, 403}, route.path
            assert answer.status_code < 500, route.path
        elif role == OPEN:
            assert answer.status_code == 303, route.path
            assert answer.headers["location"].startswith("/sign-in"), route.path
        else:
            assert answer.status_code == 403, route.path


def test_a_draft_is_its_owner_s(desk: Desk) -> None:
    browser = desks.member(desk, "luc")
    theirs = [route for route in routes(desk) if "/drafts/{name}" in route.path]
    assert theirs
    for route in theirs:
        for method in set(route.methods or ()) - {"HEAD"}:
            answer = browser.request(method, address(route, "mina"), data={"feature": "mine now"} if method == "POST" else None)  # fmt: skip
            assert answer.status_code == 404, route.path
    kept = desk.store.draft(_draft_of("mina"))
    assert kept is not None
    assert kept.owner == "mina"
    assert kept.answers["feature"] == HOSTILE


# --- What a page may hold ------------------------------------------------------------------------


class Inline(HTMLParser):
    """What of a page the policy would have to allow, or somebody slipped in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note elements and attributes that run or style something."""
        given = dict(attrs)
        if (tag == "script" and not (given.get("src") or "").startswith("/static/")) or tag.startswith("xss"):
            self.found.append(tag)
        if tag in {"style", "base", "object", "embed", "applet"}:
            self.found.append(tag)
        for name, value in attrs:
            scheme = (
                urlsplit((value or "").strip()).scheme.lower()
                if name in {"href", "src", "action", "formaction"}
                else ""
            )
            if (
                name.startswith(("on", "hx-on"))
                or name in {"style", "srcdoc"}
                or scheme in {"javascript", "vbscript"}
            ):
                self.found.append(f"{tag} {name}={value}")


def inline(page: str) -> list[str]:
    """What stands in a page that should not."""
    parser = Inline()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize(
    "page",
    [
        "<xss-a>",
        "<p onclick=x>",
        "<script>1</script>",
        '<a href=" JavaScript:1">',
        "<p style=x>",
        "<script src=//e>",
    ],
)
def test_the_search_for_what_is_inline_finds_it(page: str) -> None:
    assert inline(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_holds_a_script_of_its_own_or_of_somebody(desk: Desk, language: str) -> None:
    browser = desks.member(desk, "claire")
    browser.headers["accept-language"] = language
    shown = 0
    for route in routes(desk):
        if "GET" not in (route.methods or ()):
            continue
        answer = browser.get(address(route, "claire"))
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy or "default-src 'none'" in policy, route.path
        assert "unsafe" not in policy, route.path
        styles = re.findall(r"'sha256-[^']+'", policy)  # of a letter, which brings its own
        found = [each for each in inline(answer.text) if not (each == "style" and styles)]
        assert not found, route.path
        assert "49" not in re.findall(r"\{\{.{0,5}", answer.text), route.path
        shown += "&lt;xss-a" in answer.text
    assert shown >= 3, "the hostile names are on the pages"


ERRORS = [
    "/%3Cxss-a%3E",
    "/letters/%3Cxss-a%3E",
    "/?text=%3Cxss-a%20onload=1%3E",
    "/sign-in?next=%3Cxss-a%3E",
]


@pytest.mark.parametrize("path", ERRORS)
def test_nothing_of_an_address_is_run(desk: Desk, path: str) -> None:
    assert not inline(desks.member(desk, "claire").get(path).text)
    assert not inline(desks.visitor(desk).get(path).text)


def test_what_is_typed_wrongly_comes_back_as_text(desk: Desk) -> None:
    claire = desks.member(desk, "claire")
    for answer in (
        desks.visitor(desk).post("/sign-in", data={"name": HOSTILE, "password": "x", "next": HOSTILE}),
        claire.post("/people", data={"name": HOSTILE * 9, "role": "sales"}),
        claire.post("/people/role", data={"name": HOSTILE, "role": "sales"}),
        claire.post("/house", data={"digest": "", "supplier.name": HOSTILE, "supplier.vat": HOSTILE}),
    ):
        assert answer.status_code >= 400
        assert not inline(answer.text)


HEADERS = {
    "content-security-policy": "frame-ancestors",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def test_every_answer_forbids_framing_sniffing_keeping_and_telling(desk: Desk) -> None:
    claire = desks.member(desk, "claire")
    asked = [claire.get(address(route, "claire")) for route in routes(desk) if "GET" in (route.methods or ())]
    asked += [desks.visitor(desk).get("/nowhere"), claire.post("/people", data={}), claire.get("/", headers={"host": "evil.example"})]  # fmt: skip
    for answer in asked:
        for name, value in HEADERS.items():
            if name == "cache-control" and "/static/" in str(answer.url):
                continue
            assert value in answer.headers[name], f"{answer.url} {name}"
        assert "access-control-allow-origin" not in answer.headers


# --- Requests of other sites -------------------------------------------------------------------------


FORGED = {
    "another site": {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    "a sister of ours": {"sec-fetch-site": "same-site", "origin": "https://www.desk.example"},
    "a frame without an origin": {"sec-fetch-site": "cross-site", "origin": "null"},
    "a browser that says nothing": {"sec-fetch-site": "", "origin": ""},
    "our origin, which they cannot have": {"sec-fetch-site": "cross-site", "origin": ORIGIN},
    "the address bar": {"sec-fetch-site": "none", "origin": ""},
    "http instead of https": {"sec-fetch-site": "same-site", "origin": ORIGIN.replace("http", "https")},
}


@pytest.mark.parametrize("headers", FORGED.values(), ids=FORGED)
def test_no_form_of_another_site_changes_anything(desk: Desk, headers: dict[str, str]) -> None:
    browser = desks.member(desk, "claire")
    for route in routes(desk):
        if set(route.methods or ()) - guard.SAFE:
            answer = browser.post(address(route), data={}, headers=headers, follow_redirects=False)
            assert answer.status_code == 403, route.path
            assert "set-cookie" not in answer.headers


def test_no_other_site_signs_anybody_in(desk: Desk) -> None:
    sent = {"name": "luc", "password": PASSWORD}
    answer = desks.visitor(desk).post("/sign-in", data=sent, headers=FORGED["another site"])
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"])
def test_other_methods_do_nothing(desk: Desk, method: str) -> None:
    browser = desks.member(desk, "claire")
    for path in ("/", "/house", "/people", "/sign-in"):
        assert browser.request(method, path).status_code == 405


def test_nothing_is_changed_by_reading(desk: Desk) -> None:
    browser = desks.member(desk, "claire")
    for route in routes(desk):
        if route.path not in reading(desk):
            assert browser.get(address(route), follow_redirects=False).status_code in {404, 405}, route.path


def test_a_socket_is_closed(desk: Desk) -> None:
    with pytest.raises(WebSocketDisconnect), desks.member(desk, "claire").websocket_connect("/"):
        pass


# --- Where one is led ------------------------------------------------------------------------------------


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " /evil",
    "evil.example",
    "javascript:alert(1)",
    "/x\r\nset-cookie: a=b",
    "",
]


@pytest.mark.parametrize("after", ELSEWHERE)
def test_signing_in_leads_nowhere_else(desk: Desk, after: str) -> None:
    browser = desks.visitor(desk)
    browser.get("/sign-in", params={"next": after})
    sent = {"name": "mina", "password": PASSWORD, "next": after}
    answer = browser.post("/sign-in", data=sent, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert browser.get("/sign-in", params={"next": after}, follow_redirects=False).headers["location"] == "/"


def test_signing_in_leads_back_to_where_one_was(desk: Desk) -> None:
    browser = desks.visitor(desk)
    led = browser.get("/?text=a&state=issued", follow_redirects=False).headers["location"]
    shown = browser.get(led).text
    after = re.findall(r'name="next" value="([^"]+)"', shown)[0].replace("&amp;", "&")
    assert after == "/?text=a&state=issued"
    answer = browser.post("/sign-in", data={"name": "mina", "password": PASSWORD, "next": after}, follow_redirects=False)  # fmt: skip
    assert answer.headers["location"] == after
    assert own_path("/letters/new?a=b#c") == "/letters/new?a=b#c"


@pytest.mark.parametrize("before", [f"{ORIGIN}//evil.example/", f"{ORIGIN}/\\evil.example", f"{ORIGIN}.evil.example/", "https://evil.example/"])  # fmt: skip
def test_switching_the_language_leads_nowhere_else(desk: Desk, before: str) -> None:
    answer = desks.visitor(desk).post("/language?to=fr", headers={"referer": before}, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["//evil.example/people/", "/people/", "/house//"])
def test_a_slash_more_leads_nowhere(desk: Desk, path: str) -> None:
    answer = desks.member(desk, "claire").get(f"{ORIGIN}{path}", follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


# --- How much is sent, and how slowly -----------------------------------------------------------------------


def _parts(count: int) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    yield b"name="
    for _part in range(count):
        yield b"x" * 1024


def test_nobody_sends_much_before_signing_in(desk: Desk) -> None:
    browser = desks.visitor(desk)
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/sign-in", content=_parts(60), headers=form).status_code == 401
    assert browser.post("/sign-in", content=_parts(65), headers=form).status_code == 413
    assert browser.post("/sign-in", data={"name": "x" * (65 << 10)}).status_code == 413


def test_a_member_sends_no_more_than_a_request_may_have(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_REQUEST", 100 << 10)
    browser = desks.member(desk, "claire")
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/people", content=_parts(99), headers=form).status_code == 422
    assert browser.post("/people", content=_parts(101), headers=form).status_code == 413
    upload = [("files", (f"{number}.pdf", b"%PDF-" * 5000)) for number in range(5)]
    for route in routes(desk):
        if set(route.methods or ()) - guard.SAFE:
            assert browser.post(address(route, "claire"), files=upload).status_code == 413, route.path


MUCH: dict[str, Any] = {
    "many fields": {"data": {f"field{number}": "x" for number in range(5000)}},
    "many files": {"files": [("files", (f"{number}.pdf", b"x")) for number in range(1500)]},
    "no form": {"content": b"\x00\xff" * 500, "headers": {"content-type": "multipart/form-data; boundary=x"}},
    "no boundary": {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
    "no UTF-8": {"content": b"name=%ff%fe", "headers": {"content-type": "application/x-www-form-urlencoded"}},
    "another type": {"content": b"{}", "headers": {"content-type": "application/json"}},
}


@pytest.mark.parametrize("sent", MUCH.values(), ids=MUCH)
def test_a_form_out_of_measure_is_refused_everywhere(desk: Desk, sent: dict[str, Any]) -> None:
    browser = desks.member(desk, "claire")
    for route in routes(desk):
        if set(route.methods or ()) - guard.SAFE and "sign-out" not in route.path:
            answer = browser.post(address(route, "claire"), follow_redirects=False, **sent)
            assert answer.status_code < 500, route.path
    assert browser.get("/people").status_code == 200  # still let in: none of these was a stranger's form


RAW = {
    "two lengths": (b"POST /language HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n", 400),
    "no number": (b"POST /language HTTP/1.1\r\nContent-Length: many\r\n", 400),
    "a length below nothing": (b"POST /language HTTP/1.1\r\nContent-Length: -1\r\n", 400),
    "a length with a sign": (b"POST /language HTTP/1.1\r\nContent-Length: +5\r\n", 400),
    "a length and an encoding": (
        b"GET / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        400,
    ),
    "two encodings": (
        b"POST /language HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        400,
    ),
    "a list of lengths": (b"POST /language HTTP/1.1\r\nContent-Length: 0, 5\r\n", 400),
    "a carriage return in a header": (b"GET / HTTP/1.1\r\nX: a\rX-Host: evil.example\r\n", 400),
    "two names, ours first": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n", 400),
    "a name over two lines": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n 127.0.0.1:PORT\r\n", 421),
    "another protocol": (b"GET / HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n", 401),
    "a socket": (
        b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n",
        401,
    ),
    "thousands of headers": (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000, None),
    "an unknown encoding": (b"POST /language HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n", 400),
    "a space before the colon": (b"GET / HTTP/1.1\r\nHost : evil.example\r\n", 400),
    "a null character": (b"GET /\x00 HTTP/1.1\r\n", 400),
    "a line feed in a header": (b"GET / HTTP/1.1\r\nX: a\nSet-Cookie: b\r\n", None),
    "a head without end": (b"GET / HTTP/1.1\r\nX: " + b"x" * (1 << 20) + b"\r\n", 400),
    "another name for us": (b"GET http://evil.example/ HTTP/1.1\r\n", None),
    "an old version without a name": (b"GET / HTTP/1.0\r\n", None),
}


@pytest.fixture(scope="module")
def port(house: Path) -> Iterator[int]:
    with desks.served(desks.desk_of(house)) as served:
        yield urlsplit(served).port or 0


@pytest.mark.parametrize(("head", "status"), RAW.values(), ids=RAW)
def test_a_request_that_could_be_read_in_two_ways_is_refused(
    port: int, head: bytes, status: int | None
) -> None:
    named = b"" if b"Host" in head or b"/1.0" in head else f"Host: 127.0.0.1:{port}\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        sent = head.replace(b"PORT", str(port).encode()) + named
        connection.sendall(sent + b"Connection: close\r\n\r\n")
        answer = connection.makefile("rb").readline()
    code = int(answer.split()[1])
    assert code == status if status else 400 <= code < 500


def test_whoever_sends_a_head_too_slowly_is_cut_off(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SECONDS_FOR_HEAD", 0.2)
    with desks.served(desks.desk_of(house)) as served:
        origin = ("127.0.0.1", urlsplit(served).port or 0)
        whole = f"GET /static/desk.css HTTP/1.1\r\nHost: 127.0.0.1:{origin[1]}\r\n\r\n".encode()
        for beginning in (b"", b"GET / HTTP/1.1\r\nX: ", whole + b"GET / HT"):
            with socket.create_connection(origin, timeout=10) as connection:
                connection.sendall(beginning)
                assert connection.makefile("rb").read() is not None, "it ends"


def test_whoever_sends_a_body_too_slowly_is_refused(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS_BETWEEN", 0.1)
    desk = desks.team(house)
    with desks.served(desk) as served:
        name = f"127.0.0.1:{urlsplit(served).port}"
        head = (
            f"POST /sign-in HTTP/1.1\r\nHost: {name}\r\nOrigin: http://{name}\r\nContent-Length: 50\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\nname="
        )
        with socket.create_connection(("127.0.0.1", urlsplit(served).port or 0), timeout=10) as connection:
            connection.sendall(head.encode())
            assert b" 413 " in connection.makefile("rb").readline()
    desk.store.close()


# --- Other houses, other machines, other ears --------------------------------------------------------------------


def test_a_desk_listens_to_this_machine_alone(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bound: list[Any] = []
    monkeypatch.setattr(server, "_run", lambda _guarded, socket, _opened: bound.append(socket.getsockname()))
    server.serve(desks.desk_of(house), None, lambda _address: None)
    place = replace(place_of("https://desk.example", None, [], None), port=0)  # whichever is free
    server.serve_team(desks.team(house), place, lambda _address: None)
    assert [host for host, _port in bound] == ["127.0.0.1", "127.0.0.1"]


def test_what_is_said_when_it_answers_is_in_the_language_of_who_started_it(house: Path) -> None:
    told: list[str] = []
    before = i18n.language()
    i18n.use("fr")
    try:
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            guarded = application(desks.desk_of(house), [ORIGIN], Keys())
            running = server._Server(server.config_of(guarded), lambda: told.append(i18n.language()))
            thread = threading.Thread(
                target=contextvars.copy_context().run, args=(running.run, [bound]), daemon=True
            )
            thread.start()
            while not told:
                time.sleep(0.01)
            running.should_exit = True
            thread.join()
    finally:
        i18n.use(before)
    assert told == ["fr"]


def test_a_cookie_cannot_be_read_sent_or_set_by_others(desk: Desk) -> None:
    place = place_of("https://desk.example", None, [], None)
    browser = desks.visitor(desk, place.origin, place.proxy, client=("127.0.0.1", 1))
    answer = browser.post("/sign-in", data={"name": "mina", "password": PASSWORD}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-accord_desk=")
    assert {"secure", "httponly", "samesite=strict", "path=/"} <= set(cookie.split("; "))
    assert "domain" not in cookie
    language = browser.post("/language?to=fr", follow_redirects=False).headers["set-cookie"].lower()
    assert {"secure", "httponly", "samesite=strict"} <= set(language.split("; "))


def test_two_desks_of_one_machine_do_not_know_each_other(tmp_path: Path) -> None:
    origins = ["http://127.0.0.1:8710", "http://127.0.0.1:8711"]
    keys = [Keys(), Keys()]
    desks_of_two = [desks.desk_of(desks.house(tmp_path / str(number))) for number in range(2)]
    applications = [
        application(desk, [origin], key)
        for desk, origin, key in zip(desks_of_two, origins, keys, strict=True)
    ]
    first, second = (
        TestClient(each, base_url=origin) for each, origin in zip(applications, origins, strict=True)
    )
    assert second.get(f"/?token={keys[0].token}", follow_redirects=False).status_code == 401
    assert first.get(f"/?token={keys[0].token}").status_code == 200
    assert second.get(f"/?token={keys[1].token}").status_code == 200
    assert not set(first.cookies) & set(second.cookies), "a browser does not part ports"
    stolen = dict(zip(second.cookies, first.cookies.values(), strict=True))
    assert TestClient(applications[1], base_url=origins[1], cookies=stolen).get("/").status_code == 401


def test_a_session_of_one_house_opens_no_other(desk: Desk, tmp_path: Path) -> None:
    other = desks.team(desks.house(tmp_path), mina="admin")
    browser, stranger = desks.member(desk, "mina"), desks.visitor(other)
    stranger.cookies.update(browser.cookies)
    assert "<h1>Sign in</h1>" in stranger.get("/").text
    assert stranger.get(f"/letters/{ENTRY.reference}", follow_redirects=False).status_code == 303
    other.store.close()


def test_looking_ahead_does_not_use_the_token_up(house: Path) -> None:
    keys = Keys()
    browser = TestClient(application(desks.desk_of(house), [ORIGIN], keys), base_url=ORIGIN)
    token = keys.token
    browser.head(f"/?token={token}")
    browser.get(f"/house?token={token}")
    entered = browser.get(f"/?token={token}", follow_redirects=False)
    assert entered.status_code == 303
    assert token not in entered.headers["location"]
    assert token not in entered.headers["set-cookie"]


def test_no_secret_is_in_a_log_or_an_address(
    desk: Desk, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    claire = desks.member(desk, "claire")
    link = re.findall(r"/invitation/([\w-]+)", claire.post("/people/link", data={"name": "mina"}).text)[0]
    assert link not in claire.get("/people").text
    sessions = [value for name, value in claire.cookies.items() if name.startswith(guard.COOKIE)]
    pages = [claire.get(address(route, "claire")) for route in routes(desk) if "GET" in (route.methods or ())]
    for answer in pages:
        for secret in (PASSWORD, link, *sessions, "$argon2"):
            assert secret not in answer.text
            assert secret not in str(answer.url)
    told = "".join(capfd.readouterr()) + "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))
    )
    for secret in (PASSWORD, link, *sessions):
        assert secret not in told


def test_a_server_logs_nothing_that_is_asked(house: Path) -> None:
    config = server.config_of(application(desks.desk_of(house), [ORIGIN], Keys()))
    assert not config.access_log
    assert not config.proxy_headers, "what a client says of its address is believed by the guard, of a proxy"
    assert config.limit_concurrency
    assert ("server", "uvicorn") not in config.headers


def test_a_path_of_the_machine_is_on_no_page(desk: Desk, house: Path) -> None:
    claire = desks.member(desk, "claire")
    for route in routes(desk):
        if "GET" in (route.methods or ()):
            assert str(house.parent) not in claire.get(address(route, "claire")).text, route.path


CLIMBING = ["..%2f..%2faccord.toml", "%2e%2e%2faccord.toml", "..%5caccord.toml", "accord.toml", "%00", "a" * 3000, "%2fetc%2fpasswd"]  # fmt: skip


@pytest.mark.parametrize("climbing", CLIMBING)
def test_no_page_reads_a_file_that_an_address_names(desk: Desk, climbing: str) -> None:
    claire = desks.member(desk, "claire")
    for route in routes(desk):
        if "GET" in (route.methods or ()) and "{" in route.path:
            answer = claire.get(re.sub(r"{[\w:]+}", climbing, route.path))
            assert answer.status_code in {404, 405, 422}, route.path
            assert "732 829 320" not in answer.text
            assert "root:" not in answer.text
