"""People who are played: visitors and agents at the server's own doors, over HTTP and the live socket.

hello ─▶ subscribe after what was heard ─▶ repeat what has no answer ─▶ hear and say ─┐
  ▲                                                                                   │
  └────────────────────────── whatever ends the socket ───────────────────────────────┘
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from kithdesk.core.clock import Clock, SystemClock
from kithdesk.demo.short_talks import Talk

Frame = dict[str, Any]
LOST = (OSError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError)


@dataclass(slots=True)
class Matter:
    """One conversation that is played, as both sides know it."""

    talk: Talk
    said: int = 0
    """How many lines."""
    is_over: bool = False
    """The customer has nothing more to say."""
    is_closed: bool = False

    @property
    def is_answered(self) -> bool:
        return self.said % 2 == 0

    @property
    def next_line(self) -> str:
        return self.talk.lines[self.said]


@dataclass(slots=True)
class Stage:
    """What all players share. `pace`: how many seconds of the day pass in one."""

    url: str
    http: httpx.AsyncClient
    dice: Random
    pace: float
    clock: Clock = field(default_factory=SystemClock)
    matters: dict[str, Matter] = field(default_factory=dict)
    """By the ids of their conversations."""
    open: set[str] = field(default_factory=set)
    """Which of them no agent has closed."""
    told: dict[str, int] = field(default_factory=lambda: {"opened": 0, "served": 0, "left": 0})
    watching: list[Callable[[str], None]] = field(default_factory=list)
    """Who hears of each new one. Its opening may have been heard before."""

    def begin(self, conversation: str, matter: Matter) -> None:
        self.matters[conversation] = matter
        self.open.add(conversation)
        self.tell("opened")
        for look in self.watching:
            look(conversation)

    def tell(self, what: str) -> None:
        self.told[what] = self.told.get(what, 0) + 1

    async def pause(self, least: float, most: float) -> None:
        """So many seconds of the day."""
        await asyncio.sleep(self.dice.uniform(least, most) / self.pace)

    async def ask(self, method: str, path: str, token: str | None, body: Any = None) -> Any:
        """The answer's `data`. Raises `httpx.HTTPError`."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        answer = await self.http.request(method, self.url + path, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json()["data"] if answer.content else None


class Player:
    """Somebody with a token, and one topic that they follow."""

    path = ""
    topic = ""

    def __init__(self, stage: Stage, token: str, after: int | None) -> None:
        self.stage = stage
        self.token = token
        self._after = after
        self._unanswered: dict[str, Frame] = {}
        self._socket: ClientConnection | None = None
        self._sent = 0

    async def live(self) -> None:
        """Until cancelled."""
        while True:
            with contextlib.suppress(*LOST):
                await self._connect()
            self._socket = None
            await asyncio.sleep(self.stage.dice.uniform(0.2, 1.0))

    async def hear(self, kind: str, data: Frame) -> None:
        """An event of the topic."""
        raise NotImplementedError

    async def greet(self) -> None:
        """What is said on each new socket."""

    async def say(self, body: str, **more: Any) -> None:
        self._sent += 1
        frame = {"op": "send", "id": f"traffic-{self._sent}", "body": body, **more}
        self._unanswered[frame["id"]] = frame
        await self.put(frame)

    async def put(self, frame: Frame) -> None:
        """What is lost with a socket is repeated on the next, if it was a message."""
        if self._socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(json.dumps(frame))

    async def acked(self, sent: Frame, conversation: str) -> None:
        """A message has arrived."""

    async def _connect(self) -> None:
        address = self.stage.url.replace("http", "ws", 1) + self.path
        async with connect(address, compression=None, ping_interval=None, close_timeout=0.5) as socket:
            await socket.send(json.dumps({"op": "hello", "token": self.token, "client": "traffic/1"}))
            async with asyncio.timeout(10):
                if json.loads(await socket.recv())["op"] != "welcome":
                    return
            self._socket = socket
            await self.greet()
            subscription: Frame = {"op": "subscribe", "topic": self.topic}
            if self._after is not None:
                subscription["after"] = self._after
            await self.put(subscription)
            for frame in list(self._unanswered.values()):
                await self.put(frame)
            async with asyncio.TaskGroup() as group:
                pinging = group.create_task(self._ping())
                async for text in socket:
                    await self._take(json.loads(text))
                pinging.cancel()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(20)
            await self.put({"op": "ping"})

    async def _take(self, frame: Frame) -> None:
        match frame["op"]:
            case "event":
                self._after = frame["position"]
                await self.hear(frame["event"]["kind"], frame["event"]["data"])
            case "subscribed":
                self._after = frame["position"]
            case "ack" if (sent := self._unanswered.pop(frame["id"], None)) is not None:
                await self.acked(sent, frame["conversation"])
            case "refused":
                self._unanswered.pop(str(frame["id"]), None)
            case _:
                pass


class Shopper(Player):
    """Writes, reads what is answered, writes again; leaves when it is done, or when nobody comes."""

    path = "/c/v1/live"
    topic = "visitor"

    def __init__(self, stage: Stage, token: str, talk: Talk, context: Frame) -> None:
        super().__init__(stage, token, 0)
        self.matter = Matter(talk)
        self.conversation: str | None = None
        self._context = context
        self._is_done = asyncio.Event()
        self._heard = asyncio.Event()

    async def shop(self, patience: float) -> None:
        """Begins a conversation and stays until its end. `patience`: seconds of the day for each answer."""
        living = asyncio.create_task(self.live())
        try:
            await self.say(self._next(), newConversation="traffic", conversation=None, context=self._context)
            while not self.matter.is_over:
                async with asyncio.timeout(patience / self.stage.pace):
                    await self._heard.wait()
                await self.stage.pause(15, 90)
                self._heard.clear()
                await self.say(self._next(), conversation=self.conversation)
            async with asyncio.timeout(patience / self.stage.pace):
                await self._is_done.wait()
        except TimeoutError:
            self.stage.tell("left")
            self.matter.is_over = self.matter.is_closed = True
            if self.conversation is not None:
                await self.put({"op": "end", "conversation": self.conversation})
                await asyncio.sleep(0.2)  # on its way before the socket goes
        finally:
            living.cancel()

    def _next(self) -> str:
        matter = self.matter
        line = matter.next_line
        matter.said += 1
        matter.is_over = matter.said >= len(matter.talk.lines)
        return line

    async def acked(self, sent: Frame, conversation: str) -> None:
        if self.conversation is None:
            self.conversation = conversation
            self.stage.begin(conversation, self.matter)

    async def hear(self, kind: str, data: Frame) -> None:
        if kind == "message.created" and data["message"]["sentBy"]["type"] == "user":
            if not self.matter.is_answered:  # by somebody who is not played
                self.matter.said += 1
            self._heard.set()
        elif kind == "conversation.updated" and data["status"] == "done":
            self._is_done.set()
