"""`accord init`: the house's particulars, asked once and written to `accord.toml`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from accord import files, i18n
from accord.cli import explanations, options, prompts
from accord.cli.prompts import Form
from accord.cli.terminal import tell
from accord.domain import deal_file
from accord.domain.choices import Binding
from accord.errors import OutputError
from accord.i18n import _
from accord.intake import loader, parsing, toml_writer
from accord.text import currencies


@options.command(
    "init",
    _(
        "Ask for what every letter says of your company, and for your usual terms; then write"
        " accord.toml, with a word on each key. Any answer can be given with --set; what is left is"
        " asked. Without a terminal nothing is asked, and what is missing is listed."
    ),
    _("""Examples:
  accord init
  accord init --set supplier.name=Novalys --set terms.law=FR \\
      --set terms.binding=conditional"""),
)
@options.out(_("The file to write."), default="accord.toml")
@options.settings(_("Any key of the file, such as supplier.name=Novalys; may be repeated."))
@options.force
def command(out: Path, settings: tuple[str, ...], *, force: bool) -> None:
    """Take the settings, ask for the rest, write the file."""
    if out.exists() and not force:
        sentence = _("{path} exists; write --force to replace it, or another name with --out.")
        raise OutputError(sentence.format(path=out))
    form = Form(lambda table: loader.house_from(table, ""))
    form.give_settings(options.keys_of(settings), "house")
    form.settle(_needed())
    if prompts.on_terminal():
        with prompts.nothing_written():
            _ask_identity(form)
            _ask_signatory(form)
            _ask_terms(form)
    house = loader.house_from(form.table, "")
    files.write(out, toml_writer.toml_of_house(house.model_dump(exclude_none=True)).encode(), force=force)
    click.echo(out)
    tell(_("Read it through, then: accord new"))


def _needed() -> dict[str, str]:
    """The keys without which no letter can be written, and what each wants."""
    return {
        "supplier.name": _("is missing; write --set supplier.name=… with your company's name"),
        "terms.law": _("is missing; write --set terms.law=FR or --set terms.law=EW"),
        "terms.binding": _("is missing; write --set terms.binding=… with one of {choices}").format(
            choices=", ".join(get_args(Binding))
        ),
    }


def _ask_identity(form: Form) -> None:
    tell(_("Your company, for accord.toml. Enter takes the [answer] or leaves the line out; Ctrl-C stops."))
    form.fill("supplier.name", _("Name of your company:"))
    country = {"fr": "FR", "en": "GB"}[i18n.language()]
    form.fill("supplier.country", _("Country, in two letters (FR, GB…):"), str.upper, default=country)
    country = form.get("supplier.country")
    french = country == "FR"
    form.fill("supplier.legal_form", _("Legal form (SAS, SARL, Ltd…):"), optional=True)
    question = _("Currency ({codes}):").format(codes=", ".join(currencies.CODES))
    form.fill("supplier.currency", question, str.upper, default=currencies.of_country(country))
    form.fill("supplier.capital", _("Share capital, in that currency:"), _amount(form), optional=True)
    number = _("SIREN number:") if french else _("Company number:")
    form.fill("supplier.registration", number, optional=True)
    registry = _("Town of the register (RCS):") if french else _("Register, such as England and Wales:")
    form.fill("supplier.registry", registry, optional=True)
    form.fill("supplier.vat", _("VAT number:"), optional=True)
    form.fill("supplier.address", _("Address, its lines parted by a semicolon (;):"), _lines, optional=True)
    form.fill("supplier.email", _("E-mail address:"), optional=True)


def _amount(form: Form) -> Callable[[str], Any]:
    """Amounts as people write them in the house's country."""
    locale = deal_file.usual_locale(i18n.language(), form.get("supplier.country"))
    return lambda text: parsing.amount(text, locale, form.get("supplier.currency"))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split(";") if line.strip()]


def _ask_signatory(form: Form) -> None:
    tell(_("Who signs?"))
    form.fill("supplier.signatory.civility", _("  Mme, M., Ms, Mrs, Mr, Dr or Me:"), optional=True)
    form.fill("supplier.signatory.first_name", _("  First name:"), optional=True)
    form.fill("supplier.signatory.last_name", _("  Last name:"), optional=True)
    form.fill("supplier.signatory.title", _("  Title, such as Director:"), optional=True)


def _ask_terms(form: Form) -> None:
    law = "FR" if form.get("supplier.country") == "FR" else "EW"
    form.choose("terms.law", _("Your agreements are usually governed by"), explanations.laws(), default=law)
    form.fill("terms.court", _("Town of the court, or its whole name:"), optional=True)
    form.choose(
        "terms.binding",
        _("What shall an agreement usually oblige to, once signed?"),
        explanations.bindings(form.get("terms.law")),
    )
    form.choose(
        "terms.vendor_commitment",
        _("And what do you owe in return?"),
        explanations.commitments(form.get("terms.binding")),
        default="efforts",
    )
    form.fill("terms.acceptance_days", _("Days the client has to test:"), prompts.whole_number, default="15")
    form.fill("terms.payment_days", _("Days to pay an invoice:"), prompts.whole_number, default="30")
    form.fill("terms.validity_days", _("Days to countersign:"), prompts.whole_number, default="30")
