"""Foretelling a wait, as arithmetic; and what queues and those who wait in them are told."""

from __future__ import annotations

from random import Random

import pytest

from kithdesk import conversations, routing
from kithdesk.core.actors import Actor
from kithdesk.core.clock import MINUTE, Instant, ManualClock
from kithdesk.routing.forecast import Departed, expected_wait, recent_wait
from kithdesk.routing.waits import draw_metrics
from tests.routing.shops import Shop

NOW = Instant(1_000 * MINUTE)


def test_nothing_is_foretold_where_nothing_has_left() -> None:
    assert expected_wait(0, [], now=NOW, available=1) is None
    assert expected_wait(3, [Departed(960, 9, 0)], now=NOW, available=1) is None  # forty minutes ago
    assert recent_wait([], now=NOW) is None


def test_one_a_minute_leaves_and_four_are_ahead() -> None:
    past = [Departed(minute, 1, 60_000) for minute in range(971, 1_001)]

    assert expected_wait(4, past, now=NOW, available=1) == 5 * MINUTE
    assert recent_wait(past, now=NOW) == 60_000


def test_a_queue_that_has_only_begun_is_not_taken_for_a_quick_one() -> None:
    assert expected_wait(0, [Departed(1_000, 1, 0)], now=NOW, available=1) == 5 * MINUTE


def test_more_ahead_is_never_a_shorter_wait_and_a_quicker_flow_never_a_longer_one() -> None:
    for seed in range(500):
        chance = Random(seed)
        past = [Departed(minute, chance.randint(0, 4), 0) for minute in range(960, 1_001)]
        quicker = [Departed(one.minute, one.count * 2, 0) for one in past]
        waits = [expected_wait(ahead, past, now=NOW, available=1) for ahead in range(6)]
        if None in waits:
            continue
        assert waits == sorted(waits, key=lambda wait: wait or 0)
        sooner = expected_wait(3, quicker, now=NOW, available=1)
        assert sooner is not None
        assert sooner <= (waits[3] or 0)


def test_no_time_is_foretold_where_nobody_is_there_to_take_anything() -> None:
    past = [Departed(minute, 1, 60_000) for minute in range(971, 1_001)]

    assert expected_wait(0, past, now=NOW, available=0) is None
    assert expected_wait(4, past, now=NOW, available=0) is None


def test_who_comes_while_nothing_waits_and_somebody_has_room_does_not_wait() -> None:
    past = [Departed(1_000, 1, 0)]

    assert expected_wait(0, past, now=NOW, available=2, free=1) == 0
    assert expected_wait(0, [], now=NOW, available=2, free=1) == 0
    assert expected_wait(0, past, now=NOW, available=2) == 5 * MINUTE
    assert expected_wait(1, past, now=NOW, available=2, free=1) == 10 * MINUTE


async def test_a_queue_tells_what_waits_and_what_may_be_expected(shop: Shop, clock: ManualClock) -> None:
    billing = await shop.queue("billing")
    await shop.settings(capacity_per_agent=1)
    ana = await shop.agent("ana")
    for _ in range(3):
        conversation = await shop.arrive("billing")
        clock.advance(minutes=2)
        await shop.run(conversations.close, conversation, by=ana)
    await shop.arrive("billing")
    waits = [await shop.arrive("billing") for _ in range(2)]
    clock.advance(minutes=1)

    (metrics,) = (await shop.desk.read(draw_metrics, [billing, "f" * 24], by=shop.by)).value
    second = (await shop.desk.read(routing.find_wait, waits[1], by=shop.by)).value

    assert metrics["attributes"]["waiting"] == 2
    assert metrics["attributes"]["longestWait"] == MINUTE
    assert metrics["attributes"]["expectedWait"] == 3 * 8 * MINUTE // 4
    assert metrics["attributes"]["recentWait"] == 0
    assert second == routing.Wait(position=2, expected=2 * 8 * MINUTE // 4)


@pytest.fixture
async def taken(shop: Shop, clock: ManualClock) -> Actor:
    """Somebody took something lately, and is full with it."""
    await shop.settings(capacity_per_agent=1)
    ana = await shop.agent("ana")
    await shop.arrive()
    clock.advance(minutes=1)
    return ana


async def expected_by(shop: Shop, conversation: str) -> int | None:
    wait = (await shop.desk.read(routing.find_wait, conversation, by=shop.by)).value
    assert wait is not None
    return wait.expected


async def test_who_waits_is_told_no_time_once_the_last_agent_is_away(shop: Shop, taken: Actor) -> None:
    conversation = await shop.arrive()

    before = await expected_by(shop, conversation)
    await shop.says(taken, "busy")

    assert before is not None
    assert await expected_by(shop, conversation) is None
    queue = (await shop.item(conversation)).queue
    (metrics,) = (await shop.desk.read(draw_metrics, [queue], by=shop.by)).value
    assert metrics["attributes"]["expectedWait"] is None


async def test_who_waits_is_told_no_time_while_only_the_agent_who_gave_it_away_is_there(
    shop: Shop, taken: Actor, clock: ManualClock
) -> None:
    await shop.settings(capacity_per_agent=2)
    conversation = await shop.arrive()
    queue = (await shop.item(conversation)).queue
    await shop.run(routing.hand_off_to_queue, conversation, queue, by=taken)

    alone = await expected_by(shop, conversation)
    await shop.settings(capacity_per_agent=1)
    clock.advance(seconds=120)
    await shop.desk.jobs.settle()

    assert alone is None
    assert await expected_by(shop, conversation) is not None


@pytest.mark.parametrize(("level", "is_told"), [(None, False), (1, False), (2, True)])
async def test_who_asks_for_a_skill_is_told_a_time_only_while_somebody_who_has_it_is_available(
    shop: Shop, taken: Actor, level: int | None, is_told: bool
) -> None:
    await shop.run(routing.declare_skill, "Refunds", "refunds", by=shop.admin)
    if level is not None:
        await shop.run(routing.set_skills, taken.id, {"refunds": level}, by=shop.admin)
    queue = (await shop.item(await shop.arrive())).queue
    await shop.rule("money", str(queue), skills={"refunds": 2})

    conversation = await shop.arrive("money")

    assert (await expected_by(shop, conversation) is not None) == is_told


async def test_what_somebody_has_does_not_wait(shop: Shop) -> None:
    await shop.agent("ana")
    conversation = await shop.arrive()

    assert (await shop.desk.read(routing.find_wait, conversation, by=shop.by)).value is None


async def test_metrics_of_another_organisations_queue_are_none(shop: Shop, other_shop: Shop) -> None:
    theirs = await other_shop.queue("billing")

    assert (await shop.desk.read(draw_metrics, [theirs], by=shop.by)).value == []
