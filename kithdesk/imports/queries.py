"""Every SELECT of imports. Only administrators and the program itself have any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import msgspec
from sqlalchemy import bindparam, func, literal_column, select

from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.customers import CompanyId
from kithdesk.imports.entities import Check, Column, Import, ImportRow, Mapping, RowError, Undone, Who
from kithdesk.imports.ids import ImportId
from kithdesk.imports.tables import import_rows, imports

_decode_columns = msgspec.json.Decoder(tuple[Column, ...]).decode
_decode_starts = msgspec.json.Decoder(tuple[int, ...]).decode
_decode_mapping = msgspec.json.Decoder(Mapping).decode
_decode_check = msgspec.json.Decoder(Check).decode
_decode_who = msgspec.json.Decoder(Who).decode
_decode_errors = msgspec.json.Decoder(tuple[RowError, ...]).decode

_MINE = imports.c.organisation == bindparam("organisation")
_WHOLE = select(*(column for column in imports.c if column.name != "organisation"))
_ONE = _WHOLE.where(_MINE, imports.c.id == bindparam("id"))
_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_PAGE = _WHOLE.where(_MINE).order_by(imports.c.id.desc()).limit(_LIMIT).offset(_OFFSET)
_COUNT = select(func.count()).select_from(imports).where(_MINE)
_DRAFTS = select(func.count()).select_from(imports).where(_MINE, imports.c.status == "draft")

_OF = (
    import_rows.c.organisation == bindparam("organisation"),
    import_rows.c.import_id == bindparam("import_id"),
)
_ROW = select(*(import_rows.c[name] for name in ImportRow.__struct_fields__))
_ROWS = _ROW.where(*_OF).order_by(import_rows.c.place).limit(_LIMIT).offset(_OFFSET)
_ROWS_OF_OUTCOME = _ROWS.where(import_rows.c.outcome == bindparam("outcome"))
_ROWS_UNDONE = _ROWS.where(import_rows.c.undone == bindparam("outcome"))
_FAILED = (
    select(import_rows.c.place, import_rows.c.errors)
    .where(
        *_OF,
        import_rows.c.outcome == "failed",
        import_rows.c.place >= bindparam("first"),
        import_rows.c.place < bindparam("end"),
    )
    .order_by(import_rows.c.place)
)
_TO_UNDO = (
    _ROW.where(
        *_OF,
        import_rows.c.outcome.in_(("created", "updated")),
        import_rows.c.place < bindparam("below"),
    )
    .order_by(import_rows.c.place.desc())
    .limit(_LIMIT)
)
_COMPANIES = (
    select(import_rows.c.place, import_rows.c.company)
    .where(*_OF, import_rows.c.company.is_not(None))
    .limit(_LIMIT)
)
_MADE = _ROW.where(
    *_OF,
    import_rows.c.customer == bindparam("customer"),
    # Written out: an index of some rows serves no statement that only binds which.
    import_rows.c.outcome == literal_column("'created'"),
)


def get_import(reads: Reads, id: ImportId) -> Import:
    """Raises `NotFound`."""
    row = reads.execute(_ONE, {"organisation": reads.organisation, "id": id}).first()
    if row is None or not reads.actor.may_administer:
        raise NotFound
    return _import(row)


def list_imports(reads: Reads, *, limit: int, offset: int) -> tuple[list[Import], int]:
    """One page, the newest first, and how many there are."""
    values = {"organisation": reads.organisation}
    rows = reads.execute(_PAGE, {**values, "limit": limit, "offset": offset})
    return [_import(row) for row in rows], reads.execute(_COUNT, values).scalar()


def count_drafts(reads: Reads) -> int:
    count: int = reads.execute(_DRAFTS, {"organisation": reads.organisation}).scalar()
    return count


def list_rows(reads: Reads, id: ImportId, outcome: str | None, *, limit: int, offset: int) -> list[ImportRow]:
    """One page in the order of the file. `outcome` may also be one of `Undone`; the import itself has the totals."""
    values = {"organisation": reads.organisation, "import_id": id, "limit": limit, "offset": offset}
    if outcome is None:
        rows = reads.execute(_ROWS, values)
    else:
        which = _ROWS_UNDONE if outcome in get_args(Undone) else _ROWS_OF_OUTCOME
        rows = reads.execute(which, {**values, "outcome": outcome})
    return [_row(row) for row in rows]


def list_failed(reads: Reads, id: ImportId, *, first: int, end: int) -> dict[int, tuple[RowError, ...]]:
    """What is wrong with the rows of one part, by their place."""
    values = {"organisation": reads.organisation, "import_id": id, "first": first, "end": end}
    return {row.place: _errors(row.errors) for row in reads.execute(_FAILED, values)}


def list_to_undo(reads: Reads, id: ImportId, *, below: int, limit: int) -> Sequence[ImportRow]:
    """The last rows above the beginning that changed something."""
    values = {"organisation": reads.organisation, "import_id": id, "below": below, "limit": limit}
    return [_row(row) for row in reads.execute(_TO_UNDO, values)]


def list_companies_made(reads: Reads, id: ImportId, *, limit: int) -> list[tuple[int, CompanyId]]:
    """Some companies that rows of this import made, each with the place of its row."""
    values = {"organisation": reads.organisation, "import_id": id, "limit": limit}
    return [(row.place, CompanyId(row.company)) for row in reads.execute(_COMPANIES, values)]


def find_making(reads: Reads, id: ImportId, customer: str) -> ImportRow | None:
    """The row of this import that made a customer."""
    values = {"organisation": reads.organisation, "import_id": id, "customer": customer}
    row = reads.execute(_MADE, values).first()
    return None if row is None else _row(row)


def _row(row: Any) -> ImportRow:
    values = {name: getattr(row, name) for name in ImportRow.__struct_fields__}
    return ImportRow(**{**values, "errors": _errors(row.errors)})


def _errors(text: str | None) -> tuple[RowError, ...]:
    return () if text is None else _decode_errors(text)


def _import(row: Any) -> Import:
    values = {name: getattr(row, name) for name in Import.__struct_fields__}
    decoded = {
        "columns": _decode_columns(row.columns),
        "starts": _decode_starts(row.starts),
        "mapping": None if row.mapping is None else _decode_mapping(row.mapping),
        "checked": None if row.checked is None else _decode_check(row.checked),
        "created_by": _decode_who(row.created_by),
        "started_by": None if row.started_by is None else _decode_who(row.started_by),
        "undone_by": None if row.undone_by is None else _decode_who(row.undone_by),
    }
    return Import(**{**values, **decoded})
