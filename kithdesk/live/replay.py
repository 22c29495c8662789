"""Catching a cursor up with the journal, then following: nothing missed, nothing twice.

What is committed during a read is held and pushed after it, as far as the read did not show it. Long replays give the
loop a turn every 200 events, one replay at a time, so that a thousand clients coming back at once slow
nobody's ack.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import msgspec

from kithdesk.conversations import seen_by
from kithdesk.core import journal
from kithdesk.core.actors import Actor
from kithdesk.core.database import Done
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reads
from kithdesk.customers import Visitor, VisitorId, find_visitor
from kithdesk.live import protocol
from kithdesk.live.client_frames import Subscribe
from kithdesk.live.connection import Connection
from kithdesk.live.hearing import audience_of, may_see
from kithdesk.live.hub import Hub
from kithdesk.live.protocol import MAX_BEHIND, MAX_UNSENT
from kithdesk.live.topics import source_of

T = TypeVar("T")

CHUNK = 200
ENOUGH_UNSENT = MAX_UNSENT // 4
"""A replay waits for its reader long before that one counts as slow."""
_SLOW_READER_SECONDS = 0.02


def begin(connection: Connection, topic: str) -> object:
    """A turn to subscribe, taken when the frame arrives: what the client asks later comes later."""
    turn = connection.replaying[topic] = object()
    return turn


async def subscribe(hub: Hub, connection: Connection, frame: Subscribe, turn: object) -> None:
    """Answers with the topic's events after `frame.after`, then `subscribed`; or with `resync`. Raises refusals.

    Says nothing when the turn has passed: the client has unsubscribed, or subscribed again.
    """
    topic = frame.topic
    if connection.replaying.get(topic) is not turn:
        return
    try:
        if frame.after is None:
            await _follow_from_now(hub, connection, frame, turn)
        elif (await _ask(hub, connection, _is_too_far, topic, frame.after)).value:
            hub.resync(connection, topic, hub.position(connection))
        else:
            await _replay(hub, connection, frame, frame.after, turn)
    finally:
        if connection.replaying.get(topic) is turn:
            del connection.replaying[topic]
            if topic in connection.held:
                hub.unfollow(connection, topic)


async def _ask(hub: Hub, connection: Connection, query: Callable[..., T], *args: Any) -> Done[T]:
    """Asks as whoever the reader is at the very snapshot that answers.

    A visitor's first message may have been committed on another node, and nobody here been told: the answer to a
    nobody would be empty, and complete up to a position behind that message.
    """
    while True:
        actor = connection.actor
        done = await hub.desk.read(_as_known, query, args, by=actor)
        known, departed, answer = done.value
        if connection.actor is not actor:
            continue  # the hub has been told of something meanwhile
        connection.departed.update(departed)
        if known == actor:
            return Done(cast(T, answer), done.position)
        hub.become(connection, known)


def _as_known(
    reads: Reads, query: Callable[..., T], args: Sequence[Any]
) -> tuple[Actor, dict[str, int], T | None]:
    """The answer, or none when it would be somebody else's who asks; and from where on they have no part in what."""
    found = find_visitor(reads, VisitorId(str(reads.actor.author))) if reads.actor.is_visitor else None
    known = _reader(reads, found)
    departed = {} if found is None else _departed(reads, found)
    return known, departed, query(reads, *args) if known == reads.actor else None


def _reader(reads: Reads, found: Visitor | None) -> Actor:
    """Whose customer a browser is by now, and what it may see when that is not all."""
    actor = reads.actor
    if found is None or found.customer is None:
        return actor
    sees = seen_by(reads, found)
    if actor.id is None or actor.sees is not None:
        name = found.display_name if sees is None else actor.display_name
        return msgspec.structs.replace(actor, id=found.customer, display_name=name, sees=sees)
    # The hub is told when it becomes another's, and follows that one then. What it may see counts for this answer.
    return actor if found.customer != actor.id else msgspec.structs.replace(actor, sees=sees)


def _departed(reads: Reads, browser: Visitor) -> dict[str, int]:
    return {
        conversation: journal.position_of(reads, reads.organisation, departure.event)
        for conversation, departure in browser.departed.items()
    }


def _events(reads: Reads, topic: str, after: int, limit: int) -> list[Recorded[Event]]:
    return source_of(reads, topic)(reads, after, limit, 0)


def _is_too_far(reads: Reads, topic: str, after: int) -> bool:
    """Past the head, before the beginning, or more events behind than a replay carries."""
    read = source_of(reads, topic)
    head = journal.head(reads, reads.organisation)
    if not 0 <= after <= head:
        return True
    return head - after > MAX_BEHIND and bool(read(reads, after, 1, MAX_BEHIND))


async def _follow_from_now(hub: Hub, connection: Connection, frame: Subscribe, turn: object) -> None:
    """Now is what the database says: other nodes may have told of more than has been handed out here."""
    hub.hold(connection, frame.topic)
    now = (await _ask(hub, connection, source_of, frame.topic)).position
    if _is_wanted(connection, frame.topic, turn):
        _follow(hub, connection, frame, now)


async def _replay(hub: Hub, connection: Connection, frame: Subscribe, cursor: int, turn: object) -> None:
    topic = frame.topic
    while True:
        async with hub.replay_turn:
            if not connection.is_open or connection.replaying.get(topic) is not turn:
                return
            hub.unfollow(connection, topic)
            hub.hold(connection, topic)
            # Looked up in each round, and once it is held: rights, the customer, or the topic itself may have gone.
            done = await _ask(hub, connection, _events, topic, cursor, CHUNK)
            if not _is_wanted(connection, topic, turn):
                return
            is_last = len(done.value) < CHUNK
            for recorded in done.value:
                cursor = recorded.position
                text = _frame(hub, connection, topic, recorded)
                if text is not None:
                    connection.push(text)
                    if connection.unsent > ENOUGH_UNSENT:
                        is_last = False
                        break
            if is_last:
                _follow(hub, connection, frame, done.position)
                return
            await asyncio.sleep(0)
        while connection.is_behind and connection.is_open:  # noqa: ASYNC110 - rare, and bounded by the heartbeat
            await asyncio.sleep(_SLOW_READER_SECONDS)


def _frame(hub: Hub, connection: Connection, topic: str, recorded: Recorded[Event]) -> str | None:
    if connection.actor.is_visitor and not may_see(connection, recorded):
        return None
    only = recorded.event.only_for(recorded)
    if only is not None and only != connection.actor.id:
        return None
    return hub.frame(topic, recorded, audience_of(connection, recorded))


def _is_wanted(connection: Connection, topic: str, turn: object) -> bool:
    """Not when the client closed, unsubscribed or subscribed again meanwhile, or the topic ended."""
    return connection.is_open and connection.replaying.get(topic) is turn and topic in connection.held


def _follow(hub: Hub, connection: Connection, frame: Subscribe, position: int) -> None:
    answer = protocol.Subscribed(topic=frame.topic, position=position)
    if frame.id is not None:
        answer.id = frame.id
    connection.push(protocol.encode(answer))
    hub.follow(connection, frame.topic, position)
