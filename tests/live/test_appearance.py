"""The widget's settings, as an administrator changes them and a page sees them."""

from __future__ import annotations

import pytest

from tests.live.conftest import World

pytestmark = pytest.mark.anyio


async def test_an_administrator_names_the_team_and_the_sites(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    changed = await world.http.put(
        "/v1/chat/settings",
        json={"teamName": "Stove people", "allowedDomains": ["shop.test"]},
        headers=headers,
    )
    seen = (await world.http.get(f"/c/v1/chat/settings?key={world.key}")).json()["data"]["attributes"]

    assert changed.status_code == 200, changed.text
    assert changed.json()["data"]["attributes"]["teamName"] == "Stove people"
    assert (seen["teamName"], seen["allowedDomains"]) == ("Stove people", ["shop.test"])


async def test_a_team_without_a_name_has_the_organisations(world: World) -> None:
    organisation = (await world.get("/v1/orgs/current"))["data"]["attributes"]["name"]
    headers = {"Authorization": f"Bearer {world.api_key}"}
    await world.http.put("/v1/chat/settings", json={"teamName": ""}, headers=headers)

    seen = (await world.http.get(f"/c/v1/chat/settings?key={world.key}")).json()["data"]["attributes"]

    assert seen["teamName"] == organisation


@pytest.mark.parametrize("changes", [{"accent": "red"}, {"nonsense": 1}, {"teamName": 7}, {"org": "x"}, []])
async def test_T24_what_is_no_setting_is_refused_and_changes_nothing(world: World, changes: object) -> None:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    before = await world.get("/v1/chat/settings")
    refused = await world.http.put("/v1/chat/settings", json=changes, headers=headers)

    assert refused.status_code == 400, refused.text
    assert await world.get("/v1/chat/settings") == before


async def test_an_agent_reads_but_does_not_change(world: World) -> None:
    headers = {"Authorization": f"Bearer {await world.agent_token('ana@acme.test', 'Ana')}"}

    assert (await world.http.get("/v1/chat/settings", headers=headers)).status_code == 200
    assert (await world.http.put("/v1/chat/settings", json={}, headers=headers)).status_code == 403
