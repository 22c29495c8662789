"""Capacity holds at every position, not only at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofs.history import Began, Event, History, Load, Replayed
from proofs.rules.records import of

BY_PEOPLE = {"answered", "by_hand", "wrote_first"}
"""An agent may take more than the limit by hand; only the server may not give it."""


@dataclass
class Hands:
    """Who holds which conversation, kept up to date event by event."""

    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_open: dict[str, bool] = field(default_factory=dict)
    load: Counter[str] = field(default_factory=Counter)

    def take(self, event: Event) -> set[str]:
        """Whom the event gives a conversation they did not have."""
        conversation = event.conversation or ""
        before = self._counted(conversation)
        self.load.subtract(before)
        if event.assigned is not None:
            self.holders[conversation] = event.assigned
        if event.is_open is not None:
            self.is_open[conversation] = event.is_open
        after = self._counted(conversation)
        self.load.update(after)
        return set(after) - set(before)

    def _counted(self, conversation: str) -> tuple[str, ...]:
        return self.holders.get(conversation, ()) if self.is_open.get(conversation, True) else ()


def nobody_is_given_more_than_fits(history: History) -> Iterator[str]:
    """Walks through all conversations in the order of the journal and counts what each agent holds."""
    capacity = next((began.capacity for began in of(history, Began)), None)
    if capacity is None:
        return
    hands = Hands()
    for event in _in_order(history):
        for agent in hands.take(event):
            if hands.load[agent] > capacity and event.reason not in BY_PEOPLE:
                yield f"at {event.position} {agent} is given one more and has {hands.load[agent]}, {capacity} fit"


def lists_agree_with_events(history: History) -> Iterator[str]:
    """What the API lists for an agent in the end is what the events gave them."""
    hands = Hands()
    for event in _in_order(history):
        hands.take(event)
    for counted in of(history, Load):
        if counted.conversations != hands.load[counted.agent]:
            held = hands.load[counted.agent]
            yield f"{counted.agent}: {counted.conversations} open conversations listed, {held} by the events"


def _in_order(history: History) -> list[Event]:
    events = {
        event.position: event
        for reading in of(history, Replayed)
        if reading.audience == "agent" and reading.topic.startswith("conversation:") and reading.after == 0
        for event in reading.events
        if event.assigned is not None or event.is_open is not None
    }
    return [events[position] for position in sorted(events)]
