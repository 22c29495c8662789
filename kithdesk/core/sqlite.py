"""SQLite: one connection writes, on the event loop's own thread; others only read.

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
from typing import Any

import structlog
from sqlalchemy import insert

from kithdesk.core import crashpoints, journal, metrics
from kithdesk.core.clock import Clock
from kithdesk.core.errors import InternalError, Overloaded, Refusal
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.jobs import jobs
from kithdesk.core.lane import MAX_RUN_SECONDS, Command, Committed, Waiting
from kithdesk.core.sql import SqliteExecutor
from kithdesk.core.work import TransactionDied, Wiring, Work, name_of

log = structlog.get_logger(__name__)

FIXED_VERSIONS = "3.51.3 and newer, 3.50.7 and 3.44.6"
SLOW_COMMIT_SECONDS = 0.005
COMMITS_JUDGED = 32
PROBE_EVERY = 16
"""On a slow disk every so many commits run on the loop again, to notice when the disk has recovered."""
CHECKPOINT_BYTES = 8 * 1024 * 1024
_INSERT_JOB = insert(jobs)
_DEAD_TRANSACTION = {
    "SQLITE_FULL",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_BUSY",
    "SQLITE_NOMEM",
    "SQLITE_IOERR",
}


def is_safe_library() -> bool:
    """Whether this SQLite has the WAL-reset fix."""
    version = sqlite3.sqlite_version_info
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def open_writer(path: Path) -> sqlite3.Connection:
    """The only connection that writes and checkpoints."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute(
        f"PRAGMA journal_size_limit={CHECKPOINT_BYTES // 8}"
    )  # so that its size tells its growth
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write and never checkpoints."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA cache_size=-32768")
    return connection


class SqliteTransaction(SqliteExecutor):
    """The writing connection inside a batch: savepoints, and telling a failed statement from a lost transaction."""

    __slots__ = ()

    def execute(self, statement: Any, values: Any = {}) -> Any:  # noqa: B006 - never changed
        try:
            return super().execute(statement, values)
        except sqlite3.OperationalError as problem:
            raise _died_or(problem) from problem

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


def _died_or(problem: sqlite3.OperationalError) -> Exception:
    name = getattr(problem, "sqlite_errorname", "") or ""
    primary = "_".join(name.split("_")[:2])
    return TransactionDied(name) if primary in _DEAD_TRANSACTION else problem


class SqliteLane:
    """Runs commands in batches of one commit. `on_commit` is called once per batch, before the senders wake."""

    def __init__(
        self,
        path: Path,
        wiring: Wiring,
        clock: Clock,
        ids: Ids,
        on_commit: Callable[[Committed], None],
        max_batch: int,
    ) -> None:
        self._wal = path.with_name(f"{path.name}-wal")
        self._wiring = wiring
        self._clock = clock
        self._ids = ids
        self._on_commit = on_commit
        self._waiting = Waiting(max_batch)
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._helper = ThreadPoolExecutor(1, "commit")
        self._commit_seconds: list[float] = []
        self._commits = 0
        self._slow = False
        self.connection = open_writer(path)
        self._transaction = SqliteTransaction(self.connection)

    def submit(self, command: Command, *, bulk: bool = False) -> None:
        if self._stopping:
            raise Overloaded("The server is stopping.", retry_after=2)
        self._waiting.add(command, bulk=bulk)
        self._wake.set()

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="lane")

    async def stop(self) -> None:
        """Runs what is queued, then closes."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task
        self._helper.shutdown()
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.connection.close()

    async def _run(self) -> None:
        try:
            await self._take_turns()
        except Exception:  # noqa: BLE001 - it is logged, as far as that is possible, and ends the process
            # What broke is not one command but the lane itself: nobody would ever be answered again.
            try:
                log.critical("lane_failed", exc_info=True)
            finally:
                os._exit(70)

    async def _take_turns(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await self._run_batch(self._waiting.take())
                await self._checkpoint_when_due()
                await asyncio.sleep(0)  # the loop's turn: sockets are read, senders wake
            if self._stopping:
                return

    async def _run_batch(self, commands: list[Command]) -> None:
        try:
            ran, committed = await self._transact(commands)
        except TransactionDied as problem:
            log.warning("transaction_died", reason=str(problem), commands=len(commands))
            metrics.TRANSACTIONS_DIED.inc()
            for command in commands:
                await self._run_alone(command)
            return
        self._tell(ran, committed)

    async def _run_alone(self, command: Command) -> None:
        """After a lost transaction each command gets one more chance, by itself."""
        command.reset()
        try:
            ran, committed = await self._transact([command])
        except TransactionDied as problem:
            log.error("database_not_writable", reason=str(problem))
            command.reset()
            command.problem = Overloaded("The database cannot be written just now.", retry_after=5)
            ran, committed = [command], Committed([], None)
        self._tell(ran, committed)

    async def _transact(self, commands: list[Command]) -> tuple[list[Command], Committed]:
        crashpoints.reach(1)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            ran = self._run_verbs(commands)
            crashpoints.reach(2)
            committed = self._write_together(ran)
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

    def _run_verbs(self, commands: list[Command]) -> list[Command]:
        """Runs commands until the time is up; the rest go back to the front of the queue, unstarted."""
        deadline = time.perf_counter() + MAX_RUN_SECONDS
        for index, command in enumerate(commands):
            self._run_verb(command)
            if time.perf_counter() > deadline and index + 1 < len(commands):
                self._waiting.give_back(commands[index + 1 :])
                del commands[index + 1 :]
                break
        return commands

    def _run_verb(self, command: Command) -> None:
        transaction = self._transaction
        work = Work(transaction, self._wiring, self._ids, command.actor, self._clock.now())
        transaction.savepoint("command")
        try:
            command.value = command.verb(work, *command.args, **command.kwargs)
            work.react()
        except TransactionDied:
            raise
        except Exception as problem:  # noqa: BLE001 - a broken verb fails alone
            transaction.rollback_to("command")
            command.problem = problem if isinstance(problem, Refusal) else _unexpected(command, problem)
            return
        transaction.release("command")
        command.work = work

    def _write_together(self, commands: list[Command]) -> Committed:
        """Numbers and writes the events of the commands that kept their savepoint, and their keyless jobs."""
        facts: list[Recorded[Event]] = []
        due: int | None = None
        ranges: list[tuple[Command, int, int]] = []
        stated: dict[OrganisationId, int] = {}
        for command in commands:
            work = command.work
            if work is None:
                continue
            organisation = work.organisation
            if organisation not in stated:
                stated[organisation] = journal.head(self._transaction, organisation)
            stated[organisation] += len(work.published)
            command.covers = stated[organisation]
            ranges.append((command, len(facts), len(facts) + len(work.published)))
            facts.extend(work.published)
            for job in work.late_jobs:
                if "id" in job:
                    self._transaction.execute(_INSERT_JOB, job)
                due = job["run_at"] if due is None else min(due, job["run_at"])
        numbered = journal.append(self._transaction, facts) if facts else []
        for command, first, end in ranges:
            command.facts = numbered[first:end]
        return Committed(numbered, due)

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
            died = _died_or(problem)
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
            log.warning("commit_mode_changed", helper_thread=slow)
            metrics.COMMIT_IN_THREAD.set(slow)
            self._slow = slow

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _tell(self, commands: list[Command], committed: Committed) -> None:
        metrics.BATCH_COMMANDS.observe(len(commands))
        metrics.LANE_WAITING.set(len(self._waiting))
        if committed.events or committed.job_due is not None:
            self._on_commit(committed)
        crashpoints.reach(6)
        half = (len(commands) + 1) // 2
        for index, command in enumerate(commands):
            if index == half:
                crashpoints.reach(5)
            for name, problem in command.work.troubles if command.work else ():
                log.error("reaction_failed", reaction=name, exc_info=problem)
                metrics.REACTIONS_FAILED.inc()
            try:
                command.settle(command.value, command.problem, command.facts, command.covers)
            except Exception:
                log.exception("settle_failed", verb=name_of(command.verb))

    async def _checkpoint_when_due(self) -> None:
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


def _unexpected(command: Command, problem: Exception) -> Refusal:
    log.error(
        "command_failed", verb=getattr(command.verb, "__qualname__", str(command.verb)), exc_info=problem
    )
    metrics.COMMANDS_FAILED.inc()
    refusal = InternalError()
    refusal.__cause__ = problem
    return refusal
