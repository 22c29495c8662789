"""A program opened the conversation, and said in it afterwards what the customer wrote."""

from __future__ import annotations

import httpx
import pytest

from kithdesk.core.clock import ManualClock, iso
from tests.api import created, got

pytestmark = pytest.mark.anyio


async def test_its_clock_starts_when_the_customer_writes(api: httpx.AsyncClient, clock: ManualClock) -> None:
    await created(api, "/v1/slas", {"name": "Gold", "metrics": {"firstResponse": {"seconds": 3600}}})
    customer = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    conversation = (await created(api, "/v1/conversations", {"customer": customer}))["id"]
    clock.advance(minutes=30)

    message = {"body": "Where is it?", "direction": "in"}
    await created(api, f"/v1/conversations/{conversation}/messages", message)

    sla = (await got(api, f"/v1/conversations/{conversation}"))["data"]["attributes"]["sla"]
    assert sla["metrics"]["firstResponse"]["startedAt"] == iso(clock.now())
    assert sla["dueAt"] == iso(clock.in_(hours=1))
