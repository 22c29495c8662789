"""What a visitor who waits is told."""

from __future__ import annotations

import pytest

from tests.live.conftest import World, opened

pytestmark = pytest.mark.anyio


async def _ask(world: World, conversation: str, token: str) -> tuple[int, dict[str, int | None]]:
    answer = await world.http.get(
        f"/c/v1/chat/sessions/{conversation}/wait", headers={"Authorization": f"Bearer {token}"}
    )
    return answer.status_code, answer.json().get("data", {}).get("attributes", {})


async def test_a_visitor_is_told_their_place_and_no_time_that_nobody_knows(world: World) -> None:
    await opened(await world.visitor())
    token = await world.visitor_token()
    conversation = await opened(await world.visitor(token))

    waits = await _ask(world, conversation, token)
    agent = await world.agent()
    await agent.answer(op="send", id="r", conversation=conversation, body="Here")
    await world.patch(f"/v1/conversations/{conversation}", {"status": "done"})
    is_done = await _ask(world, conversation, token)

    nothing = {"expectedWait": None, "open": True, "opensAt": None, "form": False}
    assert waits == (200, {"position": 2, **nothing})
    assert is_done == (200, {"position": None, **nothing})


async def test_a_visitor_is_told_when_the_queue_opens_and_that_they_may_leave_an_address(
    world: World,
) -> None:
    made = (await world.get("/v1/routing/queues"))["data"][0]["id"]
    hours: dict[str, list[list[int]]] = {str(day): [] for day in range(7)}
    schedule = await world.http.post(
        "/v1/schedules",
        json={"name": "Never", "timezone": "UTC", "hours": hours},
        headers={"Authorization": f"Bearer {world.api_key}"},
    )
    overflow = {"form": True, "overWaiting": 1}
    values = {"schedule": schedule.json()["data"]["id"], "overflow": overflow}
    await world.patch(f"/v1/routing/queues/{made}", values)
    first, token = await opened(await world.visitor()), await world.visitor_token()
    conversation = await opened(await world.visitor(token))
    assert first != conversation

    asked = await _ask(world, conversation, token)
    described = await world.http.patch(
        "/c/v1/customers/current",
        json={"attributes": {"emails": [{"email": "ana@example.test"}]}},
        headers={"Authorization": f"Bearer {token}"},
    )
    left = await _ask(world, conversation, token)

    assert described.status_code == 200
    assert asked[1] == {"position": 2, "expectedWait": None, "open": False, "opensAt": None, "form": True}
    assert left[1]["form"] is False


async def test_T23_anothers_conversation_is_not_there(world: World) -> None:
    theirs = await opened(await world.visitor())
    token = await world.visitor_token()

    assert (await _ask(world, theirs, token))[0] == (await _ask(world, "f" * 24, token))[0] == 404
