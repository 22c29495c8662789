"""SQLite as the desk sees it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import structlog

from kithdesk.core import migrate
from kithdesk.core.clock import Clock
from kithdesk.core.commands import Command, Committed
from kithdesk.core.database import Done, Question
from kithdesk.core.errors import Overloaded
from kithdesk.core.ids import Ids
from kithdesk.core.sqlite.connections import FIXED_VERSIONS, is_safe_library, open_reader
from kithdesk.core.sqlite.executing import SqliteReader
from kithdesk.core.sqlite.lane import SqliteLane
from kithdesk.core.work import Wiring

log = structlog.get_logger(__name__)

LONG_READERS = 2
MOST_WAITING = 16
"""Long questions behind those that are being answered; one more is refused at once."""
LONG_READ_SECONDS = 30.0
"""From when it is asked: who has waited so long asks no more."""
STEPS_BETWEEN_LOOKS = 100_000
"""Of the database's own machine: a few milliseconds."""


def database_path(data: Path) -> Path:
    return data / "kithdesk.sqlite3"


class SqliteDatabase:
    """One file. Short queries run on the loop, and are answered before anything else happens."""

    is_shared = False

    def __init__(self, path: Path, max_batch: int) -> None:
        self.path = path
        self._max_batch = max_batch
        self._threads: ThreadPoolExecutor | None = None
        self._long_questions = 0
        self._spare: list[sqlite3.Connection] = []

    async def open(
        self, wiring: Wiring, clock: Clock, ids: Ids, on_commit: Callable[[Committed], None]
    ) -> None:
        if not is_safe_library():
            note = f"{sqlite3.sqlite_version} lacks a fix for damaged logs that {FIXED_VERSIONS} have"
            log.warning("sqlite_is_old", version=sqlite3.sqlite_version, note=note)
        await asyncio.to_thread(migrate.upgrade, self.path)
        self.lane = SqliteLane(self.path, wiring, clock, ids, on_commit, self._max_batch)
        self._reader = open_reader(self.path)
        await self.lane.start()

    async def close(self) -> None:
        await self.lane.stop()
        self._reader.close()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        for connection in self._spare:
            connection.close()

    def submit(self, command: Command) -> None:
        self.lane.submit(command)

    def submit_apart(self, command: Command) -> None:
        """No other process writes here."""
        self.lane.submit(command)

    async def prove(self) -> None:
        await self.lane.prove()

    async def read(self, question: Question) -> Done[Any]:
        return _ask(self._reader, question)

    async def read_long(self, question: Question) -> Done[Any]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(LONG_READERS, "reader")
        if self._long_questions >= LONG_READERS + MOST_WAITING:
            log.warning("too_many_long_reads", waiting=MOST_WAITING)
            raise Overloaded("Too much is being looked up just now.", retry_after=2)
        seconds = min(LONG_READ_SECONDS, question.seconds or LONG_READ_SECONDS)
        ends = time.monotonic() + seconds
        self._long_questions += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._ask_apart, question, ends)
        except _TooLate as problem:
            log.warning("read_too_long", seconds=seconds)
            raise Overloaded("It takes too long to find out.", retry_after=2) from problem
        finally:
            self._long_questions -= 1

    def _ask_apart(self, question: Question, ends: float) -> Done[Any]:
        """Raises `_TooLate`."""
        if time.monotonic() > ends:
            raise _TooLate
        connection = self._take_reader()
        connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS_BETWEEN_LOOKS)
        try:
            return _ask(connection, question)
        except sqlite3.OperationalError as problem:
            if getattr(problem, "sqlite_errorname", "") != "SQLITE_INTERRUPT":
                raise
            raise _TooLate from problem
        finally:
            self._spare.append(connection)

    def _take_reader(self) -> sqlite3.Connection:
        """One that was used before, if one is free: a new one reads the whole schema and every page from the file."""
        try:
            return self._spare.pop()
        except IndexError:
            return open_reader(self.path)


class _TooLate(Exception):
    """Its time is over before it is answered."""


def _ask(connection: sqlite3.Connection, question: Question) -> Done[Any]:
    connection.execute("BEGIN")
    try:
        return question.ask(SqliteReader(connection, question.by, question.now))
    finally:
        connection.execute("COMMIT")
