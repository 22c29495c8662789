"""Events of the company's own on a customer's timeline."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock, iso
from tests.api import created, got, refusal

pytestmark = pytest.mark.anyio


async def tracked(api: httpx.AsyncClient, customer: str) -> list[dict[str, Any]]:
    entries = (await got(api, f"/v1/customers/{customer}/timeline"))["data"]
    return [one["attributes"]["data"] for one in entries if one["attributes"]["kind"] == "customer.tracked"]


@pytest.mark.parametrize(
    "who",
    [
        {"identity": {"email": "ANA@acme.test"}},
        {"identity": {"phone": "+44 20 7946 0958"}},
        {"identity": {"externalId": "shop-42"}},
    ],
)
async def test_an_event_finds_its_customer(api: httpx.AsyncClient, who: dict[str, Any]) -> None:
    body = {
        "name": "Ana",
        "emails": [{"email": "ana@acme.test"}],
        "phones": [{"phone": "+442079460958"}],
        "externalId": "shop-42",
    }
    ana = (await created(api, "/v1/customers", body))["id"]
    event = {"name": "plan  changed", "meta": {"to": "gold"}, "at": "2026-05-01T10:00:00.000Z"}

    answer = await api.post("/v1/tracking/event", json=who | event)

    assert (answer.status_code, answer.content) == (204, b"")
    assert await tracked(api, ana) == [
        {"customer": ana, "name": "plan changed", "at": event["at"], "meta": {"to": "gold"}}
    ]


async def test_a_telephone_number_without_its_country_is_read_in_the_organisations(
    api: httpx.AsyncClient,
) -> None:
    await api.put("/v1/customers/settings", json={"phoneRegion": "GB"})
    ana = (await created(api, "/v1/customers", {"phones": [{"phone": "020 7946 0958"}]}))["id"]

    event = {"identity": {"phone": "020 7946 0958"}, "name": "paid"}
    answer = await api.post("/v1/tracking/event", json=event)

    assert answer.status_code == 204, answer.text
    assert len(await tracked(api, ana)) == 1


async def test_an_event_sent_again_with_its_key_is_there_once(api: httpx.AsyncClient, ana: str) -> None:
    for _ in range(2):
        answer = await api.post(
            "/v1/tracking/event",
            json={"customer": ana, "name": "paid"},
            headers={"Idempotency-Key": "e-1"},
        )
        assert answer.status_code == 204

    assert len(await tracked(api, ana)) == 1


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"name": "x"}, (400, "badparam", "customer")),
        ({"name": "x", "identity": {}}, (400, "badparam", "customer")),
        ({"name": " \u200b"}, (400, "badparam", "name")),
        ({"name": "x" * 101}, (400, "badparam", "name")),
        ({"name": "x", "meta": {"k": "v" * 4_096}}, (400, "badparam", "meta")),
        ({"name": "x", "meta": ["v"]}, (400, "badparam", "meta")),
        ({"name": "x", "at": "soon"}, (400, "badparam", "at")),
        ({"name": "x", "at": "0001-01-01T00:00:00Z"}, (400, "badparam", "at")),
        ({"name": "x", "at": "1969-12-31T23:59:59.999Z"}, (400, "badparam", "at")),
        ({"name": "x", "at": "2999-01-01T00:00:00Z"}, (400, "badparam", "at")),
        ({"name": "x", "customer": "f" * 24}, (404, "notfound", None)),
        ({"name": "x", "identity": {"email": "nobody@acme.test"}}, (404, "notfound", None)),
    ],
)
async def test_what_cannot_be_told_is_refused(
    api: httpx.AsyncClient, ana: str, body: dict[str, Any], answer: tuple[int, str, str | None]
) -> None:
    if ("identity" not in body and body["name"] != "x") or {"meta", "at"} & body.keys():
        body = {"customer": ana, **body}

    assert refusal(await api.post("/v1/tracking/event", json=body)) == answer
    assert await tracked(api, ana) == []


async def test_T23_an_event_of_another_organisations_customer_is_not_found(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str
) -> None:
    answer = await foreign.post("/v1/tracking/event", json={"customer": ana, "name": "x"})

    assert answer.status_code == 404
    assert await tracked(api, ana) == []


@pytest.mark.parametrize(("minutes", "status"), [(-60 * 24 * 365, 204), (4, 204), (6, 400)])
async def test_an_event_has_happened_by_a_clock_that_is_right_enough(
    api: httpx.AsyncClient, ana: str, clock: ManualClock, minutes: int, status: int
) -> None:
    event = {"customer": ana, "name": "x", "at": iso(clock.in_(minutes=minutes))}

    assert (await api.post("/v1/tracking/event", json=event)).status_code == status
    assert len(await tracked(api, ana)) == (status == 204)
