"""Which processes are alive: each holds a lease, and renews it by the database's clock.

A process that dies or stands still loses its lease; what it had claimed is then taken over by others. On SQLite the
lock on the data folder says at once that no other process lives.

While the database is away no process renews anything, so the time of an outage is nobody's death: one that has made no
round for a while first lets the others speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    PrimaryKeyConstraint,
    Text,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from kithdesk import __version__
from kithdesk.core.clock import SECOND, Instant
from kithdesk.core.sql import Executes, Upsert
from kithdesk.core.tables import lease
from kithdesk.core.work import Work

LEASE = 15 * SECOND
RENEW_SECONDS = 5
ROUND = RENEW_SECONDS * SECOND
PAUSE = 15 * SECOND
"""Whoever made no round for so long was away from the database, and so were the others, perhaps."""
PATIENCE = 2 * ROUND
"""How long the others then have: they try again every second, and one try takes up to five."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Those of one process, without a pause, by the database's clock: when the last one was, and from when on it may
    take others for gone."""

    last: Instant
    judges_at: Instant

    @classmethod
    def begun(cls, at: Instant) -> Rounds:
        """By a process that has just started, which cannot know whether others make theirs."""
        return cls(at, Instant(at + ROUND))

    def and_one(self, at: Instant) -> Rounds:
        patient = Instant(at + PATIENCE)
        if at - self.last > PAUSE:
            return Rounds(at, patient)
        return Rounds(at, min(self.judges_at, patient))  # it lies ahead of a clock that was put back

    @property
    def may_judge(self) -> bool:
        return self.last >= self.judges_at


nodes = lease(
    "nodes",
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("serves", Boolean, nullable=False),  # or is a worker
    Column("runs_effects", Boolean, nullable=False),  # or leaves the outside world to others
    Column("lease_until", BigInteger, nullable=False),  # the database's time
    PrimaryKeyConstraint("id"),
)


class database_now(FunctionElement[int]):  # noqa: N801 - reads as SQL
    """The database's own clock, in milliseconds: one clock for all processes, which no test moves."""

    type: TypeEngine[int] = BigInteger()
    inherit_cache: bool | None = True


@compiles(database_now, "sqlite")
def _on_sqlite(_element: Any, _compiler: Any, **_: Any) -> str:
    return "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"


@compiles(database_now, "postgresql")
def _on_postgresql(_element: Any, _compiler: Any, **_: Any) -> str:
    return "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint"


_NOW = select(database_now())
_RENEW = Upsert(nodes, ["id"])
_ALL = select(
    nodes.c.id, nodes.c.version, nodes.c.serves, nodes.c.runs_effects, nodes.c.lease_until
).order_by(nodes.c.id)
_LIVING = select(nodes.c.id).where(nodes.c.lease_until > bindparam("now"))
# Rows of others, whom nobody waits for: they may be waiting for ours. What one of them holds is seen to next time.
_AHEAD = select(nodes.c.id).where(nodes.c.lease_until > bindparam("most")).with_for_update(skip_locked=True)
_WRITTEN_AHEAD = update(nodes).where(nodes.c.id.in_(_AHEAD)).values(lease_until=bindparam("most"))
"""While the database's clock was ahead: such a lease would outlive its process for as long as it was wrong."""
_DEAD = select(nodes.c.id).where(nodes.c.lease_until <= bindparam("now")).with_for_update(skip_locked=True)
_FORGET_DEAD = delete(nodes).where(nodes.c.id.in_(_DEAD))
_FORGET = delete(nodes).where(nodes.c.id == bindparam("node"))
_FORGET_OTHERS = delete(nodes).where(nodes.c.id != bindparam("node"))
LIVING = _LIVING.scalar_subquery()
"""The ids of processes with a lease; wants `now`, the database's."""


def time(reads: Executes) -> Instant:
    """What the database's clock says."""
    now: int = reads.execute(_NOW).scalar()
    return Instant(now)


def renew(work: Work, node: str, *, serves: bool, runs_effects: bool, is_alone: bool) -> Instant:
    """Renews a lease, forgets those that have run out, and answers the database's time."""
    now = time(work)
    work.execute(
        _RENEW,
        {
            "id": node,
            "version": __version__,
            "serves": serves,
            "runs_effects": runs_effects,
            "lease_until": now + LEASE,
        },
    )
    if is_alone:
        work.execute(_FORGET_OTHERS, {"node": node})
    else:
        work.execute(_WRITTEN_AHEAD, {"most": now + LEASE})
        work.execute(_FORGET_DEAD, {"now": now})
    return now


def leave(work: Work, node: str) -> None:
    """An ordered end of a process that holds nothing any more."""
    work.execute(_FORGET, {"node": node})


def list_living(reads: Executes) -> list[Any]:
    """`(id, version, serves, runs_effects, lease_until)` of every process with a lease."""
    now = time(reads)
    return [row for row in reads.execute(_ALL) if row.lease_until > now]
