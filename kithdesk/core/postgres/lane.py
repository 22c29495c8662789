"""PostgreSQL's lane: a task with a connection of its own.

Several lanes run in each process, organisations spread over them by a hash that is the same everywhere. Before its
first verb a batch locks its organisations' heads, in sorted order, so that one organisation's commands run one at a
time across all processes: checking and then writing is safe, and positions are gapless in commit order.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

import psycopg
import structlog
from sqlalchemy import Text, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.util import greenlet_spawn

from kithdesk.core import crashpoints, metrics
from kithdesk.core.clock import Clock
from kithdesk.core.errors import OutcomeUnknown
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.journal import heads
from kithdesk.core.lane import Command, Committed, Lane, organisations_of
from kithdesk.core.postgres.connections import SILENT_SECONDS, Connection, connect
from kithdesk.core.postgres.executing import PostgresTransaction
from kithdesk.core.sql import Upsert
from kithdesk.core.work import TransactionDied, Wiring

log = structlog.get_logger(__name__)

RECONNECT_FOR_SECONDS = 3.0
RECONNECT_EVERY_SECONDS = 0.1

_LOCK_HEADS = (
    select(heads.c.organisation, heads.c.position, heads.c.event)
    .where(heads.c.organisation == any_(bindparam("organisations", type_=ARRAY(Text))))
    .order_by(heads.c.organisation)
    .with_for_update()
)
_FIRST_HEAD = Upsert(heads, ["organisation"], [])


class PostgresLane(Lane):
    """One of several writers of a process."""

    run_seconds = 0.050
    """Longer than SQLite's: the loop is free while a statement is under way, and each commit costs a round trip."""

    def __init__(
        self,
        url: str,
        wiring: Wiring,
        clock: Clock,
        ids: Ids,
        on_commit: Callable[[Committed], None],
        max_batch: int,
        name: str,
    ) -> None:
        super().__init__(wiring, clock, ids, on_commit, max_batch, name)
        self._url = url
        self._connection: Connection | None = None

    async def start(self) -> None:
        await self._connect()
        await super().start()

    async def stop(self) -> None:
        await super().stop()
        await self._let_go()

    async def _transact(
        self, commands: list[Command], *, again: bool = False
    ) -> tuple[list[Command], Committed]:
        crashpoints.reach(1)
        connection = await self._connected()
        try:
            with connection.within(SILENT_SECONDS):
                ran, committed = await greenlet_spawn(self._run_until_commit, connection, commands, again)
        except BaseException:
            await self._roll_back()
            raise
        await self._commit(connection)
        crashpoints.reach(4)
        return ran, committed

    def _run_until_commit(
        self, connection: Connection, commands: list[Command], again: bool
    ) -> tuple[list[Command], Committed]:
        transaction = PostgresTransaction(connection, carefully=again)
        transaction.say("BEGIN ISOLATION LEVEL READ COMMITTED")
        positions = {
            organisation: self._begin_after(*end)
            for organisation, end in _lock_heads(transaction, organisations_of(commands)).items()
        }
        ran = self._run_verbs(transaction, commands)
        crashpoints.reach(2)
        try:
            committed = self._write_together(transaction, ran, positions)
            transaction.settle()
        except psycopg.Error as problem:
            raise TransactionDied(str(problem)) from problem
        crashpoints.reach(3)
        return ran, committed

    async def _commit(self, connection: Connection) -> None:
        """Raises `OutcomeUnknown` when the connection was lost on the way, `TransactionDied` when it was refused."""
        started = time.perf_counter()
        try:
            with connection.within(SILENT_SECONDS):
                status = await connection.statements.say("COMMIT")
        except psycopg.Error as problem:
            was_answered = not connection.closed and problem.sqlstate is not None
            if was_answered and problem.sqlstate not in _SHUTTING_DOWN:
                await self._roll_back()
                raise TransactionDied(str(problem)) from problem
            log.warning("commit_unanswered", reason=str(problem))
            await self._let_go()
            raise OutcomeUnknown("The connection to the database was lost in mid-commit.") from problem
        if status != "COMMIT":  # the server answers a failed transaction's COMMIT with ROLLBACK
            raise TransactionDied("the server rolled back")
        metrics.COMMIT_SECONDS.observe(time.perf_counter() - started)

    async def _recover(self) -> bool:
        """After a restart of the database another connection is needed; it is tried for a few seconds."""
        deadline = time.monotonic() + RECONNECT_FOR_SECONDS
        while True:
            try:
                await self._connected()
            except TransactionDied:
                if time.monotonic() > deadline:
                    return False
                await asyncio.sleep(RECONNECT_EVERY_SECONDS)
            else:
                return True

    async def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            try:
                await self._connect()
            except psycopg.Error as problem:
                raise TransactionDied(str(problem)) from problem
        assert self._connection is not None
        return self._connection

    async def _connect(self) -> None:
        self._connection = await connect(self._url, name=self._name)

    async def _roll_back(self) -> None:
        if self._connection is None or self._connection.closed:
            return
        try:
            self._connection.statements.take_back()
            await self._connection.statements.say("ROLLBACK")
        except psycopg.Error:
            await self._let_go()

    async def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(psycopg.Error):
                await self._connection.close()
            self._connection = None


_SHUTTING_DOWN = {"57P01", "57P02", "57P03"}
"""Admin and crash shutdown: the session was ended, before or after it committed."""


Ends = dict[OrganisationId, tuple[int, str | None]]
"""Where each organisation's journal ends: position and event."""


def _lock_heads(transaction: PostgresTransaction, organisations: list[OrganisationId]) -> Ends:
    """Everyone else's commands for these organisations wait from here until this batch has ended.

    Commands of no organisation share nothing that a lock would protect; claiming jobs skips what others hold.
    """
    wanted = [organisation for organisation in organisations if organisation]
    ends: Ends = {OrganisationId(""): (0, None)}
    if not wanted:
        return ends
    ends |= _locked(transaction, wanted)
    missing = [organisation for organisation in wanted if organisation not in ends]
    if missing:
        rows = [{"organisation": organisation, "position": 0, "event": None} for organisation in missing]
        transaction.execute_many(_FIRST_HEAD, rows)
        ends |= _locked(transaction, wanted)
    return ends


def _locked(transaction: PostgresTransaction, organisations: list[OrganisationId]) -> Ends:
    rows = transaction.execute(_LOCK_HEADS, {"organisations": organisations})
    return {row.organisation: (row.position, row.event) for row in rows}
