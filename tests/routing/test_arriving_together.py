"""Visitors write all at once, over HTTP and to two nodes on one database."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import httpx
import pytest

from kithdesk import conversations
from kithdesk.app import create_api
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from tests.routing.conftest import Browse
from tests.routing.promises import wrong_with
from tests.routing.shops import Shop

pytestmark = pytest.mark.only("postgresql")


@dataclass(frozen=True)
class Visitor:
    """A browser with a token of its own."""

    client: httpx.AsyncClient
    token: str

    async def writes(self) -> str:
        sent = await self.client.post(
            "/c/v1/chat/messages",
            json={"id": "1", "newConversation": "1", "body": "Is anybody there?"},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert sent.status_code == 201, sent.text
        conversation: str = sent.json()["conversation"]
        return conversation


_TO_AN_ADDRESS = 10
"""New visitors of one network are so few that nobody is asked to wait."""


@dataclass
class Doors:
    """Two servers, and the widget's key to both."""

    nodes: list[Desk]
    key: str
    stack: AsyncExitStack

    async def visitors(self, count: int) -> list[Visitor]:
        """As many come to one node as to the other."""
        apis = [create_api(node) for node in self.nodes]
        found = []
        for number in range(count // _TO_AN_ADDRESS):
            address = (f"10.{number}.0.1", 40_000)
            transport = httpx.ASGITransport(apis[number % 2], client=address)
            client = httpx.AsyncClient(transport=transport, base_url="http://desk.test")
            await self.stack.enter_async_context(client)
            found += [Visitor(client, await self._token(client)) for _ in range(_TO_AN_ADDRESS)]
        return found

    async def _token(self, client: httpx.AsyncClient) -> str:
        made = await client.post("/c/v1/tracking/tokens", headers={"Authorization": f"Bearer {self.key}"})
        assert made.status_code == 201, made.text
        token: str = made.json()["data"]["attributes"]["token"]
        return token


@pytest.fixture
async def doors(shop: Shop, there: Shop, browse: Browse) -> AsyncIterator[Doors]:
    admin = await browse(shop, shop.admin)
    organisation = (await admin.get("/v1/orgs/current")).json()["data"]
    async with AsyncExitStack() as stack:
        yield Doors([shop.desk, there.desk], organisation["attributes"]["widgetKey"], stack)


async def _owners(shop: Shop, arrived: list[str]) -> Counter[str]:
    """How much each agent has; of what waits nobody. One owner each."""
    found: Counter[str] = Counter()
    for conversation in arrived:
        users = await shop.has(conversation)
        assert len(users) <= 1
        found.update(users or ["nobody"])
    return found


async def test_of_two_hundred_who_write_at_once_each_has_one_agent_and_no_agent_too_many(
    shop: Shop, doors: Doors
) -> None:
    await shop.capacity(7)
    agents = [await shop.agent(f"agent{number}") for number in range(5)]
    visitors = await doors.visitors(200)

    arrived = await asyncio.gather(*(visitor.writes() for visitor in visitors))

    assert len(set(arrived)) == 200
    assert await _owners(shop, arrived) == {**{str(agent.id): 7 for agent in agents}, "nobody": 165}
    assert (await shop.desk.read(wrong_with, by=shop.by)).value == []


@pytest.mark.long
async def test_whoever_comes_and_goes_meanwhile_nothing_waits_while_there_is_room(
    shop: Shop, there: Shop, doors: Doors
) -> None:
    await shop.capacity(5)
    agents = [await shop.agent(f"agent{number}") for number in range(12)]
    visitors = await doors.visitors(800)
    arrived: list[str] = []

    async def come(these: list[Visitor]) -> None:
        for one in these:
            arrived.append(await one.writes())  # noqa: PERF401 - others look at it meanwhile

    async def work(node: Shop, agent: Actor, rounds: int) -> None:
        """Is away at times, and is done with some of what they have."""
        for turn in range(rounds):
            await node.says(agent, ("busy", "available", "offline", "available")[turn % 4])
            for conversation in arrived:
                if await node.has(conversation) == [agent.id]:
                    await node.run(conversations.close, conversation, by=agent)
                    break

    shares = [visitors[start::20] for start in range(20)]
    await asyncio.gather(
        *map(come, shares),
        *(work((shop, there)[number % 2], agent, 24) for number, agent in enumerate(agents)),
    )
    await shop.desk.jobs.settle()

    loads = [await shop.load(agent) for agent in agents]
    assert max(loads) <= 5
    assert sum(loads) == 5 * len(agents)
    assert (await shop.desk.read(wrong_with, by=shop.by)).value == []
