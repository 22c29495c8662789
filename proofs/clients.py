"""Visitors and agents who talk all the time, never give up, and write down what they did and heard.

    connect → hello → subscribe after the cursors → repeat what has no answer yet → talk ─┐
       ▲                                                                                  │
       └────────────────────────── whatever ends the socket ──────────────────────────────┘

They know nothing of the server but the live protocol, and share no code with the product's own clients.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections.abc import Callable
from random import Random
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from proofs.history import (
    Acked,
    Asked,
    Connected,
    Disconnected,
    Event,
    Heard,
    History,
    Ponged,
    Refused,
    Resynced,
    Sent,
    Subscribed,
    TopicRefused,
)

TRY_AGAIN = {"overloaded", "outcome_unknown", "ratelimited", "internal"}
Frame = dict[str, Any]


class Client:
    """One person at one live socket."""

    path = ""

    def __init__(
        self, name: str, url: str, token: str, history: History, random: Random, in_flight: int
    ) -> None:
        self.name = name
        self.token = token
        self.outbox: dict[str, Frame] = {}
        """Sends without an answer, oldest first."""
        self.is_talking = True
        self.is_connected = False
        self._url = url + self.path
        self._history = history
        self._random = random
        self._in_flight = in_flight
        self._sent = 0
        self._cursors: dict[str, int | None] = {}
        self._answered: set[str] = set()
        """Topics that are live on this socket: those which a `pong` speaks for."""
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_over = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._live())

    async def stop(self) -> None:
        self._is_over = True
        self.drop()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def drop(self) -> None:
        """The network goes away under the socket."""
        if self._socket is not None:
            self._socket.transport.abort()

    def next_send(self) -> Frame | None:
        """What to say next, without its id; None when there is nothing to say just now."""
        raise NotImplementedError

    def heard_event(self, frame: Frame) -> None:
        """A subclass learns from events here."""

    def heard_answer(self, frame: Frame, sent: Frame) -> None:
        """A subclass learns from the answer to a send here."""

    async def greet(self) -> None:
        """What to say on each new socket, after `welcome`."""

    async def say(self, frame: Frame) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps(frame))

    async def subscribe(self, topic: str, after: int | None) -> None:
        self._cursors[topic] = after
        self._history.note(Asked(self.name, topic, after))
        await self.say({"op": "subscribe", "topic": topic} | ({} if after is None else {"after": after}))

    async def _live(self) -> None:
        while not self._is_over:
            try:
                # The server may be dead or stopped: who waits long for it is not there when it comes back.
                async with connect(
                    self._url,
                    compression=None,
                    ping_interval=None,
                    open_timeout=3,
                    close_timeout=0.2,
                    max_queue=256,
                ) as socket:
                    self._socket = socket
                    await self._talk(socket)
            except (OSError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError):
                pass
            finally:
                if self.is_connected:
                    code = None if self._socket is None else self._socket.close_code
                    self._history.note(Disconnected(self.name, code or 1006))
                self.is_connected = False
                self._socket = None
                self._answered.clear()
            await asyncio.sleep(self._random.uniform(0.01, 0.2))

    async def _talk(self, socket: ClientConnection) -> None:
        await self.say({"op": "hello", "token": self.token, "client": "proofs/1.0"})
        async with asyncio.timeout(10):
            welcome = json.loads(await socket.recv())
        if welcome["op"] != "welcome":
            raise ConnectionError(f"{self.name} got {welcome} for hello")
        self.is_connected = True
        self._history.note(Connected(self.name))
        await self.greet()
        for topic, after in list(self._cursors.items()):
            await self.subscribe(topic, after)
        for frame in list(self.outbox.values()):
            await self._send(frame, again=True)
        pinging = asyncio.create_task(self._ping())
        try:
            await self._fill_up()
            async for text in socket:
                await self._hear(json.loads(text))
        finally:
            pinging.cancel()

    async def _ping(self) -> None:
        with contextlib.suppress(ConnectionClosed, OSError):
            while True:
                await asyncio.sleep(self._random.uniform(0.3, 1.5))
                await self.say({"op": "ping"})

    async def _fill_up(self) -> None:
        while self.is_talking and len(self.outbox) < self._in_flight:
            frame = self.next_send()
            if frame is None:
                return
            self._sent += 1
            client_id = f"{self.name}.{self._sent}"
            body = f"{client_id} " + "says a word or two " * self._random.randint(0, 6)
            frame = {"op": "send", "id": client_id, "body": body.strip()} | frame
            self.outbox[client_id] = frame
            await self._send(frame, again=False)

    async def _send(self, frame: Frame, *, again: bool) -> None:
        self._history.note(
            Sent(
                self.name,
                frame["id"],
                frame["body"],
                frame["kind"],
                frame["conversation"],
                frame.get("newConversation"),
                again,
            )
        )
        await self.say(frame)

    async def _hear(self, frame: Frame) -> None:
        answer: Callable[[Frame], None] | None = {
            "event": self._on_event,
            "ack": self._on_ack,
            "refused": self._on_refused,
            "subscribed": self._on_subscribed,
            "pong": self._on_pong,
            "resync": self._on_resync,
        }.get(frame["op"])
        if answer is not None:
            answer(frame)
        if frame["op"] in ("ack", "refused", "event"):
            await self._fill_up()

    def _on_event(self, frame: Frame) -> None:
        topic, position = frame["topic"], frame["position"]
        self._cursors[topic] = max(self._cursors.get(topic) or 0, position)
        self._history.note(Heard(self.name, topic, read_event(frame)))
        self.heard_event(frame)

    def _on_ack(self, frame: Frame) -> None:
        message = frame.get("message")
        sent = self.outbox.pop(frame["id"], None)
        if message is None:  # An answer to something that is not a send.
            return
        self._history.note(
            Acked(
                self.name,
                frame["id"],
                message["id"],
                frame["conversation"],
                frame["position"],
                message["body"],
            )
        )
        if sent is not None:
            self.heard_answer(frame, sent)

    def _on_refused(self, frame: Frame) -> None:
        code = frame["error"]["code"]
        if topic := frame.get("topic"):
            self._history.note(TopicRefused(self.name, topic, code))
            self._cursors.pop(topic, None)
            self._answered.discard(topic)
        elif (sent := self.outbox.get(frame["id"])) is not None:
            is_final = code not in TRY_AGAIN
            self._history.note(Refused(self.name, frame["id"], code, is_final))
            if is_final:
                del self.outbox[frame["id"]]
                self.heard_answer(frame, sent)
            else:
                wait = float(frame["error"].get("retryAfter") or 0.3)
                asyncio.get_running_loop().call_later(
                    min(wait, 2), self._try_again, frame["id"], self._socket
                )

    def _try_again(self, client_id: str, socket: ClientConnection | None) -> None:
        frame = self.outbox.get(client_id)
        if frame is not None and socket is not None and socket is self._socket:
            self._repeating = asyncio.create_task(self._repeat(frame))

    async def _repeat(self, frame: Frame) -> None:
        with contextlib.suppress(ConnectionClosed, OSError, AssertionError):
            await self._send(frame, again=True)

    def _on_subscribed(self, frame: Frame) -> None:
        topic, position = frame["topic"], frame["position"]
        self._history.note(Subscribed(self.name, topic, position))
        self._cursors[topic] = max(self._cursors.get(topic) or 0, position)
        self._answered.add(topic)

    def _on_pong(self, frame: Frame) -> None:
        self._history.note(Ponged(self.name, frame["position"], tuple(sorted(self._answered))))
        for topic in self._answered:
            self._cursors[topic] = max(self._cursors.get(topic) or 0, frame["position"])

    def _on_resync(self, frame: Frame) -> None:
        topic = frame["topic"]
        self._history.note(Resynced(self.name, topic, frame["position"]))
        self._answered.discard(topic)
        # Where a real client would fetch over HTTP, this one goes on from here; the rules know that it did.
        self._resuming = asyncio.create_task(self._resume(topic, frame["position"]))

    async def _resume(self, topic: str, position: int) -> None:
        with contextlib.suppress(ConnectionClosed, OSError, AssertionError):
            await self.subscribe(topic, position)


class Visitor(Client):
    """Writes to one conversation after another, and sometimes ends one."""

    path = "/c/v1/live"

    def __init__(self, *args: Any, ends_one_in: int = 400) -> None:
        super().__init__(*args)
        self._cursors["visitor"] = 0
        self._ends_one_in = ends_one_in
        self._number = 1
        self._conversation: str | None = None

    def next_send(self) -> Frame:
        if self._conversation is not None:
            return {"conversation": self._conversation, "kind": "message", "attachments": []}
        opening = f"{self.name}/{self._number}"
        return {"conversation": None, "newConversation": opening, "kind": "message", "attachments": []}

    def heard_answer(self, frame: Frame, sent: Frame) -> None:
        is_of_now = sent["conversation"] == self._conversation
        if frame["op"] == "refused":
            if frame["error"]["code"] == "conversation_ended" and is_of_now:
                self._number += 1
                self._conversation = None
        elif self._conversation is None and sent.get("newConversation") == f"{self.name}/{self._number}":
            self._conversation = frame["conversation"]
        elif is_of_now and self.is_talking and self._random.randrange(self._ends_one_in) == 0:
            self._ending = asyncio.create_task(self._end(frame["conversation"]))

    async def _end(self, conversation: str) -> None:
        with contextlib.suppress(ConnectionClosed, OSError, AssertionError):
            await self.say({"op": "end", "conversation": conversation})


class Agent(Client):
    """Answers whoever wrote lately, mostly those that somebody has, and notes something now and then."""

    path = "/v1/live"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.is_available = True
        self._cursors["inbox"] = None
        self._known: list[str] = []
        self._assigned: list[str] = []

    async def greet(self) -> None:
        if self.is_available:
            await self.say({"op": "presence", "status": "available"})

    def next_send(self) -> Frame | None:
        if not self._known:
            return None
        kind = "note" if self._random.random() < 0.25 else "message"
        # Who answers what waits has it, whatever their capacity: done seldom, or nothing would ever wait.
        some = self._assigned if self._assigned and self._random.random() < 0.98 else self._known
        return {"conversation": self._random.choice(some), "kind": kind, "attachments": []}

    def heard_event(self, frame: Frame) -> None:
        data = frame["event"]["data"]
        if frame["event"]["kind"] == "conversation.assigned":
            self._assigned = [one for one in self._assigned if one != data["conversation"]][-40:]
            if data["assignedUsers"]:
                self._assigned.append(data["conversation"])
        message = data.get("message")
        if (
            isinstance(message, dict)
            and message["direction"] == "in"
            and message["conversation"] not in self._known
        ):
            self._known = [*self._known[-40:], message["conversation"]]

    def heard_answer(self, frame: Frame, sent: Frame) -> None:
        if frame["op"] == "refused":
            self._known = [one for one in self._known if one != sent["conversation"]]
            self._assigned = [one for one in self._assigned if one != sent["conversation"]]


def read_event(frame: Frame) -> Event:
    """What the rules compare of an `event` frame."""
    event = frame["event"]
    kind, data = event["kind"], event["data"]
    message = data.get("message")
    conversation = data.get("conversation")
    assigned: list[str] | None = None
    reason: str | None = None
    is_open: bool | None = None
    if isinstance(message, dict):
        conversation, message = message["conversation"], message["id"]
    if isinstance(conversation, dict):
        assigned = conversation.get("assignedUsers")
        is_open = conversation["status"] == "open"
        conversation = conversation["id"]
    if kind == "conversation.assigned":
        assigned = [user["id"] for user in data.get("assignedUsers", [])]
        reason = data.get("reason", {}).get("code")
    elif kind == "conversation.ended":
        is_open = False
    elif kind == "conversation.updated":
        changed = data.get("changes", {}).get("status", {}).get("after") or data.get("status")
        is_open = None if changed is None else changed == "open"
    return Event(
        position=frame["position"],
        kind=kind,
        digest=hashlib.blake2s(json.dumps(event, sort_keys=True).encode(), digest_size=8).hexdigest(),
        message=message,
        conversation=conversation,
        assigned=None if assigned is None else tuple(assigned),
        reason=reason,
        is_open=is_open,
    )
