"""Orders that came while two records were one go with the address that they came for."""

from __future__ import annotations

import httpx
import pytest

from tests.api import created, got
from tests.integrations.conftest import Shop, orders
from tests.integrations.payloads import shopify_order


@pytest.mark.parametrize("whose", ["source", "target"])
async def test_an_order_that_came_since_the_merge_is_with_whom_its_address_finds(
    api: httpx.AsyncClient, shopify: Shop, whose: str
) -> None:
    ids = {}
    for side in ("source", "target"):
        address = "maya@example.test" if side == whose else "other@example.test"
        ids[side] = (await created(api, "/v1/customers", {"name": side, "emails": [{"email": address}]}))[
            "id"
        ]
    merge = await created(api, "/v1/customers/merges", ids)
    await shopify.post("orders/create", shopify_order())

    undone = await api.post(f"/v1/customers/merges/{merge['id']}/undo", json={})

    assert undone.status_code == 200
    [order] = await orders(api)
    found = (await got(api, "/v1/customers/email=maya@example.test"))["data"]["id"]
    assert order["relationships"]["customer"]["data"]["id"] == found == ids[whose]
    told = (await got(api, f"/v1/customers/{found}/timeline"))["data"]
    assert [one["attributes"]["kind"] for one in told].count("kobject.created") == 1


async def test_an_order_that_an_agent_gave_to_the_target_stays_there(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    ids = {
        side: (await created(api, "/v1/customers", {"name": side, "emails": [{"email": address}]}))["id"]
        for side, address in (("source", "maya@example.test"), ("target", "other@example.test"))
    }
    third = (await created(api, "/v1/customers", {"name": "third"}))["id"]
    merge = await created(api, "/v1/customers/merges", ids)
    await shopify.post("orders/create", shopify_order())
    [order] = await orders(api)
    for customer in (third, ids["target"]):
        given = await api.patch(f"/v1/klasses/order/{order['id']}", json={"customer": customer})
        assert given.status_code == 200, given.text

    await api.post(f"/v1/customers/merges/{merge['id']}/undo", json={})

    [order] = await orders(api)
    assert order["relationships"]["customer"]["data"]["id"] == ids["target"]
