"""Catching a cursor up with the journal, then following: nothing missed, nothing twice.

The last read and the registration happen in one turn of the loop, so no commit can come between them. Long replays
give the loop a turn every 200 events, one replay at a time, so that a thousand clients coming back at once slow
nobody's ack.
"""

from __future__ import annotations

import asyncio

import msgspec

from kithdesk.customers import VisitorId, find_visitor
from kithdesk.live import protocol
from kithdesk.live.connection import Connection
from kithdesk.live.hub import Hub
from kithdesk.live.protocol import MAX_BEHIND, MAX_UNSENT, Subscribe
from kithdesk.live.topics import ReadAfter, source_of

CHUNK = 200
ENOUGH_UNSENT = MAX_UNSENT // 4
"""A replay waits for its reader long before that one counts as slow."""
_SLOW_READER_SECONDS = 0.02


async def subscribe(hub: Hub, connection: Connection, frame: Subscribe) -> None:
    """Answers with the topic's events after `frame.after`, then `subscribed`; or with `resync`. Raises refusals."""
    topic = frame.topic
    _know_customer(hub, connection)
    read = hub.desk.read_now(source_of, topic, by=connection.actor).value
    turn = object()
    connection.replaying[topic] = turn
    hub.unfollow(connection, topic)
    try:
        if frame.after is None:
            _follow(hub, connection, frame, hub.desk.head(connection.actor.organisation))
        elif _is_too_far(hub, connection, read, frame.after):
            hub.resync(connection, topic, hub.desk.head(connection.actor.organisation))
        else:
            await _replay(hub, connection, frame, read, frame.after, turn)
    finally:
        if connection.replaying.get(topic) is turn:
            del connection.replaying[topic]


def _know_customer(hub: Hub, connection: Connection) -> None:
    """Whose first message was committed after the token was looked up, and before the hub could tell the connection."""
    actor = connection.actor
    if actor.is_visitor and actor.id is None:
        found = hub.desk.read_now(find_visitor, VisitorId(str(actor.author)), by=actor).value
        if found is not None and found.customer is not None:
            connection.actor = msgspec.structs.replace(
                actor, id=found.customer, display_name=found.display_name
            )


async def _replay(
    hub: Hub, connection: Connection, frame: Subscribe, read: ReadAfter, cursor: int, turn: object
) -> None:
    while True:
        async with hub.replay_turn:
            if not connection.is_open or connection.replaying.get(frame.topic) is not turn:
                return  # closed, unsubscribed or subscribed again meanwhile
            done = hub.desk.read_now(read, cursor, CHUNK, 0, by=connection.actor)
            is_last = len(done.value) < CHUNK
            for recorded in done.value:
                text = hub.frame(frame.topic, recorded, connection.audience)
                cursor = recorded.position
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


def _follow(hub: Hub, connection: Connection, frame: Subscribe, position: int) -> None:
    hub.follow(connection, frame.topic, position)
    answer = protocol.Subscribed(topic=frame.topic, position=position)
    if frame.id is not None:
        answer.id = frame.id
    connection.push(protocol.encode(answer))


def _is_too_far(hub: Hub, connection: Connection, read: ReadAfter, after: int) -> bool:
    """Past the head, before the beginning, or more events behind than a replay carries."""
    actor = connection.actor
    head = hub.desk.head(actor.organisation)
    if not 0 <= after <= head:
        return True
    if head - after <= MAX_BEHIND:
        return False
    return bool(hub.desk.read_now(read, after, 1, MAX_BEHIND, by=actor).value)
