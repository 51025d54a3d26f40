"""`accord verify` on signed letters: who signed, what was asked of the signatures, and the exit code."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from accord import i18n
from support import brisk, schemas, signings, tamper, trusted_list
from support.authority import NOW, YEAR, Authority, Holder, serving
from support.cli import run
from support.letters import pdf
from support.paths import SAMPLES
from support.processes import python
from support.trusted_list import Service


@pytest.fixture(autouse=True)
def brisk_verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    brisk.verifying(monkeypatch)


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with serving() as known:
        yield known


@pytest.fixture(scope="module")
def operator(authority: Authority) -> Holder:
    return authority.alone("Organe de contrôle")


@pytest.fixture(scope="module")
def letters(authority: Authority) -> dict[str, bytes]:
    """A letter that nobody, one and both have signed, one of them as somebody else."""
    letter = pdf("01-fr-abonnement")
    people = {
        "supplier": authority.holder("Claire Moreau", ORGANIZATION_NAME="Novalys"),
        "prospect": authority.holder("Paul Lefèvre"),
    }
    one = signings.sealed(authority, letter, "supplier", people["supplier"])
    alone = signings.sealed(authority, one, "prospect", authority.alone("Paul Lefèvre"))
    return {
        "none": letter,
        "one": one,
        "both": signings.sealed(authority, one, "prospect", people["prospect"]),
        "alone": alone,
        "foreign": signings.sealed(authority, one, "prospect", people["prospect"]).replace(
            b"Accord", b"Eccord"
        ),
    }


@pytest.fixture(scope="module")
def files(letters: dict[str, bytes], authority: Authority, operator: Holder) -> dict[str, bytes]:
    """Letters, and whom to trust, by their paths."""
    service = Service(authority.intermediate)
    return {
        **{f"{name}.pdf": content for name, content in letters.items()},
        "altered.pdf": tamper.altered(letters["both"], "a page turned", 1),
        "trust/root.pem": authority.root.pem,
        "trust/root.crl": authority.revocations(authority.root),
        "trust/intermediate.crl": authority.revocations(authority.intermediate),
        "operator.der": operator.der,
        "fr.xml": trusted_list.made(operator, [service]),
        "old.xml": trusted_list.made(operator, [service], NOW - YEAR),
    }


@pytest.fixture
def desk(here: Path, files: dict[str, bytes]) -> Path:
    """A folder with them, and the user in it."""
    (here / "trust").mkdir()
    for name, content in files.items():
        (here / name).write_bytes(content)
    return here


TRUST = ("--trust", "trust")
BY_LIST = ("--trust-list", "fr.xml", "--trust", "operator.der", "--trust", "trust/intermediate.crl")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("letter", "options", "code", "said"),
    [
        ("none", (), 0, "authentic"),
        ("none", ("--trusted", *TRUST), 1, "not signed"),
        ("none", ("--signed-by-both",), 1, "not signed by both"),
        (
            "one",
            (),
            0,
            "field supplier: signed by Claire Moreau (O=Novalys,CN=Claire Moreau); certificate issued by",
        ),
        ("one", (), 0, "whether to trust it is not checked"),
        ("one", ("--signed-by-both",), 1, "not signed by both"),
        ("one", ("--trusted",), 1, "a signature is not trusted"),
        (
            "one",
            ("--trusted", *TRUST),
            0,
            "trusted: Racine des notaires vouches for it, as of today; advanced",
        ),
        ("one", ("--trusted", "--trust", "trust/root.pem"), 1, "not trusted yet: nothing here says whether"),
        ("one", ("--trusted", "--trust", "trust/root.pem", "--online"), 0, "trusted: Racine"),
        ("one", ("--trusted", *BY_LIST), 0, "trusted: Notaires de Lyon vouches for it"),
        ("one", ("--trust-list", "old.xml", *BY_LIST), 0, "the trusted list old.xml was to be replaced by"),
        (
            "both",
            ("--signed-by-both",),
            0,
            "covers the file as it was then; what was added since is signatures",
        ),
        ("both", ("--signed-by-both", "--trusted", *TRUST), 0, "covers the whole file"),
        ("both", ("-q", "--trusted", *TRUST), 0, "both.pdf: intact"),
        ("alone", ("--signed-by-both",), 0, "is self-signed, so that nobody vouches for the name in it"),
        ("alone", ("-q", "--signed-by-both", "--trusted", *TRUST), 1, "a signature is not trusted"),
        ("altered", ("--signed-by-both",), 1, "altered"),
        ("foreign", (), 1, "altered"),
    ],
)
def test_what_is_asked_of_signatures_decides(
    letter: str, options: tuple[str, ...], code: int, said: str
) -> None:
    result = run("verify", f"{letter}.pdf", *options)
    assert (result.exit_code, said in result.stdout) == (code, True), result.output


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--trust", "nowhere"), "nowhere: does not exist"),
        (("--trust", "one.pdf"), "one.pdf: is no certificate"),
        (("--trust-list", "trust/root.pem"), "trust/root.pem: is no trusted list"),
        (("--trust-list", "fr.xml", *TRUST), "fr.xml: is not signed by anybody who is trusted"),
    ],
)
def test_whom_nobody_can_trust_is_refused_before_anything_is_read(
    options: tuple[str, ...], said: str
) -> None:
    result = run("verify", "one.pdf", "both.pdf", *options)
    assert (result.exit_code, result.stderr.count(said), result.stdout) == (2, 1, ""), result.output


@pytest.mark.usefixtures("desk")
def test_programs_read_the_same() -> None:
    result = run("verify", "both.pdf", "--json", *TRUST)
    said = json.loads(result.stdout)
    assert schemas.faults("verify", said) == []
    supplier, prospect = said["verdicts"][0]["signatures"]
    assert {
        key: supplier[key] for key in ("field", "signer", "issuer", "trust", "level", "covers", "later")
    } == {
        "field": "supplier",
        "signer": "Claire Moreau",
        "issuer": "CN=Notaires de Lyon",
        "trust": "trusted",
        "level": "advanced",
        "covers": "earlier",
        "later": "harmless",
    }
    assert (prospect["covers"], prospect["later"], prospect["names_party"]) == ("whole", "nothing", True)


def test_the_house_says_once_whom_it_trusts(desk: Path) -> None:
    house = (SAMPLES / "accord.toml").read_text("utf-8").replace('logo = "logo.svg"', "")
    (desk / "home").mkdir()
    (desk / "home/accord.toml").write_text(f'{house}\n[signatures]\ntrust = "../trust"\n', "utf-8")
    assert run("verify", "one.pdf", "--trusted", "--house", "home/accord.toml").exit_code == 0
    (desk / "accord.toml").write_text(f'{house}\n[signatures]\ntrust = "trust"\n', "utf-8")
    beside = run("verify", "one.pdf", "--trusted")  # whoever sent the letter may have laid it there
    assert beside.exit_code == 1, beside.output


@pytest.mark.usefixtures("desk")
def test_a_french_reader_reads_it_in_french() -> None:
    i18n.use("fr")
    said = run("verify", "alone.pdf", "--trusted", *TRUST).stdout
    for words in (
        "signé par Claire Moreau",
        "signature électronique avancée",
        "n’est pas digne de confiance",
    ):
        assert words in said, said


@pytest.mark.usefixtures("desk")
def test_without_the_extra_only_lists_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign.validation.qualified.eutl_parse", None)
    monkeypatch.delattr("pyhanko.sign.validation.qualified.eutl_parse", raising=False)
    assert run("verify", "one.pdf", "--trusted", *TRUST).exit_code == 0
    result = run("verify", "one.pdf", *BY_LIST)
    assert (result.exit_code, 'pip install "accord[sign]"' in result.stderr) == (3, True), result.output


def test_a_letter_without_signatures_waits_for_no_library_of_them(desk: Path) -> None:
    code = (
        "import datetime, sys; from pathlib import Path; from accord.verify import verify;"
        " from accord.signing.trust import Trust; now = datetime.datetime.now(datetime.UTC);"
        " print(verify.answer(Path('none.pdf').read_bytes(), 'none.pdf', None, None, Trust(now, (b'x',)))['answer'],"
        " [name for name in sys.modules if name.startswith(('pyhanko', 'cryptography.x509', 'signxml'))])"
    )
    assert python("-c", code, cwd=desk).stdout == "authentic []\n"


# --- Second opinions ---------------------------------------------------------------


@pytest.mark.usefixtures("desk")
def test_pdfsig_says_the_same_of_who_signed_and_what() -> None:
    said = subprocess.run(
        ["pdfsig", "-nocert", "both.pdf"], capture_output=True, encoding="utf-8", check=False
    )
    signatures = json.loads(run("verify", "both.pdf", "--json").stdout)["verdicts"][0]["signatures"]
    by_name = {each["signer"]: each for each in signatures}
    parts = said.stdout.split("Signature #")[1:]
    assert len(parts) == len(by_name) == 2
    for part in parts:
        facts = {
            key.strip(" -"): value.strip()
            for key, _, value in (line.partition(":") for line in part.splitlines())
        }
        ours = by_name[facts["Signer Certificate Common Name"]]
        assert {*facts["Signer full Distinguished Name"].split(",")} == {*ours["subject"].split(",")}
        assert ours["intact"] == (facts["Signature Validation"] == "Signature is Valid.")
        assert (ours["covers"] == "whole") == ("Total document signed" in part)


def test_pyhanko_finds_both_signatures_sound_though_one_came_after_the_other(
    letters: dict[str, bytes], authority: Authority
) -> None:
    """It knows what a second signature may change in the tags of a page, and takes all else for a forgery."""
    lists = [authority.revocations(authority.root), authority.revocations(authority.intermediate)]
    root = x509.Certificate.load(authority.root.der)
    reader = PdfFileReader(io.BytesIO(letters["both"]))
    for signature in reader.embedded_signatures:
        context = ValidationContext(trust_roots=[root], crls=lists, revocation_mode="hard-fail")
        status = validate_pdf_signature(signature, context)
        assert status.bottom_line, status.pretty_print_details()


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ("one", "OK"),
        ("ended", "certificate has expired"),
        ("revoked", "certificate revoked"),
        ("alone", "self-signed"),
    ],
)
def test_openssl_says_the_same_of_certificates(
    desk: Path, authority: Authority, certificate: str, said: str
) -> None:
    holders = {
        "one": lambda: authority.holder("Claire Moreau"),
        "ended": lambda: authority.holder("Claire Moreau", NOW - YEAR / 12),
        "revoked": lambda: authority.holder("Claire Moreau"),
        "alone": lambda: authority.alone("Claire Moreau"),
    }
    holder = holders[certificate]()
    if certificate == "revoked":
        authority.revoked.append(holder.certificate.serial_number)
    crl = authority.revocations(authority.intermediate)
    authority.revoked.clear()
    (desk / "trust/intermediate.crl").write_bytes(crl)
    (desk / "holder.pem").write_bytes(holder.pem)
    (desk / "between.pem").write_bytes(authority.intermediate.pem)
    for of in ("root", "intermediate"):
        convert = ["openssl", "crl", "-inform", "DER", "-in", f"trust/{of}.crl", "-out", f"{of}.crl.pem"]
        subprocess.run(convert, check=True)
    lists = ["-CRLfile", "root.crl.pem", "-CRLfile", "intermediate.crl.pem", "-crl_check_all"]
    command = [
        "openssl",
        "verify",
        "-CAfile",
        "trust/root.pem",
        "-untrusted",
        "between.pem",
        *lists,
        "holder.pem",
    ]
    theirs = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert said in theirs.stdout + theirs.stderr
    (desk / "x.pdf").write_bytes(signings.sealed(authority, pdf("01-fr-abonnement"), "supplier", holder))
    ours = json.loads(run("verify", "x.pdf", "--json", *TRUST).stdout)["verdicts"][0]["signatures"][0]
    standing = {"one": "trusted", "ended": "expired", "revoked": "revoked", "alone": "self-signed"}
    assert ours["trust"] == standing[certificate]
