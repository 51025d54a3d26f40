"""A certificate authority with an intermediate, revocation lists, a time stamping and a signing service, on loopback."""

import base64
import datetime
import functools
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.x509 import ocsp
from pyhanko.sign.timestamps import DummyTimeStamper

PASSPHRASE = "pain d’épices"  # noqa: S105 - of keys made for one test
ACCESS, PIN, CREDENTIAL = "jeton", "4711", "clé 1"
NOW = datetime.datetime.now(datetime.UTC)  # signatures are made and proved at the time of the machine
YEAR = datetime.timedelta(days=365)
QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")


@functools.cache
def _key_of_people() -> rsa.RSAPrivateKey:
    """One key for whoever is no authority: making one takes a quarter of a second."""
    return rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate in PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@dataclass(frozen=True)
class Kind:
    """What is unlike other certificates in one.

    `statements` are those of EN 319 412-5, in DER; without `lists`, it names no revocation list; with `answers`, it
    names who answers whether it was revoked.
    """

    since: datetime.datetime | None = None
    signs: bool = True
    usage: x509.ExtendedKeyUsage | None = None
    statements: bytes = b""
    lists: bool = True
    answers: bool = False


@dataclass
class Authority:
    """A root, an intermediate below it and what they issue; `address` serves their lists and services."""

    address: str
    revoked: list[int] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)

    @cached_property
    def root(self) -> Holder:
        """The authority above all."""
        return self._issued({"COMMON_NAME": "Racine des notaires"}, None, is_authority=True)

    @cached_property
    def intermediate(self) -> Holder:
        """The authority that issues."""
        return self._issued({"COMMON_NAME": "Notaires de Lyon"}, self.root, is_authority=True)

    @cached_property
    def stamper(self) -> Holder:
        """Who stamps the time."""
        usage = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
        return self._issued({"COMMON_NAME": "Horodatage"}, self.intermediate, kind=Kind(usage=usage))

    def holder(
        self, name: str, until: datetime.datetime = NOW + YEAR, kind: Kind | None = None, **names: str
    ) -> Holder:
        """A person's certificate, with other particulars by their names in X.509."""
        return self._issued(
            {"COMMON_NAME": name, **names}, self.intermediate, until=until, kind=kind or Kind()
        )

    def alone(self, name: str) -> Holder:
        """A certificate that its holder has made."""
        return self._issued({"COMMON_NAME": name}, None)

    def archive(self, holder: Holder) -> bytes:
        """Key and certificates in a PKCS#12 file."""
        return serialization.pkcs12.serialize_key_and_certificates(
            b"signature",
            holder.key,
            holder.certificate,
            [self.intermediate.certificate]
            if holder.certificate.issuer != holder.certificate.subject
            else [],
            serialization.BestAvailableEncryption(PASSPHRASE.encode()),
        )

    def revocations(
        self,
        of: Holder,
        until: datetime.datetime = NOW + YEAR / 12,
        of_day: datetime.datetime = NOW - YEAR / 24,
    ) -> bytes:
        """The revocation list of the root or of the intermediate."""
        builder = x509.CertificateRevocationListBuilder(of.certificate.subject, until - YEAR / 6, until)
        for number in self.revoked:
            revoked = x509.RevokedCertificateBuilder(number, of_day).build()
            builder = builder.add_revoked_certificate(revoked)
        signed = builder.sign(of.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)

    def _issued(
        self,
        names: Mapping[str, str],
        issuer: Holder | None,
        *,
        is_authority: bool = False,
        until: datetime.datetime = NOW + YEAR,
        kind: Kind = Kind(),
    ) -> Holder:
        key = rsa.generate_private_key(65537, 2048) if is_authority or not issuer else _key_of_people()
        subject = x509.Name(
            [x509.NameAttribute(getattr(x509.NameOID, kind), name) for kind, name in names.items()]
        )
        by = issuer.certificate.subject if issuer else subject
        uses = {
            "digital_signature": not is_authority and kind.signs,
            "content_commitment": not is_authority and kind.signs,
            "key_cert_sign": is_authority, "crl_sign": is_authority,
        }  # fmt: skip
        uses["key_encipherment"] = not kind.signs
        others = ("data_encipherment", "key_agreement", "encipher_only", "decipher_only")
        builder = (
            x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(kind.since or min(NOW, until) - YEAR)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**uses, **dict.fromkeys(others, False)), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if issuer:
            of = "root" if issuer is self.__dict__.get("root") else "intermediate"
            place = x509.UniformResourceIdentifier(f"{self.address}/{of}.crl")
            points = x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])
            builder = builder.add_extension(points, critical=False) if kind.lists else builder
            builder = builder.add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
            )
        if kind.answers:
            place = x509.UniformResourceIdentifier(f"{self.address}/ocsp")
            access = x509.AccessDescription(x509.AuthorityInformationAccessOID.OCSP, place)
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        if kind.usage:
            builder = builder.add_extension(kind.usage, critical=True)
        if kind.statements:
            statements = x509.UnrecognizedExtension(QC_STATEMENTS, kind.statements)
            builder = builder.add_extension(statements, critical=False)
        return Holder(builder.sign((issuer.key if issuer else key), hashes.SHA256()), key)


def _answered(authority: Authority, request: bytes) -> bytes:
    """What the intermediate answers of one certificate: RFC 6960."""
    asked = ocsp.load_der_ocsp_request(request)
    number = asked.serial_number
    status = ocsp.OCSPCertStatus.REVOKED if number in authority.revoked else ocsp.OCSPCertStatus.GOOD
    if number in authority.forgotten:
        status = ocsp.OCSPCertStatus.UNKNOWN
    day = NOW - YEAR / 24 if status is ocsp.OCSPCertStatus.REVOKED else None
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response_by_hash(
            asked.issuer_name_hash, asked.issuer_key_hash, number, asked.hash_algorithm, status,
            NOW - YEAR / 365, NOW + YEAR / 12, day, None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, authority.intermediate.certificate)
    )  # fmt: skip
    for each in asked.extensions:
        if isinstance(each.value, x509.OCSPNonce):
            builder = builder.add_extension(each.value, critical=False)
    answer = builder.sign(authority.intermediate.key, hashes.SHA256())
    return answer.public_bytes(serialization.Encoding.DER)


def _stamped(authority: Authority, request: bytes) -> bytes:
    """The answer of a time stamping service: RFC 3161."""
    holder = authority.stamper
    key = holder.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(holder.der),
        PrivateKeyInfo.load(key),
        [asn1_x509.Certificate.load(authority.intermediate.der)],
    )
    return bytes(stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump())


def _of_service(authority: Authority, holder: Holder, what: str, request: Any) -> dict[str, Any]:
    """The answer of a signing service: Cloud Signature Consortium, API version 1.0.4.0, 11."""
    assert request["credentialID"] == CREDENTIAL
    if what == "credentials/info":
        chain = [base64.b64encode(each.der).decode() for each in (holder, authority.intermediate)]
        return {
            "cert": {"certificates": chain},
            "key": {"algo": ["1.2.840.113549.1.1.11"]},
            "multisign": 1,
            "SCAL": "2",
        }
    if what == "credentials/authorize":
        return {"SAD": f"{request['hash']}"} if request.get("PIN") == PIN else {"error": "invalid_pin"}
    assert request["SAD"] == f"{request['hash']}", "released for another digest"
    digests = map(base64.b64decode, request["hash"])
    sign = holder.key.sign
    signed = [sign(each, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256())) for each in digests]
    return {"signatures": [base64.b64encode(each).decode() for each in signed]}


@contextmanager
def serving(at_service: str = "Claire Moreau") -> Iterator[Authority]:
    """An authority whose lists and services answer on loopback; the signing service keeps the key of one person."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            of = self.path.removeprefix("/").removesuffix(".crl")
            self._answer(authority.revocations(getattr(authority, of)), "application/pkix-crl")

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/tsa":
                self._answer(_stamped(authority, content), "application/timestamp-reply")
                return
            if self.path == "/ocsp":
                self._answer(_answered(authority, content), "application/ocsp-response")
                return
            if self.headers["Authorization"] != f"Bearer {ACCESS}":
                self.send_error(401)
                return
            what = self.path.removeprefix("/csc/v1/")
            said = _of_service(authority, holder, what, json.loads(content))
            self._answer(json.dumps(said).encode(), "application/json", 400 if "error" in said else 200)

        def _answer(self, content: bytes, kind: str, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority = Authority(f"http://127.0.0.1:{server.server_port}")
    holder = authority.holder(at_service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
