"""What becomes of open topics when records are merged or part, and when a conversation is taken up.

Whose a browser is, and what it has a part in, is judged when it comes and when it subscribes. From then on the facts
themselves tell of each change, in their order, so that what comes behind a fact is handed out by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from kithdesk.conversations.events import ConversationMoved, ConversationTakenUp
from kithdesk.core.errors import NotFound
from kithdesk.core.events import Event, Recorded
from kithdesk.customers.events import CustomerMerged, CustomerUnmerged, moved_visitors
from kithdesk.live import protocol
from kithdesk.live.connection import Connection
from kithdesk.live.topics import Key


class Moves:
    """Of the hub's followers by organisation and topic, and of its browsers by organisation and author."""

    def __init__(
        self,
        followers: Mapping[Key, AbstractSet[Connection]],
        by_author: Mapping[Key, AbstractSet[Connection]],
        *,
        unfollow: Callable[[Connection, str], None],
        resync: Callable[[Connection, str, int], None],
    ) -> None:
        self._followers = followers
        self._by_author = by_author
        self._unfollow = unfollow
        self._resync = resync

    def hear(self, recorded: Recorded[Event]) -> None:
        """After it was handed out, and before what comes next is."""
        event = recorded.event
        if isinstance(event, CustomerMerged):
            self._end_topic(recorded, f"customer:{event.source}")
        elif isinstance(event, ConversationMoved):
            self._part_visitors(recorded, event)
        elif isinstance(event, ConversationTakenUp):
            self._end_part(recorded, event)
        if isinstance(event, CustomerMerged | CustomerUnmerged):
            self._tell_others(recorded, event)
        self._move_visitors(recorded)

    def _end_topic(self, recorded: Recorded[Event], topic: str) -> None:
        """What the topic was about is now part of something else."""
        for connection in self._following(recorded, topic):
            self._refuse(connection, topic)

    def _part_visitors(self, recorded: Recorded[Event], moved: ConversationMoved) -> None:
        """A conversation that has become another customer's is that one's browsers' alone."""
        topic = f"conversation:{moved.conversation}"
        for connection in self._following(recorded, topic):
            if connection.actor.is_visitor and connection.actor.id != moved.customer:
                self._refuse(connection, topic)

    def _end_part(self, recorded: Recorded[Event], event: ConversationTakenUp) -> None:
        """Those browsers have been told so, and are told nothing more of the conversation."""
        topic = f"conversation:{event.conversation}"
        for author in event.visitors:
            for connection in self._by_author.get((recorded.organisation, author), ()):
                connection.departed[event.conversation] = recorded.position
                if topic in connection.cursors or topic in connection.held:
                    self._refuse(connection, topic)

    def _tell_others(self, recorded: Recorded[Event], event: CustomerMerged | CustomerUnmerged) -> None:
        """Conversations come to a customer, or go from them: the browsers that were theirs before read theirs anew."""
        customer = event.customer if isinstance(event, CustomerMerged) else event.of
        if not event.conversations:
            return
        others = moved_visitors(event)
        for connection in self._following(recorded, f"visitor:{customer}"):
            if connection.actor.sees is None and connection.actor.author not in others:
                self._resync(connection, "visitor", recorded.position)

    def _move_visitors(self, recorded: Recorded[Event]) -> None:
        """An agent's merge, or its undoing, makes browsers another customer's. Their past is another, and read anew."""
        for author, moved in moved_visitors(recorded.event).items():
            for connection in self._by_author.get((recorded.organisation, author), ()):
                if connection.actor.id is None:
                    continue
                if connection.actor.id != moved.customer:
                    self._begin_anew(connection, recorded)
                connection.actor = moved.applied_to(connection.actor)

    def _begin_anew(self, connection: Connection, recorded: Recorded[Event]) -> None:
        """Its topics were judged, and what is held for them was kept, for another customer's browser."""
        event = recorded.event
        for topic in {*connection.cursors, *connection.held}:
            kind, _, subject = topic.partition(":")
            has_parted = isinstance(event, CustomerUnmerged) and subject not in event.conversations
            if has_parted and kind == "conversation":
                self._refuse(connection, topic)
            elif topic == "visitor" or topic in connection.held:
                self._resync(connection, topic, recorded.position)

    def _following(self, recorded: Recorded[Event], topic: str) -> tuple[Connection, ...]:
        return tuple(self._followers.get((recorded.organisation, topic), ()))

    def _refuse(self, connection: Connection, topic: str) -> None:
        """Who could follow this can no longer."""
        self._unfollow(connection, topic)
        refused = {"op": "refused", "id": None, "topic": topic, "error": NotFound().as_error()}
        connection.push(protocol.encode_any(refused))
