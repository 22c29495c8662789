"""Buying in the demo's shop: an order is on the record the moment it is placed, beside those of earlier years."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import customers
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.core.work import Reads, Work
from kithdesk.customers import CustomerId
from kithdesk.demo.links import DemoLinks
from kithdesk.demo.ordering import lines_of
from kithdesk.demo.shop.shoppers import Order
from tests.demo.conftest import Browse

BASKET = {"lines": [{"slug": "mug", "size": "", "quantity": 2}, {"slug": "flask", "quantity": 1}]}
_LINES = lines_of(BASKET["lines"])
SPENT = Order("1", 0, "packing", "", _LINES).total / 100


async def orders_of(desk: Desk, links: DemoLinks, external_id: str) -> list[tuple[str | None, Any]]:
    def read(reads: Reads) -> list[tuple[str | None, Any]]:
        customer = customers.find_by_external_id(reads, external_id)
        assert customer is not None
        found, _ = customers.list_objects_of_customer(reads, customer, ["order"], limit=50, offset=0)
        return [(one.external_id, one.content.custom["statusStr"]) for one in found]

    return (await desk.read(read, by=system(links.organisation))).value


async def test_a_returning_shopper_has_the_orders_of_earlier_years(desk: Desk, links: DemoLinks) -> None:
    assert await orders_of(desk, links, "BB-1042") == [
        ("20931", "Sent"),
        ("18877", "Delivered"),
        ("14210", "Delivered"),
    ]


async def test_what_is_bought_is_on_the_record_and_on_the_account_page(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient
) -> None:
    await shop.post("/shop/api/identity", json={"shopper": "maya"})

    answer = await shop.post("/shop/api/orders", json=BASKET)

    assert answer.status_code == 201
    number = answer.json()["number"]
    assert (await orders_of(desk, links, "BB-1042"))[0] == (number, "Being packed")
    assert f"Order {number}" in (await shop.get("/shop/account")).text


async def test_what_is_bought_counts_among_what_the_shop_knows_of_its_customer(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient
) -> None:
    await shop.post("/shop/api/identity", json={"shopper": "maya"})
    maya = await _customer_of(desk, links, "BB-1042")
    by = system(links.organisation)
    before = (await desk.read(customers.get_customer, maya, by=by)).value.profile.custom

    number = (await shop.post("/shop/api/orders", json=BASKET)).json()["number"]

    after = (await desk.read(customers.get_customer, maya, by=by)).value.profile.custom
    assert after["ordersNum"] == before["ordersNum"] + 1
    assert after["lastOrderStr"].startswith(f"{number}: ")
    assert after["lastOrderStatusStr"] == "packing"
    assert after["spentNum"] == pytest.approx(before["spentNum"] + SPENT)


async def test_two_orders_have_two_numbers(shop: httpx.AsyncClient) -> None:
    await shop.post("/shop/api/identity", json={"shopper": "maya"})

    first = await shop.post("/shop/api/orders", json=BASKET)
    second = await shop.post("/shop/api/orders", json=BASKET)

    assert first.json()["number"] != second.json()["number"]


async def _put(desk: Desk, links: DemoLinks, number: str, **said: Any) -> None:
    """As another program of the company would."""

    def put(work: Work) -> None:
        customers.upsert_object(work, "order", external_id=number, **said)

    await desk.run(put, by=system(links.organisation))


async def _customer_of(desk: Desk, links: DemoLinks, external_id: str) -> CustomerId:
    found = (await desk.read(customers.find_by_external_id, external_id, by=system(links.organisation))).value
    assert found is not None
    return CustomerId(found)


async def test_an_order_never_takes_a_number_that_is_taken(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient
) -> None:
    await shop.post("/shop/api/identity", json={"shopper": "maya"})
    number = int((await shop.post("/shop/api/orders", json=BASKET)).json()["number"])
    await _put(desk, links, str(number + 2), title="Somebody else's")

    answer = await shop.post("/shop/api/orders", json=BASKET)

    assert answer.json()["number"] == str(number + 3)


async def test_the_account_page_shows_an_order_as_it_stands_and_passes_over_what_it_cannot_read(
    desk: Desk, links: DemoLinks, shop: httpx.AsyncClient
) -> None:
    await shop.post("/shop/api/identity", json={"shopper": "maya"})
    number = (await shop.post("/shop/api/orders", json=BASKET)).json()["number"]
    maya = await _customer_of(desk, links, "BB-1042")
    await _put(desk, links, number, custom={"statusStr": "Sent"})
    await _put(desk, links, "shopify:1", customer=maya, title="Order 1", custom={"statusStr": "Sent"})

    page = await shop.get("/shop/account")

    assert page.status_code == 200
    assert f"Order {number}" in page.text
    assert "It has left our house." in page.text
    assert "shopify:1" not in page.text


@pytest.mark.parametrize(
    "lines",
    [
        None,
        [],
        [{"slug": "no such thing", "quantity": 1}],
        [{"slug": "mug", "quantity": 0}],
        [{"slug": "mug", "quantity": True}],
        [{"slug": "mug", "size": "Huge", "quantity": 1}],
        ["mug"],
    ],
)
async def test_a_basket_that_cannot_be_is_refused(shop: httpx.AsyncClient, lines: Any) -> None:
    await shop.post("/shop/api/identity", json={"shopper": "maya"})

    assert (await shop.post("/shop/api/orders", json={"lines": lines})).status_code == 400


async def test_nobody_buys_without_signing_in_or_from_elsewhere(
    shop: httpx.AsyncClient, browse: Browse
) -> None:
    stranger = browse(address="203.0.113.9")

    assert (await shop.post("/shop/api/orders", json=BASKET)).status_code == 401
    assert (await stranger.post("/shop/api/orders", json=BASKET)).status_code == 403
