"""Ordinary days on the whole desk, on both databases: after every step the promises hold."""

from __future__ import annotations

from random import Random

import pytest

from kithdesk import access, conversations, routing
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from tests.routing.promises import wrong_with
from tests.routing.shops import Shop


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_day_keeps_the_promises(shop: Shop, clock: ManualClock, seed: int) -> None:
    chance = Random(seed)
    billing = await shop.queue("billing", priority=10, weight=2)
    agents = [await shop.agent(f"agent{number}", available=False) for number in range(4)]
    team = await shop.team("Experts", agents[:2], queues=(billing,), capacity_per_agent=3)
    if seed % 2:
        await shop.settings(acceptance="manual", wrap_up_seconds=20)
    open_ones: list[conversations.ConversationId] = []

    for _ in range(40):
        clock.advance(seconds=chance.choice([1, 1, 5, 31]))
        await shop.desk.jobs.settle()
        await _step(shop, chance, agents, team, open_ones)
        assert (await shop.desk.read(wrong_with, by=shop.by)).value == []


async def _step(
    shop: Shop, chance: Random, agents: list[Actor], team: str, open_ones: list[conversations.ConversationId]
) -> None:
    agent = chance.choice(agents)
    move = chance.choice(["write", "write", "write", "status", "status", "done", "answer", "team", "give"])
    if move == "write":
        open_ones.append(await shop.arrive(chance.choice(["billing", "a tent"])))
    elif move == "status":
        await shop.says(agent, chance.choice(["available", "available", "busy", "offline"]))
    elif move == "team":
        members = chance.sample(agents, chance.randint(0, 3))
        await shop.run(access.change_members, team, [one.id for one in members], by=shop.admin)
    elif open_ones:
        conversation = chance.choice(open_ones)
        item = await shop.item(conversation)
        if move == "done":
            await shop.run(conversations.close, conversation, by=agent)
        elif move == "give":
            await shop.run(routing.assign, conversation, users=[agent.id], by=shop.admin)
        elif item.state == "offered":
            asked = next(one for one in agents if one.id == item.offered_to)
            await shop.run(chance.choice([routing.accept, routing.decline]), item.id, by=asked)
