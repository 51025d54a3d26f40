"""Keys on tokens, as cards hold them: PKCS#11, in software."""

import subprocess
from pathlib import Path

import pkcs11
from cryptography.hazmat.primitives import serialization
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from support.authority import Holder


def make(module: Path, token: str, pin: str, holder: Holder, label: str) -> None:
    """Make a token of SoftHSM, and put a key and its certificate of this label on it."""
    assert module.exists(), "SoftHSM is not installed: apt-get install softhsm2"
    command = ["softhsm2-util", "--init-token", "--free", "--label", token, "--pin", pin, "--so-pin", pin]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    key = holder.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    named = {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.ID: b"1", pkcs11.Attribute.TOKEN: True}
    with pkcs11.lib(str(module)).get_token(token_label=token).open(user_pin=pin, rw=True) as session:
        session.create_object(decode_rsa_private_key(key) | named)
        session.create_object(decode_x509_certificate(holder.der) | named)
