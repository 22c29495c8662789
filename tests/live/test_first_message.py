"""A visitor's first message makes the customer; whoever connects at that very moment must not miss it."""

from __future__ import annotations

import asyncio

import pytest

from kithdesk.channels import chat
from kithdesk.live.client_frames import Subscribe
from kithdesk.live.connection import Connection
from kithdesk.live.replay import begin, subscribe
from tests.live.conftest import World, eventually, opened

pytestmark = pytest.mark.anyio


async def test_a_connection_that_was_looked_up_before_the_first_message_follows_after_it(
    world: World,
) -> None:
    token = await world.visitor_token()
    before, credential = await chat.resolve_visitor(world.desk, token)
    assert before.id is None
    conversation = await opened(await world.visitor(token))
    frames: list[str] = []

    async def send(text: str) -> None:
        frames.append(text)

    async def close(_code: int) -> None:
        return None

    now = asyncio.get_running_loop().time()  # one not heard of for long is let go
    late = Connection("late", before, credential, "visitors", send, close, now)
    await world.hub.join(late)
    await subscribe(world.hub, late, Subscribe(topic="visitor", after=0), begin(late, "visitor"))
    agent = await world.agent()
    await agent.answer(op="send", id="r", conversation=conversation, body="An answer")
    await eventually(lambda: _created(frames) == 2)
    world.hub.remove(late)


async def test_a_first_message_that_commits_while_its_visitor_subscribes_from_now_is_pushed(
    world: World,
) -> None:
    token = await world.visitor_token()
    before, credential = await chat.resolve_visitor(world.desk, token)
    frames: list[str] = []

    async def send(text: str) -> None:
        frames.append(text)

    async def close(_code: int) -> None:
        return None

    now = asyncio.get_running_loop().time()
    early = Connection("early", before, credential, "visitors", send, close, now)
    await world.hub.join(early)
    world.hub.hold(early, "visitor")  # as a subscription does while it reads
    position = world.hub.position(early)
    await opened(await world.visitor(token))
    world.hub.follow(early, "visitor", position)
    await eventually(lambda: _created(frames) == 1)
    world.hub.remove(early)


def _created(frames: list[str]) -> int:
    """How many messages were pushed: an event waits until what came before it is known, its answer does not."""
    return sum("message.created" in frame for frame in frames)
