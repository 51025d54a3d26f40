"""Who signed a PDF, when, what the signature covers, and whether to trust it: for people and for programs.

Whether each signature holds is for `signatures` to say, whom to trust for `signing.reading`.
"""

import datetime
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pikepdf

from accord import i18n
from accord.domain.house import HouseFile
from accord.errors import Defect
from accord.i18n import N_, _
from accord.signing import reading
from accord.signing.holders import is_of, name_in, names_in
from accord.signing.reading import Judged, Proofs, Standing
from accord.signing.trust import Trust, anchors
from accord.text import formats
from accord.text.characters import excerpt
from accord.verify import embedded_data, signature_fields, signatures
from accord.verify.signatures import Signature
from accord.verify.signed import Covered, Later, Signed
from accord.verify.streams import unpacked
from accord.verify.verdict import Verdict

MOST_PROOFS = 200  # of one kind in a file
LONGEST_NAME = 200  # characters of the names in a certificate


def told(verdict: Verdict, content: bytes, home: HouseFile | None, trust: Trust) -> Verdict:
    """The verdict on a PDF with its signatures; those whom the house at hand trusts are trusted too."""
    if home and (place := home.house.signatures.trust):
        trust = trust.with_files([home.path.parent / place])
    found = read(content, verdict.answer, trust)
    remarks = anchors(trust).remarks if found else ()
    return replace(verdict, signatures=found, notes=(*verdict.notes, *remarks))


def read(content: bytes, answer: str, trust: Trust) -> tuple[Signed, ...]:
    """The signatures of a PDF on which `verify` gave this answer, in the order of its form.

    Empty for a file that cannot be read, of which the answer says enough.  Raises `AccordError` for trusted
    lists that cannot be used.
    """
    try:
        pdf = embedded_data.open_pdf(content)
        values = [field["/V"] for field in signature_fields.signed(pdf)]
    except Defect:
        return ()
    if not values:
        return ()
    found = tuple(signatures.read(content, pdf))
    reader = reading.Reader(anchors(trust), _proofs(pdf, trust), trust.moment)
    readings = _readings(found, values, reader)
    parties = _parties(pdf) if answer in {"authentic", "intact"} else {}
    return tuple(
        replace(
            _signed(each, readings.get(number), parties.get(each.field), is_online=trust.is_online),
            covers=(covers := _covered(each, len(content))),
            later=_later(covers, answer),
        )
        for number, each in enumerate(found)
    )


def _readings(
    found: Sequence[Signature], values: Sequence[Any], reader: reading.Reader
) -> dict[int, reading.Read]:
    """What each signature says, by its number, the last first: a trusted time stamp proves that what it covers was there then."""
    readings: dict[int, reading.Read] = {}
    proved = reader.moment
    for number, each in sorted(enumerate(found), key=lambda pair: -pair[1].end):
        contents = bytes(values[number]["/Contents"])
        with suppress(Exception):  # a dozen errors of as many libraries; what makes no sense says nothing
            if not each.is_time_stamp:
                readings[number] = reader.signature(contents, _time(values[number].get("/M")), proved)
                continue
            readings[number] = read = reader.time_stamp(contents, proved)
            if not each.fault and read.judged.standing == "trusted" and read.time:
                proved = min(proved, read.time)
    return readings


def _signed(
    each: Signature, read: reading.Read | None, party: Mapping[str, Any] | None, *, is_online: bool
) -> Signed:
    """A signature as it is printed, but for what it covers."""
    judged = read.judged if read and not each.fault else Judged("unsound" if not read else "unchecked")
    who = _who(read.certificate, party) if read else _NOBODY
    return Signed(
        field=excerpt(each.field),
        kind="time-stamp" if each.is_time_stamp else "signature",
        intact=not each.fault,
        fault=each.fault,
        **who,
        time=read.time.isoformat() if read and read.time else "",
        clock=read.clock if read else "none",
        clock_authority=excerpt(read.authority) if read else "",
        clock_trust=read.timed.standing if read and read.timed else None,
        covers="nothing",
        later="nothing",
        trust=judged.standing,
        trusted_by=excerpt(judged.by),
        level=judged.level,
        seal=judged.seal,
        remark=_remark(judged, read, is_online=is_online) if not each.fault else "",
    )


_NOBODY: Mapping[str, Any] = {"signer": "", "subject": "", "issuer": "", "serial": "", "names_party": None}


def _who(certificate: Any, party: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Whom a certificate names; nobody if it makes no sense, as a hostile one."""
    with suppress(Exception):  # a dozen errors of as many libraries
        return {
            "signer": excerpt(name_in(certificate), LONGEST_NAME),
            "subject": names_in(certificate, "subject"),
            "issuer": names_in(certificate, "issuer"),
            "serial": f"{certificate.serial_number:x}",
            "names_party": is_of(certificate, **party) if party else None,
        }
    return _NOBODY


def _covered(each: Signature, size: int) -> Covered:
    if each.fault:
        return "nothing"
    return "whole" if each.end == size else "earlier"


def _later(covers: Covered, answer: str) -> Later:
    """What came after a signature: `verify` finds each difference that signatures and their proofs do not make."""
    if covers != "earlier":
        return "nothing"
    if answer in {"authentic", "intact", "repackaged"}:
        return "harmless"
    return "harmful" if answer == "altered" else "unknown"


def _parties(pdf: Any) -> Mapping[str, Mapping[str, Any]]:
    """What certificates may name each party of the letter in a file by, by its field."""
    data = embedded_data.letter_data(pdf) or {}
    tables = {"supplier": data["house"]["supplier"], "prospect": data["deal"]["prospect"]}
    return {
        field: {
            "company": table.get("name", ""),
            "signer": _person(table.get("signatory") or table.get("contact") or {}),
            "identifiers": [table[key] for key in ("registration", "vat") if table.get(key)],
        }
        for field, table in tables.items()
    }


def _person(table: Mapping[str, str]) -> str:
    return " ".join(table[key] for key in ("first_name", "last_name") if table.get(key))


def _proofs(pdf: Any, trust: Trust) -> Proofs:
    """What the file keeps to prove its signatures by (ISO 32000-2, 12.8.4.3), and what is given beside it."""
    store = pdf.Root.get("/DSS")

    def kept(key: str) -> list[bytes]:
        entries = store.get(key) if isinstance(store, pikepdf.Dictionary) else None
        streams = list(entries)[:MOST_PROOFS] if isinstance(entries, pikepdf.Array) else []
        return [
            each for stream in streams if isinstance(stream, pikepdf.Stream) and (each := unpacked(stream))
        ]

    return Proofs(kept("/Certs"), (*trust.revocations, *kept("/CRLs")), kept("/OCSPs"), trust.is_online)


def _time(value: object) -> datetime.datetime | None:
    """A time such as D:20261201093000+01'00': ISO 32000-1, 7.9.4; None for none.  Without its zone, it is taken for UTC."""
    text = f"{value}".replace("'", "").replace("Z0000", "Z")
    for zone in ("", "+0000"):
        with suppress(ValueError):
            return datetime.datetime.strptime(f"{text}{zone}", "D:%Y%m%d%H%M%S%z")
    return None


# --- In words ----------------------------------------------------------------------


_REMARKS: Mapping[Standing, str] = {
    "trusted": N_("trusted: {by} vouches for it"),
    "unchecked": N_(
        "whether to trust it is not checked: name the authorities that you trust (--trust, or “signatures” in"
        " accord.toml)"
    ),
    "self-signed": N_(
        "not trusted: the certificate is self-signed, so that nobody vouches for the name in it; ask {name} for a"
        " signature with one of an authority, or, if you have this certificate from {name} in person, add it to those"
        " you trust"
    ),
    "unknown-issuer": N_(
        "not trusted: {name}, who issued the certificate or the one above it, is none of the authorities you trust; if"
        " you trust it, add its certificate"
    ),
    "expired": N_(
        "not trusted: the certificate of {name} expired on {day}, and no time stamp of a trusted authority proves that it"
        " was signed before; ask for a new signature, with a time stamp"
    ),
    "not-yet-valid": N_(
        "not trusted: the certificate of {name} is valid from {day} on, which is after it was signed; ask for a new"
        " signature"
    ),
    "not-listed": N_(
        "not trusted: on the day that counts, the trusted list did not vouch for {name}, whose entry there changed on"
        " {day}; ask for a new signature, with a certificate of an authority that is listed"
    ),
    "revoked": N_(
        "not trusted: the certificate of {name} was revoked on {day}, and no time stamp of a trusted authority proves"
        " that it was signed before; ask why, and for a new signature"
    ),
    "revocation-unknown": N_(
        "not trusted yet: nothing here says whether the certificate of {name} was revoked; ask its authority now"
        " (--online), or add its revocation list (.crl) to what you trust"
    ),
    "wrong-usage": N_(
        "not trusted: the certificate of {name} was issued for something else than signing; ask for a signature with one"
        " that is for signing"
    ),
    "weak": N_(
        "not trusted: the signature or the certificate of {name} uses a procedure that is no longer secure; ask for a new"
        " signature"
    ),
    "unsound": N_(
        "not trusted: the certificate, or one above it, is not as it should be (RFC 5280); ask who signed for a new"
        " signature"
    ),
}


def _remark(judged: Judged, read: reading.Read | None, *, is_online: bool) -> str:
    """Whether to trust a signature, and what to do about it."""
    if judged.standing == "revocation-unknown" and is_online:
        sentence = _(
            "not trusted yet: the authority of {name} does not say now whether the certificate was revoked; try again"
            " later, or add its revocation list (.crl) to what you trust"
        )
        return sentence.format(name=excerpt(judged.culprit))
    day = formats.date(judged.day, i18n.locale()) if judged.day else ""
    sentence = _(_REMARKS[judged.standing]).format(
        name=excerpt(judged.culprit) or _("its holder"), day=day, by=excerpt(judged.by)
    )
    if judged.standing == "trusted" and read and read.clock != "authority":
        return _("{sentence}, as of today").format(sentence=sentence)
    return sentence
