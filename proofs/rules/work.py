"""Capacity holds at every position, not only at the end, and nobody is given work who is not there for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofs.history import Began, Event, Heard, History, Load, Replayed
from proofs.rules.records import audience_of, of
from proofs.rules.stretches import spans_of_the_inbox

BY_PEOPLE = {"answered", "by_hand", "wrote_first"}
"""An agent may take, or be handed, more than the limit; only the server may not give it."""
AT_ONCE = 3
"""One command states its events side by side: opened again, and given on because its agent is full."""


@dataclass
class Hands:
    """Who holds which conversation, kept up to date event by event."""

    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    load: Counter[str] = field(default_factory=Counter)

    def take(self, event: Event) -> set[str]:
        """Whom the event gives a conversation they did not have to attend to."""
        conversation = event.conversation or ""
        before = self._counted(conversation)
        self.load.subtract(before)
        if event.assigned is not None:
            self.holders[conversation] = event.assigned
        if event.status is not None:
            self.status[conversation] = event.status
        if event.kind == "conversation.ended":
            self.ended.add(conversation)
        after = self._counted(conversation)
        self.load.update(after)
        return set(after) - set(before)

    def _counted(self, conversation: str) -> tuple[str, ...]:
        is_open = self.status.get(conversation, "open") == "open" and conversation not in self.ended
        return self.holders.get(conversation, ()) if is_open else ()


def nobody_is_given_more_than_fits(history: History) -> Iterator[str]:
    """Walks through all conversations in the order of the journal and counts what each agent holds."""
    capacity = next((began.capacity for began in of(history, Began)), None)
    if capacity is None:
        return
    hands = Hands()
    events = _in_order(history)
    for index, event in enumerate(events):
        for agent in hands.take(event):
            is_too_much = hands.load[agent] > capacity and event.reason not in BY_PEOPLE
            if is_too_much and event.actor != agent and not _is_taken_off(agent, event, events[index + 1 :]):
                yield f"at {event.position} {agent} is given one more and has {hands.load[agent]}, {capacity} fit"


def the_away_are_given_nothing(history: History) -> Iterator[str]:
    """Only an agent who is available is given work, by the last status that was stated before.

    Statuses are told to the inbox alone. Where no agent listened for a while nobody knows, and nothing is judged.
    """
    events = {event.position: event for event in _in_order(history)} | _statuses(history)
    hands = Hands()
    for begin, end in spans_of_the_inbox(history):
        status: dict[str, str] = {}
        for position in sorted(one for one in events if begin < one <= end):
            event = events[position]
            if event.agent is not None and event.status is not None:
                status[event.agent] = event.status
            elif event.reason is not None and event.reason not in BY_PEOPLE:
                for agent in hands.take(event):
                    if status.get(agent, "available" if begin else "offline") != "available":
                        yield f"at {position} {agent} is given {event.conversation}, and is {status.get(agent)}"
            else:
                hands.take(event)


def lists_agree_with_events(history: History) -> Iterator[str]:
    """What the API lists for an agent in the end is what the events gave them."""
    events = _in_order(history)
    for counted in of(history, Load):
        hands = Hands()
        for event in events:
            # Reading everything takes so long that agents may be called away meanwhile.
            if event.position <= counted.position:
                hands.take(event)
        if counted.conversations != hands.load[counted.agent]:
            held = hands.load[counted.agent]
            yield f"{counted.agent}: {counted.conversations} open conversations listed, {held} by the events"


def _is_taken_off(agent: str, event: Event, later: list[Event]) -> bool:
    """What opens again counts as its agent's until the same command gives it on; nobody ever saw it so."""
    return any(
        next_one.conversation == event.conversation
        and next_one.assigned is not None
        and agent not in next_one.assigned
        for next_one in later[:AT_ONCE]
        if next_one.position <= event.position + AT_ONCE
    )


def _statuses(history: History) -> dict[int, Event]:
    """Statuses of agents go to the inbox alone: whoever listened there has them."""
    found: dict[int, Event] = {}
    for record in history:
        if isinstance(record, Heard) and audience_of(record.client) == "agent":
            events: tuple[Event, ...] = (record.event,)
        elif isinstance(record, Replayed) and record.audience == "agent":
            events = record.events
        else:
            continue
        found.update((event.position, event) for event in events if event.agent is not None)
    return found


def _in_order(history: History) -> list[Event]:
    """What says who holds what, of all conversations."""
    events = {
        event.position: event
        for reading in of(history, Replayed)
        if reading.audience == "agent" and reading.topic.startswith("conversation:") and reading.after == 0
        for event in reading.events
        if event.assigned is not None or event.status is not None or event.kind == "conversation.ended"
    }
    return [events[position] for position in sorted(events)]
