"""Work that is done while somebody reads or types."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import TypeVar

Result = TypeVar("Result")


def meanwhile(work: Callable[[], Result]) -> Callable[[], Result]:
    """Start `work` in the background; the function returned waits for what it gives or raises."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is wanted
            future.set_exception(error)

    # A new thread would speak English: it takes over the language of this one.
    threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()
    return future.result
