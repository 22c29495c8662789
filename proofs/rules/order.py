"""Order: of one sender, of one conversation's list, and of what came after what in the world outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from proofs.history import Acked, Asked, History, Listed, Refused, Replayed, Sent, Subscribed
from proofs.rules.records import of, position_told

SPOKEN = ("message.created", "note.created")


def senders_keep_their_order(history: History) -> Iterator[str]:
    """What one client sent to one conversation stands there in the order of sending.

    A client repeats its unanswered sends in their old order, so order holds across restarts too. Only sends that were
    refused on the way may stand later: the client tries them again after others.
    """
    refused = {one.id for one in of(history, Refused)}
    rank: dict[str, int] = {}
    for number, sent in enumerate(of(history, Sent)):
        rank.setdefault(sent.id, number)
    lines: dict[tuple[str, str], dict[str, Acked]] = defaultdict(dict)
    for acked in of(history, Acked):
        if acked.id not in refused and acked.id in rank and acked.position is not None:
            lines[(acked.client, acked.conversation)][acked.id] = acked
    for (client, conversation), answers in lines.items():
        by_position = sorted(answers.values(), key=lambda acked: acked.position or 0)
        for earlier, later in pairwise(by_position):
            if rank[earlier.id] > rank[later.id]:
                yield (
                    f"{client} in {conversation}: {later.id} was sent before {earlier.id} and stands after it"
                    f" ({later.position} > {earlier.position})"
                )


def a_conversation_is_one_list(history: History) -> Iterator[str]:
    """A conversation is a list that is only appended to: its events and the API's pages show one order.

    The API has messages and notes in two lists, newest first.
    """
    spoken: dict[str, list[tuple[str, str | None]]] = {}
    for reading in of(history, Replayed):
        kind, _, conversation = reading.topic.partition(":")
        if kind == "conversation" and reading.after == 0:
            events = sorted(reading.events, key=lambda event: event.position)
            spoken[conversation] = [(one.kind, one.message) for one in events if one.kind in SPOKEN]
    for listed in of(history, Listed):
        for kind in ("message", "note"):
            shown = [message.id for message in listed.messages if message.kind == kind]
            said = [
                message
                for of_kind, message in spoken.get(listed.conversation, ())
                if of_kind == f"{kind}.created"
            ]
            if shown != said[::-1]:
                yield f"{listed.conversation}: {len(shown)} {kind}s are listed in another order than they were said"


def what_came_later_stands_later(history: History) -> Iterator[str]:
    """Whatever anybody was told of before a message was first sent stands before that message."""
    told, before_send = 0, dict[str, int]()
    for record in history:
        told = max(told, position_told(record))
        if isinstance(record, Sent):
            before_send.setdefault(record.id, told)
    for acked in of(history, Acked):
        if acked.position is not None and acked.position <= before_send.get(acked.id, 0):
            yield f"{acked.id}: stands at {acked.position}, and was sent when {before_send[acked.id]} was known"


def a_later_reading_covers_what_was_told(history: History) -> Iterator[str]:
    """Whoever subscribes after somebody was told a position is given everything up to there, on any node."""
    told, at_asking = 0, dict[tuple[str, str], int]()
    for record in history:
        match record:
            case Asked(client, topic, _):
                at_asking[(client, topic)] = told
            case Subscribed(client, topic, position) if position < at_asking.get((client, topic), 0):
                yield (
                    f"{client} {topic}: complete up to {position}, asked when"
                    f" {at_asking[(client, topic)]} was known"
                )
            case _:
                pass
        told = max(told, position_told(record))
