"""What the guard of the desk lets through, and what it stops."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from accord.desk.app import application
from accord.desk.guard import COOKIE, Keys
from support import desks
from support.desks import ORIGIN


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desks.house(tmp_path_factory.mktemp("house"))


def test_the_token_lets_in_once(house: Path) -> None:
    keys = Keys()
    guarded, token = application(desks.desk_of(house), [ORIGIN], keys), keys.token
    first, second = (TestClient(guarded, base_url=ORIGIN, follow_redirects=False) for _ in range(2))
    assert first.get("/").status_code == 401
    assert first.get("/?token=guessed").status_code == 401
    entered = first.get(f"/?token={token}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()
    assert first.get("/").status_code == 200
    assert second.get(f"/?token={token}").status_code == 401
    assert second.get("/").status_code == 401


ATTACKS = {
    "a name that leads here (DNS rebinding)": ("GET", {"host": "evil.example:8710"}, 421),
    "the right name without the port": ("GET", {"host": "127.0.0.1"}, 421),
    "another port of this machine": ("GET", {"host": "127.0.0.1:8711"}, 421),
    "our name with a point": ("GET", {"host": "127.0.0.1.:8710"}, 421),
    "our name as somebody’s": ("GET", {"host": "127.0.0.1:8710@evil.example"}, 421),
    "our name within another": ("GET", {"host": "127.0.0.1:8710.evil.example"}, 421),
    "our name and another": ("GET", {"host": "127.0.0.1:8710, evil.example"}, 421),
    "every address of this machine": ("GET", {"host": "0.0.0.0:8710"}, 421),
    "our address as one number": ("GET", {"host": "2130706433:8710"}, 421),
    "our port with a nought": ("GET", {"host": "127.0.0.1:08710"}, 421),
    "our name as a proxy’s": ("GET", {"host": "evil.example", "x-forwarded-host": "127.0.0.1:8710"}, 421),
    "a form of another site": (
        "POST",
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        403,
    ),
    "a form of another port": ("POST", {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:1"}, 403),
    "another site that hides its origin": ("POST", {"sec-fetch-site": "cross-site", "origin": "null"}, 403),
    "a tool that says nothing of itself": ("POST", {"sec-fetch-site": "", "origin": ""}, 403),
    "a length that is none": ("POST", {"content-length": "many"}, 400),
    "a length of a thousand digits": ("POST", {"content-length": "9" * 1000}, 413),
    "more than it may send": ("POST", {"content-length": str(65 << 20)}, 413),
}


@pytest.mark.parametrize(("method", "headers", "status"), ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_stopped(house: Path, method: str, headers: dict[str, str], status: int) -> None:
    browser = desks.client(desks.desk_of(house))
    assert browser.request(method, "/language?to=fr", headers=headers).status_code == status


def test_what_names_neither_a_site_nor_an_origin_changes_nothing(house: Path) -> None:
    browser = desks.client(desks.desk_of(house))
    for name in ("origin", "sec-fetch-site"):
        del browser.headers[name]
    assert browser.post("/language?to=fr").status_code == 403
    browser.headers["referer"] = f"{ORIGIN}/"
    assert browser.post("/language?to=fr").status_code == 403


def test_no_header_says_where_the_desk_is(house: Path) -> None:
    browser = desks.client(desks.desk_of(house))
    elsewhere = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example", "x-forwarded-proto": "https", "x-original-url": "/house"}  # fmt: skip
    answer = browser.post("/language?to=fr", headers=elsewhere, follow_redirects=False)
    assert answer.headers["location"] == "/"
    assert "evil.example" not in browser.get("/", headers=elsewhere).text


def test_every_answer_has_the_policy(house: Path) -> None:
    browser = desks.client(desks.desk_of(house))
    for address in ("/", "/nowhere", "/static/desk.css", "/static/fonts/SourceSansPro-Regular.otf"):
        headers = browser.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["../../accord.toml", "..%2f..%2faccord.toml", "%2e%2e/%2e%2e/app.py", "/etc/passwd"]
)
def test_no_path_comes_from_outside(house: Path, name: str) -> None:
    browser = desks.client(desks.desk_of(house))
    for folder in ("/static/", "/static/fonts/"):
        assert browser.get(folder + name).status_code in {404, 405}


def test_the_language_is_switched_and_the_page_shown_again(house: Path) -> None:
    browser = desks.client(desks.desk_of(house))
    assert "<h1>Board</h1>" in browser.get("/").text
    switched = browser.post("/language?to=fr", headers={"referer": f"{ORIGIN}/"})
    assert "<h1>Tableau de bord</h1>" in switched.text
    answer = browser.post(
        "/language?to=fr", headers={"referer": "https://evil.example/"}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"
