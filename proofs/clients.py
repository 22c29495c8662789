"""Visitors and agents who talk all the time, never give up, and write down what they did and heard.

    connect → hello → subscribe after the cursors → repeat what has no answer yet → talk ─┐
       ▲                                                                                  │
       └────────────────────────── whatever ends the socket ──────────────────────────────┘

They know nothing of the server but the live protocol, and share no code with the product's own clients.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Sequence
from random import Random

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from proofs.following import TRY_AGAIN, UNSAID, Follower
from proofs.frames import Frame
from proofs.history import Acked, Connected, Disconnected, History, Marked, Refused, Sent

PATIENCE = 6.0
"""Seconds without a word from the server after which a client takes its socket for dead, and knocks elsewhere."""

BROKEN = (httpx.HTTPError, OSError, RuntimeError)
"""How an HTTP request without an answer ends; RuntimeError is uvloop's, when the connection closed under a write."""


class Client(Follower):
    """One person at one live socket."""

    path = ""

    def __init__(
        self,
        name: str,
        doors: Sequence[str],
        token: str,
        history: History,
        random: Random,
        in_flight: int,
    ) -> None:
        super().__init__(name, doors, history, random)
        self.token = token
        self.outbox: dict[str, Frame] = {}
        """Sends without an answer, oldest first."""
        self.is_talking = True
        self.is_connected = False
        self.is_at_home = False
        """Connected, and every topic asked for again."""
        self._in_flight = in_flight
        self._sent = 0
        self._marking: dict[str, tuple[str, str]] = {}
        """Read marks without an answer: id to conversation and message."""
        self._heard_at = 0.0
        self._socket: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_over = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._live())

    async def stop(self) -> None:
        self._is_over = True
        self.drop()
        await self.end(self._task)

    @staticmethod
    async def end(task: asyncio.Task[None] | None) -> None:
        """Cancels it. Raises what it failed with, so that no client falls silent unnoticed."""
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def drop(self) -> None:
        """The network goes away under the socket."""
        if self._socket is not None:
            self._socket.transport.abort()

    @property
    def unanswered(self) -> list[str]:
        """The ids of all that is still to be answered."""
        return list(self.outbox)

    def next_send(self) -> Frame | None:
        """What to say next, without its id; None when there is nothing to say just now."""
        raise NotImplementedError

    def heard_answer(self, frame: Frame, sent: Frame) -> None:
        """A subclass learns from the answer to a send here."""

    async def greet(self) -> None:
        """What to say on each new socket, after `welcome`."""

    async def say(self, frame: Frame) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps(frame))

    async def say_if_possible(self, frame: Frame) -> None:
        """For what nobody repeats: without a socket it is not said."""
        with contextlib.suppress(*UNSAID):
            await self.say(frame)

    async def mark_read(self, conversation: str, message: str) -> None:
        self._sent += 1
        mark = f"{self.name}.r{self._sent}"
        self._marking[mark] = (conversation, message)
        await self.say_if_possible(
            {"op": "read", "id": mark, "conversation": conversation, "message": message}
        )

    async def _live(self) -> None:
        while not self._is_over:
            self.node = self.door
            try:
                # The server may be dead or stopped: who waits long for it is not there when it comes back.
                async with connect(
                    self.node.replace("http", "ws", 1) + self.path,
                    compression=None,
                    ping_interval=None,
                    open_timeout=3,
                    close_timeout=0.2,
                    max_queue=256,
                ) as socket:
                    self._socket = socket
                    self._sockets += 1
                    await self._talk(socket)
            except (OSError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError):
                pass
            finally:
                if self.is_connected:
                    code = None if self._socket is None else self._socket.close_code
                    self._history.note(Disconnected(self.name, code or 1006))
                self.is_connected = self.is_at_home = False
                self._socket = None
                self._answered.clear()
                self._marking.clear()
            await asyncio.sleep(self._random.uniform(0.01, 0.2))

    async def _talk(self, socket: ClientConnection) -> None:
        await self.say({"op": "hello", "token": self.token, "client": "proofs/1.0"})
        async with asyncio.timeout(10):
            welcome = json.loads(await socket.recv())
        if welcome["op"] != "welcome":
            raise ConnectionError(f"{self.name} got {welcome} for hello")
        self.is_connected = True
        self._heard_at = asyncio.get_running_loop().time()
        self._history.note(Connected(self.name))
        await self.greet()
        for topic, after in list(self._cursors.items()):
            await self.subscribe(topic, after)
        for frame in list(self.outbox.values()):
            await self._send(frame, again=True)
        self.is_at_home = True
        pinging = asyncio.create_task(self._ping())
        try:
            await self._fill_up()
            async for text in socket:
                self._heard_at = asyncio.get_running_loop().time()
                await self._hear(json.loads(text))
        finally:
            pinging.cancel()

    async def _ping(self) -> None:
        with contextlib.suppress(ConnectionClosed, OSError):
            while True:
                await asyncio.sleep(self._random.uniform(0.3, 1.5))
                if asyncio.get_running_loop().time() - self._heard_at > PATIENCE:
                    self.drop()
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

    def _on_ack(self, frame: Frame) -> None:
        message = frame.get("message")
        sent = self.outbox.pop(frame["id"], None)
        if message is None:  # An answer to something that is not a send.
            if (marked := self._marking.pop(frame["id"], None)) is not None:
                self._history.note(Marked(self.name, *marked))
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
            self._on_topic_refused(topic, code)
        elif (sent := self.outbox.get(frame["id"])) is not None:
            is_final = code not in TRY_AGAIN
            self._history.note(Refused(self.name, frame["id"], code, is_final))
            if is_final:
                del self.outbox[frame["id"]]
                self.heard_answer(frame, sent)
            else:
                wait = float(frame["error"].get("retryAfter") or 0.3)
                asyncio.get_running_loop().call_later(
                    min(wait, 2), self._try_again, frame["id"], self._sockets
                )

    def _try_again(self, client_id: str, socket: int) -> None:
        frame = self.outbox.get(client_id)
        if frame is not None and socket == self._sockets:
            self._repeating = asyncio.create_task(self._repeat(frame))

    async def _repeat(self, frame: Frame) -> None:
        with contextlib.suppress(*UNSAID):
            await self._send(frame, again=True)
