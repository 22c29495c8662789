"""Whose records a path reaches, and which paths reach none."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created, got, refusal
from tests.customers.objects.test_records import lisbon

pytestmark = pytest.mark.anyio


async def test_T22_T23_another_organisations_records_are_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    made = await lisbon(api, customer=ana)
    await created(foreign, "/v1/klasses", {"name": "trip"})
    theirs = (await created(foreign, "/v1/customers", {"name": "Eve"}))["id"]

    for klass in ("trip", trip["id"]):
        path = f"/v1/klasses/{klass}/{made['id']}"
        for answer in (
            await foreign.get(path),
            await foreign.patch(path, json={"title": "x"}),
            await foreign.put(path, json={"title": "x"}),
            await foreign.delete(path),
        ):
            assert answer.status_code == 404
    assert (await foreign.get("/v1/klasses/trip/externalId=shop/7")).status_code == 404
    for path in (f"/v1/customers/{ana}/kobjects", f"/v1/customers/{ana}/klasses/trip"):
        assert (await foreign.get(path)).status_code == 404
    answer = await foreign.post(f"/v1/customers/{ana}/klasses/trip", json={})
    assert answer.status_code == 404
    foreigner = await foreign.post("/v1/klasses/trip", json={"customer": ana})
    nobody = await foreign.post("/v1/klasses/trip", json={"customer": "f" * 24})
    assert foreigner.status_code == 400
    assert foreigner.json()["errors"] == nobody.json()["errors"]
    moved = await api.patch(f"/v1/klasses/trip/{made['id']}", json={"customer": theirs})
    assert refusal(moved) == (400, "badparam", "customer")
    assert (await got(api, f"/v1/klasses/trip/{made['id']}"))["data"] == made


async def test_a_record_answers_under_its_own_klass_only(
    api: httpx.AsyncClient, trip: dict[str, Any]
) -> None:
    await created(api, "/v1/klasses", {"name": "parcel"})
    made = await lisbon(api)

    assert (await api.get(f"/v1/klasses/parcel/{made['id']}")).status_code == 404
    assert (await api.delete(f"/v1/klasses/parcel/{made['id']}")).status_code == 404
    assert (await api.get(f"/v1/klasses/{trip['id']}/{made['id']}")).status_code == 200


@pytest.mark.parametrize("name", ["trip'--", "trip%20OR%201=1", "%25", "tri_", "TRIP"])
async def test_T38_a_strange_klass_in_a_path_is_not_found(
    api: httpx.AsyncClient, trip: dict[str, Any], name: str
) -> None:
    await lisbon(api)

    assert (await api.get(f"/v1/klasses/{name}")).status_code == 404
    assert (await api.post(f"/v1/klasses/{name}", json={})).status_code == 404


@pytest.mark.parametrize("query", ["page=1000000000", "pageSize=101", "page=0", "sort=custom.x"])
async def test_T39_a_list_has_bounds(api: httpx.AsyncClient, trip: dict[str, Any], query: str) -> None:
    assert (await api.get(f"/v1/klasses/trip?{query}")).status_code == 400
