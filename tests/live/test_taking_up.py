"""Sockets of a browser that never proved who it is, while somebody proven takes up what it had begun."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.live.conftest import Client, World, opened
from tests.live.test_merging import _merge, _reply, _undo
from tests.live.test_parting import _follow, _known

pytestmark = pytest.mark.anyio


@dataclass
class Shared:
    """Of the browser: its socket, token and conversation. Of Maya, whose record it is by an agent's word: the same."""

    world: World
    browser: Client
    token: str
    id: str
    maya: Client
    hers: str
    merge: str


async def _shared(world: World) -> Shared:
    token = await world.visitor_token()
    browser = await world.visitor(token)
    conversation = await opened(browser)
    anonymous = (await browser.until(op="ack"))["message"]["customer"]
    maya, hers, _, known = await _known(world, "maya")
    merge = await _merge(world, anonymous, known)
    shared = Shared(world, browser, token, conversation, maya, hers, merge)
    for client in (browser, maya):
        await _anew(client)
    return shared


async def _anew(client: Client) -> None:
    """As a widget that was told to read anew."""
    resync = await client.until(op="resync", topic="visitor")
    client.frames.clear()
    await client.say(op="subscribe", topic="visitor", after=resync["position"])
    await client.until(op="subscribed", topic="visitor")


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def _kinds(client: Client) -> list[str]:
    return [frame["event"]["kind"] for frame in client.events("visitor")]


async def _take_up(shared: Shared, body: str = "My door code is 4711") -> None:
    answer = await shared.maya.answer(op="send", id=body, conversation=shared.id, body=body)
    assert answer["op"] == "ack", answer


async def _something_else(shared: Shared) -> None:
    """The browser hears of what it may hear of, so what it has not heard of by then it never will."""
    later = await opened(shared.browser, "Something else", "later")
    await _reply(shared.world, later, "The last word")
    await _until(lambda: "The last word" in shared.browser.bodies("visitor"))


async def test_T16_the_browser_hears_that_it_is_out_and_then_nothing(world: World) -> None:
    shared = await _shared(world)
    await _follow(shared.browser, shared.id)
    await _reply(world, shared.id, "Are you there?")
    await _until(lambda: "Are you there?" in shared.browser.bodies("visitor"))

    await _take_up(shared)
    refused = await shared.browser.until(op="refused", topic=f"conversation:{shared.id}")
    await _reply(world, shared.id, "Noted, 4711")
    await world.patch(f"/v1/conversations/{shared.id}", {"status": "done"})
    await _something_else(shared)

    assert refused["error"]["code"] == "notfound"
    assert "4711" not in str(shared.browser.frames)
    taken = [frame for frame in shared.browser.events("visitor") if "taken_up" in frame["event"]["kind"]]
    assert [frame["event"]["data"]["conversation"] for frame in taken] == [shared.id]
    about = [frame for frame in shared.browser.frames if shared.id in str(frame)]
    assert max(frame["position"] for frame in about if "position" in frame) == taken[0]["position"]
    assert "conversation.taken_up" not in _kinds(shared.maya)
    assert "Noted, 4711" in shared.maya.bodies("visitor")


async def test_T16_coming_back_shows_it_no_more(world: World) -> None:
    shared = await _shared(world)
    await _reply(world, shared.id, "Are you there?")
    await _take_up(shared)
    await _reply(world, shared.id, "Noted, 4711")

    again = await world.visitor(shared.token, after=0)
    await again.say(op="subscribe", topic=f"conversation:{shared.id}", id="theirs", after=0)
    refused = await again.until(op="refused", id="theirs")
    await _reply(world, shared.id, "And more of 4711")
    shared.browser = again
    await _something_else(shared)

    assert refused["error"]["code"] == "notfound"
    assert again.bodies("visitor") == ["Hello", "Are you there?", "Something else", "The last word"]
    assert "conversation.taken_up" in _kinds(again)
    assert "4711" not in str(again.frames)


async def test_T16_over_http_it_stands_as_it_was(world: World) -> None:
    shared = await _shared(world)
    await _reply(world, shared.id, "Are you there?")
    await _take_up(shared)
    said = await world.get(f"/c/v1/chat/sessions/{shared.id}/messages", shared.token)
    wait = await world.http.get(
        f"/c/v1/chat/sessions/{shared.id}/wait", headers={"Authorization": f"Bearer {shared.token}"}
    )

    shown = (await world.get(f"/c/v1/chat/sessions/{shared.id}", shared.token))["data"]["attributes"]
    hers = (await world.get(f"/c/v1/chat/sessions/{shared.id}", shared.hers))["data"]["attributes"]

    assert [one["attributes"]["body"] for one in said["data"]] == ["Hello", "Are you there?"]
    assert (shown["ended"], shown["elsewhere"], shown["preview"]) == (True, True, "Are you there?")
    assert (hers["ended"], hers["elsewhere"], hers["preview"]) == (False, False, "My door code is 4711")
    assert wait.status_code == 404


async def test_T16_it_is_not_told_who_reads_afterwards(world: World) -> None:
    shared = await _shared(world)
    await _reply(world, shared.id, "Are you there?")
    await _take_up(shared)
    agent = await world.agent()
    path = f"/c/v1/chat/sessions/{shared.id}/messages"
    hello, _, code = [one["id"] for one in (await world.get(path, shared.hers))["data"]]

    await shared.maya.answer(op="read", id="r", conversation=shared.id, message=code)
    await agent.answer(op="read", id="r", conversation=shared.id, message=hello)
    again = await world.visitor(shared.token, after=0)
    shared.browser = again
    await _something_else(shared)

    told, hers = [(await world.get(path, token))["data"] for token in (shared.token, shared.hers)]
    assert [one["attributes"]["readAt"] for one in told] == [None, None]
    assert None not in [one["attributes"]["readAt"] for one in hers[:2]]
    assert "message.read" not in _kinds(again)
    assert "message.read" in _kinds(shared.maya)


async def test_T16_nobody_is_told_of_its_typing_and_it_of_nobodys(world: World) -> None:
    shared = await _shared(world)
    await _take_up(shared)
    agent = await world.agent(topic=f"conversation:{shared.id}")

    refused = await shared.browser.answer(op="typing", id="t", conversation=shared.id, on=True)
    await agent.answer(op="typing", id="a", conversation=shared.id, on=True)
    await shared.maya.until(op="signal", kind="typing")
    await _something_else(shared)

    assert refused["error"]["code"] == "notfound"
    assert not [frame for frame in shared.browser.frames if frame["op"] == "signal"]


async def test_what_it_writes_is_refused_as_in_one_that_has_ended(world: World) -> None:
    shared = await _shared(world)
    await _take_up(shared)

    refused = await shared.browser.answer(op="send", id="s", conversation=shared.id, body="Am I here?")

    assert refused["error"]["code"] == "conversation_ended"


async def test_T16_undoing_the_merge_opens_nothing_to_its_socket(world: World) -> None:
    shared = await _shared(world)
    await _take_up(shared)
    shared.browser.frames.clear()
    await _undo(world, shared.merge)
    await _anew(shared.browser)
    await shared.browser.say(op="unsubscribe", topic="visitor")
    await shared.browser.say(op="subscribe", topic="visitor", after=0)
    await _reply(world, shared.id, "Noted, 4711")

    await _something_else(shared)

    assert "4711" not in str(shared.browser.frames)


async def test_a_customers_own_browser_learns_at_once_of_what_comes_and_goes(world: World) -> None:
    shared = await _shared(world)  # told of the merge, or it would still wait
    listed = await world.get("/c/v1/chat/sessions", shared.hers)
    shared.maya.frames.clear()

    await _undo(world, shared.merge)
    told: dict[str, Any] = await shared.maya.until(op="resync", topic="visitor")
    left = await world.get("/c/v1/chat/sessions", shared.hers)

    assert shared.id in [one["id"] for one in listed["data"]]
    assert shared.id not in [one["id"] for one in left["data"]]
    assert told["position"] > 0
