"""Shops are tested with the slices below them, and post over the real door."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.work import Wiring
from kithdesk.integrations import jobs, projections
from kithdesk.integrations.routes import router
from tests.api import Ask, api_of, created
from tests.slices import WIRING, acme, api, foreign, globex, make, other

__all__ = ["acme", "api", "foreign", "globex", "make", "other"]

SECRET = "a secret of the shop's own"
_HEADERS = {
    "shopify": ("X-Shopify-Hmac-Sha256", "X-Shopify-Topic"),
    "woocommerce": ("X-WC-Webhook-Signature", "X-WC-Webhook-Topic"),
}


@pytest.fixture
def wiring() -> Wiring:
    return Wiring(
        projectors={**WIRING.projectors, **projections.PROJECTORS},
        reactions=WIRING.reactions,
        verbs={**WIRING.verbs, **jobs.VERBS},
        handlers=WIRING.handlers,
    )


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk, router) as opened:
        yield opened


@dataclass(frozen=True)
class Shop:
    """A connected shop that posts."""

    client: httpx.AsyncClient
    provider: str
    id: str
    key: str

    async def post(
        self, topic: str, body: dict[str, Any] | bytes, *, secret: str = SECRET, key: str | None = None
    ) -> httpx.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        signed, about = _HEADERS[self.provider]
        headers = {signed: signature(raw, secret), about: topic, "Content-Type": "application/json"}
        path = f"/hooks/{self.provider}/{key or self.key}"
        return await self.client.post(path, content=raw, headers=headers)


def signature(body: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


async def connected(api: httpx.AsyncClient, ask: Ask, provider: str, **said: str) -> Shop:
    wanted = {"provider": provider, "name": "Shop", "secret": SECRET, **said}
    made = await created(api, "/v1/integrations", wanted)
    return Shop(ask(None), provider, made["id"], made["attributes"]["key"])


@pytest.fixture
async def shopify(api: httpx.AsyncClient, ask: Ask) -> Shop:
    return await connected(api, ask, "shopify")


@pytest.fixture
async def woocommerce(api: httpx.AsyncClient, ask: Ask) -> Shop:
    return await connected(api, ask, "woocommerce")


async def orders(api: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await api.get("/v1/klasses/order")
    assert answer.status_code in (200, 404), answer.text
    found: list[dict[str, Any]] = answer.json().get("data", [])
    return found


async def customers(api: httpx.AsyncClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.get("/v1/customers")).json()["data"]
    return found


async def outcomes(api: httpx.AsyncClient, shop: Shop) -> list[tuple[str, str]]:
    found = (await api.get(f"/v1/integrations/{shop.id}/deliveries")).json()["data"]
    return [(one["attributes"]["topic"], one["attributes"]["outcome"]) for one in found]
