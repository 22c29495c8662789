"""Capacity: how many open conversations an agent may be given at once.

The organisation sets one number, a team may set its own. An agent in several teams that set one has the smallest of
them, since no team's promise may be broken by another's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kithdesk.access import find_team
from kithdesk.core.clock import iso_or_none
from kithdesk.core.documents import resource
from kithdesk.core.errors import BadParameter
from kithdesk.core.work import Reads, Work
from kithdesk.routing.errors import UnknownTeam
from kithdesk.routing.events import RoutingSettingsChanged
from kithdesk.routing.queries import find_settings, list_capacities

DEFAULT_CAPACITY = 4
MAX_CAPACITY = 1_000
ORGANISATION = ""
"""The `team` under which the organisation's own settings are kept."""


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """What is asked for. None leaves a value as it is; `follow` takes a team's own capacity away."""

    capacity_per_agent: int | None = None
    requeue_when_offline: bool | None = None
    follow: bool = False


def change_settings(work: Work, change: SettingsChange, *, team: str | None = None) -> None:
    """Sets the organisation's routing, or one team's capacity. Changing nothing states nothing.

    Raises `UnknownTeam`, and `BadParameter` for a capacity outside 1 to 1,000 or what a team cannot have.
    """
    _check(work, change, team)
    row = find_settings(work, team or ORGANISATION)
    capacity = row.capacity_per_agent if row is not None else None
    requeue = row.requeue_when_offline if row is not None else None
    new_capacity = None if change.follow else (change.capacity_per_agent or capacity)
    new_requeue = requeue if change.requeue_when_offline is None else change.requeue_when_offline
    if (new_capacity, new_requeue) == (capacity, requeue):
        return
    work.publish(
        RoutingSettingsChanged(
            team=team,
            capacity_per_agent=new_capacity,
            requeue_when_offline=new_requeue,
            before={"capacityPerAgent": capacity, "requeueWhenOffline": requeue},
        )
    )


def draw_settings(reads: Reads, *, team: str | None = None) -> dict[str, Any]:
    """The `routing_settings` resource of the organisation or a team. Raises `UnknownTeam`."""
    _check_team(reads, team)
    own = find_settings(reads, ORGANISATION)
    set_here = own if team is None else find_settings(reads, team)
    capacity = None if set_here is None else set_here.capacity_per_agent
    inherited = (None if own is None else own.capacity_per_agent) or DEFAULT_CAPACITY
    attributes = {
        "capacityPerAgent": capacity or inherited,
        "isInherited": team is not None and capacity is None,
        "requeueWhenOffline": requeues_when_offline(reads),
        "updatedAt": iso_or_none(None if set_here is None else set_here.changed_at),
    }
    at = "/v1/routing/settings" + (f"?team={team}" if team else "")
    return resource("routing_settings", team or reads.organisation, attributes, at=at)


def requeues_when_offline(reads: Reads) -> bool:
    """Whether the work of an agent who goes offline goes on to others. It does unless somebody said no."""
    row = find_settings(reads, ORGANISATION)
    return row is None or row.requeue_when_offline is not False


def capacities_of(reads: Reads, users: Collection[str]) -> dict[str, int]:
    """Each agent's capacity, also of those who have never said they are here."""
    row = find_settings(reads, ORGANISATION)
    general = (None if row is None else row.capacity_per_agent) or DEFAULT_CAPACITY
    own = list_capacities(reads, users)
    return {user: own.get(user) or general for user in users}


def _check(work: Work, change: SettingsChange, team: str | None) -> None:
    _check_team(work, team)
    capacity = change.capacity_per_agent
    if capacity is not None and not 1 <= capacity <= MAX_CAPACITY:
        raise BadParameter(
            f"A capacity is a whole number from 1 to {MAX_CAPACITY}.", parameter="capacityPerAgent"
        )
    if team is None and change.follow:
        raise BadParameter("The organisation's capacity follows nobody's.", parameter="capacityPerAgent")
    if team is not None and change.requeue_when_offline is not None:
        raise BadParameter("This is set for the whole organisation.", parameter="requeueWhenOffline")


def _check_team(reads: Reads, team: str | None) -> None:
    if team is None:
        return
    found = find_team(reads, team)
    if found is None or found.deleted_at is not None:
        raise UnknownTeam
