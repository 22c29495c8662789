"""`Desk`: the spine as the edges see it. Routes, sockets and jobs hold one and call `run` and `read`."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import structlog

from kithdesk.core import beats, crashpoints, journal, nodes, testclock
from kithdesk.core.actors import INSTALLATION, Actor
from kithdesk.core.allowances import Allowances
from kithdesk.core.bus import HEADS, Bus
from kithdesk.core.clock import Clock, Instant, SystemClock
from kithdesk.core.commands import Command, Committed, Settle
from kithdesk.core.computing import Apart, Computing, Turn
from kithdesk.core.database import Database, Done, Question
from kithdesk.core.errors import OutcomeUnknown, Overloaded
from kithdesk.core.events import Event, Recorded
from kithdesk.core.feed import Feed, Holes
from kithdesk.core.files import Files
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.installation import check_installation
from kithdesk.core.jobrunner import JobRunner
from kithdesk.core.limits import Limits
from kithdesk.core.lock import lock_data
from kithdesk.core.migrate import UnfitDatabase, Where
from kithdesk.core.outside import open_bus, open_files
from kithdesk.core.sealing import Sealer, load_key
from kithdesk.core.settings import Settings
from kithdesk.core.sql import Executes
from kithdesk.core.sqlite import SqliteDatabase, database_path
from kithdesk.core.work import Wiring

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Desk:
    """One installation in one process.

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
        self.node = secrets.token_hex(8)
        """Names this process, for as long as it lives."""
        self.clock = clock or SystemClock()
        self.ids = ids or Ids()
        self.bus = bus or open_bus(settings)
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.database: Database = open_database(settings)
        self._lock = ExitStack()
        if not self.database.is_shared:
            self._lock.enter_context(lock_data(settings.data))
        self.files = files or open_files(settings)
        self.sealer = Sealer(load_key(settings), self.clock)
        self.limits = Limits(self.clock, enabled=settings.limits == "on")
        self.allowances = Allowances(self)
        self.feed = Feed(self._read_holes, self.head)
        self.jobs = JobRunner(self)
        self.ready: str | None = "starting"
        """None when ready, else the reason why not."""
        self.is_whole = True
        """As far as the last look over the database says."""
        self._computing, self.apart = Computing(), Apart()
        self._poll: asyncio.Task[None] | None = None

    async def start(self, *, jobs: bool = True, effects: bool = True, serves: bool = True) -> None:
        """Migrates, then takes commands. Raises `UnfitDatabase`, also `AnotherKey` and `NotWhole`."""
        if self.settings.limits == "off":
            log.warning("limits_are_off", note="rate limits are lifted; for benchmarks and tests only")
        self.ready = "migrating"
        try:
            await self.database.open(self.wiring, self.clock, self.ids, self._on_commit)
        except BaseException:
            self._lock.close()
            raise
        try:
            await check_installation(self)
        except UnfitDatabase:
            await self.stop()
            raise
        await self.bus.start()
        if self.settings.test:
            await self._prepare_tests()
        if self.database.is_shared:
            self.bus.subscribe(HEADS, self._hear_head)
            self._poll = asyncio.create_task(beats.keep_beating("heads", self._poll_heads), name="heads")
        self.jobs.serves, self.jobs.effects = serves, effects
        if jobs:
            await self.jobs.start()
        self.ready = None

    async def _prepare_tests(self) -> None:
        log.warning("test_mode", note="the clock can be moved from outside")
        crashpoints.arm(self.settings.crash_at)
        if isinstance(self.clock, SystemClock):
            self.clock.offset = (await self.read(testclock.read_offset, by=INSTALLATION)).value

    async def why_not_ready(self) -> str | None:
        """None when every lane can commit, else the reason in words."""
        if self.ready is not None:
            return self.ready
        if shutil.disk_usage(self.settings.data).free < _LEAST_FREE_BYTES:
            return "the disk is full"
        try:
            await asyncio.wait_for(self.database.prove(), _PROBE_SECONDS)
        except TimeoutError:
            return "the lane does not answer"
        except (Overloaded, OutcomeUnknown):
            return "the database cannot be written"
        return None

    async def stop(self) -> None:
        """Finishes what was accepted, then closes."""
        self.ready = "stopping"
        await self.jobs.stop()
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.gather(self._poll, return_exceptions=True)
        self.feed.stop()
        await self.bus.stop()
        await self.database.close()
        self._computing.stop()
        self._lock.close()

    def submit(
        self,
        verb: Callable[..., Any],
        *args: Any,
        by: Actor,
        settle: Settle,
        **kwargs: Any,
    ) -> None:
        """Queues a command; `settle` hears after the commit. Raises `Overloaded`."""
        self.database.submit(Command(verb, args, kwargs, by, settle))

    def submit_and_forget(self, verb: Callable[..., Any], *args: Any, by: Actor) -> None:
        """Queues a command that nobody waits for, and whose failure the next one makes up for. Raises `Overloaded`."""
        self.submit(verb, *args, by=by, settle=_nobody_listens)

    async def run(self, verb: Callable[..., T], *args: Any, by: Actor, **kwargs: Any) -> Done[T]:
        """Runs a verb in its own savepoint and answers after its commit. Cancelling the caller does not cancel it.

        Raises the verb's refusal; `Overloaded` when the lane is full or the database cannot be written;
        `OutcomeUnknown` when the connection was lost in mid-commit.
        """
        return await _heard(self.database.submit, verb, args, kwargs, by)

    async def run_apart(self, verb: Callable[..., T], *args: Any) -> T:
        """The same over rows of no organisation that all servers write, in a transaction of its own.

        A verb that wants several of them locks them in sorted order; others wait for it, and it for them.
        """
        return (await _heard(self.database.submit_apart, verb, args, {}, INSTALLATION)).value

    def time_of_all(self, reads: Executes) -> Instant:
        """For what servers count together, by one clock: the database's, as far ahead as a test has moved ours."""
        if isinstance(self.clock, SystemClock):
            return Instant(nodes.time(reads) + self.clock.offset)
        return self.clock.now()

    async def read(self, query: Callable[..., T], *args: Any, by: Actor, **kwargs: Any) -> Done[T]:
        """Runs a short query at a snapshot that holds everything acknowledged before. Raises `Overloaded`.

        On SQLite it is answered on the spot: nothing else happens between the call and the answer.
        """
        return await self.database.read(Question(query, args, kwargs, by, self.clock.now()))

    async def read_long(
        self, query: Callable[..., T], *args: Any, by: Actor, seconds: float | None = None, **kwargs: Any
    ) -> Done[T]:
        """Runs a query that may take longer than 2 ms, where nobody waits behind it. Raises `Overloaded`."""
        return await self.database.read_long(Question(query, args, kwargs, by, self.clock.now(), seconds))

    async def head(self, organisation: OrganisationId) -> int:
        """The organisation's last committed position."""
        return (await self.read(journal.head, organisation, by=INSTALLATION)).value

    async def compute(self, work: Callable[..., T], *args: Any, turn: Turn | None = None) -> T:
        """Runs a top-level function on plain data in another process, for work above 2 ms. Raises `Overloaded`."""
        return await self._computing.run(work, *args, turn=turn)

    def _on_commit(self, committed: Committed) -> None:
        if committed.events:
            self.feed.committed(committed.events)
            if self.database.is_shared:
                self._tell_others(committed.events)
        if committed.job_due is not None:
            self.jobs.notice(committed.job_due)

    # Other processes' commits

    def _tell_others(self, events: Sequence[Recorded[Event]]) -> None:
        heads = {fact.organisation: fact.position for fact in events}
        for organisation, position in heads.items():
            self.bus.publish(HEADS, {"organisation": organisation, "position": position})

    def _hear_head(self, message: dict[str, Any]) -> None:
        position = message.get("position")
        if isinstance(position, int):
            self.feed.hint(OrganisationId(message["organisation"]), position)

    async def _poll_heads(self) -> None:
        """So that no fault of the bus keeps anyone waiting for longer than this."""
        await asyncio.sleep(POLL_SECONDS)
        watched = self.feed.watched()
        if watched:
            done = await self.read(journal.heads_of, watched, by=INSTALLATION)
            for organisation, head in done.value.items():
                self.feed.hint(organisation, head)
        if self.settings.test and isinstance(self.clock, SystemClock):
            self.clock.offset = (await self.read(testclock.read_offset, by=INSTALLATION)).value

    async def _read_holes(self, holes: Holes) -> Mapping[OrganisationId, Sequence[Recorded[Event]]]:
        return (await self.read(journal.read_holes, holes, by=INSTALLATION)).value


def _nobody_listens(_value: Any, _problem: BaseException | None, _facts: object, _covers: int) -> None:
    pass


async def _heard(
    submit: Callable[[Command], None],
    verb: Callable[..., T],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    by: Actor,
) -> Done[T]:
    """What the command gives after its commit."""
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

    submit(Command(verb, args, kwargs, by, settle))
    return await future


def where(settings: Settings) -> Where:
    """The database that the settings name."""
    url = settings.database_url
    return database_path(settings.data) if url is None else url.get_secret_value()


def open_database(settings: Settings) -> Database:
    place = where(settings)
    if isinstance(place, Path):
        return SqliteDatabase(place, settings.lane_batch)
    from kithdesk.core.postgres import PostgresDatabase  # its driver costs a small server 100 ms and 20 MB

    return PostgresDatabase(place, settings.lane_batch)


_PROBE_SECONDS = 5
POLL_SECONDS = 1.0
"""How often a node asks for what others have committed."""
_LEAST_FREE_BYTES = 8 * 1024 * 1024
