"""Who serves each queue: which teams, with how many members, and how many of them are here and work as it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from kithdesk import access
from kithdesk.core.documents import resource
from kithdesk.core.paging import Page
from kithdesk.core.work import Reads
from kithdesk.routing.entities import Queue
from kithdesk.routing.profiles import ORGANISATION
from kithdesk.routing.queries.queues import count_queues, list_queues, load_profiles
from kithdesk.routing.queries.staffing import list_awake, list_members_of
from kithdesk.routing.queues import get_queue


class _Crew(NamedTuple):
    """Those who may work as a team (`team` '': as none). `elsewhere`: who are here and work as another."""

    team: str
    name: str | None
    members: int
    here: int
    available: int
    elsewhere: int


def draw_staffing(reads: Reads, page: Page) -> tuple[list[dict[str, Any]], int]:
    """One page of `queue_staffing` resources, in the order of the queues, and how many there are."""
    return _draw(reads, list_queues(reads, page.size, page.offset)), count_queues(reads)


def draw_staffing_of(reads: Reads, queue_id: str) -> dict[str, Any]:
    """One `queue_staffing` resource. Raises `NotFound`."""
    return _draw(reads, [get_queue(reads, queue_id)])[0]


def _draw(reads: Reads, queues: Sequence[Queue]) -> list[dict[str, Any]]:
    """As many statements for all queues as for one."""
    profiles = load_profiles(reads, reads.organisation)
    crews = _crews(reads, profiles.routed)
    return [_one(queue, [crews[team] for team in profiles.serving(queue.id)]) for queue in queues]


def _crews(reads: Reads, routed: Sequence[str]) -> dict[str, _Crew]:
    """By team, and as '' those who are in none that is routed to."""
    active: set[str] = {user.id for user in access.list_agents(reads)}
    members: dict[str, set[str]] = defaultdict(set)
    for row in list_members_of(reads, routed):
        if row.user in active:
            members[row.team].add(row.user)
    members[ORGANISATION] = active.difference(*(members[team] for team in routed))
    awake = {row.user: (row.team, row.status) for row in list_awake(reads)}
    names: dict[str, str] = {team.id: team.name for team in access.find_teams(reads, routed)}
    return {
        team: _crew(team, names.get(team), [awake[user] for user in users if user in awake], len(users))
        for team, users in members.items()
    }


def _crew(team: str, name: str | None, awake: Sequence[tuple[str, str]], members: int) -> _Crew:
    statuses = [status for works_as, status in awake if works_as == team]
    return _Crew(team, name, members, len(statuses), statuses.count("available"), len(awake) - len(statuses))


def _one(queue: Queue, crews: Sequence[_Crew]) -> dict[str, Any]:
    attributes = {
        "served": any(crew.members for crew in crews),
        "here": sum(crew.here for crew in crews),
        "available": sum(crew.available for crew in crews),
        "teams": [
            {
                "team": crew.team or None,
                "name": crew.name,
                "members": crew.members,
                "here": crew.here,
                "available": crew.available,
                "elsewhere": crew.elsewhere,
            }
            for crew in sorted(crews, key=lambda crew: (crew.name or "", crew.team))
        ],
    }
    around = {"queue": {"data": {"type": "queue", "id": queue.id}}}
    at = f"/v1/routing/queue-staffing/{queue.id}"
    return resource("queue_staffing", queue.id, attributes, at=at, relationships=around)
