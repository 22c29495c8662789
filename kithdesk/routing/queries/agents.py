"""Agents: who is there, with how much room, and how they have spent their day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads
from kithdesk.routing.entities import AgentRow, decode_levels
from kithdesk.routing.tables import (
    AWAKE,
    HAS_ROOM,
    agent_skills,
    live_assignments,
    presence_leases,
    presences,
    routing_agents,
    routing_crowds,
    work_sessions,
)

_ORGANISATION: Any = bindparam("organisation")
_LIMIT: Any = bindparam("limit")

_COLUMNS = [routing_agents.c[name] for name in AgentRow.__struct_fields__]
_AGENTS = select(*_COLUMNS).where(routing_agents.c.organisation == _ORGANISATION)
_AGENT = _AGENTS.where(routing_agents.c.user == bindparam("user"))
_AGENTS_OF = _AGENTS.where(routing_agents.c.user.in_(bindparam("users", expanding=True)))
_BEST = (
    _AGENTS.where(routing_agents.c.team == bindparam("team"), HAS_ROOM)
    .order_by(routing_agents.c.free_share.desc(), routing_agents.c.idle_since, routing_agents.c.user)
    .limit(_LIMIT)
    .offset(bindparam("offset"))
)
_OTHERS = agent_skills.alias("others")
_HOW_MANY_OF = (
    select(func.count())
    .select_from(_OTHERS)
    .where(
        _OTHERS.c.organisation == routing_agents.c.organisation,
        _OTHERS.c.user == routing_agents.c.user,
        _OTHERS.c.skill.in_(bindparam("skills", expanding=True)),
    )
    .scalar_subquery()
)
_WITH_SKILLS = agent_skills.join(
    routing_agents,
    and_(
        routing_agents.c.organisation == agent_skills.c.organisation,
        routing_agents.c.user == agent_skills.c.user,
    ),
)
_BEST_SKILLED = (
    select(*_COLUMNS)
    .select_from(_WITH_SKILLS)
    .where(
        agent_skills.c.organisation == _ORGANISATION,
        agent_skills.c.skill == bindparam("skill"),
        agent_skills.c.level >= bindparam("least"),
        routing_agents.c.team == bindparam("team"),
        HAS_ROOM,
        bindparam("asked") == _HOW_MANY_OF,
    )
    .order_by(routing_agents.c.free_share.desc(), routing_agents.c.idle_since, routing_agents.c.user)
    .limit(_LIMIT)
    .offset(bindparam("offset"))
)
_SKILLED = (
    select(routing_agents.c.user, routing_agents.c.skills)
    .select_from(_WITH_SKILLS)
    .where(
        agent_skills.c.organisation == _ORGANISATION,
        agent_skills.c.skill == bindparam("skill"),
        agent_skills.c.level >= bindparam("least"),
        routing_agents.c.team.in_(bindparam("teams", expanding=True)),
        routing_agents.c.status == "available",
        bindparam("asked") == _HOW_MANY_OF,
    )
    .order_by(routing_agents.c.user)
    .limit(_LIMIT)
)
_WITH_ROOM = (
    select(routing_agents.c.user)
    .where(
        routing_agents.c.organisation == _ORGANISATION, HAS_ROOM, routing_agents.c.user > bindparam("after")
    )
    .order_by(routing_agents.c.user)
    .limit(_LIMIT)
)
_CROWDS = select(routing_crowds.c.team, routing_crowds.c.kind, routing_crowds.c.agents).where(
    routing_crowds.c.organisation == _ORGANISATION
)
_HELD = (
    select(live_assignments.c.priority, func.sum(live_assignments.c.units).label("units"))
    .where(live_assignments.c.organisation == _ORGANISATION, live_assignments.c.user == bindparam("user"))
    .group_by(live_assignments.c.priority)
    .order_by(live_assignments.c.priority)
)

_HELD_BY_ALL = (
    select(
        live_assignments.c.user,
        live_assignments.c.priority,
        func.sum(live_assignments.c.units).label("units"),
    )
    .where(live_assignments.c.organisation == _ORGANISATION)
    .group_by(live_assignments.c.user, live_assignments.c.priority)
    .order_by(live_assignments.c.user, live_assignments.c.priority)
)


def find_agent(reads: Reads, user: str) -> AgentRow | None:
    return agent_at(reads, reads.organisation, user)


def agent_at(rows: Executes, organisation: str, user: str) -> AgentRow | None:
    row = rows.execute(_AGENT, {"organisation": organisation, "user": user}).first()
    return None if row is None else AgentRow(*row)


def find_agents(reads: Reads, users: Collection[str]) -> dict[str, AgentRow]:
    if not users:
        return {}
    rows = reads.execute(_AGENTS_OF, {"organisation": reads.organisation, "users": list(users)})
    return {row.user: AgentRow(*row) for row in rows}


def best_agents(reads: Reads, team: str, limit: int, offset: int = 0) -> list[AgentRow]:
    """A team's available agents with room, in the order of `choosing`: the first rows of one index."""
    values = {"organisation": reads.organisation, "team": team, "limit": limit, "offset": offset}
    return [AgentRow(*row) for row in reads.execute(_BEST, values)]


def best_skilled(
    reads: Reads, team: str, skills: Mapping[str, int], limit: int, offset: int = 0
) -> list[AgentRow]:
    """The same, of those who have all of these skills, and the first of them at this level at least."""
    skill, least = next(iter(skills.items()))
    values = {
        "organisation": reads.organisation,
        "team": team,
        "skill": skill,
        "least": least,
        "skills": list(skills),
        "asked": len(skills),
        "limit": limit,
        "offset": offset,
    }
    return [AgentRow(*row) for row in reads.execute(_BEST_SKILLED, values)]


def list_skilled(
    reads: Reads, teams: Collection[str], skills: Mapping[str, int], limit: int
) -> list[tuple[str, dict[str, int]]]:
    """Of those who are available as these teams and have all of these skills: who, and their levels."""
    skill, least = next(iter(skills.items()))
    values = {
        "organisation": reads.organisation,
        "teams": list(teams),
        "skill": skill,
        "least": least,
        "skills": list(skills),
        "asked": len(skills),
        "limit": limit,
    }
    return [(row.user, decode_levels(row.skills)) for row in reads.execute(_SKILLED, values)]


def list_with_room(reads: Reads, limit: int, *, after: str = "") -> list[str]:
    """Available agents with room, whatever their team, in the order of their ids."""
    values = {"organisation": reads.organisation, "limit": limit, "after": after}
    return [row.user for row in reads.execute(_WITH_ROOM, values)]


def count_crowds(reads: Reads) -> list[Any]:
    """How many agents of each team have room, are full, or are away."""
    return reads.execute(_CROWDS, {"organisation": reads.organisation}).rows


def held_by(rows: Executes, organisation: str, user: str) -> dict[int, int]:
    """By priority, how much of their capacity is taken."""
    found = rows.execute(_HELD, {"organisation": organisation, "user": user})
    return {row.priority: int(row.units) for row in found}


def held_by_all(rows: Executes, organisation: str) -> dict[str, dict[int, int]]:
    """The same of everybody who has anything."""
    held: dict[str, dict[int, int]] = {}
    for row in rows.execute(_HELD_BY_ALL, {"organisation": organisation}):
        held.setdefault(row.user, {})[row.priority] = int(row.units)
    return held


# Sessions

_SESSIONS = select(
    work_sessions.c.number,
    work_sessions.c.id,
    work_sessions.c.team,
    work_sessions.c.status,
    work_sessions.c.status_at,
    work_sessions.c.available,
    work_sessions.c.busy,
    work_sessions.c.unavailable,
    work_sessions.c["items"],
    work_sessions.c.began_at,
    work_sessions.c.ended_at,
).where(work_sessions.c.organisation == _ORGANISATION, work_sessions.c.user == bindparam("user"))
_SESSIONS_PAGE = _SESSIONS.order_by(work_sessions.c.number.desc()).limit(_LIMIT).offset(bindparam("offset"))
_SESSIONS_COUNT = (
    select(func.count())
    .select_from(work_sessions)
    .where(work_sessions.c.organisation == _ORGANISATION, work_sessions.c.user == bindparam("user"))
)


def list_sessions(reads: Reads, user: str, limit: int, offset: int) -> list[Any]:
    """An agent's sessions, the latest first."""
    values = {"organisation": reads.organisation, "user": user, "limit": limit, "offset": offset}
    return reads.execute(_SESSIONS_PAGE, values).rows


def count_sessions(reads: Reads, user: str) -> int:
    count: int = reads.execute(_SESSIONS_COUNT, {"organisation": reads.organisation, "user": user}).scalar()
    return count


def last_session(rows: Executes, organisation: str, user: str) -> Any | None:
    values = {"organisation": organisation, "user": user, "limit": 1, "offset": 0}
    return rows.execute(_SESSIONS_PAGE, values).first()


# Presence. Instants here are real time, never the clock that tests move.

_LAST_SEEN = func.max(func.coalesce(presences.c.left_at, presence_leases.c.renewed_at))
_AWAKE_SINCE = (
    select(routing_agents.c.user, _LAST_SEEN.label("seen_at"))
    .select_from(
        routing_agents.outerjoin(
            presences,
            and_(
                presences.c.organisation == routing_agents.c.organisation,
                presences.c.user == routing_agents.c.user,
            ),
        ).outerjoin(
            presence_leases,
            and_(
                presence_leases.c.organisation == presences.c.organisation,
                presence_leases.c.node == presences.c.node,
            ),
        )
    )
    .where(routing_agents.c.organisation == _ORGANISATION, AWAKE)
    .group_by(routing_agents.c.user)
    .having(or_(_LAST_SEEN.is_(None), bindparam("before") >= _LAST_SEEN))
)
_HERE = select(presences.c.user, presences.c.left_at).where(
    presences.c.organisation == _ORGANISATION, presences.c.node == bindparam("node")
)
_CONNECTED = select(presences.c.user).where(
    presences.c.organisation == _ORGANISATION,
    presences.c.left_at.is_(None),
    presences.c.user.in_(bindparam("users", expanding=True)),
)
_WITH_PRESENCE = select(routing_agents.c.organisation).where(AWAKE).distinct()
_WITH_LEASES = select(presence_leases.c.organisation).distinct()


def list_unseen(reads: Reads, *, before: Instant) -> list[tuple[str, Instant | None]]:
    """Agents who are not offline and whom no node has named since `before`; None when no node ever did."""
    rows = reads.execute(_AWAKE_SINCE, {"organisation": reads.organisation, "before": before})
    return [(row.user, row.seen_at) for row in rows]


def list_here(reads: Reads, node: str) -> dict[str, Instant | None]:
    """Whom a node has named, and when the last socket of each who left was closed."""
    rows = reads.execute(_HERE, {"organisation": reads.organisation, "node": node})
    return {row.user: row.left_at for row in rows}


def find_connected(reads: Reads, users: Sequence[str]) -> set[str]:
    """Which of these agents have an open socket, as of the last renewal."""
    if not users:
        return set()
    rows = reads.execute(_CONNECTED, {"organisation": reads.organisation, "users": list(users)})
    return {row.user for row in rows}


def list_organisations_present(reads: Reads) -> set[OrganisationId]:
    """The organisations whose presence needs looking after. For the installation, not for a caller."""
    found = [*reads.execute(_WITH_PRESENCE), *reads.execute(_WITH_LEASES)]
    return {row.organisation for row in found}
