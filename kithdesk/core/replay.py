"""Proving that the rows are what the journal says: rebuild every projection from events alone, and compare.

Projectors run, reactions never. The rebuilt rows live in a scratch database; `repair` then puts them in place of the
old ones in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table

from kithdesk.core import journal, migrate
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sqlite import SqliteExecutor, open_reader, open_writer
from kithdesk.core.tables import projections
from kithdesk.core.work import Wiring

_CHUNK = 1_000
_SHOWN = 20

Progress = Callable[[int, int], None]
"""Called with events done and events in all."""


@dataclass
class Report:
    """What replay found. `differences` holds the first few, `{"table", "key", "is", "should_be"}`."""

    events: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    differing_rows: int = 0
    differences: list[dict[str, Any]] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return self.differing_rows == 0


class Rebuilding(SqliteExecutor):
    """The scratch database, while one organisation's events are applied."""

    __slots__ = ("organisation",)

    def __init__(self, connection: sqlite3.Connection, organisation: OrganisationId) -> None:
        super().__init__(connection)
        self.organisation = organisation


def replay(path: Path, wiring: Wiring, *, repair: bool = False, progress: Progress | None = None) -> Report:
    """Compares, on one snapshot; may run beside a server unless it repairs."""
    report = Report()
    with TemporaryDirectory(prefix="kithdesk-replay-") as folder, closing(open_reader(path)) as live:
        scratch_path = Path(folder) / "scratch.sqlite3"
        migrate.create(scratch_path)
        with closing(open_writer(scratch_path)) as scratch:
            scratch.execute("PRAGMA synchronous=OFF")
            live.execute("BEGIN")
            _rebuild(live, scratch, wiring, report, progress)
            for table in projections():
                _compare(live, scratch, table, report)
            live.execute("COMMIT")
        if repair and not report.agrees:
            _put_in_place(path, scratch_path)
    return report


def _rebuild(
    live: sqlite3.Connection,
    scratch: sqlite3.Connection,
    wiring: Wiring,
    report: Report,
    progress: Progress | None,
) -> None:
    reads = SqliteExecutor(live)
    heads = journal.all_heads(reads)
    total = sum(heads.values())
    scratch.execute("BEGIN IMMEDIATE")
    for organisation in sorted(heads):
        rows = Rebuilding(scratch, organisation)
        after = 0
        while chunk := journal.read_all(reads, organisation, after=after, limit=_CHUNK):
            for recorded in chunk:
                for project in wiring.projectors.get(type(recorded.event), ()):
                    project(rows, recorded)
            after = chunk[-1].position
            report.events += len(chunk)
            if progress is not None:
                progress(report.events, total)
    scratch.execute("COMMIT")


def _compare(live: sqlite3.Connection, scratch: sqlite3.Connection, table: Table, report: Report) -> None:
    """Walks both tables in the order of their keys."""
    keys = [column.name for column in table.primary_key.columns]
    names = [column.name for column in table.columns]
    width = [names.index(key) for key in keys]
    columns, order = ", ".join(map(_quoted, names)), ", ".join(map(_quoted, keys))
    select = f"SELECT {columns} FROM {_quoted(table.name)} ORDER BY {order}"  # noqa: S608 - our own names

    def key_of(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row[index] for index in width)

    count = 0
    for mine, rebuilt in _in_step(live.execute(select), scratch.execute(select), key_of):
        count += mine is not None
        if mine != rebuilt:
            report.differing_rows += 1
            if len(report.differences) < _SHOWN:
                report.differences.append(_difference(table.name, names, key_of, mine, rebuilt))
    report.rows[table.name] = count


def _in_step(mine: Iterator[Any], rebuilt: Iterator[Any], key_of: Any) -> Iterator[tuple[Any, Any]]:
    """Pairs rows with the same key; a row that the other side lacks comes with None."""
    left, right = next(mine, None), next(rebuilt, None)
    while left is not None or right is not None:
        if right is None or (left is not None and key_of(left) < key_of(right)):
            yield left, None
            left = next(mine, None)
        elif left is None or key_of(right) < key_of(left):
            yield None, right
            right = next(rebuilt, None)
        else:
            yield left, right
            left, right = next(mine, None), next(rebuilt, None)


def _difference(table: str, names: list[str], key_of: Any, mine: Any, rebuilt: Any) -> dict[str, Any]:
    if mine is None or rebuilt is None:
        row = mine or rebuilt
        return {
            "table": table,
            "key": list(key_of(row)),
            "is": "there" if rebuilt is None else "missing",
            "should_be": "missing" if rebuilt is None else "there",
        }
    changed = [index for index, (a, b) in enumerate(zip_longest(mine, rebuilt)) if a != b]
    return {
        "table": table,
        "key": list(key_of(mine)),
        "is": {names[index]: mine[index] for index in changed},
        "should_be": {names[index]: rebuilt[index] for index in changed},
    }


def _put_in_place(path: Path, scratch: Path) -> None:
    """Only with the server stopped: the caller holds the folder's lock."""
    with closing(open_writer(path)) as connection:
        connection.execute("ATTACH DATABASE ? AS rebuilt", (str(scratch),))
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN IMMEDIATE")
        for table in projections():
            name = _quoted(table.name)
            connection.execute(f"DELETE FROM main.{name}")  # noqa: S608 - our own names
            connection.execute(f"INSERT INTO main.{name} SELECT * FROM rebuilt.{name}")  # noqa: S608
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE rebuilt")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _quoted(name: str) -> str:
    return f'"{name}"'
