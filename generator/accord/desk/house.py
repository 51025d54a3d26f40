"""The house: its particulars and its terms as a form that changes `accord.toml`, and keeps all else that stands in it."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from accord import files, isolation, toml_reader
from accord.desk.desk import Desk
from accord.desk.guard import LARGEST_REQUEST
from accord.desk.pages import desk_of, needs, page, person_of
from accord.desk.uploads import Upload, received
from accord.domain.base import all_keys, choices_at, plain_type, table_within
from accord.domain.house import CatalogueItem, House
from accord.domain.translated import Texts
from accord.errors import Defect, Fault, FaultyInput
from accord.i18n import N_, _
from accord.intake import dotted, loader, overrides, toml_editor, words
from accord.text.slug import slug

PARTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Company"),
        (
            ("supplier.name", N_("Name")),
            ("supplier.legal_form", N_("Legal form")),
            ("supplier.capital", N_("Share capital")),
            ("supplier.currency", N_("Currency of the capital")),
            ("supplier.registration", N_("Number in the register")),
            ("supplier.registry", N_("Register")),
            ("supplier.unregistered", N_("In no register")),
            ("supplier.vat", N_("VAT number")),
            ("supplier.address", N_("Registered office")),
            ("supplier.country", N_("Country")),
            ("supplier.email", N_("E-mail for notices")),
        ),
    ),
    (
        N_("Who signs"),
        (
            ("supplier.signatory.civility", N_("Form of address")),
            ("supplier.signatory.first_name", N_("First name")),
            ("supplier.signatory.last_name", N_("Last name")),
            ("supplier.signatory.title", N_("Office held")),
        ),
    ),
    (
        N_("Usual terms"),
        (
            ("terms.law", N_("Governing law")),
            ("terms.court", N_("Court")),
            ("terms.binding", N_("Usual level")),
            ("terms.vendor_commitment", N_("What you owe for the date")),
            ("terms.title", N_("Titles of the letters")),
            ("terms.acceptance_days", N_("Days to test")),
            ("terms.payment_days", N_("Days to pay")),
            ("terms.validity_days", N_("Days to countersign")),
            ("terms.confidentiality_years", N_("Years of confidentiality")),
            ("terms.general_terms", N_("General terms")),
            ("terms.general_terms_file", N_("File of the general terms")),
            ("terms.extension_days", N_("Longest extension, in days")),
            ("terms.force_majeure_days", N_("Longest force majeure, in days")),
            ("terms.liability_cap", N_("Cap on liability")),
            ("terms.hardship", N_("Hardship")),
        ),
    ),
    (
        N_("Letters"),
        (
            ("brand.logo", N_("Logo")),
            ("brand.logo_alt", N_("What the logo says")),
            ("brand.colour", N_("Colour")),
            ("positioning.statement.fr", N_("Choice of market, in French")),
            ("positioning.statement.en", N_("Choice of market, in English")),
            ("letters.opening_note.fr", N_("First sentence, in French")),
            ("letters.opening_note.en", N_("First sentence, in English")),
            ("letters.closing", N_("Closing")),
        ),
    ),
    (
        N_("Capacity and review"),
        (
            ("capacity.days_per_month", N_("Working days a month")),
            ("review.clients", N_("Clients not to be named to others")),
            ("review.approved_only", N_("Approved clauses only")),
            ("review.core_approved", N_("Core clauses as they stand, or approved")),
            ("review.refuse", N_("Warnings that stop a final letter")),
        ),
    ),
)
"""The parts of the form: their names, their keys, and what these are called."""
FILE_ONLY = frozenset({"register.url", "signatures.trust"})
"""What is stated in the file alone: where the desk itself keeps what it knows, with a password; and files of certificates."""
CATALOGUE = "catalogue"
ROWS_TO_FILL = 3
MOST_FIELDS = 2000
LIMITS = isolation.Limits(seconds=20, memory=1 << 30)
"""Of the process that looks at a logo."""
MOST_OF_A_NAME = 100
LOGOS = frozenset({".svg", ".png"})
LANGUAGES = tuple(Texts.model_fields)
_INFOS = dict(all_keys(House))


def routes() -> list[Route]:
    """The pages of the house."""
    return [
        Route("/house", needs("admin", show), methods=["GET"]),
        Route("/house", needs("admin", change), methods=["POST"]),
    ]


@dataclass(frozen=True)
class Field:
    """One question of the form; `texts` are what stands in each of its fields, by their names."""

    key: str
    label: str
    hint: str
    widget: str
    texts: Mapping[str, str]
    options: Mapping[str, str]
    faults: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Of its first field."""
        return next(iter(self.texts))


@dataclass(frozen=True)
class Written:
    """The house's file as it is written: its text, and what it says."""

    path: Path
    text: str
    data: dict[str, Any]

    @classmethod
    def of(cls, desk: Desk) -> "Written":
        """The file as it stands; `FaultyInput` if it is no TOML."""
        try:
            text = files.decode(files.read(desk.house))
            return cls(desk.house, text, loader.filled_in(toml_reader.parse(text)))
        except Defect as defect:
            raise defect.about(desk.house.name) from None

    @property
    def digest(self) -> str:
        """Of its text, by which a change made meanwhile shows."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def texts(self) -> dict[str, str]:
        """What it says, by the names of the form's fields."""
        texts: dict[str, str] = {}
        for key, info in _INFOS.items():
            if key not in FILE_ONLY | {CATALOGUE} and not _is_table(key):
                texts |= _texts(key, info, dotted.get(self.data, key))
        for place, row in enumerate(self.rows()):
            texts |= _row_texts(place, row)
        return texts

    def rows(self) -> list[Mapping[str, Any]]:
        """What the house sells."""
        rows = self.data.get(CATALOGUE)
        return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


# --- From the file to the form ------------------------------------------------------


def _is_table(key: str) -> bool:
    return any(other.startswith(f"{key}.") for other in _INFOS)


def _texts(key: str, info: Any, value: Any) -> dict[str, str]:
    """A value as the texts of its fields: one for each language where it prints in letters of both."""
    if table_within(info) is Texts:
        each = value if isinstance(value, Mapping) else dict.fromkeys(LANGUAGES, value)
        return {f"{key}.{language}": _text(each.get(language)) for language in LANGUAGES}
    if plain_type(info) is bool and value is None:
        value = info.default
    return {key: _text(value)}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _row_texts(place: int, row: Mapping[str, Any]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, info in CatalogueItem.model_fields.items():
        texts |= _texts(f"{CATALOGUE}[{place}].{name}", info, row.get(name))
    return texts


def _fields(path: Path, texts: Mapping[str, str], faults: Sequence[Fault]) -> list[tuple[str, list[Field]]]:
    return [
        (_(part), [_field(path, key, _(label), texts, faults) for key, label in keys]) for part, keys in PARTS
    ]


def _field(path: Path, key: str, label: str, texts: Mapping[str, str], faults: Sequence[Fault]) -> Field:
    info = _INFOS[key]
    names = [name for name in texts if name == key or (name.startswith(f"{key}.") and name[-2:] in LANGUAGES)]
    hint = _(str(_INFOS[key[:-3] if key[-3:] in {f".{each}" for each in LANGUAGES} else key].description))
    if isinstance(info.default, int) and not choices_at(info) and plain_type(info) is not bool:
        hint = _("{hint}; {number} if left empty").format(hint=hint, number=info.default)
    return Field(
        key,
        f"{label[0].upper()}{label[1:]}",
        hint if hint.casefold() != label.casefold() else "",
        _widget(key, info),
        {name: texts[name] for name in names},
        _options(path, key, info, texts.get(key, "")),
        [fault.sentence for fault in faults if _name_of(fault.key) == key],
    )


def _widget(key: str, info: Any) -> str:
    if table_within(info) is Texts:
        return "each"
    kind = plain_type(info)
    if choices_at(info) and _is_list(info):
        return "several"
    if choices_at(info) or kind is bool or key == "brand.logo":
        return "choice"
    if _is_list(info) or key.startswith(("positioning.", "letters.opening_note.")):
        return "lines"
    return "text"


def _is_list(info: Any) -> bool:
    return plain_type(info) is not str and str(plain_type(info)).startswith("tuple")


def _options(path: Path, key: str, info: Any, text: str) -> dict[str, str]:
    """The values to choose from, and what they are called."""
    if key == "brand.logo":
        names = {file.name for file in path.parent.iterdir() if file.suffix.lower() in LOGOS}
        return {"": "–", **{name: name for name in sorted(names | ({text} - {""}))}}
    if plain_type(info) is bool:
        return {"yes": _("yes"), "no": _("no")}
    if not choices_at(info):
        return {}
    named = {**words.named(key), **_named(key)}
    usual = named.get(info.default) if isinstance(info.default, str) else None
    nothing = {"": _("usual: {value}").format(value=usual) if usual else "–"}
    return (nothing if not _is_list(info) else {}) | named


def _named(key: str) -> dict[str, str]:
    """What the values of a key are called that nobody types elsewhere."""
    return {
        "terms.title": {
            "usage": _("as people say it, with what it is in law"),
            "strict": _("the plain legal name"),
        },
        "terms.hardship": {"excluded": _("renegotiation excluded"), "accepted": _("renegotiation accepted")},
        "letters.closing": {"formal": _("formal"), "warm": _("warm")},
        "review.refuse": {
            "asked-before": _("the same was asked before"),
            "already-promised": _("it is promised already"),
            "reason-differs": _("another reason than last time"),
            "declined-off-market": _("it was declined as off the market"),
            "promised-elsewhere": _("it is promised to another client"),
            "over-capacity": _("the team cannot carry it"),
            "crowded-date": _("much is due at the same time"),
            "effort-missing": _("its effort is not stated"),
            "effort-unknown": _("the effort of other promises is unknown"),
            "register-unreachable": _("the register cannot be reached"),
        },
    }.get(key, {})


def _name_of(key: str) -> str:
    """The question that a fault belongs to: of an item of a list, the list; of one language, both."""
    name = key if key.startswith(f"{CATALOGUE}[") else key.partition("[")[0]
    return name if name in _INFOS or name.startswith(f"{CATALOGUE}[") else name.rpartition(".")[0]


# --- From the form to the file ------------------------------------------------------


def _typed(form: FormData, shown: Mapping[str, str]) -> dict[str, str]:
    """The texts of the form's fields; those that it lacks are as they were shown."""
    typed = dict(shown)
    for name in [*shown, *(name for name in form if name.startswith(f"{CATALOGUE}["))]:
        if name in form or f"{name}?" in form:  # none of several is ticked
            values = [value for value in form.getlist(name) if isinstance(value, str)]
            typed[name] = "\n".join(values).replace("\r\n", "\n").strip()
    return typed


def _changes(written: Written, typed: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """The keys to change, with their values, and the texts that cannot be read."""
    data, shown = loader.filled_in(written.data), written.texts()
    plain: dict[str, str] = {}
    changed: set[str] = set()
    for key in (key for _part, keys in PARTS for key, _label in keys):
        names = [name for name in shown if name == key or name in {f"{key}.{each}" for each in LANGUAGES}]
        if all(typed[name] == shown[name].strip() for name in names):
            continue
        changed.add(key)
        if table_within(_INFOS[key]) is Texts:
            dotted.put(data, key, _one_or_each(*(typed[name] for name in names)))
        elif not typed[key]:
            dotted.put(data, key, None)
        elif _is_list(_INFOS[key]):
            dotted.put(data, key, [line.strip() for line in typed[key].splitlines() if line.strip()] or None)
        else:
            plain[key] = typed[key]
    faults = overrides.set_keys(data, plain, "house", loader.house_habits_of)
    if "brand.logo" in plain and plain["brand.logo"] not in _options(written.path, "brand.logo", None, ""):
        faults.append(Fault("", "brand.logo", _("is not beside the house’s file; put it there first")))
    changes = {key: dotted.get(data, key) for key in changed}
    rows, of_rows = _rows(written, typed, data)
    if rows != written.rows():
        changes[CATALOGUE] = rows or None
    return changes, [*faults, *of_rows]


def _one_or_each(fr: str, en: str) -> Any:
    """One text where both are the same, else one for each language that has one."""
    return (fr or None) if fr == en else {name: text for name, text in (("fr", fr), ("en", en)) if text}


def _rows(
    written: Written, typed: Mapping[str, str], house: Mapping[str, Any]
) -> tuple[list[Mapping[str, Any]], list[Fault]]:
    """What the house sells, as it is typed; an empty line is none."""
    before, shown = written.rows(), written.texts()
    rows: list[Mapping[str, Any]] = []
    faults: list[Fault] = []
    for place in _places(typed):
        texts = {name: typed.get(name, "") for name in _row_texts(place, {})}
        if not any(texts.values()):
            continue
        if all(text == shown.get(name, "").strip() for name, text in texts.items()):
            rows.append(before[place])
            continue
        row, of_row = _row(place, texts, house)
        rows.append(row)
        faults += of_row
    return rows, faults


def _places(texts: Mapping[str, str]) -> list[int]:
    """The lines of the catalogue that a form has."""
    numbers = {
        name[len(CATALOGUE) + 1 :].partition("]")[0] for name in texts if name.startswith(f"{CATALOGUE}[")
    }
    return sorted(
        int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 4
    )


def _row(
    place: int, texts: Mapping[str, str], house: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Fault]]:
    """A line of the catalogue, read as the price of a deal is."""
    beginning = f"{CATALOGUE}[{place}]."
    price, period = texts[f"{beginning}unit_price"], texts[f"{beginning}period"]
    read: dict[str, Any] = {}
    typed = {"decision.unit_price": price, "decision.period": period}
    faults = overrides.set_keys(
        read, {key: text for key, text in typed.items() if text}, habits_of=lambda _data: _habits(house)
    )
    item = _one_or_each(*(texts[f"{beginning}item.{language}"] for language in LANGUAGES))
    row = {"item": item, **read.get("decision", {})}
    return {name: value for name, value in row.items() if value}, [
        Fault("", fault.key.replace("decision.", beginning), fault.sentence) for fault in faults
    ]


def _habits(house: Mapping[str, Any]) -> overrides.Habits:
    """How prices are written: as the rest of the house, in its currency."""
    usual, currency = loader.house_habits_of(house), dotted.get(house, "supplier.currency")
    return overrides.Habits(usual.dates, usual.amounts, currency if isinstance(currency, str) else None)


def _save(written: Written, changes: Mapping[str, Any], faults: Sequence[Fault]) -> None:
    """Write the file with its changes; `FaultyInput` with every fault of what it would say, and nothing is written."""
    text = toml_editor.changed(House, written.text, changes)
    try:
        loader.house_beside(written.path, loader.filled_in(toml_reader.parse(text)), "")
    except FaultyInput as error:
        refused = {fault.key for fault in faults}
        faults = [*faults, *(fault for fault in error.faults if fault.key not in refused)]
    if faults:
        raise FaultyInput(faults)
    files.change(written.path, text.encode())


# --- The pages ------------------------------------------------------------------------


def show(request: Request) -> Response:
    """The house as its file says; with what is wrong in it, where somebody has written that."""
    desk = desk_of(request)
    written = Written.of(desk)
    try:
        loader.house_beside(written.path, loader.filled_in(written.data), "")
    except FaultyInput as error:
        return _form(request, written, written.texts(), error.faults)
    return _form(request, written, written.texts(), done="done" in request.query_params)


def change(request: Request) -> Response:
    """Write what was changed in the form, unless the file has meanwhile become another one."""
    desk = desk_of(request)
    sent = received(request, 1, LARGEST_REQUEST, least=0, most_fields=MOST_FIELDS)
    with desk.changing:
        written = Written.of(desk)
        typed = _typed(sent.fields, written.texts())
        if sent.text("digest") != written.digest:
            return _form(request, written, written.texts(), unsaved=_differences(written, typed), status=409)
        try:
            with _logo(written.path.parent, sent.files) as (name, of_logo):
                changes, faults = _changes(written, {**typed, **name})
                _save(written, changes, [*of_logo, *faults])
        except FaultyInput as error:
            return _form(request, written, typed, error.faults, status=422)
    if desk.alone is None:
        desk.accounts.note(person_of(request).name, "house", ", ".join(changes))
    return RedirectResponse("/house?done=1", 303)


@contextmanager
def _logo(folder: Path, sent: Sequence[Upload]) -> Iterator[tuple[dict[str, str], list[Fault]]]:
    """Put the logo that was sent beside the house's file, under a name that is free, as long as the block finds no fault.

    What the form says of the logo then, and what is wrong with it: what would be in `accord.toml` too.
    """
    if not sent:
        yield {}, []
        return
    (upload,) = sent
    try:
        path = _free(folder, upload, _kind_of(upload.content))
    except Defect as defect:
        sentence = _("the file {name} {fault}").format(name=upload.name, fault=defect)
        yield {}, [Fault("", "brand.logo", sentence)]
        return
    is_new = files.write(path, upload.content, force=False)
    try:
        yield {"brand.logo": path.name}, []
    except FaultyInput as error:
        if is_new:
            path.unlink(missing_ok=True)
        again = Fault("", "brand.logo", _("choose the picture again once the other faults are mended"))
        raise FaultyInput([*error.faults, again]) from None


def _kind_of(content: bytes) -> str:
    """The ending of a sound logo's name; `Defect` for any other file."""
    if len(content) > files.LARGEST:
        raise files.too_large(files.LARGEST)
    with isolation.Process(LIMITS) as process:
        return {"image/png": "png", "image/svg+xml": "svg"}[process.call("accord.intake.logo:check", content)]


def _free(folder: Path, upload: Upload, ending: str) -> Path:
    """Where a logo goes: no file is replaced, and none is there twice."""
    stem = slug(Path(upload.name).stem) or "logo"
    paths = [
        folder / f"{stem}{more}.{ending}"
        for more in ("", *(f"-{number}" for number in range(2, MOST_OF_A_NAME)))
    ]
    same = (path for path in paths if path.is_file() and files.holds(path, upload.content))
    return next(same, None) or next((path for path in paths if not os.path.lexists(path)), paths[0])


def _differences(written: Written, typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed otherwise than the file says now, by what it is called."""
    shown = written.texts()
    return [(_label(name), text) for name, text in typed.items() if text != shown.get(name, "").strip()]


def _label(name: str) -> str:
    if name.startswith(f"{CATALOGUE}["):
        return _("Catalogue")
    labels = {key: label for _part, keys in PARTS for key, label in keys}
    return _(labels.get(name) or labels[name.rpartition(".")[0]])


def _form(  # noqa: PLR0913 - what a form shows
    request: Request,
    written: Written,
    texts: Mapping[str, str],
    faults: Sequence[Fault] = (),
    *,
    unsaved: Sequence[tuple[str, str]] = (),
    done: bool = False,
    status: int = 200,
) -> Response:
    parts = _fields(written.path, texts, faults)
    known = {field.key for _part, fields in parts for field in fields}
    rows = _shown_rows(texts, faults)
    elsewhere = [fault for fault in faults if _name_of(fault.key) not in known and CATALOGUE not in fault.key]
    return page(
        request,
        "house.html",
        status=status,
        parts=parts,
        rows=rows,
        periods={"": "–", **words.named("decision.period")},
        languages={"fr": _("in French"), "en": _("in English")},
        is_faulty=bool(faults),
        faulty=[field for _part, fields in parts for field in fields if field.faults],
        elsewhere=elsewhere,
        digest=written.digest,
        unsaved=unsaved,
        done=done,
        file=written.path.name,
    )


def _shown_rows(
    texts: Mapping[str, str], faults: Sequence[Fault]
) -> list[tuple[str, Mapping[str, str], list[str]]]:
    """The lines of the catalogue, some to fill in, and what is wrong with each."""
    filled = [place for place in _places(texts) if any(_texts_of(place, texts).values())]
    free = max(filled, default=-1) + 1
    return [
        (
            f"{CATALOGUE}[{place}].",
            _texts_of(place, texts),
            [fault.sentence for fault in faults if fault.key.startswith(f"{CATALOGUE}[{place}]")],
        )
        for place in [*filled, *range(free, free + ROWS_TO_FILL)]
    ]


def _texts_of(place: int, texts: Mapping[str, str]) -> dict[str, str]:
    return {name: texts.get(name, "") for name in _row_texts(place, {})}
