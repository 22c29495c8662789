"""Lists by SLA: what is late first, and what is due next."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import sla
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock, iso
from kithdesk.core.desk import Desk, where
from kithdesk.core.ids import OrganisationId
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.api import Tenant, created

pytestmark = pytest.mark.anyio


async def found(api: httpx.AsyncClient, *criteria: Any, **more: Any) -> list[str]:
    """Names of the conversations that a search finds."""
    answer = await api.post("/v1/conversations/search", json={"and": list(criteria), **more})
    assert answer.status_code == 200, answer.text
    return [one["attributes"]["name"] for one in answer.json()["data"]]


async def promise(desk: Desk, organisation: OrganisationId, **metrics: int) -> None:
    """Sets up a policy by its verb: these tests have the routes of views only."""
    wanted: Any = {
        metric: sla.Target(seconds=seconds, by_priority={"5": 60}) for metric, seconds in metrics.items()
    }
    criteria = {"and": [{"conversation_name": {"not_equals": "Free"}}]}
    wish = sla.Wish(name="Gold", metrics=wanted, criteria=criteria)
    await desk.run(sla.create_policy, wish, by=system(organisation))


@pytest.fixture
async def matters(api: httpx.AsyncClient, acme: Tenant, desk: Desk, clock: ManualClock) -> dict[str, str]:
    """Four that wait and one that is answered, an hour after they began."""
    await promise(desk, acme.id, firstResponse=7_200)
    customer = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    ids = {}
    for name, priority in (("Late", 5), ("Later", 3), ("Soon", 3), ("Answered", 3), ("Free", 3)):
        message = {"body": "Hello", "direction": "in"}
        body = {"customer": customer, "name": name, "priority": priority, "message": message}
        ids[name] = (await created(api, "/v1/conversations", body))["id"]
        clock.advance(minutes=1)
    await created(api, f"/v1/conversations/{ids['Answered']}/messages", {"body": "Here"})
    await desk.jobs.settle()
    return ids


@pytest.mark.parametrize(
    ("criterion", "names"),
    [
        ({"conversation_sla_breached": {"equals": True}}, {"Late"}),
        ({"conversation_sla_breached": {"equals": False}}, {"Later", "Soon", "Answered", "Free"}),
        ({"conversation_sla_status": {"equals": "pending"}}, {"Late", "Later", "Soon"}),
        ({"conversation_sla_status": {"in": ["done", "paused"]}}, {"Answered"}),
        ({"conversation_sla_id": {"not_set": ""}}, {"Free"}),
        ({"conversation_sla_version_id": {"set": ""}}, {"Late", "Later", "Soon", "Answered"}),
        ({"conversation_sla_breach_metric": {"equals": "firstResponse"}}, {"Late"}),
        ({"conversation_sla_satisfied_at": {"set": ""}}, {"Answered"}),
        ({"conversation_sla_due_at": {"lt": "+0m"}}, {"Late"}),
        ({"conversation_sla_risky_at": {"lt": "+0m"}}, {"Late"}),
        ({"conversation_sla_due_at": {"lt": "+117m"}}, {"Late", "Later"}),
        ({"conversation_sla_breach_at": {"gt": "+0m"}}, {"Later", "Soon"}),
    ],
)
async def test_lists_filter_by_sla(
    api: httpx.AsyncClient, matters: dict[str, str], criterion: Any, names: set[str]
) -> None:
    assert set(await found(api, criterion)) == names


async def test_lists_sort_by_what_is_due_next(api: httpx.AsyncClient, matters: dict[str, str]) -> None:
    pending = {"conversation_sla_status": {"equals": "pending"}}

    assert await found(api, pending, sort=[{"conversation_sla_due_at": "asc"}]) == ["Late", "Later", "Soon"]
    assert await found(api, pending, sort=[{"conversation_sla_breach_at": "desc"}]) == [
        "Soon",
        "Later",
        "Late",
    ]


async def test_rows_follow_the_clocks(
    api: httpx.AsyncClient, matters: dict[str, str], clock: ManualClock, settings: Settings, wiring: Wiring
) -> None:
    path = f"/v1/conversations/{matters['Soon']}"
    until = iso(clock.in_(hours=1))
    for change, status in (
        ({"status": "snoozed", "snooze": {"time": until}}, {"Soon"}),
        ({"status": "open"}, set()),
        ({"name": "Free"}, set()),
    ):
        assert (await api.patch(path, json=change)).status_code == 200
        assert set(await found(api, {"conversation_sla_status": {"equals": "paused"}})) == status

    assert await found(api, {"conversation_sla_id": {"not_set": ""}}) == ["Free", "Free"]
    assert replay(where(settings), wiring).differences == []
