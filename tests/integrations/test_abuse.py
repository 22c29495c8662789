"""What is tried on the doors of shops, and what must not happen."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from tests.api import Ask, got
from tests.integrations.conftest import SECRET, Shop, connected, customers, orders, outcomes
from tests.integrations.payloads import shopify_order, woocommerce_order

pytestmark = pytest.mark.anyio

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><order>&a;</order>'
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "'
    + b"&a;" * 1_000
    + b'"><!ENTITY c "'
    + b"&b;" * 1_000
    + b'">]><order>&c;</order>'
)
YAML = b"!!python/object/apply:os.system ['true']"
PICKLE = b"\x80\x04\x95\x1e\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."


@pytest.mark.parametrize("body", [ENTITIES, LAUGHS, YAML, PICKLE])
async def test_T48_a_body_that_is_no_json_is_read_by_nothing_else(
    api: httpx.AsyncClient, shopify: Shop, body: bytes
) -> None:
    answer = await shopify.post("orders/create", body)

    assert answer.status_code == 400
    assert await orders(api) == []
    assert await customers(api) == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"id": 1e999}',
        b'{"id": NaN}',
        b'{"id": "\\ud800"}',
        b'{"id": 1, "name": "a\\u0000b", "email": {"a": []}}',
        json.dumps(shopify_order()).encode("utf-16"),
    ],
)
async def test_T45_a_strange_body_is_refused_and_stops_no_other(
    api: httpx.AsyncClient, shopify: Shop, body: bytes
) -> None:
    answer = await shopify.post("orders/create", body)
    await shopify.post("orders/create", shopify_order())

    assert answer.status_code == 400
    assert len(await orders(api)) == 1


async def test_T56_one_delivery_at_many_times_is_one_order(
    api: httpx.AsyncClient, shopify: Shop, clock: ManualClock
) -> None:
    first = await shopify.post("orders/create", shopify_order())
    together = await asyncio.gather(*(shopify.post("orders/create", shopify_order()) for _ in range(20)))
    clock.advance(days=1, hours=1)
    later = [await shopify.post("orders/create", shopify_order()) for _ in range(3)]

    assert {answer.status_code for answer in (first, *together, *later)} == {204}
    assert await outcomes(api, shopify) == [("orders/create", "kept")]
    [order] = await orders(api)
    [customer] = await customers(api)
    told = (await got(api, f"/v1/customers/{customer['id']}/timeline"))["data"]
    assert [one["attributes"]["kind"] for one in told].count("kobject.created") == 1
    assert order["attributes"]["custom"]["statusStr"] == "Paid"


async def test_T56_what_is_told_never_goes_back(api: httpx.AsyncClient, shopify: Shop) -> None:
    steps = [
        shopify_order(),
        shopify_order(updated_at="2026-05-21T12:00:00+02:00", fulfillment_status="fulfilled"),
        shopify_order(updated_at="2026-05-22T12:00:00+02:00", cancelled_at="2026-05-22T12:00:00+02:00"),
    ]
    seen = []
    for step in (2, 0, 1, 2, 1, 0):
        await shopify.post("orders/updated", steps[step])
        [order] = await orders(api)
        seen.append(order["attributes"]["custom"]["statusStr"])

    assert seen == ["Cancelled"] * 6


@pytest.mark.parametrize(
    "more",
    [
        {"key": "f" * 32},
        {"id": "0" * 24},
        {"org": "0" * 24},
        {"createdBy": "0" * 24},
        {"lastDeliveryAt": "2020-01-01T00:00:00Z"},
        {"orders": 5},
    ],
)
async def test_T24_a_body_sets_nothing_that_is_not_its_own(
    api: httpx.AsyncClient, shopify: Shop, more: dict[str, Any]
) -> None:
    before = await got(api, f"/v1/integrations/{shopify.id}")

    made = await api.post(
        "/v1/integrations", json={"provider": "shopify", "name": "B", "secret": SECRET, **more}
    )
    changed = await api.put(f"/v1/integrations/{shopify.id}", json={"name": "C", **more})

    assert (made.status_code, changed.status_code) == (400, 400)
    assert await got(api, f"/v1/integrations/{shopify.id}") == before
    assert len((await got(api, "/v1/integrations"))["data"]) == 1


async def test_T23_another_organisations_shop_is_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ask: Ask, shopify: Shop
) -> None:
    theirs = await connected(foreign, ask, "woocommerce")
    handle = (await got(foreign, f"/v1/integrations/{theirs.id}"))["data"]["attributes"].get("handle")

    answers = [
        await api.put(f"/v1/integrations/{theirs.id}", json={"name": "Mine"}),
        await api.delete(f"/v1/integrations/{theirs.id}"),
    ]
    if handle is not None:
        said = {"provider": "woocommerce", "name": "Mine", "secret": SECRET, "continues": handle}
        answers.append(await api.post("/v1/integrations", json=said))

    assert all(answer.status_code in (400, 404) for answer in answers)
    assert (await theirs.post("order.created", woocommerce_order())).status_code == 204
    assert len(await orders(foreign)) == 1
    assert await orders(api) == []


async def test_T47_T21_what_a_shop_writes_is_kept_as_text(api: httpx.AsyncClient, shopify: Shop) -> None:
    lines = [{"id": 1, "name": "<img src=x onerror=alert(1)>\u202egnp.exe", "quantity": 1, "price": "1"}]
    buyer = {**shopify_order()["customer"], "first_name": "\u202eMaya\u200b\r\nBcc: x", "last_name": "<b>"}

    answer = await shopify.post("orders/create", shopify_order(line_items=lines, customer=buyer))

    assert answer.status_code == 204
    [order] = await orders(api)
    [customer] = await customers(api)
    kept = json.dumps([order, customer], ensure_ascii=False)
    assert "<img src=x onerror=alert(1)>" in kept
    assert not [sign for sign in ("\u202e", "\u200b", "\\r", "Maya\\n") if sign in kept]


async def test_T41_a_delivery_writes_no_line_of_its_own_into_the_log(
    api: httpx.AsyncClient, shopify: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = '\n{"event": "signed_in", "actor": "admin"}\n\x1b[2J'
    named = shopify_order(name=f"#1{forged}", email="maya@example.test")

    await shopify.post(f"orders/create{forged.replace(chr(10), ' ')}".encode().decode(), named)
    await shopify.post("orders/create", named)

    said = "".join(capsys.readouterr())
    assert "/hooks/shopify/" in said
    assert "\x1b[2J" not in said
    assert '\n{"event": "signed_in"' not in said
    assert SECRET not in said
    assert "maya@example.test" not in said
    assert len(await orders(api)) == 1
