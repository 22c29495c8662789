"""Catching a cursor up with the journal, then following: nothing missed, nothing twice.

What is committed during a read is held and pushed after it, as far as the read did not show it. Long replays give the
loop a turn every 200 events, one replay at a time, so that a thousand clients coming back at once slow
nobody's ack.
"""

from __future__ import annotations

import asyncio

import msgspec

from kithdesk.conversations import seen_by
from kithdesk.core import journal
from kithdesk.core.database import Done
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Reads
from kithdesk.customers import Visitor, VisitorId, find_visitor
from kithdesk.live import protocol
from kithdesk.live.connection import Connection
from kithdesk.live.hub import Hub, audience_of, may_see
from kithdesk.live.protocol import MAX_BEHIND, MAX_UNSENT, Subscribe
from kithdesk.live.topics import ReadAfter, source_of

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
        elif await _is_too_far(hub, connection, (await _source(hub, connection, topic)).value, frame.after):
            hub.resync(connection, topic, hub.position(connection))
        else:
            await _replay(hub, connection, frame, frame.after, turn)
    finally:
        if connection.replaying.get(topic) is turn:
            del connection.replaying[topic]
            if topic in connection.held:
                hub.unfollow(connection, topic)


async def _source(hub: Hub, connection: Connection, topic: str) -> Done[ReadAfter]:
    """How the topic's past is read. Raises `NotFound` for a topic the reader may not follow."""
    await _know_customer(hub, connection)
    return await hub.desk.read(source_of, topic, by=connection.actor)


async def _know_customer(hub: Hub, connection: Connection) -> None:
    """Whose first message was committed after the token was looked up, and before the hub could tell the connection;
    and what a browser may see that does not see all."""
    actor = connection.actor
    if not actor.is_visitor or (actor.id is not None and actor.sees is None):
        return
    found, sees = (await hub.desk.read(_found, VisitorId(str(actor.author)), by=actor)).value
    if found is None or found.customer is None or connection.actor is not actor:
        return
    name = found.display_name if sees is None else actor.display_name
    known = msgspec.structs.replace(actor, id=found.customer, display_name=name, sees=sees)
    if known != actor:
        connection.actor = known


def _found(reads: Reads, visitor: VisitorId) -> tuple[Visitor | None, frozenset[str] | None]:
    found = find_visitor(reads, visitor)
    return found, None if found is None else seen_by(reads, found)


async def _follow_from_now(hub: Hub, connection: Connection, frame: Subscribe, turn: object) -> None:
    """Now is what the database says: other nodes may have told of more than has been handed out here."""
    hub.hold(connection, frame.topic)
    now = (await _source(hub, connection, frame.topic)).position
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
            read = (await _source(hub, connection, topic)).value
            actor = connection.actor
            done = await hub.desk.read(read, cursor, CHUNK, 0, by=actor)
            if not _is_wanted(connection, topic, turn):
                return
            if connection.actor is not actor:
                continue
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
    if topic == "visitor" and not may_see(connection, recorded):
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


async def _is_too_far(hub: Hub, connection: Connection, read: ReadAfter, after: int) -> bool:
    """Past the head, before the beginning, or more events behind than a replay carries."""
    actor = connection.actor
    head = (await hub.desk.read(journal.head, actor.organisation, by=actor)).value
    if not 0 <= after <= head:
        return True
    if head - after <= MAX_BEHIND:
        return False
    return bool((await hub.desk.read(read, after, 1, MAX_BEHIND, by=actor)).value)
