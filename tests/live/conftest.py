"""A whole server on a real port, and clients that speak the live protocol to it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
import websockets
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection

from kithdesk.access import provisioning
from kithdesk.app import Application
from kithdesk.core.desk import Desk
from kithdesk.live import heartbeat
from kithdesk.live.hub import Hub
from kithdesk.server import configuration

PASSWORD = "a long enough pass phrase"
PATIENCE = 30


@dataclass
class Client:
    """One socket; keeps what came, so that a test can wait for a frame and look at all of them."""

    socket: ClientConnection
    frames: list[dict[str, Any]] = field(default_factory=list)
    _reader: asyncio.Task[None] | None = None
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with contextlib.suppress(websockets.ConnectionClosedError):  # a server may be killed in a test
            async for text in self.socket:
                async with self._came:
                    self.frames.append(json.loads(text))
                    self._came.notify_all()
        async with self._came:
            self._came.notify_all()

    async def say(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def until(self, **wanted: Any) -> dict[str, Any]:
        """The first frame with these fields, which may have come already."""

        def found() -> dict[str, Any] | None:
            return next((f for f in self.frames if wanted.items() <= f.items()), None)

        async with self._came, asyncio.timeout(PATIENCE):
            await self._came.wait_for(lambda: found() is not None)
        frame = found()
        assert frame is not None
        return frame

    async def answer(self, **frame: Any) -> dict[str, Any]:
        """Says it and waits for the `ack` or `refused` of its id."""
        before = len(self.frames)
        await self.say(**frame)

        def found() -> dict[str, Any] | None:
            new = self.frames[before:]
            return next(
                (f for f in new if f["op"] in ("ack", "refused") and f.get("id") == frame["id"]), None
            )

        async with self._came, asyncio.timeout(PATIENCE):
            await self._came.wait_for(lambda: found() is not None)
        answer = found()
        assert answer is not None
        return answer

    async def closed(self) -> int:
        """The code it was closed with."""
        async with asyncio.timeout(PATIENCE):
            await self.socket.wait_closed()
        return self.socket.close_code or 0

    def events(self, topic: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["op"] == "event" and frame["topic"] == topic]

    def bodies(self, topic: str) -> list[str]:
        """What was said, in the order it came on this topic."""
        said = (frame["event"] for frame in self.events(topic))
        return [event["data"]["message"]["body"] for event in said if "message" in event["data"]]


_described: dict[str, Any] = {}


@dataclass
class World:
    """A running server with one organisation."""

    desk: Desk
    hub: Hub
    port: int
    key: str
    api_key: str
    http: httpx.AsyncClient
    api: FastAPI
    clients: list[Client] = field(default_factory=list)

    @property
    def openapi(self) -> dict[str, Any]:
        """Made once for all who ask: it takes longer than most tests, and every server's is the same."""
        if not _described:
            _described.update(self.api.openapi())
        return _described

    async def connect(self, path: str, token: str | None, **headers: str) -> Client:
        socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}{path}", additional_headers=headers, compression=None, max_size=None
        )
        client = Client(socket)
        self.clients.append(client)
        if token is not None:
            await client.say(op="hello", token=token, client="test/1")
            await client.until(op="welcome")
        return client

    async def visitor_token(self, key: str | None = None) -> str:
        answer = await self.http.post(
            "/c/v1/tracking/tokens", headers={"Authorization": f"Bearer {key or self.key}"}
        )
        assert answer.status_code == 201, answer.text
        token: str = answer.json()["data"]["attributes"]["token"]
        return token

    async def visitor(self, token: str | None = None, after: int | None = 0) -> Client:
        client = await self.connect("/c/v1/live", token or await self.visitor_token())
        await client.say(op="subscribe", topic="visitor", **({} if after is None else {"after": after}))
        await client.until(op="subscribed", topic="visitor")
        return client

    async def agent(self, token: str | None = None, topic: str = "inbox", after: int | None = None) -> Client:
        client = await self.connect("/v1/live", token or self.api_key)
        await client.say(op="subscribe", topic=topic, **({} if after is None else {"after": after}))
        await client.until(op="subscribed", topic=topic)
        return client

    async def agent_token(self, email: str, name: str) -> str:
        """A signed-in agent."""
        await provisioning.create_agent(
            self.desk, email=email, name=name, password=PASSWORD, role="agent", org=None
        )
        answer = await self.http.post("/v1/auth/tokens", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        token: str = answer.json()["data"]["attributes"]["token"]
        return token

    async def get(self, path: str, token: str | None = None) -> Any:
        answer = await self.http.get(path, headers={"Authorization": f"Bearer {token or self.api_key}"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def patch(self, path: str, body: dict[str, Any], token: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {token or self.api_key}"}
        answer = await self.http.patch(path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def opened(visitor: Client, body: str = "Hello", id: str = "first") -> str:
    """Opens a conversation and gives its id."""
    ack = await visitor.answer(op="send", id=id, conversation=None, newConversation=f"new-{id}", body=body)
    assert ack["op"] == "ack", ack
    conversation: str = ack["conversation"]
    return conversation


class PromptServer(uvicorn.Server):
    """Ends as soon as it is told to. Uvicorn's own looks ten times a second, which is as long as most tests take."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    def stop(self) -> None:
        self._told.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            await eventually(self._has_nobody, seconds=1)
        for task in self.server_state.tasks:
            task.cancel()

    def _has_nobody(self) -> bool:
        return not self.server_state.connections and not self.server_state.tasks


@asynccontextmanager
async def running(desk: Desk, organisation: str = "Acme") -> AsyncIterator[World]:
    hub = Hub(desk)
    # TCP said aloud: of a socket that does not say it, asyncio lets the system hold small writes back.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    application = Application(desk, hub)
    server = PromptServer(configuration(application))
    tasks = [
        asyncio.create_task(server._serve([listening])),
        *(asyncio.create_task(beat) for beat in heartbeat.beats(hub)),
    ]
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    made = await provisioning.init(
        desk, org=organisation, email="admin@acme.test", password=None, rotate=True
    )
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20, verify=False) as http:
        world = World(desk, hub, port, made["widget"]["key"], made["apiKey"], http, application.api)
        yield world
    for client in world.clients:
        await client.socket.close()
    server.stop()
    await tasks[0]
    for task in tasks[1:]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def world(desk: Desk) -> AsyncIterator[World]:
    async with running(desk) as world:
        yield world


async def eventually(check: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Waits for something that no frame announces."""
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
