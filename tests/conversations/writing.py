"""Customers write, as programs record it."""

from __future__ import annotations

from typing import Any

import httpx

from tests.api import created


async def write(api: httpx.AsyncClient, customer: str, body: str = "Hello", **more: Any) -> tuple[str, str]:
    """The customer writes: the conversation's id and the message's."""
    message = {"body": body, "direction": "in", **more}
    made = await created(api, f"/v1/customers/{customer}/messages", message)
    return made["relationships"]["conversation"]["data"]["id"], made["id"]
