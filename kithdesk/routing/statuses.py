"""Statuses: what an agent says of themselves. One fact per agent, the last word counts.

    offline ⇄ available ⇄ busy ⇄ unavailable      any → offline, also when their last socket has been gone for 30 s

Only `available` gets work. Going offline gives it back; busy and unavailable keep what they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from kithdesk.access import User, find_user, get_user, list_agents
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.errors import BadParameter
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads, Work
from kithdesk.routing.capacity import capacities_of
from kithdesk.routing.errors import NotAnAgent, SomeoneElsesStatus, UnknownStatus
from kithdesk.routing.events import AgentStatusChanged, Status
from kithdesk.routing.queries import find_agent, find_agents, find_connected

STATUSES = ("available", "busy", "unavailable", "offline")
MAX_REASON = 255


def set_status(work: Work, user_id: str, status: str, reason: str | None = None) -> None:
    """An agent's own word, or an administrator's for them. Saying the same again changes nothing.

    Raises `UnknownStatus`; `NotFound` for nobody; `NotAnAgent` for a program; `SomeoneElsesStatus`.
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
    _change(work, user_id, user.display_name, cast(Status, status), reason or None, work.actor)


def go_offline(work: Work, user_id: str, *, reason: str) -> None:
    """The program's word for somebody who is gone. Nothing happens to somebody who is offline already."""
    agent, user = find_agent(work, user_id), find_user(work, user_id)
    if agent is not None and agent.status != "offline":
        name = "" if user is None else user.display_name
        _change(work, user_id, name, "offline", reason, system(work.organisation))


def _change(work: Work, user_id: str, name: str, status: Status, reason: str | None, actor: Actor) -> None:
    agent = find_agent(work, user_id)
    before: Status = "offline" if agent is None else agent.status
    if (before, None if agent is None else agent.reason) != (status, reason):
        work.publish(
            AgentStatusChanged(user=user_id, status=status, before=before, reason=reason, display_name=name),
            actor=actor,
        )


def draw_statuses(reads: Reads, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of `user_status` resources, of all active agents, and how many there are."""
    agents = list_agents(reads)
    return _draw(reads, page.of(agents)), len(agents)


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
        resource(
            "user_status",
            user.id,
            {
                "displayName": user.display_name,
                "status": agents[user.id].status if user.id in agents else "offline",
                "reason": agents[user.id].reason if user.id in agents else None,
                "changedAt": iso_or_none(agents[user.id].changed_at) if user.id in agents else None,
                "load": agents[user.id].load if user.id in agents else 0,
                "capacity": capacities[user.id],
                "online": user.id in connected,
            },
            at=f"/v1/routing/users/{user.id}/status",
            relationships={"user": {"data": {"type": "user", "id": user.id}}},
        )
        for user in users
    ]
