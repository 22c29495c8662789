"""Arrivals and what waits, through the front doors."""

from __future__ import annotations

import asyncio

from kithdesk import conversations
from kithdesk.conversations.events import ConversationAssigned
from kithdesk.core import journal
from kithdesk.core.clock import ManualClock
from tests.routing.shops import Shop


async def test_an_arrival_goes_to_the_agent_with_the_most_room(shop: Shop) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    first = await shop.arrive()
    taken = await shop.has(first)

    second = await shop.arrive()

    assert {*taken, *await shop.has(second)} == {ana.id, ben.id}


async def test_an_arrival_is_assigned_in_its_own_transaction_and_says_why(shop: Shop) -> None:
    ana = await shop.agent("ana")

    conversation = await shop.arrive()

    events = (
        await shop.desk.read(journal.read_conversation, shop.id, conversation, after=0, limit=10, by=shop.by)
    ).value
    opened, _, assigned = events
    assert assigned.event.kind == "conversation.assigned"
    assert assigned.position == opened.position + 2
    assert assigned.actor.type == "system"
    assert isinstance(assigned.event, ConversationAssigned)
    assert assigned.event.for_agents(assigned)["assignedUsers"] == [{"id": ana.id, "displayName": "Ana"}]
    assert assigned.event.reason.code == "only_one"
    assert "0 of 4" in assigned.event.reason.text


async def test_nobody_available_means_it_waits_in_the_default_queue(shop: Shop) -> None:
    await shop.agent("ana", available=False)
    busy = await shop.agent("ben")
    await shop.says(busy, "busy")

    conversation = await shop.arrive()

    assert (await shop.item(conversation)).state == "queued"
    assert (await shop.item(conversation)).queue is not None
    assert await shop.has(conversation) == []


async def test_what_waits_is_given_out_oldest_first_the_moment_somebody_is_available(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.capacity(2)
    waiting = []
    for _ in range(3):
        waiting.append(await shop.arrive())
        clock.advance(seconds=1)

    ana = await shop.agent("ana")

    assert [await shop.has(one) for one in waiting] == [[ana.id], [ana.id], []]


async def test_done_snoozed_and_ended_work_makes_room_for_what_waits(shop: Shop, clock: ManualClock) -> None:
    await shop.capacity(1)
    ana = await shop.agent("ana")
    first, second, third, fourth = [await shop.arrive() for _ in range(4)]

    await shop.run(conversations.close, first, by=ana)
    assert await shop.has(second) == [ana.id]
    await shop.run(conversations.snooze, second, until=clock.in_(hours=1), by=ana)
    assert await shop.has(third) == [ana.id]
    await shop.run(conversations.end, third, by=ana)
    assert await shop.has(fourth) == [ana.id]

    assert await shop.load(ana) == 1


async def test_what_its_customer_ended_is_nobodys_work(shop: Shop) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    asked, waiting = await shop.arrive(), await shop.arrive()
    await shop.says(ana, "busy")

    await shop.ends(asked)
    await shop.ends(waiting)
    await shop.says(ana, "available")

    assert [(await shop.item(one)).state for one in (asked, waiting)] == ["completed", "completed"]
    assert await shop.load(ana) == 0


async def test_an_answered_chat_that_its_customer_ends_is_wrapped_up(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(wrap_up_seconds=60)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.reply, conversation, client_id="1", body="Yes", by=ana)

    await shop.ends(conversation)

    item = await shop.item(conversation)
    assert (item.state, item.status) == ("wrap_up", "done")
    assert item.wrap_up_until == clock.in_(seconds=60)


async def test_a_raised_capacity_is_filled_at_once(shop: Shop) -> None:
    await shop.capacity(1)
    ana = await shop.agent("ana")
    _, second, third = [await shop.arrive() for _ in range(3)]

    await shop.capacity(2)

    assert await shop.has(second) == [ana.id]
    assert await shop.has(third) == []


async def test_a_newcomer_does_not_pass_those_who_wait(shop: Shop) -> None:
    ana = await shop.agent("ana")
    await shop.capacity(1)
    first, second = await shop.arrive(), await shop.arrive()
    await shop.says(ana, "unavailable", "Lunch")
    await shop.run(conversations.close, first, by=ana)
    assert await shop.has(second) == []
    ben = await shop.agent("ben", available=False)

    await shop.says(ben, "available")
    third = await shop.arrive()

    assert await shop.has(second) == [ben.id]
    assert await shop.has(third) == []


async def test_a_customer_who_writes_again_comes_back_to_the_same_agent_while_there_is_room(
    shop: Shop,
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.agent("ben")

    await shop.writes_again(conversation)

    assert await shop.has(conversation) == [ana.id]
    assert await shop.load(ana) == 1


async def test_reopened_work_of_an_agent_who_is_away_goes_to_another(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.says(ana, "unavailable", "Lunch")
    ben = await shop.agent("ben")

    await shop.writes_again(conversation)

    assert await shop.has(conversation) == [ben.id]
    assert (await shop.load(ana), await shop.load(ben)) == (0, 1)


async def test_reopened_work_never_overfills_its_agent(shop: Shop) -> None:
    await shop.capacity(1)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.close, conversation, by=ana)
    await shop.arrive()

    await shop.writes_again(conversation)

    assert (await shop.item(conversation)).state == "queued"
    assert await shop.load(ana) == 1


async def test_the_end_of_a_snooze_brings_it_back_to_its_agent(shop: Shop, clock: ManualClock) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(conversations.snooze, conversation, until=clock.in_(hours=1), by=ana)
    assert await shop.load(ana) == 0

    clock.advance(hours=1)
    await shop.desk.jobs.settle()

    assert await shop.has(conversation) == [ana.id]
    assert await shop.load(ana) == 1


async def test_an_agent_who_answers_what_waits_has_it(shop: Shop) -> None:
    ana = await shop.agent("ana")
    await shop.says(ana, "busy")
    conversation = await shop.arrive()

    await shop.run(conversations.reply, conversation, client_id="r1", body="I am here", by=ana)

    assert await shop.has(conversation) == [ana.id]
    assert await shop.load(ana) == 1


async def test_an_agent_who_is_offline_does_not_end_up_with_what_they_answered(shop: Shop) -> None:
    ana = await shop.agent("ana", available=False)
    conversation = await shop.arrive()

    await shop.run(conversations.reply, conversation, client_id="r1", body="From home", by=ana)

    assert (await shop.item(conversation)).state == "queued"


async def test_a_visitor_who_ends_their_chat_sets_anothers_in_motion(shop: Shop) -> None:
    await shop.capacity(1)
    ana = await shop.agent("ana")
    first, second = await shop.arrive(), await shop.arrive()

    await shop.ends(first)

    assert await shop.has(second) == [ana.id]


async def test_two_hundred_arrivals_at_once_never_overfill_anybody(shop: Shop) -> None:
    """Promise 4."""
    await shop.capacity(7)
    agents = [await shop.agent(f"agent{number}") for number in range(5)]

    arrived = await asyncio.gather(*(shop.arrive() for _ in range(200)))

    loads = [await shop.load(agent) for agent in agents]
    assert loads == [7] * 5
    assert sum([len(await shop.has(one)) for one in arrived]) == 35
    assert sum([(await shop.item(one)).state == "queued" for one in arrived]) == 165


async def test_more_work_than_fits_one_command_is_given_out_by_jobs(shop: Shop) -> None:
    await shop.capacity(1_000)
    waiting = [await shop.arrive() for _ in range(65)]

    ana = await shop.agent("ana")
    at_once = await shop.load(ana)
    await shop.desk.jobs.settle()

    assert 0 < at_once < 65
    assert await shop.load(ana) == 65
    assert all([await shop.has(one) == [ana.id] for one in waiting])


async def test_one_shops_work_never_reaches_anothers_agent(shop: Shop, other_shop: Shop) -> None:
    await other_shop.agent("mallory")

    conversation = await shop.arrive()

    assert await shop.has(conversation) == []
    assert (await shop.item(conversation)).state == "queued"
