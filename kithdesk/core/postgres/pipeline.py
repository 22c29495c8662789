"""Statements on their way to PostgreSQL: they wait here until somebody looks at an answer, and then go together.

A round trip costs more than most statements do, and few answers are read: a command that reads once and writes four
times makes one trip instead of seven. psycopg's own pipeline saves the waiting, but its work for each statement is
what is left (measured, client's processor time for a command of six: 270 µs without, 200 with it, 60 with this), so
this one speaks to libpq itself, through `psycopg.pq`.

Every trip ends with a Sync. Only after one does the server take a silent session for idle in its transaction, and end
it (`connections.IDLE_IN_TRANSACTION`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection, abc, errors, generators, pq
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy.util import await_only
from sqlalchemy.util.concurrency import in_greenlet

from kithdesk.core.sql import Compiled, Result

MAX_PREPARED = 250
"""Texts a session keeps the plans of; later ones are planned each time. Built queries have no end of texts."""
_MAX_SEEN = 1_000
_FEW = 4
"""Values of a text with lists that comes again all the same: lists of one or two."""
BITE = 100
"""Rows that are decoded in one go, in about a millisecond. Of more, others have their turn in between."""
_DONE = {pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK}


class Asked(Result):
    """A statement, and what it gives: looking at that sends it, with all that wait before it.

    `scope` is the savepoint it belongs to, for whoever must know whose failure it was.
    """

    __slots__ = (
        "_compiled",
        "_decode",
        "_settle",
        "has_arrived",
        "problem",
        "scope",
        "sql",
        "status",
        "values",
    )

    def __init__(
        self,
        sql: str,
        values: Sequence[Any],
        settle: Callable[[], None],
        compiled: Compiled | None = None,
        scope: int | None = None,
    ) -> None:
        super().__init__([], -1)
        self.sql = sql
        self.values = values
        self.scope = scope
        self.status = ""
        self.has_arrived = False
        self.problem: psycopg.Error | None = None
        self._settle = settle
        self._compiled = compiled
        self._decode: Callable[[int, int], list[Any]] | None = None

    @property
    def comes_again(self) -> bool:
        """Whether the same text does: of longer lists there is one for each length."""
        return self._compiled is None or self._compiled.is_fixed or len(self.values) <= _FEW

    @property
    def rows(self) -> list[Any]:
        self._look()
        if self._decode is not None:
            self._take_in(self._decode)
        return self._rows

    @property
    def rowcount(self) -> int:
        self._look()
        return self._rowcount

    def arrive(self, result: pq.abc.PGresult, transformer: abc.Transformer) -> None:
        self.has_arrived = True
        self.status = (result.command_status or b"").decode()
        if self._compiled is not None and self._compiled.returns_rows and result.nfields:
            self._rowcount = result.ntuples
            decode = _decoding(self._compiled, result, transformer)
            if self._rowcount <= BITE:
                self._rows = decode(0, self._rowcount)
            else:
                self._decode = decode
        else:
            self._rowcount = -1 if result.command_tuples is None else result.command_tuples

    def _look(self) -> None:
        if not self.has_arrived:
            self._settle()
        assert self.has_arrived

    def _take_in(self, decode: Callable[[int, int], list[Any]]) -> None:
        """Bite by bite, while the loop serves others in between."""
        self._decode = None
        rows: list[Any] = []
        for first in range(0, self._rowcount, BITE):
            if first and in_greenlet():
                await_only(asyncio.sleep(0))
            rows += decode(first, min(first + BITE, self._rowcount))
        self._rows = rows


def _decoding(
    compiled: Compiled, result: pq.abc.PGresult, transformer: abc.Transformer
) -> Callable[[int, int], list[Any]]:
    names = [((result.fname(column) or b"").decode(),) for column in range(result.nfields)]

    def decode(first: int, end: int) -> list[Any]:
        transformer.set_pgresult(result)
        return compiled.rows(transformer.load_rows(first, end, tuple), names)

    return decode


class Pipeline:
    """One connection's. Nothing else may speak through that connection."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._transformer: abc.Transformer = Transformer.from_context(connection)
        self._waiting: list[Asked] = []
        self._seen: set[str] = set()
        self._prepared: dict[str, bytes] = {}
        self._last_name = 0

    def add(self, asked: Asked) -> Asked:
        """Raises `psycopg.DataError` for values that no column takes."""
        asked.values = self._transformer.dump_sequence(asked.values, [PyFormat.TEXT] * len(asked.values))
        self._waiting.append(asked)
        return asked

    def add_command(self, command: str) -> Asked:
        """One without parameters, for whoever looks at it only after `run`."""
        return self.add(Asked(command, (), _nobody))

    def take_back(self, first: Asked | None = None) -> None:
        """Forgets what was not sent: from this one on, or all."""
        del self._waiting[0 if first is None else self._waiting.index(first) :]

    async def say(self, command: str) -> str:
        """Runs a command without parameters after all that wait; answers its status. Raises `psycopg.Error`."""
        asked = self.add_command(command)
        failed = await self.run()
        if failed is not None:
            assert failed.problem is not None
            raise failed.problem
        return asked.status

    async def run(self) -> Asked | None:
        """Sends what waits and reads all answers; gives the one that failed, after which none ran.

        Raises `psycopg.Error` when the connection is lost.
        """
        if not self._waiting:
            return None
        sent, self._waiting = self._waiting, []
        if self._libpq.pipeline_status == pq.PipelineStatus.OFF:
            self._libpq.enter_pipeline_mode()
        texts_prepared = [self._send(asked) for asked in sent]
        self._libpq.pipeline_sync()
        return await self._connection.wait(self._hear(sent, texts_prepared))

    def _send(self, asked: Asked) -> bool:
        """Hands a statement to libpq; says whether it is prepared with it."""
        name = self._prepared.get(asked.sql)
        if name is not None:
            self._libpq.send_query_prepared(name, asked.values)
            return False
        if not self._is_worth_preparing(asked):
            self._libpq.send_query_params(asked.sql.encode(), asked.values)
            return False
        self._last_name += 1
        name = self._prepared[asked.sql] = f"kithdesk_{self._last_name}".encode()
        self._libpq.send_prepare(name, asked.sql.encode())
        self._libpq.send_query_prepared(name, asked.values)
        return True

    def _is_worth_preparing(self, asked: Asked) -> bool:
        """The second time that it is seen."""
        if not asked.comes_again or len(self._prepared) >= MAX_PREPARED:
            return False
        if asked.sql in self._seen:
            self._seen.remove(asked.sql)
            return True
        if len(self._seen) >= _MAX_SEEN:
            self._seen.clear()
        self._seen.add(asked.sql)
        return False

    def _hear(self, sent: list[Asked], texts_prepared: list[bool]) -> abc.PQGen[Asked | None]:
        failed: Asked | None = None
        try:
            yield from generators.send(self._libpq)
            for asked, was_prepared in zip(sent, texts_prepared, strict=True):
                if was_prepared:
                    result = (yield from generators.fetch_many(self._libpq))[0]
                    if result.status not in _DONE:
                        del self._prepared[asked.sql]
                        failed = failed or self._failure(asked, result)
                result = (yield from generators.fetch_many(self._libpq))[0]
                if result.status in _DONE:
                    asked.arrive(result, self._transformer)
                else:
                    failed = failed or self._failure(asked, result)
            yield from generators.fetch_many(self._libpq)
        except psycopg.Error:
            if failed is None:
                raise
        return failed

    def _failure(self, asked: Asked, result: pq.abc.PGresult) -> Asked:
        asked.problem = errors.error_from_result(result, encoding="utf-8")
        return asked


def _nobody() -> None:
    """Nobody looks at the answer of a command."""
