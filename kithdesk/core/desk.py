"""`Desk`: the spine as the edges see it. Routes, sockets and jobs hold one and call `run` and `read`."""

from __future__ import annotations

import asyncio
import fcntl
import multiprocessing
import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import structlog

from kithdesk.core import crashpoints, journal, migrate, testclock
from kithdesk.core.actors import INSTALLATION, Actor
from kithdesk.core.bus import Bus, InProcessBus
from kithdesk.core.clock import Clock, Instant, SystemClock
from kithdesk.core.errors import Overloaded
from kithdesk.core.events import Event, Recorded
from kithdesk.core.feed import Feed
from kithdesk.core.files import Files, FolderFiles
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.jobrunner import JobRunner
from kithdesk.core.lane import Command, Committed
from kithdesk.core.limits import Limits
from kithdesk.core.sealing import Sealer, load_key
from kithdesk.core.settings import Settings
from kithdesk.core.sql import SqliteExecutor, Upsert
from kithdesk.core.sqlite import FIXED_VERSIONS, SqliteLane, is_safe_library, open_reader
from kithdesk.core.work import Wiring, Work

log = structlog.get_logger(__name__)
T = TypeVar("T")

Settle = Callable[[Any, BaseException | None, Sequence[Recorded[Event]], int], None]


class DataInUse(Exception):
    """Another process owns the data folder."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a command or a query gave. `position` covers it: subscribing after it misses and repeats nothing."""

    value: T
    position: int


class Reader(SqliteExecutor):
    """A snapshot, and who asks."""

    __slots__ = ("actor", "now", "organisation")

    def __init__(self, connection: sqlite3.Connection, actor: Actor, now: Instant) -> None:
        super().__init__(connection)
        self.actor = actor
        self.organisation = actor.organisation
        self.now = now


class Desk:
    """One installation in one process, on SQLite.

    `clock`, `ids`, `bus` and `files` are the outside world and may be given; the rest comes from `settings`.
    """

    def __init__(
        self,
        settings: Settings,
        wiring: Wiring,
        *,
        clock: Clock | None = None,
        ids: Ids | None = None,
        bus: Bus | None = None,
        files: Files | None = None,
    ) -> None:
        self.settings = settings
        self.wiring = wiring
        self.clock = clock or SystemClock()
        self.ids = ids or Ids()
        self.bus = bus or InProcessBus()
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = lock_data(settings.data)
        self.files = files or FolderFiles(settings.data / "files")
        self.sealer = Sealer(load_key(settings), self.clock)
        self.limits = Limits(self.clock, enabled=settings.limits == "on")
        self.feed = Feed(self._read_gap)
        self.jobs = JobRunner(self)
        self.ready: str | None = "starting"
        """None when ready, else the reason why not."""
        self._compute: ProcessPoolExecutor | None = None
        self._readers: ThreadPoolExecutor | None = None

    @property
    def path(self) -> Path:
        return database_path(self.settings.data)

    async def start(self, *, jobs: bool = True, effects: bool = True) -> None:
        """Migrates, then takes commands."""
        if not is_safe_library():
            log.warning("sqlite_is_old", version=sqlite3.sqlite_version, fixed_in=FIXED_VERSIONS)
        if self.settings.limits == "off":
            log.warning("limits_are_off", note="rate limits are lifted; for benchmarks and tests only")
        self.ready = "migrating"
        migrate.upgrade(self.path)
        self._lane = SqliteLane(
            self.path, self.wiring, self.clock, self.ids, self._on_commit, self.settings.lane_batch
        )
        self._reader = open_reader(self.path)
        if self.settings.test:
            self._prepare_tests()
        await self._lane.start()
        self.jobs.effects = effects
        if jobs:
            await self.jobs.start()
        self.ready = None

    def _prepare_tests(self) -> None:
        log.warning("test_mode", note="the clock can be moved from outside")
        crashpoints.arm(self.settings.crash_at)
        if isinstance(self.clock, SystemClock):
            self.clock.offset = testclock.read_offset(SqliteExecutor(self._reader))

    async def why_not_ready(self) -> str | None:
        """None when the lane can commit, else the reason in words."""
        if self.ready is not None:
            return self.ready
        if shutil.disk_usage(self.settings.data).free < _LEAST_FREE_BYTES:
            return "the disk is full"
        try:
            await asyncio.wait_for(self.run(_probe, by=INSTALLATION), _PROBE_SECONDS)
        except TimeoutError:
            return "the lane does not answer"
        except Overloaded:
            return "the database cannot be written"
        return None

    async def stop(self) -> None:
        """Finishes what was accepted, then closes."""
        self.ready = "stopping"
        await self.jobs.stop()
        await self._lane.stop()
        self._reader.close()
        for pool in (self._compute, self._readers):
            if pool is not None:
                pool.shutdown(cancel_futures=True)
        self._lock.close()

    def submit(
        self,
        verb: Callable[..., Any],
        *args: Any,
        by: Actor,
        settle: Settle,
        bulk: bool = False,
        **kwargs: Any,
    ) -> None:
        """Queues a command; `settle(value, problem, facts, covers)` hears after the commit. Raises `Overloaded`."""
        self._lane.submit(Command(verb, args, kwargs, by, settle), bulk=bulk)

    async def run(self, verb: Callable[..., T], *args: Any, by: Actor, **kwargs: Any) -> Done[T]:
        """Runs a verb in its own savepoint and answers after its commit. Cancelling the caller does not cancel it.

        Raises the verb's refusal, `Overloaded` when the lane is full or the database cannot be written.
        """
        future: asyncio.Future[Done[T]] = asyncio.get_running_loop().create_future()

        def settle(
            value: Any, problem: BaseException | None, _facts: Sequence[Recorded[Event]], covers: int
        ) -> None:
            if future.done():
                return
            if problem is not None:
                future.set_exception(problem)
            else:
                future.set_result(Done(value, covers))

        self.submit(verb, *args, by=by, settle=settle, **kwargs)
        return await future

    async def read(self, query: Callable[..., T], *args: Any, by: Actor, **kwargs: Any) -> Done[T]:
        """Runs a short query on the loop, at a snapshot that holds everything acknowledged before."""
        return self.read_now(query, *args, by=by, **kwargs)

    def read_now(self, query: Callable[..., T], *args: Any, by: Actor, **kwargs: Any) -> Done[T]:
        """`read`, for code on the loop that may not wait."""
        return _read(self._reader, self.clock.now(), query, args, kwargs, by)

    async def read_long(self, query: Callable[..., T], *args: Any, by: Actor, **kwargs: Any) -> Done[T]:
        """Runs a query that may take longer than 2 ms, away from the loop."""
        if self._readers is None:
            self._readers = ThreadPoolExecutor(2, "reader")
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, self._read_apart, query, args, kwargs, by
        )

    def head(self, organisation: OrganisationId) -> int:
        """The organisation's last committed position."""
        return journal.head(SqliteExecutor(self._reader), organisation)

    async def compute(self, work: Callable[..., T], *args: Any) -> T:
        """Runs a top-level function on plain data in another process, for work above 2 ms."""
        try:
            return await self._compute_once(work, *args)
        except (
            BrokenProcessPool
        ):  # its process died, perhaps of another caller's data; a new one gets one try
            self._compute = None
            return await self._compute_once(work, *args)

    async def _compute_once(self, work: Callable[..., T], *args: Any) -> T:
        if self._compute is None:
            spawn = multiprocessing.get_context("spawn")
            self._compute = ProcessPoolExecutor(1, mp_context=spawn, initializer=_end_with_parent)
        return await asyncio.get_running_loop().run_in_executor(self._compute, work, *args)

    def _on_commit(self, committed: Committed) -> None:
        if committed.events:
            self.feed.committed(committed.events)
        if committed.job_due is not None:
            self.jobs.notice(committed.job_due)

    def _read_gap(self, organisation: OrganisationId, after: int, up_to: int) -> Sequence[Recorded[Event]]:
        return self.read_now(
            journal.read_all, organisation, after=after, limit=up_to - after, by=INSTALLATION
        ).value

    def _read_apart(self, query: Any, args: Any, kwargs: Any, by: Actor) -> Done[Any]:
        connection = open_reader(self.path)
        try:
            return _read(connection, self.clock.now(), query, args, kwargs, by)
        finally:
            connection.close()


def _read(
    connection: sqlite3.Connection, now: Instant, query: Any, args: Any, kwargs: Any, by: Actor
) -> Done[Any]:
    reader = Reader(connection, by, now)
    connection.execute("BEGIN")
    try:
        position = journal.head(reader, by.organisation) if by.organisation else 0
        return Done(query(reader, *args, **kwargs), position)
    finally:
        connection.execute("COMMIT")


def _end_with_parent() -> None:
    """In a helper process: a server that was killed leaves nobody behind."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all of a terminal; the server ends this one

    def wait() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def _probe(work: Work) -> None:
    """Proves that a transaction can be written and committed."""
    work.execute(_TOUCH, {"organisation": "", "position": 0})


_TOUCH = Upsert(journal.heads, ["organisation"])
_PROBE_SECONDS = 5
_LEAST_FREE_BYTES = 8 * 1024 * 1024


def database_path(data: Path) -> Path:
    return data / "kithdesk.sqlite3"


def lock_data(data: Path) -> Any:
    """Takes the folder for this process. Raises `DataInUse`."""
    handle = (data / "lock").open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise DataInUse(f"{data} is in use by another kithdesk process") from None
    return handle
