"""Who signed a file, in words, the same ones wherever it is read."""

import datetime
from collections.abc import Callable, Iterator

from accord import i18n
from accord.i18n import _
from accord.text import formats
from accord.text.characters import harmless
from accord.verify.signed import Signed


def in_words(signed: Signed, marked: Callable[[str], str] = str) -> Iterator[str]:
    """Who signed, when, what, and whether to trust it, which is `marked`; one line each, all but the first indented."""
    yield _headline(signed)
    if signed.time:
        yield f"  {_when(signed)}"
    if signed.intact:
        yield f"  {_covers(signed)}"
    level = _level(signed)
    if signed.remark:
        yield f"  {marked(signed.remark)}{f'; {level}' if level else ''}"
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
