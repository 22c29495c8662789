"""Two nodes on one database give out work as one, and one goes on with what the other has asked."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from kithdesk import routing
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import Refusal
from tests.routing.promises import wrong_with
from tests.routing.shops import Shop

pytestmark = pytest.mark.only("postgresql")


async def test_two_hundred_arrivals_at_once_on_two_nodes_overfill_nobody(shop: Shop, there: Shop) -> None:
    """Promise 4."""
    await shop.capacity(7)
    agents = [await shop.agent(f"agent{number}") for number in range(5)]

    arrived = await asyncio.gather(*((shop, there)[number % 2].arrive() for number in range(200)))

    assert [await shop.load(agent) for agent in agents] == [7] * 5
    states = Counter([(await shop.item(one)).state for one in arrived])
    assert states == {"assigned": 35, "queued": 165}
    assert (await shop.desk.read(wrong_with, by=shop.by)).value == []


async def test_of_many_who_accept_at_once_on_two_nodes_one_has_it(shop: Shop, there: Shop) -> None:
    await shop.settings(acceptance="manual")
    agents = [await shop.agent(f"agent{number}") for number in range(6)]
    conversation = await shop.arrive()
    item = await shop.item(conversation)

    async def accepts(node: Shop, agent: Actor) -> str:
        try:
            await node.run(routing.accept, item.id, by=agent)
        except Refusal as refusal:
            return refusal.code
        return "done"

    answers = await asyncio.gather(
        *(accepts((shop, there)[number % 2], agent) for number, agent in enumerate(agents))
    )

    assert Counter(answers) == {"done": 1, "offer_gone": 5}
    assert await shop.has(conversation) == [item.offered_to]


async def test_the_node_that_asked_is_gone_and_the_other_asks_the_next(
    shop: Shop, there: Shop, clock: ManualClock
) -> None:
    await shop.settings(acceptance="manual")
    ana, ben = await there.agent("ana"), await there.agent("ben")
    conversation = await there.arrive()
    first = (await shop.item(conversation)).offered_to
    await there.desk.stop()

    clock.advance(seconds=30)
    await shop.desk.jobs.settle()

    assert (await shop.item(conversation)).offered_to == ({ana.id, ben.id} - {first}).pop()
