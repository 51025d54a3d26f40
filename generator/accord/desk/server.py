"""The desk on a port of this machine, until somebody stops it."""

import contextlib
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from accord.desk.app import application
from accord.desk.desk import Desk
from accord.desk.guard import Keys
from accord.errors import AccordError
from accord.i18n import _
from accord.pdf import engine

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8710


def serve(desk: Desk, port: int | None, opened: Callable[[str], object]) -> None:
    """Serve a desk on loopback until Ctrl-C; `opened` gets the address that lets one in, once it answers.

    Without a `port` the usual one is taken, or a free one if that is in use; `AccordError` if a port that was asked for is.
    """
    keys = Keys()
    with _bound(port) as bound:
        number = bound.getsockname()[1]
        origins = [f"http://{name}:{number}" for name in (LOOPBACK, "localhost")]
        server = _Server(
            uvicorn.Config(application(desk, origins, keys), log_level="critical", lifespan="off", workers=1),
            lambda: opened(f"{origins[0]}/?token={keys.token}"),
        )
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[bound])


def _bound(port: int | None) -> socket.socket:
    """A socket on loopback."""
    for wanted in (USUAL_PORT, 0) if port is None else (port,):
        bound = socket.socket()
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((LOOPBACK, wanted))
        except OSError as error:
            bound.close()
            reason = error.strerror
        else:
            return bound
    sentence = _("Port {port} cannot be used ({reason}); write another one, or leave --port out.")
    raise AccordError(sentence.format(port=port, reason=reason))


class _Server(uvicorn.Server):
    """A server that says when it answers, and then loads what the first letter needs."""

    def __init__(self, config: uvicorn.Config, answering: Callable[[], object]) -> None:
        super().__init__(config)
        self._answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        threading.Thread(target=self._after, daemon=True).start()

    def _after(self) -> None:
        self._answering()
        with contextlib.suppress(AccordError):  # the first letter will say so
            import accord.review.review  # noqa: F401, PLC0415 - while somebody reads the first page

            engine.load()


def open_browser(address: str) -> bool:
    """Open an address in the browser of this machine; whether there is one."""
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False
