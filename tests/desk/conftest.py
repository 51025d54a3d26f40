"""A browser for the tests of a file, and a fresh page in it for each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from support import browser as browsers


@pytest.fixture(scope="session")
def running_browser() -> Iterator[str]:
    """Started once in each process of the tests."""
    with browsers.running() as address:
        yield address


@pytest.fixture(scope="module")
def browser(running_browser: str) -> Iterator[Browser]:
    """Driven no longer: meanwhile, Playwright runs a loop in this thread, and nothing else may."""
    with browsers.driven(running_browser) as connected:
        yield connected


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in English that fails the test for any error of a script, or anything that the policy of the desk stops."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(90_000)  # ms: a desk starts processes, for which tests beside it leave little
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not errors
