"""With every slice above: who was imported is found, and who was taken back is nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from kithdesk.app import WIRING
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from kithdesk.core.work import Wiring
from kithdesk.imports.routes import router
from kithdesk.sla.routes import router as slas
from kithdesk.views.routes import router as views
from tests.api import Ask, api_of, created, got
from tests.imports.conftest import people, sheet

pytestmark = pytest.mark.anyio

FILE = "Name,Mail,Firm\nAna Lind,ana@acme.test,Acme\nBen Lind,ben@acme.test,\nCy Lind,cy@acme.test,\n"


@pytest.fixture
def wiring() -> Wiring:
    return WIRING


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk, router, views, slas) as opened:
        yield opened


async def found(api: httpx.AsyncClient) -> list[str]:
    hits = (await got(api, "/v1/search?q=Lind"))["data"]
    return sorted(hit["attributes"]["title"] for hit in hits)


async def listed(api: httpx.AsyncClient) -> int:
    answer = await api.post("/v1/customers/search", json={"and": []})
    assert answer.status_code == 200, answer.text
    total: int = answer.json()["meta"]["total"]
    return total


async def test_who_was_taken_back_is_found_nowhere(api: httpx.AsyncClient, desk: Desk) -> None:
    one = await sheet(api, desk, FILE, {0: "name", 1: "emails", 2: "company"})
    await one.run()
    assert await found(api) == ["Ana Lind", "Ben Lind", "Cy Lind"]
    assert await listed(api) == 3
    ben = (await people(api))["Ben Lind"]["id"]
    await created(api, "/v1/conversations", {"customer": ben, "message": {"body": "Hello"}})

    await one.run("undo")

    assert await found(api) == ["Ben Lind"]
    assert await listed(api) == 1
    assert (await asyncio.to_thread(replay, where(desk.settings), WIRING)).agrees


async def test_an_import_that_is_taken_back_tells_of_a_broken_promise_once(
    api: httpx.AsyncClient, desk: Desk, clock: ManualClock
) -> None:
    criteria = {"and": [{"customer_tags": {"contains": "vip"}}]}
    promised = {"name": "Gold", "criteria": criteria, "metrics": {"firstResponse": {"seconds": 600}}}
    await created(api, "/v1/slas", promised)
    ana = await created(api, "/v1/customers", {"name": "Ana", "emails": [{"email": "ana@acme.test"}]})
    said = {"body": "Hello", "direction": "in"}
    await created(api, "/v1/conversations", {"customer": ana["id"], "message": said})
    clock.advance(minutes=20)

    for _ in range(2):
        one = await sheet(api, desk, "Mail,Tag\nana@acme.test,vip\n", {0: "emails", 1: "tags"})
        await one.run()
        await one.run("undo")

    timeline = (await got(api, f"/v1/customers/{ana['id']}/timeline"))["data"]
    kinds = [entry["attributes"]["kind"] for entry in timeline]
    assert (kinds.count("sla.matched"), kinds.count("sla.unmatched"), kinds.count("sla.breached")) == (
        2,
        2,
        1,
    )
