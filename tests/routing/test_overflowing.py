"""When a queue lets what waits in it overflow is changed while something waits."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import routing
from kithdesk.conversations import ConversationId
from kithdesk.core.clock import ManualClock
from kithdesk.routing import overflowing
from tests.routing.shops import Shop
from tests.routing.test_telling import LONG, said


async def overflow(shop: Shop, queue: str, **terms: Any) -> None:
    await shop.run(routing.change_queue, queue, {"overflow": {"message": LONG, **terms}}, by=shop.admin)


async def told_after(shop: Shop, clock: ManualClock, conversation: ConversationId, seconds: int) -> list[str]:
    clock.advance(seconds=seconds)
    await shop.desk.jobs.settle()
    return await said(shop, conversation)


async def test_what_waits_already_overflows_by_a_clock_that_is_new(shop: Shop, clock: ManualClock) -> None:
    queue = await shop.queue("billing")
    conversation = await shop.arrive("billing")
    clock.advance(seconds=50)

    await overflow(shop, queue, after_seconds=60)
    await shop.desk.jobs.settle()

    assert await told_after(shop, clock, conversation, 9) == []
    assert await told_after(shop, clock, conversation, 1) == [LONG]


async def test_who_waits_for_longer_than_the_new_clock_is_told_at_once(
    shop: Shop, clock: ManualClock
) -> None:
    queue = await shop.queue("billing", overflow={"message": LONG, "after_seconds": 600})
    conversation = await shop.arrive("billing")
    clock.advance(seconds=60)

    await overflow(shop, queue, after_seconds=30)
    await shop.desk.jobs.settle()

    assert await said(shop, conversation) == [LONG]


async def test_a_longer_clock_counts_for_what_waits(shop: Shop, clock: ManualClock) -> None:
    queue = await shop.queue("billing", overflow={"message": LONG, "after_seconds": 60})
    conversation = await shop.arrive("billing")

    await overflow(shop, queue, after_seconds=120)

    assert await told_after(shop, clock, conversation, 119) == []
    assert await told_after(shop, clock, conversation, 1) == [LONG]


async def test_a_timer_of_the_old_terms_waits_for_the_new_ones(shop: Shop, clock: ManualClock) -> None:
    queue = await shop.queue("billing", overflow={"message": LONG, "after_seconds": 60})
    conversation = await shop.arrive("billing")
    item = await shop.item(conversation)
    await overflow(shop, queue, after_seconds=120)
    assert item.queued_at is not None

    clock.advance(seconds=60)
    old = routing.postponed.Overflow(item=item.id, queue=queue, since=item.queued_at)
    await shop.run(routing.arriving.overflow, old)

    assert await said(shop, conversation) == []
    assert await told_after(shop, clock, conversation, 60) == [LONG]


async def test_without_a_clock_nothing_overflows_by_the_old_one(shop: Shop, clock: ManualClock) -> None:
    queue = await shop.queue("billing", overflow={"message": LONG, "after_seconds": 60, "over_waiting": 50})
    conversation = await shop.arrive("billing")

    await overflow(shop, queue, over_waiting=50)

    assert await told_after(shop, clock, conversation, 3_600) == []


async def test_however_many_wait_each_gets_its_timer(
    shop: Shop, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overflowing, "CHUNK", 3)
    queue = await shop.queue("billing")
    waits = [await shop.arrive("billing") for _ in range(8)]

    await overflow(shop, queue, after_seconds=60)
    await shop.desk.jobs.settle()
    before = [await said(shop, one) for one in waits]
    clock.advance(seconds=60)
    await shop.desk.jobs.settle()

    assert before == [[]] * 8
    assert [await said(shop, one) for one in waits] == [[LONG]] * 8


async def test_what_is_offered_overflows_by_the_new_clock_when_it_waits_again(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.settings(acceptance="manual", accept_timeout_seconds=30)
    queue = await shop.queue("billing")
    ana = await shop.agent("ana")
    conversation = await shop.arrive("billing")

    await overflow(shop, queue, after_seconds=60)
    await shop.desk.jobs.settle()
    await shop.run(routing.decline, (await shop.item(conversation)).id, by=ana)

    assert (await shop.item(conversation)).state == "queued"
    assert await told_after(shop, clock, conversation, 60) == [LONG]
