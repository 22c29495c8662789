"""Several records in one request."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created, got
from tests.customers.objects.test_records import lisbon

pytestmark = pytest.mark.anyio


async def test_T26_in_bulk_each_record_stands_for_itself(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    theirs = (await created(foreign, "/v1/customers", {"name": "Eve"}))["id"]
    items = [
        {"title": "A", "customer": ana, "_clientRef": "a"},
        {"customer": theirs},
        {"custom": {"seatsNum": "x"}},
        {"title": "D"},
    ]

    answer = await api.post("/v1/klasses/trip/bulk", json=items)

    results = [one["attributes"] for one in answer.json()["data"]]
    assert [one["status"] for one in results] == [201, 400, 400, 201]
    assert results[0]["clientRef"] == "a"
    kept = (await got(api, "/v1/klasses/trip"))["data"]
    assert [one["id"] for one in kept] == [results[3]["object"], results[0]["object"]]


async def test_T26_bulk_changes_and_deletes_answer_alike_for_foreign_and_unknown_ids(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    await created(foreign, "/v1/klasses", {"name": "trip"})
    theirs = (await created(foreign, "/v1/klasses/trip", {"title": "Theirs"}))["id"]
    mine = (await lisbon(api))["id"]
    ids = [mine, theirs, "f" * 24]

    changed = await api.put("/v1/klasses/trip/bulk", json=[{"id": id, "title": "New"} for id in ids])
    removed = await api.delete(f"/v1/klasses/trip/bulk?ids={','.join([*ids, 'x'])}")

    results = [one["attributes"] for one in changed.json()["data"]]
    assert [one["status"] for one in results] == [200, 404, 404]
    assert results[1]["error"] == results[2]["error"]
    assert [one["attributes"]["status"] for one in removed.json()["data"]] == [204, 404, 404, 404]
    assert (await got(foreign, f"/v1/klasses/trip/{theirs}"))["data"]["attributes"]["title"] == "Theirs"


async def test_T26_bulk_takes_a_hundred(api: httpx.AsyncClient, trip: dict[str, Any]) -> None:
    assert (await api.post("/v1/klasses/trip/bulk", json=[{}] * 101)).status_code == 400
    ids = ",".join(f"{n:024x}" for n in range(101))
    assert (await api.delete(f"/v1/klasses/trip/bulk?ids={ids}")).status_code == 400
    assert (await got(api, "/v1/klasses/trip"))["meta"]["total"] == 0
    assert (await api.post("/v1/klasses/trip/bulk", json=[{}] * 100)).status_code == 201
