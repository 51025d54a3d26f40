"""A real Chromium, that of the system, driven by Playwright."""

import os
import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Event, Thread

from playwright.sync_api import Browser, Playwright, sync_playwright


def program() -> str:
    """Where Chromium is; `AssertionError` if it is not on this machine."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "Chromium is not installed: apt-get install chromium"
    return found


def _launched(playwright: Playwright, *more: str) -> Browser:
    # Letters are set without the machine's fonts, of which a browser needs some.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG_")}
    return playwright.chromium.launch(
        executable_path=program(), args=["--no-sandbox", *more], env=environment
    )


@contextmanager
def browser() -> Iterator[Browser]:
    """One running browser."""
    with sync_playwright() as playwright:
        started = _launched(playwright)
        try:
            yield started
        finally:
            started.close()


@contextmanager
def running() -> Iterator[str]:
    """A browser that waits for those who drive it, one after the other; its address."""
    ready: Future[str] = Future()
    enough = Event()

    def keep() -> None:
        # In a thread of its own: while Playwright runs here, nothing else that is asynchronous may.
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        try:
            with sync_playwright() as playwright:
                started = _launched(playwright, f"--remote-debugging-port={port}")
                ready.set_result(f"http://127.0.0.1:{port}")
                enough.wait()
                started.close()
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    thread = Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield ready.result()
    finally:
        enough.set()
        thread.join()


@contextmanager
def driven(address: str) -> Iterator[Browser]:
    """That browser, driven from here."""
    with sync_playwright() as playwright:
        connected = playwright.chromium.connect_over_cdp(address)
        try:
            yield connected
        finally:
            connected.close()
