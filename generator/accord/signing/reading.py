"""Who made a signature, when, and whether to trust it: ETSI EN 319 102-1, as far as files alone can tell.

Whether a signature is of the file that it stands in is not judged here.  A certificate is judged at the time that a
trusted authority has stamped, else now: what only the signer’s own clock says, proves nothing of a certificate that
has ended since.
"""

import datetime
import hashlib
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

from accord.signing.holders import name_in, name_of
from accord.signing.trust import Anchors

Standing = Literal[
    "trusted",
    "unchecked",
    "self-signed",
    "unknown-issuer",
    "expired",
    "not-yet-valid",
    "not-listed",
    "revoked",
    "revocation-unknown",
    "wrong-usage",
    "weak",
    "unsound",
]
Level = Literal["", "advanced", "advanced-qualified-certificate", "qualified"]
Clock = Literal["none", "signer", "authority"]

SECONDS = 5  # to wait for an authority
SIGNING = frozenset({"digital_signature", "non_repudiation"})
OTHER_PURPOSES = frozenset({"server_auth", "code_signing", "time_stamping", "ocsp_signing"})
WEAK = frozenset({"md2", "md5", "sha1"})
SIGNATURE_STAMP = "signature_time_stamp_token"


@dataclass(frozen=True)
class Proofs:
    """Certificates and answers of authorities on revocation, in DER, beside those in the signature itself."""

    certificates: Sequence[bytes] = ()
    revocations: Sequence[bytes] = ()
    answers: Sequence[bytes] = ()
    is_online: bool = False


@dataclass(frozen=True)
class Judged:
    """How a certificate stands at a moment.

    `culprit` names the certificate that it is due to, `day` when that one ended, began or was revoked;
    `by` names whom one trusts, `level` what the signature is in law, `seal` whether a company made it.
    """

    standing: Standing
    culprit: str = ""
    day: datetime.date | None = None
    by: str = ""
    level: Level = ""
    seal: bool = False


@dataclass(frozen=True)
class Read:
    """What a signature says of who made it and when.

    `certificate` is asn1crypto's.  `clock` says whose `time` it is, `authority` who stamped it, and how that
    one is `timed`.
    """

    certificate: Any
    judged: Judged
    time: datetime.datetime | None = None
    clock: Clock = "none"
    authority: str = ""
    timed: Judged | None = None


class _Revoked(Exception):
    """A certificate was revoked on a day."""

    def __init__(self, certificate: Any, day: datetime.date) -> None:
        super().__init__(certificate, day)
        self.certificate, self.day = certificate, day


class Reader:
    """Reads signatures by the same anchors and proofs, at the same moment."""

    def __init__(self, anchors: Anchors, proofs: Proofs, moment: datetime.datetime) -> None:
        self.anchors, self.proofs, self.moment = anchors, proofs, moment

    def signature(self, contents: bytes, said: datetime.datetime | None, proved: datetime.datetime) -> Read:
        """What a signature in CMS says (RFC 5652); `said` is the time beside it, `proved` one at which it was there already."""
        signed = _signed_data(contents)
        signer, certificate, others = _parts(signed)
        time = _attribute(signer["signed_attrs"], "signing_time") or said
        read = Read(certificate, Judged("unchecked"), time, "signer" if time else "none")
        for token in _tokens(signer):
            stamped = self._stamp(token, signer["signature"].native, proved)
            if stamped and (read.clock != "authority" or _is_trusted(stamped.judged)):
                authority, timed = name_in(stamped.certificate), stamped.judged
                read = replace(read, time=stamped.time, clock="authority", authority=authority, timed=timed)
        at = read.time if read.timed and _is_trusted(read.timed) and read.time else proved
        judged = self._judged(certificate, others, at, is_stamp=False)
        if _is_trusted(judged) and signer["digest_algorithm"]["algorithm"].native in WEAK:
            judged = Judged("weak", name_in(certificate))
        if _is_trusted(judged) and read.time and read.time < certificate.not_valid_before:
            judged = Judged("not-yet-valid", name_in(certificate), certificate.not_valid_before.date())
        return replace(read, judged=judged)

    def time_stamp(self, contents: bytes, proved: datetime.datetime) -> Read:
        """What a time stamp of the whole file says: ISO 32000-2, 12.8.5."""
        return self._time_stamp(_signed_data(contents), proved)

    def _stamp(self, token: Any, stamped: bytes, proved: datetime.datetime) -> Read | None:
        """What a time stamp of these bytes says; None where it is of others, or does not verify: RFC 3161, 2.4.2."""
        from pyhanko.sign.validation import generic_cms  # noqa: PLC0415

        try:
            signer, certificate, _others = _parts(token)
            wrapped = token["encap_content_info"]["content"]
            imprint = wrapped.parsed["message_imprint"]
            is_of_it = imprint["hashed_message"].native == _digest(stamped, imprint["hash_algorithm"])
            digest = _digest(wrapped.contents, signer["digest_algorithm"])
            is_intact = all(generic_cms.validate_sig_integrity(signer, certificate, "tst_info", digest))
            return self._time_stamp(token, proved) if is_of_it and is_intact else None
        except Exception:  # noqa: BLE001 - a dozen errors of as many libraries for what makes no sense
            return None

    def _time_stamp(self, token: Any, proved: datetime.datetime) -> Read:
        """What a time stamp says.

        Where its authority cannot be asked any more, it is judged at its own time, by what was kept then: as long as
        nobody says that the authority was revoked, a later one is not to be believed less for it.
        """
        _signer, certificate, others = _parts(token)
        time = token["encap_content_info"]["content"].parsed["gen_time"].native
        judged = self._judged(certificate, others, proved, is_stamp=True)
        if judged.standing in {"expired", "not-listed", "revocation-unknown"} and time <= proved:
            judged = self._judged(certificate, others, time, is_stamp=True)
        return Read(certificate, judged, time, "authority", name_in(certificate), judged)

    def _judged(
        self, certificate: Any, others: Sequence[Any], at: datetime.datetime, *, is_stamp: bool
    ) -> Judged:
        """How a certificate stands at a moment, for signing or, if `is_stamp`, for stamping the time."""
        import asyncio  # noqa: PLC0415 - slow, and for signed files only

        name = name_in(certificate)
        if certificate.subject == certificate.issuer and certificate.dump() not in self.anchors.certificates:
            return Judged("self-signed", name)
        if not self.anchors.roots:
            return _by_its_dates(certificate, at) or Judged("unchecked")
        judged = asyncio.run(self._by_path(certificate, others, at, "require-own"))
        if (
            judged.standing == "revocation-unknown"
        ):  # none is known, which is right where the certificate names none
            judged = asyncio.run(self._by_path(certificate, others, at, "declared"))
        if not _is_trusted(judged):
            return judged
        if not is_meant(certificate, is_stamp=is_stamp):
            return Judged("wrong-usage", name)
        return _by_its_dates(certificate, at) or judged

    async def _by_path(
        self, certificate: Any, others: Sequence[Any], at: datetime.datetime, rule: str
    ) -> Judged:
        """How a certificate stands by its chain to somebody who is trusted: RFC 5280, 6."""
        from pyhanko_certvalidator import CertificateValidator, errors  # noqa: PLC0415

        async with AsyncExitStack() as stack:
            try:
                context = await self._context([certificate, *others], at, rule, stack)
                path = await CertificateValidator(certificate, None, context).async_validate_path()
            except _Revoked as error:
                return Judged("revoked", name_in(error.certificate), error.day)
            except (errors.PathError, errors.ValidationError) as error:
                return _fault(error, certificate)
            except Exception:  # noqa: BLE001 - what makes no sense to the libraries, in a dozen errors of theirs
                return Judged("unsound", name_in(certificate))
        by = name_of(path.trust_anchor.authority.name)
        return Judged("trusted", by=by, **self._quality(path, at))

    async def _context(
        self, along: Sequence[Any], at: datetime.datetime, rule: str, stack: AsyncExitStack
    ) -> Any:
        """What the chain is built from, and how revocation is asked for; `_Revoked` where that is known already.

        Only lists and answers of authorities are fetched, from where a certificate says that was itself issued by
        one who is trusted; no certificate is.
        """
        from asn1crypto import crl, ocsp, x509  # noqa: PLC0415
        from pyhanko_certvalidator import ValidationContext, policy_decl  # noqa: PLC0415
        from pyhanko_certvalidator.ltv import poe  # noqa: PLC0415
        from pyhanko_certvalidator.registry import CertificateRegistry  # noqa: PLC0415
        from pyhanko_certvalidator.revinfo import archival, manager  # noqa: PLC0415

        fetchers = None
        if self.proofs.is_online:
            from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend  # noqa: PLC0415

            backend = AIOHttpFetcherBackend(per_request_timeout=SECONDS)
            stack.push_async_callback(backend.close)
            fetchers = backend.get_fetchers()
        known = CertificateRegistry.build(
            [*along, *_loaded(x509.Certificate, self.proofs.certificates), *self.anchors.manager.iter_certs()]
        )
        listed = archival.process_legacy_crl_input(_loaded(crl.CertificateList, self.proofs.revocations))
        answers = archival.process_legacy_ocsp_input(_loaded(ocsp.OCSPResponse, self.proofs.answers))
        asked = manager.RevinfoManager(known, poe.POEManager(), listed, answers, (), fetchers)
        sure = [
            policy_decl.NonRevokedStatusAssertion(each.sha256, at)
            async for each in self._sure(along, asked, at)
        ]
        rules = policy_decl.RevocationCheckingRule
        own = rules.CRL_OR_OCSP_REQUIRED if rule == "require-own" else rules.CHECK_IF_DECLARED
        return ValidationContext(
            trust_manager=self.anchors.manager,
            certificate_registry=known,
            revinfo_manager=manager.RevinfoManager(known, poe.POEManager(), listed, answers, sure, fetchers),
            moment=at,
            revinfo_policy=policy_decl.CertRevTrustPolicy(
                policy_decl.RevocationCheckingPolicy(own, rules.CHECK_IF_DECLARED),
                retroactive_revinfo=True,  # what is said later holds for before
            ),
        )

    async def _sure(self, along: Sequence[Any], asked: Any, at: datetime.datetime) -> AsyncIterator[Any]:
        """The certificates that authorities say are not revoked which are trusted and not their own issuers."""
        from cryptography import x509  # noqa: PLC0415

        from accord.signing import revocation  # noqa: PLC0415

        for each in along:
            for anchor in self.anchors.manager.find_potential_issuers(each):
                issuer = anchor.authority.certificate
                one, other = (x509.load_der_x509_certificate(part.dump()) for part in (each, issuer))
                if issuer.subject == issuer.issuer or not revocation.has_issued(other, one):
                    continue
                lists = [found.crl_data.dump() for found in await asked.async_retrieve_crls(each)]
                said = revocation.revoked(one, other, lists, at)
                if isinstance(said, datetime.datetime):
                    raise _Revoked(each, said.date())
                if said is False:
                    yield each

    def _quality(self, path: Any, at: datetime.datetime) -> dict[str, Any]:
        """Level and kind of a signature of a trusted chain: regulation (EU) 910/2014, articles 26 to 28 and 38."""
        if self.anchors.registry is None:
            return {"level": "advanced"}
        from pyhanko.sign.validation.qualified import assess, tsp  # noqa: PLC0415

        try:
            status = (
                assess.QualificationAssessor(self.anchors.registry)
                .check_entity_cert_qualified(path, at)
                .status
            )
        except NotImplementedError:  # of a certificate for several purposes
            return {"level": "advanced"}
        if not status.qualified or status.qc_type == tsp.QcCertType.QC_WEB:
            return {"level": "advanced"}
        level = "qualified" if status.qc_key_security.is_qscd else "advanced-qualified-certificate"
        return {"level": level, "seal": status.qc_type == tsp.QcCertType.QC_ESEAL}


def _fault(error: Any, certificate: Any) -> Judged:
    """How a certificate stands that has no chain which holds."""
    from pyhanko_certvalidator import errors  # noqa: PLC0415

    name, day = _culprit(error, certificate), None
    standing: Standing = "unsound"
    match error:
        case errors.PathBuildingError():
            standing, name = "unknown-issuer", name_of(certificate.issuer)
        case errors.ExpiredError():
            standing, day = "expired", error.expired_dt.date()
        case errors.NotYetValidError():
            standing, day = "not-yet-valid", error.valid_from.date()
        case errors.RevokedError():
            standing, day = "revoked", error.revocation_dt.date()
        case errors.DisallowedAlgorithmError():
            standing = "weak"
        case errors.InsufficientRevinfoError():
            standing = "revocation-unknown"
    if day and (anchor := _not_listed(error)):
        standing, name = "not-listed", name_of(anchor.authority.name)
    return Judged(standing, name, day)


def _not_listed(error: Any) -> Any:
    """The anchor that a trusted list does not vouch for at the moment, where that is the error; else None.

    pyHanko raises the same for it as for a certificate that has ended or is to come.
    """
    anchor = getattr(getattr(error, "original_path", None), "trust_anchor", None)
    listed = getattr(anchor, "trust_qualifiers", None)
    at = getattr(error, "expired_dt", None) or getattr(error, "valid_from", None)
    return anchor if at and listed and at in {listed.valid_from, listed.valid_until} else None


def _is_trusted(judged: Judged) -> bool:
    return judged.standing == "trusted"


def _by_its_dates(certificate: Any, at: datetime.datetime) -> Judged | None:
    name = name_in(certificate)
    if at > certificate.not_valid_after:
        return Judged("expired", name, certificate.not_valid_after.date())
    if at < certificate.not_valid_before:
        return Judged("not-yet-valid", name, certificate.not_valid_before.date())
    return None


def is_meant(certificate: Any, *, is_stamp: bool) -> bool:
    """Whether a certificate is meant for what was done with it: RFC 5280, 4.2.1.3 and 4.2.1.12; RFC 3161, 2.3."""
    extended = certificate.extended_key_usage_value
    purposes = set(extended.native) if extended is not None else set()
    if is_stamp:
        return purposes == {"time_stamping"}
    usage = certificate.key_usage_value
    return (usage is None or bool(usage.native & SIGNING)) and not (purposes and purposes <= OTHER_PURPOSES)


def _culprit(error: Any, certificate: Any) -> str:
    """The name of the certificate for which a chain does not hold."""
    path = [*getattr(error, "original_path", ())]
    number = re.search(r"intermediate certificate (\d+)", str(error))  # pyHanko says it in words alone
    if getattr(error, "is_ee_cert", True) or not number or int(number[1]) >= len(path):
        return name_in(certificate)
    return name_in(path[int(number[1])])


def _loaded(kind: Any, contents: Iterable[bytes]) -> Iterator[Any]:
    for content in contents:
        with suppress(Exception):  # what makes no sense proves nothing
            loaded = kind.load(content)
            _ = loaded.native
            yield loaded


def _signed_data(contents: bytes) -> Any:
    from asn1crypto import cms  # noqa: PLC0415 - only where there is a signature

    return cms.ContentInfo.load(contents)["content"]


def _parts(signed: Any) -> tuple[Any, Any, Sequence[Any]]:
    """Who signed, with which certificate, and the others that came along; the certificate is the one that was signed for."""
    from pyhanko.sign import general  # noqa: PLC0415
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415

    found = generic_cms.extract_certs_for_validation(signed)
    return general.extract_signer_info(signed), found.signer_cert, [*found.other_certs]


def _tokens(signer: Any) -> Iterator[Any]:
    from pyhanko.sign.validation import generic_cms  # noqa: PLC0415

    with suppress(Exception):  # none that makes sense
        yield from generic_cms.extract_tst_data_iter(signer, signed=False)


def _attribute(attributes: Any, name: str) -> Any:
    for each in attributes:
        if each["type"].native == name and len(each["values"]) == 1:
            return each["values"][0].native
    return None


def _digest(content: bytes, algorithm: Any) -> bytes:
    return hashlib.new(algorithm["algorithm"].native.replace("_", "-"), content).digest()
