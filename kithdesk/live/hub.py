"""Who is connected, who follows what, and handing each committed event to them.

Handing out runs on the event loop without waiting. While a topic's past is being read, what is committed meanwhile is
*held* for the connection, so that a subscription and a commit cannot pass each other: what was committed before is
replayed, what comes after is pushed.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any

import structlog

from kithdesk.core import metrics
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import OrganisationId
from kithdesk.live import protocol
from kithdesk.live.connection import Connection
from kithdesk.live.hearing import EncodedEvents, Hearing, audience_of, may_hear
from kithdesk.live.moves import Moves
from kithdesk.live.signals import Signals
from kithdesk.live.topics import Key, filed, take_out, topics_of

log = structlog.get_logger(__name__)

_GOODBYE_SPREAD_MS = 5_000


class Hub:
    """All open connections of this process."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.replay_turn = asyncio.Semaphore(1)
        self._encoded = EncodedEvents()
        self._connections: set[Connection] = set()
        self._followers: dict[Key, set[Connection]] = defaultdict(set)
        self._by_author: dict[Key, set[Connection]] = defaultdict(set)
        self._agents: dict[Key, int] = defaultdict(int)
        self.presence_changed = asyncio.Event()
        self.beat = 0
        self._going_on: set[asyncio.Task[None]] = set()
        self.signals = Signals(desk.bus, self._connections, self._followers)
        self._moves = Moves(self._followers, self._by_author, unfollow=self.unfollow, resync=self.resync)
        desk.feed.follow(self.deliver)

    def __len__(self) -> int:
        return len(self._connections)

    # Coming and going

    async def join(self, connection: Connection) -> None:
        """From here on the connection can follow topics. Raises `Overloaded`."""
        await self.desk.feed.watch(connection.actor.organisation)
        self._connections.add(connection)
        connection.on_overflow = self.resync_all
        metrics.SOCKETS.labels(connection.audience).inc()
        actor = connection.actor
        if actor.is_visitor:
            self._by_author[actor.organisation, str(actor.author)].add(connection)
        elif actor.type == "user":
            self._agents[actor.organisation, str(actor.id)] += 1
            self.presence_changed.set()

    def remove(self, connection: Connection) -> None:
        if connection not in self._connections:
            return
        self._connections.remove(connection)
        self.desk.feed.unwatch(connection.actor.organisation)
        metrics.SOCKETS.labels(connection.audience).dec()
        self.signals.look_at(connection, None)
        for topic in {*connection.cursors, *connection.held}:
            self.unfollow(connection, topic)
        actor = connection.actor
        if actor.is_visitor:
            take_out(self._by_author, (actor.organisation, str(actor.author)), connection)
        elif actor.type == "user":
            key = (actor.organisation, str(actor.id))
            self._agents[key] -= 1
            if self._agents[key] == 0:
                del self._agents[key]
                self.presence_changed.set()

    def agents_online(self) -> list[Key]:
        """`(organisation, user)` of every agent with an open socket here."""
        return list(self._agents)

    def connections(self) -> list[Connection]:
        return list(self._connections)

    def go_on(self, rest: Coroutine[Any, Any, None]) -> None:
        """Finishes something that a client waits for, without keeping anyone else."""
        task = asyncio.create_task(rest)
        self._going_on.add(task)
        task.add_done_callback(self._going_on.discard)

    # Following

    def hold(self, connection: Connection, topic: str) -> None:
        """Keeps what is committed from now on until `follow` says from where it is wanted."""
        connection.held[topic] = []
        key = filed(connection.actor, topic)
        if key is not None:
            self._followers[key].add(connection)

    def follow(self, connection: Connection, topic: str, cursor: int) -> None:
        """The client has everything up to `cursor`; what was held after it is pushed, and then what comes."""
        held = connection.held.pop(topic, ())
        if connection not in self._connections:
            return  # it closed while its topic was being replayed
        connection.cursors[topic] = cursor
        key = filed(connection.actor, topic)
        if key is not None:
            self._followers[key].add(connection)
        for recorded in held:
            self._push_event((connection,), topic, recorded)
        if key is not None and connection.audience == "agents" and topic.startswith("conversation:"):
            self.signals.ask_who_looks(key[0], topic.removeprefix("conversation:"))

    def unfollow(self, connection: Connection, topic: str) -> None:
        connection.cursors.pop(topic, None)
        connection.held.pop(topic, None)
        key = filed(connection.actor, topic)
        if key is not None:
            take_out(self._followers, key, connection)

    def resync_all(self, connection: Connection) -> None:
        """The client does not read: let go of its topics, and tell it so when it reads again."""
        for topic, position in list(connection.cursors.items()):
            self.resync(connection, topic, position)

    def resync(self, connection: Connection, topic: str, position: int) -> None:
        connection.replaying.pop(topic, None)  # nothing of the past comes behind this
        self.unfollow(connection, topic)
        metrics.RESYNCS.inc()
        connection.push(protocol.encode(protocol.Resync(topic=topic, position=position)))

    def _learn_customer(self, recorded: Recorded[Event]) -> None:
        """A visitor's first message makes the customer: from now on the device's sockets follow it."""
        actor, customer = recorded.actor, recorded.customer
        if actor.type != "customer" or customer is None or actor.author is None or actor.id is None:
            return
        for connection in self._by_author.get((recorded.organisation, actor.author), ()):
            if connection.actor.id is None:
                known = Actor(
                    organisation=recorded.organisation,
                    type="customer",
                    id=customer,
                    author=actor.author,
                    display_name=actor.display_name,
                )
                self.become(connection, known)

    def become(self, connection: Connection, actor: Actor) -> None:
        """A browser turns out to be this customer's: what happens to that one is from now on its `visitor` topic."""
        before, connection.actor = connection.actor.id, actor
        if before is None and "visitor" in {*connection.cursors, *connection.held}:
            self._followers[actor.organisation, f"visitor:{actor.id}"].add(connection)

    def pong(self, connection: Connection, id: str | None = None) -> None:
        """Says up to where all the client's topics are complete."""
        frame = protocol.Pong(position=self.position(connection))
        if id is not None:
            frame.id = id
        connection.push(protocol.encode(frame))

    def position(self, connection: Connection) -> int:
        """What the connection's organisation has come to, as far as anyone here has been told."""
        return self.desk.feed.position(connection.actor.organisation)

    # Handing out

    def deliver(self, organisation: OrganisationId, events: Sequence[Recorded[Event]]) -> None:
        """Called after each commit, with an organisation's events in order and without gaps."""
        for recorded in events:
            self._learn_customer(recorded)
            for topic in topics_of(recorded):
                self._hand_out(organisation, topic, topic, recorded)
            if recorded.customer is not None:
                self._hand_out(organisation, f"visitor:{recorded.customer}", "visitor", recorded)
            if recorded.event.ended_credentials:
                self._let_go(recorded.event.ended_credentials)
            self._moves.hear(recorded)

    def _hand_out(
        self, organisation: OrganisationId, filed: str, topic: str, recorded: Recorded[Event]
    ) -> None:
        followers = self._followers.get((organisation, filed))
        if not followers:
            return
        try:
            self._push_event(followers, topic, recorded)
        except Exception:
            # A hole must not be vouched for by the next pong: these readers start again from an answer over HTTP.
            log.exception("event_not_handed_out", kind=recorded.event.kind, position=recorded.position)
            for connection in tuple(followers):
                self.resync(connection, topic, recorded.position)

    def _push_event(self, followers: Iterable[Connection], topic: str, recorded: Recorded[Event]) -> None:
        frames: dict[Hearing, str | None] = {}
        handed = 0
        position = recorded.position
        only = recorded.event.only_for(recorded)
        for connection in tuple(followers):
            if connection.audience == "visitors":
                if not may_hear(connection, recorded):
                    continue
            elif only is not None and connection.actor.id != only:
                continue
            held = connection.held.get(topic)
            if held is not None:
                held.append(recorded)
                continue
            if connection.cursors.get(topic, position) >= position:
                continue  # replayed already
            connection.cursors[topic] = position
            audience = audience_of(connection, recorded)
            if audience not in frames:
                frames[audience] = self.frame(topic, recorded, audience)
            frame = frames[audience]
            if frame is not None:
                connection.hand(frame)
                handed += 1
        metrics.PUSHED.inc(handed)

    def frame(self, topic: str, recorded: Recorded[Event], audience: Hearing) -> str | None:
        """The event as this audience gets it, or None when it does not."""
        text = self._encoded.get(recorded, audience)
        return None if text is None else protocol.event_frame(topic, recorded.position, text)

    # Endings

    def _let_go(self, credentials: Sequence[str]) -> None:
        for connection in list(self._connections):
            if connection.credential in credentials:
                connection.close(protocol.CLOSE_UNAUTHORIZED)

    async def say_goodbye(self) -> None:
        """Before a planned restart: each client is given another moment to come back."""
        connections = list(self._connections)
        for connection in connections:
            wait = 200 + random.randrange(_GOODBYE_SPREAD_MS)
            connection.push(protocol.encode(protocol.Goodbye(retryAfterMs=wait)))
        await asyncio.sleep(0.05 if connections else 0)
        for connection in connections:
            connection.close(protocol.CLOSE_RESTART)
