"""Views are tested with the slices whose facts they hear, and without routing and channels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import chain
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.work import Wiring
from kithdesk.views import projections as views
from kithdesk.views.routes import router
from tests import slices
from tests.api import Ask, api_of
from tests.slices import acme, api, foreign, globex, make, other

__all__ = ["acme", "api", "foreign", "globex", "make", "other"]

Search = Callable[..., Awaitable[list[str]]]


@pytest.fixture
def wiring() -> Wiring:
    below = slices.WIRING
    kinds = dict.fromkeys(chain(below.projectors, views.PROJECTORS))
    joined = {
        kind: (*below.projectors.get(kind, ()), *views.PROJECTORS.get(kind, ())) for kind in kinds
    }
    return Wiring(projectors=joined, verbs=below.verbs, handlers=below.handlers)


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk, router) as opened:
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
