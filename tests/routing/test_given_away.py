"""What was handed on and finds nobody: who gave it away is left alone with it a while, and then asked like anybody."""

from __future__ import annotations

import pytest

from kithdesk import routing
from kithdesk.core.clock import SECOND, ManualClock
from kithdesk.core.work import Work
from kithdesk.routing.floor import ASK_AGAIN
from kithdesk.routing.postponed import AskAgain
from kithdesk.routing.resuming import set_timers
from tests.routing.shops import Shop

AGAIN = ASK_AGAIN // SECOND


async def later(shop: Shop, clock: ManualClock, seconds: int) -> None:
    clock.advance(seconds=seconds)
    await shop.desk.jobs.settle()


async def test_an_overflow_to_the_one_agent_who_handed_it_on_reaches_them_in_two_minutes(
    shop: Shop, clock: ManualClock
) -> None:
    advice = await shop.queue("advice")
    trade = await shop.queue("trade", overflow={"to_queue": advice, "after_seconds": 60})
    robin, nia = await shop.agent("robin"), await shop.agent("nia", available=False)
    await shop.team("Advice", [robin], queues=(advice,))
    await shop.team("Trade", [nia], queues=(trade,))
    conversation = await shop.arrive("advice")
    await shop.run(routing.hand_off_to_queue, conversation, trade, by=robin)

    await later(shop, clock, 60)
    overflowed = await shop.item(conversation)
    await later(shop, clock, AGAIN - 61)
    before = await shop.has(conversation)
    await later(shop, clock, 1)

    assert (overflowed.queue, overflowed.state) == (advice, "queued")
    assert (before, await shop.has(conversation)) == ([], [robin.id])


async def test_an_overflow_after_the_two_minutes_reaches_who_handed_it_on_at_once(
    shop: Shop, clock: ManualClock
) -> None:
    advice = await shop.queue("advice")
    trade = await shop.queue("trade", overflow={"to_queue": advice, "after_seconds": 180})
    robin = await shop.agent("robin")
    await shop.team("Advice", [robin], queues=(advice,))
    await shop.team("Trade", [], queues=(trade,))
    conversation = await shop.arrive("advice")
    await shop.run(routing.hand_off_to_queue, conversation, trade, by=robin)

    await later(shop, clock, 179)
    before = await shop.has(conversation)
    await later(shop, clock, 1)

    assert (before, await shop.has(conversation)) == ([], [robin.id])


async def test_who_was_away_or_full_when_it_began_to_wait_gets_it_when_they_come_back_later(
    shop: Shop, clock: ManualClock
) -> None:
    robin = await shop.agent("robin")
    conversation = await shop.arrive()
    queue = (await shop.item(conversation)).queue
    await shop.says(robin, "busy")
    await shop.run(routing.hand_off_to_queue, conversation, queue, by=robin)
    await later(shop, clock, AGAIN)

    await shop.says(robin, "available")

    assert await shop.has(conversation) == [robin.id]


async def test_a_colleague_who_comes_within_the_two_minutes_has_it(shop: Shop, clock: ManualClock) -> None:
    robin = await shop.agent("robin")
    conversation = await shop.arrive()
    await shop.run(routing.hand_off_to_queue, conversation, (await shop.item(conversation)).queue, by=robin)
    await later(shop, clock, AGAIN - 1)

    ana = await shop.agent("ana")
    await later(shop, clock, AGAIN)

    assert await shop.has(conversation) == [ana.id]


async def test_each_handing_on_begins_the_two_minutes_anew(shop: Shop, clock: ManualClock) -> None:
    robin = await shop.agent("robin")
    conversation = await shop.arrive()
    queue = (await shop.item(conversation)).queue
    await shop.run(routing.hand_off_to_queue, conversation, queue, by=robin)
    await shop.says(robin, "busy")
    await later(shop, clock, 60)
    ana = await shop.agent("ana")

    await shop.run(routing.hand_off_to_queue, conversation, queue, by=ana)
    await later(shop, clock, AGAIN - 1)
    before = await shop.has(conversation)
    await later(shop, clock, 1)

    assert (before, await shop.has(conversation)) == ([], [ana.id])


async def test_an_offer_that_stands_is_waited_for_before_who_gave_it_away_is_asked(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.settings(acceptance="manual", accept_timeout_seconds=30)
    robin = await shop.agent("robin")
    conversation = await shop.arrive()
    item = await shop.item(conversation)
    await shop.run(routing.accept, item.id, by=robin)
    await shop.run(routing.hand_off_to_queue, conversation, item.queue, by=robin)
    await later(shop, clock, AGAIN - 10)
    ana = await shop.agent("ana")

    await later(shop, clock, 11)
    asked = await shop.item(conversation)
    await later(shop, clock, 20)
    alone = await shop.item(conversation)
    await later(shop, clock, AGAIN)

    assert (asked.offered_to, alone.state) == (ana.id, "queued")
    assert (await shop.item(conversation)).offered_to == robin.id


@pytest.mark.parametrize("seconds", [0, 60])
async def test_timers_that_are_set_anew_ask_who_gave_it_away(
    shop: Shop, clock: ManualClock, seconds: int
) -> None:
    robin = await shop.agent("robin")
    conversation = await shop.arrive()
    item = await shop.item(conversation)
    await shop.run(routing.hand_off_to_queue, conversation, item.queue, by=robin)
    clock.advance(seconds=seconds)

    def begins_again(work: Work) -> None:
        work.cancel(AskAgain.key(item.id))
        set_timers(work)

    await shop.run(begins_again)
    await later(shop, clock, AGAIN)

    assert await shop.has(conversation) == [robin.id]
