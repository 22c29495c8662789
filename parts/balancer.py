"""A small balancer for tests: connections go to the nodes in turn, whatever they carry, for as long as they last.

A node that does not take a connection, or whose `/readyz` is not 200, gets no new ones until it is ready again; those
it has are its own to end. For production take a real one: this one encrypts nothing, limits nobody, and names no
client to the nodes.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import uvloop

from parts.ports import free_port
from parts.program import Program, takes_connections

_HOST = "127.0.0.1"
_CHUNK = 64 * 1024
_ASK_EVERY = 0.5
_PATIENCE = 1.0
"""Seconds within which a node takes a connection, and says that it is ready."""


class BalancerServer(Program):
    """A balancer in a process of its own."""

    def __init__(self, log: Path, port: int, nodes: Sequence[int]) -> None:
        self.port = port or free_port()
        self.url = f"http://{_HOST}:{self.port}"
        command = [sys.executable, "-m", "parts.balancer", str(self.port), *map(str, nodes)]
        super().__init__(command, log, is_ready=partial(takes_connections, self.port))


class Balancer:
    """`nodes` are ports of this machine."""

    def __init__(self, nodes: Sequence[int]) -> None:
        self.port = 0
        self._nodes = list(nodes)
        self._ready = set(nodes)
        self._turn = 0
        self._server: asyncio.Server | None = None
        self._asking: list[asyncio.Task[None]] = []
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._accept, _HOST, port)
        self.port = self._server.sockets[0].getsockname()[1]
        self._asking = [asyncio.create_task(self._keep_asking(node)) for node in self._nodes]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        tasks = [*self._asking, *self._connections]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def ask(self, node: int) -> None:
        """Notes whether a node is ready now."""
        if await _is_ready(node):
            self._ready.add(node)
        else:
            self._ready.discard(node)

    async def _keep_asking(self, node: int) -> None:
        while True:
            await self.ask(node)
            await asyncio.sleep(_ASK_EVERY)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            there = await self._connect()
            if there is None:
                writer.transport.abort()
            else:
                await _join((reader, writer), there)
        finally:
            self._connections.discard(task)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """The next node that is ready and takes a connection; None when there is none."""
        first, self._turn = self._turn, self._turn + 1
        for number in range(len(self._nodes)):
            node = self._nodes[(first + number) % len(self._nodes)]
            if node not in self._ready:
                continue
            try:
                async with asyncio.timeout(_PATIENCE):
                    return await asyncio.open_connection(_HOST, node)
            except (OSError, TimeoutError):
                self._ready.discard(node)
        return None


async def _join(
    here: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    there: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    """Passes on in both directions until both sides are done, or one of them is gone."""
    try:
        async with asyncio.TaskGroup() as ways:
            ways.create_task(_pass_on(here[0], there[1]))
            ways.create_task(_pass_on(there[0], here[1]))
    except* (OSError, RuntimeError):  # the latter is uvloop's, for writing to what has just been closed
        pass
    finally:
        here[1].close()
        there[1].close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


async def _is_ready(node: int) -> bool:
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(_HOST, node)
            try:
                writer.write(
                    f"GET /readyz HTTP/1.1\r\nHost: {_HOST}:{node}\r\nConnection: close\r\n\r\n".encode()
                )
                return (await reader.readline()).split()[1:2] == [b"200"]
            finally:
                writer.transport.abort()
    return False


async def _serve(port: int, nodes: Sequence[int]) -> None:
    await Balancer(nodes).start(port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m parts.balancer", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("nodes", type=int, nargs="+", help="ports of the nodes")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(_serve(options.port, options.nodes))
