"""A topic's past is read in rounds, and the world goes on between them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import jwt
import pytest

from kithdesk import access, conversations
from kithdesk.access import provisioning
from kithdesk.core.actors import Actor
from kithdesk.core.errors import NotFound
from kithdesk.live import replay
from kithdesk.live.client_frames import Subscribe
from kithdesk.live.connection import Connection
from tests.live.conftest import World, eventually, opened

pytestmark = pytest.mark.anyio


class Reader:
    """An agent who reads nothing until told to."""

    def __init__(self, world: World, actor: Actor) -> None:
        self.frames: list[dict[str, Any]] = []
        self.may_read = asyncio.Event()
        now = asyncio.get_running_loop().time()
        self.connection = Connection("reader", actor, "", "agents", self._send, self._close, now)
        self._hub = world.hub

    async def _send(self, frame: str) -> None:
        await self.may_read.wait()
        self.frames.append(json.loads(frame))

    async def _close(self, code: int) -> None:
        """Nobody is connected."""

    async def subscribe(self, topic: str) -> None:
        turn = replay.begin(self.connection, topic)
        await replay.subscribe(self._hub, self.connection, Subscribe(topic=topic, after=0), turn)


async def test_a_customer_who_is_merged_between_two_rounds_is_not_followed_in_silence(world: World) -> None:
    await _log_in(world, await world.visitor_token())
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    conversation = await opened(visitor)
    customer = (await visitor.until(op="ack"))["message"]["customer"]
    agent, _ = await access.resolve_agent(world.desk, world.api_key)
    await asyncio.gather(
        *(
            world.desk.run(
                conversations.reply,
                conversations.ConversationId(conversation),
                client_id=str(number),
                body="And another thing",
                by=agent,
            )
            for number in range(replay.CHUNK)
        )
    )
    reader = Reader(world, agent)
    await world.hub.join(reader.connection)
    subscribing = asyncio.create_task(reader.subscribe(f"customer:{customer}"))
    await eventually(lambda: reader.connection.is_behind)

    await _log_in(world, token)
    reader.may_read.set()
    with pytest.raises(NotFound):
        await subscribing
    await eventually(lambda: not reader.connection.is_behind)
    world.hub.remove(reader.connection)

    assert len(reader.frames) >= replay.CHUNK
    assert not [frame for frame in reader.frames if frame["op"] == "subscribed"]


async def _log_in(world: World, token: str) -> None:
    """Every visitor of this shop turns out to be the same customer."""
    made = await provisioning.init(
        world.desk, org="Acme", email="admin@acme.test", password=None, rotate=False
    )
    claims = {"externalId": "s-1", "iat": world.desk.clock.now() // 1000}
    answer = await world.http.post(
        "/c/v1/identity",
        json={"externalToken": jwt.encode(claims, made["widget"]["identitySecret"], "HS256")},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text
