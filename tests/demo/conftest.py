"""The demo on a desk of its own, and the shop as browsers reach it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from kithdesk import demo
from kithdesk.app import WIRING
from kithdesk.core import web
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.headers import Gate
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring, Work
from kithdesk.demo import DemoLinks
from tests.databases import put_rows, rows_of

SITE = "http://localhost:8080"

Browse = Callable[..., httpx.AsyncClient]


_told: dict[str, dict[str, bytes]] = {}
"""What a PostgreSQL database holds once the demo is prepared in it."""


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo in it, prepared once for all tests: telling the history takes a second."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    asyncio.run(_prepare(Settings(data=folder, test=True)))
    return folder


async def _prepare(settings: Settings) -> None:
    desk = Desk(settings, WIRING, clock=ManualClock(), ids=Ids(1))
    await desk.start(jobs=False)
    await demo.prepare(desk)
    await desk.stop()


@pytest.fixture
async def ready(prepared: Path, settings: Settings) -> None:
    """The demo has run here before, in the folder or in the database."""
    shutil.copytree(prepared, settings.data)
    if settings.database_url is None:
        return
    url = settings.database_url.get_secret_value()
    if url in _told:
        put_rows(url, _told[url])
    else:
        await _prepare(settings)
        _told[url] = rows_of(url)


@pytest.fixture
async def desk(ready: None, settings: Settings, wiring: Wiring, clock: ManualClock) -> AsyncIterator[Desk]:
    """A server that was started there again."""
    desk = Desk(settings, wiring, clock=clock, ids=Ids(2))
    await desk.start(jobs=False)
    yield desk
    await desk.stop()


@pytest.fixture
async def links(desk: Desk) -> DemoLinks:
    return await demo.prepare(desk)


async def catch_up(desk: Desk, links: DemoLinks) -> None:
    """Until everything asked for so far has been done."""

    def nothing(work: Work) -> None:
        assert work.published == []

    await desk.run(nothing, by=system(links.organisation))


@pytest.fixture
async def browse(desk: Desk, links: DemoLinks) -> AsyncIterator[Browse]:
    """`browse()` opens a browser at this machine; `address` and `site` put it elsewhere."""
    app = FastAPI()
    web.install(app)
    app.include_router(demo.shop_routes(desk, links))
    gate = Gate(app, "")
    opened: list[httpx.AsyncClient] = []

    def browser(*, address: str = "127.0.0.1", site: str = SITE, **headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(gate, client=(address, 40_000), raise_app_exceptions=False)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        opened.append(httpx.AsyncClient(transport=transport, base_url=site, headers=named))
        return opened[-1]

    yield browser
    for client in opened:
        await client.aclose()


@pytest.fixture
def shop(browse: Browse) -> httpx.AsyncClient:
    return browse()
