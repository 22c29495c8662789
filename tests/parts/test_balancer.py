"""The balancer of the tests: new connections go where somebody is ready, and what is open stays open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from parts.balancer import Balancer
from parts.ports import free_port

pytestmark = pytest.mark.anyio


class Node:
    """Answers `/readyz` as told, and says its name and every line again on any other connection."""

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.port = free_port()
        self.status = b"200 OK"
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            is_question = line.startswith(b"GET /readyz ")
            writer.write(b"HTTP/1.1 %b\r\n\r\n" % self.status if is_question else self.name + b" " + line)
        writer.close()


class Caller:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def say(self, word: bytes) -> None:
        self._writer.write(word + b"\n")

    async def ask(self, word: bytes = b"?") -> bytes:
        self.say(word)
        return await self.hear()

    async def hear(self) -> bytes:
        async with asyncio.timeout(30):
            return await self._reader.readline()

    async def ends(self) -> bytes:
        """Says no more; answers what was still to come."""
        self._writer.write_eof()
        async with asyncio.timeout(30):
            return await self._reader.read()


@pytest.fixture
async def nodes() -> AsyncIterator[list[Node]]:
    nodes = [Node(name) for name in (b"one", b"two", b"three")]
    for node in nodes:
        await node.start()
    yield nodes
    for node in nodes:
        await node.stop()


@pytest.fixture
async def balancer(nodes: list[Node]) -> AsyncIterator[Balancer]:
    balancer = Balancer([node.port for node in nodes])
    await balancer.start()
    yield balancer
    await balancer.stop()


@asynccontextmanager
async def call(balancer: Balancer) -> AsyncIterator[Caller]:
    reader, writer = await asyncio.open_connection("127.0.0.1", balancer.port)
    try:
        yield Caller(reader, writer)
    finally:
        writer.close()


async def names(balancer: Balancer, times: int) -> list[bytes]:
    """Who answers the next callers."""
    heard = []
    for _ in range(times):
        async with call(balancer) as caller:
            heard.append((await caller.ask()).split()[0])
    return heard


async def test_connections_go_round(balancer: Balancer) -> None:
    assert await names(balancer, 6) == [b"one", b"two", b"three"] * 2


async def test_a_dead_node_is_passed_over_at_once_and_taken_again(
    balancer: Balancer, nodes: list[Node]
) -> None:
    await nodes[1].stop()
    assert await names(balancer, 6) == [b"one", b"three", b"three"] * 2

    await nodes[1].start()
    await balancer.ask(nodes[1].port)
    assert await names(balancer, 3) == [b"one", b"two", b"three"]


async def test_a_node_that_is_not_ready_gets_nobody_new_and_keeps_whom_it_has(
    balancer: Balancer, nodes: list[Node]
) -> None:
    async with call(balancer) as held:
        assert await held.ask() == b"one ?\n"

        nodes[0].status = b"503 Service Unavailable"
        await balancer.ask(nodes[0].port)

        assert set(await names(balancer, 6)) == {b"two", b"three"}
        assert await held.ask(b"still there?") == b"one still there?\n"


async def test_everything_arrives_though_one_side_has_said_its_last(balancer: Balancer) -> None:
    lines = [b"%d" % number + b"x" * 10_000 for number in range(500)]
    async with call(balancer) as caller:
        for line in lines:
            caller.say(line)

        assert await caller.ends() == b"".join(b"one " + line + b"\n" for line in lines)


async def test_without_any_node_a_connection_ends(balancer: Balancer, nodes: list[Node]) -> None:
    for node in nodes:
        await node.stop()

    async with call(balancer) as caller:
        assert await caller.hear() == b""
