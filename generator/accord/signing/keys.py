"""Keys to sign with: in a file (PKCS#12), on a token (PKCS#11), or at a service (Cloud Signature Consortium).

Each key is opened for one signature, within a stack that closes what was
opened.  What a library says of a key that cannot be used becomes one sentence.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from accord import files
from accord.errors import AccordError, Defect
from accord.i18n import _
from accord.signing import of_the_extra
from accord.text.characters import excerpt, path_name

LARGEST_ARCHIVE = 1 << 20  # bytes; a key with its certificates has some ten thousand


class Key(Protocol):
    """What signs for a person."""

    async def open(self, stack: AsyncExitStack) -> Any:
        """The signer of pyHanko, usable until the stack is left; `AccordError` says why it cannot be used."""


@dataclass(frozen=True)
class Archive:
    """A key in a PKCS#12 file, RFC 7292: the usual .p12 or .pfx."""

    path: Path
    passphrase: str

    async def open(self, _stack: AsyncExitStack) -> Any:
        """The signer in the file."""
        from pyhanko.sign import signers  # noqa: PLC0415 - see sign()

        source = path_name(self.path)
        try:
            content = files.read(self.path, LARGEST_ARCHIVE)
        except Defect as defect:
            raise defect.about(source) from None
        try:
            return signers.SimpleSigner.load_pkcs12_data(content, (), self.passphrase.encode() or None)
        except (
            ValueError,
            AttributeError,
            TypeError,
        ):  # what pyHanko says where there is no key, or none it knows
            sentence = _(
                "cannot be opened: the passphrase is another one, or this is no PKCS#12 file with a key"
            )
            raise Defect(sentence).about(source) from None


@dataclass(frozen=True)
class Token:
    """A key on a token or card, by the PKCS#11 `module` of its maker.

    `token` is the token's label, `label` that of key and certificate.
    """

    module: Path
    token: str
    label: str
    pin: str

    async def open(self, stack: AsyncExitStack) -> Any:
        """The signer on the token, whose session ends with the stack."""
        with of_the_extra():
            import pkcs11  # noqa: PLC0415 - see sign()
            from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
            from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415

        where = TokenCriteria(label=self.token)
        try:
            session = open_pkcs11_session(str(self.module), token_criteria=where, user_pin=self.pin)
        except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid, pkcs11.PinLocked):
            sentence = _(
                "The token {token} does not accept this PIN; after a few wrong ones it locks itself."
            )
            raise AccordError(sentence.format(token=excerpt(self.token))) from None
        except (pkcs11.PKCS11Error, RuntimeError, OSError):
            sentence = _(
                "has no token named {token}; check the module (--pkcs11), and that the token is plugged in"
            )
            raise Defect(sentence.format(token=excerpt(self.token))).about(path_name(self.module)) from None
        stack.callback(session.close)
        signer = PKCS11Signer(session, cert_label=self.label, key_label=self.label, other_certs_to_pull=None)
        try:
            if signer.signing_cert is not None:
                return signer
        except (pkcs11.PKCS11Error, LookupError, ValueError):
            pass
        sentence = _("The token {token} has no key and certificate named {key}; name them with --key.")
        raise AccordError(sentence.format(token=excerpt(self.token), key=excerpt(self.label)))


@dataclass(frozen=True)
class Service:
    """A key that a signing service keeps, by the interface of the Cloud Signature Consortium, version 1.

    `url` is what precedes /csc/v1, `access` the token that the service gave,
    `pin` what releases the key ("" where the service asks for none).
    """

    url: str
    credential: str
    access: str
    pin: str

    async def open(self, stack: AsyncExitStack) -> Any:
        """The signer at the service."""
        import aiohttp  # noqa: PLC0415 - see sign()
        from pyhanko.sign.general import SigningError  # noqa: PLC0415
        from pyhanko.sign.signers import csc_signer  # noqa: PLC0415

        service = csc_signer.CSCServiceSessionInfo(self.url.rstrip("/"), self.credential, self.access)
        web = await stack.enter_async_context(aiohttp.ClientSession())
        try:
            credential = await csc_signer.fetch_certs_in_csc_credential(web, service)
        except (SigningError, aiohttp.ClientError, TimeoutError, ValueError):
            sentence = _(
                "The signing service {url} gives no certificate for the key {key}; check the address, the name of the"
                " key (--key) and the access token."
            )
            raise AccordError(sentence.format(url=excerpt(self.url), key=excerpt(self.credential))) from None
        pin = self.pin or None

        class Release(csc_signer.CSCAuthorizationManager):
            """Asks the service to release the key for these digests and no others."""

            async def authorize_signature(self, hash_b64s: list[str]) -> Any:
                request = self.format_csc_auth_request(pin=pin, hash_b64s=hash_b64s)
                url = self.csc_session_info.endpoint_url("credentials/authorize")  # type: ignore[no-untyped-call]
                headers = self.auth_headers
                try:
                    async with web.post(url, json=request, headers=headers, raise_for_status=True) as said:
                        return self.parse_csc_auth_response(await said.json())
                except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                    raise SigningError(str(error)) from error

        return csc_signer.CSCSigner(web, Release(service, credential))
