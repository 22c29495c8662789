"""Where a conversation may be given by hand, and who would have it there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kithdesk import conversations
from kithdesk.access import list_agents
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


def list_destinations(reads: Reads, conversation_id: str) -> Iterator[Destination]:
    """As `transfer` would have it, whether or not the one who asks may give it there. Raises `NotFound`."""
    if not conversations.may_see_conversation(reads, conversation_id):
        raise NotFound
    item = find_item(reads, reads.organisation, conversation_id)
    if item is None:
        raise NotFound
    for queue in list_queues(reads, MOST_QUEUES, 0):
        yield Destination("queue", queue.id, queue.id, item.teams, ())
    profiles = load_profiles(reads, reads.organisation)
    for team in profiles.routed:
        for way in profiles.of(team).queues[:1]:
            yield Destination("team", team, way, (team,), ())
    for agent in list_agents(reads):
        yield Destination("user", agent.id, item.queue, item.teams, (agent.id,))
