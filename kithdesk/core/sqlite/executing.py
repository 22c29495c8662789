"""Executing Core statements on the standard library's driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert

from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.sql import NOTHING, Result, Statement, Statements
from kithdesk.core.work import TransactionDied

STATEMENTS = Statements(sqlite.dialect(paramstyle="qmark"), insert, stores_booleans=False)
_DEAD_TRANSACTION = {
    "SQLITE_FULL",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_BUSY",
    "SQLITE_NOMEM",
    "SQLITE_IOERR",
}


class SqliteExecutor:
    """One connection, whatever it may do."""

    __slots__ = ("connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        compiled = STATEMENTS.compiled(statement)
        sql, parameters = compiled.bind(values)
        cursor = self.connection.execute(sql, parameters)
        if compiled.returns_rows and cursor.description is not None:
            rows = compiled.rows(cursor.fetchall(), cursor.description)
            return Result(rows, len(rows))
        return Result([], cursor.rowcount)

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        compiled = STATEMENTS.compiled(statement)
        self.connection.executemany(compiled.sql, [compiled.bind(row)[1] for row in rows])


class SqliteReader(SqliteExecutor):
    """A snapshot, and who asks."""

    __slots__ = ("actor", "now", "organisation")

    def __init__(self, connection: sqlite3.Connection, actor: Actor, now: Instant) -> None:
        super().__init__(connection)
        self.actor = actor
        self.organisation = actor.organisation
        self.now = now


class SqliteTransaction(SqliteExecutor):
    """The writing connection inside a batch: savepoints, and telling a failed statement from a lost transaction.

    The outermost savepoint is set at once, so that it also holds what is written past this object.
    """

    __slots__ = ("_open", "_set")

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._open: list[str] = []
        self._set = 0
        """How many of the open ones are set, from the outermost."""

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        try:
            if self._set < len(self._open) and not STATEMENTS.compiled(statement).only_reads:
                self._set_savepoints()
            return super().execute(statement, values)
        except sqlite3.OperationalError as problem:
            raise died_or(problem) from problem

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        self._set_savepoints()
        super().execute_many(statement, rows)

    def savepoint(self, name: str) -> None:
        self._open.append(name)
        if len(self._open) == 1:
            self._set_savepoints()

    def release(self, name: str) -> None:
        if self._close():
            self.connection.execute(f"RELEASE {name}")

    def rollback_to(self, name: str) -> None:
        if not self._close():
            return
        try:
            self.connection.execute(f"ROLLBACK TO {name}")
            self.connection.execute(f"RELEASE {name}")
        except sqlite3.OperationalError as problem:
            raise TransactionDied(str(problem)) from problem

    def _set_savepoints(self) -> None:
        for name in self._open[self._set :]:
            self.connection.execute(f"SAVEPOINT {name}")
        self._set = len(self._open)

    def _close(self) -> bool:
        """Ends the innermost; answers whether it was set."""
        self._open.pop()
        was_set = self._set > len(self._open)
        self._set = min(self._set, len(self._open))
        return was_set


def died_or(problem: sqlite3.OperationalError) -> Exception:
    name = getattr(problem, "sqlite_errorname", "") or ""
    primary = "_".join(name.split("_")[:2])
    return TransactionDied(name) if primary in _DEAD_TRANSACTION else problem
