"""How fast one program writes of one customer, and what a key that tells events may do besides."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.access import provisioning
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


async def test_a_program_changes_one_record_so_often_in_a_minute(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str, slow: None
) -> None:
    made = await created(api, "/v1/klasses/trip", {"externalId": "7"})
    for path, body in (
        (f"/v1/klasses/trip/{made['id']}", "title"),
        ("/v1/klasses/trip/externalId=7", "title"),
        (f"/v1/customers/{ana}", "name"),
    ):
        answers = [await api.put(path, json={body: str(number)}) for number in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429], path


async def test_a_program_tells_so_many_events_of_one_customer_in_a_minute(
    api: httpx.AsyncClient, ana: str, slow: None
) -> None:
    event = {"customer": ana, "name": "basket left"}

    answers = [await api.post("/v1/tracking/event", json=event) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [204, 204, 204, 429]


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
