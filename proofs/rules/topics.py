"""No reader misses or repeats: cursors, replay and live are one sequence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

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
    TopicRefused,
    Unread,
)
from proofs.rules.records import audience_of, of
from proofs.rules.stretches import INBOX, Stretch, readings_of_visitors, stretches_of
from proofs.rules.truth import Expected, Truth

PASSING = {"overloaded"}
"""Refusals that say nothing of the topic."""
SPOKEN = ("message.created", "note.created")


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
    """What a client heard, live or replayed, is exactly what a reading at the end has in the same stretch."""
    truth = Truth.of(history)
    for (client, topic), stretches in stretches_of(history).items():
        expected = truth.expected(client, topic)
        for stretch in stretches:
            if stretch.after is None:
                continue
            if expected is not None:
                yield from _compare(f"{client} {topic}", stretch, expected)
            if topic == INBOX:
                yield from _compare_inbox(client, stretch, truth)


def topics_are_refused_for_a_reason(history: History) -> Iterator[str]:
    """The only topic that ends is that of a customer who was merged into another; the rest may be asked for again."""
    merges = Truth.of(history).merges
    for refused in of(history, TopicRefused):
        kind, _, subject = refused.topic.partition(":")
        if refused.code not in PASSING and (kind != "customer" or subject not in merges):
            yield f"{refused.client} {refused.topic}: refused with {refused.code}"


def everything_can_be_read_again(history: History) -> Iterator[str]:
    """Whatever is listed in the end stands on topics that somebody may follow."""
    for unread in of(history, Unread):
        yield f"{unread.audience}: {unread.topic} is refused with {unread.code}"


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
    """Neither a note nor that somebody has read one."""
    notes = {event.message for _, _, event in _all_events(history) if event.kind == "note.created"}
    for audience, topic, event in _all_events(history):
        if audience != "agent" and event.message in notes:
            yield f"{audience} {topic}: {event.kind} of a note at {event.position}"


def visitors_hear_only_their_own(history: History) -> Iterator[str]:
    """Judged by who opened what, who logged in as whom, and whose it was at the time of reading."""
    truth = Truth.of(history)
    judged: set[tuple[str, str, int]] = set()
    for audience, event, first, last in readings_of_visitors(history):
        conversation = event.conversation or ""
        if conversation not in truth.whose.of_conversation or (audience, conversation, last) in judged:
            continue
        judged.add((audience, conversation, last))
        if not truth.may_read(audience, conversation, first, last):
            owner = truth.whose.owner(conversation, last)
            yield f"{audience}: {event.kind} at {event.position}, read by {last}, is customer {owner}'s"


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


def _compare(who: str, stretch: Stretch, expected: Expected) -> Iterator[str]:
    after = max(stretch.after or 0, expected.begin)
    there = {position for position in expected.positions if after < position <= stretch.complete}
    heard = {position for position in stretch.positions if after < position <= stretch.complete}
    if missed := sorted(there - heard - expected.optional):
        yield f"{who}: missed {len(missed)} in ({after}, {stretch.complete}]: {missed[:5]}"
    if extra := sorted(heard - there - expected.gone):
        yield f"{who}: heard {len(extra)} that a reading at the end has not: {extra[:5]}"


def _compare_inbox(client: str, stretch: Stretch, truth: Truth) -> Iterator[str]:
    """The inbox is mostly too long to be read whole; all of its conversations are."""
    after, heard = stretch.after or 0, set(stretch.positions)
    expected = {position for position in truth.of_conversations() if after < position <= stretch.complete}
    if missed := sorted(expected - heard):
        yield f"{client} inbox: missed {len(missed)} in ({after}, {stretch.complete}]: {missed[:5]}"


def _all_events(history: History) -> Iterator[tuple[str, str, Event]]:
    """Every event that anybody saw: audience, topic, event. Agents' inboxes and conversations are one audience."""
    for record in history:
        match record:
            case Heard(client, topic, event):
                yield audience_of(client), topic, event
            case Replayed(topic, audience, _, _, events):
                for event in events:
                    yield audience, topic, event
            case _:
                pass
