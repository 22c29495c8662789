"""Whatever happened, the journal alone tells it all."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx
import pytest

from kithdesk.core.desk import where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.api import Tenant, created

pytestmark = pytest.mark.anyio


async def live(api: httpx.AsyncClient, admin: str) -> None:
    """A little of everything."""
    properties = {"planStr": {"type": "Str"}, "seatsNum": {"type": "Num"}, "sinceAt": {"type": "At"}}
    assert (await api.put("/v1/metadata/customer", json={"properties": properties})).status_code == 200
    custom = {"planStr": "Gold", "seatsNum": 2.5, "sinceAt": "2026-01-02T03:04:05Z"}
    ana = (await created(api, "/v1/customers", {"name": "Ana", "tags": ["vip"], "custom": custom}))["id"]
    ben = (await created(api, "/v1/customers", {"name": "Ben", "emails": [{"email": "ben@x.test"}]}))["id"]
    ids = []
    for customer in (ana, ben):
        opened = await created(
            api,
            "/v1/conversations",
            {"customer": customer, "name": "Order", "message": {"body": "Where is it?"}},
        )
        ids.append(opened["id"])
    path = f"/v1/conversations/{ids[0]}"
    await created(api, f"{path}/messages", {"body": "It comes"})
    await created(api, f"{path}/notes", {"body": "Late again"})
    await created(api, f"{path}/tags", ["late"])
    for change in ({"status": "done"}, {"status": "open"}, {"name": "Late order", "priority": 5}):
        assert (await api.patch(path, json=change)).status_code == 200
    await api.patch(f"/v1/customers/{ana}", json={"name": "Anna", "custom": {"planStr": "Silver"}})
    view = await created(
        api, "/v1/views", {"name": "Mine", "query": {"and": [{"conversation_status": {"equals": "open"}}]}}
    )
    await api.put(f"/v1/views/{view['id']}", json={"name": "Open", "isShared": True})
    email = {"channel": "email", "subject": "Handle", "meta": {"to": "ben@x.test"}, "body": "Dear Ben"}
    for conversation in (ids[0], None):
        await created(api, "/v1/messages", {**email, "customer": ana, "conversation": conversation})
    merge = await api.post("/v1/customers/merges", json={"source": ben, "target": ana})
    assert merge.status_code in (200, 201, 404), merge.text


async def test_replay_finds_no_difference_and_the_index_follows_a_repair(
    api: httpx.AsyncClient, acme: Tenant, settings: Settings, wiring: Wiring
) -> None:
    await live(api, acme.admin)

    report = replay(where(settings), wiring)

    assert report.differences == []
    assert min(report.rows[name] for name in ("view_conversations", "view_values", "search_documents")) > 0


@pytest.mark.only("sqlite")
async def test_a_repair_brings_the_index_along(
    api: httpx.AsyncClient, acme: Tenant, settings: Settings, wiring: Wiring
) -> None:
    await live(api, acme.admin)
    path = where(settings)
    assert isinstance(path, Path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM search_documents")
    assert await hits(api, "order") == 0

    replay(path, wiring, repair=True)

    assert await hits(api, "order") > 0


async def hits(api: httpx.AsyncClient, q: str) -> int:
    total: int = (await api.get("/v1/search", params={"q": q})).json()["meta"]["total"]
    return total
