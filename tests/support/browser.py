"""A real Chromium, that of the system, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright


def program() -> str:
    """Where Chromium is; `AssertionError` if it is not on this machine."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "Chromium is not installed: apt-get install chromium"
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """One running browser."""
    with sync_playwright() as playwright:
        # Letters are set without the machine's fonts, of which a browser needs some.
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG_")
        }
        started = playwright.chromium.launch(
            executable_path=program(), args=["--no-sandbox"], env=environment
        )
        try:
            yield started
        finally:
            started.close()
