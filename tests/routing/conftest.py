"""Two shops on one desk, and browsers of their agents."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from kithdesk.app import create_api
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from tests.routing.shops import Shop, found_shop, session_token

Browse = Callable[[Shop, Actor], Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def shop(desk: Desk) -> Shop:
    return await found_shop(desk, "Outdoor")


@pytest.fixture
async def other_shop(desk: Desk) -> Shop:
    return await found_shop(desk, "Indoor")


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
