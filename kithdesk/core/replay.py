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
from typing import Any, Protocol

from sqlalchemy import Table

from kithdesk.core import journal, migrate
from kithdesk.core.ids import OrganisationId
from kithdesk.core.migrate import Where
from kithdesk.core.sql import Executes
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


class Snapshot(Executes, Protocol):
    """What the live database held at one moment."""

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Every row in the binary order of its key, with booleans as 0 and 1."""

    def close(self) -> None: ...


class SqliteSnapshot(SqliteExecutor):
    """Of a file."""

    __slots__ = ()

    def __init__(self, path: Path) -> None:
        super().__init__(open_reader(path))
        self.connection.execute("BEGIN")

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        return rows_of(self.connection, table)

    def close(self) -> None:
        self.connection.close()


class Rebuilding(SqliteExecutor):
    """The scratch database, while one organisation's events are applied."""

    __slots__ = ("organisation",)

    def __init__(self, connection: sqlite3.Connection, organisation: OrganisationId) -> None:
        super().__init__(connection)
        self.organisation = organisation


def replay(
    where: Where, wiring: Wiring, *, repair: bool = False, progress: Progress = lambda _done, _all: None
) -> Report:
    """Compares, on one snapshot; may run beside a server unless it repairs.

    The scratch database is an SQLite file, whatever the live one is: what the events say does not depend on it.
    """
    report = Report()
    with TemporaryDirectory(prefix="kithdesk-replay-") as folder:
        scratch_path = Path(folder) / "scratch.sqlite3"
        migrate.create(scratch_path)
        with closing(open_snapshot(where)) as live, closing(open_writer(scratch_path)) as scratch:
            scratch.execute("PRAGMA synchronous=OFF")
            _rebuild(live, scratch, wiring, report, progress)
            for table in projections():
                _compare(live, scratch, table, report)
        if repair and not report.agrees:
            _put_in_place(where, scratch_path)
    return report


def open_snapshot(where: Where) -> Snapshot:
    if isinstance(where, Path):
        return SqliteSnapshot(where)
    from kithdesk.core.postgres.snapshot import PostgresSnapshot

    return PostgresSnapshot(where)


def rows_of(connection: sqlite3.Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """Every row of a table of a file, in the order of its key."""
    columns = ", ".join(_quoted(column.name) for column in table.columns)
    order = ", ".join(_quoted(column.name) for column in table.primary_key.columns)
    select = f"SELECT {columns} FROM {_quoted(table.name)} ORDER BY {order}"  # noqa: S608 - our own names
    return connection.execute(select)


def _rebuild(
    live: Snapshot,
    scratch: sqlite3.Connection,
    wiring: Wiring,
    report: Report,
    progress: Progress,
) -> None:
    heads = journal.all_heads(live)
    total = sum(heads.values())
    scratch.execute("BEGIN IMMEDIATE")
    for organisation in sorted(heads):
        rows = Rebuilding(scratch, organisation)
        after = 0
        while chunk := journal.read_all(live, organisation, after=after, limit=_CHUNK):
            for recorded in chunk:
                for project in wiring.projectors.get(type(recorded.event), ()):
                    project(rows, recorded)
            after = chunk[-1].position
            report.events += len(chunk)
            progress(report.events, total)
    scratch.execute("COMMIT")


def _compare(live: Snapshot, scratch: sqlite3.Connection, table: Table, report: Report) -> None:
    """Walks both tables in the order of their keys."""
    keys = [column.name for column in table.primary_key.columns]
    names = [column.name for column in table.columns]
    width = [names.index(key) for key in keys]

    def key_of(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            value.encode() if isinstance(value, str) else value for value in map(row.__getitem__, width)
        )

    count = 0
    for mine, rebuilt in _in_step(live.rows(table), rows_of(scratch, table), key_of):
        count += mine is not None
        if mine != rebuilt:
            report.differing_rows += 1
            if len(report.differences) < _SHOWN:
                report.differences.append(_difference(table.name, names, width, mine, rebuilt))
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


def _difference(table: str, names: list[str], width: list[int], mine: Any, rebuilt: Any) -> dict[str, Any]:
    key = [(mine or rebuilt)[index] for index in width]
    if mine is None or rebuilt is None:
        return {
            "table": table,
            "key": key,
            "is": "there" if rebuilt is None else "missing",
            "should_be": "missing" if rebuilt is None else "there",
        }
    changed = [index for index, (a, b) in enumerate(zip_longest(mine, rebuilt)) if a != b]
    return {
        "table": table,
        "key": key,
        "is": {names[index]: mine[index] for index in changed},
        "should_be": {names[index]: rebuilt[index] for index in changed},
    }


def _put_in_place(where: Where, scratch: Path) -> None:
    """Only with every server stopped: the caller sees to that."""
    if not isinstance(where, Path):
        from kithdesk.core.postgres.snapshot import put_in_place

        with closing(open_reader(scratch)) as rebuilt:
            put_in_place(where, {table: rows_of(rebuilt, table) for table in projections()})
        return
    with closing(open_writer(where)) as connection:
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
