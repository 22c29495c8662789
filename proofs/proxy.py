"""A network between two programs, in the proof's hands: slow, deaf, forgetful, or gone.

Each direction has its own weather, which may change at any moment. What passes is looked at in pieces. A stream in
which a piece is lost or comes twice means nothing to most protocols, so that with `pieces_of_chunks` those two are
for the moments before a reset; with `pieces_of_nats` a piece is one message of that protocol, and losing or doubling
it is what a careless bus would do.

Everything left to chance comes from the seed, one stream of chance for each connection and direction.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

CHUNK = 64 * 1024
Direction = Literal["to_server", "to_client"]


@dataclass(frozen=True)
class Piece:
    """Bytes that pass together. Only `is_message` may be lost or doubled."""

    content: bytes
    is_message: bool = True


Pieces = Callable[[bytes], tuple[list[Piece], bytes]]
"""Whole pieces out of a buffer, and what is left of it."""


def pieces_of_chunks(buffer: bytes) -> tuple[list[Piece], bytes]:
    """Whatever has arrived."""
    return ([Piece(buffer)] if buffer else []), b""


def pieces_of_nats(buffer: bytes) -> tuple[list[Piece], bytes]:
    """The lines of NATS, and its messages with their content. `CONNECT`, `PING` and the like are never touched."""
    pieces = []
    while (end := buffer.find(b"\r\n")) >= 0:
        words = buffer[:end].split()
        is_message = bool(words) and words[0].upper() in (b"PUB", b"MSG", b"HPUB", b"HMSG")
        length = end + 2 + (int(words[-1]) + 2 if is_message else 0)
        if len(buffer) < length:
            break
        pieces.append(Piece(buffer[:length], is_message))
        buffer = buffer[length:]
    return pieces, buffer


@dataclass
class Weather:
    """What happens to what passes in one direction."""

    delay: tuple[float, float] = (0, 0)
    """Seconds each piece waits, from and to. Order is kept."""
    lost: float = 0
    """Which share of the messages vanishes."""
    doubled: float = 0
    """Which share comes twice."""
    flows: asyncio.Event = field(default_factory=asyncio.Event)
    """While it is not set nothing passes, and nothing is lost either."""

    def __post_init__(self) -> None:
        self.flows.set()

    def clear_up(self) -> None:
        self.delay, self.lost, self.doubled = (0, 0), 0, 0
        self.flows.set()


class Proxy:
    """Listens on a port of its own and passes on to `target`, a port of this machine."""

    def __init__(self, target: int, *, seed: int, pieces: Pieces = pieces_of_chunks) -> None:
        self.seed = seed
        self.to_server, self.to_client = Weather(), Weather()
        self.port = 0
        self.accepts = True
        """Whether anybody new is let in; who is not is reset at once."""
        self._target = target
        self._pieces = pieces
        self._accepted = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        self.reset()
        for task in list(self._passing):
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    def reset(self) -> None:
        """Every connection ends with RST, on both sides; what was on its way is gone."""
        for writer in list(self._writers):
            _reset(writer)

    def clear_up(self) -> None:
        self.accepts = True
        self.to_server.clear_up()
        self.to_client.clear_up()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.accepts:
            _reset(writer)
            return
        number, self._accepted = self._accepted, self._accepted + 1
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:  # The server is down: so is the connection to it.
            _reset(writer)
            return
        self._writers |= {writer, to_writer}
        ways: list[tuple[Direction, asyncio.StreamReader, asyncio.StreamWriter]] = [
            ("to_server", reader, to_writer),
            ("to_client", to_reader, writer),
        ]
        tasks = [asyncio.create_task(self._pass_on(number, *way)) for way in ways]
        self._passing.update(tasks)
        try:
            await asyncio.wait(tasks)
        finally:
            self._passing.difference_update(tasks)
            self._writers -= {writer, to_writer}
            for one in (writer, to_writer):
                one.close()

    async def _pass_on(
        self,
        number: int,
        direction: Direction,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        random = Random(f"{self.seed}/{number}/{direction}")
        weather: Weather = getattr(self, direction)
        buffer = b""
        try:
            while chunk := await reader.read(CHUNK):
                pieces, buffer = self._pieces(buffer + chunk)
                for piece in pieces:
                    await self._pass_piece(piece, weather, random, writer)
            if not writer.is_closing():
                writer.write(buffer)
                writer.write_eof()
        except (OSError, RuntimeError):
            # One side was reset, and so is the other; uvloop says RuntimeError while a piece is on its way.
            _reset(writer)

    async def _pass_piece(
        self, piece: Piece, weather: Weather, random: Random, writer: asyncio.StreamWriter
    ) -> None:
        await weather.flows.wait()
        if weather.delay[1] > 0:
            await asyncio.sleep(random.uniform(*weather.delay))
        fate = random.random()
        times = 1
        if piece.is_message and fate < weather.lost:
            times = 0
        elif piece.is_message and fate < weather.lost + weather.doubled:
            times = 2
        for _ in range(times):
            writer.write(piece.content)
        await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Closes with RST: the other side's next read fails, and nothing more is delivered."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        with contextlib.suppress(OSError, ValueError):  # uvloop says ValueError of one that is closed already
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
