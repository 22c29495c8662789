"""A shop with customers and conversations that differ in everything, and asking for their names."""

from __future__ import annotations

from typing import Any

import httpx

from kithdesk.core.clock import ManualClock
from tests.api import Tenant, created, declare


async def names(api: httpx.AsyncClient, path: str, **search: Any) -> list[str]:
    """The names of what a search finds."""
    answer = await api.post(f"/v1/{path}/search", json=search)
    assert answer.status_code == 200, answer.text
    return [one["attributes"]["name"] for one in answer.json()["data"]]


class Shop:
    """A few customers and conversations that differ in everything."""

    def __init__(self, api: httpx.AsyncClient, acme: Tenant, clock: ManualClock) -> None:
        self.api, self.acme, self.clock = api, acme, clock
        self.ids: dict[str, str] = {}

    async def fill(self) -> None:
        await declare(
            self.api,
            "customer",
            planStr="Str",
            seatsNum="Num",
            sinceAt="At",
            vipBool="Bool",
            secretStr={"type": "Str", "hasSensitiveAttributes": True},
            citiesStr={"type": "Str", "array": True},
        )
        self.ids["Ana"] = await self.customer(
            "Ana",
            emails=[{"email": "ana@example.com"}],
            phones=[{"phone": "+4915123456789"}],
            externalId="A-1",
            tags=["vip", "new"],
            custom={
                "planStr": "Gold",
                "seatsNum": 12.5,
                "sinceAt": "2026-03-01T10:00:00Z",
                "vipBool": True,
                "secretStr": "hush",
                "citiesStr": ["Porto", "Köln"],
            },
        )
        self.clock.advance(days=1)
        self.ids["Ben"] = await self.customer(
            "Ben",
            emails=[{"email": "ben@example.org"}],
            custom={"planStr": "Silver", "seatsNum": -3, "vipBool": False, "secretStr": "other"},
        )
        self.clock.advance(days=1)
        self.ids["Cäcilie 100%"] = await self.customer("Cäcilie 100%")
        self.clock.advance(days=1)
        await self.conversation("Ana", "late", "The kettle is late", priority=5)
        self.clock.advance(hours=1)
        await self.conversation("Ana", "broken", "It is broken", status="done")
        self.clock.advance(hours=1)
        await self.conversation("Ben", "invoice", "Where are the invoices?", assignedUsers=[self.acme.admin])

    async def customer(self, name: str, **more: Any) -> str:
        id: str = (await created(self.api, "/v1/customers", {"name": name, **more}))["id"]
        return id

    async def conversation(self, customer: str, name: str, body: str, **change: Any) -> None:
        opened = await created(
            self.api,
            "/v1/conversations",
            {"customer": self.ids[customer], "name": name, "message": {"body": body, "direction": "in"}},
        )
        self.ids[name] = opened["id"]
        if change:
            answer = await self.api.patch(f"/v1/conversations/{opened['id']}", json=change)
            assert answer.status_code == 200, answer.text
