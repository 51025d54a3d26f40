"""Whom to trust, as options; and who signed a file, in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from accord import isolation
from accord.cli import options
from accord.i18n import _
from accord.signing.trust import Trust
from accord.verify import told_signed
from accord.verify.signed import Signed
from accord.verify.verdict import LIMITS

SECONDS_ONLINE = 120
COLOURS = {"trusted": "green", "unchecked": "yellow", "revocation-unknown": "yellow"}


def trusting(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say whom to trust: the arguments `trust`, `trust_list` and `online` of `trust_of`."""
    given = (
        click.option(
            "--trust",
            metavar="FILE|FOLDER",
            type=options.PATH,
            multiple=True,
            help=_(
                "Authorities that you trust: certificates (PEM or DER), revocation lists (.crl), trusted lists (.xml);"
                " any number of times. Those of accord.toml are trusted too."
            ),
        ),
        click.option(
            "--trust-list",
            metavar="FILE",
            type=options.PATH,
            multiple=True,
            help=_(
                "Trusted list of a country (ETSI TS 119 612), which says who issues qualified certificates; any number"
                " of times. With the list of the lists, or --trust for the certificate that signed it."
            ),
        ),
        click.option(
            "--online",
            is_flag=True,
            help=_(
                "Ask the trusted authorities whether a certificate was revoked; without it, no network is used."
            ),
        ),
    )
    for option in reversed(given):
        function = option(function)
    return function


def limits(*, online: bool) -> isolation.Limits:
    """Those of `verify`, with time for authorities that do not answer."""
    return replace(LIMITS, seconds=LIMITS.seconds + SECONDS_ONLINE) if online else LIMITS


def trust_of(
    places: Sequence[Path], lists: Sequence[Path], process: isolation.Process, *, online: bool
) -> Trust:
    """Whom the options name; `AccordError` for files that cannot be used.  The lists are tried out in `process`."""
    trust = Trust(options.now(), is_online=online).with_files(places, lists)
    if trust.lists:
        try:
            process.call("accord.signing.trust:check", trust)
        except isolation.NoAnswer as defect:
            raise defect.about(", ".join(each.name for each in trust.lists)) from None
    return trust


def all_in_words(found: Iterable[Signed]) -> Iterator[str]:
    """What `in_words` tells of each."""
    for signed in found:
        yield from in_words(signed)


def in_words(signed: Signed) -> Iterator[str]:
    """Who signed, when, what, and whether to trust it; one line each, in colour."""
    colour = COLOURS.get(signed.trust, "red")
    return told_signed.in_words(signed, lambda remark: click.style(remark, fg=colour))
