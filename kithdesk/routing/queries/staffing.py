"""Who works as which team at this moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select

from kithdesk.core.work import Reads
from kithdesk.routing.tables import AWAKE, routing_agents, routing_team_members

_ORGANISATION: Any = bindparam("organisation")

_AWAKE = select(routing_agents.c.user, routing_agents.c.team, routing_agents.c.status).where(
    routing_agents.c.organisation == _ORGANISATION, AWAKE
)
_MEMBERS_OF = (
    select(routing_team_members.c.team, routing_team_members.c.user)
    .where(
        routing_team_members.c.organisation == _ORGANISATION,
        routing_team_members.c.team.in_(bindparam("teams", expanding=True)),
    )
    .order_by(routing_team_members.c.team, routing_team_members.c.user)
)


def list_awake(reads: Reads) -> list[Any]:
    """Every agent who is not offline, with the team as which they work."""
    return reads.execute(_AWAKE, {"organisation": reads.organisation}).rows


def list_members_of(reads: Reads, teams: Collection[str]) -> list[Any]:
    """Who is in these teams."""
    if not teams:
        return []
    return reads.execute(_MEMBERS_OF, {"organisation": reads.organisation, "teams": list(teams)}).rows
