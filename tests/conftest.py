"""What every test may ask for: a desk on a real database in a temporary folder, and a clock that it moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import SqliteTransaction, database_path, open_writer
from kithdesk.core.work import Wiring, Work
from tests.core.wires import Wire
from tests.databases import empty, new_file, postgres_database

WorkAs = Callable[[Actor], AbstractContextManager[Work]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the databases that a test marked with `only` is not about."""
    others = [item for item in items if _is_about_another(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


def _is_about_another(item: pytest.Item) -> bool:
    only = item.get_closest_marker("only")
    callspec = getattr(item, "callspec", None)
    if only is None or callspec is None:
        return False
    return callspec.params.get("database_url", only.args[0]) not in only.args


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of this process's PostgreSQL database."""
    with postgres_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Data tests run on both. None is SQLite's file in the data folder.

    `pytest.mark.only("sqlite")` is for what one of them does alone.
    """
    if request.param == "sqlite":
        return None
    url: str = request.getfixturevalue("postgres")
    empty(url)
    return url


@pytest.fixture
def settings(tmp_path: Path, database_url: str | None) -> Settings:
    return Settings(data=tmp_path / "data", test=True, database_url=database_url)  # type: ignore[arg-type]


@pytest.fixture
async def desk(settings: Settings, wiring: Wiring, clock: ManualClock) -> AsyncIterator[Desk]:
    """A whole spine. Jobs run when the test calls `await desk.jobs.settle()`."""
    if settings.database_url is None:
        new_file(database_path(settings.data))
    desk = Desk(settings, wiring, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    yield desk
    await desk.stop()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def pair(
    settings: Settings, wiring: Wiring, clock: ManualClock, wire: Wire, tmp_path: Path
) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two processes, as far as the database can tell."""
    desks = []
    for number in (1, 2):
        its = settings.model_copy(
            update={"data": tmp_path / f"node{number}", "secret_key": SecretStr("k" * 32)}
        )
        desk = Desk(its, wiring, clock=clock, ids=Ids(number), bus=wire.end())
        await desk.start(jobs=False)
        desks.append(desk)
    yield desks[0], desks[1]
    for desk in desks:
        await desk.stop()


@pytest.fixture
def work(tmp_path: Path, wiring: Wiring, clock: ManualClock) -> Iterator[WorkAs]:
    """`with work(actor) as w:` one command's work in a transaction of a scratch database; all of a test share it."""
    path = tmp_path / "scratch.sqlite3"
    new_file(path)
    connection = open_writer(path)
    connection.execute("BEGIN IMMEDIATE")
    ids = Ids(2)

    @contextmanager
    def as_actor(actor: Actor) -> Iterator[Work]:
        command = Work(SqliteTransaction(connection), wiring, ids, actor, clock.now)
        yield command
        command.react()

    yield as_actor
    connection.execute("ROLLBACK")
    connection.close()
