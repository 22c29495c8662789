"""Whose order it is, and that what anybody can type at a checkout opens nobody's record."""

from __future__ import annotations

from typing import Any

import httpx

from tests.api import created
from tests.integrations.conftest import Shop, customers, orders
from tests.integrations.payloads import shopify_order, woocommerce_order

GUEST: dict[str, Any] = {"customer_id": 0}


async def _ana(api: httpx.AsyncClient) -> str:
    made = await created(api, "/v1/customers", {"name": "Ana", "emails": [{"email": "tom@example.test"}]})
    return str(made["id"])


async def _owner(api: httpx.AsyncClient) -> str:
    [order] = await orders(api)
    return str(order["relationships"]["customer"]["data"]["id"])


async def _addresses(api: httpx.AsyncClient, id: str) -> dict[str, list[str]]:
    said = (await api.get(f"/v1/customers/{id}")).json()["data"]["attributes"]
    return {
        "emails": [one["email"] for one in said["emails"]],
        "phones": [one["phone"] for one in said["phones"]],
        "sharedEmails": [one["email"] for one in said["sharedEmails"]],
        "sharedPhones": [one["phone"] for one in said["sharedPhones"]],
        "externalIds": [one["externalId"] for one in said["externalIds"]],
    }


_NOTHING: dict[str, list[str]] = {
    "emails": [],
    "phones": [],
    "sharedEmails": [],
    "sharedPhones": [],
    "externalIds": [],
}


async def test_what_a_guest_typed_finds_a_record_and_adds_nothing_to_it(
    api: httpx.AsyncClient, woocommerce: Shop
) -> None:
    ana = await _ana(api)

    await woocommerce.post("order.created", woocommerce_order(**GUEST))

    assert await _owner(api) == ana
    assert await _addresses(api, ana) == {**_NOTHING, "emails": ["tom@example.test"]}


async def test_an_account_that_typed_anothers_address_is_not_put_on_their_record(
    api: httpx.AsyncClient, woocommerce: Shop
) -> None:
    ana = await _ana(api)

    await woocommerce.post("order.created", woocommerce_order())

    assert await _addresses(api, ana) == {**_NOTHING, "emails": ["tom@example.test"]}


async def test_a_new_guest_is_known_by_one_address(api: httpx.AsyncClient, woocommerce: Shop) -> None:
    await woocommerce.post("order.created", woocommerce_order(**GUEST))

    assert await _addresses(api, await _owner(api)) == {
        **_NOTHING,
        "emails": ["tom@example.test"],
        "sharedPhones": ["+4722123456"],
    }


async def test_what_an_account_typed_becomes_its_own_when_the_account_says_so(
    api: httpx.AsyncClient, woocommerce: Shop
) -> None:
    order = woocommerce_order()
    await woocommerce.post("order.created", order)
    typed = await _addresses(api, await _owner(api))

    account = {"id": 25, "email": "tom@example.test", "billing": order["billing"]}
    await woocommerce.post("customer.updated", account)

    assert typed["sharedEmails"] == ["tom@example.test"]
    assert await _addresses(api, await _owner(api)) == {
        **_NOTHING,
        "emails": ["tom@example.test"],
        "sharedPhones": ["+4722123456"],
        "externalIds": ["woocommerce:25"],
    }


async def test_a_shops_account_brings_its_id_to_the_record_with_its_address(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    made = await created(api, "/v1/customers", {"emails": [{"email": "maya@example.test"}]})

    await shopify.post("orders/create", shopify_order())

    known = await _addresses(api, made["id"])
    assert known["externalIds"] == ["shopify:706405506930"]
    assert known["sharedPhones"] == ["+447700900123"]
    assert known["phones"] == []


async def test_a_full_list_takes_no_more(api: httpx.AsyncClient, shopify: Shop) -> None:
    emails = [{"email": f"maya{number}@example.test"} for number in range(99)]
    made = await created(api, "/v1/customers", {"emails": [*emails, {"email": "maya@example.test"}]})

    account = {"id": 1, "email": "maya@example.test"}
    await shopify.post("customers/update", account)
    await shopify.post("customers/update", {**account, "email": "maya.new@example.test"})

    known = await _addresses(api, made["id"])
    assert known["externalIds"] == ["shopify:1"]
    assert len(known["emails"]) == 100
    assert len(await customers(api)) == 1


async def test_T55_an_old_order_brings_no_address_back(api: httpx.AsyncClient, shopify: Shop) -> None:
    newer = shopify_order(updated_at="2026-05-21T12:00:00+02:00")
    await shopify.post("orders/updated", newer)
    maya = await _owner(api)
    await api.put(f"/v1/customers/{maya}", json={"sharedPhones": []})

    await shopify.post("orders/create", shopify_order())

    assert (await _addresses(api, maya))["sharedPhones"] == []


async def test_promise_6_a_telephone_typed_into_an_account_finds_nobody(
    api: httpx.AsyncClient, woocommerce: Shop, shopify: Shop
) -> None:
    victim = await created(api, "/v1/customers", {"phones": [{"phone": "+4915166666666"}]})
    typed = {"phone": "+49 151 66666666", "country": "DE"}

    await woocommerce.post("customer.updated", {"id": 4242, "email": "mallory@x.test", "billing": typed})
    await shopify.post("customers/create", {"id": 9, "email": "eve@x.test", "phone": "+4915166666666"})
    account = {"id": 10, "email": "trudy@x.test", "phone": "+4915166666666"}
    await shopify.post("orders/create", shopify_order(customer=account, email="", contact_email=None))

    assert await _addresses(api, victim["id"]) == {**_NOTHING, "phones": ["+4915166666666"]}
    others = [one["id"] for one in await customers(api) if one["id"] != victim["id"]]
    assert sorted([(await _addresses(api, id))["emails"] for id in others]) == [
        ["eve@x.test"],
        ["mallory@x.test"],
        ["trudy@x.test"],
    ]
