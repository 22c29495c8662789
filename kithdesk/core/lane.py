"""What every lane does, whatever the database: take commands, run them in savepoints, commit once, tell everyone.

The lane never waits for company: it takes what is queued, so that batches grow with load and shrink with it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Collection
from typing import Any

import structlog
from sqlalchemy import insert

from kithdesk.core import crashpoints, journal, journal_rows, metrics
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.clock import Clock, Instant
from kithdesk.core.commands import Command, Committed, Waiting
from kithdesk.core.errors import InternalError, OutcomeUnknown, Overloaded, Refusal
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.jobs import jobs
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Transaction, TransactionDied, Wiring, Work, name_of

log = structlog.get_logger(__name__)

_INSERT_JOB = insert(jobs)
_TOUCH = Upsert(journal_rows.heads, ["organisation"])


class Batch:
    """What the commands of one transaction share: its ids, its time, and since when they run."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._began = time.perf_counter()

    @property
    def began(self) -> float:
        return self._began

    def begin_after(self, position: int, event: str | None) -> int:
        """An organisation goes on where its journal ends; answers that position."""
        if event is not None:
            self._ids.follow(event)
        return position

    def new(self, now: Instant) -> str:
        return self._ids.new(now)

    def now(self) -> Instant:
        return self._clock.now()


class Lane:
    """The part that no database changes. A subclass opens a transaction, commits it, and knows when one is lost.

    `on_commit` is called once per batch, before the senders wake.
    """

    run_seconds = 0.010
    """How long a batch may run verbs before it commits."""

    @staticmethod
    def touch(work: Work) -> None:
        """Writes something that means nothing."""
        work.execute(_TOUCH, {"organisation": "", "position": 0, "event": None})

    def __init__(
        self,
        wiring: Wiring,
        clock: Clock,
        ids: Ids,
        on_commit: Callable[[Committed], None],
        max_batch: int,
        name: str = "lane",
    ) -> None:
        self._wiring = wiring
        self._clock = clock
        self._ids = ids
        self._on_commit = on_commit
        self._name = name
        self._waiting = Waiting(max_batch)
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def submit(self, command: Command) -> None:
        """Raises `Overloaded` when the lane is full or the server is stopping."""
        if self._stopping:
            raise Overloaded("The server is stopping.", retry_after=2)
        self._waiting.add(command)
        self._wake.set()

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=self._name)

    async def stop(self) -> None:
        """Runs what is queued, then ends."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task

    async def prove(self) -> None:
        """Returns when this lane has committed something. Raises `Overloaded`, `OutcomeUnknown`."""
        proved: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def settle(_value: Any, problem: BaseException | None, _facts: Any, _covers: int) -> None:
            if proved.done():
                return
            if problem is None:
                proved.set_result(None)
            else:
                proved.set_exception(problem)

        self.submit(Command(self.touch, (), {}, INSTALLATION, settle))
        await proved

    # What a database gives

    async def _transact(
        self, commands: list[Command], *, were_lost: bool = False
    ) -> tuple[list[Command], Committed]:
        """Runs and commits a batch; answers with those that ran. One that was lost, and is alone, has its last chance.

        Raises `TransactionDied` when nothing was committed, `OutcomeUnknown` when nobody knows.
        """
        raise NotImplementedError

    async def _recover(self) -> bool:
        """After a lost transaction: whether another may begin."""
        return True

    async def _between(self) -> None:
        """Housekeeping between two batches."""

    # What they share

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
                await self._between()
                await asyncio.sleep(0)  # the loop's turn: sockets are read, senders wake
            if self._stopping:
                return

    async def _run_batch(self, commands: list[Command], *, were_lost: bool = False) -> None:
        is_last_chance = were_lost and len(commands) == 1
        try:
            ran, committed = await self._transact(commands, were_lost=were_lost)
        except TransactionDied as problem:
            log.warning("transaction_died", reason=str(problem), commands=len(commands))
            metrics.TRANSACTIONS_DIED.inc()
            if is_last_chance or not await self._recover():
                log.error("database_not_writable", reason=str(problem))
                self._give_up(commands, Overloaded("The database cannot be written just now.", retry_after=5))
            else:
                await self._run_in_halves(commands)
        except OutcomeUnknown as problem:
            self._give_up_unknown(commands, problem)
        else:
            self._tell(ran, committed)

    async def _run_in_halves(self, commands: list[Command]) -> None:
        """After a lost transaction: of what is lost again each half once more, and who is alone for the last time.

        Mostly it was nobody's fault, and the halves run. One that takes every transaction with it is found in a few.
        """
        for command in commands:
            command.reset()
        self._waiting.give_back(commands)
        half = len(commands) // 2
        for size in (half, len(commands) - half):
            if taken := self._waiting.take(size):
                await self._run_batch(taken, were_lost=True)

    def _give_up_unknown(self, commands: list[Command], problem: OutcomeUnknown) -> None:
        """Nothing of the same authors runs behind what nobody knows of: they send that again, after all of this."""
        self._give_up(commands, problem)
        authors = {command.author for command in commands if command.actor.author is not None}
        behind = self._waiting.take_of(authors)
        self._give_up(behind, Overloaded("The database cannot be written just now.", retry_after=1))

    def _give_up(self, commands: list[Command], problem: Refusal) -> None:
        for command in commands:
            command.reset()
            command.problem = problem
        self._tell(commands, Committed([], None))

    def _run_verbs(
        self,
        transaction: Transaction,
        commands: list[Command],
        batch: Batch,
        joined_by: Collection[OrganisationId] = (),
    ) -> list[Command]:
        """Runs commands until the time is up; the rest go back to the front of the queue, unstarted.

        Once the first has run, those join that came meanwhile for the organisations of `joined_by`.
        """
        for index, command in enumerate(commands):
            self._run_verb(transaction, command, batch)
            if index == 0 and joined_by:
                commands += self._waiting.take_for(joined_by, self._waiting.max_batch - len(commands))
            if time.perf_counter() > batch.began + self.run_seconds and index + 1 < len(commands):
                self._waiting.give_back(commands[index + 1 :])
                del commands[index + 1 :]
                break
        return commands

    def _run_verb(self, transaction: Transaction, command: Command, batch: Batch) -> None:
        work = Work(transaction, self._wiring, batch, command.actor, batch.now)
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

    def _write_together(
        self, transaction: Transaction, commands: list[Command], heads: dict[OrganisationId, int]
    ) -> Committed:
        """Numbers and writes the events of the commands that kept their savepoint, and their keyless jobs.

        `heads` holds the position of every organisation of the batch, as this transaction sees it.
        """
        facts: list[Recorded[Event]] = []
        rows: list[dict[str, Any]] = []
        due: int | None = None
        ranges: list[tuple[Command, int, int]] = []
        covered = dict(heads)
        for command in commands:
            work = command.work
            if work is None:
                continue
            covered[work.organisation] += len(work.published)
            command.covers = covered[work.organisation]
            ranges.append((command, len(facts), len(facts) + len(work.published)))
            facts.extend(work.published)
            for job in work.late_jobs:
                if "id" in job:
                    rows.append(job)
                due = job["run_at"] if due is None else min(due, job["run_at"])
        if rows:
            transaction.execute_many(_INSERT_JOB, rows)
        numbered = journal.append(transaction, facts, heads) if facts else []
        for command, first, end in ranges:
            command.facts = numbered[first:end]
        return Committed(numbered, due)

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


def _unexpected(command: Command, problem: Exception) -> Refusal:
    verb = getattr(command.verb, "__qualname__", str(command.verb))
    log.error("command_failed", verb=verb, exc_info=problem)
    metrics.COMMANDS_FAILED.inc()
    refusal = InternalError()
    refusal.__cause__ = problem
    return refusal
