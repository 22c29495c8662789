"""Agents merge and part records while everybody is connected."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.live.conftest import Client, World, opened

pytestmark = pytest.mark.anyio


async def _post(world: World, path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {world.api_key}"}
    answer = await world.http.post(path, json=body, headers=headers)
    assert answer.status_code < 300, answer.text
    return dict(answer.json()["data"])


async def _merge(world: World, source: str, target: str) -> str:
    return str((await _post(world, "/v1/customers/merges", {"source": source, "target": target}))["id"])


async def _undo(world: World, merge: str) -> None:
    await _post(world, f"/v1/customers/merges/{merge}/undo", {})


async def _reply(world: World, conversation: str, body: str) -> None:
    await _post(world, f"/v1/conversations/{conversation}/messages", {"body": body})


async def _begin(world: World) -> tuple[Client, str, str]:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    return visitor, conversation, (await visitor.until(op="ack"))["message"]["customer"]


async def _again(visitor: Client) -> None:
    """What a widget does on `resync`; it has read over HTTP before."""
    resync = await visitor.until(op="resync", topic="visitor")
    visitor.frames.clear()
    await visitor.say(op="subscribe", topic="visitor", after=resync["position"])
    await visitor.until(op="subscribed", topic="visitor")


async def test_a_visitor_talks_on_through_a_merge_and_its_undoing(world: World) -> None:
    visitor, conversation, anonymous = await _begin(world)
    ben = (await _post(world, "/v1/customers", {"name": "Ben"}))["id"]

    merge = await _merge(world, anonymous, ben)
    await _again(visitor)
    await _reply(world, conversation, "After the merge")
    ack = await visitor.answer(op="send", id="2", conversation=conversation, body="Thanks")
    await _undo(world, merge)
    said = visitor.bodies("visitor")
    await _again(visitor)
    await _reply(world, conversation, "After the undoing")
    last = await visitor.answer(op="send", id="3", conversation=conversation, body="Fine")
    await visitor.until(op="event", topic="visitor")

    assert said == ["After the merge", "Thanks"]
    assert ack["message"]["sentBy"]["displayName"].startswith("Visitor ")
    assert (ack["message"]["customer"], last["message"]["customer"]) == (ben, anonymous)
    assert "After the undoing" in visitor.bodies("visitor")


async def test_T17_after_the_undoing_neither_hears_of_the_other(world: World) -> None:
    first, of_first, ana = await _begin(world)
    second, of_second, ben = await _begin(world)
    merge = await _merge(world, ana, ben)
    await _again(first)
    cursor = (await first.until(op="subscribed", topic="visitor"))["position"]
    await _reply(world, of_first, "For the first")
    await _reply(world, of_second, "For the second")

    await _undo(world, merge)
    await first.until(op="resync", topic="visitor")
    for visitor in (first, second):
        visitor.frames.clear()
        await visitor.say(op="unsubscribe", topic="visitor")
        await visitor.say(op="subscribe", topic="visitor", after=cursor)
        await visitor.until(op="subscribed", topic="visitor")
    await _reply(world, of_first, "More for the first")
    await _reply(world, of_second, "More for the second")
    async with asyncio.timeout(10):
        while len(first.bodies("visitor")) < 2 or len(second.bodies("visitor")) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert first.bodies("visitor") == ["For the first", "More for the first"]
    assert second.bodies("visitor") == ["For the second", "More for the second"]


async def test_followers_of_both_records_keep_up(world: World) -> None:
    _, _, ana = await _begin(world)
    ben = (await _post(world, "/v1/customers", {"name": "Ben"}))["id"]
    of_ana, of_ben = [await world.agent(topic=f"customer:{id}") for id in (ana, ben)]

    merge = await _merge(world, ana, ben)
    refused = await of_ana.until(op="refused", topic=f"customer:{ana}")
    await _undo(world, merge)
    await of_ana.say(op="subscribe", topic=f"customer:{ana}")
    await of_ana.until(op="subscribed", topic=f"customer:{ana}")
    await _post(world, f"/v1/customers/{ana}/messages", {"body": "Hello again"})
    await of_ana.until(op="event", topic=f"customer:{ana}")
    await world.patch(f"/v1/customers/{ben}", {"name": "Benjamin"})
    async with asyncio.timeout(10):
        while len(of_ben.events(f"customer:{ben}")) < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert refused["error"]["code"] == "notfound"
    kinds = [frame["event"]["kind"] for frame in of_ben.events(f"customer:{ben}")]
    assert kinds == ["customer.merged", "conversation.moved", "customer.parted", "customer.updated"]


async def test_of_merges_that_race_one_happens(world: World) -> None:
    made = [(await _post(world, "/v1/customers", {"name": name}))["id"] for name in ("Ana", "Ben")]
    headers = {"Authorization": f"Bearer {world.api_key}"}

    async def merge(source: str, target: str) -> int:
        body = {"source": source, "target": target}
        return (await world.http.post("/v1/customers/merges", json=body, headers=headers)).status_code

    answers = await asyncio.gather(merge(made[0], made[1]), merge(made[1], made[0]))

    assert sorted(answers) == [201, 409]


async def test_T16_a_merge_lets_nobody_listen_who_never_logged_in(world: World) -> None:
    first, of_first, ana = await _begin(world)
    second, of_second, ben = await _begin(world)
    await _merge(world, ana, ben)
    await _again(first)

    for number in range(3):
        await _reply(world, of_first, f"For the first {number}")
        await _reply(world, of_second, f"For the second {number}")
    opened_later = await opened(second, "Another matter", "later")
    await _reply(world, opened_later, "More for the second")
    async with asyncio.timeout(10):
        while "More for the second" not in second.bodies("visitor"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert first.bodies("visitor") == [f"For the first {number}" for number in range(3)]
    assert not [body for body in second.bodies("visitor") if "first" in body]


async def test_T16_nor_does_coming_back_open_it(world: World) -> None:
    token = await world.visitor_token()
    first = await world.visitor(token)
    of_first = await opened(first)
    ana = (await first.until(op="ack"))["message"]["customer"]
    _, of_second, ben = await _begin(world)
    await world.patch(f"/v1/customers/{ben}", {"name": "Ben"})
    await _merge(world, ana, ben)
    await _reply(world, of_first, "For the first")
    await _reply(world, of_second, "For the second")

    again = await world.visitor(token, after=0)
    await _reply(world, of_second, "More for the second")
    await _reply(world, of_first, "More for the first")
    async with asyncio.timeout(10):
        while "More for the first" not in again.bodies("visitor"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    listed = await world.get("/c/v1/chat/sessions", token)
    said = await world.get(f"/c/v1/chat/sessions/{of_first}/messages", token)
    hidden = await world.http.get(
        f"/c/v1/chat/sessions/{of_second}/messages", headers={"Authorization": f"Bearer {token}"}
    )

    assert again.bodies("visitor") == ["Hello", "For the first", "More for the first"]
    assert [one["id"] for one in listed["data"]] == [of_first]
    assert hidden.status_code == 404
    assert "Ben" not in str(said)
