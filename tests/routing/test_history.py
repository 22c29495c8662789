"""History: what a program records of the past is nobody's work, unless it is still open after a while."""

from __future__ import annotations

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.conversations.recording import Opening, Words, record_message
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
