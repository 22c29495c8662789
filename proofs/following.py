"""What a client does with the topics it follows: it asks after its cursor, moves that on, and asks again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from random import Random

from websockets.exceptions import ConnectionClosed

from proofs.frames import Frame, read_event
from proofs.history import Asked, Heard, History, Left, Ponged, Resynced, Subscribed, TopicRefused

TRY_AGAIN = {"overloaded", "outcome_unknown", "ratelimited", "internal", "identity_moved", "unauthorized"}
"""After these the same send may yet succeed: later, or with the token that a login is about to bring."""
UNSAID = (ConnectionClosed, OSError, AssertionError)
"""How saying something ends where the socket has gone."""


class Follower:
    """The reading half of a client. `doors` are the addresses of all nodes; each socket may go to another."""

    def __init__(self, name: str, doors: Sequence[str], history: History, random: Random) -> None:
        self.name = name
        self.node: str | None = None
        """Where its socket is, or is going to be."""
        self._doors = doors
        self._history = history
        self._random = random
        self._cursors: dict[str, int | None] = {}
        self._answered: set[str] = set()
        """Topics that are live on this socket: those which a `pong` speaks for."""
        self._sockets = 0
        """How many there have been: what was meant for one is not said on the next."""

    @property
    def door(self) -> str:
        """A node to knock at, chosen anew each time."""
        return self._random.choice(self._doors)

    def door_other_than(self, node: str | None) -> str:
        """Like `door`, where there is a choice."""
        return self._random.choice([door for door in self._doors if door != node] or self._doors)

    async def say(self, frame: Frame) -> None:
        """On the socket of now. Raises one of `UNSAID`."""
        raise NotImplementedError

    def heard_event(self, frame: Frame) -> None:
        """A subclass learns from events here."""

    def lost_topic(self, topic: str) -> None:
        """A subclass forgets a topic that it may not follow any more."""

    async def subscribe(self, topic: str, after: int | None) -> None:
        self._cursors[topic] = after
        self._history.note(Asked(self.name, topic, after))
        await self.say({"op": "subscribe", "topic": topic} | ({} if after is None else {"after": after}))

    async def unsubscribe(self, topic: str) -> None:
        self._cursors.pop(topic, None)
        self._answered.discard(topic)
        self._history.note(Left(self.name, topic))
        await self.say({"op": "unsubscribe", "topic": topic})

    def _on_event(self, frame: Frame) -> None:
        topic, position = frame["topic"], frame["position"]
        self._move(topic, position)
        self._history.note(Heard(self.name, topic, read_event(frame)))
        self.heard_event(frame)

    def _on_subscribed(self, frame: Frame) -> None:
        topic, position = frame["topic"], frame["position"]
        self._history.note(Subscribed(self.name, topic, position))
        if topic in self._cursors:
            self._move(topic, position)
            self._answered.add(topic)

    def _on_pong(self, frame: Frame) -> None:
        self._history.note(Ponged(self.name, frame["position"], tuple(sorted(self._answered))))
        for topic in self._answered:
            self._move(topic, frame["position"])

    def _on_resync(self, frame: Frame) -> None:
        topic = frame["topic"]
        self._history.note(Resynced(self.name, topic, frame["position"]))
        self._answered.discard(topic)
        # Where a real client would fetch over HTTP, this one goes on from here; the rules know that it did.
        self._resuming = asyncio.create_task(self._resume(topic, frame["position"], self._sockets))

    def _on_topic_refused(self, topic: str, code: str) -> None:
        self._history.note(TopicRefused(self.name, topic, code))
        self._answered.discard(topic)
        if code in TRY_AGAIN:
            self._asking_again = asyncio.create_task(self._ask_again(topic, self._sockets))
        else:
            self.lost_topic(topic)
            self._cursors.pop(topic, None)

    async def _resume(self, topic: str, position: int, socket: int) -> None:
        if socket == self._sockets:  # The next one asks for everything by itself.
            with contextlib.suppress(*UNSAID):
                await self.subscribe(topic, position)

    async def _ask_again(self, topic: str, socket: int) -> None:
        await asyncio.sleep(self._random.uniform(0.1, 0.5))
        if socket == self._sockets and topic in self._cursors and topic not in self._answered:
            with contextlib.suppress(*UNSAID):
                await self.subscribe(topic, self._cursors[topic])

    def _move(self, topic: str, position: int) -> None:
        if topic in self._cursors:  # An unsubscribed topic may still have been on its way.
            self._cursors[topic] = max(self._cursors[topic] or 0, position)
