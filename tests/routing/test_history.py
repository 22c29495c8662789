"""History: what a program records of the past is nobody's work, unless it is still open after a while."""

from __future__ import annotations

from kithdesk import conversations, routing
from kithdesk.conversations import ConversationId
from kithdesk.conversations.opening import Opening
from kithdesk.conversations.recording import Words, record_message
from kithdesk.core.clock import DAY, HOUR, Instant, ManualClock
from kithdesk.core.work import Work
from kithdesk.customers import create_customer
from tests.routing.shops import Shop


def _recorded(work: Work, ago: int) -> ConversationId:
    at = Instant(work.now - ago)
    customer = create_customer(work)
    words = Words(body="Long ago", direction="in", sent_at=at)
    return record_message(work, words, customer=customer, opening=Opening(created_at=at)).conversation


async def test_what_is_of_the_past_is_given_to_nobody_while_it_is_recorded(
    shop: Shop, clock: ManualClock
) -> None:
    ana = await shop.agent("ana")

    old = await shop.run(_recorded, 2 * DAY, by=shop.admin)
    of_today = await shop.run(_recorded, HOUR, by=shop.admin)
    before = await shop.item(old)
    await shop.run(conversations.close, old, by=shop.admin)
    clock.advance(minutes=5)
    await shop.desk.jobs.settle()

    assert (before.state, (await shop.item(old)).state) == ("idle", "completed")
    assert await shop.has(of_today) == [ana.id]


async def test_what_is_still_open_after_a_while_is_work(shop: Shop, clock: ManualClock) -> None:
    queue = await shop.queue("ago")
    ana = await shop.agent("ana")
    old = await shop.run(_recorded, 2 * DAY, by=shop.admin)

    clock.advance(minutes=5)
    await shop.desk.jobs.settle()

    assert await shop.has(old) == [ana.id]
    assert (await shop.item(old)).queue == queue


async def test_an_old_answer_that_is_recorded_makes_it_nobodys(shop: Shop, clock: ManualClock) -> None:
    await shop.says(shop.admin, "busy")
    old = await shop.run(_recorded, 3 * DAY, by=shop.admin)
    clock.advance(minutes=5)
    await shop.desk.jobs.settle()
    assert (await shop.item(old)).state == "queued"

    words = Words(body="Long ago, too", sent_at=Instant(clock.now() - 2 * DAY))
    await shop.run(record_message, words, conversation=old, by=shop.admin)
    history = await shop.has(old)
    await shop.run(conversations.reply, old, client_id="now", body="Now", by=shop.admin)

    assert (history, await shop.has(old)) == ([], [shop.admin.id])


async def test_a_whole_exchange_of_the_past_is_nobodys_while_it_is_recorded(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.agent("ana")
    old = await shop.run(_recorded, 3 * DAY, by=shop.admin)
    for hours, direction in ((60, "out"), (50, "in")):
        at = Instant(clock.now() - hours * HOUR)
        words = Words(body="And so on", direction=direction, sent_at=at)  # type: ignore[arg-type]
        await shop.run(record_message, words, conversation=old, by=shop.admin)

    assert (await shop.item(old)).state == "idle"
    await shop.run(conversations.close, old, by=shop.admin)
    clock.advance(minutes=5)
    await shop.desk.jobs.settle()
    assert (await shop.item(old)).state == "completed"


async def _recorded_late(shop: Shop, clock: ManualClock, conversation: ConversationId) -> None:
    """Its customer's e-mail of two days ago, after it was done."""
    said = clock.now()
    clock.advance(hours=48)
    words = Words(body="On Friday", direction="in", sent_at=said)
    await shop.run(record_message, words, conversation=conversation, by=shop.admin)


async def test_what_it_opens_again_is_given_to_nobody_for_a_while(shop: Shop, clock: ManualClock) -> None:
    old = await shop.run(_recorded, 2 * DAY, by=shop.admin)
    await shop.run(conversations.close, old, by=shop.admin)
    clock.advance(minutes=5)
    await shop.desk.jobs.settle()
    ana = await shop.agent("ana")

    await _recorded_late(shop, clock, old)
    at_once = await shop.item(old)
    clock.advance(minutes=4)
    await shop.desk.jobs.settle()
    soon = await shop.has(old)
    clock.advance(minutes=1)
    await shop.desk.jobs.settle()

    assert (at_once.state, at_once.status, soon) == ("idle", "open", [])
    assert await shop.has(old) == [ana.id]


async def test_what_it_opens_again_and_is_closed_in_time_was_nobodys_work(
    shop: Shop, clock: ManualClock
) -> None:
    old = await shop.run(_recorded, 2 * DAY, by=shop.admin)
    await shop.run(conversations.close, old, by=shop.admin)
    await shop.agent("ana")
    await _recorded_late(shop, clock, old)

    await shop.run(conversations.close, old, by=shop.admin)
    clock.advance(minutes=5)
    await shop.desk.jobs.settle()

    assert ((await shop.item(old)).state, await shop.has(old)) == ("completed", [])


async def test_what_had_an_agent_who_has_gone_is_asked_of_others_after_a_while(
    shop: Shop, clock: ManualClock
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    ben = await shop.agent("ben")
    await shop.says(ana, "offline")

    await _recorded_late(shop, clock, conversation)
    at_once = await shop.has(conversation)
    clock.advance(minutes=5)
    await shop.desk.jobs.settle()

    assert (at_once, await shop.has(conversation)) == ([ana.id], [ben.id])


async def test_who_takes_it_in_that_while_keeps_it(shop: Shop, clock: ManualClock) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    ben = await shop.agent("ben")
    await _recorded_late(shop, clock, conversation)

    clock.advance(minutes=1)
    await shop.run(routing.transfer, conversation, user=ben.id, reason="", by=ana)
    await shop.says(ben, "busy")
    clock.advance(minutes=5)
    await shop.desk.jobs.settle()

    assert await shop.has(conversation) == [ben.id]
