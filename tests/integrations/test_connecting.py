"""Two shops of one provider count from 1, each for itself."""

from __future__ import annotations

import httpx
import pytest

from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.work import Work
from kithdesk.integrations import IntegrationId, deliver, jobs
from kithdesk.integrations.connecting import MOST
from tests.api import Ask, Tenant, created, refusal
from tests.integrations.conftest import SECRET, Shop, connected, customers, orders, outcomes
from tests.integrations.payloads import woocommerce_order
from tests.spine import sql


async def _ids(api: httpx.AsyncClient) -> set[str]:
    return {one["attributes"]["externalId"] for one in await orders(api)}


async def test_two_shops_with_the_same_numbers_have_their_own_orders_and_customers(
    api: httpx.AsyncClient, ask: Ask, woocommerce: Shop
) -> None:
    second = await connected(api, ask, "woocommerce")
    billing = {"email": "eve@example.test"}

    await woocommerce.post("order.created", woocommerce_order())
    await second.post("order.created", woocommerce_order(billing=billing))

    assert await _ids(api) == {"woocommerce:727", f"woocommerce-{second.id[-6:]}:727"}
    buyers = {one["relationships"]["customer"]["data"]["id"] for one in await orders(api)}
    assert len(buyers) == 2


async def test_one_person_has_an_account_in_each_shop(
    api: httpx.AsyncClient, ask: Ask, woocommerce: Shop
) -> None:
    second = await connected(api, ask, "woocommerce")
    account = {"id": 25, "email": "tom@example.test"}

    await woocommerce.post("customer.created", account)
    await second.post("customer.created", account)

    [tom] = (await api.get("/v1/customers")).json()["data"]
    ids = [one["externalId"] for one in tom["attributes"]["externalIds"]]
    assert ids == ["woocommerce:25", f"woocommerce-{second.id[-6:]}:25"]


async def test_the_same_shop_connected_anew_goes_on_with_its_orders(
    api: httpx.AsyncClient, ask: Ask, woocommerce: Shop
) -> None:
    await woocommerce.post("order.created", woocommerce_order())
    await api.delete(f"/v1/integrations/{woocommerce.id}")
    [former] = (await api.get("/v1/integrations/former")).json()["data"]
    again = await connected(api, ask, "woocommerce", continues=former["id"])

    await again.post("order.updated", woocommerce_order(date_modified_gmt="2026-06-01T09:01:00"))

    assert await _ids(api) == {"woocommerce:727"}
    assert (await api.get("/v1/integrations/former")).json()["data"] == []


async def test_promise_6_another_shop_is_not_taken_for_the_one_before(
    api: httpx.AsyncClient, ask: Ask, woocommerce: Shop
) -> None:
    await woocommerce.post("customer.created", {"id": 7, "email": "olivia@example.test"})
    await woocommerce.post("order.created", woocommerce_order())
    await api.delete(f"/v1/integrations/{woocommerce.id}")
    other = await connected(api, ask, "woocommerce")

    await other.post("customer.created", {"id": 7, "email": "peter@example.test"})
    await other.post("order.created", woocommerce_order(billing={"email": "peter@example.test"}))

    addresses = [{email["email"] for email in one["attributes"]["emails"]} for one in await customers(api)]
    assert {"olivia@example.test"} in addresses
    assert {"peter@example.test"} in addresses
    assert await _ids(api) == {"woocommerce:727", f"woocommerce-{other.id[-6:]}:727"}


@pytest.mark.parametrize("handle", ["woocommerce", "shopify", "never-was"])
async def test_only_the_handle_of_a_shop_that_was_let_go_is_taken_on(
    api: httpx.AsyncClient, woocommerce: Shop, handle: str
) -> None:
    answer = await api.post(
        "/v1/integrations",
        json={"provider": "woocommerce", "name": "Shop", "secret": "s" * 20, "continues": handle},
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "unknown_handle"


async def test_an_organisation_has_fifty_shops(api: httpx.AsyncClient) -> None:
    shop = {"provider": "woocommerce", "name": "Shop", "secret": SECRET}
    made = [await created(api, "/v1/integrations", shop) for _ in range(MOST)]

    refused = await api.post("/v1/integrations", json=shop)

    assert refusal(refused)[:2] == (409, "too_many_integrations")
    await api.delete(f"/v1/integrations/{made[0]['id']}")
    await created(api, "/v1/integrations", shop)


async def test_what_a_shop_told_is_forgotten_bit_by_bit_when_it_is_let_go(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant, ask: Ask, woocommerce: Shop
) -> None:
    def deliver_many(work: Work) -> None:
        for number in range(2 * jobs.CHUNK + 1):
            deliver(work, IntegrationId(woocommerce.id), "coupon.created", f"{number}", {})

    await desk.run(deliver_many, by=system(acme.id))
    other = await connected(api, ask, "woocommerce")
    await other.post("coupon.created", {})

    await api.delete(f"/v1/integrations/{woocommerce.id}")
    at_once = await sql(desk, "SELECT digest FROM hook_deliveries")
    await desk.jobs.settle()

    assert len(at_once) == jobs.CHUNK + 2
    assert await outcomes(api, other) == [("coupon.created", "ignored")]
    assert len(await sql(desk, "SELECT digest FROM hook_deliveries")) == 1


async def test_deliveries_older_than_thirty_days_are_forgotten_a_few_with_each_new_one(
    desk: Desk, acme: Tenant, woocommerce: Shop, clock: ManualClock
) -> None:
    id = IntegrationId(woocommerce.id)

    def deliver_some(work: Work, words: str, count: int) -> None:
        for number in range(count):
            deliver(work, id, "coupon.created", f"{words} {number}", {})

    await desk.run(deliver_some, "old", 30, by=system(acme.id))
    clock.advance(days=30, seconds=1)

    await desk.run(deliver_some, "new", 1, by=system(acme.id))
    after_one = await sql(desk, "SELECT digest FROM hook_deliveries WHERE digest LIKE 'old%'")
    await desk.run(deliver_some, "newer", 1, by=system(acme.id))

    assert len(after_one) == 10
    assert await sql(desk, "SELECT digest FROM hook_deliveries WHERE digest LIKE 'old%'") == []
