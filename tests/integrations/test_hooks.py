"""What shops post becomes purchase history: once, in the shop's own order, and from nobody else."""

from __future__ import annotations

import json

import httpx
import pytest

from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.core.limits import Rate
from kithdesk.integrations import IntegrationId, deliver, hooks
from kithdesk.integrations.errors import NotSigned
from tests.api import Ask, Tenant, created
from tests.integrations.conftest import SECRET, Shop, connected, customers, orders, outcomes, signature
from tests.integrations.payloads import shopify_order, woocommerce_order


async def test_an_order_and_its_buyer_appear(api: httpx.AsyncClient, shopify: Shop) -> None:
    answer = await shopify.post("orders/create", shopify_order())

    assert answer.status_code == 204
    [order] = await orders(api)
    custom = order["attributes"]["custom"]
    assert order["attributes"]["externalId"] == "shopify:5123456789012"
    assert custom["statusStr"] == "Paid"
    assert custom["totalNum"] == 148.5
    assert custom["itemsTxt"] == "Fell boot - 38, Trail mug × 2"
    assert custom["placedAt"] == "2026-05-20T07:15:00.000Z"
    [customer] = await customers(api)
    assert customer["attributes"]["name"] == "Maya Lind"
    assert customer["attributes"]["emails"][0]["email"] == "maya@example.test"
    assert customer["attributes"]["emails"][0]["verified"] is False
    assert customer["attributes"]["externalId"] == "shopify:706405506930"
    assert order["relationships"]["customer"]["data"]["id"] == customer["id"]


async def test_woocommerce_speaks_its_own_words(api: httpx.AsyncClient, woocommerce: Shop) -> None:
    await woocommerce.post("order.created", woocommerce_order())

    [order] = await orders(api)
    assert order["attributes"]["custom"]["statusStr"] == "Being packed"
    assert order["attributes"]["custom"]["totalNum"] == 29.35
    [customer] = await customers(api)
    assert customer["attributes"]["externalId"] == "woocommerce:25"
    assert customer["attributes"]["sharedPhones"][0]["phone"] == "+4722123456"


async def test_what_comes_twice_is_kept_once(api: httpx.AsyncClient, shopify: Shop) -> None:
    await shopify.post("orders/create", shopify_order())
    before = (await api.get("/v1/customers")).headers["x-kithdesk-position"]

    again = await shopify.post("orders/create", shopify_order())

    assert again.status_code == 204
    assert (await api.get("/v1/customers")).headers["x-kithdesk-position"] == before
    assert await outcomes(api, shopify) == [("orders/create", "kept")]


async def test_older_news_that_comes_later_changes_nothing(api: httpx.AsyncClient, shopify: Shop) -> None:
    sent = shopify_order(fulfillment_status="fulfilled", updated_at="2026-05-21T12:00:00+02:00")
    await shopify.post("orders/updated", sent)

    await shopify.post("orders/create", shopify_order(financial_status="pending"))

    [order] = await orders(api)
    assert order["attributes"]["custom"]["statusStr"] == "Sent"


async def test_a_deleted_order_stays_as_cancelled_whatever_is_repeated(
    api: httpx.AsyncClient, woocommerce: Shop
) -> None:
    await woocommerce.post("order.created", woocommerce_order())

    await woocommerce.post("order.deleted", {"id": 727})
    await woocommerce.post("order.updated", woocommerce_order())

    [order] = await orders(api)
    assert order["attributes"]["custom"]["statusStr"] == "Cancelled"
    assert order["attributes"]["tags"] == ["deleted in the shop"]


async def test_an_order_is_deleted_restored_and_deleted_again(
    api: httpx.AsyncClient, woocommerce: Shop
) -> None:
    await woocommerce.post("order.created", woocommerce_order())
    [made] = await orders(api)
    await api.put(f"/v1/klasses/order/{made['id']}", json={"tags": ["gift"]})
    seen = []

    for topic, body in (
        ("order.deleted", {"id": 727}),
        ("order.restored", woocommerce_order(date_modified_gmt="2036-05-20T09:01:00")),
        ("order.deleted", {"id": 727}),
    ):
        await woocommerce.post(topic, body)
        [order] = await orders(api)
        seen.append((order["attributes"]["custom"]["statusStr"], order["attributes"]["tags"]))

    assert seen[0] == ("Cancelled", ["gift", "deleted in the shop"])
    assert seen[1] == ("Being packed", ["gift"])
    assert seen[2] == seen[0]


@pytest.mark.parametrize("wrong", ["nothing", "secret", "body", "key", "provider"])
async def test_T55_what_is_not_signed_is_refused_alike_and_keeps_nothing(
    api: httpx.AsyncClient, ask: Ask, shopify: Shop, wrong: str
) -> None:
    raw = json.dumps(shopify_order()).encode()
    headers = {"X-Shopify-Topic": "orders/create", "Content-Type": "application/json"}
    if wrong != "nothing":
        headers["X-Shopify-Hmac-Sha256"] = signature(raw, "another secret" if wrong == "secret" else SECRET)
    path = f"/hooks/shopify/{'0' * 32 if wrong == 'key' else shopify.key}"
    if wrong == "provider":
        path = path.replace("shopify", "woocommerce")

    answer = await ask(None).post(path, content=raw + (b" " if wrong == "body" else b""), headers=headers)

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "hook_not_signed"
    assert await orders(api) == []
    assert await customers(api) == []
    assert await outcomes(api, shopify) == []


async def test_T55_another_tenants_secret_opens_only_their_own_door(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ask: Ask, shopify: Shop
) -> None:
    theirs = await connected(foreign, ask, "shopify")
    await foreign.put(f"/v1/integrations/{theirs.id}", json={"secret": "one of Globex alone"})

    answer = await shopify.post("orders/create", shopify_order(), secret="one of Globex alone")

    assert answer.status_code == 401
    assert (await api.get(f"/v1/integrations/{theirs.id}")).status_code == 404
    assert (await api.get(f"/v1/integrations/{theirs.id}/deliveries")).status_code == 404


async def test_poison_is_refused_shown_and_stops_nothing(api: httpx.AsyncClient, shopify: Shop) -> None:
    no_json = await shopify.post("orders/create", b"{")
    no_id = await shopify.post("orders/create", {"name": "#1"})

    await shopify.post("orders/create", shopify_order())

    assert [no_json.status_code, no_id.status_code] == [400, 400]
    assert no_id.json()["errors"][0]["code"] == "hook_not_understood"
    assert len(await orders(api)) == 1
    assert min(await outcomes(api, shopify)) == ("orders/create", "kept")


async def test_what_we_keep_nothing_of_is_taken_politely(
    api: httpx.AsyncClient, shopify: Shop, woocommerce: Shop
) -> None:
    unknown = await shopify.post("products/update", {"id": 1, "title": "Fell boot"})
    basket = await woocommerce.post("order.updated", woocommerce_order(status="checkout-draft"))

    assert {unknown.status_code, basket.status_code} == {204}
    assert await outcomes(api, shopify) == [("products/update", "ignored")]
    assert await orders(api) == []


async def test_woocommerce_hears_200_when_it_saves_a_webhook(
    api: httpx.AsyncClient, ask: Ask, woocommerce: Shop
) -> None:
    """What `WC_Webhook::deliver_ping` posts: a form without a signature, for which only 200 will do."""
    answer = await ask(None).post(f"/hooks/woocommerce/{woocommerce.key}", data={"webhook_id": "3"})

    assert answer.status_code == 200
    assert await outcomes(api, woocommerce) == []


async def test_a_delivery_that_is_too_long_is_refused(shopify: Shop) -> None:
    answer = await shopify.post("orders/create", shopify_order(note="x" * 400_000))

    assert answer.status_code == 413


async def test_T55_who_signs_nothing_is_slowed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "PER_NETWORK", Rate(2, 60))

    answers = [await ask(None).post(f"/hooks/shopify/{'0' * 32}", content=b"{}") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]


async def test_a_shop_never_joins_two_records(api: httpx.AsyncClient, shopify: Shop) -> None:
    ana = await created(api, "/v1/customers", {"name": "Ana", "emails": [{"email": "maya@example.test"}]})
    bea = await created(api, "/v1/customers", {"name": "Bea", "phones": [{"phone": "+447700900123"}]})

    await shopify.post("orders/create", shopify_order())

    assert {one["id"] for one in await customers(api)} == {ana["id"], bea["id"]}
    [order] = await orders(api)
    assert order["relationships"]["customer"]["data"]["id"] == ana["id"]
    known = (await api.get(f"/v1/customers/{ana['id']}")).json()["data"]["attributes"]
    assert known["name"] == "Ana"
    assert known["phones"] == []


async def test_a_guest_without_any_address_still_has_an_order(api: httpx.AsyncClient, shopify: Shop) -> None:
    await shopify.post("orders/create", shopify_order(customer=None, email="", contact_email=None))

    assert len(await orders(api)) == 1
    assert await customers(api) == []


async def test_a_disabled_integration_takes_nothing_and_says_so(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    await api.put(f"/v1/integrations/{shopify.id}", json={"status": "disabled"})

    answer = await shopify.post("orders/create", shopify_order())

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "integration_disabled"
    assert await orders(api) == []
    assert await outcomes(api, shopify) == [("orders/create", "refused")]


async def test_what_was_refused_while_disabled_is_taken_when_it_comes_again(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    await api.put(f"/v1/integrations/{shopify.id}", json={"status": "disabled"})
    await shopify.post("orders/create", shopify_order())

    await api.put(f"/v1/integrations/{shopify.id}", json={"status": "enabled"})
    await shopify.post("orders/create", shopify_order())

    assert len(await orders(api)) == 1
    assert await outcomes(api, shopify) == [("orders/create", "kept")]


async def test_what_was_kept_stays_kept_whatever_comes_while_disabled(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    account = {"id": 7, "first_name": "Ana", "email": "ana@acme.test", "updated_at": "2026-05-21T09:00:00Z"}
    await shopify.post("customers/update", account)
    [ana] = await customers(api)
    await api.patch(f"/v1/customers/{ana['id']}", json={"emails": [], "externalIds": []})
    await api.put(f"/v1/integrations/{shopify.id}", json={"status": "disabled"})

    again = await shopify.post("customers/update", account)
    await api.put(f"/v1/integrations/{shopify.id}", json={"status": "enabled"})
    await shopify.post("customers/update", account)

    assert again.status_code == 204
    assert await outcomes(api, shopify) == [("customers/update", "kept")]
    assert len(await customers(api)) == 1


async def test_a_deletion_that_was_kept_stays_so_in_the_list_when_it_comes_while_disabled(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    await shopify.post("orders/delete", {"id": 1})
    await api.put(f"/v1/integrations/{shopify.id}", json={"status": "disabled"})

    answer = await shopify.post("orders/delete", {"id": 1})

    assert answer.status_code == 409
    assert await outcomes(api, shopify) == [("orders/delete", "kept")]


async def test_what_the_record_refuses_is_shown(api: httpx.AsyncClient, shopify: Shop) -> None:
    await shopify.post("orders/create", shopify_order())
    closed = await api.put("/v1/klasses/order", json={"status": "disabled"})
    assert closed.status_code == 200

    answer = await shopify.post("orders/updated", shopify_order(updated_at="2026-05-21T09:16:30+02:00"))

    assert answer.status_code == 409
    assert ("orders/updated", "refused") in await outcomes(api, shopify)


async def test_an_integration_is_read_where_its_delivery_is_taken(
    desk: Desk, acme: Tenant, shopify: Shop, api: httpx.AsyncClient
) -> None:
    """Its signature was checked before: meanwhile an administrator may have let it go."""
    await api.delete(f"/v1/integrations/{shopify.id}")

    with pytest.raises(NotSigned):
        await desk.run(
            deliver, IntegrationId(shopify.id), "orders/create", "0", shopify_order(), by=system(acme.id)
        )

    assert await orders(api) == []


async def test_T54_the_secret_is_shown_to_nobody(api: httpx.AsyncClient, shopify: Shop) -> None:
    shown = [
        (await api.get(path)).text
        for path in (
            "/v1/integrations",
            f"/v1/integrations/{shopify.id}",
            f"/v1/integrations/{shopify.id}/deliveries",
        )
    ]

    assert not any(SECRET in text or "secret" in text.lower() for text in shown)


async def test_only_administrators_see_integrations(ask: Ask, acme: Tenant, shopify: Shop) -> None:
    lesser = ask(acme.lesser_key)

    assert (await lesser.get("/v1/integrations")).status_code == 403
    assert (await lesser.delete(f"/v1/integrations/{shopify.id}")).status_code == 403


async def test_a_disconnected_shop_is_a_stranger_and_its_orders_stay(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    await shopify.post("orders/create", shopify_order())

    gone = await api.delete(f"/v1/integrations/{shopify.id}")

    assert gone.status_code == 204
    assert (await shopify.post("orders/create", shopify_order())).status_code == 401
    assert len(await orders(api)) == 1


async def test_T55_a_genuine_body_under_another_topic_is_refused(
    api: httpx.AsyncClient, shopify: Shop, woocommerce: Shop
) -> None:
    customer = {"id": 901, "email": "carla@example.test", "first_name": "Carla"}
    for topic, body in (
        ("orders/delete", shopify_order()),
        ("customers/update", shopify_order()),
        ("orders/create", customer),
        ("orders/delete", customer),
    ):
        assert (await shopify.post(topic, body)).status_code == 400
    for topic, body in (("order.deleted", woocommerce_order()), ("customer.updated", woocommerce_order())):
        assert (await woocommerce.post(topic, body)).status_code == 400

    assert await orders(api) == []
    assert await customers(api) == []


async def test_T55_of_two_signatures_none_counts(api: httpx.AsyncClient, ask: Ask, shopify: Shop) -> None:
    raw = json.dumps(shopify_order()).encode()
    twice = [("X-Shopify-Hmac-Sha256", signature(raw, secret)) for secret in ("another secret", SECRET)]

    answer = await ask(None).post(
        f"/hooks/shopify/{shopify.key}", content=raw, headers=[*twice, ("X-Shopify-Topic", "orders/create")]
    )

    assert answer.status_code == 401
    assert await orders(api) == []
