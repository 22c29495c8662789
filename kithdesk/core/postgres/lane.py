"""PostgreSQL's lane: a task with a connection of its own.

Several lanes run in each process, organisations spread over them by a hash that is the same everywhere. Before anything
else a batch locks its organisations' heads, in sorted order, so that one organisation's commands run one at a time
across all processes: checking and then writing is safe, and positions are gapless in commit order.

While the heads are locked nobody else writes for these organisations, and every answer that is waited for makes that
longer. So the lock travels with what the first command asks, and the last writes with COMMIT.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

import psycopg
import structlog
from sqlalchemy import Text, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.util import greenlet_spawn

from kithdesk.core import crashpoints, metrics
from kithdesk.core.clock import Clock, Instant
from kithdesk.core.commands import Command, Committed, organisations_of
from kithdesk.core.errors import OutcomeUnknown
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.journal_rows import heads
from kithdesk.core.lane import Batch, Lane
from kithdesk.core.postgres.connections import SILENT_SECONDS, Connection, connect
from kithdesk.core.postgres.executing import PostgresTransaction
from kithdesk.core.postgres.pipeline import Asked
from kithdesk.core.sql import Upsert
from kithdesk.core.work import TransactionDied, Wiring, Work

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
_FLUSHED = select(func.pg_logical_emit_message(True, "kithdesk", ""))


class PostgresLane(Lane):
    """One of several writers of a process."""

    run_seconds = 0.050
    """Longer than SQLite's: the loop is free while a statement is under way, and each commit costs a round trip."""

    @staticmethod
    def touch(work: Work) -> None:
        """Without a lock on a row that every lane of every process proves itself with.

        A database that only reads refuses the first; the second is what the commit has to flush.
        """
        work.execute(_FIRST_HEAD, {"organisation": "", "position": 0, "event": None})
        work.execute(_FLUSHED)

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
        self._known: set[OrganisationId] = {OrganisationId("")}

    async def start(self) -> None:
        await self._connect()
        await super().start()

    async def stop(self) -> None:
        await super().stop()
        await self._let_go()

    async def _transact(
        self, commands: list[Command], *, were_lost: bool = False
    ) -> tuple[list[Command], Committed]:
        crashpoints.reach(1)
        connection = await self._connected()
        try:
            with connection.within(SILENT_SECONDS):
                ran, committed = await greenlet_spawn(self._run_until_commit, connection, commands, were_lost)
        except BaseException:
            await self._roll_back()
            raise
        await self._commit(connection)
        crashpoints.reach(4)
        self._known.update(organisations_of(ran))
        return ran, committed

    def _run_until_commit(
        self, connection: Connection, commands: list[Command], were_lost: bool
    ) -> tuple[list[Command], Committed]:
        carefully = were_lost and len(commands) == 1
        transaction = PostgresTransaction(connection, carefully=carefully)
        transaction.say("BEGIN ISOLATION LEVEL READ COMMITTED")
        batch = LockedBatch(self._ids, self._clock, transaction, organisations_of(commands))
        if carefully or not self._known.issuperset(batch.organisations):
            batch.make_heads()
        # Who comes while others have the heads would wait for them once more. What was lost runs by itself.
        ran = self._run_verbs(transaction, commands, batch, () if were_lost else batch.organisations)
        crashpoints.reach(2)
        try:
            committed = self._write_together(transaction, ran, batch.positions)
        except psycopg.Error as problem:
            raise TransactionDied(str(problem)) from problem
        crashpoints.reach(3)
        return ran, committed

    async def _commit(self, connection: Connection) -> None:
        """Sends the last writes and COMMIT together: after a write that fails the server takes no commit.

        Raises `OutcomeUnknown` when the connection was lost on the way, `TransactionDied` when anything was refused.
        """
        started = time.perf_counter()
        commit = connection.statements.add_command("COMMIT")
        try:
            with connection.within(SILENT_SECONDS):
                failed = await connection.statements.run()
        except psycopg.Error as problem:
            raise await self._unknown(problem) from problem
        if failed is not None:
            assert failed.problem is not None
            if not is_refused(connection, failed, commit):
                raise await self._unknown(failed.problem) from failed.problem
            await self._roll_back()
            raise TransactionDied(str(failed.problem)) from failed.problem
        if commit.status != "COMMIT":  # the server answers a failed transaction's COMMIT with ROLLBACK
            raise TransactionDied("the server rolled back")
        metrics.COMMIT_SECONDS.observe(time.perf_counter() - started)

    async def _unknown(self, problem: psycopg.Error) -> OutcomeUnknown:
        log.warning("commit_unanswered", reason=str(problem))
        await self._let_go()
        return OutcomeUnknown("The connection to the database was lost in mid-commit.")

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


def is_refused(connection: Connection, failed: Asked, commit: Asked) -> bool:
    """Whether it is certain that nothing was committed.

    A server answers in the order of asking, so one that ends the session over a write has not come to the COMMIT behind
    it. That must be the server's own word, which says where in its code it was: what stands between it and us may say
    the same of a session of which the last answers were lost.
    """
    problem = failed.problem
    assert problem is not None
    if problem.sqlstate is None:
        return False
    if failed is not commit and problem.diag.source_function is not None:
        return True
    return not connection.closed and problem.sqlstate not in _SHUTTING_DOWN


class LockedBatch(Batch):
    """A batch whose organisations are its own from the first answer on: neither ids nor time are taken before.

    Ids follow the last of each journal, wherever that was written.
    """

    def __init__(
        self,
        ids: Ids,
        clock: Clock,
        transaction: PostgresTransaction,
        organisations: list[OrganisationId],
    ) -> None:
        super().__init__(ids, clock)
        self.organisations = organisations
        self._transaction = transaction
        self._locked = _lock_heads(transaction, _named(organisations))
        self._positions: dict[OrganisationId, int] | None = None

    @property
    def began(self) -> float:
        """The time in which others held the heads is not counted."""
        if self._locked is not None and not self._locked.has_arrived:
            return time.perf_counter()
        self._take_over()
        return self._began

    @property
    def positions(self) -> dict[OrganisationId, int]:
        """The last one of each organisation. Raises `TransactionDied` where there is no head."""
        return self._take_over()

    def new(self, now: Instant) -> str:
        self._take_over()
        return super().new(now)

    def now(self) -> Instant:
        self._take_over()
        return super().now()

    def make_heads(self) -> None:
        """Those that are missing, before the first command of their organisation."""
        there = {row.organisation for row in self._locked or ()}
        missing = [organisation for organisation in _named(self.organisations) if organisation not in there]
        if missing:
            rows = [{"organisation": organisation, "position": 0, "event": None} for organisation in missing]
            self._transaction.execute_many(_FIRST_HEAD, rows)
            self._locked = _lock_heads(self._transaction, _named(self.organisations))

    def _take_over(self) -> dict[OrganisationId, int]:
        if self._positions is None:
            positions = {
                row.organisation: self.begin_after(row.position, row.event) for row in self._locked or ()
            }
            positions[OrganisationId("")] = 0
            if not positions.keys() >= set(self.organisations):
                raise TransactionDied("the head of an organisation is gone")
            self._positions = positions
            self._began = time.perf_counter()
        return self._positions


def _lock_heads(transaction: PostgresTransaction, organisations: list[OrganisationId]) -> Asked | None:
    """Everyone else's commands for these organisations wait from here until this batch has ended.

    Commands of no organisation share nothing that a lock would protect; claiming jobs skips what others hold.
    """
    return transaction.execute(_LOCK_HEADS, {"organisations": organisations}) if organisations else None


def _named(organisations: list[OrganisationId]) -> list[OrganisationId]:
    return [organisation for organisation in organisations if organisation]
