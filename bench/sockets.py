"""One live socket of the load: the frames of the live protocol over picows, decoded as little as the measure allows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import msgspec
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

S = TypeVar("S", bound="LiveSocket")

SOCKETS_PER_ADDRESS = 5_000
"""Loopback has about 28,000 ports per source address, and a closed one rests for a minute."""


class FrameMessage(msgspec.Struct, rename="camel"):
    client_id: str | None = None


class FrameData(msgspec.Struct):
    message: FrameMessage | None = None
    conversation: msgspec.Raw = msgspec.Raw()


class FrameEvent(msgspec.Struct):
    kind: str
    data: FrameData


class Frame(msgspec.Struct):
    """What a load reads of any frame; the rest is skipped unread."""

    op: str
    id: str | None = None
    topic: str | None = None
    position: int | None = None
    conversation: str | None = None
    event: FrameEvent | None = None
    error: msgspec.Raw = msgspec.Raw()


_decode = msgspec.json.Decoder(Frame).decode
_encode = msgspec.json.Encoder().encode


class LiveSocket(WSListener):
    """Says what it is told, and gives each frame to `on_frame`."""

    transport: WSTransport

    def __init__(self) -> None:
        self.frames = 0
        self.bytes = 0
        self.is_closed = False
        self._waiters: list[tuple[Callable[[Frame], bool], asyncio.Future[Frame]]] = []

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type is not WSMsgType.TEXT:
            return
        self.frames += 1
        self.bytes += frame.payload_size
        self._dispatch(_decode(frame.get_payload_as_memoryview()))

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.is_closed = True
        for _, waiter in self._waiters:
            if not waiter.done():
                waiter.set_exception(ConnectionError("the server closed the socket"))

    def on_frame(self, frame: Frame) -> None:
        """A subclass hears every frame here."""

    def say(self, frame: dict[str, Any]) -> None:
        self.transport.send(WSMsgType.TEXT, _encode(frame))

    def say_raw(self, frame: bytes) -> None:
        self.transport.send(WSMsgType.TEXT, frame)

    async def hear(self, wanted: Callable[[Frame], bool], timeout: float = 30) -> Frame:
        """The next frame that is `wanted`."""
        waiter: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiters.append((wanted, waiter))
        return await asyncio.wait_for(waiter, timeout)

    async def greet(self, token: str) -> None:
        self.say({"op": "hello", "token": token, "client": "bench/1.0"})
        await self.hear(lambda frame: frame.op == "welcome")

    async def subscribe(self, topic: str, after: int | None = None) -> int:
        """Replays after `after` (from now when missing); returns up to where the topic is complete."""
        self.say({"op": "subscribe", "topic": topic} | ({} if after is None else {"after": after}))
        answer = await self.hear(
            lambda frame: frame.topic == topic and frame.op in ("subscribed", "resync", "refused")
        )
        if answer.op != "subscribed":
            raise RuntimeError(f"{topic}: {answer.op} {bytes(answer.error).decode()}")
        return answer.position or 0

    def close(self) -> None:
        self.transport.disconnect()

    def _dispatch(self, frame: Frame) -> None:
        if self._waiters:
            for entry in self._waiters:
                if not entry[1].done() and entry[0](frame):
                    entry[1].set_result(frame)
            self._waiters = [entry for entry in self._waiters if not entry[1].done()]
        self.on_frame(frame)


async def connect(make: Callable[[], S], url: str, *, number: int = 0) -> S:
    """Opens a socket. `number` spreads many of them over several loopback source addresses."""
    source = f"127.0.0.{1 + number // SOCKETS_PER_ADDRESS}"
    _, listener = await ws_connect(
        make,
        url,
        websocket_handshake_timeout=30,
        max_frame_size=8 * 1024 * 1024,
        read_buffer_init_size=4 * 1024,
        use_aiofastnet=False,
        local_addr=(source, 0),
    )
    assert isinstance(listener, LiveSocket)
    return listener  # type: ignore[return-value]


async def connect_all(
    make: Callable[[int], S],
    urls: Sequence[str],
    count: int,
    *,
    join: Callable[[S, int], Awaitable[None]] | None = None,
    at_once: int = 100,
) -> list[S]:
    """Opens `count` sockets, `at_once` at a time, on `urls` in turn.

    `join` says hello on each: a server waits for that only seconds.
    """

    async def one(number: int) -> S:
        socket = await connect(lambda: make(number), urls[number % len(urls)], number=number)
        if join is not None:
            await join(socket, number)
        return socket

    sockets: list[S] = []
    for first in range(0, count, at_once):
        sockets += await asyncio.gather(
            *(one(number) for number in range(first, min(first + at_once, count)))
        )
    return sockets


def joiner(tokens: Sequence[str], topic: str) -> Callable[[LiveSocket, int], Awaitable[None]]:
    """Says hello with the token of that number, taking turns when there are fewer, and follows `topic`."""

    async def join(socket: LiveSocket, number: int) -> None:
        await socket.greet(tokens[number % len(tokens)])
        await socket.subscribe(topic)

    return join
