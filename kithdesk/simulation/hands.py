"""Who has a conversation, and since when, as its facts tell. The same for the past and for what is played."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
    MessageCreated,
    NoteCreated,
)
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.routing.events import WorkOffered, WorkOfferEnded


@dataclass(slots=True)
class Hand:
    """One conversation. `since`: since when whoever has it has it."""

    users: tuple[str, ...] = ()
    is_open: bool = True
    since: Instant | None = None

    @property
    def is_held(self) -> bool:
        return self.is_open and bool(self.users)


@dataclass(slots=True)
class Hands:
    """All conversations of a world."""

    of: dict[str, Hand] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    """Whose work items are: an item is called as the fact that began it."""
    offers: dict[str, Recorded[WorkOffered]] = field(default_factory=dict)
    """Those that stand."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Of the last message or note."""

    def hear(self, recorded: Recorded[Event]) -> Hand | None:
        """Answers the hand that this is about, where it may have changed."""
        event = recorded.event
        self._hear_offer(recorded)
        if isinstance(event, MessageCreated | NoteCreated):
            self.numbers[event.conversation] = max(self.numbers.get(event.conversation, 0), event.number)
        if isinstance(event, ConversationOpened):
            self.items[recorded.id] = event.conversation
            hand = self.of[event.conversation] = Hand()
            return hand
        if not isinstance(event, ConversationAssigned | ConversationUpdated | ConversationEnded):
            return None
        hand = self.of.setdefault(event.conversation, Hand())
        was_held, before = hand.is_held, hand.users
        if isinstance(event, ConversationAssigned):
            hand.users = tuple(event.users)
            self.offers.pop(event.conversation, None)
        elif isinstance(event, ConversationEnded):
            hand.is_open = False
        elif event.status is not None:
            hand.is_open = event.status.after == "open"
            self.items[recorded.id] = event.conversation
        if not hand.is_open:
            self.offers.pop(event.conversation, None)
        if not hand.is_held:
            hand.since = None
        elif not was_held or set(hand.users) - set(before):
            hand.since = recorded.at
        return hand

    def _hear_offer(self, recorded: Recorded[Event]) -> None:
        event = recorded.event
        if isinstance(event, WorkOffered):
            self.offers[event.conversation] = cast(Recorded[WorkOffered], recorded)
        elif isinstance(event, WorkOfferEnded):
            self.offers.pop(event.conversation, None)

    def get(self, conversation: str) -> Hand:
        return self.of.get(conversation) or Hand()
