"""How long agents had a conversation: what Kustomer's clients add up to handle time.

opened ─assigned to them, and open─▶ in their hands ─assigned to others, snoozed, done, ended─▶ not in their hands

That is by whom it was to be served, and not who had it on their screen: nobody is timed at that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from kithdesk.conversations import Conversation, ConversationId, get_conversation
from kithdesk.conversations.events import ConversationAssigned, ConversationEnded, ConversationUpdated
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import EventId
from kithdesk.core.journal_pages import first_of_conversation
from kithdesk.core.work import Reads

MOST_FACTS = 10_000
"""Of one conversation's: what changed hands more often tells of its first years."""
_KINDS = (ConversationAssigned.kind, ConversationUpdated.kind, ConversationEnded.kind)


class Stretch(msgspec.Struct, kw_only=True):
    """One agent has it, from a fact to another. `until` None: still."""

    event: EventId
    user: str
    began: Instant
    until: Instant | None = None
    users: tuple[str, ...]
    teams: tuple[str, ...]

    @property
    def id(self) -> str:
        """Of one fact, one begins at most for each of its agents."""
        return f"{self.event}-{self.users.index(self.user) + 1}"


class Handled(msgspec.Struct, frozen=True):
    """The conversation, and the times in it."""

    conversation: Conversation
    stretches: list[Stretch]


def list_times(reads: Reads, conversation: ConversationId) -> Handled:
    """In the order they began. Raises `NotFound`."""
    known = get_conversation(reads, conversation)
    facts = first_of_conversation(reads, reads.organisation, known.id, _KINDS, limit=MOST_FACTS)
    return Handled(known, stretches_in(facts))


def stretches_in(facts: Iterable[Recorded[Event]]) -> list[Stretch]:
    """The times that facts of one conversation, ascending, tell of."""
    found: list[Stretch] = []
    going: dict[str, Stretch] = {}
    users: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    is_open, is_ended = True, False
    for recorded in facts:
        event: Any = recorded.event
        if isinstance(event, ConversationAssigned):
            users, teams = tuple(event.users), tuple(event.teams)
        elif isinstance(event, ConversationEnded):
            is_ended = True
        elif isinstance(event, ConversationUpdated) and event.status is not None:
            is_open = event.status.after == "open"
        have = users if is_open and not is_ended else ()
        for user in [user for user in going if user not in have]:
            going.pop(user).until = recorded.at
        for user in have:
            if user not in going:
                going[user] = Stretch(
                    event=recorded.id, user=user, began=recorded.at, users=users, teams=teams
                )
                found.append(going[user])
    return found
