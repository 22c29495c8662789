"""Two organisations, their people, and an API that serves this slice alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from kithdesk.access.projections import PROJECTORS
from kithdesk.access.routes import router
from kithdesk.core import web
from kithdesk.core.desk import Desk
from kithdesk.core.events import Recorded
from kithdesk.core.headers import Gate
from kithdesk.core.strict import add_routes
from kithdesk.core.work import Wiring
from tests.access.houses import CONSOLE, HOME, Browse, House, SignIn, found, open_session_of


@pytest.fixture
def wiring() -> Wiring:
    return Wiring(projectors=PROJECTORS)


@pytest.fixture
async def acme(desk: Desk) -> House:
    return await found(desk, "Acme")


@pytest.fixture
async def globex(desk: Desk) -> House:
    return await found(desk, "Globex")


@pytest.fixture
def closed(desk: Desk) -> list[dict[str, Any]]:
    """Every credential that ends from here on."""
    heard: list[dict[str, Any]] = []

    def hear(organisation: str, facts: Sequence[Recorded[Any]]) -> None:
        ended = [credential for fact in facts for credential in fact.event.ended_credentials]
        heard.extend({"organisation": organisation, "credential": credential} for credential in ended)

    desk.feed.follow(hear)
    return heard


@pytest.fixture
async def browse(desk: Desk) -> AsyncIterator[Browse]:
    """`browse()` opens a client: a program, or with `token` one that shows it. `address`: where it connects from."""
    api = FastAPI()
    api.state.desk = desk
    web.install(api)
    add_routes(api.router, router)
    app = Gate(api, desk.settings.trusted_proxies)
    clients: list[httpx.AsyncClient] = []

    def client(
        token: str | None = None, *, address: str = "203.0.113.7", headers: dict[str, str] | None = None
    ) -> httpx.AsyncClient:
        shown = {"Authorization": f"Bearer {token}"} if token else {}
        opened = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, client=(address, 40_000), raise_app_exceptions=False),
            base_url=HOME,
            headers={**shown, **(headers or {})},
        )
        clients.append(opened)
        return opened

    yield client
    for opened in clients:
        await opened.aclose()


@pytest.fixture
def sign_in(desk: Desk, browse: Browse) -> SignIn:
    """`await sign_in(email)` gives a client with the token of a fresh session."""

    async def signed_in(email: str) -> httpx.AsyncClient:
        return browse(await open_session_of(desk, email))

    return signed_in


@pytest.fixture
def open_console(desk: Desk, browse: Browse) -> SignIn:
    """`await open_console(email)` gives a browser that is signed in by cookie."""

    async def opened(email: str) -> httpx.AsyncClient:
        console = browse(headers=CONSOLE)
        console.cookies.set("kithdesk-session", await open_session_of(desk, email), domain="127.0.0.1")
        return console

    return opened
