"""A draft e-mail: a message that mail programs read, the letter in it, the same bytes each time."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from accord.domain.deal import Deal
from accord.errors import FaultyInput
from accord.intake import loader
from accord.services.message import message
from support.cli import run
from support.inputs import TODAY
from support.paths import SAMPLES
from support.samples import HOUSE, LIBRARY, compose

PDF = b"%PDF-1.7 \x00\xff" * 50


def deal_with(**prospect: object) -> Deal:
    data = loader.read_deal_data(SAMPLES / "01-fr-abonnement.toml", "deal")
    data["prospect"] |= prospect
    return loader.deal_from(data, "deal", HOUSE.house, today=TODAY)


def made(deal: Deal, *, final: bool = True) -> bytes:
    letter = compose(deal, HOUSE, final=final)
    return message(letter, PDF, "lettre.pdf", deal, HOUSE, LIBRARY)


def read(content: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def test_a_message_is_an_unsent_one_to_the_prospect() -> None:
    mail = read(made(deal_with(email="paul@lefevre.example")))
    assert (mail["X-Unsent"], mail["Content-Language"]) == ("1", "fr")
    assert str(mail["From"]) == "Claire Moreau <contact@novalys.example>"
    assert str(mail["To"]) == "Paul Lefèvre <paul@lefevre.example>"
    assert "«\u00a0Export FEC\u00a0»" in mail["Subject"]
    assert str(mail["Date"]) == "Mon, 23 Nov 2026 12:00:00 +0000"
    body = mail.get_body()
    assert body
    assert body.get_content_type() == "text/plain"
    assert "\n\nBien cordialement,\n\nClaire Moreau\n" in body.get_content().replace("\r\n", "\n")
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "lettre.pdf")
    assert attached.get_content() == PDF


def test_without_an_address_there_is_no_recipient() -> None:
    assert read(made(deal_with()))["To"] is None


def test_the_same_letter_gives_the_same_bytes_and_a_draft_another_message() -> None:
    deal = deal_with()
    assert made(deal) == made(deal)
    first, draft = read(made(deal)), read(made(deal, final=False))
    assert first["Message-ID"] != draft["Message-ID"]
    assert all(line.endswith(b"\r\n") for line in made(deal).splitlines(keepends=True))


ADDRESSES = {"paul@bücher.example": "paul@xn--bcher-kva.example", "o'hara@x.example": "o'hara@x.example"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_written_as_mail_carries_it(address: str) -> None:
    (to,) = read(made(deal_with(email=address)))["To"].addresses
    assert to.addr_spec == ADDRESSES[address]


@pytest.mark.parametrize("address", ["père@x.example", "a,b@x.example"])
def test_an_address_that_mail_does_not_carry_is_told(address: str) -> None:
    with pytest.raises(FaultyInput, match=r"prospect\.email: cannot be the address"):
        made(deal_with(email=address))


def test_render_writes_the_letter_and_its_message(tmp_path: Path) -> None:
    source = tmp_path / "deal.toml"
    source.write_bytes((SAMPLES / "01-fr-abonnement.toml").read_bytes())
    at_home = ("--house", SAMPLES / "accord.toml", "--final")
    result = run("render", source, *at_home, "--format", "pdf,eml", "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    pdf, mail = map(Path, result.stdout.splitlines())
    assert pdf.stem == mail.stem
    (attached,) = read(mail.read_bytes()).iter_attachments()
    assert attached.get_filename() == pdf.name
    assert attached.get_content() == pdf.read_bytes()
    alone = run("render", source, *at_home, "--format", "eml", "-o", tmp_path / "alone.eml")
    assert alone.exit_code == 0, alone.stderr
    assert (tmp_path / "alone.eml").read_bytes() == mail.read_bytes()


def test_a_final_message_replaces_its_own_draft_and_no_other(tmp_path: Path) -> None:
    source, mail = tmp_path / "deal.toml", tmp_path / "letter.eml"
    source.write_bytes((SAMPLES / "01-fr-abonnement.toml").read_bytes())

    def render(*more: str) -> int:
        at_home = ("--house", SAMPLES / "accord.toml", "-o", mail, "--format", "eml")
        return run("render", source, *at_home, *more).exit_code

    another_version = ("--set", "feature.need=tout exporter")
    assert [render(), render(), render(*another_version), render("--final"), render()] == [0, 0, 2, 0, 2]
    assert b".final@" in mail.read_bytes()


def test_a_draft_replaces_no_draft_of_another_version_but_a_final_letter_does(tmp_path: Path) -> None:
    source, letter = tmp_path / "deal.toml", tmp_path / "letter.pdf"
    source.write_bytes((SAMPLES / "01-fr-abonnement.toml").read_bytes())

    def render(*more: str) -> int:
        return run("render", source, "--house", SAMPLES / "accord.toml", "-o", letter, *more).exit_code

    another_version = ("--set", "feature.need=tout exporter")
    assert [render(), render(*another_version), render(*another_version, "--final")] == [0, 2, 0]


EDITED = {"as it was made": (b"", b"", 0), "a word changed": (b"Bien cordialement", b"Amicalement", 2)}


@pytest.mark.parametrize("name", EDITED)
def test_a_draft_message_that_a_person_edited_is_kept(name: str, tmp_path: Path) -> None:
    before, after, code = EDITED[name]
    source, mail = tmp_path / "deal.toml", tmp_path / "letter.eml"
    source.write_bytes((SAMPLES / "01-fr-abonnement.toml").read_bytes())
    command = ("render", source, "--house", SAMPLES / "accord.toml", "-o", mail, "--format", "eml")
    assert run(*command).exit_code == 0
    edited = mail.read_bytes().replace(before, after) if before else mail.read_bytes()
    mail.write_bytes(edited)
    assert run(*command, "--final").exit_code == code
    assert (mail.read_bytes() == edited) == bool(code)
