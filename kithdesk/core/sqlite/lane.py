"""SQLite's lane: one connection writes, on the event loop's own thread.

Beside a busy loop a writer thread waits up to 5 ms for the interpreter lock after every statement, so the loop itself
is the lane. WAL with `synchronous=FULL`: a commit has reached the disk before anyone hears of it. Only the writing
connection checkpoints (SQLite before 3.51.3 can corrupt a WAL that two connections reset), between batches. When COMMIT
is slow, COMMIT alone moves to a helper thread, and the lane takes no batch meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import structlog

from kithdesk.core import crashpoints, journal, metrics
from kithdesk.core.clock import Clock
from kithdesk.core.commands import Command, Committed, organisations_of
from kithdesk.core.ids import Ids
from kithdesk.core.lane import Batch, Lane
from kithdesk.core.sqlite.connections import CHECKPOINT_BYTES, open_writer
from kithdesk.core.sqlite.executing import SqliteTransaction, died_or
from kithdesk.core.work import TransactionDied, Wiring

log = structlog.get_logger(__name__)

SLOW_COMMIT_SECONDS = 0.005
COMMITS_JUDGED = 32
PROBE_EVERY = 16
"""On a slow disk every so many commits run on the loop again, to notice when the disk has recovered."""


class SqliteLane(Lane):
    """The only writer of a file."""

    def __init__(
        self,
        path: Path,
        wiring: Wiring,
        clock: Clock,
        ids: Ids,
        on_commit: Callable[[Committed], None],
        max_batch: int,
    ) -> None:
        super().__init__(wiring, clock, ids, on_commit, max_batch)
        self._wal = path.with_name(f"{path.name}-wal")
        self._helper = ThreadPoolExecutor(1, "commit")
        self._commit_seconds: list[float] = []
        self._commits = 0
        self._slow = False
        self.connection = open_writer(path)

    async def stop(self) -> None:
        await super().stop()
        self._helper.shutdown()
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.connection.close()

    async def _transact(
        self, commands: list[Command], *, were_lost: bool = False
    ) -> tuple[list[Command], Committed]:
        crashpoints.reach(1)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            transaction = SqliteTransaction(self.connection)
            batch = Batch(self._ids, self._clock)
            heads = {o: batch.begin_after(*journal.end(transaction, o)) for o in organisations_of(commands)}
            ran = self._run_verbs(transaction, commands, batch)
            crashpoints.reach(2)
            committed = self._write_together(transaction, ran, heads)
            crashpoints.reach(3)
        except TransactionDied:
            self._roll_back()
            raise
        except sqlite3.OperationalError as problem:
            self._roll_back()
            raise TransactionDied(str(problem)) from problem
        except BaseException:
            self._roll_back()
            raise
        await self._commit()
        crashpoints.reach(4)
        return ran, committed

    async def _commit(self) -> None:
        self._commits += 1
        inline = not self._slow or self._commits % PROBE_EVERY == 0
        started = time.perf_counter()
        try:
            if inline:
                self.connection.execute("COMMIT")
            else:
                await asyncio.get_running_loop().run_in_executor(
                    self._helper, self.connection.execute, "COMMIT"
                )
        except sqlite3.OperationalError as problem:
            died = died_or(problem)
            name = getattr(problem, "sqlite_errorname", "") or ""
            if isinstance(died, TransactionDied) and not name.startswith("SQLITE_IOERR"):
                self._roll_back()
                raise died from problem
            # After a failed flush nobody knows what the disk holds: only a new start from the file is honest.
            log.critical("commit_failed", reason=str(problem), code=name)
            os._exit(74)
        seconds = time.perf_counter() - started
        metrics.COMMIT_SECONDS.observe(seconds)
        if inline:
            self._judge_disk(seconds)

    def _judge_disk(self, seconds: float) -> None:
        """By commits on this thread only: one on the helper also waits for the interpreter, whatever the disk does."""
        self._commit_seconds.append(seconds)
        if len(self._commit_seconds) < COMMITS_JUDGED:
            return
        slow = median(self._commit_seconds) > SLOW_COMMIT_SECONDS
        self._commit_seconds.clear()
        if slow != self._slow:
            note = "the disk takes more than 5 ms to flush" if slow else "the disk is quick again"
            log.warning("commit_mode_changed", helper_thread=slow, note=note)
            metrics.COMMIT_IN_THREAD.set(slow)
            self._slow = slow

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    async def _between(self) -> None:
        """Passive, and only when the log has grown; it waits for no reader."""
        try:
            size = self._wal.stat().st_size
        except FileNotFoundError:
            return
        if size < CHECKPOINT_BYTES:
            return
        await asyncio.get_running_loop().run_in_executor(self._helper, self._checkpoint)

    def _checkpoint(self) -> None:
        """Its row is read, because a statement left open would keep every later savepoint from opening."""
        try:
            self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except (
            sqlite3.OperationalError
        ) as problem:  # a full disk: the log holds everything until there is room
            log.warning("checkpoint_postponed", reason=str(problem))
