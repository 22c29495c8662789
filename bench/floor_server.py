"""The floor of durable messages: the fewest instructions that still keep every promise of a visitor's message.

One bare ASGI application on the server library that the product uses. It reads a frame, queues it, and writes up to 256
of them with one commit on the event loop's own thread; only then come the answers, to the sender, to the sender's own
subscription and to every agent. No framework, no validation beyond JSON, no rights, no cursors, no back-pressure.

    python -m bench.floor_server --port 8099 --data DIR
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias

import msgspec
import uvicorn

from bench import schema

Message: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Receive: TypeAlias = Callable[[], Awaitable[Message]]

ORGANISATION = f"{1:024x}"
BATCH = 256
CHECKPOINT_BYTES = 8 * 1024 * 1024

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Socket:
    """One open WebSocket: who it is, and whether it wants events."""

    __slots__ = ("author", "customer", "is_subscribed", "number", "organisation", "send")

    def __init__(self, send: Send) -> None:
        self.send = send
        self.organisation = ORGANISATION
        self.author = ""
        self.customer = ""
        self.is_subscribed = False
        self.number = 0
        """Of the last message in its conversation."""


class Answer(NamedTuple):
    """What one committed message is told with: to its sender, to the sender's own subscription, to each agent."""

    socket: Socket
    own: Message | None
    ack: Message
    event: Message


class Desk:
    """The database, the queue before it, and the agents who hear of everything."""

    def __init__(self, path: Path, *, batch: int) -> None:
        self.database = schema.open_database(path)
        self.agents: set[Socket] = set()
        self._wal = path.with_name(path.name + "-wal")
        self._batch = batch
        self._batches = 0
        self._queue: deque[tuple[Socket, dict[str, Any]]] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self._ids = itertools.count(time.time_ns() << 16)
        row = self.database.execute("SELECT position FROM heads").fetchone()
        self._head: int = row[0] if row else 0
        if row is None:
            self.database.execute("INSERT INTO heads VALUES (?, 0, NULL)", (ORGANISATION,))

    def put(self, socket: Socket, frame: dict[str, Any]) -> None:
        self._queue.append((socket, frame))
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def run(self) -> None:
        """Take what waits, commit once, answer everybody, give the loop one turn."""
        loop = asyncio.get_running_loop()
        while True:
            if not self._queue:
                self._waiting = loop.create_future()
                await self._waiting
            queue = self._queue
            batch = [queue.popleft() for _ in range(min(len(queue), self._batch))]
            for one in self._commit(batch):
                await tell(one, self.agents)
            self._checkpoint_when_large()
            await asyncio.sleep(0)

    def welcome(self, socket: Socket, token: str) -> None:
        socket.author = socket.customer = token

    def join(self, agent: Socket) -> None:
        self.agents.add(agent)

    def leave(self, socket: Socket) -> None:
        self.agents.discard(socket)

    def _commit(self, batch: list[tuple[Socket, dict[str, Any]]]) -> list[Answer]:
        """One transaction. The answers are complete when it returns, and nothing was sent before."""
        execute = self.database.execute
        execute("BEGIN IMMEDIATE")
        answers: list[Answer] = []
        journal: list[tuple[object, ...]] = []
        personal: list[tuple[object, ...]] = []
        now = time.time_ns() // 1_000_000
        for socket, frame in batch:
            execute("SAVEPOINT command")
            written = self._write(socket, frame, now)
            execute("RELEASE command")
            if written is None:  # A repeat. The load never repeats, so the floor has no answer for it.
                continue
            conversation, message, event = written
            self._head += 1
            facts = schema.facts_of(conversation, socket.customer, message["id"], frame["id"], socket.number)
            words = _encode({"body": frame["body"], "attachments": []}).decode()
            who = (socket.customer, conversation, socket.customer, socket.author)
            journal.append((ORGANISATION, self._head, event, *who, now, facts))
            personal.append((ORGANISATION, self._head, words))
            answers.append(answer(socket, frame["id"], conversation, self._head, message))
        self.database.executemany(schema.INSERT_JOURNAL, journal)
        self.database.executemany(schema.INSERT_PERSONAL, personal)
        execute(schema.UPDATE_HEAD, (self._head, journal[-1][2], ORGANISATION))
        execute("COMMIT")
        return answers

    def _write(
        self, socket: Socket, frame: dict[str, Any], now: int
    ) -> tuple[str, dict[str, Any], str] | None:
        conversation = frame["conversation"] or self._open(socket, now)
        execute = self.database.execute
        client_id, author, body = frame["id"], socket.author, frame["body"]
        key = (ORGANISATION, conversation, author, client_id)
        if execute(schema.FIND_BY_CLIENT_ID, key).fetchone() is not None:
            return None
        identity, event = self._new_id(), self._new_id()
        socket.number += 1
        place = (ORGANISATION, identity, conversation, socket.number)
        execute(schema.INSERT_MESSAGE, (*place, body, author, client_id, now, socket.customer, event))
        values = {
            "organisation": ORGANISATION,
            "conversation": conversation,
            "customer": socket.customer,
            "id": identity,
            "at": now,
            "preview": body[:140],
        }
        execute(schema.UPDATE_CONVERSATION, values)
        execute(schema.UPDATE_CUSTOMER, values)
        return conversation, live_message(socket, frame, identity, conversation, now), event

    def _open(self, socket: Socket, now: int) -> str:
        conversation = self._new_id()
        self.database.execute(schema.INSERT_CUSTOMER, (ORGANISATION, socket.customer, now, now, now))
        row = schema.opened(ORGANISATION, conversation, socket.customer, socket.author, now)
        self.database.execute(schema.insert_into("conversations", row), row)
        return conversation

    def _checkpoint_when_large(self) -> None:
        """Only this connection checkpoints, and only between batches."""
        self._batches += 1
        if self._batches % 16 == 0 and self._wal.stat().st_size > CHECKPOINT_BYTES:
            self.database.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _new_id(self) -> str:
        return f"{next(self._ids):024x}"


class TakesMessages(Protocol):
    """What is behind the application: `Desk` here, and the one of `floor_lanes`."""

    async def run(self) -> None: ...
    def put(self, socket: Socket, frame: dict[str, Any]) -> None: ...
    def welcome(self, socket: Socket, token: str) -> None: ...
    def join(self, agent: Socket) -> None: ...
    def leave(self, socket: Socket) -> None: ...


class FloorServer:
    """`/c/v1/live` and `/v1/live`, as far as the load needs them."""

    def __init__(self, desk: TakesMessages) -> None:
        self._desk = desk
        self._lane: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"{}"})
            return
        if self._lane is None:
            self._lane = asyncio.create_task(self._desk.run())
        await receive()
        await send({"type": "websocket.accept"})
        await self._talk(scope["path"].startswith("/v1/"), receive, send)

    async def _talk(self, is_agent: bool, receive: Receive, send: Send) -> None:
        desk = self._desk
        socket = Socket(send)
        while (message := await receive())["type"] == "websocket.receive":
            frame = _decode(message["text"])
            match frame["op"]:
                case "send":
                    desk.put(socket, frame)
                case "hello":
                    desk.welcome(socket, frame["token"])
                    await send(_text('{"op":"welcome","session":"s","heartbeat":25,"position":0}'))
                case "subscribe":
                    if is_agent:
                        desk.join(socket)
                    else:
                        socket.is_subscribed = True
                    await send(_text(f'{{"op":"subscribed","topic":"{frame["topic"]}","position":0}}'))
                case _:
                    await send(_text('{"op":"pong","position":0}'))
        desk.leave(socket)


def answer(
    socket: Socket, client_id: str, conversation: str, position: int, message: dict[str, Any]
) -> Answer:
    body = _encode(message).decode()
    ack = (
        f'{{"op":"ack","id":"{client_id}","message":{body},'
        f'"conversation":"{conversation}","position":{position}}}'
    )
    tail = (
        f'"position":{position},"event":{{"kind":"message.created","at":"{message["sentAt"]}",'
        f'"data":{{"message":{body}}}}}}}'
    )
    own = _text(f'{{"op":"event","topic":"visitor",{tail}') if socket.is_subscribed else None
    return Answer(socket, own, _text(ack), _text(f'{{"op":"event","topic":"inbox",{tail}'))


async def tell(one: Answer, agents: Iterable[Socket]) -> None:
    await one.socket.send(one.ack)
    if one.own is not None:
        await one.socket.send(one.own)
    for agent in tuple(agents):
        await agent.send(one.event)


def live_message(
    socket: Socket, frame: dict[str, Any], identity: str, conversation: str, now: int
) -> dict[str, Any]:
    return {
        "id": identity,
        "conversation": conversation,
        "customer": socket.customer,
        "direction": "in",
        "kind": "message",
        "channel": "chat",
        "body": frame["body"],
        "clientId": frame["id"],
        "sentAt": _iso(now),
        "sentBy": {"type": "customer", "id": socket.customer, "displayName": "Visitor 0000"},
        "attachments": [],
    }


def _text(text: str) -> Message:
    return {"type": "websocket.send", "text": text}


def _iso(at: int) -> str:
    seconds, milliseconds = divmod(at, 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{milliseconds:03d}Z"


def serve(application: Any, port: int) -> None:
    """Runs `application` exactly as the product runs its own."""
    uvicorn.run(
        application,
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        ws_ping_interval=None,
        lifespan="off",
        log_level="warning",
        access_log=False,
        backlog=4096,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--batch", type=int, default=BATCH)
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    serve(FloorServer(Desk(options.data / "floor.db", batch=options.batch)), options.port)


if __name__ == "__main__":
    main()
