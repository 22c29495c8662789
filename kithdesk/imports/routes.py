"""`/v1/imports`: files of customers from elsewhere. For administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from kithdesk.access import AdminCaller, note_audit
from kithdesk.core import web
from kithdesk.core.actors import Actor
from kithdesk.core.documents import ListDocument, OneDocument, document
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Paged, paged
from kithdesk.core.paths import an_id
from kithdesk.core.strict import StrictRoute
from kithdesk.core.web import desk_of
from kithdesk.core.work import Reads, Work
from kithdesk.customers import display_name_of, find_customers
from kithdesk.imports.changes import Kind, find_places, look, read_rows
from kithdesk.imports.discarding import discard
from kithdesk.imports.entities import Import
from kithdesk.imports.exporting import failed_rows
from kithdesk.imports.ids import ImportId
from kithdesk.imports.mapping import map_columns
from kithdesk.imports.previewing import preview
from kithdesk.imports.queries import get_import, list_imports, list_rows
from kithdesk.imports.reading import decode_part
from kithdesk.imports.schemas import (
    ImportMapping,
    RowFilter,
    draw_change,
    draw_import,
    draw_previewed,
    draw_row,
)
from kithdesk.imports.taking import importer, start, stop, who_is
from kithdesk.imports.undoing import undo
from kithdesk.imports.uploading import key_of, receive_file

router = APIRouter(prefix="/v1/imports", tags=["imports"], route_class=StrictRoute)

_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("", response_model=ListDocument, summary="List imports")
async def get_imports(request: Request, caller: AdminCaller, page: Paged) -> Response:
    """The newest first."""

    def listed(reads: Reads) -> dict[str, Any]:
        found, total = list_imports(reads, limit=page.size, offset=page.offset)
        return paged(request, page, total, [draw_import(one) for one in found])

    return await web.query(request, caller, listed)


@router.post("", status_code=201, response_model=OneDocument, summary="Upload a file", openapi_extra=_FILE)
async def post_import(
    request: Request,
    caller: AdminCaller,
    name: Annotated[str, Query(max_length=255, description="What the import is called.")] = "",
) -> Response:
    """A draft from a CSV file of up to 20 MB, 100,000 rows, 200 columns and 4,000,000 cells.

    Its first row is the header. Nothing is imported yet. Each column comes with samples and what it seems to be. A
    draft is kept for a week.
    """
    made, position = await receive_file(desk_of(request), caller, request, name)
    note_audit("import.uploaded", actor=caller, of=made.id, rows=made.rows)
    return web.answer(document(draw_import(made)), position, 201)


@router.get("/{id}", response_model=OneDocument, summary="Get an import")
async def get_one(id: str, request: Request, caller: AdminCaller) -> Response:
    """With its progress, while it runs and afterwards."""
    return await web.query(request, caller, lambda reads: document(draw_import(get_import(reads, _id(id)))))


@router.put("/{id}", response_model=OneDocument, summary="Say which column is what")
async def put_mapping(id: str, body: ImportMapping, request: Request, caller: AdminCaller) -> Response:
    """Replaces what was said before. Only of a draft."""
    targets = {int(column): target for column, target in body.mapping.items()}
    return await web.command(
        request, caller, map_columns, _id(id), targets, body.match_by, body.on_match, answer=_shown
    )


@router.delete("/{id}", status_code=204, summary="Discard a draft")
async def delete_import(id: str, request: Request, caller: AdminCaller) -> Response:
    """The file goes as well. Only of a draft: what has begun can be undone, and what it did is kept in numbers."""
    wanted = _id(id)
    note_audit("import.discarded", actor=caller, of=wanted)
    return await web.command(request, caller, discard, wanted)


@router.get("/{id}/preview", response_model=ListDocument, summary="Preview an import")
async def get_preview(id: str, request: Request, caller: AdminCaller, page: Paged) -> Response:
    """The first twenty rows as they would become, with what is wrong with them. Nothing is stored."""
    desk = desk_of(request)
    known = await _readable(request, caller, id)
    rows = decode_part(await desk.files.get(key_of(caller.organisation, known.id, 0)))
    by = importer(caller.organisation, who_is(caller))  # what the file may say is what the import may

    def drawn(reads: Reads) -> dict[str, Any]:
        found = [draw_previewed(one) for one in preview(reads, get_import(reads, known.id), rows)]
        return paged(request, page, len(found), page.of(found))

    return await web.long_query(request, by, drawn)


@router.get("/{id}/changes", response_model=ListDocument, summary="List what an import would change")
async def get_changes(
    id: str,
    request: Request,
    caller: AdminCaller,
    page: Paged,
    change: Annotated[Kind | None, Query(description="Only these.")] = None,
) -> Response:
    """Of a draft, row by row: whose record, and of each field what is there now and what would be. Nothing is stored.

    `total` counts as far as the file was looked at, which `check` of the import says. `afterRow` names an earlier row
    that makes or changes the same record: `before` is what is there now, not what that row leaves.
    """
    desk = desk_of(request)
    by = importer(caller.organisation, who_is(caller))  # what the file may say is what the import may
    read = await desk.read(find_places, _id(id), change, limit=page.size, offset=page.offset, by=by)
    known, places, total = read.value
    rows = await read_rows(desk, caller, known, places)

    def drawn(reads: Reads) -> dict[str, Any]:
        found = look(reads, known.id, rows, places)
        return paged(request, page, total, [draw_change(one) for one in found])

    return await web.long_query(request, by, drawn)


@router.post("/{id}/start", response_model=OneDocument, summary="Start an import")
async def post_start(id: str, request: Request, caller: AdminCaller) -> Response:
    """Begins, or goes on after a stop. What is wrong with a row is kept beside it and stops no other."""
    return await _do("import.started", id, request, caller, start)


@router.post("/{id}/stop", response_model=OneDocument, summary="Stop an import")
async def post_stop(id: str, request: Request, caller: AdminCaller) -> Response:
    """After the rows that are under way; an undo is stopped in the same way. Start or undo goes on from there."""
    return await _do("import.stopped", id, request, caller, stop)


@router.post("/{id}/undo", response_model=OneDocument, summary="Undo an import")
async def post_undo(id: str, request: Request, caller: AdminCaller) -> Response:
    """Within thirty days. Customers it made go, if they are untouched and have no past; changed fields get back what
    was there, if they still hold what the file said. `undo.kept` counts the rest."""
    return await _do("import.undone", id, request, caller, undo)


@router.get("/{id}/rows", response_model=ListDocument, summary="List what became of rows")
async def get_rows(
    id: str,
    request: Request,
    caller: AdminCaller,
    page: Paged,
    outcome: Annotated[RowFilter | None, Query(description="Only these.")] = None,
) -> Response:
    """In the order of the file; `row` counts as a spreadsheet does, with the header as 1. Kept for thirty days."""

    def listed(reads: Reads) -> dict[str, Any]:
        known = get_import(reads, _id(id))
        rows = list_rows(reads, known.id, outcome, limit=page.size, offset=page.offset)
        total = 0 if known.is_forgotten else getattr(known, outcome or "done")
        found = find_customers(reads, [row.customer for row in rows if row.customer is not None])
        names: dict[str, str] = {one.id: display_name_of(one.profile, one.id) for one in found}
        return paged(request, page, total, [draw_row(row, names) for row in rows])

    return await web.long_query(request, caller, listed)


@router.get("/{id}/errors.csv", response_class=Response, summary="Download the rows that failed")
async def get_errors(id: str, request: Request, caller: AdminCaller) -> Response:
    """A file to mend and import again. A cell that a spreadsheet would run begins with an apostrophe, which importing
    takes off again."""
    known = await _readable(request, caller, id)
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="errors.csv"'}
    lines = failed_rows(desk_of(request), caller, known)
    return StreamingResponse(lines, headers=headers, media_type="text/csv")


async def _do(
    what: str, id: str, request: Request, caller: Actor, verb: Callable[[Work, ImportId], Import]
) -> Response:
    wanted = _id(id)
    note_audit(what, actor=caller, of=wanted)
    return await web.command(request, caller, verb, wanted, answer=_shown)


async def _readable(request: Request, caller: Actor, id: str) -> Import:
    """One whose file is still there. Raises `NotFound`."""
    known = (await desk_of(request).read(get_import, _id(id), by=caller)).value
    if known.is_forgotten:
        raise NotFound
    return known


def _shown(_work: Work, known: Import) -> dict[str, Any]:
    return document(draw_import(known))


def _id(text: str) -> ImportId:
    return ImportId(an_id(text))
