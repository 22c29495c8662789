"""What a visitor's browser asked a moment before an agent moved it to another record is done where it is by then.

The server judges who asks when a frame comes. The tests keep a connection as it was judged before the merge, or before
its undoing, as it is for what is on its way meanwhile and on a node that has not heard yet.
"""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk.channels.chat import callers
from kithdesk.core.actors import Actor
from tests.live.conftest import Client, World, opened
from tests.live.test_merging import _again, _begin, _merge, _post, _reply, _undo
from tests.live.test_parting import _log_in

pytestmark = pytest.mark.anyio


def _connection(world: World, customer: str) -> Any:
    return next(one for one in world.hub.connections() if one.actor.is_visitor and one.actor.id == customer)


async def _moved(world: World, after: str) -> tuple[Client, str, Any]:
    """A visitor whose record an agent has merged, or merged and parted again, and who is still judged as before."""
    visitor, conversation, anonymous = await _begin(world)
    ben = (await _post(world, "/v1/customers", {"name": "Ben"}))["id"]
    await _post(world, f"/v1/customers/{ben}/messages", {"body": "To Ben"})
    connection = _connection(world, anonymous)
    before: Actor = connection.actor
    merge = await _merge(world, anonymous, ben)
    await _again(visitor)
    if after == "undo":
        before = connection.actor
        await _undo(world, merge)
        await _again(visitor)
    assert before.id == (anonymous if after == "merge" else ben)
    connection.actor = before
    return visitor, conversation, connection


@pytest.mark.parametrize("after", ["merge", "undo"])
async def test_what_was_read_is_read(world: World, after: str) -> None:
    visitor, conversation, _ = await _moved(world, after)
    said = await _post(world, f"/v1/conversations/{conversation}/messages", {"body": "Are you there?"})
    agent = await world.agent(topic=f"conversation:{conversation}")

    answer = await visitor.answer(op="read", id="r", conversation=conversation, message=said["id"])

    assert answer["op"] == "ack", answer
    told = await agent.until(op="event", topic=f"conversation:{conversation}")
    assert told["event"]["kind"] == "message.read"


@pytest.mark.parametrize("after", ["merge", "undo"])
async def test_what_was_ended_is_ended(world: World, after: str) -> None:
    visitor, conversation, _ = await _moved(world, after)

    answer = await visitor.answer(op="end", id="e", conversation=conversation)

    assert answer["op"] == "ack", answer
    shown = (await world.get(f"/v1/conversations/{conversation}"))["data"]["attributes"]
    assert shown["ended"] is True


@pytest.mark.parametrize("after", ["merge", "undo"])
async def test_who_types_is_seen_typing(world: World, after: str) -> None:
    visitor, conversation, _ = await _moved(world, after)
    agent = await world.agent(topic=f"conversation:{conversation}")

    answer = await visitor.answer(op="typing", id="t", conversation=conversation, on=True)

    assert answer["op"] == "ack", answer
    assert (await agent.until(op="signal", kind="typing"))["conversation"] == conversation


async def test_a_page_is_kept_with_the_record_that_the_browser_is_of_by_then(world: World) -> None:
    visitor, conversation, _ = await _moved(world, "undo")
    agent = await world.agent()

    answer = await visitor.answer(op="visit", id="v", url="https://shop.test/boots", title="Boots")

    assert answer["op"] == "ack", answer
    told = (await agent.until(op="event", topic="inbox"))["event"]
    assert (told["kind"], told["data"]["conversation"]) == ("page.viewed", conversation)


async def test_a_page_after_a_merge_is_no_error(world: World) -> None:
    visitor, _, _ = await _moved(world, "merge")

    answer = await visitor.answer(op="visit", id="v", url="https://shop.test/boots", title="Boots")

    assert answer["op"] == "ack", answer


@pytest.mark.parametrize("after", ["merge", "undo"])
async def test_over_http_it_is_the_same(world: World, monkeypatch: pytest.MonkeyPatch, after: str) -> None:
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    conversation = await opened(visitor)
    anonymous = (await visitor.until(op="ack"))["message"]["customer"]
    ben = (await _post(world, "/v1/customers", {"name": "Ben"}))["id"]
    known = callers.visitors_of(world.desk)
    before = await known.find(token)
    merge = await _merge(world, anonymous, ben)
    if after == "undo":
        before = await known.find(token)
        await _undo(world, merge)

    async def judged_before(_token: str) -> Any:
        return before

    monkeypatch.setattr(known, "find", judged_before)
    headers = {"Authorization": f"Bearer {token}"}
    path = f"/c/v1/chat/sessions/{conversation}"
    slot = await world.http.post(
        "/c/v1/chat/attachments",
        json={"name": "a.png", "contentType": "image/png", "contentLength": 10},
        headers=headers,
    )
    ended = await world.http.put(path, json={"ended": True}, headers=headers)

    assert before is not None
    assert before.actor.id == (anonymous if after == "merge" else ben)
    assert slot.status_code == 201, slot.text
    assert ended.status_code == 200, ended.text
    assert ended.json()["data"]["attributes"]["ended"] is True


async def test_T17_what_is_the_others_again_is_refused_as_if_it_had_never_been(world: World) -> None:
    first, _, ana = await _begin(world)
    second, of_second, ben = await _begin(world)
    said = await _post(world, f"/v1/conversations/{of_second}/messages", {"body": "For the second"})
    connection = _connection(world, ana)
    merge = await _merge(world, ana, ben)
    await first.until(op="resync", topic="visitor")
    before = connection.actor
    await _undo(world, merge)
    await second.until(op="event", topic="visitor")
    connection.actor = before

    for frame in (
        {"op": "read", "conversation": of_second, "message": said["id"]},
        {"op": "end", "conversation": of_second},
        {"op": "typing", "conversation": of_second, "on": True},
    ):
        refused = await first.answer(id=frame["op"], **frame)
        assert refused["error"]["code"] == "notfound", refused

    shown = (await world.get(f"/v1/conversations/{of_second}"))["data"]["attributes"]
    assert shown["ended"] is False
    await _reply(world, of_second, "Still here")


async def test_T18_what_was_asked_before_a_login_is_not_done_as_who_logged_in(world: World) -> None:
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    conversation = await opened(visitor)
    anonymous = (await visitor.until(op="ack"))["message"]["customer"]
    connection = _connection(world, anonymous)
    before = connection.actor
    await _log_in(world, "ana", token)
    await visitor.closed()

    late = await world.visitor()
    await opened(late, id="other")
    stale = next(one for one in world.hub.connections() if one.actor.is_visitor)
    stale.actor = before
    refused = await late.answer(op="end", id="e", conversation=conversation)

    assert refused["error"]["code"] in ("notfound", "identity_moved")
    shown = (await world.get(f"/v1/conversations/{conversation}"))["data"]["attributes"]
    assert shown["ended"] is False
