"""Whatever happens in a shop, its board says what a slow count of everything says."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kithdesk import conversations, routing
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import Refusal
from kithdesk.insights.board import read_board
from kithdesk.insights.rendering import draw_board
from kithdesk.sla import Target, Wish, create_policy
from tests.insights.recount import recounted
from tests.routing.shops import Shop

WARN_BEFORE = 120
STATUSES = ("available", "available", "busy", "unavailable", "offline")


class Day:
    """Customers write, agents come, go and work, in an order that a seed decides."""

    def __init__(self, shop: Shop, clock: ManualClock, seed: int) -> None:
        self.shop, self.clock, self.chance = shop, clock, random.Random(seed)
        self.agents: list[Actor] = []
        self.arrived: list[conversations.ConversationId] = []
        self.queues: list[str] = []

    async def begin(self) -> None:
        shop = self.shop
        await shop.settings(capacity_per_agent=2, wrap_up_seconds=30, accept_timeout_seconds=300)
        self.queues = [
            await shop.queue("billing", priority=10),
            await shop.queue("advice", acceptance="manual"),
            await shop.run(routing.find_default_queue),
        ]
        self.agents = [await shop.agent(f"agent{number}", available=False) for number in range(3)]
        targets = {"firstResponse": Target(seconds=600), "nextReply": Target(seconds=300)}
        wish = Wish(name="All", metrics=targets, warn_before=WARN_BEFORE)  # type: ignore[arg-type]
        await shop.run(create_policy, wish, by=shop.admin)

    async def goes_on(self) -> None:
        moves = [self.writes, self.writes, self.says, self.says, self.answers, self.changes, self.moves]
        self.clock.advance(seconds=self.chance.choice([0, 1, 20, 100, 300]))
        await self.shop.desk.jobs.settle()
        try:
            await self.chance.choice([*moves, self.is_asked])()
        except (Refusal, IndexError):
            return  # there was nothing to do it with

    async def writes(self) -> None:
        if len(self.arrived) < 12:
            about = self.chance.choice(["billing", "advice", "something"])
            self.arrived.append(await self.shop.arrive(f"It is about {about}"))
        else:
            await self.shop.writes_again(self.chance.choice(self.arrived))

    async def says(self) -> None:
        await self.shop.says(self.chance.choice(self.agents), self.chance.choice(STATUSES))

    async def is_asked(self) -> None:
        items = [await self.shop.item(conversation) for conversation in self.arrived]
        item = self.chance.choice([item for item in items if item.state == "offered"])
        verb: Any = self.chance.choice([routing.accept, routing.decline])
        who = next(agent for agent in self.agents if agent.id == item.offered_to)
        await self.shop.run(verb, item.id, by=who)

    async def answers(self) -> None:
        one, who = self.chance.choice(self.arrived), self.chance.choice(self.agents)
        client_id = str(self.chance.random())
        await self.shop.run(conversations.reply, one, client_id=client_id, body="Yes", by=who)

    async def changes(self) -> None:
        one, how = self.chance.choice(self.arrived), self.chance.choice(["done", "open", "snoozed", "ended"])
        if how == "ended":
            await self.shop.run(conversations.end, one)
        elif how == "snoozed":
            await self.shop.run(conversations.snooze, one, until=self.clock.in_(minutes=9))
        else:
            await self.shop.run(routing.change, one, {"status": how}, by=self.shop.admin)

    async def moves(self) -> None:
        one = self.chance.choice(self.arrived)
        if self.chance.random() < 0.5:
            await self.shop.run(
                routing.hand_off_to_queue, one, self.chance.choice(self.queues), by=self.shop.admin
            )
        else:
            users = [str(agent.id) for agent in self.chance.sample(self.agents, self.chance.randint(0, 2))]
            await self.shop.run(routing.assign, one, users=users, by=self.shop.admin)

    async def board(self) -> dict[str, Any]:
        drawn = await self.shop.desk.read(lambda reads: draw_board(reads, read_board(reads)), by=self.shop.by)
        attributes: dict[str, Any] = drawn.value["attributes"]
        return attributes

    async def counted(self, queue: str) -> dict[str, Any]:
        slow: dict[str, Any] = (
            await self.shop.desk.read(recounted, queue, warn_before=WARN_BEFORE, by=self.shop.by)
        ).value
        return slow


@pytest.mark.parametrize("seed", range(4))
async def test_the_board_says_what_a_slow_count_says(shop: Shop, clock: ManualClock, seed: int) -> None:
    day = Day(shop, clock, seed)
    await day.begin()
    seen: dict[str, int] = {}

    for step in range(80):
        await day.goes_on()
        if step % 3:
            continue
        await shop.desk.jobs.settle()
        board = await day.board()
        for queue in board["queues"]:
            slow = await day.counted(queue["id"])
            assert {name: queue[name] for name in slow} == slow, (step, queue["name"])
            for name, value in slow.items():
                seen[name] = seen.get(name, 0) + bool(value)

    assert seen.keys() == {name for name, times in seen.items() if times}, seen
