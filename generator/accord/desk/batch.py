"""Many letters from one spreadsheet: what each row would make, what is wrong with it, then the letters, and all of them as a zip."""

import itertools
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from accord import i18n, isolation
from accord.batch import mappings, report, spreadsheet, template
from accord.batch.apart import Order
from accord.batch.columns import heading_of, keys
from accord.batch.sources import LINES, SHEETS
from accord.desk.desk import Desk
from accord.desk.jobs import Job
from accord.desk.pages import desk_of, fields_of, page, person_of
from accord.desk.uploads import Form, received
from accord.domain.choices import Language
from accord.errors import AccordError
from accord.files import write
from accord.i18n import _
from accord.intake import words
from accord.text.characters import excerpt

LIMITS = isolation.Limits(seconds=2 * 3600, memory=4 << 30)
"""Of the process that makes the letters of a whole spreadsheet; each file in it has its own, as everywhere."""
ROWS_OF_A_PAGE = 100
LONGEST_VALUE = 2000  # characters of a corrected cell
BLANK = "deals.xlsx"


@dataclass
class Batch(Job):
    """A spreadsheet of somebody's, looked at or made."""

    order: Order | None = None
    told: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Wait for a process."""
        super().__post_init__()
        self.process: isolation.Process | None = None

    def work(self, desk: Desk) -> None:  # noqa: ARG002 - its order says all
        """Carry out the order, in a process of its own."""
        if self.order is None:
            return
        with isolation.Process(LIMITS) as process:
            self.process = process
            try:
                self.told = process.call("accord.batch.apart:run", self.order)
            except isolation.NoAnswer as defect:
                raise defect.about(self.order.named) from None
            finally:
                self.process = None

    def end(self) -> None:
        """Stop, whatever it is doing."""
        super().end()
        if process := self.process:
            process.close()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What has been written down so far: of all, then of each row."""
        if self.order is None or not self.order.rows.exists():
            return []
        text = self.order.rows.read_text("utf-8")
        return [json.loads(line) for line in text.split("\n")[:-1]]


def routes() -> list[Route]:
    """The pages of spreadsheets."""
    return [
        Route("/batch", start),
        Route("/batch", drop, methods=["POST"]),
        Route(f"/batch/{BLANK}", blank),
        Route("/batch/{name}", batch),
        Route("/batch/{name}/row", correct, methods=["POST"]),
        Route("/batch/{name}/letters", make, methods=["POST"]),
        Route("/batch/{name}/letters.zip", letters),
        Route("/batch/{name}/end", forget, methods=["POST"]),
    ]


def start(request: Request) -> Response:
    """Where a spreadsheet is dropped."""
    return _start(request)


def _start(request: Request, faults: tuple[str, ...] = (), status: int = 200) -> Response:
    desk, person = desk_of(request), person_of(request)
    return page(
        request,
        "batch.html",
        status=status,
        batches=desk.jobs.of(person.name, Batch, desk.now()),
        maps={name: mappings.title_of(name) for name in mappings.supplied()},
        orders={"day-first": _("Day first: 31/12/2026"), "month-first": _("Month first: 12/31/2026")},
        languages=words.named("language"),
        largest=spreadsheet.LARGEST >> 20,
        faults=faults,
    )


def blank(_request: Request) -> Response:
    """A spreadsheet to fill in."""
    headers = {"content-disposition": f'attachment; filename="{BLANK}"'}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(template.sheet(Path(BLANK)), media_type=kind, headers=headers)


def drop(request: Request) -> Response:
    """Look at the rows of a spreadsheet, in the background."""
    try:
        sent = received(request, 1, spreadsheet.LARGEST)
    except AccordError as error:
        return _start(request, tuple(str(error).splitlines()), 422)
    desk, person = desk_of(request), person_of(request)
    found = Batch(person.name, desk.now(), desk.jobs.folder())
    found.order = _order(sent, desk, person.name, found.folder)
    desk.jobs.add(found)
    return RedirectResponse(f"/batch/{found.name}", 303)


def _order(sent: Form, desk: Desk, actor: str, folder: Path) -> Order:
    """What a form asks for; what it may not say is left out."""
    (file,) = sent.files
    suffix = Path(file.name).suffix.lower()
    source = folder / f"deals{suffix if suffix in {*SHEETS, *LINES} else '.unknown'}"
    write(source, file.content, force=False)
    language, mapping, dates = sent.text("language"), sent.text("map"), sent.text("dates")
    return Order(
        source,
        file.name,
        desk.house,
        folder,
        folder / "letters",
        desk.address,
        actor,
        desk.now(),
        desk.today,
        overrides={"language": language} if language in get_args(Language) else {},
        mapping=mapping if mapping in mappings.supplied() else "",
        dates=dates if dates in mappings.ORDERS else "",
        sheet=sent.text("sheet"),
        hidden=bool(sent.text("hidden")),
    )


def _begin(desk: Desk, found: Batch, order: Order) -> None:
    """Carry out another order, in the language of who asks for it."""
    found.order, found.told, found.language = order, {}, i18n.language()
    found.began = desk.now()  # who still works on it has it longer
    order.rows.unlink(missing_ok=True)
    desk.jobs.start(found)


def _batch_of(request: Request) -> tuple[Batch, Order]:
    desk = desk_of(request)
    found = desk.jobs.find(person_of(request).name, Batch, request.path_params["name"], desk.now())
    if found is None or found.order is None:
        raise HTTPException(404)
    return found, found.order


def batch(request: Request) -> Response:
    """The rows of a spreadsheet, looked at in the language of who reads them; the part that grows alone, where it is asked for."""
    found, order = _batch_of(request)
    is_part = "hx-request" in request.headers
    if not (is_part or found.running) and order.check and found.language != i18n.language():
        _begin(desk_of(request), found, order)
    running = found.running  # before its lines: a page with too few of them asks again
    head, *rows = found.lines or [{"count": 0, "remarks": []}]
    faulty = [row for row in rows if row["verdict"] in {"refused", "failed"}]
    asked = request.query_params.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    only = request.query_params.get("only") == "faults"
    listed = faulty if only else rows
    shown = listed[(number - 1) * ROWS_OF_A_PAGE : number * ROWS_OF_A_PAGE]
    return page(
        request,
        "batch_rows.html" if is_part else "batch_job.html",
        batch=found,
        order=order,
        running=running,
        head=head,
        summary=found.told.get("summary", ""),
        told=found.told.get("told", []),
        done=len(rows),
        rows=shown,
        only=only,
        faulty=len(faulty),
        sound=sum(row["verdict"] not in {"refused", "failed", "passed"} for row in rows),
        letters=sum(row["verdict"] in {"written", "unchanged"} for row in rows),
        number=number,
        pages=-(-len(listed) // ROWS_OF_A_PAGE),
        heading=heading_of,
        verdict=report.told,
    )


def _idle(request: Request) -> tuple[Batch, Order]:
    found, order = _batch_of(request)
    if found.running:
        raise AccordError(_("This spreadsheet is being read; wait until it is done."))
    return found, order


def correct(request: Request) -> Response:
    """Take what somebody typed in the place of a cell, and look at all rows again: each is held against the others."""
    found, order = _idle(request)
    fields = fields_of(request)
    row, key, value = (str(fields.get(name, "")) for name in ("row", "key", "value"))
    if key not in keys() or not row.isdecimal() or len(value) > LONGEST_VALUE:
        raise AccordError(_("{key} is no cell that can be corrected here.").format(key=excerpt(key)))
    corrections = {**order.corrections, row: {**order.corrections.get(row, {}), key: value.strip()}}
    _begin(desk_of(request), found, replace(order, corrections=corrections, check=True))
    return RedirectResponse(f"/batch/{found.name}", 303)


def make(request: Request) -> Response:
    """Make the letters of the sound rows: drafts, or the letters to sign, which go into the folder of the house."""
    found, order = _idle(request)
    desk, final = desk_of(request), bool(fields_of(request).get("final"))
    out = desk.folder if final else order.folder / "letters"
    made = replace(order, check=False, final=final, out=out, time=desk.now(), today=desk.today)
    _begin(desk, found, made)
    return RedirectResponse(f"/batch/{found.name}", 303)


def letters(request: Request) -> Response:
    """All letters that were made, with the report, as one file."""
    found, order = _idle(request)
    paths = [Path(row["file"]) for row in found.lines[1:] if row["file"]]
    if order.check or not paths:
        raise HTTPException(404)
    parcel = order.folder / "letters.zip"
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_STORED) as archive:
        for path in itertools.chain(dict.fromkeys(paths), report.paths(order.report)):
            if path.is_file():
                archive.write(path, path.name)
    return FileResponse(parcel, media_type="application/zip", filename="letters.zip")


def forget(request: Request) -> Response:
    """Stop, and forget the spreadsheet and its drafts; letters to sign stay where they are."""
    found, _order = _batch_of(request)
    desk_of(request).jobs.end(found)
    return RedirectResponse("/batch", 303)
