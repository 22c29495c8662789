"""Moving up: all rows of a data folder into an empty PostgreSQL database.

They travel in one transaction, which commits only after every table has been read back and agrees. So however a move
ends early, the target is left as empty as it was; and a move that is run again on what it has already moved finds that
nothing is left to do. The source is only read.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Table, func, select, text

from kithdesk.core import migrate
from kithdesk.core.installation import agree_on_key, installation
from kithdesk.core.postgres.connections import OLDEST_VERSION
from kithdesk.core.postgres.snapshot import Connection, PlainExecutor, connect, copy_in, rows_of
from kithdesk.core.replay import SqliteSnapshot
from kithdesk.core.tables import lasting, made_beside, metadata

_LOCK_PATIENCE = "30s"
_TABLES = text(
    "SELECT name FROM pragma_table_list"  # where an index that is made of tables does not count as such
    " WHERE schema = 'main' AND type = 'table' AND name <> 'alembic_version' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)

Progress = Callable[[int, int], None]
"""Called with steps done and steps in all: every row is written, and then read back."""


class CannotMove(Exception):
    """In words; the target is as it was."""


@dataclass(frozen=True, slots=True)
class Moved:
    """`rows` by table. `was_there`: an earlier move had brought everything already."""

    rows: dict[str, int]
    was_there: bool


class Tally:
    """Counts the rows that pass, and sums them up in their order."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def passing(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in rows:
            self._hash.update(msgspec.msgpack.encode(row))
            self.rows += 1
            yield row

    def of(self, rows: Iterator[tuple[Any, ...]]) -> Tally:
        for _ in self.passing(rows):
            pass
        return self

    def equals(self, other: Tally) -> bool:
        return (self.rows, self._hash.digest()) == (other.rows, other._hash.digest())


def move(
    source: Path,
    target: str,
    key_fingerprint: str,
    progress: Progress = lambda _done, _all: None,
) -> Moved:
    """Brings every row but leases, and names the key that the servers there must hold.

    The caller sees to it that nobody writes to `source`. Raises `CannotMove`.
    """
    with _in_words():
        migrate.check_fit(source)
        _check_address(target)
        with closing(connect(target)) as connection:
            _check_server(connection)
        _make_tables(target)
        with closing(SqliteSnapshot(source)) as here, connect(target) as there:
            _check_source(here)
            _keep_others_out(there)
            return _fill(here, there, key_fingerprint, progress)


def _check_address(target: str) -> None:
    try:
        conninfo_to_dict(target)
    except psycopg.ProgrammingError:  # whose words hold the password
        raise CannotMove("the target is no address as PostgreSQL takes it") from None


def _check_source(here: SqliteSnapshot) -> None:
    """No table is left behind because nobody has declared it."""
    others = ({row.name for row in here.execute(_TABLES)} - made_beside()) ^ metadata.tables.keys()
    if others:
        raise CannotMove(f"the data folder has other tables than this version: {', '.join(sorted(others))}")


def _check_server(connection: Connection) -> None:
    version = connection.info.server_version
    if version < OLDEST_VERSION * 10_000:
        raise CannotMove(
            f"the target is PostgreSQL {version // 10_000}; {OLDEST_VERSION} is the oldest that works"
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise CannotMove(f"the target database stores {encoding}; make one with ENCODING 'UTF8'")


def _make_tables(target: str) -> None:
    if migrate.stamped(target) not in (None, migrate.HEAD):
        raise CannotMove("the target holds an installation of another version; give an empty database")
    try:
        migrate.upgrade(target)
    except migrate.SchemaDiffers as problem:
        raise CannotMove(f"of the target: {problem}") from None


def _keep_others_out(there: Connection) -> None:
    """Nobody reads half a table, and a server that is started on the target waits."""
    there.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(_LOCK_PATIENCE))
    names = sql.SQL(", ").join(sql.Identifier(table.name) for table in metadata.sorted_tables)
    there.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(names))


def _fill(here: SqliteSnapshot, there: Connection, key_fingerprint: str, progress: Progress) -> Moved:
    tables = [table for table in lasting() if table is not installation]
    count = _counting(sum(here.execute(_count(table)).scalar() for table in tables), progress)
    full = _full_table(there)
    tallies = {}
    for table in tables:
        tally = tallies[table] = Tally()
        rows = count(tally.passing(here.rows(table)))
        if full is None:
            copy_in(there, table, rows)
        else:
            for _ in rows:
                pass
    executor = PlainExecutor(there)
    for table in tables:
        if not Tally().of(count(rows_of(there, table))).equals(tallies[table]):
            raise CannotMove(_refusal(table, full))
    if not agree_on_key(executor, key_fingerprint):
        raise CannotMove("the target has been moved to with another secret key")
    there.execute("ANALYZE")
    return Moved({table.name: tally.rows for table, tally in tallies.items()}, was_there=full is not None)


def _refusal(table: Table, full: str | None) -> str:
    if full is not None:
        return f"the target holds rows already (in {full}), and not the same; give an empty database"
    return f"{table.name} reads differently from the target than from here; nothing was moved"


def _full_table(there: Connection) -> str | None:
    """Any table of the target that holds a row."""
    for table in metadata.sorted_tables:
        query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table.name))
        row = there.execute(query).fetchone()
        if row is not None and row[0]:
            return table.name
    return None


def _count(table: Table) -> Any:
    return select(func.count()).select_from(table)


def _counting(rows: int, progress: Progress) -> Callable[[Iterator[Any]], Iterator[Any]]:
    done = 0

    def count(passing: Iterator[Any]) -> Iterator[Any]:
        nonlocal done
        for row in passing:
            yield row
            done += 1
            progress(done, 2 * rows)

    return count


@contextmanager
def _in_words() -> Iterator[None]:
    """What PostgreSQL says, without the address: that may hold a password."""
    try:
        yield
    except psycopg.errors.LockNotAvailable:
        raise CannotMove("another program is using the target; stop it, or give an empty database") from None
    except psycopg.DataError as problem:
        raise CannotMove(f"a row cannot be stored in PostgreSQL: {_line(problem)}") from None
    except psycopg.OperationalError as problem:
        raise CannotMove(f"the target cannot be reached, or gave up: {_line(problem)}") from None
    except psycopg.Error as problem:
        raise CannotMove(f"PostgreSQL refuses: {_line(problem)}") from None
    except sqlite3.DatabaseError as problem:
        raise CannotMove(f"the data folder cannot be read: {_line(problem)}") from None
    except (migrate.Unreachable, migrate.UnfitDatabase) as problem:
        raise CannotMove(_line(problem)) from None


def _line(problem: BaseException | None) -> str:
    return " ".join(str(problem).split())
