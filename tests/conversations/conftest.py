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
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.api import Ask, Tenant, api_of, settle
from tests.make import GLOBEX, Make, WorkAs
from tests.slices import WIRING

T = TypeVar("T")


class PooledDesk(Desk):
    """A desk that shares one computing process with those of all other tests: starting one takes seconds."""

    pool: ClassVar[ProcessPoolExecutor | None] = None

    async def compute(self, work: Callable[..., T], *args: Any) -> T:
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
    desk = PooledDesk(settings, wiring, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    yield desk
    await desk.stop()


@pytest.fixture
def wiring() -> Wiring:
    return WIRING


@pytest.fixture
def make(work: WorkAs) -> Make:
    return Make(work)


@pytest.fixture
def other(work: WorkAs) -> Make:
    """Another organisation in the same database."""
    return Make(work, GLOBEX)


@pytest.fixture
async def acme(desk: Desk) -> Tenant:
    return await settle(desk, "Acme")


@pytest.fixture
async def globex(desk: Desk) -> Tenant:
    return await settle(desk, "Globex")


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk) as opened:
        yield opened


@pytest.fixture
def api(ask: Ask, acme: Tenant) -> httpx.AsyncClient:
    """A program with a key of Acme's administrator."""
    return ask(acme.key)


@pytest.fixture
def foreign(ask: Ask, globex: Tenant) -> httpx.AsyncClient:
    """A program with a key of the other organisation's administrator."""
    return ask(globex.key)
