"""Statuses: what an agent says of themselves. One fact per agent, the last word counts.

    offline ⇄ available ⇄ busy ⇄ unavailable      any → offline, also when their last socket has been gone for 30 s

Only `available` gets work. Going offline gives it back; busy and unavailable keep what they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from kithdesk.access import User, find_team, find_user, get_user, list_agents
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.errors import BadParameter
from kithdesk.core.ids import is_id
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads, Work
from kithdesk.routing.entities import AgentRow
from kithdesk.routing.errors import (
    NotAnAgent,
    NotTheirTeam,
    SomeoneElsesStatus,
    UndeclaredReason,
    UnknownStatus,
    UnknownTeam,
)
from kithdesk.routing.events import AgentStatusChanged, Status
from kithdesk.routing.profiles import ORGANISATION
from kithdesk.routing.queries.agents import find_agent, find_agents, find_connected
from kithdesk.routing.queries.queues import list_teams_of, load_profiles
from kithdesk.routing.settings import capacities_of, reasons_declared

STATUSES = ("available", "busy", "unavailable", "offline")
MAX_REASON = 255


def set_status(
    work: Work, user_id: str, status: str, reason: str | None = None, *, team: str | None = None
) -> None:
    """An agent's own word, or an administrator's for them. Saying the same again changes nothing.

    `team`: as which of theirs they work; '' leaves it to the names, None as it is.
    Raises `UnknownStatus`; `NotFound` for nobody; `NotAnAgent` for a program; `SomeoneElsesStatus`; `NotTheirTeam`;
    `UndeclaredReason`, where reasons are declared.
    """
    if status not in STATUSES:
        raise UnknownStatus
    if reason is not None and (len(reason) > MAX_REASON or "\0" in reason):
        raise BadParameter(f"A reason has at most {MAX_REASON} characters.", parameter="reason")
    user = get_user(work, user_id)
    if user.type != "user" or not user.is_active:
        raise NotAnAgent
    if work.actor.id != user_id and not work.actor.is_admin:
        raise SomeoneElsesStatus
    _check_reason(work, status, reason)
    agent = find_agent(work, user_id)
    chosen = ORGANISATION if agent is None else agent.chosen_team
    if team is not None:
        chosen = _check_team(work, user_id, team)
    _change(work, user, cast(Status, status), reason or None, work.actor, team=chosen)


def go_offline(work: Work, user_id: str, *, reason: str) -> None:
    """The program's word for somebody who is gone. Nothing happens to somebody who is offline already."""
    agent, user = find_agent(work, user_id), find_user(work, user_id)
    if agent is not None and agent.status != "offline" and user is not None:
        _change(work, user, "offline", reason, system(work.organisation), team=agent.chosen_team)


def _change(work: Work, user: User, status: Status, reason: str | None, actor: Actor, *, team: str) -> None:
    agent = find_agent(work, user.id)
    before: Status = "offline" if agent is None else agent.status
    had = (before, None, ORGANISATION) if agent is None else (before, agent.reason, agent.chosen_team)
    if had != (status, reason, team):
        event = AgentStatusChanged(
            user=user.id,
            status=status,
            before=before,
            reason=reason,
            display_name=user.display_name,
            team=team,
        )
        work.publish(event, actor=actor)


def _check_reason(work: Work, status: str, reason: str | None) -> None:
    if status == "unavailable" and reason:
        declared = reasons_declared(work)
        if declared and reason not in declared:
            raise UndeclaredReason


def _check_team(work: Work, user_id: str, team: str) -> str:
    if team == ORGANISATION:
        return team
    if team not in list_teams_of(work, user_id):
        raise NotTheirTeam
    if not load_profiles(work, work.organisation).of(team).enabled:
        raise NotTheirTeam
    return team


def draw_statuses(reads: Reads, page: Page, team: str | None = None) -> tuple[list[dict[str, Any]], int]:
    """One page of `user_status` resources, of all active agents or those of a team, and how many there are.

    Raises `UnknownTeam`.
    """
    agents = list_agents(reads)
    if team is not None:
        members = _members_of(reads, team)
        agents = [agent for agent in agents if agent.id in members]
    return _draw(reads, page.of(agents)), len(agents)


def _members_of(reads: Reads, team: str) -> frozenset[str]:
    found = find_team(reads, team) if is_id(team) else None
    if found is None or found.deleted_at is not None:
        raise UnknownTeam
    return frozenset(found.members)


def draw_status(reads: Reads, user_id: str) -> dict[str, Any]:
    """One agent's `user_status`. Raises `NotFound`."""
    return _draw(reads, [get_user(reads, user_id)])[0]


def _draw(reads: Reads, users: Sequence[User]) -> list[dict[str, Any]]:
    ids = [user.id for user in users]
    agents, connected, capacities = (
        find_agents(reads, ids),
        find_connected(reads, ids),
        capacities_of(reads, ids),
    )
    return [
        _one(user, agents.get(user.id), capacities[user.id], online=user.id in connected) for user in users
    ]


def _one(user: User, agent: AgentRow | None, capacity: int, *, online: bool) -> dict[str, Any]:
    attributes = {
        "displayName": user.display_name,
        "status": "offline" if agent is None else agent.status,
        "statusType": "offline" if agent is None else agent.status,
        "reason": None if agent is None else agent.reason,
        "changedAt": None if agent is None else iso_or_none(agent.changed_at),
        "load": 0 if agent is None else agent.load,
        "capacity": capacity if agent is None else agent.capacity,
        "online": online,
    }
    relationships: dict[str, Any] = {"user": {"data": {"type": "user", "id": user.id}}}
    if agent is not None and agent.team:
        relationships["team"] = {"data": {"type": "team", "id": agent.team}}
    if agent is not None and agent.chosen_team:
        relationships["chosenTeam"] = {"data": {"type": "team", "id": agent.chosen_team}}
    at = f"/v1/routing/users/{user.id}/status"
    return resource("user_status", user.id, attributes, at=at, relationships=relationships)
