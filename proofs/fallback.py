"""A visitor whose network lets no WebSocket through: a streamed answer to listen to, and one POST a message.

It sends to another node than it listens at, as any balancer may have it.
"""

from __future__ import annotations

import asyncio
import json

import httpx

from proofs.clients import BROKEN
from proofs.frames import Frame
from proofs.history import Asked, Connected, Disconnected, Sent
from proofs.visitors import Visitor

STREAM, SENDS = "/c/v1/live/events", "/c/v1/chat/messages"
LISTEN_SECONDS = 20
"""A comment comes every 15 s; a stream that is silent for longer is dead."""


class FallbackVisitor(Visitor):
    """Sends one message at a time, the next only after the answer, and repeats until there is one."""

    path = ""

    async def _live(self) -> None:
        limits = httpx.Timeout(5, read=LISTEN_SECONDS)
        async with httpx.AsyncClient(timeout=limits, verify=False) as http:
            writing = asyncio.create_task(self._keep_writing(http))
            try:
                await self._keep_listening(http)
            finally:
                writing.cancel()

    def drop(self) -> None:
        if self._listening is not None:
            self._listening.cancel()

    async def _keep_listening(self, http: httpx.AsyncClient) -> None:
        while not self._is_over:
            self._listening = asyncio.create_task(self._listen(http))
            try:
                await asyncio.wait([self._listening])
            finally:
                self._listening.cancel()
                if self.is_connected:
                    self._history.note(Disconnected(self.name, 1006))
                self.is_connected = False
                self._answered.clear()
            await asyncio.sleep(self._random.uniform(0.01, 0.2))

    async def _listen(self, http: httpx.AsyncClient) -> None:
        after = self._cursors.get("visitor") or 0
        self.node = self.door
        self._history.note(Asked(self.name, "visitor", after))
        try:
            async with http.stream(
                "GET", self.node + STREAM, params={"after": after}, headers=self._headers
            ) as answer:
                if answer.status_code != 200:
                    return
                self.is_connected = True
                self._history.note(Connected(self.name))
                async for line in answer.aiter_lines():
                    if line.startswith("data:"):
                        await self._hear(json.loads(line.removeprefix("data:")))
        except BROKEN:
            return

    async def _keep_writing(self, http: httpx.AsyncClient) -> None:
        while not self._is_over:
            if not self.outbox and self.is_talking:
                self._put(self.next_send())
            for client_id, frame in list(self.outbox.items()):
                await self._post(http, client_id, frame)
            await asyncio.sleep(self._random.uniform(0, 0.02))

    def _put(self, frame: Frame) -> None:
        self._sent += 1
        client_id = f"{self.name}.{self._sent}"
        self.outbox[client_id] = {"id": client_id, "body": f"{client_id} by post"} | frame
        self._tries = 0

    async def _post(self, http: httpx.AsyncClient, client_id: str, frame: Frame) -> None:
        conversation, opening = frame["conversation"], frame.get("newConversation")
        again = self._tries > 0
        self._history.note(Sent(self.name, client_id, frame["body"], "message", conversation, opening, again))
        self._tries += 1
        try:
            door = self.door_other_than(self.node)
            answer = await http.post(door + SENDS, json={"op": "send"} | frame, headers=self._headers)
            content = answer.json()
        except (*BROKEN, ValueError):
            await asyncio.sleep(self._random.uniform(0.05, 0.3))
            return
        if answer.status_code in (200, 201):
            self._on_ack(content)
            return
        self._on_refused({"op": "refused", "id": client_id, "error": content["errors"][0]})
        await asyncio.sleep(self._random.uniform(0.05, 0.3))

    async def _resume(self, topic: str, position: int, socket: int) -> None:
        """A stream cannot be asked for anything: it is opened again."""
        self._cursors[topic] = position
        self.drop()

    async def _fill_up(self) -> None:
        """Nothing is sent from where it listens."""

    def _try_again(self, client_id: str, socket: int) -> None:
        """What is still in the outbox is sent again anyway."""

    async def say_if_possible(self, frame: Frame) -> None:
        """This one ends nothing, and marks nothing as read."""

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    _listening: asyncio.Task[None] | None = None
    _tries = 0
