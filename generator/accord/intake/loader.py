"""Houses and deals from files and flags, with every fault of an input at once."""

import contextlib
import datetime
import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from accord import files, i18n, toml_reader
from accord.domain.deal import Deal
from accord.domain.deal_file import DealFile, locale_of, usual_locale
from accord.domain.documents import Document, Documents, nowhere
from accord.domain.house import House, HouseFile
from accord.domain.parties import Prospect, shown_same_by
from accord.domain.validation import Model, in_order, validate
from accord.errors import AccordError, Defect, Fault, FaultyInput
from accord.i18n import _
from accord.intake import documents as document_files
from accord.intake import dotted, logo
from accord.intake.overrides import Habits, set_keys
from accord.text.characters import excerpt, path_name

HOUSE_FILE = "accord.toml"
STILL_TO_WRITE = ("…", "...")


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
    return house_beside(path, filled_in(toml_reader.read(path, source)), source)


def house_beside(path: Path, data: dict[str, Any], source: str) -> HouseFile:
    """The house in `data`, with what it names looked for beside the file `path`; `FaultyInput` with every fault."""
    house, faults = validate(House, data, source)
    picture: tuple[bytes, str] | None = None
    name = dotted.get(data, "brand.logo")
    if isinstance(name, str) and not any(fault.key == "brand.logo" for fault in faults):
        try:
            picture = _read_logo(_beside(path, name.strip()), name)
        except Defect as defect:
            faults.append(Fault(source, "brand.logo", str(defect)))
    house = _with_documents(house, data, document_files.beside(path), source, faults)
    return HouseFile(path, house, house.logo(*picture) if picture else None)


def house_from(data: dict[str, Any], source: str, documents: Documents | None = None) -> House:
    """The house in `data`, without its logo; `FaultyInput` with every fault.

    `documents` finds the files that it names; without it they are not looked for.
    """
    house, faults = validate(House, data, source)
    if documents is None:
        return _faultless(House, house, faults)
    return _with_documents(house, data, documents, source, faults)


def _with_documents(
    house: House | None, data: dict[str, Any], documents: Documents, source: str, faults: list[Fault]
) -> House:
    """The house with the documents that it names; `FaultyInput` with its own faults and theirs."""
    path = dotted.get(data, "terms.general_terms_file")
    found, missing = document_files.of_house(path, documents, source)
    return _faultless(House, house, [*faults, *missing]).with_documents(found)


def _faultless(root: type[Model], model: Model | None, faults: list[Fault]) -> Model:
    """The model; `FaultyInput` if it has faults, in the order of its keys."""
    if model is None or faults:
        raise FaultyInput(in_order(root, faults))
    return model


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
    documents = document_files.beside(path)
    return given_deal(data, source, house, today=today, overrides=overrides, date=date, documents=documents)


def read_deal_data(path: Path, source: str) -> dict[str, Any]:
    """What is written in a deal file, not checked yet; `FaultyInput` names it by `source`."""
    if files.is_pdf(path):
        sentence = _("is a PDF, not a deal file; name its .toml, or get it back by “accord extract {name}”")
        raise FaultyInput([Fault(source, "", sentence.format(name=source))])
    return filled_in(toml_reader.read(path, source))


def given_deal(  # noqa: PLR0913 - what a deal is made of
    data: dict[str, Any],
    source: str,
    house: House,
    *,
    today: datetime.date,
    overrides: Mapping[str, str] | None = None,
    date: str | None = None,
    documents: Documents = nowhere,
    root: type[DealFile] = DealFile,
) -> Deal:
    """The deal in `data`, which this changes, with what `read_deal` says of the other arguments.

    `documents` finds the files of its annexes; `root` says what must not be missing.
    """
    overrides = overrides or {}
    if "language" in overrides:
        data.pop("locale", None)  # a letter in another language is printed by other habits
    texts = {**overrides} if date is None else {**overrides, "date": date}
    answered = {key.strip() for key in texts}
    misfits = set_keys(data, texts, habits_of=lambda so_far: habits_of(so_far, house, today))
    try:
        deal = deal_from(data, source, house, today=today, documents=documents, root=root)
    except FaultyInput as error:
        refused = {fault.key for fault in misfits}
        faults = [_of_answer(fault, answered) for fault in error.faults if fault.key not in refused]
        raise FaultyInput(in_order(root, misfits + faults)) from None
    if misfits:
        raise FaultyInput(misfits)
    return deal


def habits_of(data: Mapping[str, Any], house: House, today: datetime.date | None) -> Habits:
    """How the texts of a deal in the making are to be read: as its locale writes them, counted from its date."""
    locale, decision, date = locale_of(data, house), data.get("decision"), data.get("date")
    currency = decision.get("currency") if isinstance(decision, dict) else None
    if isinstance(date, str):
        with contextlib.suppress(ValueError):
            date = datetime.date.fromisoformat(date)
    return Habits(
        dates=locale,
        amounts=locale,
        currency=currency if isinstance(currency, str) else house.supplier.order_currency,
        today=date if isinstance(date, datetime.date) else today,
    )


def house_habits_of(data: Mapping[str, Any]) -> Habits:
    """How the texts of a house in the making are to be read: as its country writes the language of the interface."""
    country = dotted.get(data, "supplier.country")
    locale = usual_locale(i18n.language(), country if isinstance(country, str) else None)
    return Habits(dates=locale, amounts=locale)


def _of_answer(fault: Fault, answered: Collection[str]) -> Fault:
    """The fault; without the file's name if it is that of an answer."""
    return replace(fault, source="") if fault.key.partition("[")[0] in answered else fault


def filled_in(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what is still to be written, for which an ellipsis stands."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            values[key] = filled_in(value)
        elif isinstance(value, list):
            values[key] = [item for item in value if item not in STILL_TO_WRITE]
        elif value not in STILL_TO_WRITE:
            values[key] = value
    return values


def _beside(house: Path, name: str) -> Path:
    """A file beside the house file, or beside the one to which that leads if it is a link."""
    try:
        folders = (house.parent, house.resolve().parent)
        found = (document_files.spelt(folder, name) for folder in folders)
        return next((path for path in found if path.exists()), house.parent / name)
    except (OSError, RuntimeError, ValueError):  # who reads it says why
        return house.parent / name


def _read_logo(path: Path, name: str) -> tuple[bytes, str]:
    """The logo's bytes and media type; `Defect` if the file is not a safe PNG or SVG picture."""
    try:
        content = files.read(path)
    except Defect as defect:
        sentence = _("the file {name}, looked for beside the house file, {fault}")
        raise Defect(sentence.format(name=excerpt(name), fault=defect)) from None
    try:
        media_type = logo.check(content)
        return logo.stripped(content), media_type
    except Defect as defect:
        raise Defect(_("the file {name} {fault}").format(name=excerpt(name), fault=defect)) from None


def deal_from(  # noqa: PLR0913 - what a deal is made of
    data: dict[str, Any],
    source: str,
    house: House,
    *,
    today: datetime.date,
    documents: Documents = nowhere,
    root: type[DealFile] = DealFile,
) -> Deal:
    """The deal in `data`, completed from the house; `FaultyInput` with every fault."""
    return deal_file_from(data, source, house, today=today, documents=documents, root=root).deal


def deal_file_from(  # noqa: PLR0913 - what a deal is made of
    data: dict[str, Any],
    source: str,
    house: House,
    *,
    today: datetime.date,
    documents: Documents = nowhere,
    root: type[DealFile] = DealFile,
) -> DealFile:
    """The deal file that `data` makes, completed from the house; `FaultyInput` with every fault.

    `documents` finds the files of the annexes; a decline has none, whatever its file says.
    `root` says what must not be missing: of a `PartialDealFile`, less.
    """
    completed = _completed(data, house, today)
    file, faults = validate(root, completed, source)
    prospect = file.prospect if file else Prospect.sound_part(completed.get("prospect"))
    if key := shown_same_by(prospect, house.supplier):
        sentence = _("the prospect is the house itself; name the company that asks for the feature")
        faults.append(Fault(source, f"prospect.{key}", sentence))
    annexes: list[Document] = []
    if file is None or file.refusal is None:
        others = house.documents()
        annexes, missing = document_files.of_annexes(completed.get("annex"), documents, others, source)
        faults += missing
    file = _faultless(root, file, faults)
    return file.with_annexes(annexes)


def _completed(data: dict[str, Any], house: House, today: datetime.date) -> dict[str, Any]:
    """A copy of `data` with what a deal leaves to the house."""
    terms = house.terms
    defaults: dict[str, Any] = {
        "date": today,
        "law": terms.law,
        "binding": terms.binding,
        "vendor_commitment": terms.vendor_commitment,
        "locale": locale_of(data, house),
    }
    completed = {**{key: value for key, value in defaults.items() if value is not None}, **data}
    if terms.court and completed.get("law") == terms.law:
        completed.setdefault("court", terms.court)
    language = completed.get("language")
    if isinstance(language, str) and (note := house.letters.opening_note.model_dump().get(language)):
        completed.setdefault("opening_note", note)
    decision = completed.get("decision")
    if isinstance(decision, dict) and house.supplier.order_currency:
        completed["decision"] = {"currency": house.supplier.order_currency, **decision}
    return completed
