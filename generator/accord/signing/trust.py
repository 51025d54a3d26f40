"""Whom to trust: certificates, revocation lists and trusted lists of authorities, as files.

A trusted list (ETSI TS 119 612) is taken for true once its own signature was made by the operator whom it should come
from, which is proved without the network: the certificate of the operator is one of those trusted, or stands in a list of
the lists that is given with it; and the list of the lists of the European Union is signed by the Commission, with one of
the certificates that pyHanko carries (published in the Official Journal, OJ C/2026/1944).
"""

import datetime
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from accord import files, i18n
from accord.errors import Defect, MachineLacks
from accord.i18n import _
from accord.signing import EXTRA, certificates
from accord.text import formats
from accord.text.characters import path_name

LARGEST_LIST = 32 << 20  # bytes; the largest national list has some ten million
LARGEST_REVOCATIONS = 64 << 20  # bytes
NEXT_UPDATE = re.compile(r"<(?:\w+:)?NextUpdate>\s*<(?:\w+:)?dateTime>\s*([^<\s]+)\s*<")
LISTS, REVOCATIONS = frozenset({".xml"}), frozenset({".crl"})


@dataclass(frozen=True)
class TrustedList:
    """A trusted list, or a list of the lists, as its file holds it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Trust:
    """Whom to trust, and at which moment signatures are read.

    `certificates` and `revocations` are in DER.  `is_online` allows to ask the authorities that are trusted
    whether they have revoked a certificate.
    """

    moment: datetime.datetime
    certificates: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()
    lists: tuple[TrustedList, ...] = ()
    is_online: bool = False

    @property
    def is_named(self) -> bool:
        """Whether anybody at all is to be trusted."""
        return bool(self.certificates or self.lists)

    def with_files(self, places: Iterable[Path], lists: Iterable[Path] = ()) -> "Trust":
        """The same with what stands in files and folders; `lists` are files of lists, whatever they are called.

        Raises `FaultyInput` for a file that holds none of these.
        """
        paths = [path for place in places for path in _files_of(place)]
        of_lists = [path for path in paths if path.suffix.lower() in LISTS] + [*lists]
        of_revocations = [path for path in paths if path.suffix.lower() in REVOCATIONS]
        others = [path for path in paths if path not in {*of_lists, *of_revocations}]
        return replace(
            self,
            certificates=(*self.certificates, *(each for path in others for each in certificates.read(path))),
            revocations=(
                *self.revocations,
                *(each for path in of_revocations for each in _revocations(path)),
            ),
            lists=(
                *self.lists,
                *(TrustedList(path_name(path), _read(path, LARGEST_LIST)) for path in of_lists),
            ),
        )


def _files_of(place: Path) -> list[Path]:
    """The files that count of a file or folder; `FaultyInput` for a folder without any."""
    if not place.is_dir():
        return [place]
    known = certificates.ENDINGS | LISTS | REVOCATIONS
    found = sorted(path for path in place.iterdir() if path.suffix.lower() in known)
    if not found:
        certificates.read(place)  # says what to put there
    return found


def _read(path: Path, largest: int) -> bytes:
    try:
        return files.read(path, largest)
    except Defect as defect:
        raise defect.about(path_name(path)) from None


def _revocations(path: Path) -> Iterator[bytes]:
    """The revocation list of a file, in DER: RFC 5280, 5."""
    from cryptography import x509  # noqa: PLC0415 - only where one is given
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    content = _read(path, LARGEST_REVOCATIONS)
    load = x509.load_pem_x509_crl if b"-----BEGIN" in content else x509.load_der_x509_crl
    try:
        yield load(content).public_bytes(Encoding.DER)
    except ValueError:
        raise Defect(_("is no revocation list; export it as PEM or DER")).about(path_name(path)) from None


@dataclass(frozen=True)
class Anchors:
    """What `Trust` comes to, for pyHanko.

    `roots` are trust anchors, `registry` the services of the trusted lists, None without a list; `remarks` has a
    sentence on each list that should have been replaced by now.
    """

    roots: Sequence[Any]
    registry: Any = None
    remarks: Sequence[str] = field(default=())

    @functools.cached_property
    def manager(self) -> Any:
        """The roots as pyHanko looks for them."""
        from pyhanko_certvalidator.registry import SimpleTrustManager  # noqa: PLC0415

        return SimpleTrustManager.build(self.roots)

    @functools.cached_property
    def certificates(self) -> frozenset[bytes]:
        """Those of the roots, in DER."""
        return frozenset(root.authority.certificate.dump() for root in self.roots)


@functools.lru_cache(maxsize=2)
def anchors(trust: Trust) -> Anchors:
    """The anchors; `FaultyInput` for a list that is none, or that nobody who is trusted has signed.

    Remembered, for a national list takes seconds to read.
    """
    from asn1crypto import x509  # noqa: PLC0415 - only where a signature is judged
    from pyhanko_certvalidator.authority import CertTrustAnchor  # noqa: PLC0415

    trusted = [x509.Certificate.load(each) for each in trust.certificates]
    roots = [CertTrustAnchor(each) for each in trusted]
    if not trust.lists:
        return Anchors(roots)
    try:
        from pyhanko.sign.validation.qualified import tsp  # noqa: PLC0415

        registry, remarks = _registry(trust, trusted)
    except ImportError:
        sentence = _("To read a trusted list, libraries more are needed; install them: pip install {extra}")
        raise MachineLacks(sentence.format(extra=EXTRA)) from None
    manager = tsp.TSPTrustManager(registry)
    services = {*registry.known_certificate_authorities, *registry.known_timestamp_authorities}
    listed = [anchor for each in services if (anchor := manager.as_trust_anchor(each))]
    return Anchors([*roots, *listed], registry, remarks)


def check(trust: Trust) -> None:
    """`AccordError` for a list that cannot be used; to be called in a process of its own, which then remembers the lists."""
    anchors(trust)


def _registry(trust: Trust, trusted: Sequence[Any]) -> tuple[Any, Sequence[str]]:
    """The services in the lists, and what is to be said of these."""
    from pyhanko.sign.validation.qualified import eutl_parse, tsp  # noqa: PLC0415

    texts = {each: _text(each) for each in trust.lists}
    of_lists = [each for each, text in texts.items() if eutl_parse.LOTL_RULE in text]
    operators = [*trusted]
    for each in of_lists:
        with _said_of(each):
            signers = [*trusted, *eutl_parse.latest_known_lotl_tlso_certs()]
            found = eutl_parse.validate_and_parse_lotl(texts[each], signers)
        operators += [operator for reference in found.references for operator in reference.tlso_certs]
    registry = tsp.TSPRegistry()
    for each, text in texts.items():
        if each not in of_lists:
            with _said_of(each):
                eutl_parse.trust_list_to_registry(text, operators, registry)
    return registry, tuple(_stale(texts, trust.moment))


def _text(each: TrustedList) -> str:
    try:
        text = each.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if "TrustServiceStatusList" not in text:
        raise Defect(_("is no trusted list (ETSI TS 119 612); download it again")).about(each.name)
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)  # lxml takes no text that names its encoding


@contextmanager
def _said_of(each: TrustedList) -> Iterator[None]:
    """Around the reading of a list: what is wrong with it becomes a sentence that names its file."""
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415

    try:
        yield
    except SignatureValidationError:
        sentence = _(
            "is not signed by anybody who is trusted; download it again, and give the certificate of its operator"
            " (--trust), or the list of the lists with it"
        )
        raise Defect(sentence).about(each.name) from None
    except ImportError:
        raise
    except Exception:  # noqa: BLE001 - a dozen errors of as many libraries for what makes no sense
        raise Defect(_("is no trusted list (ETSI TS 119 612); download it again")).about(each.name) from None


def _stale(texts: Mapping[TrustedList, str], moment: datetime.datetime) -> Iterator[str]:
    """A sentence on each list that should have been replaced by then: ETSI TS 119 612, 5.3.15."""
    for each, text in texts.items():
        found = NEXT_UPDATE.search(text)
        if not found:
            continue
        until = datetime.datetime.fromisoformat(found[1])
        if until.replace(tzinfo=until.tzinfo or datetime.UTC) < moment:
            sentence = _("the trusted list {file} was to be replaced by {day}; download the one of today")
            yield sentence.format(file=each.name, day=formats.date(until.date(), i18n.locale()))
