"""What becomes of a job, as commands: claimed with a fence, finished, tried again, buried, given back, taken over.

waiting ─ claim ─▶ running ─┬─ finish ─▶ gone
                            ├─ fail ─▶ waiting, or dead after the last try
                            ├─ its process stopped ─▶ waiting, as if it had not been tried
                            └─ its process died ─▶ waiting, or dead the third time
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, exists, or_, select, update

from kithdesk.core import jobs as queue
from kithdesk.core import nodes
from kithdesk.core.clock import Instant
from kithdesk.core.ids import JobId
from kithdesk.core.jobs import Claimed, RetryPolicy, jobs
from kithdesk.core.nodes import Rounds
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads, Work

MAX_DEATHS = 3

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
_NOBODYS = (
    select(jobs.c.id)
    .where(jobs.c.status == "running", jobs.c.node.not_in(nodes.LIVING))
    .with_for_update(skip_locked=True)
)
"""Without those that somebody is just writing the end of."""
_ORPHANS = (
    update(jobs)
    .where(jobs.c.id.in_(_NOBODYS))
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
_GIVE_BACK = (
    update(jobs)
    .where(jobs.c.status == "running", jobs.c.node == bindparam("mine"))
    .values(
        status="waiting",
        unique_key=None,
        attempts=jobs.c.attempts - 1,
        last_error="its server was stopped while it ran",
    )
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
_UNFINISHED = (
    select(jobs.c.id)
    .where(
        or_(jobs.c.status == "running", and_(jobs.c.status == "waiting", jobs.c.run_at <= bindparam("now"))),
        or_(bindparam("effects") == 1, jobs.c.is_effect.is_(False)),
    )
    .limit(1)
)


def claim(work: Work, node: str, effects: bool, limit: int) -> list[Any]:
    values = {"now": work.now, "effects": int(effects), "limit": limit, "claimed_by": node}
    return work.execute(_CLAIM, values).rows


def finish(work: Work, claimed: Claimed) -> bool:
    """Whether the job was still ours."""
    return work.execute(_FINISH, {"job": claimed.id, "held": claimed.fence}).rowcount == 1


def run_verb(work: Work, claimed: Claimed, verb: queue.JobVerb) -> None:
    if finish(work, claimed):
        verb(work, claimed.job)


def fail(work: Work, claimed: Claimed, error: str, after: int | None) -> None:
    values = {"job": claimed.id, "held": claimed.fence, "error": error[:2_000]}
    if after is None:
        work.execute(_BURY, values)
    else:
        work.execute(_RETRY, {**values, "at": work.now + after})


@dataclass(frozen=True, slots=True)
class Alive:
    """`adopted`: how many jobs were taken over. `due`: when the first one that waits should run, whoever may run it."""

    rounds: Rounds
    adopted: int
    due: Instant | None


def live_on(
    work: Work,
    node: str,
    held: list[JobId],
    *,
    rounds: Rounds | None,
    serves: bool,
    runs_effects: bool,
    is_alone: bool,
) -> Alive:
    """Renews this process's lease, and takes over the jobs that nobody runs.

    Nobody runs what a process without a lease has claimed, nor what is claimed by this one and not among `held`: the
    answer to its claim, or to its end, was lost. `rounds`: its own before this one.
    """
    now = nodes.renew(work, node, serves=serves, runs_effects=runs_effects, is_alone=is_alone)
    rounds = Rounds.begun(now) if rounds is None else rounds.and_one(now)
    adopted = work.execute(_LOST, {"mine": node, "held": held}).rowcount
    if is_alone or rounds.may_judge:
        adopted += work.execute(_ORPHANS, {"now": now}).rowcount
    if adopted:
        work.late_jobs.append({"run_at": work.now})
    return Alive(rounds, adopted, next_due(work, effects=True))


def leave(work: Work, node: str) -> None:
    """An ordered end: what the process still held others may take at once, and it was no death."""
    work.execute(_GIVE_BACK, {"mine": node})
    nodes.leave(work, node)


def next_due(reads: Executes, effects: bool) -> Instant | None:
    due: Instant | None = reads.execute(_NEXT, {"effects": int(effects)}).scalar()
    return due


def has_unfinished(reads: Reads, now: Instant, effects: bool) -> bool:
    return reads.execute(_UNFINISHED, {"now": now, "effects": int(effects)}).first() is not None


def backoff(policy: RetryPolicy, attempts: int, jitter: float) -> int | None:
    """Milliseconds until the next try, or None when the tries are used up. `jitter` is in [0, 1)."""
    if attempts >= policy.tries:
        return None
    longest = min(policy.longest, policy.first * 2 ** (attempts - 1))
    return int(longest * (0.5 + jitter / 2))
