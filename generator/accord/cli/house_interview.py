"""The questions that make a house, as one table: `accord init` and `accord edit accord.toml` share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import click

from accord import i18n
from accord.cli import prompts, unfinished
from accord.cli.interview import Interview
from accord.cli.terminal import tell
from accord.domain import deal_file, identifiers, legal_forms
from accord.domain.choices import LAW_OF_COUNTRY, Law
from accord.domain.house import House
from accord.errors import AccordError
from accord.i18n import _
from accord.intake import dotted, loader, particulars, toml_editor
from accord.services import answers as answering
from accord.services import explanations
from accord.services.answers import Answers, Form, Values, one_text, unless_shown
from accord.services.questions import signatory_of
from accord.text import currencies, places


@dataclass
class HouseAnswers(Answers):
    """What is answered of a house."""

    @property
    def country(self) -> str | None:
        """Where the house is."""
        country: str | None = self.form.get("supplier.country")
        return country

    @property
    def law(self) -> Law:
        """The law that its agreements are usually under."""
        law: Law = self.form.get("terms.law") or LAW_OF_COUNTRY.get(self.country or "", "EW")
        return law


Question: TypeAlias = answering.Question[HouseAnswers]


def house_questions() -> tuple[Question, ...]:
    """What every letter says of the house, and how far its agreements usually go; the rest is usual."""
    return (
        Question(
            "name",
            _("Company"),
            ("supplier.name",),
            lambda _a: _("Name of your company?"),
            lambda _a, text: {"supplier.name": text},
            needed=True,
        ),
        Question(
            "address",
            _("Address"),
            ("supplier.address",),
            lambda _a: _("Its registered office? (street, postcode and town on one line)"),
            _address,
            shown=lambda a: ", ".join(a.form.get("supplier.address") or ()),
        ),
        Question(
            "country",
            _("Country"),
            ("supplier.country",),
            lambda _a: _("In which country? (such as France or UK)"),
            lambda _a, text: _in_country(particulars.country(text)),
            shown=lambda a: places.country_name(str(a.country), i18n.locale()),
            suggested=_likely_country,
        ),
        Question(
            "form",
            _("Legal form"),
            ("supplier.legal_form", "supplier.capital"),
            lambda a: (
                _("Its legal form and share capital? (such as SAS au capital de 50 000 €)")
                if a.country == "FR"
                else _("Its legal form? (Ltd, PLC…)")
            ),
            _form,
            shown=_form_of,
            suggested=lambda a: particulars.form_in(str(a.form.get("supplier.name"))) or "",
        ),
        Question(
            "registration",
            _("Number"),
            ("supplier.registration", "supplier.registry"),
            lambda a: (
                _("Its SIREN, and the town of its register? (732 829 320 RCS Lyon)")
                if a.country == "FR"
                else _("Its company number?")
            ),
            _registration,
            shown=_registration_of,
        ),
        Question(
            "signatory",
            _("Signs"),
            ("supplier.signatory.last_name", "supplier.signatory.title"),
            lambda _a: _("Who signs for it, and as what? (such as Claire Moreau, Director)"),
            lambda a, text: unless_shown(
                a, {f"supplier.signatory.{key}": value for key, value in particulars.person(text).items()}
            ),
            shown=lambda a: signatory_of(a.form.get("supplier.signatory") or {}),
        ),
        Question(
            "law",
            _("Law"),
            ("terms.law",),
            lambda _a: _("Your agreements are usually governed by"),
            lambda _a, word: {"terms.law": word},
            applies=lambda a: a.country is not None and a.country not in LAW_OF_COUNTRY,
            choices=lambda _a: explanations.laws(),
            shown=lambda a: str(a.form.get("terms.law")),
            needed=True,
        ),
        Question(
            "level",
            _("Usual level"),
            ("terms.binding",),
            lambda _a: _("How binding should your agreements normally be? (each letter may differ)"),
            lambda a, word: {"terms.binding": word, "terms.law": a.law},
            choices=lambda a: dict(explanations.bindings(a.law).items()),
            shown=lambda a: str(a.form.get("terms.binding")),
            needed=True,
        ),
    )


def _address(answers: HouseAnswers, text: str) -> Values:
    read = particulars.address(text)
    # In French, five digits are a postcode in France; in English, they may be one anywhere.
    country = read.country or (read.likely if i18n.language() == "fr" else None)
    tells = _in_country(country) if country and answers.country is None else {}
    return {"supplier.address": list(read.lines), **tells}


def _likely_country(answers: HouseAnswers) -> str:
    likely = particulars.address(", ".join(answers.form.get("supplier.address") or ())).likely
    return places.country_name(likely or {"fr": "FR", "en": "GB"}[i18n.language()], i18n.locale())


def _in_country(country: str) -> Values:
    """A country, and the currency that companies there use."""
    currency = currencies.order_currency(currencies.of_country(country))
    return {"supplier.country": country} | ({"supplier.currency": currency} if currency else {})


def _form(answers: HouseAnswers, text: str) -> Values:
    locale = deal_file.usual_locale(i18n.language(), answers.country)
    read = particulars.form(text, locale, answers.form.get("supplier.currency"))
    return unless_shown(answers, {f"supplier.{key}": value for key, value in read.items()})


def _form_of(answers: HouseAnswers) -> str:
    form, capital = (one_text(answers.form.get(f"supplier.{key}")) for key in ("legal_form", "capital"))
    return _("{form} with capital {capital}").format(form=form, capital=capital) if capital else form


def _registration(answers: HouseAnswers, text: str) -> Values:
    """The number, its register, and the court of its town where the house is French."""
    form = answers.form.get("supplier.legal_form")
    charity = isinstance(form, str) and legal_forms.is_charity(form)
    read = particulars.registration(text, answers.country, charity=charity)
    if answers.country == "GB" and not charity:
        read.setdefault("registry", identifiers.part_of_britain(read["registration"]))
    values: dict[str, Any] = {f"supplier.{key}": value for key, value in read.items()}
    if answers.country == "FR" and "registry" in read and "terms.court" not in answers.form:
        values["terms.court"] = read["registry"]
    return values


def _registration_of(answers: HouseAnswers) -> str:
    number, registry = (answers.form.get(f"supplier.{key}") for key in ("registration", "registry"))
    return f"{number} RCS {registry}" if registry and answers.country == "FR" else str(number or "")


def house_form() -> Form:
    """An empty form for a house."""
    return Form(lambda table: loader.house_from(table, ""))


def ask(answers: HouseAnswers, *, confirmed: bool) -> None:
    """Ask what is not answered yet; unless all is `confirmed` beforehand, show the summary."""
    tell(_("Your company, for accord.toml. Enter takes the [answer] or leaves it out, < goes back."))
    conversation = Interview(house_questions(), answers)
    if confirmed:
        conversation.ask_all()
    else:
        conversation.converse()


def edit(path: Path, data: dict[str, Any], settings: Mapping[str, str], *, resume: bool) -> None:
    """Change answers of a house file, which keeps all else that stands in it."""
    if not settings and not prompts.on_terminal():
        raise AccordError(_("There is no terminal to ask at: give the changes as --set KEY=VALUE."))
    loader.read_house(path)  # all its faults, before anything is asked
    answers = HouseAnswers(house_form())
    resumed = unfinished.newest_beside(path) if resume else None
    form = answers.form
    form.table = data
    before = dict(dotted.flatten(data))
    if resumed:
        unfinished.take_up(answers, resumed)
    form.give_settings(settings, "house", loader.house_habits_of)
    form.settle({}, asking=prompts.on_terminal())
    again = unfinished.command_line("edit", path, "--resume")
    with unfinished.kept(answers, lambda: resumed or unfinished.path_beside(path), again):
        if prompts.on_terminal():
            ask(answers, confirmed=False)
        toml_editor.change_file(path, House, before, dict(dotted.flatten(form.table)))
    if resumed:
        resumed.unlink(missing_ok=True)
    click.echo(path)
