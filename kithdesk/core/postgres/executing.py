"""Executing Core statements on psycopg's connection, from plain functions.

Verbs and queries run in a greenlet; whoever looks at an answer hands the waiting to the event loop (SQLAlchemy's
bridge), so there is no thread, and the loop serves others meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.util import await_only

from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.postgres.connections import Connection
from kithdesk.core.postgres.pipeline import Asked
from kithdesk.core.sql import NOTHING, Result, Statement, Statements
from kithdesk.core.work import TransactionDied

STATEMENTS = Statements(
    PGDialect_psycopg(paramstyle="numeric_dollar"),  # type: ignore[no-untyped-call]
    insert,
    stores_booleans=True,
)


class PostgresExecutor:
    """One connection, used inside a greenlet."""

    __slots__ = ("_pipeline",)

    def __init__(self, connection: Connection) -> None:
        self._pipeline = connection.statements

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        return self._ask(statement, values)

    def say(self, command: str) -> None:
        """A command without parameters."""
        self._pipeline.add(Asked(command, (), self.settle))

    def settle(self) -> None:
        """Waits for everything executed so far. Raises what the first failure was."""
        failed = await_only(self._pipeline.run())
        if failed is not None:
            raise self._judge(failed)

    def _ask(self, statement: Statement, values: Mapping[str, Any], scope: int | None = None) -> Asked:
        compiled = STATEMENTS.compiled(statement)
        sql, ordered = compiled.bind_in_order(values)
        return self._pipeline.add(Asked(sql, ordered, self.settle, compiled, scope))

    def _judge(self, failed: Asked) -> Exception:
        assert failed.problem is not None
        return failed.problem


class PostgresReader(PostgresExecutor):
    """A snapshot, and who asks."""

    __slots__ = ("actor", "now", "organisation")

    def __init__(self, connection: Connection, actor: Actor, now: Instant) -> None:
        super().__init__(connection)
        self.actor = actor
        self.organisation = actor.organisation
        self.now = now


class PostgresTransaction(PostgresExecutor):
    """A lane's connection inside a batch.

    A statement may fail only after its verb has gone on. A failure in the innermost open savepoint is raised to whoever
    looks next, who is inside it. Any other is somebody's who cannot be told any more: it takes the transaction, and the
    commands run once more by themselves, `carefully`, where every statement is waited for and a failure is met where it
    happens.
    """

    __slots__ = ("_is_careful", "_last_scope", "_savepoints")

    def __init__(self, connection: Connection, *, carefully: bool = False) -> None:
        super().__init__(connection)
        self._is_careful = carefully
        self._last_scope = 0
        self._savepoints: list[tuple[int, Asked]] = []

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        asked = self._ask(statement, values, self._scope)
        if self._is_careful:
            self.settle()
        return asked

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            self._ask(statement, row, self._scope)
        if self._is_careful:
            self.settle()

    def savepoint(self, name: str) -> None:
        self._last_scope += 1
        begun = self._pipeline.add(Asked(f"SAVEPOINT {name}", (), self.settle))
        self._savepoints.append((self._last_scope, begun))

    def release(self, name: str) -> None:
        self.say(f"RELEASE {name}")
        self._savepoints.pop()

    def rollback_to(self, name: str) -> None:
        """What was not sent yet need not be taken back."""
        _, begun = self._savepoints.pop()
        if begun.has_arrived:
            self._pipeline.take_back()
            self.say(f"ROLLBACK TO {name}")
            self.say(f"RELEASE {name}")
        else:
            self._pipeline.take_back(begun)

    def settle(self) -> None:
        try:
            super().settle()
        except (psycopg.OperationalError, psycopg.InterfaceError) as problem:
            # The whole transaction is lost: connection, server, time-out, deadlock, serialisation.
            raise TransactionDied(f"{type(problem).__name__}: {problem}") from problem

    @property
    def _scope(self) -> int | None:
        return self._savepoints[-1][0] if self._savepoints else None

    def _judge(self, failed: Asked) -> Exception:
        problem = super()._judge(failed)
        if failed.scope is not None and failed.scope == self._scope:
            return problem
        return TransactionDied(f"{type(problem).__name__}: {problem}")
