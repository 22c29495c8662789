"""The network in the proof's hands does what it is told, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from proofs.proxy import Piece, Pieces, Proxy, pieces_of_chunks, pieces_of_nats

pytestmark = pytest.mark.anyio
ENOUGH_SECONDS = 30


class Line:
    """One connection through the proxy."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer

    def say(self, content: bytes) -> None:
        self.writer.write(content)

    async def hear(self) -> bytes:
        """The next byte."""
        async with asyncio.timeout(ENOUGH_SECONDS):
            return await self._reader.read(1)

    async def hear_all(self) -> bytes:
        """All that comes back once nothing more is said."""
        self.writer.write_eof()
        async with asyncio.timeout(ENOUGH_SECONDS):
            return await self._reader.read()


@asynccontextmanager
async def line_through(proxy: Proxy) -> AsyncIterator[Line]:
    line = Line(*await asyncio.open_connection("127.0.0.1", proxy.port))
    try:
        yield line
    finally:
        line.writer.close()
        with contextlib.suppress(OSError):
            await line.writer.wait_closed()


@asynccontextmanager
async def echo_behind(seed: int = 1, pieces: Pieces = pieces_of_chunks) -> AsyncIterator[Proxy]:
    """A proxy before a server that says back whatever it hears."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(1000):
                writer.write(chunk)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    proxy = Proxy(server.sockets[0].getsockname()[1], seed=seed, pieces=pieces)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()
        server.close()


async def test_in_fair_weather_everything_passes_and_so_does_the_end() -> None:
    async with echo_behind() as proxy, line_through(proxy) as line:
        line.say(b"one two three")

        assert await line.hear_all() == b"one two three"


async def test_what_is_held_up_comes_later_and_whole() -> None:
    async with echo_behind() as proxy, line_through(proxy) as line:
        proxy.to_client.flows.clear()
        line.say(b"held up")
        heard = asyncio.create_task(line.hear_all())
        finished, _ = await asyncio.wait([heard], timeout=0.1)
        assert not finished

        proxy.clear_up()

        assert await heard == b"held up"


async def test_one_direction_may_be_slow() -> None:
    async with echo_behind() as proxy, line_through(proxy) as line:
        proxy.to_server.delay = (0.05, 0.05)
        begun = asyncio.get_running_loop().time()
        line.say(b"slow")

        assert await line.hear_all() == b"slow"
        assert asyncio.get_running_loop().time() - begun >= 0.05


async def test_a_reset_is_an_error_on_the_other_side_and_no_end() -> None:
    async with echo_behind() as proxy, line_through(proxy) as line:
        line.say(b"x")
        assert await line.hear() == b"x"

        proxy.reset()

        with pytest.raises(ConnectionResetError):
            await line.hear()


async def test_nobody_is_let_in_while_it_accepts_nobody() -> None:
    async with echo_behind() as proxy:
        proxy.accepts = False
        async with line_through(proxy) as line:
            with pytest.raises(ConnectionResetError):
                await line.hear()

        proxy.clear_up()
        async with line_through(proxy) as line:
            line.say(b"x")
            assert await line.hear_all() == b"x"


async def test_a_server_that_is_down_looks_so_through_the_proxy() -> None:
    unused = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = unused.sockets[0].getsockname()[1]
    unused.close()
    proxy = Proxy(port, seed=1)
    await proxy.start()

    async with line_through(proxy) as line:
        with pytest.raises(ConnectionResetError):
            await line.hear()
    await proxy.stop()


def message(number: int) -> bytes:
    content = f"message {number}\r\n with a line".encode()
    return b"PUB hints %d\r\n%b\r\n" % (len(content), content)


async def said_through(seed: int, *, lost: float = 0, doubled: float = 0) -> bytes:
    async with echo_behind(seed, pieces_of_nats) as proxy, line_through(proxy) as line:
        proxy.to_server.lost, proxy.to_server.doubled = lost, doubled
        line.say(b"CONNECT {}\r\n" + b"".join(message(number) for number in range(100)) + b"PING\r\n")
        return await line.hear_all()


async def test_messages_are_lost_whole_and_the_protocol_lives_on() -> None:
    heard = await said_through(7, lost=0.3)

    arrived = [number for number in range(100) if message(number) in heard]
    assert 50 < len(arrived) < 90
    assert heard == b"CONNECT {}\r\n" + b"".join(message(number) for number in arrived) + b"PING\r\n"


async def test_messages_come_twice_one_after_the_other() -> None:
    heard = await said_through(7, doubled=0.3)

    assert 110 < heard.count(b"PUB hints") < 150
    assert all(message(number) in heard for number in range(100))
    assert heard.count(b"CONNECT") == heard.count(b"PING") == 1


async def test_the_same_seed_brings_the_same_weather() -> None:
    assert await said_through(3, lost=0.5) == await said_through(3, lost=0.5)
    assert await said_through(3, lost=0.5) != await said_through(4, lost=0.5)


def test_half_a_message_waits_for_its_other_half() -> None:
    whole = message(1)

    assert pieces_of_nats(whole[:10]) == ([], whole[:10])
    assert pieces_of_nats(whole[:-1]) == ([], whole[:-1])
    assert pieces_of_nats(b"PING\r\n" + whole + b"PO") == (
        [Piece(b"PING\r\n", is_message=False), Piece(whole)],
        b"PO",
    )


async def test_who_ends_with_a_reset_is_gone_for_the_other_side_too() -> None:
    gone = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await reader.read()
        gone.set()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    proxy = Proxy(server.sockets[0].getsockname()[1], seed=1)
    await proxy.start()
    caller = socket.create_connection(("127.0.0.1", proxy.port))
    caller.send(b"hello")
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    caller.close()

    async with asyncio.timeout(ENOUGH_SECONDS):
        await gone.wait()
    await proxy.stop()
    server.close()
