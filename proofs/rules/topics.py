"""No reader misses or repeats: cursors, replay and live are one sequence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from proofs.history import (
    Acked,
    Asked,
    Event,
    Heard,
    History,
    Listed,
    Ponged,
    Replayed,
    Subscribed,
    Timeline,
)
from proofs.rules.records import of

INBOX = "inbox"
SPOKEN = ("message.created", "note.created")


@dataclass
class Stretch:
    """One client's unbroken reading of a topic: from its first cursor to the last position claimed complete.

    Reconnecting continues it. Only a `resync` or a subscription from elsewhere begins another.
    """

    after: int | None
    """None until the answer tells where "from now" was."""
    complete: int
    positions: list[int] = field(default_factory=list)


def positions_increase(history: History) -> Iterator[str]:
    """On one topic, for one client, no position comes twice or late, not even across a reconnect or a `pong`."""
    cursor: dict[tuple[str, str], int] = {}
    for record in history:
        match record:
            case Heard(client, topic, event):
                if event.position <= cursor.get((client, topic), -1):
                    yield (
                        f"{client} {topic}: {event.kind} at {event.position} came when the topic was complete"
                        f" up to {cursor[(client, topic)]}"
                    )
                cursor[(client, topic)] = max(cursor.get((client, topic), -1), event.position)
            case Asked(client, topic, after):
                cursor[(client, topic)] = -1 if after is None else after
            case Subscribed(client, topic, position):
                if position < cursor[(client, topic)]:
                    yield f"{client} {topic}: at {cursor[(client, topic)]}, and told complete up to {position}"
                cursor[(client, topic)] = max(cursor[(client, topic)], position)
            case Ponged(client, position, topics):
                for topic in topics:
                    cursor[(client, topic)] = max(cursor.get((client, topic), -1), position)
            case _:
                pass


def nothing_is_missed(history: History) -> Iterator[str]:
    """What a client heard, live or replayed, is exactly what a reading from zero has in the same stretch."""
    whole = {(one.audience, one.topic): one for one in of(history, Replayed) if one.after == 0}
    conversations = _positions_of_conversations(whole.values())
    tail = next((one for one in of(history, Replayed) if one.topic == INBOX and one.after > 0), None)
    for (client, topic), stretches in _stretches(history).items():
        for stretch in stretches:
            if stretch.after is None:
                continue
            if topic == INBOX and (INBOX, "agent") not in whole:
                yield from _compare_inbox(client, stretch, conversations, tail)
            elif (truth := whole.get((client, topic)) or whole.get(("agent", topic))) is not None:
                yield from _compare(f"{client} {topic}", stretch, {event.position for event in truth.events})


def a_position_is_one_event(history: History) -> Iterator[str]:
    """Whoever sees a position sees the same event there, and a message has one position."""
    at: dict[int, tuple[str, str | None, str | None]] = {}
    of_message: dict[str | None, int] = {}
    digests: dict[tuple[int, bool, str], str] = {}
    for audience, topic, event in _all_events(history):
        identity = (event.kind, event.conversation, event.message)
        if at.setdefault(event.position, identity) != identity:
            yield f"position {event.position} is {at[event.position]} and {identity}"
        if event.kind in SPOKEN and of_message.setdefault(event.message, event.position) != event.position:
            yield f"message {event.message} stands at {of_message[event.message]} and {event.position}"
        seen = digests.setdefault((event.position, audience == "agent", event.kind), event.digest)
        if seen != event.digest:
            yield f"{topic} at {event.position}: {event.kind} differs between two readings"


def an_answer_tells_the_events_position(history: History) -> Iterator[str]:
    """The position in an `ack` is where its message stands."""
    stands = {event.message: event.position for _, _, event in _all_events(history) if event.kind in SPOKEN}
    for acked in of(history, Acked):
        if acked.message in stands and stands[acked.message] != acked.position:
            yield f"{acked.id}: acknowledged at {acked.position}, stands at {stands[acked.message]}"


def visitors_hear_no_notes(history: History) -> Iterator[str]:
    for audience, topic, event in _all_events(history):
        if audience != "agent" and event.kind == "note.created":
            yield f"{audience} {topic}: a note at {event.position}"


def timelines_are_complete(history: History) -> Iterator[str]:
    """A customer's timeline has each of their messages once, in order, whichever way it is paged."""
    messages: dict[str, set[str]] = defaultdict(set)
    for listed in of(history, Listed):
        messages[listed.customer] |= {message.id for message in listed.messages}
    for timeline in of(history, Timeline):
        positions = [entry.position for entry in timeline.entries]
        if positions != sorted(set(positions)):
            yield f"timeline of {timeline.customer} ({timeline.direction}) repeats or is out of order"
        shown = {entry.message for entry in timeline.entries if entry.message is not None}
        if missing := messages[timeline.customer] - shown:
            yield f"timeline of {timeline.customer} ({timeline.direction}) lacks {len(missing)}: {sorted(missing)[:3]}"
        if extra := shown - messages[timeline.customer]:
            yield f"timeline of {timeline.customer} ({timeline.direction}) has {sorted(extra)[:3]} that nobody sent"


def _stretches(history: History) -> dict[tuple[str, str], list[Stretch]]:
    found: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for record in history:
        match record:
            case Asked(client, topic, after):
                stretches = found[(client, topic)]
                if not stretches or after is None or after != stretches[-1].complete:
                    stretches.append(Stretch(after, after or 0))
            case Subscribed(client, topic, position):
                stretch = found[(client, topic)][-1]
                stretch.after = position if stretch.after is None else stretch.after
                stretch.complete = max(stretch.complete, position)
            case Heard(client, topic, event):
                stretch = found[(client, topic)][-1]
                stretch.positions.append(event.position)
                stretch.complete = max(stretch.complete, event.position)
            case Ponged(client, position, topics):
                for topic in topics:
                    stretch = found[(client, topic)][-1]
                    stretch.complete = max(stretch.complete, position)
            case _:
                pass
    return found


def _compare(who: str, stretch: Stretch, truth: set[int]) -> Iterator[str]:
    after = stretch.after or 0
    expected = {position for position in truth if after < position <= stretch.complete}
    heard = {position for position in stretch.positions if after < position <= stretch.complete}
    if missed := sorted(expected - heard):
        yield f"{who}: missed {len(missed)} in ({after}, {stretch.complete}]: {missed[:5]}"
    if extra := sorted(heard - expected):
        yield f"{who}: heard {len(extra)} that a reading from zero has not: {extra[:5]}"


def _compare_inbox(
    client: str, stretch: Stretch, conversations: set[int], tail: Replayed | None
) -> Iterator[str]:
    """The inbox is too long to be read from zero: all of its conversations are, and all of its end."""
    after = stretch.after or 0
    heard = set(stretch.positions)
    expected = {position for position in conversations if after < position <= stretch.complete}
    if missed := sorted(expected - heard):
        yield f"{client} inbox: missed {len(missed)} in ({after}, {stretch.complete}]: {missed[:5]}"
    if tail is not None:
        begin = max(after, tail.after)
        truth = {event.position for event in tail.events}
        yield from _compare(f"{client} inbox", Stretch(begin, stretch.complete, stretch.positions), truth)


def _positions_of_conversations(readings: Iterable[Replayed]) -> set[int]:
    return {
        event.position
        for reading in readings
        if reading.topic.startswith("conversation:") and reading.audience == "agent"
        for event in reading.events
    }


def _all_events(history: History) -> Iterator[tuple[str, str, Event]]:
    """Every event that anybody saw: audience, topic, event. Agents' inboxes and conversations are one audience."""
    for record in history:
        match record:
            case Heard(client, topic, event):
                yield ("agent" if client.startswith("agent") else client), topic, event
            case Replayed(topic, audience, _, _, events):
                for event in events:
                    yield audience, topic, event
            case _:
                pass
