"""Dead letters: jobs that used up their tries, or killed their process three times. A person looks, and revives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select, update

from kithdesk.core.errors import NotFound
from kithdesk.core.ids import JobId
from kithdesk.core.jobs import jobs
from kithdesk.core.work import Reads, Work

_IS_DEAD = (jobs.c.organisation == bindparam("organisation"), jobs.c.status == "dead")
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
