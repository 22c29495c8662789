"""Giving work by hand."""

from __future__ import annotations

import pytest

from kithdesk import access, conversations, routing
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.routing.errors import UnknownAssignee, UnknownQueue
from tests.routing.shops import Shop


async def test_an_agent_gives_a_conversation_to_a_colleague(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben")

    await shop.run(routing.assign, conversation, users=[ben.id], by=ana)

    assert await shop.has(conversation) == [ben.id]
    assert (await shop.load(ana), await shop.load(ben)) == (0, 1)


async def test_a_person_may_give_more_than_capacity_and_it_counts(shop: Shop) -> None:
    await shop.capacity(1)
    ana, ben = await shop.agent("ana"), await shop.agent("ben", available=False)
    first, second, third = await shop.arrive(), await shop.arrive(), await shop.arrive()

    await shop.run(routing.assign, second, users=[ana.id], by=ben)
    await shop.run(conversations.close, first, by=ana)

    assert await shop.load(ana) == 1
    assert await shop.has(third) == []


async def test_what_is_given_away_makes_room_for_what_waits(shop: Shop) -> None:
    await shop.capacity(1)
    ana = await shop.agent("ana")
    first, second = await shop.arrive(), await shop.arrive()
    ben = await shop.agent("ben", available=False)

    await shop.run(routing.assign, first, users=[ben.id], by=ana)

    assert await shop.has(second) == [ana.id]


async def test_a_handoff_to_the_queue_waits_for_somebody_else(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    queue = (await shop.item(conversation)).queue

    await shop.run(routing.hand_off_to_queue, conversation, queue, by=ana)
    assert await shop.has(conversation) == []
    ben = await shop.agent("ben")

    assert await shop.has(conversation) == [ben.id]


async def test_what_is_handed_off_still_says_by_which_rule_it_came_in(shop: Shop) -> None:
    tents, orders = await shop.queue("tent"), await shop.queue("orders")
    ana = await shop.agent("ana")
    conversation = await shop.arrive("About a tent")
    before = await shop.item(conversation)
    assert (before.queue, before.rule is None) == (tents, False)

    await shop.run(routing.hand_off_to_queue, conversation, orders, by=ana)

    after = await shop.item(conversation)
    assert (after.queue, after.rule) == (orders, before.rule)


async def test_what_one_agent_gave_away_does_not_hold_up_what_waits_behind_it(shop: Shop) -> None:
    await shop.capacity(1)
    ana = await shop.agent("ana")
    first = await shop.arrive()
    await shop.run(routing.hand_off_to_queue, first, (await shop.item(first)).queue, by=ana)

    second = await shop.arrive()

    assert await shop.has(first) == []
    assert await shop.has(second) == [ana.id]


async def test_taking_everybody_off_sends_it_back_to_the_queue(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()

    await shop.run(routing.assign, conversation, users=[], by=ana)

    assert (await shop.item(conversation)).state == "queued"
    assert await shop.load(ana) == 0


async def test_one_change_closes_and_assigns_and_another_reopens_for_somebody(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben", available=False)

    await shop.run(routing.change, conversation, {"status": "done", "priority": 5}, by=ana)
    assert await shop.load(ana) == 0
    await shop.run(routing.change, conversation, {"status": "open", "assignedUsers": [ben.id]}, by=ana)

    assert await shop.has(conversation) == [ben.id]
    assert await shop.load(ben) == 1


async def test_two_agents_share_a_conversation_and_one_leaving_leaves_it_to_the_other(shop: Shop) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    conversation = await shop.arrive()
    await shop.run(routing.assign, conversation, users=[ana.id, ben.id], by=ana)
    assert (await shop.load(ana), await shop.load(ben)) == (1, 1)

    await shop.says(ana, "offline")

    assert await shop.has(conversation) == [ben.id]
    assert (await shop.load(ana), await shop.load(ben)) == (0, 1)


async def test_T23_work_is_given_only_to_active_agents_and_teams_of_this_organisation(
    shop: Shop, other_shop: Shop
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    stranger = await other_shop.agent("mallory")
    foreign_team = await other_shop.run(access.create_team, "Theirs", by=other_shop.admin)
    foreign_queue = (await other_shop.item(await other_shop.arrive())).queue
    gone = await shop.agent("gone", available=False)
    await shop.run(access.deactivate_user, gone.id, by=shop.admin)
    before = await shop.item(conversation)

    for user in (stranger.id, gone.id, "f" * 24, "no id"):
        with pytest.raises(UnknownAssignee):
            await shop.run(routing.assign, conversation, users=[user], by=ana)
    with pytest.raises(UnknownAssignee):
        await shop.run(routing.assign, conversation, teams=[foreign_team.id], by=ana)
    for queue in (foreign_queue, "f" * 24):
        with pytest.raises(UnknownQueue):
            await shop.run(routing.hand_off_to_queue, conversation, queue, by=ana)
    with pytest.raises(BadParameter):
        await shop.run(routing.assign, conversation, users=[f"{number:024}" for number in range(11)], by=ana)

    assert await shop.item(conversation) == before


async def test_another_organisations_conversation_is_unknown(shop: Shop, other_shop: Shop) -> None:
    mallory = await other_shop.agent("mallory")
    conversation = await shop.arrive()

    for unknown in (conversation, "f" * 24):
        with pytest.raises(NotFound):
            await other_shop.run(routing.assign, unknown, users=[mallory.id], by=mallory)

    assert (await shop.item(conversation)).users == ()
