"""What every test may ask for: a desk on a real database in a temporary folder, and a clock that it moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from kithdesk.core import migrate
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import SqliteTransaction, open_writer
from kithdesk.core.work import Wiring, Work

WorkAs = Callable[[Actor], AbstractContextManager[Work]]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def wiring() -> Wiring:
    from kithdesk.app import WIRING

    return WIRING


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", test=True)


@pytest.fixture
async def desk(settings: Settings, wiring: Wiring, clock: ManualClock) -> AsyncIterator[Desk]:
    """A whole spine. Jobs run when the test calls `await desk.jobs.settle()`."""
    desk = Desk(settings, wiring, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    yield desk
    await desk.stop()


@pytest.fixture
def work(tmp_path: Path, wiring: Wiring, clock: ManualClock) -> Iterator[WorkAs]:
    """`with work(actor) as w:` one command's work in a transaction of a scratch database; all of a test share it."""
    path = tmp_path / "scratch.sqlite3"
    migrate.create(path)
    connection = open_writer(path)
    connection.execute("BEGIN IMMEDIATE")
    ids = Ids(2)

    @contextmanager
    def as_actor(actor: Actor) -> Iterator[Work]:
        command = Work(SqliteTransaction(connection), wiring, ids, actor, clock.now())
        yield command
        command.react()

    yield as_actor
    connection.execute("ROLLBACK")
    connection.close()
