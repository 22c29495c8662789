"""An administrator who gave another secret here than in the shop is told so; a stranger is told nothing."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from tests.integrations.conftest import SECRET, Shop
from tests.integrations.payloads import shopify_order


async def _known(api: httpx.AsyncClient, shop: Shop) -> dict[str, Any]:
    found: dict[str, Any] = (await api.get(f"/v1/integrations/{shop.id}")).json()["data"]["attributes"]
    return found


async def test_a_delivery_that_is_signed_otherwise_is_noted_for_the_administrator(
    api: httpx.AsyncClient, shopify: Shop
) -> None:
    before = (await _known(api, shopify))["unsignedAt"]

    await shopify.post("orders/create", shopify_order(), secret="another secret")

    assert before is None
    known = await _known(api, shopify)
    assert known["unsignedAt"] is not None
    assert known["lastDeliveryAt"] is None
    [listed] = (await api.get("/v1/integrations")).json()["data"]
    assert listed["attributes"]["unsignedAt"] == known["unsignedAt"]


@pytest.mark.parametrize("change", [{"secret": "the right one at last"}, {"name": "Our shop"}])
async def test_a_new_secret_has_refused_nothing_yet(
    api: httpx.AsyncClient, shopify: Shop, change: dict[str, str]
) -> None:
    await shopify.post("orders/create", shopify_order(), secret="another secret")

    await api.put(f"/v1/integrations/{shopify.id}", json=change)

    assert ((await _known(api, shopify))["unsignedAt"] is None) == ("secret" in change)


async def test_T55_an_address_that_leaked_makes_us_write_once_a_minute(
    api: httpx.AsyncClient, shopify: Shop, clock: ManualClock
) -> None:
    await shopify.post("orders/create", shopify_order(), secret="another secret")
    noted = (await _known(api, shopify))["unsignedAt"]
    clock.advance(seconds=5)

    again = await shopify.post("orders/create", shopify_order(), secret="another secret")
    soon = (await _known(api, shopify))["unsignedAt"]
    clock.advance(seconds=60)
    await shopify.post("orders/create", shopify_order(), secret="another secret")

    assert again.status_code == 401
    assert soon == noted
    assert (await _known(api, shopify))["unsignedAt"] > noted


async def test_what_is_signed_is_taken_whatever_was_not(api: httpx.AsyncClient, shopify: Shop) -> None:
    await shopify.post("orders/create", shopify_order(), secret="another secret")

    answer = await shopify.post("orders/create", shopify_order(), secret=SECRET)

    assert answer.status_code == 204
    known = await _known(api, shopify)
    assert known["lastDeliveryAt"] >= known["unsignedAt"]
