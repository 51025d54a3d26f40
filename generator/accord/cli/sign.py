"""`accord sign`: a letter signed in a party’s own field."""

from collections.abc import Mapping
from pathlib import Path

import click

from accord import files, isolation
from accord.cli import options, prompts
from accord.cli.terminal import tell
from accord.errors import AccordError, Defect
from accord.i18n import _
from accord.services import sign
from accord.signing import certificates
from accord.signing.keys import Archive, Key, Service, Token
from accord.signing.pades import Evidence
from accord.text.characters import excerpt, harmless, path_name
from accord.verify.verdict import LIMITS

LONGEST_SECRET = 4096  # bytes of a file that holds one


@options.command(
    "sign",
    _(
        "Sign a final letter in the field of one party (PAdES, ETSI EN 319 142-1), with a key in a file, on a token, or"
        " at a signing service. A draft, a letter that somebody changed, and a certificate of the other party are"
        " refused. The letter itself stays as it is; the signed copy is written beside it, and the other party signs"
        " that one.\n\n"
        "A passphrase or PIN is asked for, or read from a file: never an argument, which other users of the machine"
        " could read."
    ),
    _("""Examples:
  accord sign letter.pdf --as supplier --p12 moreau.p12
  accord sign letter-supplier.pdf --as prospect --p12 lefevre.p12
  accord sign letter.pdf --as supplier --p12 moreau.p12 --tsa http://tsa.example
  accord sign letter.pdf --as supplier --pkcs11 /usr/lib/opensc-pkcs11.so --token Card --key Signature
  accord sign letter.pdf --fields    where the fields are, for a signing service

Exit codes: 0 signed; 1 this letter is not to be signed so; 2 the key or the file cannot be used;
3 a library is missing."""),
)
@click.argument("letter", metavar="PDF", type=options.PATH)
@click.option("--as", "party", type=click.Choice(("supplier", "prospect")), help=_("The party that signs."))
@options.file("--p12", explanation=_("Key and certificate in a PKCS#12 file (.p12, .pfx)."))
@options.file("--pkcs11", explanation=_("PKCS#11 module of a token or card, from its maker."))
@click.option("--token", metavar="NAME", help=_("The token’s label, with --pkcs11."))
@click.option(
    "--csc", metavar="URL", help=_("Signing service of the Cloud Signature Consortium, without /csc/v1.")
)
@options.file("--access", explanation=_("File that holds the access token, with --csc."))
@click.option("--key", metavar="NAME", help=_("The key’s label on the token, or its name at the service."))
@options.file(
    "--passphrase-file", explanation=_("File whose first line is the passphrase or PIN, instead of asking.")
)
@click.option("--tsa", metavar="URL", help=_("Time stamping service (RFC 3161): proves when it was signed."))
@options.file(
    "--lasting",
    explanation=_(
        "Certificates of the authorities (PEM or DER, a file or a folder): what proves that none was revoked is fetched"
        " from them and kept in the file, so that the signature can be proved in years to come (B-LT); needs --tsa."
    ),
)
@click.option("--fields", is_flag=True, help=_("Print the signature fields as JSON, and sign nothing."))
@options.file(
    "-o", "--out", explanation=_("File to write; by default beside the letter, with the party’s name.")
)
@options.force
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    letter: Path,
    party: sign.PartyName | None,
    p12: Path | None,
    pkcs11: Path | None,
    token: str | None,
    csc: str | None,
    access: Path | None,
    key: str | None,
    passphrase_file: Path | None,
    tsa: str | None,
    lasting: Path | None,
    out: Path | None,
    *,
    fields: bool,
    force: bool,
) -> None:
    """Read the letter, open the key, sign, write."""
    with isolation.Process(LIMITS) as process:
        content, found = sign.read_letter(letter, process)
    if fields:
        options.print_json(sign.Fields(found))
        return
    if party is None:
        raise click.UsageError(_("Say who signs: --as supplier, or --as prospect."))
    signing = sign.Signing(found, sign.field_to_sign(found, party), options.now().astimezone())
    out = out or letter.with_name(f"{letter.stem}-{party}{letter.suffix}")
    files.refuse_taken(out, force=force)
    chosen = _key(p12, pkcs11, token, csc, access, key, passphrase_file)
    if lasting and not tsa:
        raise click.UsageError(_("--lasting needs the time stamp of a service: --tsa URL."))
    evidence = Evidence(tsa or "", certificates.read(lasting) if lasting else ())
    signed, sentence = signing.sign(content, chosen, evidence)
    files.write(out, signed, force=force)
    tell(sentence)
    click.echo(out)


def _key(  # noqa: PLR0913, PLR0917 - one argument per option
    p12: Path | None,
    pkcs11: Path | None,
    token: str | None,
    csc: str | None,
    access: Path | None,
    key: str | None,
    passphrase_file: Path | None,
) -> Key:
    """The key that the options name, its secret asked for; `UsageError` unless they name one."""
    if sum(map(bool, (p12, pkcs11, csc))) != 1:
        raise click.UsageError(_("Name one key to sign with: --p12 FILE, --pkcs11 MODULE or --csc URL."))
    if p12:
        return Archive(p12, _secret(passphrase_file, _("Passphrase of {file}").format(file=path_name(p12))))
    if pkcs11:
        _demand({"--token": token, "--key": key}, "--pkcs11")
        pin = _secret(passphrase_file, _("PIN of {token}").format(token=excerpt(str(token))))
        return Token(pkcs11, str(token), str(key), pin)
    _demand({"--key": key, "--access": access}, "--csc")
    pin = _secret(passphrase_file, _("PIN of {key} (empty if it has none)").format(key=excerpt(str(key))))
    return Service(str(csc), str(key), _first_line(access) if access else "", pin)


def _demand(options_of_key: Mapping[str, object], kind: str) -> None:
    """`UsageError` that names the options missing beside one kind of key."""
    if missing := [name for name, value in options_of_key.items() if not value]:
        sentence = _("{kind} needs {options} too.")
        raise click.UsageError(sentence.format(kind=kind, options=", ".join(missing)))


def _secret(file: Path | None, prompt: str) -> str:
    """A passphrase or PIN: the first line of the file, else asked for without showing it."""
    if file:
        return _first_line(file)
    if not prompts.on_terminal():
        raise AccordError(
            _("Nobody can be asked for the passphrase here; put it into a file: --passphrase-file FILE.")
        )
    return str(click.prompt(harmless(prompt), hide_input=True, default="", show_default=False, err=True))


def _first_line(path: Path) -> str:
    source = path_name(path)
    try:
        return files.read(path, LONGEST_SECRET).decode().partition("\n")[0].rstrip("\r")
    except Defect as defect:
        raise defect.about(source) from None
    except UnicodeDecodeError:
        raise Defect(_("is no text in UTF-8; save it as one")).about(source) from None
