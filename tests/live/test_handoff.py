"""A conversation changes hands, and whoever has it now hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live.conftest import World, eventually, opened

pytestmark = pytest.mark.anyio


async def test_the_second_agent_is_told_who_gave_it_to_them_and_why(world: World) -> None:
    first_token = await world.agent_token("ana@acme.test", "Ana")
    second_token = await world.agent_token("bo@acme.test", "Bo")
    second = await world.agent(second_token)
    ana = (await world.get("/v1/users/current", first_token))["data"]["id"]
    bo = (await world.get("/v1/users/current", second_token))["data"]["id"]
    conversation = await opened(await world.visitor())
    path = f"/v1/conversations/{conversation}"
    await world.patch(path, {"assignedUsers": [ana]}, first_token)

    await world.patch(path, {"assignedUsers": [bo]}, first_token)

    def handed_over() -> list[Any]:
        wanted = [{"id": bo, "displayName": "Bo"}]
        heard = (frame["event"] for frame in second.events("inbox"))
        return [event for event in heard if event["data"].get("assignedUsers") == wanted]

    await eventually(lambda: bool(handed_over()))
    [event] = handed_over()
    assert (event["kind"], event["data"]["conversation"]) == ("conversation.assigned", conversation)
    assert event["data"]["reason"]["code"] == "by_hand"
    assert event["actor"] == {"type": "user", "id": ana, "displayName": "Ana"}
