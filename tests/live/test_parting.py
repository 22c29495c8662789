"""Who hears what after a merge and its undoing, and from a socket that was opened on an old answer."""

from __future__ import annotations

import asyncio
from typing import Any

import jwt
import pytest

from kithdesk import access
from kithdesk.access import provisioning
from kithdesk.channels import chat
from tests.live.conftest import Client, World, opened
from tests.live.test_merging import _merge, _post, _reply, _undo

pytestmark = pytest.mark.anyio


async def _log_in(world: World, id: str, token: str) -> str:
    """A new token for the browser; the old one is dead."""
    made = await provisioning.init(
        world.desk, org="Acme", email="admin@acme.test", password=None, rotate=False
    )
    claims = {"externalId": id, "iat": world.desk.clock.now() // 1000}
    answer = await world.http.post(
        "/c/v1/identity",
        json={"externalToken": jwt.encode(claims, made["widget"]["identitySecret"], "HS256")},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"]["attributes"]["token"])


async def _known(world: World, id: str) -> tuple[Client, str, str, str]:
    """Somebody who has logged in and written: their socket, token, conversation and customer."""
    token = await _log_in(world, id, await world.visitor_token())
    visitor = await world.visitor(token)
    conversation = await opened(visitor)
    return visitor, token, conversation, (await visitor.until(op="ack"))["message"]["customer"]


async def _follow(visitor: Client, conversation: str) -> None:
    await visitor.say(op="subscribe", topic=f"conversation:{conversation}")
    await visitor.until(op="subscribed", topic=f"conversation:{conversation}")


async def _said(visitor: Client, conversation: str) -> dict[str, Any]:
    """The first message of an agent or another browser on the conversation's topic."""
    async with asyncio.timeout(10):
        while not (found := visitor.events(f"conversation:{conversation}")):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    message: dict[str, Any] = found[-1]["event"]["data"]["message"]
    return message


async def test_T17_undoing_ends_what_each_followed_of_the_other(world: World) -> None:
    first, _, of_first, ana = await _known(world, "ana")
    second, _, of_second, ben = await _known(world, "ben")
    merge = await _merge(world, ana, ben)
    for visitor in (first, second):
        for conversation in (of_first, of_second):
            await _follow(visitor, conversation)
        visitor.frames.clear()

    await _undo(world, merge)
    refused = [
        await first.until(op="refused", topic=f"conversation:{of_second}"),
        await second.until(op="refused", topic=f"conversation:{of_first}"),
    ]
    await _reply(world, of_first, "For the first")
    await _reply(world, of_second, "For the second")

    assert [one["error"]["code"] for one in refused] == ["notfound", "notfound"]
    assert (await _said(first, of_first))["body"] == "For the first"
    assert (await _said(second, of_second))["body"] == "For the second"
    assert first.bodies(f"conversation:{of_second}") == []
    assert second.bodies(f"conversation:{of_first}") == []


async def test_T16_a_browser_that_may_not_see_all_is_not_told_who_else_types_and_reads(world: World) -> None:
    token = await world.visitor_token()
    first = await world.visitor(token)
    of_first = await opened(first)
    ana = (await first.until(op="ack"))["message"]["customer"]
    second, _, _, ben = await _known(world, "ben")
    await _merge(world, ana, ben)
    await _follow(first, of_first)

    said = await _post(world, f"/v1/conversations/{of_first}/messages", {"body": "Are you there?"})
    await second.say(op="typing", id="t", conversation=of_first, on=True)
    signal = await first.until(op="signal", kind="typing")
    await second.answer(op="read", id="r", conversation=of_first, message=said["id"])
    topic = f"conversation:{of_first}"
    async with asyncio.timeout(10):
        while len(first.events(topic)) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    told = first.events(topic)[-1]["event"]

    nobody = {"type": "customer", "id": None, "displayName": ""}
    assert (told["kind"], signal["by"], told["data"]["by"]) == ("message.read", nobody, nobody)


async def test_T17_an_old_answer_opens_a_socket_as_who_it_is_by_now(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token, of_first, ana = await _known(world, "ana")
    _, _, of_second, ben = await _known(world, "ben")
    merge = await _merge(world, ana, ben)
    _remember(monkeypatch, await chat.resolve_visitor(world.desk, token))
    await _undo(world, merge)

    late = await world.visitor(token)
    await late.say(op="subscribe", topic=f"conversation:{of_second}", id="theirs")
    refused = await late.until(op="refused", id="theirs")
    await _follow(late, of_first)

    assert refused["error"]["code"] == "notfound"


async def test_T18_an_old_answer_opens_nothing_to_a_dead_token(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    await opened(visitor)
    remembered = await chat.resolve_visitor(world.desk, token)
    await _log_in(world, "ana", token)
    await visitor.closed()
    _remember(monkeypatch, remembered)
    before = len(world.hub)

    late = await world.connect("/c/v1/live", None)
    await late.say(op="hello", token=token, client="test/1")
    async with asyncio.timeout(10):  # one that is let in never ends
        stream = await world.http.get("/c/v1/live/events", headers={"Authorization": f"Bearer {token}"})

    assert await late.closed() == 4401
    assert stream.status_code == 401
    assert len(world.hub) == before


async def test_an_old_answer_gives_an_agents_socket_no_right_they_have_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await world.agent_token("ana@acme.test", "Ana")
    remembered = await access.resolve_agent(world.desk, token)
    ended = await world.http.delete("/v1/auth/tokens/current", headers={"Authorization": f"Bearer {token}"})
    assert ended.status_code < 300, ended.text

    async def resolve(*_: Any, **__: Any) -> Any:
        return remembered

    monkeypatch.setattr(access, "resolve_agent", resolve)
    late = await world.connect("/v1/live", None)
    await late.say(op="hello", token=token, client="test/1")

    assert await late.closed() == 4401
    assert late.frames == []


def _remember(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    """As a node that has not heard yet of what changed."""

    async def resolve(*_: Any) -> Any:
        return answer

    monkeypatch.setattr(chat, "resolve_visitor", resolve)
