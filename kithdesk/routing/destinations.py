"""Where a conversation may be given by hand, and who would have it there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from kithdesk import conversations
from kithdesk.access import User, find_users, list_agents
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.routing.queries.items import find_item
from kithdesk.routing.queries.queues import list_queues, load_profiles
from kithdesk.routing.queues import MOST_QUEUES


class Destination(NamedTuple):
    """A queue, a team or an agent, and where that would leave the conversation, before anybody is found for it."""

    place: Literal["queue", "team", "user"]
    id: str
    queue: str | None
    teams: tuple[str, ...]
    users: tuple[str, ...]


def list_destinations(
    reads: Reads, conversation_id: str, among: Collection[str] | None = None
) -> list[Destination]:
    """As `transfer` would have it, whether or not the one who asks may give it there: queues, teams, then agents, of
    these ids or all that there are. Nowhere, as long as it is nobody's work. Raises `NotFound`.
    """
    if not conversations.may_see_conversation(reads, conversation_id):
        raise NotFound
    item = find_item(reads, reads.organisation, conversation_id)
    if item is None:
        return []
    queues = [queue.id for queue in list_queues(reads, MOST_QUEUES, 0)]
    profiles = load_profiles(reads, reads.organisation)
    ways = [(team, way) for team in profiles.routed for way in profiles.of(team).queues[:1]]
    found = [
        *(Destination("queue", queue, queue, item.teams, ()) for queue in queues),
        *(Destination("team", team, way, (team,), ()) for team, way in ways),
    ]
    if among is not None:
        found = [one for one in found if one.id in among]
    agents = (Destination("user", one.id, item.queue, item.teams, (one.id,)) for one in _agents(reads, among))
    return [*found, *agents]


def _agents(reads: Reads, among: Collection[str] | None) -> list[User]:
    if among is None:
        return list_agents(reads)
    return [user for user in find_users(reads, among) if user.is_active and user.type == "user"]
