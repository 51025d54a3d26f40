"""`accord sign`: who may sign which letter with which key, and what others say of what comes out."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from click.testing import Result

from accord.intake import loader
from accord.pdf import typeset
from support import brisk, schemas, tamper, tokens
from support.authority import ACCESS, CREDENTIAL, NOW, PASSPHRASE, PIN, Authority, Kind, serving
from support.cli import run
from support.inputs import TODAY
from support.letters import pdf
from support.paths import SAMPLES
from support.samples import HOUSE, compose

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")  # Debian's softhsm2


@pytest.fixture(autouse=True)
def brisk_verifying(monkeypatch: pytest.MonkeyPatch) -> None:
    brisk.verifying(monkeypatch)


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    """An authority whose services answer."""
    with serving() as known:
        yield known


@pytest.fixture(scope="module")
def archives(authority: Authority) -> dict[str, bytes]:
    """Keys in files, by whose they are."""
    holders = {
        "moreau": authority.holder("Claire Moreau"),
        "lefevre": authority.holder("LEFEVRE Paul", ORGANIZATION_NAME="BOULANGERIES LEFEVRE"),
        "company": authority.holder("Cachet", ORGANIZATION_IDENTIFIER="NTRFR-552100554"),
        "stranger": authority.holder("Zoé Ŝtelo"),
        "expired": authority.holder("Claire Moreau", until=NOW - timedelta(days=3)),
        "server": authority.holder("Claire Moreau", kind=Kind(signs=False)),
    }
    return {name: authority.archive(holder) for name, holder in holders.items()}


@pytest.fixture
def desk(here: Path, archives: dict[str, bytes]) -> Path:
    """A folder with letters and keys, and the user in it."""
    deal = loader.read_deal(SAMPLES / "01-fr-abonnement.toml", HOUSE.house, today=TODAY)
    letters = {
        "letter": pdf("01-fr-abonnement"),
        "english": pdf("05-en-purchase-england"),
        "decline": pdf("09-fr-refus-hors-marche"),
        "altered": tamper.altered(pdf("01-fr-abonnement"), "a page turned", 1),
        "draft": typeset.typeset(compose(deal, HOUSE)),
    }
    for name, content in letters.items():
        (here / f"{name}.pdf").write_bytes(content)
    for name, content in archives.items():
        (here / f"{name}.p12").write_bytes(content)
    (here / "secret").write_text(f"{PASSPHRASE}\n", "utf-8")
    (here / "wrong").write_text("autre\n", "utf-8")
    (here / "pin").write_text(PIN, "utf-8")
    (here / "access").write_text(ACCESS, "utf-8")
    return here


def signed(letter: str, party: str, key: str = "moreau", *others: str) -> Result:
    """`accord sign` with a key in a file."""
    return run(
        "sign", f"{letter}.pdf", "--as", party, "--p12", f"{key}.p12", "--passphrase-file", "secret", *others
    )


def pdfsig(path: Path) -> str:
    """What poppler says of the signatures."""
    return subprocess.run(
        ["pdfsig", "-nocert", path], capture_output=True, encoding="utf-8", check=False
    ).stdout


def shown(path: Path) -> str:
    """The text of a file, that of its fields included."""
    flat = tamper.flattened(path.read_bytes())
    words = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(words, input=flat, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("order", [("supplier", "prospect"), ("prospect", "supplier")])
def test_both_parties_sign_one_after_the_other(desk: Path, order: tuple[str, str]) -> None:
    keys = {"supplier": "moreau", "prospect": "lefevre"}
    first, second = order
    assert signed("letter", first, keys[first]).stdout == f"letter-{first}.pdf\n"
    assert signed(f"letter-{first}", second, keys[second]).stdout == f"letter-{first}-{second}.pdf\n"
    assert (desk / "letter.pdf").read_bytes() == pdf("01-fr-abonnement")
    both = desk / f"letter-{first}-{second}.pdf"
    assert both.read_bytes().startswith((desk / f"letter-{first}.pdf").read_bytes())
    said = run("verify", both.name)
    assert (said.exit_code, "it has 2 signatures" in said.stdout) == (0, True), said.output
    assert pdfsig(both).count("Signature is Valid.") == 2


@pytest.mark.parametrize(
    ("letter", "party", "lines"),
    [
        (
            "letter",
            "supplier",
            (r"Signé électroniquement par Claire Moreau", r"le (?:1er|\d+)\s\w+ 20\d\d à \d\d h \d\d \(UTC"),
        ),
        (
            "english",
            "supplier",
            (r"Signed electronically by Claire Moreau", r"on \d+\s\w+ 20\d\d at \d\d:\d\d \(UTC"),
        ),
    ],
)
def test_the_field_shows_who_signed_when_and_what(
    desk: Path, letter: str, party: str, lines: tuple[str, ...]
) -> None:
    assert signed(letter, party).exit_code == 0
    text = shown(desk / f"{letter}-{party}.pdf")
    assert all(re.search(line, text) for line in lines), text
    assert re.search(r"^ *(AP|AG|CA)-\S+ [A-Z0-9]{4}\b", text, re.MULTILINE)


def test_a_name_that_the_font_lacks_is_not_shown_in_part(desk: Path, authority: Authority) -> None:
    (desk / "cjk.p12").write_bytes(authority.archive(authority.holder("山田 太郎")))
    assert signed("letter", "supplier", "cjk").exit_code == 0
    text = shown(desk / "letter-supplier.pdf")
    assert "Signé électroniquement\n" in text


@pytest.mark.parametrize(
    ("letter", "party", "key", "said"),
    [
        ("altered", "supplier", "moreau", "altered.pdf: was altered"),
        ("draft", "supplier", "moreau", "draft.pdf: is a draft"),
        ("decline", "supplier", "moreau", "decline.pdf: has no field for a signature"),
        ("letter", "supplier", "lefevre", "The certificate is that of LEFEVRE Paul, of the other party"),
        ("letter", "supplier", "company", "of the other party"),
        ("letter", "prospect", "moreau", "--as supplier"),
        ("letter", "supplier", "server", "was issued for something else than signing; sign with"),
        ("letter", "supplier", "expired", "The certificate of Claire Moreau is valid from"),
    ],
)
def test_what_is_not_to_be_signed_is_refused(
    desk: Path, letter: str, party: str, key: str, said: str
) -> None:
    result = signed(letter, party, key)
    assert (result.exit_code, said in result.stderr) == (1, True), result.output
    assert not list(desk.glob("*-supplier.pdf")) + list(desk.glob("*-prospect.pdf"))


@pytest.mark.usefixtures("desk")
def test_a_field_is_signed_once() -> None:
    signed("letter", "supplier")
    again = signed("letter-supplier", "supplier")
    assert (again.exit_code, "is signed in the field supplier already" in again.stderr) == (1, True)


@pytest.mark.usefixtures("desk")
def test_a_certificate_that_names_nobody_of_the_letter_signs_with_a_word() -> None:
    result = signed("letter", "prospect", "stranger")
    assert (
        result.exit_code,
        "names neither this company nor who signs" in " ".join(result.stderr.split()),
    ) == (0, True)
    assert "names neither" not in signed("letter", "prospect", "company", "-o", "other.pdf").stderr


def test_no_file_is_lost(desk: Path) -> None:
    (desk / "letter-supplier.pdf").write_bytes(b"other")
    refused = signed("letter", "supplier")
    assert (refused.exit_code, (desk / "letter-supplier.pdf").read_bytes()) == (2, b"other")
    over_itself = signed("letter", "supplier", "moreau", "-o", "letter.pdf")
    assert (over_itself.exit_code, (desk / "letter.pdf").read_bytes()) == (2, pdf("01-fr-abonnement"))
    assert signed("letter", "supplier", "moreau", "--force").exit_code == 0


def test_a_name_that_is_taken_is_said_before_anybody_types_a_passphrase(desk: Path) -> None:
    (desk / "letter-supplier.pdf").write_bytes(b"other")
    result = run("sign", "letter.pdf", "--as", "supplier", "--p12", "moreau.p12")  # nobody can be asked
    assert (result.exit_code, "letter-supplier.pdf" in result.stderr) == (2, True), result.output
    assert "--passphrase-file" not in result.stderr


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as", "supplier"), "Name one key"),
        (("--p12", "moreau.p12"), "Say who signs"),
        (("--as", "supplier", "--p12", "moreau.p12", "--csc", "http://x.example"), "Name one key"),
        (("--as", "supplier", "--pkcs11", "module.so"), "--pkcs11 needs --token, --key too"),
        (("--as", "supplier", "--csc", "http://x.example", "--key", "a"), "--csc needs --access too"),
        (("--as", "supplier", "--p12", "moreau.p12"), "--passphrase-file FILE"),
        (
            ("--as", "supplier", "--p12", "none.p12", "--passphrase-file", "secret"),
            "none.p12: does not exist",
        ),
        (("--as", "supplier", "--p12", "moreau.p12", "--passphrase-file", "none"), "none: does not exist"),
        (("--as", "supplier", "--p12", "moreau.p12", "--passphrase-file", "letter.pdf"), "letter.pdf: "),
        (
            ("--as", "supplier", "--p12", "moreau.p12", "--passphrase-file", "wrong"),
            "the passphrase is another one",
        ),
        (
            ("--as", "supplier", "--p12", "letter.pdf", "--passphrase-file", "secret"),
            "no PKCS#12 file with a key",
        ),
        (
            ("--as", "supplier", "--p12", "moreau.p12", "--passphrase-file", "secret", "--lasting", "."),
            "--lasting needs the time stamp",
        ),
    ],
)
def test_a_key_that_cannot_be_used_is_said(options: tuple[str, ...], said: str) -> None:
    result = run("sign", "letter.pdf", *options)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


@pytest.mark.usefixtures("desk", "terminal")
def test_the_passphrase_is_asked_for_and_not_shown() -> None:
    result = run("sign", "letter.pdf", "--as", "supplier", "--p12", "moreau.p12", typed=f"{PASSPHRASE}\n")
    assert result.exit_code == 0, result.output
    assert "Passphrase of moreau.p12" in result.stderr
    assert PASSPHRASE not in result.output


def test_a_time_stamp_says_when(desk: Path, authority: Authority) -> None:
    result = signed("letter", "supplier", "moreau", "--tsa", f"{authority.address}/tsa")
    assert result.exit_code == 0, result.output
    with pikepdf.open(desk / "letter-supplier.pdf") as file:
        value = bytes(file.Root.AcroForm.Fields[0].V.Contents)
    assert b"Horodatage" in value
    assert run("verify", "letter-supplier.pdf").exit_code == 0


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("address", ["http://127.0.0.1:9/tsa", "{address}/root.crl", "no address"])
def test_a_time_stamping_service_that_does_not_answer_is_said(authority: Authority, address: str) -> None:
    result = signed("letter", "supplier", "moreau", "--tsa", address.format(address=authority.address))
    assert (result.exit_code, "(--tsa)" in result.stderr) == (2, True), result.output


def test_what_proves_a_signature_in_years_to_come_is_kept(desk: Path, authority: Authority) -> None:
    (desk / "roots").mkdir()
    (desk / "roots/root.pem").write_bytes(authority.root.pem)
    result = signed("letter", "supplier", "moreau", "--tsa", f"{authority.address}/tsa", "--lasting", "roots")
    assert result.exit_code == 0, result.output
    with pikepdf.open(desk / "letter-supplier.pdf") as file:
        assert len(file.Root.DSS.CRLs) == 2
        assert len(file.Root.DSS.Certs) >= 3
    assert run("verify", "letter-supplier.pdf").exit_code == 0


def test_with_a_revoked_certificate_nothing_is_signed_to_last(desk: Path, authority: Authority) -> None:
    holder = authority.holder("Claire Moreau")
    (desk / "revoked.p12").write_bytes(authority.archive(holder))
    (desk / "root.pem").write_bytes(authority.root.pem)
    authority.revoked.append(holder.certificate.serial_number)
    lasting = ("--tsa", f"{authority.address}/tsa", "--lasting", "root.pem")
    result = signed("letter", "supplier", "revoked", *lasting)
    assert (result.exit_code, "was revoked" in result.stderr) == (2, True), result.output
    (desk / "root.pem").write_bytes(authority.stamper.pem)
    unknown = signed("letter", "supplier", "moreau", *lasting)
    assert (unknown.exit_code, "issued by none of the authorities" in unknown.stderr) == (2, True), (
        unknown.output
    )
    assert not (desk / "letter-supplier.pdf").exists()


def at_service(
    authority: Authority, key: str = CREDENTIAL, access: str = "access", pin: str = "pin"
) -> Result:
    """`accord sign` with the key that the signing service keeps."""
    return run(
        *("sign", "letter.pdf", "--as", "supplier", "--csc", authority.address),
        *("--key", key, "--access", access, "--passphrase-file", pin),
    )


def test_a_key_at_a_service_signs(desk: Path, authority: Authority) -> None:
    result = at_service(authority)
    assert result.exit_code == 0, result.output
    assert "Signed by Claire Moreau for Novalys." in result.stderr
    assert "Signature is Valid." in pdfsig(desk / "letter-supplier.pdf")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"access": "wrong"}, "check the address, the name of the key (--key) and the access token"),
        ({"pin": "wrong"}, "Nothing was signed"),
    ],
)
def test_a_service_that_refuses_is_said(authority: Authority, wrong: dict[str, str], said: str) -> None:
    result = at_service(authority, **wrong)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


@pytest.fixture(scope="module")
def card(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A token of SoftHSM with the key "Signature"; its label."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "conf").write_text(f"directories.tokendir = {folder}\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", f"{folder / 'conf'}")
        tokens.make(SOFTHSM, "Carte", PIN, authority.holder("Claire Moreau"), "Signature")
        yield "Carte"


def on_card(token: str, key: str = "Signature", pin: str = "pin") -> Result:
    """`accord sign` with the key on a token."""
    return run(
        *("sign", "letter.pdf", "--as", "supplier", "--pkcs11", SOFTHSM),
        *("--token", token, "--key", key, "--passphrase-file", pin),
    )


def test_a_key_on_a_token_signs(desk: Path, card: str) -> None:
    result = on_card(card)
    assert result.exit_code == 0, result.output
    assert "Signature is Valid." in pdfsig(desk / "letter-supplier.pdf")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"token": "Autre"}, "has no token named Autre"),
        ({"key": "Autre"}, "has no key and certificate named Autre"),
        ({"pin": "wrong"}, "does not accept this PIN"),
    ],
)
def test_a_token_that_refuses_is_said(card: str, wrong: dict[str, str], said: str) -> None:
    result = on_card(**{"token": card} | wrong)
    assert (result.exit_code, said in " ".join(result.stderr.split())) == (2, True), result.output


@pytest.mark.usefixtures("desk")
def test_a_module_that_is_none_is_said() -> None:
    options = ("--pkcs11", "letter.pdf", "--token", "a", "--key", "a", "--passphrase-file", "pin")
    result = run("sign", "letter.pdf", "--as", "supplier", *options)
    assert (result.exit_code, "letter.pdf: has no token named a" in result.stderr) == (2, True), result.output


def test_the_fields_are_told_where_they_are(desk: Path) -> None:
    result = run("sign", "letter.pdf", "--fields")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert schemas.faults("sign-fields", said) == []
    assert [(each["name"], each["order"], each["signer"]) for each in said["letter"]["fields"]] == [
        ("supplier", 1, "Claire Moreau"),
        ("prospect", 2, "Paul Lefèvre"),
    ]
    with pikepdf.open(desk / "letter.pdf") as file:
        for told, field in zip(said["letter"]["fields"], file.Root.AcroForm.Fields, strict=True):
            left, _bottom, right, top = map(float, field.Rect)
            height = float(file.pages[told["page"] - 1].mediabox[3])
            points = told["points"]
            assert points["left"] == pytest.approx(left, abs=0.01)
            assert points["top"] == pytest.approx(height - top, abs=0.01)
            assert points["width"] == pytest.approx(right - left, abs=0.01)
            assert told["percent"]["top"] == pytest.approx(100 * (height - top) / height, abs=0.001)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("library", ["uharfbuzz", "pkcs11"])
def test_a_library_that_is_missing_is_said_with_the_remedy(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, "pyhanko.pdf_utils.font.opentype", raising=False)
    result = signed("letter", "supplier") if library == "uharfbuzz" else on_card("Carte")
    assert (result.exit_code, 'pip install "accord[sign]"' in result.stderr) == (3, True), result.output
