"""Jobs and timers: work that happens later, enqueued in the transaction that wants it.

    waiting ──claimed──▶ running ──▶ done (the row is deleted)
       ▲                    │
       └──retry, backoff────┤
                            └──▶ dead: tries used up, or its process died three times

    One whose server is stopped in good order waits again as if nobody had tried.

A job whose handler is a *verb* changes only our own rows: it and its completion are one command, so it happens
once. A job whose handler is *async* reaches outside: it runs between two commands, for as long as its process holds its
lease. After a crash it may run again, and then its `fence` is higher than 1: what has gone out before, perhaps, is
marked as a repeat where its reader could mistake it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    PrimaryKeyConstraint,
    Text,
    bindparam,
    delete,
    text,
)

from kithdesk.core.clock import MINUTE, SECOND, Instant
from kithdesk.core.ids import JobId, OrganisationId
from kithdesk.core.sql import Upsert
from kithdesk.core.tables import record

if TYPE_CHECKING:
    from kithdesk.core.desk import Desk
    from kithdesk.core.work import Work


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often, and how patiently. Waits double from `first` to `longest` (milliseconds), with jitter."""

    tries: int = 8
    first: int = SECOND
    longest: int = 30 * MINUTE


TIMER = RetryPolicy(tries=8, first=SECOND, longest=MINUTE)


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to do later. Small, JSON, and still true when it runs: ids, not copies."""

    kind: ClassVar[str]
    policy: ClassVar[RetryPolicy] = TIMER
    is_effect: ClassVar[bool] = False
    """Reaches outside, so that `serve --no-jobs` leaves it to a worker."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        kind = cls.__dict__.get("kind")
        if kind is not None:
            if kind in _KINDS:
                raise TypeError(f"two jobs are called {kind}")
            _KINDS[kind] = cls


_KINDS: dict[str, type[Job]] = {}

JobVerb = Callable[["Work", Any], None]
JobHandler = Callable[["Desk", "Claimed"], Awaitable[None]]


class Retry(Exception):
    """Raised by a handler that knows when to come back (milliseconds)."""

    def __init__(self, after: int) -> None:
        super().__init__(f"retry in {after} ms")
        self.after = after


class Discard(Exception):
    """Raised by a handler whose reason has gone."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in our hands. Completion counts only with the same `fence`."""

    id: JobId
    organisation: OrganisationId
    job: Job
    fence: int
    attempts: int


jobs = record(
    "jobs",
    Column("id", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("run_at", BigInteger, nullable=False),
    Column("is_effect", Boolean, nullable=False),
    Column("unique_key", Text),
    Column("serial_key", Text),
    Column("attempts", BigInteger, nullable=False),
    Column("deaths", BigInteger, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("node", Text),  # who runs it
    Column("last_error", Text),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(
    "ix_jobs_due",
    jobs.c.run_at,
    sqlite_where=text("status = 'waiting'"),
    postgresql_where=text("status = 'waiting'"),
)
Index(
    "uq_jobs_unique_key",
    jobs.c.organisation,
    jobs.c.unique_key,
    unique=True,
    sqlite_where=text("unique_key IS NOT NULL AND status = 'waiting'"),
    postgresql_where=text("unique_key IS NOT NULL AND status = 'waiting'"),
)
Index(
    "ix_jobs_serial_key",
    jobs.c.organisation,
    jobs.c.serial_key,
    sqlite_where=text("serial_key IS NOT NULL"),
    postgresql_where=text("serial_key IS NOT NULL"),
)
Index(
    "ix_jobs_dead",
    jobs.c.organisation,
    jobs.c.id,
    sqlite_where=text("status = 'dead'"),
    postgresql_where=text("status = 'dead'"),
)

_WAITING_KEY = text("unique_key IS NOT NULL AND status = 'waiting'")
KEEP = Upsert(jobs, ["organisation", "unique_key"], [], _WAITING_KEY)
REPLACE = Upsert(jobs, ["organisation", "unique_key"], ["payload", "run_at", "attempts"], _WAITING_KEY)
MOVE = Upsert(jobs, ["organisation", "unique_key"], ["run_at"], _WAITING_KEY)
CANCEL = delete(jobs).where(
    jobs.c.organisation == bindparam("organisation"),
    jobs.c.unique_key == bindparam("unique_key"),
    jobs.c.status == "waiting",
)


def row(
    job: Job,
    *,
    id: JobId,
    organisation: OrganisationId,
    now: Instant,
    at: Instant | None,
    unique: str | None,
    serial: str | None,
) -> dict[str, Any]:
    """The job as it waits in the table."""
    return {
        "id": id,
        "organisation": organisation,
        "kind": job.kind,
        "payload": msgspec.json.encode(job).decode(),
        "status": "waiting",
        "run_at": now if at is None else at,
        "is_effect": job.is_effect,
        "unique_key": unique,
        "serial_key": serial,
        "attempts": 0,
        "deaths": 0,
        "fence": 0,
        "node": None,
        "last_error": None,
        "created_at": now,
    }


def decode(kind: str, payload: str) -> Job:
    """The job again. Raises `KeyError` for a kind nobody declares any more."""
    return msgspec.json.decode(payload.encode(), type=_KINDS[kind])
