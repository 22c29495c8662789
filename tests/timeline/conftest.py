"""The timeline is tested with the slices below it and nothing above."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.work import Wiring
from tests.api import Ask, Tenant, api_of, settle
from tests.make import GLOBEX, Make, WorkAs
from tests.slices import WIRING


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
