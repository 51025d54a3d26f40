"""From files and flags to a house and deals, with every fault told at once."""

import datetime
import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from accord import files, toml_reader
from accord.domain import identifiers
from accord.domain.deal import Deal
from accord.domain.deal_file import DealFile, locale_of
from accord.domain.house import House, HouseFile, Logo
from accord.domain.parties import Prospect
from accord.domain.validation import in_order, validate
from accord.errors import AccordError, Defect, Fault, FaultyInput
from accord.i18n import _
from accord.intake import logo, parsing
from accord.intake.overrides import set_key
from accord.text.characters import excerpt, path_name

HOUSE_FILE = "accord.toml"
STILL_TO_WRITE = ("…", "...")


# --- Finding and reading a house or a deal ------------------------------------


def find_house(start: Path, explicit: Path | None) -> Path:
    """The house file: the one named, else `accord.toml` in `start` or a folder above.

    Raises `AccordError` if there is none.
    """
    if explicit is not None:
        return explicit
    folder = Path(os.path.abspath(start))  # noqa: PTH100 - resolve() trips over links that go in a circle
    for candidate in (folder, *folder.parents):
        if os.path.lexists(candidate / HOUSE_FILE):
            return candidate / HOUSE_FILE
    raise AccordError(
        _(
            "There is no {name} in {folder} or above it: run “accord init” to write yours,"
            " or “accord demo” to see letters of a sample house."
        ).format(name=HOUSE_FILE, folder=folder)
    )


def open_house(named: Path | None) -> HouseFile:
    """The house in the file `named`; without a name, in the accord.toml of the current folder or one above.

    Raises `AccordError` if there is none, `FaultyInput` with every fault of the file.
    """
    return read_house(find_house(Path.cwd(), named))


def house_at_hand(named: Path | None) -> HouseFile | None:
    """The same house; None where none is named and none is found."""
    try:
        path = find_house(Path.cwd(), named)
    except AccordError:
        return None
    return read_house(path)


def read_house(path: Path) -> HouseFile:
    """The house in the file `path`, with its logo; `FaultyInput` with every fault."""
    source = path_name(path)
    data = _written(toml_reader.read(path, source))
    house, faults = validate(House, data, source)
    picture: tuple[bytes, str] | None = None
    brand = data.get("brand")
    named = brand.get("logo") if isinstance(brand, dict) else None
    if isinstance(named, str) and not any(fault.key == "brand.logo" for fault in faults):
        try:
            picture = _read_logo(path.parent / named.strip(), named)
        except Defect as defect:
            faults.append(Fault(source, "brand.logo", str(defect)))
    if house is None or faults:
        raise FaultyInput(in_order(House, faults))
    alternative = house.brand.logo_alt or house.supplier.name
    return HouseFile(path, house, Logo(*picture, alternative) if picture else None)


def house_from(data: dict[str, Any], source: str) -> House:
    """The house in `data`, without its logo; `FaultyInput` with every fault."""
    house, faults = validate(House, data, source)
    if house is None or faults:
        raise FaultyInput(in_order(House, faults))
    return house


def read_deal(
    path: Path,
    house: House,
    *,
    today: datetime.date,
    overrides: Mapping[str, str] | None = None,
    date: str | None = None,
) -> Deal:
    """The deal in the file `path`, completed from the house.

    `overrides` maps dotted keys to texts, as `--set` and `--lang` give them;
    `date` is the letter's date as people write it in the deal's locale; `today`
    is the date of a letter that states none.  Raises `FaultyInput` with every
    fault; those of an override name no file.
    """
    source = path_name(path)
    data = read_deal_data(path, source)
    return given_deal(data, source, house, today=today, overrides=overrides, date=date)


def read_deal_data(path: Path, source: str) -> dict[str, Any]:
    """What is written in a deal file, not checked yet; `FaultyInput` names it by `source`."""
    return _written(toml_reader.read(path, source))


def given_deal(  # noqa: PLR0913 - what a deal is made of
    data: dict[str, Any],
    source: str,
    house: House,
    *,
    today: datetime.date,
    overrides: Mapping[str, str] | None = None,
    date: str | None = None,
) -> Deal:
    """The deal in `data`, which this changes, with what `read_deal` says of the other arguments."""
    overrides = overrides or {}
    if "language" in overrides:
        data.pop("locale", None)  # a letter in another language is printed by other habits
    misfits = _set_keys(data, overrides)
    answered = {key.strip() for key in overrides}
    if date is not None:
        misfits += _set_date(data, date, house)
        answered.add("date")
    try:
        deal = deal_from(data, source, house, today=today)
    except FaultyInput as error:
        refused = {fault.key for fault in misfits}
        faults = [_of_answer(fault, answered) for fault in error.faults if fault.key not in refused]
        raise FaultyInput(in_order(DealFile, misfits + faults)) from None
    if misfits:
        raise FaultyInput(misfits)
    return deal


def _set_keys(data: dict[str, Any], overrides: Mapping[str, str]) -> list[Fault]:
    """Set each key of `data` as far as it can be; the faults of the others."""
    misfits: list[Fault] = []
    for key, text in overrides.items():
        try:
            set_key(data, key, text)
        except FaultyInput as error:
            misfits += error.faults
    return misfits


def _set_date(data: dict[str, Any], date: str, house: House) -> list[Fault]:
    """Date the letter, as people write it in the deal's locale; the fault of what is no date."""
    try:
        data["date"] = parsing.day(date, locale_of(data, house))
    except AccordError as error:
        return [Fault("", "date", str(error))]
    return []


def _of_answer(fault: Fault, answered: Collection[str]) -> Fault:
    """The fault; without the file's name if it is that of an answer."""
    return replace(fault, source="") if fault.key.partition("[")[0] in answered else fault


def _written(table: Mapping[str, Any]) -> dict[str, Any]:
    """What is written in a table: an ellipsis stands for what is still to be written."""
    kept: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            kept[key] = _written(value)
        elif isinstance(value, list):
            kept[key] = [item for item in value if item not in STILL_TO_WRITE]
        elif value not in STILL_TO_WRITE:
            kept[key] = value
    return kept


def _read_logo(path: Path, named: str) -> tuple[bytes, str]:
    """The logo's bytes and media type; `Defect` if the file is not a safe PNG or SVG picture."""
    try:
        content = files.read(path)
    except Defect as defect:
        sentence = _("the file {name}, looked for beside the house file, {fault}")
        raise Defect(sentence.format(name=excerpt(named), fault=defect)) from None
    try:
        media_type = logo.check(content)
        content = logo.bare(content)
    except Defect as defect:
        raise Defect(_("the file {name} {fault}").format(name=excerpt(named), fault=defect)) from None
    return content, media_type


# --- Completing a deal --------------------------------------------------------


def deal_from(data: dict[str, Any], source: str, house: House, *, today: datetime.date) -> Deal:
    """The deal in `data`, completed from the house; `FaultyInput` with every fault."""
    return deal_file_from(data, source, house, today=today).deal


def deal_file_from(data: dict[str, Any], source: str, house: House, *, today: datetime.date) -> DealFile:
    """The deal file that `data` makes, completed from the house; `FaultyInput` with every fault."""
    completed = _completed(data, house, today)
    file, faults = validate(DealFile, completed, source)
    prospect = file.prospect if file else Prospect.sound_part(completed.get("prospect"))
    if key := identifiers.same(prospect, house.supplier):
        sentence = _("the prospect is the house itself; name the company that asks for the feature")
        faults.append(Fault(source, f"prospect.{key}", sentence))
    if file is None or faults:
        raise FaultyInput(in_order(DealFile, faults))
    return file


def _completed(data: dict[str, Any], house: House, today: datetime.date) -> dict[str, Any]:
    """A copy of `data` with what a deal leaves to the house."""
    terms = house.terms
    given: dict[str, Any] = {
        "date": today,
        "law": terms.law,
        "binding": terms.binding,
        "vendor_commitment": terms.vendor_commitment,
        "locale": locale_of(data, house),
    }
    completed = {**{key: value for key, value in given.items() if value is not None}, **data}
    if terms.court and completed.get("law") == terms.law:
        completed.setdefault("court", terms.court)
    decision = completed.get("decision")
    if isinstance(decision, dict) and house.supplier.currency:
        completed["decision"] = {"currency": house.supplier.currency, **decision}
    return completed
