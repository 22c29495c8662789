"""Runs due jobs. Claiming and finishing are commands like any other, so that there is one writer."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Collection
from typing import TYPE_CHECKING, Any

import structlog

from kithdesk.core import beats, journal, metrics, nodes
from kithdesk.core import jobs as queue
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.errors import Refusal
from kithdesk.core.ids import JobId, OrganisationId
from kithdesk.core.jobclaims import (
    backoff,
    claim,
    fail,
    finish,
    has_unfinished,
    leave,
    live_on,
    next_due,
    run_verb,
)
from kithdesk.core.jobs import Claimed, Discard, Job, Retry
from kithdesk.core.work import RetryReaction, name_of

if TYPE_CHECKING:
    from kithdesk.core.desk import Desk

log = structlog.get_logger(__name__)

BATCH = 50
MAX_RUNNING = 100
_IDLE_SECONDS = 1.0
_LOOK_AGAIN_SECONDS = 0.02
_LET_GO_SECONDS = 1.0
"""Before its lease ends, a process leaves what it does outside: afterwards another one does it."""
_LAST_SECONDS = 20.0
"""What still runs when the server stops gets so long; after that it is given back, and another takes it."""


class _LeaseEnded(Exception):
    """Whatever was done outside is another process's from now on."""


class JobRunner:
    """Claims what is due and runs it beside the requests. Without `effects` it leaves the outside world to workers."""

    def __init__(self, desk: Desk, *, effects: bool = True) -> None:
        self.desk = desk
        self.serves = True
        self.effects = effects
        self._wake = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._held: set[JobId] = set()
        self._claiming = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        """One claims, one renews the lease."""
        self._due: Instant | None = None
        self._rounds: nodes.Rounds | None = None
        self._ours_until: float | None = None
        """On the loop's clock, which no jump of another moves. None while nobody else could take anything."""
        self._under_way: set[asyncio.Timeout] = set()

    async def start(self) -> None:
        await self.renew()
        self._tasks = [
            asyncio.create_task(self._run(), name="jobs"),
            asyncio.create_task(beats.keep_beating("node", self._renew_later), name="node"),
        ]

    async def stop(self) -> None:
        """Claims no more and waits for what runs, which stays ours meanwhile."""
        await _end(self._tasks[:1])
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_LAST_SECONDS)
            await _end(late)
        await _end(self._tasks[1:])
        if self._tasks:
            with contextlib.suppress(Refusal):  # without it the lease runs out by itself
                await self.desk.run(leave, self.desk.node, by=INSTALLATION)

    async def renew(self) -> None:
        """Says that this process lives, and takes over what dead ones had claimed."""
        is_alone = not self.desk.database.is_shared
        began = asyncio.get_running_loop().time()
        async with self._claiming:  # what is being claimed is not held yet
            done = await self.desk.run(
                live_on,
                self.desk.node,
                list(self._held),
                rounds=self._rounds,
                serves=self.serves,
                runs_effects=self.effects,
                is_alone=is_alone,
                by=INSTALLATION,
            )
        alive = done.value
        self._rounds = alive.rounds
        late = 0 if alive.due is None else max(0, self.desk.clock.now() - alive.due)
        metrics.JOBS_OVERDUE.set(late / SECOND)
        if not is_alone:
            self._ours_until = began + nodes.LEASE / SECOND - _LET_GO_SECONDS
            for limit in self._under_way:
                if not limit.expired():
                    limit.reschedule(self._ours_until)
        if alive.adopted:
            log.warning("jobs_adopted", count=alive.adopted)

    async def _renew_later(self) -> None:
        await asyncio.sleep(nodes.RENEW_SECONDS)
        await self.renew()

    def notice(self, due: int) -> None:
        """A commit enqueued a job for `due`."""
        if self._due is None or due < self._due:
            self._due = Instant(due)
            self._wake.set()

    async def settle(self) -> None:
        """Runs everything that is due by the clock, and what that enqueues, and returns when it is done everywhere."""
        while True:
            while await self._claim_due() or self._running:
                await asyncio.gather(*self._running, return_exceptions=True)
            if not (self.desk.database.is_shared and await self._others_are_busy()):
                return
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _others_are_busy(self) -> bool:
        now = self.desk.clock.now()
        return (await self.desk.read(has_unfinished, now, self.effects, by=INSTALLATION)).value

    async def _run(self) -> None:
        while True:
            try:
                claimed = await self._claim_due()
                if claimed < BATCH:
                    await self._sleep(had_work=claimed > 0)
            except Refusal as refusal:  # the database is not writable just now
                log.warning("jobs_waiting", code=refusal.code)
                await asyncio.sleep(_IDLE_SECONDS)
            except Exception:
                log.exception("jobs_failed")
                await asyncio.sleep(_IDLE_SECONDS)

    async def _sleep(self, *, had_work: bool) -> None:
        """Until the next job is due, one is enqueued, or a second has passed (the clock may have been moved)."""
        self._wake.clear()
        done = await self.desk.read(next_due, self.effects, by=INSTALLATION)
        self._due = done.value
        seconds = _IDLE_SECONDS
        if self._due is not None:
            left = (self._due - self.desk.clock.now()) / SECOND
            if left > 0 or had_work:
                seconds = min(seconds, max(0.0, left))
        if len(self._running) >= MAX_RUNNING:
            await asyncio.wait(self._running, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        elif seconds > 0:
            # Not `wait_for`: before Python 3.12 it loses a cancellation that comes together with the wake.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._wake.wait()

    async def _claim_due(self) -> int:
        room = min(BATCH, MAX_RUNNING - len(self._running))
        if room <= 0:
            return 0
        due = await self.desk.read(next_due, self.effects, by=INSTALLATION)
        now = self.desk.clock.now()
        if due.value is None or due.value > now:
            return 0
        if self._ours_until is not None and asyncio.get_running_loop().time() >= self._ours_until:
            await self.renew()  # without a lease, another would take at once what is claimed here
        async with self._claiming:
            rows = (await self.desk.run(claim, self.desk.node, self.effects, room, by=INSTALLATION)).value
            self._held.update(row.id for row in rows)
        for row in rows:
            metrics.JOB_DELAY.set(max(0, now - row.run_at) / SECOND)
            task = asyncio.create_task(self._hold(row))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return len(rows)

    async def _hold(self, row: Any) -> None:
        try:
            await self._do(row)
        finally:
            self._held.discard(row.id)
            self._wake.set()  # another of its serial key may be next

    async def _do(self, row: Any) -> None:
        organisation = OrganisationId(row.organisation)
        try:
            job = queue.decode(row.kind, row.payload)
        except Exception as problem:  # noqa: BLE001 - a newer version's, perhaps, whose server takes the next try
            await self._retry_or_bury(
                Claimed(row.id, organisation, Job(), row.fence, row.attempts), problem, row.kind
            )
            return
        claimed = Claimed(row.id, organisation, job, row.fence, row.attempts)
        try:
            await self._handle(claimed)
        except Discard:
            await self._surely(finish, claimed)
        except _LeaseEnded:
            log.warning("job_let_go", job=claimed.id, kind=job.kind)
        except Exception as problem:  # noqa: BLE001 - whatever a job raises, it is retried and then shown
            await self._retry_or_bury(claimed, problem, job.kind)
        else:
            metrics.JOBS_DONE.labels(job.kind).inc()

    async def _handle(self, claimed: Claimed) -> None:
        by = system(claimed.organisation)
        if isinstance(claimed.job, RetryReaction):
            await self.desk.run(
                run_verb, claimed, self._reaction(claimed.job, await self._event(claimed.job, by)), by=by
            )
            return
        verb = self.desk.wiring.verbs.get(type(claimed.job))
        if verb is not None:
            await self.desk.run(run_verb, claimed, verb, by=by)
            return
        async with self._while_ours():
            await self.desk.wiring.handlers[type(claimed.job)](self.desk, claimed)
        await self._surely(finish, claimed)

    @contextlib.asynccontextmanager
    async def _while_ours(self) -> AsyncIterator[None]:
        """Each renewal gives more time. Raises `_LeaseEnded`."""
        limit = asyncio.timeout_at(self._ours_until)
        try:
            async with limit:
                self._under_way.add(limit)
                try:
                    yield
                finally:
                    self._under_way.discard(limit)
        except TimeoutError:
            if not limit.expired():
                raise
            raise _LeaseEnded from None

    async def _surely(self, verb: Any, claimed: Claimed, *args: Any) -> None:
        """Writes how a job ended, as often as it takes: its fence makes a repeat harmless."""
        while True:
            try:
                await self.desk.run(verb, claimed, *args, by=system(claimed.organisation))
            except Refusal as refusal:
                log.warning("job_end_not_written", job=claimed.id, code=refusal.code)
                await asyncio.sleep(_IDLE_SECONDS)
            else:
                return

    async def _event(self, job: RetryReaction, by: Any) -> Any:
        return (
            await self.desk.read(lambda reads: journal.read_event(reads, by.organisation, job.event), by=by)
        ).value

    def _reaction(self, job: RetryReaction, recorded: Any) -> queue.JobVerb:
        for reactions in self.desk.wiring.reactions.values():
            for reaction in reactions:
                if name_of(reaction) == job.reaction:
                    return lambda work, _job: reaction(work, recorded)
        raise Discard

    async def _retry_or_bury(self, claimed: Claimed, problem: Exception, kind: str) -> None:
        job = claimed.job
        metrics.JOBS_FAILED.labels(kind).inc()
        after = (
            problem.after
            if isinstance(problem, Retry)
            else backoff(job.policy, claimed.attempts, random.random())
        )
        if after is None:
            metrics.JOBS_DEAD.labels(kind).inc()
            log.error("job_dead", job=claimed.id, kind=kind, exc_info=problem)
        else:
            log.warning("job_failed", job=claimed.id, kind=kind, again_in_ms=after, error=repr(problem))
        await self._surely(fail, claimed, repr(problem.__cause__ or problem), after)


async def _end(tasks: Collection[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
