"""Views hear everything below them, so they are tested with all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import chain
from typing import Any

import httpx
import pytest

from kithdesk.conversations.events import ConversationOpened
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.work import Wiring
from kithdesk.routing.routes import router as routing
from kithdesk.views import projections as views
from kithdesk.views.routes import router
from tests.api import Ask, Tenant, api_of
from tests.slices import acme, api, foreign, globex, make, other
from tests.views.shop import Shop

__all__ = ["acme", "api", "foreign", "globex", "make", "other"]

Search = Callable[..., Awaitable[list[str]]]


@pytest.fixture
def wiring() -> Wiring:
    from kithdesk.app import WIRING

    if any(
        projector in views.PROJECTORS[ConversationOpened]
        for projector in WIRING.projectors[ConversationOpened]
    ):
        return WIRING
    kinds = dict.fromkeys(chain(WIRING.projectors, views.PROJECTORS))
    joined = {kind: (*WIRING.projectors.get(kind, ()), *views.PROJECTORS.get(kind, ())) for kind in kinds}
    return Wiring(projectors=joined, verbs=WIRING.verbs, handlers=WIRING.handlers)


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk, routing, router) as opened:
        yield opened


@pytest.fixture
def found(api: httpx.AsyncClient) -> Callable[..., Awaitable[list[Any]]]:
    """`await found("ana")`: the hits of a search, as (kind, title, snippet)."""

    async def find(q: str, **more: str) -> list[Any]:
        answer = await api.get("/v1/search", params={"q": q, **more})
        assert answer.status_code == 200, answer.text
        hits = [hit["attributes"] for hit in answer.json()["data"]]
        return [(hit["kind"], hit["title"], hit["snippet"]) for hit in hits]

    return find


@pytest.fixture
async def shop(api: httpx.AsyncClient, acme: Tenant, clock: ManualClock) -> Shop:
    shop = Shop(api, acme, clock)
    await shop.fill()
    return shop
