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

    assert waits == (200, {"position": 2, "expectedWait": None})
    assert is_done == (200, {"position": None, "expectedWait": None})


async def test_T23_anothers_conversation_is_not_there(world: World) -> None:
    theirs = await opened(await world.visitor())
    token = await world.visitor_token()

    assert (await _ask(world, theirs, token))[0] == (await _ask(world, "f" * 24, token))[0] == 404
