"""The live protocol over a real socket: acked means kept, nothing missed, nothing twice."""

from __future__ import annotations

import pytest

from kithdesk.core.ids import is_id
from tests.live.conftest import World, eventually, opened

pytestmark = pytest.mark.anyio


async def test_a_message_reaches_the_agent_and_the_answer_the_visitor(world: World) -> None:
    agent = await world.agent()
    visitor = await world.visitor()

    conversation = await opened(visitor, "Is the stove in stock?")
    await agent.until(op="event", topic="inbox")
    answer = await agent.answer(op="send", id="a1", conversation=conversation, body="Yes, two left.")

    assert answer["op"] == "ack"
    assert answer["message"]["direction"] == "out"
    await visitor.until(op="event", topic="visitor", position=answer["position"])
    assert visitor.bodies("visitor") == ["Is the stove in stock?", "Yes, two left."]


async def test_a_repeated_id_gets_the_same_answer_and_changes_nothing(world: World) -> None:
    visitor = await world.visitor()
    first = await visitor.answer(op="send", id="x", conversation=None, newConversation="n", body="once")

    second = await visitor.answer(op="send", id="x", conversation=None, newConversation="n", body="once")
    third = await visitor.answer(op="send", id="y", conversation=None, newConversation="n", body="added")

    assert second == first
    assert third["conversation"] == first["conversation"]
    messages = await world.get(f"/v1/conversations/{first['conversation']}/messages")
    assert sorted(message["attributes"]["body"] for message in messages["data"]) == ["added", "once"]


async def test_T70_the_same_id_with_another_body_is_a_conflict(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)

    answer = await visitor.answer(op="send", id="first", conversation=conversation, body="something else")

    assert (answer["op"], answer["error"]["status"]) == ("refused", 409)


async def test_five_hundred_sends_at_once_keep_their_order(world: World) -> None:
    world.desk.limits._enabled = False
    agent = await world.agent()
    visitor = await world.visitor()
    conversation = await opened(visitor, "0", id="m0")

    for n in range(1, 50):
        await visitor.say(op="send", id=f"m{n}", conversation=conversation, body=str(n))
    await visitor.until(op="ack", id="m49")

    await agent.until(
        op="event", topic="inbox", position=(await visitor.until(op="ack", id="m49"))["position"]
    )
    assert agent.bodies("inbox") == [str(n) for n in range(50)]
    positions = [frame["position"] for frame in agent.events("inbox")]
    assert positions == sorted(set(positions))


async def test_a_reader_who_comes_back_gets_what_was_missed_once(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor, "one")
    agent = await world.agent(topic="inbox", after=0)
    cursor = agent.frames[-1]["position"]
    await agent.socket.close()
    await visitor.answer(op="send", id="two", conversation=conversation, body="two")

    back = await world.agent(topic="inbox", after=cursor)
    await visitor.answer(op="send", id="three", conversation=conversation, body="three")
    await back.answer(op="typing", id="t", conversation=conversation, on=True)

    assert back.bodies("inbox") == ["two", "three"]
    assert [event["position"] for event in back.events("inbox")] == list(
        range(cursor + 1, back.events("inbox")[-1]["position"] + 1)
    )


async def test_an_event_on_two_topics_comes_on_both_once(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor, "one")
    agent = await world.agent()
    await agent.say(op="subscribe", topic=f"conversation:{conversation}", after=0)
    await agent.until(op="subscribed", topic=f"conversation:{conversation}")

    await visitor.answer(op="send", id="two", conversation=conversation, body="two")
    await agent.answer(op="typing", id="t", conversation=conversation, on=False)

    assert agent.bodies("inbox") == ["two"]
    assert agent.bodies(f"conversation:{conversation}") == ["one", "two"]


async def test_subscribing_again_replaces(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor, "one")
    agent = await world.agent(after=0)
    await agent.say(op="subscribe", topic="inbox", after=0, id="again")
    await agent.until(op="subscribed", id="again")
    await visitor.answer(op="send", id="two", conversation=conversation, body="two")
    await agent.answer(op="typing", id="t", conversation=conversation, on=False)

    assert agent.bodies("inbox") == ["one", "one", "two"]


async def test_unsubscribing_at_once_leaves_nobody_subscribed(world: World) -> None:
    visitor, agent = await world.visitor(), await world.agent()
    conversation = await opened(visitor)
    topic = f"conversation:{conversation}"

    await agent.say(op="subscribe", id="s", topic=topic, after=0)
    await agent.answer(op="unsubscribe", id="u", topic=topic)
    await visitor.answer(op="send", id="m2", conversation=conversation, body="More")
    await agent.say(op="ping", id="p")
    await agent.until(op="pong", id="p")

    assert agent.events(topic) == []


async def test_half_a_character_is_refused_by_its_id_and_place(world: World) -> None:
    visitor = await world.visitor()
    for _ in range(4):
        await visitor.socket.send(
            '{"op":"send","id":"half","conversation":null,"newConversation":"c","body":"half \\ud83d"}'
        )
        refused = await visitor.until(op="refused", id="half")
        assert refused["error"]["source"] == {"parameter": "body"}
        visitor.frames.clear()
    await opened(visitor)


async def test_typing_goes_both_ways_and_to_nobody_else(world: World) -> None:
    visitor, stranger = await world.visitor(), await world.visitor()
    conversation = await opened(visitor)
    agent = await world.agent(topic=f"conversation:{conversation}")

    await visitor.say(op="typing", conversation=conversation, on=True)
    assert (await agent.until(op="signal"))["by"]["type"] == "customer"
    await agent.say(op="typing", conversation=conversation, on=True)
    seen = await visitor.until(op="signal")

    assert seen["conversation"] == conversation
    assert seen["on"] is True
    await stranger.say(op="ping", id="p")
    await stranger.until(op="pong", id="p")
    assert [frame for frame in stranger.frames if frame["op"] == "signal"] == []


async def test_agents_see_who_else_looks_and_visitors_do_not(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    ana = await world.agent(await world.agent_token("ana@acme.test", "Ana"), f"conversation:{conversation}")
    await ana.answer(op="viewing", id="v", conversation=conversation)

    ben = await world.agent(await world.agent_token("ben@acme.test", "Ben"), f"conversation:{conversation}")
    assert (await ben.until(op="signal", kind="viewing", on=True))["by"]["displayName"] == "Ana"
    await ana.socket.close()
    await ben.until(op="signal", kind="viewing", on=False)

    assert [frame for frame in visitor.frames if frame["op"] == "signal"] == []


async def test_notes_and_inner_facts_never_reach_the_visitor(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    agent = await world.agent(await world.agent_token("ana@acme.test", "Ana"))

    note = await agent.answer(op="send", id="n", conversation=conversation, body="rude customer", kind="note")
    reply = await agent.answer(op="send", id="r", conversation=conversation, body="Hello")
    await visitor.until(op="event", topic="visitor", position=reply["position"])

    assert note["message"]["kind"] == "note"
    assert "rude customer" not in str(visitor.frames)
    kinds = {frame["event"]["kind"] for frame in visitor.events("visitor")}
    assert kinds <= {"conversation.opened", "conversation.assigned", "message.created"}


async def test_an_ended_conversation_takes_no_more(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)

    assert (await visitor.answer(op="end", id="e", conversation=conversation))["op"] == "ack"
    refused = await visitor.answer(op="send", id="late", conversation=conversation, body="one more")

    assert (refused["error"]["status"], refused["error"]["code"]) == (409, "conversation_ended")
    await visitor.until(op="event", topic="visitor")
    assert "conversation.ended" in {frame["event"]["kind"] for frame in visitor.events("visitor")}


async def test_a_message_to_a_done_conversation_reopens_it(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    await world.patch(f"/v1/conversations/{conversation}", {"status": "done"})

    await visitor.answer(op="send", id="again", conversation=conversation, body="not done")

    found = await world.get(f"/v1/conversations/{conversation}")
    assert found["data"]["attributes"]["status"] == "open"


async def test_reading_is_told_to_the_other_side(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    agent = await world.agent(await world.agent_token("ana@acme.test", "Ana"))
    reply = await agent.answer(op="send", id="r", conversation=conversation, body="Hello")

    await visitor.answer(op="read", id="seen", conversation=conversation, message=reply["message"]["id"])

    await eventually(lambda: any(f["event"]["kind"] == "message.read" for f in agent.events("inbox")))


async def test_ids_on_the_wire_are_24_hex(world: World) -> None:
    visitor = await world.visitor()
    ack = await visitor.answer(op="send", id="x", conversation=None, newConversation="n", body="hi")

    assert all(is_id(ack["message"][name]) for name in ("id", "conversation", "customer"))


async def test_the_stream_carries_the_same_frames(world: World) -> None:
    headers = {"Authorization": f"Bearer {await world.visitor_token()}"}
    sent = {"id": "x", "conversation": None, "newConversation": "n", "body": "over HTTP"}
    first = await world.http.post("/c/v1/chat/messages", json=sent, headers=headers)
    again = await world.http.post("/c/v1/chat/messages", json=sent, headers=headers)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    lines: list[str] = []
    async with world.http.stream("GET", "/c/v1/live/events?after=0", headers=headers) as stream:
        assert stream.headers["content-type"] == "text/event-stream"
        async for line in stream.aiter_lines():
            lines.append(line)
            if '"subscribed"' in line:
                break
    assert any("over HTTP" in line for line in lines)
    assert any(line.startswith("id: ") for line in lines)
