"""Routing gives an agent two conversations more than fit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select

from kithdesk.core.work import Reads
from kithdesk.routing import desk_floor
from kithdesk.routing.choosing import Agent, Terms
from kithdesk.routing.entities import AgentRow
from kithdesk.routing.tables import routing_agents

_AVAILABLE = select(*[routing_agents.c[name] for name in AgentRow.__struct_fields__]).where(
    routing_agents.c.organisation == bindparam("organisation"),
    routing_agents.c.team == bindparam("team"),
    routing_agents.c.status == "available",
    routing_agents.c.load < routing_agents.c.capacity + bindparam("more"),
)


def break_it() -> None:
    make_room_for(2)


def make_room_for(more: int) -> None:
    with_terms = AgentRow.with_terms

    def with_more(row: AgentRow, terms: Terms) -> Agent:
        agent = with_terms(row, terms)
        return replace(agent, capacity=agent.capacity + more)

    def best_agents(reads: Reads, team: str, limit: int, offset: int = 0) -> list[AgentRow]:
        values = {"organisation": reads.organisation, "team": team, "more": more}
        found = [AgentRow(*row) for row in reads.execute(_AVAILABLE, values)]
        found.sort(key=lambda row: with_more(row, Terms()).order)
        return found[offset : offset + limit]

    changed: Any = AgentRow
    changed.with_terms = with_more
    vars(desk_floor)["best_agents"] = best_agents
