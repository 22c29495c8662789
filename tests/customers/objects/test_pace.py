"""How fast one program writes of one customer, and what a key that tells events may do besides."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.access import doors, provisioning
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.limits import Rate
from kithdesk.customers import pacing
from tests.api import Ask, Tenant, created, got, refusal

pytestmark = pytest.mark.anyio


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three a minute, for a hundred and twenty take their time."""
    monkeypatch.setattr(pacing, "OF_ONE_CUSTOMER", Rate(3, 60))
    monkeypatch.setattr(pacing, "OF_ONE_RECORD", Rate(3, 60))


async def test_a_program_makes_so_many_records_of_one_customer_in_a_minute(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str, clock: ManualClock, slow: None
) -> None:
    path = f"/v1/customers/{ana}/klasses/trip"
    answers = [await api.post(path, json={"title": str(number)}) for number in range(4)]

    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert answers[-1].json()["errors"][0]["code"] == "ratelimited"
    assert answers[-1].headers["retry-after"]
    ben = (await created(api, "/v1/customers", {"name": "Ben"}))["id"]
    assert (await api.post(f"/v1/customers/{ben}/klasses/trip", json={"title": "x"})).status_code == 201
    old = {"title": "Before", "importedAt": "2020-01-01T00:00:00Z"}
    assert (await api.post(path, json=old)).status_code == 201
    clock.advance(minutes=1)
    assert (await api.post(path, json={"title": "later"})).status_code == 201


async def test_records_of_one_customer_are_counted_whichever_way_they_come(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str, slow: None
) -> None:
    lost = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    await api.post("/v1/customers/merges", json={"source": lost, "target": ana})
    nobodys = await created(api, "/v1/klasses/trip", {"title": "nobody's"})
    acme = await created(api, "/v1/companies", {"name": "Acme"})

    first = await api.post("/v1/klasses/trip/bulk", json=[{"customer": ana}, {"customer": lost}])
    given = await api.put(f"/v1/klasses/trip/{nobodys['id']}", json={"customer": lost})

    assert first.json()["meta"] == {"successCount": 2, "failureCount": 0}
    assert given.status_code == 200
    for path in (
        f"/v1/customers/{lost}/klasses/trip",
        f"/v1/companies/{acme['id']}/klasses/trip",
        f"/v1/klasses/{trip['id']}",
    ):
        assert (await api.post(path, json={"customer": ana})).status_code == 429, path
    assert (await api.put("/v1/klasses/trip/externalId=9", json={"customer": ana})).status_code == 429
    [refused] = (await api.post("/v1/klasses/trip/bulk", json=[{"customer": ana}])).json()["data"]
    assert refused["attributes"]["status"] == 429
    assert (await got(api, f"/v1/customers/{ana}/kobjects"))["meta"]["klasses"] == {"trip": 3}


async def test_a_program_changes_one_record_so_often_in_a_minute(
    api: httpx.AsyncClient, trip: dict[str, Any], slow: None
) -> None:
    made = await created(api, "/v1/klasses/trip", {"externalId": "7"})
    ways = [
        f"/v1/klasses/trip/{made['id']}",
        f"/v1/klasses/{trip['id']}/externalId=7",
        "/v1/klasses/trip/externalId=7",
        f"/v1/klasses/{trip['id']}/{made['id']}",
        "/v1/klasses/trip/externalId=7",
    ]

    answers = [await api.put(path, json={"title": path + str(at)}) for at, path in enumerate(ways)]
    bulk = await api.put("/v1/klasses/trip/bulk", json=[{"id": made["id"], "title": "in bulk"}])

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert bulk.json()["data"][0]["attributes"]["status"] == 429
    same = await api.put(ways[1], json={"title": ways[2] + "2"})
    assert same.status_code == 200, "what changes nothing is not counted"


async def test_a_program_changes_one_customer_so_often_in_a_minute(
    api: httpx.AsyncClient, ana: str, slow: None
) -> None:
    lost = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    await api.post("/v1/customers/merges", json={"source": lost, "target": ana})

    ways = [ana, lost, ana, lost]
    answers = [await api.patch(f"/v1/customers/{id}", json={"name": f"{at}"}) for at, id in enumerate(ways)]
    bulk = await api.put("/v1/customers/bulk", json=[{"id": ana, "name": "in bulk"}])

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert bulk.json()["data"][0]["attributes"]["status"] == 429


async def test_what_is_there_already_is_not_brought_along(
    api: httpx.AsyncClient, ask: Ask, acme: Tenant, trip: dict[str, Any], slow: None
) -> None:
    await created(api, "/v1/klasses/trip", {"externalId": "7"})
    path, at = "/v1/klasses/trip/externalId=7", "2020-01-01T00:00:00Z"
    lesser = ask(acme.lesser_key)

    assert refusal(await lesser.put(path, json={"importedAt": at})) == (403, "forbidden", "importedAt")
    answers = [await api.put(path, json={"title": str(n), "importedAt": at}) for n in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


async def test_a_program_tells_so_many_events_of_one_customer_in_a_minute(
    api: httpx.AsyncClient, slow: None
) -> None:
    body = {"emails": [{"email": "ana@acme.test"}], "externalId": "shop-42"}
    ana = (await created(api, "/v1/customers", body))["id"]
    names: list[dict[str, Any]] = [
        {"customer": ana},
        {"identity": {"email": "ana@acme.test"}},
        {"identity": {"email": "ANA@acme.test"}},
        {"identity": {"email": "aNa@acme.test"}},
        {"identity": {"externalId": "shop-42"}},
        {"identity": {"id": ana}},
    ]

    answers = [await api.post("/v1/tracking/event", json={**who, "name": "paid"}) for who in names]

    assert [answer.status_code for answer in answers] == [204, 204, 204, 429, 429, 429]


async def test_T12_a_key_for_events_does_nothing_else(
    desk: Desk, ask: Ask, acme: Tenant, api: httpx.AsyncClient, ana: str
) -> None:
    made = await provisioning.create_api_key(desk, "pages", "org.tracking", "Acme")
    told = ask(made["apiKey"])

    event = {"customer": ana, "name": "basket left", "meta": {"items": 3}}
    assert (await told.post("/v1/tracking/event", json=event)).status_code == 204

    timeline = (await got(api, f"/v1/customers/{ana}/timeline"))["data"]
    assert timeline[-1]["attributes"]["actor"]["displayName"] == "pages"
    for answer in (
        await told.get(f"/v1/customers/{ana}"),
        await told.post("/v1/customers", json={"name": "x"}),
        await told.get("/v1/klasses"),
        await told.get("/v1/users/current"),
        await told.get("/v1/auth/api-keys"),
    ):
        assert refusal(answer)[:2] == (403, "forbidden")


async def test_T12_what_a_key_for_events_tries_keeps_no_other_program_waiting(
    desk: Desk, ask: Ask, api: httpx.AsyncClient, ana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await provisioning.create_api_key(desk, "pages", "org.tracking", "Acme")
    told = ask(made["apiKey"])
    monkeypatch.setattr(doors, "KEYS_PER_ORGANISATION", Rate(5, 60))

    tried = [await told.get("/v1/users/current") for _ in range(6)]

    assert [answer.status_code for answer in tried] == [403] * 5 + [429]
    assert (await told.post("/v1/tracking/event", json={"customer": ana, "name": "x"})).status_code == 429
    answer = await api.get(f"/v1/customers/{ana}")
    assert (answer.status_code, answer.headers["x-ratelimit-limit"]) == (200, "5")
