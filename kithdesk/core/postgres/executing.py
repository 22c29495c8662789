"""Executing Core statements on psycopg's async driver, from plain functions.

Verbs and queries run in a greenlet; each statement hands the waiting to the event loop (SQLAlchemy's bridge), so there
is no thread, and the loop serves others meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.util import await_only

from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.sql import NOTHING, Result, Statement, Statements
from kithdesk.core.work import TransactionDied

T = TypeVar("T")
Connection = AsyncConnection[tuple[Any, ...]]

_DIALECT: Dialect = PGDialect_psycopg(paramstyle="pyformat")  # type: ignore[no-untyped-call]
STATEMENTS = Statements(_DIALECT, insert, stores_booleans=True)


class PostgresExecutor:
    """One connection, used inside a greenlet."""

    __slots__ = ("connection",)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        compiled = STATEMENTS.compiled(statement)
        sql, parameters = compiled.bind(values)
        fetched, description, count = await_only(self._run(sql, parameters))
        if compiled.returns_rows and description is not None:
            return Result(compiled.rows(fetched, description), len(fetched))
        return Result([], count)

    async def _run(self, sql: str, parameters: Mapping[str, Any]) -> tuple[list[tuple[Any, ...]], Any, int]:
        cursor = await self.connection.execute(sql, parameters)
        if cursor.description is None:
            return [], None, cursor.rowcount
        return await cursor.fetchall(), cursor.description, cursor.rowcount


class PostgresReader(PostgresExecutor):
    """A snapshot, and who asks."""

    __slots__ = ("actor", "now", "organisation")

    def __init__(self, connection: Connection, actor: Actor, now: Instant) -> None:
        super().__init__(connection)
        self.actor = actor
        self.organisation = actor.organisation
        self.now = now


class PostgresTransaction(PostgresExecutor):
    """A lane's connection inside a batch: savepoints, and telling a failed statement from a lost transaction."""

    __slots__ = ()

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        try:
            return super().execute(statement, values)
        except psycopg.Error as problem:
            raise died_or(problem) from problem

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        compiled = STATEMENTS.compiled(statement)
        try:
            await_only(self._run_many(compiled.sql, [compiled.bind(row)[1] for row in rows]))
        except psycopg.Error as problem:
            raise died_or(problem) from problem

    async def _run_many(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
        async with self.connection.cursor() as cursor:
            await cursor.executemany(sql, rows)

    def savepoint(self, name: str) -> None:
        self.say(f"SAVEPOINT {name}")

    def release(self, name: str) -> None:
        self.say(f"RELEASE {name}")

    def rollback_to(self, name: str) -> None:
        self.say(f"ROLLBACK TO {name}; RELEASE {name}")

    def say(self, command: str) -> None:
        """Commands without parameters."""
        try:
            await_only(self.connection.execute(command))
        except psycopg.Error as problem:
            raise TransactionDied(str(problem)) from problem


def died_or(problem: psycopg.Error) -> Exception:
    """`TransactionDied` when the whole transaction is lost: connection, server, time-out, deadlock, serialisation."""
    is_lost = isinstance(problem, psycopg.OperationalError | psycopg.InterfaceError)
    return TransactionDied(f"{type(problem).__name__}: {problem}") if is_lost else problem
