"""Executing Core statements on psycopg's connection, from plain functions.

Verbs and queries run in a greenlet; whoever looks at an answer hands the waiting to the event loop (SQLAlchemy's
bridge), so there is no thread, and the loop serves others meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.util import await_only

from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.postgres.connections import Connection
from kithdesk.core.postgres.pipeline import Asked
from kithdesk.core.sql import NOTHING, Compiled, Result, Statement, Statements
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
        return self._ask(STATEMENTS.compiled(statement), values)

    def say(self, command: str) -> None:
        """A command without parameters."""
        self._pipeline.add(Asked(command, (), self.settle))

    def settle(self) -> None:
        """Waits for everything executed so far. Raises what the first failure was."""
        failed = await_only(self._pipeline.run())
        if failed is not None:
            raise self._judge(failed)

    def _ask(self, compiled: Compiled, values: Mapping[str, Any], scope: int | None = None) -> Asked:
        sql, ordered = compiled.bind(values)
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


_AT_ONCE = (16, 4, 1)
"""How many rows one statement writes: few numbers, so that few texts are prepared."""
_NUMBER = re.compile(r"\$(\d+)")


@lru_cache
def _of_rows(sql: str, count: int) -> str | None:
    """The text that does with several rows what this one does with one; None for what inserts none."""
    if count == 1:
        return sql
    head, values_of, rest = sql.partition(" VALUES (")
    row, _, tail = rest.partition(")")
    if not values_of or "$" in head + tail:
        return None
    width = len(_NUMBER.findall(row))
    rows = [
        _NUMBER.sub(lambda number, before=before: f"${int(number[1]) + before}", row)  # type: ignore[misc]
        for before in range(0, width * count, width)
    ]
    return f"{head} VALUES ({'), ('.join(rows)}){tail}"


@dataclass(slots=True, eq=False)
class Savepoint:
    """`begun` is the statement that sets it, None until there is something to take back."""

    name: str
    scope: int
    begun: Asked | None = None

    @property
    def is_set(self) -> bool:
        """As far as the server has said."""
        return self.begun is not None and self.begun.has_arrived


class PostgresTransaction(PostgresExecutor):
    """A lane's connection inside a batch.

    A statement may fail only after its verb has gone on. A failure in the innermost open savepoint is raised to whoever
    looks next, who is inside it. Any other is somebody's who cannot be told any more: it takes the transaction, and the
    commands run again, at last by themselves and `carefully`, where every statement is waited for and a failure is met
    where it happens.

    The outermost savepoint too is set with its first write. What fails while only reading takes the transaction with
    it; carefully, savepoints are set with the first statement, whatever it does.
    """

    __slots__ = ("_is_careful", "_last_scope", "_savepoints")

    def __init__(self, connection: Connection, *, carefully: bool = False) -> None:
        super().__init__(connection)
        self._is_careful = carefully
        self._last_scope = 0
        self._savepoints: list[Savepoint] = []

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Asked:
        compiled = STATEMENTS.compiled(statement)
        if self._is_careful or not compiled.only_reads:
            self._set_savepoints()
        asked = self._ask(compiled, values, self._scope)
        if self._is_careful:
            self.settle()
        return asked

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        self._set_savepoints()
        compiled = STATEMENTS.compiled(statement)
        values = [compiled.bind(row)[1] for row in rows]
        for count in _AT_ONCE:
            while len(values) >= count and (text := _of_rows(compiled.sql, count)) is not None:
                together = [value for row in values[:count] for value in row]
                self._pipeline.add(Asked(text, together, self.settle, scope=self._scope))
                del values[:count]
        if self._is_careful:
            self.settle()

    def savepoint(self, name: str) -> None:
        self._last_scope += 1
        self._savepoints.append(Savepoint(name, self._last_scope))

    def release(self, name: str) -> None:
        if self._savepoints.pop().begun is not None:
            self.say(f"RELEASE {name}")

    def rollback_to(self, name: str) -> None:
        """What was not sent yet need not be taken back."""
        savepoint = self._savepoints.pop()
        if savepoint.is_set:
            self._pipeline.take_back()
            self.say(f"ROLLBACK TO {name}")
            self.say(f"RELEASE {name}")
        elif savepoint.begun is not None:
            self._pipeline.take_back(savepoint.begun)

    def _set_savepoints(self) -> None:
        """Those that are open, from the outermost."""
        if self._savepoints and self._savepoints[-1].begun is None:
            for one in self._savepoints:
                if one.begun is None:
                    one.begun = self._pipeline.add(Asked(f"SAVEPOINT {one.name}", (), self.settle))

    def settle(self) -> None:
        try:
            super().settle()
        except (psycopg.OperationalError, psycopg.InterfaceError) as problem:
            # The whole transaction is lost: connection, server, time-out, deadlock, serialisation.
            raise TransactionDied(f"{type(problem).__name__}: {problem}") from problem

    @property
    def _scope(self) -> int | None:
        return self._savepoints[-1].scope if self._savepoints else None

    def _judge(self, failed: Asked) -> Exception:
        problem = super()._judge(failed)
        if failed.scope is not None and failed.scope == self._scope and self._savepoints[-1].is_set:
            return problem
        return TransactionDied(f"{type(problem).__name__}: {problem}")
