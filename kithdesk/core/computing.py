"""Work above 2 ms: another process gets bytes, returns data, and never opens the database; a query's goes aside.

Work of minutes is done apart, in a process that is there for nothing else.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.util import await_only
from sqlalchemy.util.concurrency import in_greenlet

from kithdesk.core.errors import Overloaded

T = TypeVar("T")
MOST_APART = 2
"""Each takes the memory that it takes."""
NICENESS = 10
"""They have time; whoever chats does not."""


def aside(work: Callable[[], T]) -> T:
    """Work of a long query on rows that it has: in a thread where queries are asked on the loop, which stays free."""
    return await_only(asyncio.to_thread(work)) if in_greenlet() else work()


class Turn(NamedTuple):
    """Whose the work is: one thing of theirs is done at a time, and `most` more may wait."""

    of: str
    most: int


class Computing:
    """One helper process, started when first needed. `niceness`: how far it steps back behind the others."""

    def __init__(self, *, niceness: int = 0) -> None:
        self._niceness = niceness
        self._pool: ProcessPoolExecutor | None = None
        self._turns = _Turns()

    async def run(self, work: Callable[..., T], *args: Any, turn: Turn | None = None) -> T:
        """Runs a top-level function on plain data there. Raises `Overloaded` when too much of theirs waits."""
        if turn is None:  # the server's own
            return await self._run(work, *args)
        async with self._turns.taken(turn):
            return await self._run(work, *args)

    async def _run(self, work: Callable[..., T], *args: Any) -> T:
        try:
            return await self._run_once(work, *args)
        except (
            BrokenProcessPool
        ):  # its process died, perhaps of another caller's data; a new one gets one try
            self._pool = None
            return await self._run_once(work, *args)

    async def _run_once(self, work: Callable[..., T], *args: Any) -> T:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                1, mp_context=spawn, initializer=_prepare, initargs=(self._niceness,)
            )
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)

    def stop(self, *, waits: bool = True) -> None:
        """Without waiting, it ends once it has done what it does."""
        if self._pool is not None:
            self._pool.shutdown(wait=waits, cancel_futures=True)

    def kill(self) -> None:
        """Whatever it does, nobody wants it any more: Python would wait for it when the server ends."""
        if self._pool is None:
            return
        # Public as `kill_workers` from Python 3.14 on. It is None once the pool has ended by itself.
        for process in list((self._pool._processes or {}).values()):  # noqa: SLF001
            process.kill()
        self.stop(waits=False)


class Apart:
    """Processes for work of minutes, each for one piece of it. Such a one may read the database by itself, which the
    helper never does, for that one opens what strangers send; and what memory it took goes with it."""

    def __init__(self) -> None:
        self._count = 0

    @asynccontextmanager
    async def process(self) -> AsyncIterator[Computing]:
        """Raises `Overloaded` when as many are there as may be."""
        if self._count >= MOST_APART:
            raise Overloaded("Others are at it.", retry_after=5)
        computing = Computing(niceness=NICENESS)
        self._count += 1
        try:
            yield computing
        finally:
            self._count -= 1
            computing.kill()


class _Turns:
    """Everybody's work stands in one line, so whoever has much of it stands there with one thing only."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._here: Counter[str] = Counter()

    @asynccontextmanager
    async def taken(self, turn: Turn) -> AsyncIterator[None]:
        if self._here[turn.of] > turn.most:
            raise Overloaded("Too much of yours waits already.", retry_after=1)
        self._here[turn.of] += 1
        try:
            async with self._locks.setdefault(turn.of, asyncio.Lock()):
                yield
        finally:
            self._here[turn.of] -= 1
            if not self._here[turn.of]:
                del self._here[turn.of], self._locks[turn.of]


def _prepare(niceness: int) -> None:
    """In the process itself: a server that was killed leaves nobody behind."""
    os.nice(niceness)
    parent = multiprocessing.parent_process()
    assert parent is not None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all of a terminal; the server ends this one

    def wait() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
