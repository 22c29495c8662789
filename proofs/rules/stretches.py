"""What one client read of a topic without a gap, and what all agents together read of the inbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from proofs.history import Asked, Event, Heard, History, Ponged, Replayed, Subscribed
from proofs.rules.records import audience_of, of

INBOX = "inbox"
NEVER = 2**63


@dataclass
class Stretch:
    """One client's unbroken reading of a topic: from its first cursor to the last position claimed complete.

    Reconnecting continues it. Only a `resync` or a subscription from elsewhere begins another.
    """

    after: int | None
    """None until the answer tells where "from now" was."""
    complete: int
    positions: list[int] = field(default_factory=list)


def stretches_of(history: History) -> dict[tuple[str, str], list[Stretch]]:
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


def spans_of_the_inbox(history: History) -> list[tuple[int, int]]:
    """Where nothing in the inbox escaped all of the agents: after the first position, up to the second."""
    spans = [
        (stretch.after, stretch.complete)
        for (client, topic), stretches in stretches_of(history).items()
        if topic == INBOX and audience_of(client) == "agent"
        for stretch in stretches
        if stretch.after is not None
    ]
    spans += [(one.after, one.position) for one in of(history, Replayed) if one.topic == INBOX]
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined


def readings_of_visitors(history: History) -> Iterator[tuple[str, Event, int, int]]:
    """What visitors read, and the positions between which the server looked whether they may.

    It looks when an event is handed out, or at the snapshot that a replay is read from: later than the event, and not
    later than what `subscribed` says.
    """
    replayed: dict[str, list[Event]] = {}
    for record in history:
        match record:
            case Asked(client, "visitor"):
                replayed[client] = []
            case Heard(client, "visitor", event) if client in replayed:
                replayed[client].append(event)
            case Heard(client, "visitor", event):
                yield audience_of(client), event, event.position, event.position
            case Subscribed(client, "visitor", position):
                yield from _read_by(client, replayed.pop(client, []), position)
            case Replayed("visitor", audience, _, position, events):
                yield from ((audience, event, position, position) for event in events)
            case _:
                pass
    for client, unfinished in replayed.items():
        yield from _read_by(client, unfinished, NEVER)


def _read_by(client: str, events: list[Event], position: int) -> Iterator[tuple[str, Event, int, int]]:
    return ((audience_of(client), event, event.position, max(event.position, position)) for event in events)
