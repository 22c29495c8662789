"""One value that does not fit is left out, and its order is kept."""

from __future__ import annotations

import httpx
import pytest

from tests.integrations.conftest import Shop, orders, outcomes
from tests.integrations.payloads import shopify_order


@pytest.mark.parametrize(
    "address", ["track.example/1|2", "https://a.example/1|2", f"https://a.example/{'1' * 2_100}"]
)
async def test_an_address_that_cannot_be_kept_costs_nothing_but_itself(
    api: httpx.AsyncClient, shopify: Shop, address: str
) -> None:
    await shopify.post("orders/fulfilled", shopify_order(fulfillments=[{"tracking_url": address}]))

    [order] = await orders(api)
    assert "trackingUrl" not in order["attributes"]["custom"]
    assert order["attributes"]["custom"]["totalNum"] == 148.5
    assert await outcomes(api, shopify) == [("orders/fulfilled", "kept")]


async def test_a_long_address_is_kept_whole(api: httpx.AsyncClient, shopify: Shop) -> None:
    address = f"https://track.example/?parcel={'7' * 400}"

    await shopify.post("orders/fulfilled", shopify_order(fulfillments=[{"tracking_url": address}]))

    [order] = await orders(api)
    assert order["attributes"]["custom"]["trackingUrl"] == address


async def test_more_things_than_there_is_room_for_end_in_an_ellipsis(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    lines = [{"name": "\N{SNOWMAN}" * 255, "quantity": 1} for _ in range(200)]

    await shopify.post("orders/create", shopify_order(line_items=lines))

    [order] = await orders(api)
    assert order["attributes"]["custom"]["itemsTxt"].endswith(", …")


async def test_a_very_long_number_still_makes_a_title(api: httpx.AsyncClient, shopify: Shop) -> None:
    await shopify.post("orders/create", shopify_order(name="1" * 300))

    [order] = await orders(api)
    assert len(order["attributes"]["title"]) == 255
