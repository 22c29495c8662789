"""An agent's row: as which team they work, what they may have, what they have, and how much of it is free.

The load is counted anew at each change of theirs (a handful of rows of one index), so that no counter can drift.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from sqlalchemy import and_, bindparam, case, delete, func, insert, literal, literal_column, select, update

from kithdesk.core.clock import Instant
from kithdesk.core.sql import Upsert
from kithdesk.core.work import Rows
from kithdesk.routing.choosing import SHARE, free_share
from kithdesk.routing.entities import AgentRow, encode
from kithdesk.routing.events import Status
from kithdesk.routing.profiles import DEFAULT_CAPACITY, ORGANISATION
from kithdesk.routing.queries.agents import agent_at, held_by, held_by_all
from kithdesk.routing.tables import (
    routing_agents,
    routing_crowds,
    routing_settings,
    routing_team_members,
)
from kithdesk.routing.weighing import weigh_anew, weigh_hands_of

CrowdKind = Literal["free", "full", "away"]

_PUT_STATUS = Upsert(
    routing_agents, ["organisation", "user"], ["status", "reason", "changed_at", "chosen_team", "idle_since"]
)
_JOINED = routing_team_members.join(
    routing_settings,
    and_(
        routing_settings.c.organisation == routing_team_members.c.organisation,
        routing_settings.c.team == routing_team_members.c.team,
    ),
)
_THEIRS = (
    routing_team_members.c.organisation == routing_agents.c.organisation,
    routing_team_members.c.user == routing_agents.c.user,
)
_ENABLED = (
    select(routing_settings.c.team)
    .select_from(_JOINED)
    .where(*_THEIRS, routing_settings.c.is_enabled.is_(True))
    .limit(1)
)
_CHOSEN_TEAM = (
    _ENABLED.where(routing_settings.c.team == routing_agents.c.chosen_team)
    .correlate(routing_agents)
    .scalar_subquery()
)
_FIRST_TEAM = (
    _ENABLED.order_by(routing_settings.c.name_order, routing_settings.c.team)
    .correlate(routing_agents)
    .scalar_subquery()
)
_SMALLEST = (
    select(func.min(routing_settings.c.capacity_per_agent))
    .select_from(_JOINED)
    .where(*_THEIRS)
    .correlate(routing_agents)
    .scalar_subquery()
)


def _capacity_of(team: object) -> object:
    return (
        select(routing_settings.c.capacity_per_agent)
        .where(
            routing_settings.c.organisation == routing_agents.c.organisation, routing_settings.c.team == team
        )
        .correlate(routing_agents)
        .scalar_subquery()
    )


_ONE = (routing_agents.c.organisation == bindparam("of"), routing_agents.c.user == bindparam("agent"))
_ALL = (routing_agents.c.organisation == bindparam("of"),)
_FIT_TEAM = update(routing_agents).values(team=func.coalesce(_CHOSEN_TEAM, _FIRST_TEAM, ORGANISATION))
_FIT_CAPACITY = update(routing_agents).values(
    capacity=func.coalesce(
        case(
            (routing_agents.c.team == ORGANISATION, _SMALLEST),
            else_=_capacity_of(routing_agents.c.team),
        ),
        _capacity_of(ORGANISATION),
        DEFAULT_CAPACITY,
    )
)
_FIT_SHARE = update(routing_agents).values(
    free_share=case(
        (
            routing_agents.c.capacity > routing_agents.c.load,
            (routing_agents.c.capacity - routing_agents.c.load) * SHARE // routing_agents.c.capacity,
        ),
        else_=0,
    )
)
_FIT_ONE = [_FIT_TEAM.where(*_ONE), _FIT_CAPACITY.where(*_ONE)]
_FIT_ALL = [statement.where(*_ALL) for statement in (_FIT_TEAM, _FIT_CAPACITY)]
_FIT_SHARE_OF_ALL = _FIT_SHARE.where(*_ALL)
_LOAD = update(routing_agents).where(*_ONE).values(load=bindparam("now_load"), held=bindparam("now_held"))
_COUNT = (
    update(routing_agents)
    .where(*_ONE)
    .values(
        load=bindparam("now_load"),
        held=bindparam("now_held"),
        free_share=bindparam("now_share"),
        idle_since=bindparam("now_idle"),
    )
)
_PUT_SKILLS = update(routing_agents).where(*_ONE).values(skills=bindparam("now_skills"))

_ADD_TO_CROWD = update(routing_crowds).where(
    routing_crowds.c.organisation == bindparam("of"),
    routing_crowds.c.team == bindparam("as_team"),
    routing_crowds.c.kind == bindparam("as_kind"),
)
_MORE = _ADD_TO_CROWD.values(agents=literal_column("agents + 1"))
_FEWER = _ADD_TO_CROWD.values(agents=literal_column("agents - 1"))
_FIRST_OF_CROWD = insert(routing_crowds)
_FORGET_EMPTY = delete(routing_crowds).where(
    routing_crowds.c.organisation == bindparam("of"), routing_crowds.c.agents == 0
)
_FORGET_CROWDS = delete(routing_crowds).where(routing_crowds.c.organisation == bindparam("of"))
_KIND = case(
    (routing_agents.c.status != "available", literal("away")),
    (routing_agents.c.free_share > 0, literal("free")),
    else_=literal("full"),
)
_COUNT_CROWDS = insert(routing_crowds).from_select(
    ["organisation", "team", "kind", "agents"],
    select(routing_agents.c.organisation, routing_agents.c.team, _KIND.label("kind"), func.count())
    .where(*_ALL, routing_agents.c.status != "offline")
    .group_by(routing_agents.c.organisation, routing_agents.c.team, _KIND),
)


def put_agent(
    rows: Rows,
    user: str,
    status: Status,
    *,
    at: Instant,
    skills: dict[str, int],
    team: str = ORGANISATION,
    reason: str | None = None,
    changed_at: Instant | None = None,
) -> None:
    """Writes what they say of themselves; `changed_at` None: they have never said."""
    before = agent_at(rows, rows.organisation, user)
    rows.execute(
        _PUT_STATUS,
        {
            "organisation": rows.organisation,
            "user": user,
            "status": status,
            "reason": reason,
            "changed_at": changed_at,
            "chosen_team": team,
            "team": ORGANISATION,
            "capacity": DEFAULT_CAPACITY,
            "load": 0,
            "held": "{}",
            "skills": encode(skills),
            "free_share": 0,
            "idle_since": at,
        },
    )
    _fit(rows, user, before)


def refit(rows: Rows, user: str) -> None:
    """As which team they work and with what capacity, after one of their teams has changed."""
    before = agent_at(rows, rows.organisation, user)
    if before is not None:
        _fit(rows, user, before)


def refit_all(rows: Rows) -> None:
    """The same for every agent."""
    of = {"of": rows.organisation}
    for statement in _FIT_ALL:
        rows.execute(statement, of)
    changed = weigh_anew(rows)
    everybody = held_by_all(rows, rows.organisation) if changed else {}
    for user in changed:
        held = everybody[user]
        load = {"now_load": sum(held.values()), "now_held": encode(held)}
        rows.execute(_LOAD, {**of, "agent": user, **load})
    for counted in (_FIT_SHARE_OF_ALL, _FORGET_CROWDS, _COUNT_CROWDS):
        rows.execute(counted, of)


def count(rows: Rows, user: str) -> None:
    """What they have, after something was taken off them."""
    agent = agent_at(rows, rows.organisation, user)
    if agent is not None:
        _count(rows, agent, agent, idle_since=agent.idle_since)


def count_given(rows: Rows, agent: AgentRow, at: Instant) -> None:
    """What they have, after they were given something: they are idle from then on."""
    _count(rows, agent, agent, idle_since=at)


def put_skills(rows: Rows, user: str, skills: dict[str, int]) -> None:
    rows.execute(_PUT_SKILLS, {"of": rows.organisation, "agent": user, "now_skills": encode(skills)})


def crowd_of(agent: AgentRow | None) -> tuple[str, CrowdKind] | None:
    """Among whom they are counted; those who are offline are not."""
    if agent is None or agent.status == "offline":
        return None
    if agent.status != "available":
        return agent.team, "away"
    return agent.team, "free" if agent.free_share > 0 else "full"


def _fit(rows: Rows, user: str, before: AgentRow | None) -> None:
    for statement in _FIT_ONE:
        rows.execute(statement, {"of": rows.organisation, "agent": user})
    agent = agent_at(rows, rows.organisation, user)
    assert agent is not None
    if before is not None and (before.team, before.capacity) != (agent.team, agent.capacity):
        weigh_hands_of(rows, user)
    _count(rows, before, agent, idle_since=agent.idle_since)


def _count(rows: Rows, before: AgentRow | None, agent: AgentRow, *, idle_since: Instant) -> None:
    held = held_by(rows, rows.organisation, agent.user)
    load = sum(held.values())
    share = free_share(agent.capacity, load)
    rows.execute(
        _COUNT,
        {
            "of": rows.organisation,
            "agent": agent.user,
            "now_load": load,
            "now_held": encode(held),
            "now_share": share,
            "now_idle": idle_since,
        },
    )
    was, is_now = crowd_of(before), crowd_of(msgspec.structs.replace(agent, free_share=share))
    if was != is_now:
        _move(rows, was, is_now)


def _move(rows: Rows, was: tuple[str, CrowdKind] | None, is_now: tuple[str, CrowdKind] | None) -> None:
    if was is not None:
        rows.execute(_FEWER, {"of": rows.organisation, "as_team": was[0], "as_kind": was[1]})
        rows.execute(_FORGET_EMPTY, {"of": rows.organisation})
    if is_now is not None:
        team, kind = is_now
        found = rows.execute(_MORE, {"of": rows.organisation, "as_team": team, "as_kind": kind})
        if found.rowcount == 0:
            rows.execute(
                _FIRST_OF_CROWD,
                {"organisation": rows.organisation, "team": team, "kind": kind, "agents": 1},
            )
