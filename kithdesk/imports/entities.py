"""What the rest of this slice works with.

draft ──start──▶ running ──last row──▶ done ──┐
                  │  ▲                        ├──undo──▶ undoing ──first row──▶ undone
                 stop start                   │           │  ▲
                  ▼  │                        │          stop undo
                 stopped ─────────────────────┘           ▼  │
                                                     undo_stopped
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kithdesk.core.clock import DAY, Instant
from kithdesk.imports.ids import ImportId

Status = Literal["draft", "running", "stopped", "done", "undoing", "undo_stopped", "undone"]
MatchKey = Literal["externalId", "email", "phone"]
OnMatch = Literal["update", "skip"]
Outcome = Literal["created", "updated", "skipped", "failed"]
Undone = Literal["removed", "reversed", "kept"]

UNDO_WITHIN = 30 * DAY
DRAFT_KEPT = 7 * DAY


class Who(msgspec.Struct, frozen=True):
    """Who began something, and the name they had."""

    id: str | None
    name: str


class Column(msgspec.Struct, frozen=True):
    """A column of the file. `suggested` is what its name sounds like."""

    name: str
    sample: tuple[str, ...]
    suggested: str | None


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """Which column is what, and what happens to rows of customers that are there already."""

    targets: dict[int, str]
    match_by: tuple[MatchKey, ...]
    on_match: OnMatch


class RowError(msgspec.Struct, frozen=True):
    """What is wrong with a row. `column` counts from 0, and is None when it is no one column's fault. `value` is the
    beginning of what the file has there; `customer` who has that already."""

    column: int | None
    code: str
    title: str
    value: str | None = None
    customer: str | None = None


class Refused(msgspec.Struct, frozen=True):
    """A row that would be refused: its number in a spreadsheet, and whom it is about."""

    number: int
    called: str | None
    errors: tuple[RowError, ...]


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of the rows of a draft, as far as they were looked at, and the first that are `refused`."""

    done: int = 0
    create: int = 0
    update: int = 0
    skip: int = 0
    error: int = 0
    refused: tuple[Refused, ...] = ()
    is_over: bool = False


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """One file. `done` rows of it have been taken; `undo_left` is the place down to which they were taken back."""

    id: ImportId
    name: str
    status: Status
    encoding: str
    delimiter: str
    columns: tuple[Column, ...]
    rows: int
    starts: tuple[int, ...]
    mapping: Mapping | None
    checked: Check | None
    created_at: Instant
    created_by: Who
    started_at: Instant | None
    started_by: Who | None
    ended_at: Instant | None
    imported_at: Instant | None
    done: int
    created: int
    updated: int
    skipped: int
    failed: int
    undo_left: int | None
    undone_by: Who | None
    undone_at: Instant | None
    removed: int
    reversed: int
    kept: int
    is_forgotten: bool


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a row."""

    place: int
    number: int
    outcome: Outcome
    called: str | None
    customer: str | None
    rev: int | None
    before: str | None
    errors: tuple[RowError, ...]
    undone: Undone | None
