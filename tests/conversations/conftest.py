"""Conversations are tested with the slices below them and nothing above."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, ClassVar, TypeVar

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from kithdesk.core.computing import Turn
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import database_path
from kithdesk.core.work import Wiring
from tests.api import created
from tests.databases import new_file
from tests.slices import acme, api, ask, foreign, globex, make, other, wiring

__all__ = ["acme", "api", "ask", "desk", "foreign", "globex", "make", "other", "wiring"]

T = TypeVar("T")


class PooledDesk(Desk):
    """A desk that shares one computing process with those of all other tests: starting one takes seconds."""

    pool: ClassVar[ProcessPoolExecutor | None] = None

    async def compute(self, work: Callable[..., T], *args: Any, turn: Turn | None = None) -> T:
        if PooledDesk.pool is None:
            PooledDesk.pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        return await asyncio.get_running_loop().run_in_executor(PooledDesk.pool, work, *args)


@pytest.fixture(scope="session", autouse=True)
def _stop_computing() -> Iterator[None]:
    yield
    if PooledDesk.pool is not None:
        PooledDesk.pool.shutdown()


@pytest.fixture
async def desk(settings: Settings, wiring: Wiring, clock: ManualClock) -> AsyncIterator[Desk]:
    if settings.database_url is None:
        new_file(database_path(settings.data))
    desk = PooledDesk(settings, wiring, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    yield desk
    await desk.stop()


@pytest.fixture
async def ana(api: httpx.AsyncClient) -> str:
    """A customer of Acme's."""
    return str((await created(api, "/v1/customers", {"name": "Ana"}))["id"])
