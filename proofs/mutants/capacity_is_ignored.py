"""Routing gives an agent two conversations more than fit."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from kithdesk.core.work import Reads
from kithdesk.routing import assigning
from kithdesk.routing.choosing import Candidate
from kithdesk.routing.tables import routing_agents

_AVAILABLE = select(
    routing_agents.c.user, routing_agents.c.capacity, routing_agents.c.load, routing_agents.c.idle_since
).where(
    routing_agents.c.organisation == bindparam("organisation"),
    routing_agents.c.status == "available",
    routing_agents.c.load < routing_agents.c.capacity + bindparam("more"),
)


def break_it() -> None:
    make_room_for(2)


def make_room_for(more: int) -> None:
    def best_agents(reads: Reads, limit: int) -> list[Candidate]:
        rows = reads.execute(_AVAILABLE, {"organisation": reads.organisation, "more": more})
        found = [Candidate(row.user, row.capacity + more, row.load, row.idle_since) for row in rows]
        return sorted(found, key=lambda candidate: candidate.order)[:limit]

    vars(assigning)["best_agents"] = best_agents
