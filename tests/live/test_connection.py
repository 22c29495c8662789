"""One client that does not read, or breaks, and what the others notice of it: nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kithdesk.core.actors import Actor
from kithdesk.core.ids import OrganisationId
from kithdesk.live.connection import Connection
from kithdesk.live.protocol import MAX_UNSENT
from tests.live.conftest import World, eventually, opened

pytestmark = pytest.mark.anyio

ACTOR = Actor(organisation=OrganisationId("a" * 24), type="user", id="b" * 24)


class Wire:
    """A transport that takes frames only while it is open."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.closed: list[int] = []
        self.writable = asyncio.Event()

    async def send(self, text: str) -> None:
        await self.writable.wait()
        self.taken.append(text)

    async def close(self, code: int) -> None:
        self.closed.append(code)


def connect(wire: Wire) -> Connection:
    return Connection("c", ACTOR, "credential", "agents", wire.send, wire.close, 0.0)


async def test_frames_keep_their_order_however_the_client_reads() -> None:
    wire = Wire()
    connection = connect(wire)
    for n in range(10):
        connection.push(str(n))
    wire.writable.set()
    await eventually(lambda: len(wire.taken) == 10)
    connection.push("10")

    assert wire.taken == [str(n) for n in range(11)]


async def test_what_waits_for_a_client_that_never_reads_is_bounded() -> None:
    wire = Wire()
    connection = connect(wire)
    overflows: list[Connection] = []
    connection.on_overflow = overflows.append
    frame = "x" * 50_000
    pushed = 0
    while connection.is_open and pushed < 1_000:
        connection.push(frame)
        pushed += 1

    assert overflows == [connection]
    assert pushed * len(frame) < 2.2 * MAX_UNSENT
    assert wire.closed == [4408]


async def test_a_client_that_leaves_while_it_subscribes_is_forgotten(world: World) -> None:
    await opened(await world.visitor())
    for _ in range(5):
        agent = await world.connect("/v1/live", world.api_key)
        await agent.say(op="subscribe", topic="inbox", after=0)
        await agent.say(op="subscribe", topic="inbox")
        await agent.socket.close()

    await eventually(lambda: len(world.hub) == 1)
    await asyncio.sleep(0.05)
    assert [topic for (_, topic), who in world.hub._followers.items() if who] == [
        topic for (_, topic), who in world.hub._followers.items() if topic.startswith("visitor:")
    ]


async def test_an_event_that_cannot_be_shown_makes_its_readers_start_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = await world.visitor()
    conversation = await opened(visitor)
    agent = await world.agent()
    frame_of = world.hub.frame

    def broken(topic: str, recorded: Any, audience: Any) -> str | None:
        if recorded.event.kind == "note.created" and audience == "agents":
            raise RuntimeError("cannot be drawn")
        return frame_of(topic, recorded, audience)

    monkeypatch.setattr(world.hub, "frame", broken)
    await agent.answer(op="send", id="n", conversation=conversation, body="note", kind="note")

    await agent.until(op="resync", topic="inbox")
    ack = await visitor.answer(op="send", id="on", conversation=conversation, body="goes on")
    await visitor.until(op="event", topic="visitor", position=ack["position"])
    assert visitor.bodies("visitor")[-1] == "goes on"


async def test_visits_are_limited(world: World) -> None:
    visitor = await world.visitor()
    await opened(visitor)
    answers = []
    for n in range(61):
        answers.append(await visitor.answer(op="visit", id=f"v{n}", url=f"https://shop.test/{n}", title=""))
        await asyncio.sleep(0.02)

    assert answers[-1]["error"]["code"] == "ratelimited"
