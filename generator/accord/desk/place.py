"""Where a team's desk is reached, and by whom: what is refused, with the reason."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from accord.desk.guard import Proxy
from accord.errors import AccordError
from accord.i18n import _
from accord.text.characters import excerpt

USUAL = "127.0.0.1:8710"
ON_THIS_MACHINE = ("127.0.0.1", "::1")


@dataclass(frozen=True)
class Place:
    """Where a desk listens, the origin that browsers see, and the proxy between the two, if there is one."""

    host: str
    port: int
    origin: str
    proxy: Proxy | None


def place_of(url: str | None, listen: str | None, proxies: Sequence[str], header: str | None) -> Place:
    """The place of a team's desk; `AccordError` where it would not be safe.

    `url` is what browsers open, `listen` an address of this machine with its
    port, `proxies` those who may speak to it, `header` that by which they say who asks.
    """
    if url is None:
        raise AccordError(
            _(
                "Other machines reach the desk only through a proxy that speaks TLS, and people only with accounts:"
                " state the address that browsers open, such as --url https://desk.example"
            )
        )
    host, port = _listening(listen or USUAL)
    origin, name = _origin(url)
    is_here = host in ON_THIS_MACHINE
    if origin.startswith("http://"):
        if not (is_here and name in {*ON_THIS_MACHINE, "localhost"}):
            sentence = _(
                "{url} would send passwords in the clear; state the https address of the proxy before the desk."
            )
            raise AccordError(sentence.format(url=url))
        if proxies or header:
            raise AccordError(_("A proxy speaks TLS: with --proxy, --url begins with https://"))
        return Place(host, port, origin, None)
    if header and not proxies:
        raise AccordError(
            _(
                "Whoever reached the desk could write that header: state by --proxy the address of the proxy that sets it."
            )
        )
    if not (is_here or proxies):
        sentence = _(
            "At {address} anybody could speak to the desk without TLS: state by --proxy the address of the proxy, or leave --listen out."
        )
        raise AccordError(sentence.format(address=f"{host}:{port}"))
    return Place(
        host, port, origin, Proxy(_addresses(proxies) or frozenset(ON_THIS_MACHINE), _header(header))
    )


def _listening(text: str) -> tuple[str, int]:
    host, _colon, port = text.rpartition(":")
    sentence = _(
        "{text} is no address to listen at; write one of this machine with a port, such as {example}"
    )
    if not (port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65536):
        raise AccordError(sentence.format(text=excerpt(text), example=USUAL))
    try:
        return str(ipaddress.ip_address(host.strip("[]"))), int(port)
    except ValueError:
        raise AccordError(sentence.format(text=excerpt(text), example=USUAL)) from None


def _origin(text: str) -> tuple[str, str]:
    """The origin of an address as browsers write it, and its name."""
    try:
        parts = urlsplit(text.strip())
        port, name = parts.port, parts.hostname or ""
    except ValueError:
        port, name, parts = None, "", urlsplit("")
    if (
        parts.scheme not in {"http", "https"}
        or not name
        or parts.path not in {"", "/"}
        or parts.query
        or parts.username
    ):
        sentence = _(
            "{text} is not the address of a desk; write such as https://desk.example, without a path"
        )
        raise AccordError(sentence.format(text=excerpt(text)))
    usual = {"http": 80, "https": 443}[parts.scheme]
    shown = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{shown}{f':{port}' if port and port != usual else ''}", name


def _addresses(texts: Sequence[str]) -> frozenset[str]:
    try:
        return frozenset(str(ipaddress.ip_address(text.strip())) for text in texts)
    except ValueError:
        sentence = _("{text} is no address of a proxy; write it in numbers, such as 10.0.0.5")
        raise AccordError(sentence.format(text=excerpt(", ".join(texts)))) from None


def _header(name: str | None) -> str | None:
    if name is None or re.fullmatch(r"[A-Za-z0-9-]{1,64}", name):
        return name
    sentence = _("{text} is no header’s name; write such as X-Forwarded-User")
    raise AccordError(sentence.format(text=excerpt(name)))
