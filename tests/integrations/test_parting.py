"""What a shop sent while two records were one goes with the address by which it meant one of them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk, where
from kithdesk.core.replay import replay
from kithdesk.core.work import Wiring
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


ACCOUNT = {"id": 706405506930, "email": "maya@example.test", "first_name": "Maya", "last_name": "Lind"}
SHOP_ID = "shopify:706405506930"


async def _two(api: httpx.AsyncClient, whose: str) -> dict[str, str]:
    """Two nameless records; the one that is `whose` has the address that the shop knows."""
    ids = {}
    for side in ("source", "target"):
        address = "maya@example.test" if side == whose else "other@example.test"
        made = await created(api, "/v1/customers", {"emails": [{"email": address}]})
        ids[side] = made["id"]
    return ids


async def _undo(api: httpx.AsyncClient, merge: str) -> None:
    undone = await api.post(f"/v1/customers/merges/{merge}/undo", json={})
    assert undone.status_code == 200, undone.text


async def _record(api: httpx.AsyncClient, id: str) -> dict[str, Any]:
    attributes: dict[str, Any] = (await got(api, f"/v1/customers/{id}"))["data"]["attributes"]
    return attributes


def _ids_of(record: dict[str, Any]) -> list[str]:
    return [one["externalId"] for one in record["externalIds"]]


@pytest.mark.parametrize("whose", ["source", "target"])
async def test_a_shops_id_that_came_since_the_merge_is_with_whom_the_shop_meant(
    api: httpx.AsyncClient, shopify: Shop, whose: str
) -> None:
    ids = await _two(api, whose)
    merge = await created(api, "/v1/customers/merges", ids)
    await shopify.post("customers/update", {**ACCOUNT, "phone": "+447700900123"})
    assert _ids_of(await _record(api, ids["target"])) == [SHOP_ID]

    await _undo(api, merge["id"])

    meant = await _record(api, ids[whose])
    other = await _record(api, ids["target" if whose == "source" else "source"])
    assert (_ids_of(meant), meant["name"]) == ([SHOP_ID], "Maya Lind")
    assert [one["phone"] for one in meant["sharedPhones"]] == ["+447700900123"]
    assert (_ids_of(other), other["name"], other["sharedPhones"]) == ([], None, [])
    await shopify.post("orders/create", shopify_order())
    [order] = await orders(api)
    assert order["relationships"]["customer"]["data"]["id"] == ids[whose]


@pytest.mark.parametrize("whose", ["source", "target"])
async def test_what_a_shop_tells_by_what_it_told_before_goes_along(
    api: httpx.AsyncClient, shopify: Shop, whose: str
) -> None:
    ids = await _two(api, whose)
    merge = await created(api, "/v1/customers/merges", ids)
    await shopify.post("orders/create", shopify_order())
    await shopify.post("customers/update", {**ACCOUNT, "email": "maya.new@example.test"})

    await _undo(api, merge["id"])

    meant = await _record(api, ids[whose])
    assert [one["email"] for one in meant["emails"]] == ["maya@example.test", "maya.new@example.test"]
    assert (await got(api, "/v1/customers/email=maya.new@example.test"))["data"]["id"] == ids[whose]


async def test_a_shops_id_that_was_there_before_the_merge_is_told_by_more(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    ids = await _two(api, "source")
    await shopify.post("customers/update", ACCOUNT)
    assert _ids_of(await _record(api, ids["source"])) == [SHOP_ID]
    merge = await created(api, "/v1/customers/merges", ids)
    await shopify.post("customers/update", {**ACCOUNT, "email": "maya.new@example.test"})

    await _undo(api, merge["id"])

    assert (await got(api, "/v1/customers/email=maya.new@example.test"))["data"]["id"] == ids["source"]


async def test_what_a_shop_tells_of_both_stays_with_the_target(api: httpx.AsyncClient, shopify: Shop) -> None:
    ids = await _two(api, "source")
    given = await api.patch(f"/v1/customers/{ids['target']}", json={"externalIds": [{"externalId": SHOP_ID}]})
    assert given.status_code == 200, given.text
    merge = await created(api, "/v1/customers/merges", ids)
    await shopify.post("customers/update", {**ACCOUNT, "email": "maya.new@example.test"})
    await shopify.post("customers/update", {**ACCOUNT, "phone": "+447700900123"})

    await _undo(api, merge["id"])

    target = await _record(api, ids["target"])
    assert [one["email"] for one in target["emails"]] == ["other@example.test", "maya.new@example.test"]
    assert [one["phone"] for one in target["sharedPhones"]] == ["+447700900123"]


async def test_what_an_agent_wrote_since_stays_though_a_shop_tells_it_too(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    ids = await _two(api, "source")
    merge = await created(api, "/v1/customers/merges", ids)
    named = await api.patch(f"/v1/customers/{ids['target']}", json={"name": "Maya Lind"})
    assert named.status_code == 200, named.text
    await shopify.post("customers/update", ACCOUNT)

    await _undo(api, merge["id"])

    assert (await _record(api, ids["target"]))["name"] == "Maya Lind"
    assert _ids_of(await _record(api, ids["source"])) == [SHOP_ID]


@pytest.mark.parametrize("first", ["inner", "outer"])
async def test_it_finds_its_way_out_of_two_merges(api: httpx.AsyncClient, shopify: Shop, first: str) -> None:
    ids = await _two(api, "source")
    third = (await created(api, "/v1/customers", {"emails": [{"email": "third@example.test"}]}))["id"]
    inner = await created(api, "/v1/customers/merges", ids)
    if first == "inner":
        await shopify.post("customers/update", ACCOUNT)
    outer = await created(api, "/v1/customers/merges", {"source": ids["target"], "target": third})
    if first == "outer":
        await shopify.post("customers/update", ACCOUNT)

    await _undo(api, outer["id"])
    assert _ids_of(await _record(api, third)) == []
    await _undo(api, inner["id"])

    assert _ids_of(await _record(api, ids["target"])) == []
    assert _ids_of(await _record(api, ids["source"])) == [SHOP_ID]


async def test_replay_says_the_same(
    api: httpx.AsyncClient, shopify: Shop, desk: Desk, wiring: Wiring
) -> None:
    ids = await _two(api, "source")
    merge = await created(api, "/v1/customers/merges", ids)
    await shopify.post("customers/update", ACCOUNT)
    await _undo(api, merge["id"])

    assert (await asyncio.to_thread(replay, where(desk.settings), wiring)).agrees
