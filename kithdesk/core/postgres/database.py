"""PostgreSQL as the desk sees it."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from typing import Any

import psycopg
import structlog
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy.util import greenlet_spawn

from kithdesk.core import migrate
from kithdesk.core.clock import Clock
from kithdesk.core.commands import Command, Committed
from kithdesk.core.database import Done, Question
from kithdesk.core.errors import Overloaded
from kithdesk.core.ids import Ids
from kithdesk.core.postgres.connections import (
    LONG_STATEMENT_TIMEOUT,
    SILENT_LONG_READ_SECONDS,
    SILENT_READ_SECONDS,
    STATEMENT_TIMEOUT,
    Connection,
    conninfo,
)
from kithdesk.core.postgres.executing import PostgresReader
from kithdesk.core.postgres.lane import RECONNECT_FOR_SECONDS, PostgresLane
from kithdesk.core.work import Wiring

log = structlog.get_logger(__name__)

LANES = 4
READERS = 8
LONG_READERS = 2
CONNECTIONS = LANES + 1 + READERS + LONG_READERS
"""Of a process, at most: one of them is the lane apart. It migrates before, over one."""
_WAIT_SECONDS = 5.0
_READ_TRIES = 3

Pool = AsyncConnectionPool[Connection]


class PostgresDatabase:
    """Lanes to write, a pool to read, and a smaller one for what takes long.

    The lane apart is for rows that belong to no organisation and that all processes want. Whoever wants a row that is
    locked waits until its transaction ends, so it takes one command at a time: no two processes can hold what the other
    waits for, as long as each command locks in one order, and no message waits with it.
    """

    is_shared = True

    def __init__(self, url: str, max_batch: int) -> None:
        self.url = url
        self._max_batch = max_batch
        self._lanes: list[PostgresLane] = []

    async def open(
        self, wiring: Wiring, clock: Clock, ids: Ids, on_commit: Callable[[Committed], None]
    ) -> None:
        """Raises `UnfitDatabase`, `Unreachable`."""
        await asyncio.to_thread(migrate.upgrade, self.url)
        try:
            await self._connect(wiring, clock, ids, on_commit)
        except (psycopg.Error, PoolTimeout) as problem:
            await self.close()
            raise migrate.Unreachable(f"the database cannot be reached: {problem}") from None

    async def _connect(
        self, wiring: Wiring, clock: Clock, ids: Ids, on_commit: Callable[[Committed], None]
    ) -> None:
        self._readers = _pool(self.url, "reader", READERS, STATEMENT_TIMEOUT)
        self._long_readers = _pool(self.url, "long reader", LONG_READERS, LONG_STATEMENT_TIMEOUT)
        for pool in (self._readers, self._long_readers):
            await pool.open()
        for number in range(LANES):
            name = f"lane {number}"
            lane = PostgresLane(self.url, wiring, clock, ids, on_commit, self._max_batch, name)
            self._lanes.append(lane)
            await lane.start()
        self._apart = PostgresLane(self.url, wiring, clock, ids, on_commit, 1, "lane apart")
        self._lanes.append(self._apart)
        await self._apart.start()

    async def close(self) -> None:
        for lane in self._lanes:
            await lane.stop()
        for pool in (self._readers, self._long_readers):
            await pool.close()

    def submit(self, command: Command) -> None:
        lane = zlib.crc32(command.actor.organisation.encode()) % LANES
        self._lanes[lane].submit(command)

    def submit_apart(self, command: Command) -> None:
        self._apart.submit(command)

    async def prove(self) -> None:
        await asyncio.gather(*(lane.prove() for lane in self._lanes))

    async def read(self, question: Question) -> Done[Any]:
        return await _read(self._readers, question, SILENT_READ_SECONDS)

    async def read_long(self, question: Question) -> Done[Any]:
        return await _read(self._long_readers, question, SILENT_LONG_READ_SECONDS)


def _pool(url: str, name: str, size: int, statement_timeout: str) -> Pool:
    return AsyncConnectionPool(
        conninfo(url, name=name, statement_timeout=statement_timeout),
        min_size=1,
        max_size=size,
        timeout=_WAIT_SECONDS,
        # The pool waits twice as long before each next try: after an outage it would stay away for as long again. When
        # it has given up, the next question makes it try anew.
        reconnect_timeout=RECONNECT_FOR_SECONDS,
        connection_class=Connection,
        kwargs={"autocommit": True},
        open=False,
        name=name,
    )


async def _read(pool: Pool, question: Question, patience: float) -> Done[Any]:
    """A question changes nothing, so it is asked again when its connection is lost. Raises `Overloaded`."""
    was_silent = False
    for left in reversed(range(_READ_TRIES)):
        try:
            async with pool.connection() as connection:
                try:
                    with connection.within(patience):
                        return await greenlet_spawn(_ask, connection, question)
                finally:
                    was_silent = connection.was_silent
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as problem:
            if was_silent or not left or isinstance(problem, psycopg.errors.QueryCanceled | PoolTimeout):
                log.warning("database_not_readable", reason=str(problem))
                raise Overloaded("The database cannot be read just now.", retry_after=2) from problem
    raise AssertionError


def _ask(connection: Connection, question: Question) -> Done[Any]:
    reader = PostgresReader(connection, question.by, question.now)
    reader.say("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    if question.seconds is not None:
        reader.say(f"SET LOCAL statement_timeout = {round(question.seconds * 1000)}")
    try:
        return question.ask(reader)
    finally:
        if not connection.closed:
            reader.say("ROLLBACK")
            reader.settle()
