"""Whom to trust, as options; and who signed a file, in words."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from accord import i18n, isolation
from accord.cli import options
from accord.cli.recorder import now
from accord.i18n import _
from accord.signing.trust import Trust
from accord.text import formats
from accord.text.characters import harmless
from accord.verify.signed import Signed

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


def trust_of(
    places: Sequence[Path], lists: Sequence[Path], process: isolation.Process, *, online: bool
) -> Trust:
    """Whom the options name; `AccordError` for files that cannot be used.  The lists are tried out in `process`."""
    trust = Trust(now(), is_online=online).with_files(places, lists)
    if trust.lists:
        process.call("accord.signing.trust:check", trust)
    return trust


def all_in_words(found: Iterable[Signed]) -> Iterator[str]:
    """What `in_words` tells of each."""
    for signed in found:
        yield from in_words(signed)


def in_words(signed: Signed) -> Iterator[str]:
    """Who signed, when, what, and whether to trust it; one line each, in colour."""
    yield _headline(signed)
    if signed.time:
        yield f"  {_when(signed)}"
    if signed.intact:
        yield f"  {_covers(signed)}"
    level = _level(signed)
    if signed.remark:
        remark = click.style(signed.remark, fg=COLOURS.get(signed.trust, "red"))
        yield f"  {remark}{f'; {level}' if level else ''}"
    if signed.names_party is False and signed.is_signature:
        yield "  " + _(
            "the certificate names neither the company of this field nor who signs for it in the letter: see to it that"
            " this person may"
        )


def _headline(signed: Signed) -> str:
    name = signed.signer or _("somebody")
    if not signed.intact:
        sentence = _("field {field}: no signature that holds ({fault})")
        return harmless(sentence.format(field=signed.field, fault=signed.fault))
    sentence = (
        _("field {field}: time stamp of {name} ({subject}); certificate issued by {issuer}")
        if signed.kind == "time-stamp"
        else _("field {field}: signed by {name} ({subject}); certificate issued by {issuer}")
    )
    return harmless(
        sentence.format(field=signed.field, name=name, subject=signed.subject, issuer=signed.issuer)
    )


def _when(signed: Signed) -> str:
    moment = datetime.datetime.fromisoformat(signed.time)
    when = _("{day}, {time} ({zone})").format(
        day=formats.date(moment.date(), i18n.locale()), time=f"{moment:%H:%M}", zone=moment.tzname()
    )
    if signed.clock != "authority":
        return _("on {when}, as the signer’s own clock says").format(when=when)
    if signed.clock_trust == "trusted":
        return _("on {when}, as {authority}, a time stamping authority that is trusted, says").format(
            when=when, authority=signed.clock_authority
        )
    return _("on {when}, as the time stamp of {authority} says, who is not known to be trusted").format(
        when=when, authority=signed.clock_authority
    )


def _covers(signed: Signed) -> str:
    if signed.covers == "whole":
        return _("covers the whole file")
    return {
        "harmless": _(
            "covers the file as it was then; what was added since is signatures and their proofs alone"
        ),
        "harmful": _("covers the file as it was then; what was added since is not harmless: see above"),
        "unknown": _("covers the file as it was then; what was added since is not judged"),
    }[signed.later]


def _level(signed: Signed) -> str:
    if signed.kind == "time-stamp" or not signed.level:
        return ""
    return {
        "advanced": _("advanced electronic signature"),
        "advanced-qualified-certificate": _("advanced electronic seal with a qualified certificate")
        if signed.seal
        else _("advanced electronic signature with a qualified certificate"),
        "qualified": _("qualified electronic seal") if signed.seal else _("qualified electronic signature"),
    }[signed.level]
