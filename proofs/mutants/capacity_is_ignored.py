"""Routing gives an agent two conversations more than fit."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from kithdesk.core.work import Reads
from kithdesk.routing import assigning
from kithdesk.routing.choosing import Candidate
from kithdesk.routing.tables import routing_agents

_MORE = 2
_AVAILABLE = select(
    routing_agents.c.user, routing_agents.c.capacity, routing_agents.c.load, routing_agents.c.idle_since
).where(
    routing_agents.c.organisation == bindparam("organisation"),
    routing_agents.c.status == "available",
    routing_agents.c.load < routing_agents.c.capacity + _MORE,
)


def break_it() -> None:
    vars(assigning)["best_agents"] = _best_agents


def _best_agents(reads: Reads, limit: int) -> list[Candidate]:
    rows = reads.execute(_AVAILABLE, {"organisation": reads.organisation})
    found = [Candidate(row.user, row.capacity + _MORE, row.load, row.idle_since) for row in rows]
    return sorted(found, key=lambda candidate: candidate.order)[:limit]
