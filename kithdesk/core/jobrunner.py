"""Runs due jobs. Claiming and finishing are commands like any other, so that there is one writer."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import and_, bindparam, case, delete, exists, func, or_, select, update

from kithdesk.core import beats, journal, metrics, nodes
from kithdesk.core import jobs as queue
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.errors import NotFound, Refusal
from kithdesk.core.ids import JobId, OrganisationId
from kithdesk.core.jobs import Claimed, Discard, Job, Retry, RetryPolicy, jobs
from kithdesk.core.work import Reads, RetryReaction, Work, name_of

if TYPE_CHECKING:
    from kithdesk.core.desk import Desk

log = structlog.get_logger(__name__)

BATCH = 50
MAX_RUNNING = 100
MAX_DEATHS = 3
_IDLE_SECONDS = 1.0
_LOOK_AGAIN_SECONDS = 0.02
_LAST_SECONDS = 20.0
"""What still runs when the server stops gets so long; after that its lease runs out, and another takes it."""

_other = jobs.alias()
_blocked = exists().where(
    _other.c.organisation == jobs.c.organisation,
    _other.c.serial_key == jobs.c.serial_key,
    _other.c.id != jobs.c.id,
    or_(_other.c.status == "running", and_(_other.c.status == "waiting", _other.c.id < jobs.c.id)),
)
_DUE = (
    select(jobs.c.id)
    .where(
        jobs.c.status == "waiting",
        jobs.c.run_at <= bindparam("now"),
        or_(bindparam("effects") == 1, jobs.c.is_effect.is_(False)),
        or_(jobs.c.serial_key.is_(None), ~_blocked),
    )
    .order_by(jobs.c.run_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(jobs)
    .where(jobs.c.id.in_(_DUE.scalar_subquery()))
    .values(
        status="running",
        fence=jobs.c.fence + 1,
        attempts=jobs.c.attempts + 1,
        node=bindparam("claimed_by"),
    )
    .returning(
        jobs.c.id,
        jobs.c.organisation,
        jobs.c.kind,
        jobs.c.payload,
        jobs.c.fence,
        jobs.c.attempts,
        jobs.c.run_at,
    )
)
_FINISH = delete(jobs).where(jobs.c.id == bindparam("job"), jobs.c.fence == bindparam("held"))
_RETRY = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"), jobs.c.fence == bindparam("held"))
    .values(status="waiting", unique_key=None, run_at=bindparam("at"), last_error=bindparam("error"))
)
_BURY = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"), jobs.c.fence == bindparam("held"))
    .values(status="dead", last_error=bindparam("error"))
)
_ORPHANS = (
    update(jobs)
    .where(jobs.c.status == "running", jobs.c.node.not_in(nodes.LIVING))
    .values(
        deaths=jobs.c.deaths + 1,
        status=case((jobs.c.deaths + 1 >= MAX_DEATHS, "dead"), else_="waiting"),
        unique_key=None,
        last_error="the process died while it ran",
    )
)
_LOST = (
    update(jobs)
    .where(
        jobs.c.status == "running",
        jobs.c.node == bindparam("mine"),
        jobs.c.id.not_in(bindparam("held", expanding=True)),
    )
    .values(status="waiting", unique_key=None, last_error="its claim or its end was not answered")
)
_NEXT = (
    select(jobs.c.run_at)
    .where(
        jobs.c.status == "waiting",
        or_(bindparam("effects") == 1, jobs.c.is_effect.is_(False)),
        or_(jobs.c.serial_key.is_(None), ~_blocked),
    )
    .order_by(jobs.c.run_at)
    .limit(1)
)
_IS_DEAD = (jobs.c.organisation == bindparam("organisation"), jobs.c.status == "dead")
_UNFINISHED = (
    select(jobs.c.id)
    .where(
        or_(jobs.c.status == "running", and_(jobs.c.status == "waiting", jobs.c.run_at <= bindparam("now"))),
        or_(bindparam("effects") == 1, jobs.c.is_effect.is_(False)),
    )
    .limit(1)
)
_DEAD = (
    select(jobs.c.id, jobs.c.kind, jobs.c.attempts, jobs.c.deaths, jobs.c.last_error, jobs.c.created_at)
    .where(*_IS_DEAD)
    .order_by(jobs.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT_DEAD = select(func.count()).select_from(jobs).where(*_IS_DEAD)
_REVIVE = (
    update(jobs)
    .where(jobs.c.organisation == bindparam("of"), jobs.c.id == bindparam("job"), jobs.c.status == "dead")
    .values(status="waiting", unique_key=None, run_at=bindparam("at"), attempts=0, deaths=0)
)


def _claim(work: Work, node: str, effects: bool, limit: int) -> list[Any]:
    values = {"now": work.now, "effects": int(effects), "limit": limit, "claimed_by": node}
    return work.execute(_CLAIM, values).rows


def finish(work: Work, claimed: Claimed) -> bool:
    """Whether the job was still ours."""
    return work.execute(_FINISH, {"job": claimed.id, "held": claimed.fence}).rowcount == 1


def _run_verb(work: Work, claimed: Claimed, verb: queue.JobVerb) -> None:
    if finish(work, claimed):
        verb(work, claimed.job)


def _fail(work: Work, claimed: Claimed, error: str, after: int | None) -> None:
    values = {"job": claimed.id, "held": claimed.fence, "error": error[:2_000]}
    if after is None:
        work.execute(_BURY, values)
    else:
        work.execute(_RETRY, {**values, "at": work.now + after})


def _live_on(work: Work, node: str, held: list[JobId], runs_effects: bool, is_alone: bool) -> int:
    """Renews this process's lease, and takes over the jobs that nobody runs; answers how many.

    Nobody runs what a process without a lease has claimed, nor what is claimed by this one and not among `held`: the
    answer to its claim, or to its end, was lost.
    """
    now = nodes.renew(work, node, runs_effects=runs_effects, is_alone=is_alone)
    adopted = work.execute(_ORPHANS, {"now": now}).rowcount
    adopted += work.execute(_LOST, {"mine": node, "held": held}).rowcount
    if adopted:
        work.late_jobs.append({"run_at": work.now})
    return adopted


def _next_due(reads: Reads, effects: bool) -> Instant | None:
    due: Instant | None = reads.execute(_NEXT, {"effects": int(effects)}).scalar()
    return due


def _has_unfinished(reads: Reads, now: Instant, effects: bool) -> bool:
    return reads.execute(_UNFINISHED, {"now": now, "effects": int(effects)}).first() is not None


def list_dead(reads: Reads, *, offset: int, limit: int) -> tuple[list[Any], int]:
    """One page of the organisation's dead letters, oldest first, and how many there are."""
    mine = {"organisation": reads.organisation}
    rows = reads.execute(_DEAD, {**mine, "offset": offset, "limit": limit}).rows
    return rows, reads.execute(_COUNT_DEAD, mine).scalar()


def revive(work: Work, job: JobId) -> None:
    """Gives a dead letter all its tries again. Raises `NotFound`."""
    found = work.execute(_REVIVE, {"of": work.organisation, "job": job, "at": work.now})
    if found.rowcount == 0:
        raise NotFound
    work.late_jobs.append({"run_at": work.now})


def backoff(policy: RetryPolicy, attempts: int, jitter: float) -> int | None:
    """Milliseconds until the next try, or None when the tries are used up. `jitter` is in [0, 1)."""
    if attempts >= policy.tries:
        return None
    longest = min(policy.longest, policy.first * 2 ** (attempts - 1))
    return int(longest * (0.5 + jitter / 2))


class JobRunner:
    """Claims what is due and runs it beside the requests. Without `effects` it leaves the outside world to workers."""

    def __init__(self, desk: Desk, *, effects: bool = True) -> None:
        self.desk = desk
        self.effects = effects
        self._wake = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._held: set[JobId] = set()
        self._claiming = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._due: Instant | None = None

    async def start(self) -> None:
        await self.renew()
        self._tasks = [
            asyncio.create_task(self._run(), name="jobs"),
            asyncio.create_task(beats.keep_beating("node", self._renew_later), name="node"),
        ]

    async def stop(self) -> None:
        """Claims no more and waits for what runs."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_LAST_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._tasks:
            with contextlib.suppress(Refusal):  # without it the lease runs out by itself
                await self.desk.run(nodes.leave, self.desk.node, by=INSTALLATION)

    async def renew(self) -> None:
        """Says that this process lives, and takes over what dead ones had claimed."""
        is_alone = not self.desk.database.is_shared
        async with self._claiming:  # what is being claimed is not held yet
            done = await self.desk.run(
                _live_on, self.desk.node, list(self._held), self.effects, is_alone, by=INSTALLATION
            )
        if done.value:
            log.warning("jobs_adopted", count=done.value)

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
        return (await self.desk.read(_has_unfinished, now, self.effects, by=INSTALLATION)).value

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
        done = await self.desk.read(_next_due, self.effects, by=INSTALLATION)
        self._due = done.value
        seconds = _IDLE_SECONDS
        if self._due is not None:
            left = (self._due - self.desk.clock.now()) / SECOND
            if left > 0 or had_work:
                seconds = min(seconds, max(0.0, left))
        if len(self._running) >= MAX_RUNNING:
            await asyncio.wait(self._running, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        elif seconds > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), seconds)

    async def _claim_due(self) -> int:
        room = min(BATCH, MAX_RUNNING - len(self._running))
        if room <= 0:
            return 0
        due = await self.desk.read(_next_due, self.effects, by=INSTALLATION)
        now = self.desk.clock.now()
        if due.value is None or due.value > now:
            return 0
        async with self._claiming:
            rows = (await self.desk.run(_claim, self.desk.node, self.effects, room, by=INSTALLATION)).value
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
        except Exception as problem:  # noqa: BLE001 - whatever a job raises, it is retried and then shown
            await self._retry_or_bury(claimed, problem, job.kind)
        else:
            metrics.JOBS_DONE.labels(job.kind).inc()

    async def _handle(self, claimed: Claimed) -> None:
        by = system(claimed.organisation)
        if isinstance(claimed.job, RetryReaction):
            await self.desk.run(
                _run_verb, claimed, self._reaction(claimed.job, await self._event(claimed.job, by)), by=by
            )
            return
        verb = self.desk.wiring.verbs.get(type(claimed.job))
        if verb is not None:
            await self.desk.run(_run_verb, claimed, verb, by=by)
            return
        await self.desk.wiring.handlers[type(claimed.job)](self.desk, claimed)
        await self._surely(finish, claimed)

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
        await self._surely(_fail, claimed, repr(problem.__cause__ or problem), after)
