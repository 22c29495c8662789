"""What strangers try on sockets. Numbers name the abuse cases."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import pytest
import websockets

from kithdesk import conversations
from kithdesk.access import provisioning
from kithdesk.live import protocol
from tests.live.conftest import World, eventually, opened

pytestmark = pytest.mark.anyio

UNKNOWN = "f" * 24


@pytest.mark.parametrize(
    "first",
    [
        {"op": "ping"},
        {"op": "hello"},
        {"op": "hello", "token": "kdv_nonsense"},
        {"op": "hello", "token": 7},
        {"op": "send", "id": "x", "body": "hi"},
        "not json",
    ],
)
async def test_T66_only_a_good_hello_opens_a_socket(world: World, first: Any) -> None:
    client = await world.connect("/c/v1/live", None)
    await client.socket.send(first if isinstance(first, str) else json.dumps(first))

    assert await client.closed() == 4401
    assert client.frames == []


async def test_T66_a_socket_that_says_nothing_is_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HELLO_WITHIN", 0.1)
    client = await world.connect("/c/v1/live", None)

    assert await client.closed() == 4401


async def test_T66_a_visitor_token_opens_no_agent_socket_nor_the_other_way_round(world: World) -> None:
    visitor = await world.connect("/v1/live", None)
    await visitor.say(op="hello", token=await world.visitor_token())
    agent = await world.connect("/c/v1/live", None)
    await agent.say(op="hello", token=world.api_key)

    assert await visitor.closed() == 4401
    assert await agent.closed() == 4401


@pytest.mark.parametrize("path", ["/v1/live?token=x", "/c/v1/live?token=x"])
async def test_T66_a_token_in_the_address_is_refused_at_the_handshake(world: World, path: str) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await world.connect(path, None)

    assert refused.value.response.status_code == 403


async def test_T66_a_foreign_page_cannot_use_the_agents_cookie(world: World) -> None:
    await world.agent_token("ana@acme.test", "Ana")
    answer = await world.http.post(
        "/v1/auth/tokens",
        json={"email": "ana@acme.test", "password": "a long enough pass phrase", "cookie": True},
    )
    cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())

    with pytest.raises(websockets.InvalidStatus) as refused:
        await world.connect("/v1/live", None, Cookie=cookie, Origin="https://evil.test")
    own = await world.connect("/v1/live", None, Cookie=cookie, Origin=f"http://127.0.0.1:{world.port}")
    await own.say(op="hello", client="console/1")

    assert refused.value.response.status_code == 403
    await own.until(op="welcome")


async def test_T67_a_frame_over_64_kib_closes_with_4413(world: World) -> None:
    visitor = await world.visitor()
    await visitor.socket.send(json.dumps({"op": "ping", "id": "x" * (64 * 1024)}))

    assert await visitor.closed() == 4413


async def test_T67_a_hundred_megabytes_are_not_buffered(world: World) -> None:
    visitor = await world.visitor()
    with contextlib.suppress(websockets.ConnectionClosed):
        await visitor.socket.send("x" * 100_000_000)

    assert await visitor.closed() == 4413


async def test_T67_a_flood_closes_with_4429(world: World) -> None:
    visitor = await world.visitor()
    with contextlib.suppress(websockets.ConnectionClosed):
        for _ in range(200):
            await visitor.say(op="ping")

    assert await visitor.closed() == 4429


async def test_T67_silence_closes_with_4408(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "SILENCE", 1)
    visitor = await world.visitor()

    assert await visitor.closed() == 4408


async def test_T67_a_slow_reader_resyncs_and_loses_nothing(world: World) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    slow = await world.agent(after=0)
    await world.agent(await world.agent_token("ana@acme.test", "Ana"))
    open_now = world.hub.connections()
    by = next(connection.actor for connection in open_now if connection.actor.type == "user")
    sent = 0
    while sent < 2_000 and all("inbox" in c.cursors for c in open_now if c.is_behind):
        slow.socket.transport.pause_reading()  # again: the library goes on when it has handed over what it had
        body = f"{sent} " + "x" * 30_000
        await world.desk.run(conversations.reply, conversation, client_id=f"m{sent}", body=body, by=by)
        sent += 1
    slow.socket.transport.resume_reading()

    resync = await slow.until(op="resync", topic="inbox")
    cursor = slow.events("inbox")[-1]["position"]
    back = await world.agent(after=cursor)
    numbers = [body.split()[0] for body in [*slow.bodies("inbox"), *back.bodies("inbox")]]
    assert resync["position"] >= cursor
    assert numbers == ["Hello", *map(str, range(sent))]


@pytest.mark.parametrize(
    "frame",
    [
        {"op": "subscribe", "topic": f"conversation:{UNKNOWN}"},
        {"op": "subscribe", "topic": f"customer:{UNKNOWN}"},
        {"op": "subscribe", "topic": f"queue:{UNKNOWN}"},
        {"op": "subscribe", "topic": "visitor"},
    ],
)
async def test_T28_what_is_not_there_is_not_found(world: World, frame: dict[str, Any]) -> None:
    agent = await world.connect("/v1/live", world.api_key)
    await agent.say(**frame, id="s")

    refused = await agent.until(op="refused", id="s")
    assert (refused["error"]["status"], refused["topic"]) == (404, frame["topic"])


@pytest.mark.parametrize(
    "topic", ["", "*", "conversation:*", "conversation:", "inbox:x", "nothing", "INBOX", "x" * 65]
)
async def test_T28_a_topic_that_is_none_is_a_bad_parameter(world: World, topic: str) -> None:
    agent = await world.connect("/v1/live", world.api_key)
    await agent.say(op="subscribe", topic=topic, id="s")

    assert (await agent.until(op="refused", id="s"))["error"]["status"] in (400, 404)


async def test_T17_T28_a_visitor_follows_nothing_that_is_not_theirs(world: World) -> None:
    victim, attacker = await world.visitor(), await world.visitor()
    conversation = await opened(victim, "my secret")
    customer = (await victim.until(op="ack"))["message"]["customer"]
    message = (await victim.until(op="ack"))["message"]["id"]

    answers = []
    for topic in ("inbox", f"conversation:{conversation}", f"customer:{customer}", f"conversation:{UNKNOWN}"):
        await attacker.say(op="subscribe", topic=topic, after=0, id=topic)
        refused = await attacker.until(op="refused", id=topic)
        answers.append({**refused["error"]})
    frames: tuple[dict[str, Any], ...] = (
        {"op": "send", "id": "a", "conversation": conversation, "body": "x"},
        {"op": "send", "id": "b", "conversation": UNKNOWN, "body": "x"},
        {"op": "typing", "id": "c", "conversation": conversation, "on": True},
        {"op": "read", "id": "d", "conversation": conversation, "message": message},
        {"op": "end", "id": "e", "conversation": conversation},
        {"op": "end", "id": "f", "conversation": UNKNOWN},
    )
    answers += [(await attacker.answer(**frame))["error"] for frame in frames]

    assert {(error["status"], error["code"]) for error in answers} == {(404, "notfound")}
    assert "my secret" not in str(attacker.frames)


async def test_T69_cursors_from_nowhere_are_answered_with_resync(world: World) -> None:
    visitor = await world.visitor()
    await opened(visitor)
    agent = await world.connect("/v1/live", world.api_key)

    for after in (-1, 10**9, 2**62):
        agent.frames.clear()
        await agent.say(op="subscribe", topic="inbox", after=after)
        await agent.until(op="resync", topic="inbox")
    await agent.say(op="subscribe", topic="inbox", after="1", id="text")
    assert (await agent.until(op="refused", id="text"))["error"]["code"] == "badparam"


async def test_T101_unknown_names_get_one_fixed_answer_and_then_the_door(world: World) -> None:
    visitor = await world.visitor()
    for name in ("__class__", "Hello2", "eval"):
        await visitor.say(op=name, id=name)
        refused = await visitor.until(op="refused", id=name)
        assert refused["error"] == {"status": 400, "code": "unknown_op", "title": "Unknown operation"}

    assert await visitor.closed() == 4429


@pytest.mark.parametrize(
    "text", ["{", "[]", "7", "null", '{"id":"x"}', '{"op":null}', '"hello"', '{"op":"send"}{']
)
async def test_T101_bad_json_is_refused_without_an_id_and_the_socket_lives(world: World, text: str) -> None:
    visitor = await world.visitor()
    await visitor.socket.send(text)
    refused = await visitor.until(op="refused")

    assert refused["error"]["code"] in ("badparam", "unknown_op")
    await visitor.say(op="ping", id="alive")
    await visitor.until(op="pong", id="alive")


async def test_T101_binary_frames_are_refused(world: World) -> None:
    visitor = await world.visitor()
    await visitor.socket.send(b'{"op":"ping"}')

    assert (await visitor.until(op="refused"))["error"]["code"] == "badparam"


@pytest.mark.parametrize(
    ("body", "code"),
    [("x" * 32_768, None), ("x" * 32_769, 413), ("é" * 16_385, 413), ("a\0b", 400), ("", 400), ("   ", 400)],
)
async def test_T45_bodies_have_limits_on_every_door(world: World, body: str, code: int | None) -> None:
    visitor = await world.visitor()
    ack = await visitor.answer(op="send", id="s", conversation=None, newConversation="n", body=body)
    token = await world.visitor_token()
    over_http = await world.http.post(
        "/c/v1/chat/messages",
        json={"id": "s", "conversation": None, "newConversation": "n", "body": body},
        headers={"Authorization": f"Bearer {token}"},
    )

    assert (ack["error"]["status"] if ack["op"] == "refused" else None) == code
    assert over_http.status_code == (code or 201)


async def test_T08_a_dead_credential_closes_its_sockets(world: World) -> None:
    token = await world.agent_token("ana@acme.test", "Ana")
    agent = await world.agent(token)
    await world.http.delete("/v1/auth/tokens/current", headers={"Authorization": f"Bearer {token}"})

    assert await agent.closed() == 4401


async def test_T15_a_logged_out_visitors_sockets_close(world: World) -> None:
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    answer = await world.http.delete(
        "/c/v1/tracking/tokens/current", headers={"Authorization": f"Bearer {token}"}
    )

    assert answer.status_code == 204
    assert await visitor.closed() == 4401


async def test_T23_two_organisations_with_the_same_ids_in_mind_never_meet(world: World) -> None:
    other = await provisioning.init(
        world.desk, org="Mirror", email="admin@mirror.test", password=None, rotate=False
    )
    theirs = await world.agent(other["apiKey"], after=0)
    visitor = await world.visitor()
    conversation = await opened(visitor, "for Acme only")
    customer = (await visitor.until(op="ack"))["message"]["customer"]

    for topic in (f"conversation:{conversation}", f"customer:{customer}"):
        await theirs.say(op="subscribe", topic=topic, after=0, id=topic)
        assert (await theirs.until(op="refused", id=topic))["error"]["status"] == 404
    foreign = await theirs.answer(op="send", id="x", conversation=conversation, body="hello from next door")
    for path in (
        f"/v1/conversations/{conversation}",
        f"/v1/customers/{customer}",
        f"/v1/customers/{customer}/timeline",
    ):
        mine = await world.http.get(path, headers={"Authorization": f"Bearer {other['apiKey']}"})
        nobodys = await world.http.get(
            path.replace(conversation, UNKNOWN).replace(customer, UNKNOWN),
            headers={"Authorization": f"Bearer {other['apiKey']}"},
        )
        assert (mine.status_code, mine.json()["errors"]) == (nobodys.status_code, nobodys.json()["errors"])
        assert mine.status_code == 404
    assert foreign["error"]["status"] == 404
    assert "for Acme only" not in str(theirs.frames)


@pytest.mark.only("sqlite")
async def test_promise_9_two_hundred_visitors_behind_one_address_are_welcome(world: World) -> None:
    await _welcome_two_hundred(world)


@pytest.mark.long
@pytest.mark.only("postgresql")
async def test_promise_9_two_hundred_are_welcome_at_the_other_database_too(world: World) -> None:
    await _welcome_two_hundred(world)


async def _welcome_two_hundred(world: World) -> None:
    visitors = [await world.visitor() for _ in range(200)]
    answers = await asyncio.gather(
        *(v.answer(op="send", id="s", conversation=None, newConversation="n", body="hi") for v in visitors)
    )

    assert {answer["op"] for answer in answers} == {"ack"}


async def test_one_abuser_is_slowed_alone(world: World) -> None:
    abuser, other = await world.visitor(), await world.visitor()
    conversation = await opened(abuser)
    answers = [
        await abuser.answer(op="send", id=f"m{n}", conversation=conversation, body=str(n)) for n in range(31)
    ]

    assert answers[-1]["error"]["code"] == "ratelimited"
    assert answers[-1]["error"]["retryAfter"] > 0
    assert await opened(other)


async def test_a_planned_restart_says_goodbye_with_different_delays(world: World) -> None:
    visitors = [await world.visitor() for _ in range(5)]
    await world.hub.say_goodbye()

    delays = {(await visitor.until(op="goodbye"))["retryAfterMs"] for visitor in visitors}
    assert len(delays) > 1
    assert {await visitor.closed() for visitor in visitors} == {1012}


async def test_the_hub_forgets_who_has_gone(world: World) -> None:
    visitor = await world.visitor()
    await visitor.socket.close()

    await eventually(lambda: len(world.hub) == 0)
    assert not world.hub._followers
    assert not world.hub._by_author
