"""What comes back to the agent who had it, and what does not."""

from __future__ import annotations

from kithdesk import conversations, routing
from kithdesk.core.clock import ManualClock
from tests.routing.shops import Shop


async def test_what_comes_back_is_held_for_its_agent_who_is_only_full(shop: Shop) -> None:
    await shop.settings(capacity_per_agent=1, last_agent_hold_seconds=60)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    second = await shop.arrive()
    await shop.agent("ben")

    await shop.writes_again(conversation)
    assert (await shop.item(conversation)).reserved_for == ana.id
    await shop.run(conversations.close, second, by=ana)

    assert await shop.has(conversation) == [ana.id]


async def test_after_a_while_it_is_anybodys(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(capacity_per_agent=1, last_agent_hold_seconds=60)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.arrive()
    ben = await shop.agent("ben")
    await shop.writes_again(conversation)

    clock.advance(seconds=59)
    await shop.desk.jobs.settle()
    assert await shop.has(conversation) == []
    clock.advance(seconds=1)
    await shop.desk.jobs.settle()

    assert await shop.has(conversation) == [ben.id]


async def test_what_comes_back_late_goes_to_whoever_is_best(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(last_agent_first_seconds=60)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.arrive()
    ben = await shop.agent("ben")
    clock.advance(seconds=61)

    await shop.writes_again(conversation)

    assert await shop.has(conversation) == [ben.id]


async def test_a_team_may_leave_what_comes_back_to_an_agent_who_is_away(shop: Shop) -> None:
    await shop.settings(unassign_when_reopened_away=False)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.says(ana, "unavailable")
    await shop.agent("ben")

    await shop.writes_again(conversation)

    assert await shop.has(conversation) == [ana.id]


async def test_a_queue_may_keep_the_work_of_who_goes_offline(shop: Shop) -> None:
    await shop.queue("slow", requeue_when_offline=False)
    ana = await shop.agent("ana")
    slow, other = await shop.arrive("slow"), await shop.arrive("a tent")

    await shop.says(ana, "offline")

    assert (await shop.has(slow), await shop.has(other)) == ([ana.id], [])


async def test_a_hold_ends_also_while_its_agent_is_asked(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(capacity_per_agent=1, last_agent_hold_seconds=60, acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(routing.accept, (await shop.item(conversation)).id, by=ana)
    await shop.run(conversations.close, conversation, by=ana)
    second = await shop.arrive()
    await shop.run(routing.accept, (await shop.item(second)).id, by=ana)
    ben = await shop.agent("ben")
    await shop.writes_again(conversation)

    clock.advance(seconds=50)
    await shop.run(conversations.close, second, by=ana)
    assert (await shop.item(conversation)).offered_to == ana.id
    for seconds in (10, 20):
        clock.advance(seconds=seconds)
        await shop.desk.jobs.settle()

    assert (await shop.item(conversation)).offered_to == ben.id


async def test_a_hold_ends_also_while_it_is_snoozed(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(capacity_per_agent=1, last_agent_hold_seconds=60)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.arrive()
    ben = await shop.agent("ben")
    await shop.writes_again(conversation)
    await shop.run(conversations.snooze, conversation, until=clock.in_(minutes=5), by=shop.admin)

    for minutes in (1, 5):
        clock.advance(minutes=minutes)
        await shop.desk.jobs.settle()

    assert await shop.has(conversation) == [ben.id]


async def test_what_comes_back_from_a_deleted_queue_is_held_in_the_default_one(shop: Shop) -> None:
    await shop.settings(capacity_per_agent=1, last_agent_hold_seconds=60)
    gone = await shop.run(routing.create_queue, "Gone", "gone", {}, by=shop.admin)
    rule = await shop.rule("gone", gone)
    ana = await shop.agent("ana")
    conversation = await shop.arrive("gone")
    await shop.run(conversations.close, conversation, by=ana)
    second = await shop.arrive()
    await shop.run(routing.delete_rule, rule, by=shop.admin)
    await shop.run(routing.delete_queue, gone, by=shop.admin)

    await shop.writes_again(conversation)

    held = await shop.item(conversation)
    assert (held.queue, held.reserved_for) == ((await shop.item(second)).queue, ana.id)


async def test_what_comes_back_late_does_not_wait_beside_its_own_agent(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.settings(capacity_per_agent=1, last_agent_first_seconds=60)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    clock.advance(seconds=61)

    await shop.writes_again(conversation)

    assert await shop.has(conversation) == [ana.id]
