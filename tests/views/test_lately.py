"""Customers by what happened lately, when a program tells of last year today."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.clock import DAY, HOUR, Instant, ManualClock, iso
from kithdesk.core.desk import where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.api import created
from tests.views.shop import names

pytestmark = pytest.mark.anyio

WAITS = {"customer_last_message_unresponded_to_sent_at": {"set": ""}}
RECENT = [
    {f"customer_{name}": {"gt": "-1d"}}
    for name in (
        "activity_at",
        "last_seen_at",
        "last_message_at",
        "last_message_sent_at",
        "last_message_out_sent_at",
    )
]


async def says(api: httpx.AsyncClient, body: dict[str, Any], **message: Any) -> str:
    """A message in a new conversation, or in the one that `body` names; answers the conversation."""
    if "conversation" in body:
        await created(api, f"/v1/conversations/{body['conversation']}/messages", {"body": "Yes", **message})
        return str(body["conversation"])
    opened = await created(api, "/v1/conversations", {**body, "message": {"body": "Hello", **message}})
    return str(opened["id"])


async def test_who_wrote_today_is_found_so_when_last_year_is_recorded(
    api: httpx.AsyncClient, clock: ManualClock, settings: Settings, wiring: Wiring
) -> None:
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    today = await says(api, {"customer": ana}, direction="in")
    await says(api, {"conversation": today}, direction="out")
    clock.advance(hours=1)
    ben = (await created(api, "/v1/customers", {"name": "Ben"}))["id"]
    await says(api, {"customer": ben}, direction="in")

    then = iso(Instant(clock.now() - 390 * DAY))
    for direction in ("in", "out"):
        await says(api, {"customer": ana}, direction=direction, sentAt=then)

    for criterion in RECENT[:4]:
        assert await names(api, "customers", **{"and": [criterion]}) == ["Ben", "Ana"], criterion
    assert await names(api, "customers", **{"and": [RECENT[4]]}) == ["Ana"]
    by_last = [{"customer_last_message_at": "desc"}]
    assert await names(api, "customers", sort=by_last) == ["Ben", "Ana"]
    assert replay(where(settings), wiring).agrees


async def test_who_waits_anywhere_is_found_among_those_who_wait(
    api: httpx.AsyncClient, clock: ManualClock, settings: Settings, wiring: Wiring
) -> None:
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    one = await says(api, {"customer": ana}, direction="in")
    clock.advance(hours=1)
    two = await says(api, {"customer": ana}, direction="in")
    long = [{"customer_last_message_unresponded_to_sent_at": {"lt": iso(Instant(clock.now() - HOUR // 2))}}]

    await says(api, {"conversation": two}, direction="out")
    assert await names(api, "customers", **{"and": long}) == ["Ana"]
    await api.patch(f"/v1/conversations/{one}", json={"status": "done"})
    assert await names(api, "customers", **{"and": [WAITS]}) == []
    await api.patch(f"/v1/conversations/{one}", json={"status": "open"})
    assert await names(api, "customers", **{"and": [WAITS]}) == ["Ana"]
    assert await names(api, "customers", **{"and": long}) == ["Ana"]  # as if it had never been closed
    await says(api, {"conversation": one}, direction="out")
    assert await names(api, "customers", **{"and": [WAITS]}) == []
    assert replay(where(settings), wiring).agrees
