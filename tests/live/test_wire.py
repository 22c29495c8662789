"""What one connection may cost, byte by byte, on real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import websockets

from kithdesk.core import wire
from tests.live.conftest import World, opened

pytestmark = pytest.mark.anyio


class Raw:
    """A connection on which bytes are sent as they are."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, data: bytes) -> None:
        with contextlib.suppress(ConnectionError):
            self._writer.write(data)
            await self._writer.drain()

    async def until(self, end: bytes) -> bytes:
        async with asyncio.timeout(10):
            return await self._reader.readuntil(end)

    async def rest(self) -> bytes:
        """All that comes until the server closes."""
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionError):
                return await self._reader.read()
        return b""

    async def close(self) -> None:
        self._writer.close()


@asynccontextmanager
async def raw(world: World) -> AsyncIterator[Raw]:
    connection = Raw(*await asyncio.open_connection("127.0.0.1", world.port))
    yield connection
    await connection.close()


def refusal(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-security-policy" in head
    assert b"x-request-id" in head
    return int(head.split()[1]), json.loads(body)["errors"][0]["code"]


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"x" * 40_000,
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 40_000,
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Many: x\r\n" * 200,
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 33_000 + b"\r\n\r\n",
    ],
)
async def test_T67_a_head_without_measure_is_refused(world: World, head: bytes) -> None:
    async with raw(world) as connection:
        await connection.send(head)

        assert refusal(await connection.rest()) == (431, "headtoolarge")


async def test_a_long_head_below_the_measure_is_answered(world: World) -> None:
    headers = {f"X-{n}": "x" * 900 for n in range(30)}

    assert (await world.http.get("/healthz", headers=headers)).status_code == 200


async def test_T67_a_head_that_never_ends_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.2)
    async with raw(world) as slow, raw(world) as silent:
        await slow.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")

        assert refusal(await slow.rest()) == (408, "headtooslow")
        assert await silent.rest() == b""


async def test_T67_a_second_head_on_a_connection_has_its_own_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.2)
    async with raw(world) as connection:
        await connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert (await connection.until(b'"alive"}')).startswith(b"HTTP/1.1 200 OK")
        await connection.send(b"GET /healthz HTTP/1.1\r\n")

        assert refusal(await connection.rest()) == (408, "headtooslow")


async def test_T67_a_body_that_stops_is_given_up_and_nothing_has_failed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "BODY_WINDOW_SECONDS", 0.2)
    head = f"POST /v1/tags HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {world.api_key}\r\n"
    async with raw(world) as connection:
        await connection.send(
            f'{head}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{{"name"'.encode()
        )

        assert await connection.rest() == b""
    assert (await world.get("/v1/tags"))["data"] == []


async def test_a_body_in_pieces_that_keeps_coming_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "BODY_WINDOW_SECONDS", 5)
    body = b'{"name": "' + b"x" * 100 + b'"}'
    head = (
        f"POST /v1/tags HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {world.api_key}\r\nConnection: close\r\n"
    )
    async with raw(world) as connection:
        await connection.send(
            f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        )
        for start in range(0, len(body), 10):
            await connection.send(body[start : start + 10])

        assert (await connection.rest()).startswith(b"HTTP/1.1 201")


async def test_T88_what_is_no_request_gets_our_shape_of_refusal(world: World) -> None:
    async with raw(world) as connection:
        await connection.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 this is TLS\r\n\r\n")

        assert refusal(await connection.rest()) == (400, "badparam")


def frame(opcode: int, *, fin: bool, payload: bytes = b"") -> bytes:
    """A client's frame with a mask of zeros."""
    return struct.pack("!BB", opcode | (0x80 if fin else 0), 0x80 | len(payload)) + bytes(4) + payload


CONTINUATION, TEXT, PING, PONG = 0x0, 0x1, 0x9, 0xA


@pytest.mark.parametrize(
    "flood",
    [
        frame(TEXT, fin=False) + frame(CONTINUATION, fin=False) * 20_000,
        frame(PING, fin=True) * 20_000,
        frame(PONG, fin=True, payload=b"x") * 20_000,
        frame(TEXT, fin=True, payload=b"{}") * 20_000,
    ],
    ids=["empty fragments", "pings", "pongs", "messages"],
)
async def test_T67_frames_that_nobody_sees_are_a_flood_too(world: World, flood: bytes) -> None:
    visitor = await world.visitor()
    visitor.socket.transport.write(flood)

    assert await visitor.closed() == 4429


async def test_fragments_pings_and_pongs_in_measure_are_fine(world: World) -> None:
    visitor = await world.visitor()
    await opened(visitor)
    for _ in range(20):
        await (await visitor.socket.ping())
    await visitor.socket.send(['{"op":"ping",', '"id":', '"p"}'])

    await visitor.until(op="pong", id="p")


async def test_T66_a_handshake_whose_headers_the_socket_cannot_take_is_let_go(world: World) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await world.connect("/c/v1/live", None, **{"X-Long": "x" * 10_000})

    assert refused.value.response.status_code == 431
