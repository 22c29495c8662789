"""The words of the two shops, as they stand in what they send, and what becomes of them here."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.api import Ask
from tests.integrations.conftest import Shop, customers, orders, outcomes, signature
from tests.integrations.payloads import shopify_order, woocommerce_order

SHOPIFYS_EXAMPLES = [
    ("orders/create", shopify_order(id=820982911946154508, name="#9999", test=True)),
    ("orders/delete", {"id": 820982911946154508}),
    ("customers/create", {"id": 706405506930370084, "email": "bob@biller.test", "first_name": "Bob"}),
]


def _redaction(**changes: Any) -> dict[str, Any]:
    """`customers/redact`, as Shopify's page on privacy law shows it."""
    return {
        "shop_id": 954889,
        "shop_domain": "acme.myshopify.test",
        "customer": {"id": 191167, "email": "john@example.test", "phone": "555-625-1199"},
        "orders_to_redact": [299938, 280263],
        **changes,
    }


async def _status(api: httpx.AsyncClient) -> str | None:
    [order] = await orders(api)
    status: str | None = order["attributes"]["custom"].get("statusStr")
    return status


async def _details(api: httpx.AsyncClient, shop: Shop) -> list[str | None]:
    found = (await api.get(f"/v1/integrations/{shop.id}/deliveries")).json()["data"]
    return [one["attributes"]["detail"] for one in found]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"financial_status": "pending"}, "Pending"),
        ({"fulfillment_status": "partial"}, "Partly sent"),
        ({"financial_status": "partially_refunded", "fulfillment_status": "fulfilled"}, "Partly refunded"),
        ({"financial_status": "refunded"}, "Refunded"),
        ({"cancelled_at": "2026-05-21T09:00:00Z", "financial_status": "voided"}, "Cancelled"),
        (
            {"fulfillment_status": "fulfilled", "fulfillments": [{"shipment_status": "in_transit"}]},
            "Sent",
        ),
        (
            {
                "fulfillment_status": "fulfilled",
                "fulfillments": [
                    {"shipment_status": "delivered"},
                    {"shipment_status": None, "status": "cancelled"},
                ],
            },
            "Delivered",
        ),
    ],
)
async def test_what_became_of_a_shopify_order(
    api: httpx.AsyncClient, shopify: Shop, changes: dict[str, Any], status: str
) -> None:
    await shopify.post("orders/updated", shopify_order(**changes))

    assert await _status(api) == status


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"status": "completed"}, "Sent"),
        ({"status": "completed", "refunds": [{"id": 3, "reason": "", "total": "-5.00"}]}, "Partly refunded"),
        ({"status": "refunded", "refunds": [{"id": 3, "reason": "", "total": "-29.35"}]}, "Refunded"),
        ({"status": "trash"}, "Cancelled"),
        ({"status": "partial-shipped"}, "Partly sent"),
        ({"status": "waiting-for-the-moon"}, None),
    ],
)
async def test_what_became_of_a_woocommerce_order(
    api: httpx.AsyncClient, woocommerce: Shop, changes: dict[str, Any], status: str | None
) -> None:
    await woocommerce.post("order.updated", woocommerce_order(**changes))

    assert await _status(api) == status


async def test_a_status_that_nobody_knows_leaves_the_one_before(
    api: httpx.AsyncClient, woocommerce: Shop
) -> None:
    await woocommerce.post("order.created", woocommerce_order())

    later = woocommerce_order(status="waiting-for-the-moon", date_modified_gmt="2026-05-21T09:01:00")
    await woocommerce.post("order.updated", later)

    assert await _status(api) == "Being packed"


async def test_a_parcel_that_was_called_back_has_no_tracking(api: httpx.AsyncClient, shopify: Shop) -> None:
    parcels = [
        {"status": "cancelled", "tracking_url": "https://a.example/1", "created_at": "2026-05-21T09:00:00Z"},
        {"status": "success", "tracking_url": "https://a.example/2", "created_at": "2026-05-22T09:00:00Z"},
    ]

    await shopify.post(
        "orders/fulfilled", shopify_order(fulfillments=parcels, fulfillment_status="fulfilled")
    )

    [order] = await orders(api)
    assert order["attributes"]["custom"]["trackingUrl"] == "https://a.example/2"


@pytest.mark.parametrize(("topic", "body"), SHOPIFYS_EXAMPLES)
async def test_shopifys_test_notification_is_heard_and_makes_nobody(
    api: httpx.AsyncClient, shopify: Shop, topic: str, body: dict[str, Any]
) -> None:
    answer = await shopify.post(topic, body)

    assert answer.status_code == 204
    assert await outcomes(api, shopify) == [(topic, "ignored")]
    assert await _details(api, shopify) == [
        "This is Shopify's test notification: what it tells of is made up."
    ]
    assert await orders(api) == []
    assert await customers(api) == []


async def test_an_order_of_a_shop_that_is_tried_out_is_an_order(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    await shopify.post("orders/create", shopify_order(test=True))

    assert len(await orders(api)) == 1


@pytest.mark.parametrize(
    ("topic", "body", "words"),
    [
        (
            "customers/redact",
            _redaction(),
            "Asks that the customer shopify:191167 be forgotten, with the orders shopify:299938, shopify:280263.",
        ),
        (
            "customers/redact",
            _redaction(customer={"email": "john@example.test"}, orders_to_redact=[]),
            "Asks that a customer without a number be forgotten.",
        ),
        (
            "customers/data_request",
            _redaction(orders_requested=[299938], data_request={"id": 9999}),
            "The customer shopify:191167 asks what is kept of them.",
        ),
        (
            "shop/redact",
            {"shop_id": 954889, "shop_domain": "acme.myshopify.test"},
            "The shop has left, and asks that what it told of its customers be forgotten.",
        ),
    ],
)
async def test_what_the_law_lets_shoppers_ask_waits_for_people_and_names_nobody(
    api: httpx.AsyncClient, shopify: Shop, topic: str, body: dict[str, Any], words: str
) -> None:
    answers = [await shopify.post(topic, body) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {204}
    assert await outcomes(api, shopify) == [(topic, "asked")]
    assert await _details(api, shopify) == [words]


async def test_many_orders_to_forget_are_told_shortly(api: httpx.AsyncClient, shopify: Shop) -> None:
    await shopify.post(
        "customers/redact", _redaction(orders_to_redact=list(range(5_123_456_789_012, 5_123_456_789_100)))
    )

    [words] = await _details(api, shopify)
    assert words is not None
    assert words.endswith(" and 78 more.")


async def test_headers_without_their_x_are_read_too(api: httpx.AsyncClient, ask: Ask, shopify: Shop) -> None:
    raw = json.dumps(shopify_order()).encode()
    headers = {"Shopify-Hmac-Sha256": signature(raw), "Shopify-Topic": "orders/create"}

    answer = await ask(None).post(f"/hooks/shopify/{shopify.key}", content=raw, headers=headers)

    assert answer.status_code == 204
    assert len(await orders(api)) == 1


async def test_T55_a_right_signature_beside_a_false_one_is_refused(
    api: httpx.AsyncClient, ask: Ask, shopify: Shop
) -> None:
    raw = json.dumps(shopify_order()).encode()
    headers = {
        "Shopify-Hmac-Sha256": signature(raw, "another secret"),
        "X-Shopify-Hmac-Sha256": signature(raw),
        "X-Shopify-Topic": "orders/create",
    }

    answer = await ask(None).post(f"/hooks/shopify/{shopify.key}", content=raw, headers=headers)

    assert answer.status_code == 401
    assert await orders(api) == []
