"""Imports on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import Body, relation, resource
from kithdesk.imports.changes import RowChange
from kithdesk.imports.entities import (
    UNDO_WITHIN,
    Check,
    Import,
    ImportRow,
    MatchKey,
    OnMatch,
    RowError,
    Who,
)
from kithdesk.imports.previewing import Previewed, draw_profile
from kithdesk.imports.reading import MAX_COLUMNS

RowFilter = Literal["created", "updated", "skipped", "failed", "removed", "reversed", "kept"]

_Column = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,2})$")]
_Target = Annotated[str, Field(max_length=80)]


class ImportMapping(Body):
    """`mapping`: for the number of a column, from 0, what it is, such as `emails` or `custom.plan`; null for nothing.

    `match_by`: what finds a customer who is there already, the first that does; left out, external ids
    and e-mails if there are columns of them. Empty: every row is somebody new.
    """

    mapping: dict[_Column, _Target | None] = Field(max_length=MAX_COLUMNS)
    match_by: list[MatchKey] | None = Field(None, max_length=3)
    on_match: OnMatch = "update"


def draw_import(one: Import) -> dict[str, Any]:
    mapping = one.mapping
    attributes = {
        "name": one.name,
        "status": one.status,
        "encoding": one.encoding,
        "delimiter": one.delimiter,
        "columns": [
            {"name": column.name, "sample": list(column.sample), "suggested": column.suggested}
            for column in one.columns
        ],
        "rows": one.rows,
        "mapping": None
        if mapping is None
        else {str(column): target for column, target in mapping.targets.items()},
        "matchBy": None if mapping is None else list(mapping.match_by),
        "onMatch": None if mapping is None else mapping.on_match,
        "check": None if one.checked is None else _draw_check(one.checked),
        "progress": {
            "done": one.done,
            "created": one.created,
            "updated": one.updated,
            "skipped": one.skipped,
            "failed": one.failed,
        },
        "undo": {
            "left": one.undo_left,
            "removed": one.removed,
            "reversed": one.reversed,
            "kept": one.kept,
            "undoableUntil": _undoable_until(one),
            "undoneAt": iso_or_none(one.undone_at),
        },
        "areRowsKept": not one.is_forgotten,
        "createdAt": iso(one.created_at),
        "startedAt": iso_or_none(one.started_at),
        "endedAt": iso_or_none(one.ended_at),
        "importedAt": iso_or_none(one.imported_at),
    }
    relationships = {
        name: relation("user", who.id, "users")
        for name, who in _people(one).items()
        if who is not None and who.id is not None
    }
    return resource("import", one.id, attributes, at=f"/v1/imports/{one.id}", relationships=relationships)


def _people(one: Import) -> dict[str, Who | None]:
    return {"createdBy": one.created_by, "startedBy": one.started_by, "undoneBy": one.undone_by}


def _undoable_until(one: Import) -> str | None:
    if one.ended_at is None or one.is_forgotten or one.status == "undone":
        return None
    return iso(Instant(one.ended_at + UNDO_WITHIN))


def _draw_check(check: Check) -> dict[str, Any]:
    return {
        "done": check.done,
        "create": check.create,
        "update": check.update,
        "skip": check.skip,
        "error": check.error,
        "isOver": check.is_over,
        "refused": [
            {"row": one.number, "name": one.called, "errors": draw_errors(one.errors)}
            for one in check.refused
        ],
    }


def draw_row(one: ImportRow, names: Mapping[str, str]) -> dict[str, Any]:
    """`names`: of customers, by their ids."""
    attributes = {
        "row": one.number,
        "outcome": one.outcome,
        "name": names.get(one.customer or "", one.called),
        "customer": one.customer,
        "errors": draw_errors(one.errors),
        "undone": one.undone,
    }
    return resource("import_row", str(one.number), attributes)


def draw_previewed(one: Previewed) -> dict[str, Any]:
    attributes = {
        "row": one.row.number,
        "action": one.plan.action,
        "name": one.plan.called,
        "id": one.plan.customer,
        "customer": None if one.profile is None else draw_profile(one.profile, one.company),
        "errors": draw_errors(one.plan.errors),
    }
    return resource("import_preview", str(one.row.number), attributes)


def draw_change(one: RowChange) -> dict[str, Any]:
    attributes = {
        "row": one.number,
        "change": one.kind,
        "name": one.name,
        "id": one.looked.plan.customer,
        "afterRow": one.looked.earlier,
        "fields": [{"name": each.name, "before": each.before, "after": each.after} for each in one.fields],
        "errors": draw_errors(one.looked.plan.errors),
    }
    return resource("import_change", str(one.number), attributes)


def draw_errors(errors: tuple[RowError, ...]) -> list[dict[str, Any]]:
    return [
        {
            "column": one.column,
            "code": one.code,
            "title": one.title,
            "value": one.value,
            "customer": one.customer,
        }
        for one in errors
    ]
