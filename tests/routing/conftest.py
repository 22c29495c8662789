"""Two shops on one desk, and browsers of their agents."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from kithdesk.app import create_api
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.sql import NOTHING, Result, Statement
from kithdesk.core.work import Wiring, Work
from tests.routing.servers import Node
from tests.routing.shops import Shop, found_shop, session_token

Browse = Callable[[Shop, Actor], Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def shop(desk: Desk) -> Shop:
    return await found_shop(desk, "Outdoor")


@pytest.fixture
async def other_shop(desk: Desk) -> Shop:
    return await found_shop(desk, "Indoor")


@pytest.fixture
def real() -> ManualClock:
    return ManualClock(Instant(1_700_000_000_000))


@pytest.fixture
def node(shop: Shop, real: ManualClock) -> Node:
    return Node(shop, real)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[Statement]:
    """What commands have run, in order."""
    seen: list[Statement] = []
    execute = Work.execute

    def see(work: Work, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        seen.append(statement)
        return execute(work, statement, values)

    monkeypatch.setattr(Work, "execute", see)
    return seen


@pytest.fixture
async def browse(shop: Shop) -> AsyncIterator[Browse]:
    """`await browse(shop, agent)` gives a client with a session of theirs."""
    app = create_api(shop.desk)
    clients: list[httpx.AsyncClient] = []

    async def client(of: Shop, agent: Actor) -> httpx.AsyncClient:
        token = await session_token(of, agent)
        opened = httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://desk.test",
            headers={"Authorization": f"Bearer {token}"},
        )
        clients.append(opened)
        return opened

    yield client
    for opened in clients:
        await opened.aclose()


@pytest.fixture
async def there(shop: Shop, settings: Settings, wiring: Wiring, tmp_path: Path) -> AsyncIterator[Shop]:
    """The same shop on a second node."""
    its = settings.model_copy(update={"data": tmp_path / "other"})
    its.data.mkdir()
    shutil.copy(settings.data / "secret.key", its.data)
    desk = Desk(its, wiring, clock=shop.desk.clock, ids=Ids(2))
    await desk.start(jobs=False)
    yield replace(shop, desk=desk)
    await desk.stop()
