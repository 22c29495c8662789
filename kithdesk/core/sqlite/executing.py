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
    """The writing connection inside a batch: savepoints, and telling a failed statement from a lost transaction."""

    __slots__ = ()

    def execute(self, statement: Any, values: Any = {}) -> Any:  # noqa: B006 - never changed
        try:
            return super().execute(statement, values)
        except sqlite3.OperationalError as problem:
            raise died_or(problem) from problem

    def savepoint(self, name: str) -> None:
        self.connection.execute(f"SAVEPOINT {name}")

    def release(self, name: str) -> None:
        self.connection.execute(f"RELEASE {name}")

    def rollback_to(self, name: str) -> None:
        try:
            self.connection.execute(f"ROLLBACK TO {name}")
            self.connection.execute(f"RELEASE {name}")
        except sqlite3.OperationalError as problem:
            raise TransactionDied(str(problem)) from problem


def died_or(problem: sqlite3.OperationalError) -> Exception:
    name = getattr(problem, "sqlite_errorname", "") or ""
    primary = "_".join(name.split("_")[:2])
    return TransactionDied(name) if primary in _DEAD_TRANSACTION else problem
