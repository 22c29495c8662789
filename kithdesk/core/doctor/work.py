"""Who runs, what waits, what was given up, and whether the journal ends where it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from kithdesk.core import nodes
from kithdesk.core.clock import MINUTE, SECOND, Clock
from kithdesk.core.doctor.finding import Finding
from kithdesk.core.integrity import broken_ends, words_for
from kithdesk.core.jobs import jobs
from kithdesk.core.sql import Executes

_LATE = select(func.count(), func.min(jobs.c.run_at)).where(
    or_(jobs.c.status == "waiting", and_(jobs.c.status == "running", jobs.c.node.not_in(nodes.LIVING))),
    jobs.c.run_at < bindparam("before"),
)
"""What a process had claimed that has died waits as well, for another to take it over."""
_DEAD = select(func.count()).select_from(jobs).where(jobs.c.status == "dead")


def check_work(reads: Executes, clock: Clock) -> Iterator[Finding]:
    living = nodes.list_living(reads)
    yield _versions(living)
    if living and not any(node.runs_effects for node in living):
        words = "every process runs with --no-jobs: what reaches outside waits until a `kithdesk worker` runs"
        yield Finding("workers", "warning", words)
    yield _late(reads, clock, is_served=bool(living))
    yield _dead(reads)
    yield _journal(reads)


def in_numbers(living: Sequence[Any]) -> str:
    """`3 servers and 1 worker`; nothing where none lives."""
    servers = sum(node.serves for node in living)
    counts = ((servers, "server"), (len(living) - servers, "worker"))
    return " and ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)


def _versions(living: Sequence[Any]) -> Finding:
    if not living:
        return Finding("servers", "ok", "none is running")
    versions = sorted({node.version for node in living})
    words = f"{in_numbers(living)} running, version {' and '.join(versions)}"
    if len(versions) > 1:
        return Finding("servers", "warning", f"{words}: fine during an upgrade, which should come to its end")
    return Finding("servers", "ok", words)


def _late(reads: Executes, clock: Clock, *, is_served: bool) -> Finding:
    now = clock.now()
    [(late, oldest)] = reads.execute(_LATE, {"before": now - MINUTE, "now": nodes.time(reads)}).rows
    if not late:
        return Finding("jobs", "ok", "none is late")
    words = f"{late} should have run, the first {(now - oldest) // SECOND} seconds ago"
    if is_served:
        return Finding("jobs", "warning", f"{words}; run more workers, or look for `jobs_` lines in the log")
    return Finding("jobs", "ok", f"{words}; they will when a server runs")


def _dead(reads: Executes) -> Finding:
    dead = reads.execute(_DEAD).scalar()
    if dead:
        jobs_were = "job was" if dead == 1 else "jobs were"
        words = f"{dead} {jobs_were} given up; GET /v1/jobs/dead lists them, and each can be tried again"
        return Finding("given up", "warning", words)
    return Finding("given up", "ok", "no job")


def _journal(reads: Executes) -> Finding:
    broken = broken_ends(reads)
    if broken:
        return Finding("journal", "problem", words_for(broken))
    return Finding("journal", "ok", "ends where it should")
