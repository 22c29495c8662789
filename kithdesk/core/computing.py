"""Work above 2 ms: another process gets bytes, returns data, and never opens the database; a query's goes aside."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from sqlalchemy.util import await_only
from sqlalchemy.util.concurrency import in_greenlet

T = TypeVar("T")


def aside(work: Callable[[], T]) -> T:
    """Work of a long query on rows that it has: in a thread where queries are asked on the loop, which stays free."""
    return await_only(asyncio.to_thread(work)) if in_greenlet() else work()


class Computing:
    """One helper process, started when first needed."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Runs a top-level function on plain data there."""
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
            self._pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=_end_with_parent)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)

    def stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """In the helper: a server that was killed leaves nobody behind."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all of a terminal; the server ends this one

    def wait() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
