"""Dates of the calendar, which are kept as they are written: never shifted, wherever one asks from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock, parse_iso
from tests.api import Tenant, created, declare

pytestmark = pytest.mark.anyio

Find = Callable[..., Awaitable[list[Any]]]
AUCKLAND, LOS_ANGELES = "Pacific/Auckland", "America/Los_Angeles"


@pytest.fixture
async def people(api: httpx.AsyncClient, acme: Tenant) -> None:
    await declare(api, "customer", bornDate="Date")
    for name, born in (("Ana", "1990-03-04"), ("Ben", "2026-05-29"), ("Cy", None)):
        await created(api, "/v1/customers", {"name": name, "custom": {"bornDate": born}})


async def _with(api: httpx.AsyncClient, operator: str, value: Any, zone: str) -> set[str]:
    body = {"and": [{"customer_custom_bornDate": {operator: value}}], "timeZone": zone}
    answer = await api.post("/v1/customers/search", json=body)
    assert answer.status_code == 200, answer.text
    return {one["attributes"]["name"] for one in answer.json()["data"]}


@pytest.mark.parametrize("zone", [AUCKLAND, LOS_ANGELES])
@pytest.mark.usefixtures("people")
async def test_a_date_is_found_by_its_day_in_every_time_zone(api: httpx.AsyncClient, zone: str) -> None:
    assert await _with(api, "equals", "1990-03-04", zone) == {"Ana"}
    assert await _with(api, "gt", "1990-03-04", zone) == {"Ben"}
    assert await _with(api, "gte", "1990-03-04", zone) == {"Ana", "Ben"}
    assert await _with(api, "lt", "1990-03-04", zone) == set()
    assert await _with(api, "not_set", "", zone) == {"Cy"}


@pytest.mark.usefixtures("people")
async def test_today_is_the_day_of_who_asks(api: httpx.AsyncClient, clock: ManualClock) -> None:
    assert clock.now() < parse_iso(
        "2026-05-29T00:00:00Z"
    )  # where it is the 29th already, it is so in the east

    assert await _with(api, "equals", "+0d", AUCKLAND) == {"Ben"}
    assert await _with(api, "equals", "+0d", LOS_ANGELES) == set()


@pytest.mark.usefixtures("people")
async def test_a_date_is_found_in_the_search_box_as_it_is_written(found: Find) -> None:
    assert [title for _, title, _ in await found("1990-03-04")] == ["Ana"]
