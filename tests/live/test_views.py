"""Saved views in every open window at once: shared ones everybody's, and personal ones their owner's alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live.conftest import Client, World

pytestmark = pytest.mark.anyio

QUERY = {"and": [{"conversation_status": {"equals": "open"}}]}


async def _save(world: World, token: str, **wish: Any) -> str:
    headers = {"Authorization": f"Bearer {token}"}
    answer = await world.http.post("/v1/views", json={"query": QUERY, **wish}, headers=headers)
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["data"]["id"]
    return id


async def _told(world: World, client: Client) -> list[tuple[str, str]]:
    """Which views it was told of, once it has been told of all that has happened."""
    await client.say(op="ping", id="last")
    await client.until(op="pong", id="last")
    events = [frame["event"] for frame in client.events("inbox")]
    return [(event["kind"], event["data"]["view"]) for event in events if event["kind"].startswith("view.")]


async def test_a_personal_view_is_told_to_its_owner_and_a_shared_one_to_all(world: World) -> None:
    ana, ben = (
        await world.agent_token("ana@acme.test", "Ana"),
        await world.agent_token("ben@acme.test", "Ben"),
    )
    hers, his = await world.agent(ana), await world.agent(ben)

    personal = await _save(world, ana, name="Mine")
    shared = await _save(world, ana, name="Ours", isShared=True)

    assert await _told(world, hers) == [("view.saved", personal), ("view.saved", shared)]
    assert await _told(world, his) == [("view.saved", shared)]
    assert "Mine" not in str(his.frames)


async def test_one_that_is_shared_no_longer_is_told_to_those_who_lose_it(world: World) -> None:
    ana, ben = (
        await world.agent_token("ana@acme.test", "Ana"),
        await world.agent_token("ben@acme.test", "Ben"),
    )
    view = await _save(world, ana, name="Ours", isShared=True)
    his = await world.agent(ben)
    headers = {"Authorization": f"Bearer {ana}"}

    assert (
        await world.http.put(f"/v1/views/{view}", json={"isShared": False}, headers=headers)
    ).status_code == 200
    assert (await world.http.delete(f"/v1/views/{view}", headers=headers)).status_code == 204

    assert await _told(world, his) == [("view.saved", view)]


async def test_what_is_anothers_alone_is_not_replayed_either(world: World) -> None:
    ana, ben = (
        await world.agent_token("ana@acme.test", "Ana"),
        await world.agent_token("ben@acme.test", "Ben"),
    )
    personal = await _save(world, ana, name="Mine")

    hers, his = await world.agent(ana, after=0), await world.agent(ben, after=0)

    assert await _told(world, hers) == [("view.saved", personal)]
    assert await _told(world, his) == []
