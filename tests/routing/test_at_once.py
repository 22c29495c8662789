"""Two administrators who change the same settings at once: the second is told, and nothing is lost."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.routing.conftest import Browse
from tests.routing.shops import Shop

QUEUES, RULES, SETTINGS = "/v1/routing/queues", "/v1/routing/queue-rules", "/v1/routing/settings"
INTO_MAIL = {"afterSeconds": 60, "message": "We will write."}
INTO_FORM = {"afterSeconds": 60, "form": True}


async def _made(admin: httpx.AsyncClient, what: str) -> str:
    """Where it is."""
    if what == "organisation":
        return SETTINGS
    if what == "team":
        team = (await admin.post("/v1/teams", json={"name": "Billing"})).json()["data"]
        return f"{SETTINGS}?team={team['id']}"
    queue = (await admin.post(QUEUES, json={"name": "Billing"})).json()["data"]
    if what == "queue":
        return f"{QUEUES}/{queue['id']}"
    rule = (await admin.post(RULES, json={"name": "Billing", "queue": queue["id"]})).json()["data"]
    return f"{RULES}/{rule['id']}"


@pytest.mark.parametrize(
    ("what", "ours", "theirs"),
    [
        ("queue", {"overflow": INTO_MAIL}, {"overflow": INTO_FORM}),
        ("rule", {"priority": 1}, {"priority": 2}),
        ("team", {"transfers": {"toTeams": "none"}}, {"transfers": {"toAgents": "none"}}),
        ("organisation", {"channelWeights": {"chat": 2}}, {"channelWeights": {"email": 2}}),
    ],
)
async def test_of_two_who_change_the_same_at_once_the_second_is_told(
    shop: Shop, browse: Browse, what: str, ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    admin = await browse(shop, shop.admin)
    at = await _made(admin, what)
    seen = await _attributes(admin, at)

    first = await admin.put(at, json={**ours, "rev": seen["rev"]})
    second = await admin.put(at, json={**theirs, "rev": seen["rev"]})
    kept = await _attributes(admin, at)

    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["errors"][0]["code"] == "conflict"
    assert (kept, kept["rev"]) == (first.json()["data"]["attributes"], seen["rev"] + 1)
    anew = await admin.put(at, json={**theirs, "rev": kept["rev"]})
    assert (anew.status_code, anew.json()["data"]["attributes"]["rev"]) == (200, kept["rev"] + 1)


@pytest.mark.parametrize("what", ["queue", "rule", "team", "organisation"])
async def test_what_changes_nothing_is_the_same_still(shop: Shop, browse: Browse, what: str) -> None:
    admin = await browse(shop, shop.admin)
    at = await _made(admin, what)
    seen = await _attributes(admin, at)

    same = await admin.put(at, json={"rev": seen["rev"]})

    assert same.json()["data"]["attributes"] == seen


async def test_a_queue_that_goes_changes_the_settings_of_who_served_it(shop: Shop, browse: Browse) -> None:
    admin = await browse(shop, shop.admin)
    team, queue = await _made(admin, "team"), await _made(admin, "queue")
    served = await admin.put(team, json={"queues": [queue.removeprefix(f"{QUEUES}/")]})

    await admin.delete(queue)

    rev = served.json()["data"]["attributes"]["rev"]
    assert (await admin.put(team, json={"enabled": True, "rev": rev})).status_code == 409


async def _attributes(admin: httpx.AsyncClient, at: str) -> Any:
    return (await admin.get(at)).json()["data"]["attributes"]
