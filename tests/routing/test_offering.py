"""Work that is offered: accepted, declined, let pass; and wrapped up in the end."""

from __future__ import annotations

import asyncio

import pytest

from kithdesk import conversations, routing
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import NotFound, Refusal
from kithdesk.routing.errors import NotWrappingUp, OfferGone
from kithdesk.routing.events import Status
from tests.routing.shops import Shop


async def test_who_is_asked_and_accepts_has_it(shop: Shop) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    offered = await shop.item(conversation)
    assert (offered.state, offered.offered_to, await shop.has(conversation)) == ("offered", ana.id, [])
    assert await shop.load(ana) == 1

    await shop.run(routing.accept, offered.id, by=ana)
    await shop.run(routing.accept, offered.id, by=ana)

    assert (await shop.item(conversation)).state == "assigned"
    assert (await shop.has(conversation), await shop.load(ana)) == ([ana.id], 1)


async def test_what_is_declined_goes_to_the_next_and_not_back(shop: Shop) -> None:
    await shop.settings(acceptance="manual")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    conversation = await shop.arrive()
    agents = {ana.id: ana, ben.id: ben}
    first = (await shop.item(conversation)).offered_to

    await shop.run(routing.decline, (await shop.item(conversation)).id, by=agents[first])
    second = await shop.item(conversation)
    assert second.offered_to == ({ana.id, ben.id} - {first}).pop()
    await shop.run(routing.decline, second.id, by=agents[second.offered_to])

    assert (await shop.item(conversation)).state == "queued"
    assert (await shop.load(ana), await shop.load(ben)) == (0, 0)


async def test_who_lets_the_time_pass_is_unavailable_and_the_next_is_asked(
    shop: Shop, clock: ManualClock
) -> None:
    await shop.settings(acceptance="manual", accept_timeout_seconds=30)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    clock.advance(seconds=1)
    ben = await shop.agent("ben")

    clock.advance(seconds=28)
    await shop.desk.jobs.settle()
    assert (await shop.item(conversation)).offered_to == ana.id
    clock.advance(seconds=1)
    await shop.desk.jobs.settle()

    assert (await shop.item(conversation)).offered_to == ben.id
    assert await shop.status(ana) == "unavailable"
    assert await shop.load(ana) == 0


@pytest.mark.parametrize("status", ["busy", "unavailable"])
async def test_who_goes_away_is_asked_no_longer_and_keeps_what_they_have(shop: Shop, status: Status) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    kept = await shop.arrive()
    await shop.run(routing.accept, (await shop.item(kept)).id, by=ana)
    conversation = await shop.arrive()
    ben = await shop.agent("ben")
    offered = await shop.item(conversation)
    assert offered.offered_to == ana.id

    await shop.says(ana, status)

    assert (await shop.item(conversation)).offered_to == ben.id
    assert (await shop.has(kept), await shop.load(ana)) == ([ana.id], 1)
    with pytest.raises(OfferGone):
        await shop.run(routing.accept, offered.id, by=ana)


async def test_an_offer_has_its_time_also_after_a_restart(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()

    clock.advance(minutes=10)  # nobody ran jobs meanwhile
    await shop.desk.jobs.settle()

    assert (await shop.item(conversation)).state == "queued"
    assert await shop.status(ana) == "unavailable"


async def test_of_two_who_race_to_accept_one_has_it_and_the_other_is_told(shop: Shop) -> None:
    await shop.settings(acceptance="manual")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    conversation = await shop.arrive()
    item = await shop.item(conversation)

    async def accepts(agent: object) -> str:
        try:
            await shop.run(routing.accept, item.id, by=agent)  # type: ignore[arg-type]
        except Refusal as refusal:
            return refusal.code
        return "done"

    answers = await asyncio.gather(accepts(ana), accepts(ben))

    assert sorted(answers) == ["done", "offer_gone"]
    assert len(await shop.has(conversation)) == 1


async def test_who_accepts_too_late_is_refused(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    item = await shop.item(await shop.arrive())
    clock.advance(seconds=31)
    await shop.desk.jobs.settle()

    for verb in (routing.accept, routing.decline):
        with pytest.raises(OfferGone):
            await shop.run(verb, item.id, by=ana)


@pytest.mark.parametrize("status", ["offline", "busy", "unavailable"])
async def test_who_goes_away_is_asked_no_longer(shop: Shop, status: str) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben")

    await shop.says(ana, status)

    assert (await shop.item(conversation)).offered_to == ben.id
    assert await shop.load(ana) == 0


async def test_what_was_offered_and_is_done_frees_who_was_asked(shop: Shop) -> None:
    await shop.settings(acceptance="manual", capacity_per_agent=1)
    ana = await shop.agent("ana")
    first, second = await shop.arrive(), await shop.arrive()

    await shop.run(conversations.close, first, by=shop.admin)

    assert (await shop.item(second)).offered_to == ana.id


async def test_who_answers_what_another_is_asked_has_it(shop: Shop) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben")

    await shop.run(conversations.reply, conversation, client_id="r", body="Mine", by=ben)

    assert (await shop.has(conversation), await shop.load(ana)) == ([ben.id], 0)


async def test_what_is_handed_off_while_it_is_offered_is_offered_anew(shop: Shop, clock: ManualClock) -> None:
    billing = await shop.queue("billing")
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    clock.advance(seconds=20)

    await shop.run(routing.hand_off_to_queue, conversation, billing, by=shop.admin)
    clock.advance(seconds=20)
    await shop.desk.jobs.settle()
    again = await shop.item(conversation)
    clock.advance(seconds=10)
    await shop.desk.jobs.settle()

    assert (again.state, again.queue, again.offered_to) == ("offered", billing, ana.id)
    assert ((await shop.item(conversation)).state, await shop.status(ana)) == ("queued", "unavailable")


async def test_a_queue_may_ask_where_the_team_does_not(shop: Shop) -> None:
    await shop.queue("delicate", acceptance="manual")
    ana = await shop.agent("ana")

    delicate, plain = await shop.arrive("delicate"), await shop.arrive("a tent")

    assert (await shop.item(delicate)).offered_to == ana.id
    assert await shop.has(plain) == [ana.id]


async def test_T23_nobody_answers_for_another_or_for_another_organisation(
    shop: Shop, other_shop: Shop
) -> None:
    await shop.settings(acceptance="manual")
    await shop.agent("ana")
    ben = await shop.agent("ben", available=False)
    mallory = await other_shop.agent("mallory")
    item = await shop.item(await shop.arrive())

    for verb in (routing.accept, routing.decline, routing.finish_wrap_up):
        with pytest.raises((OfferGone, NotWrappingUp)):
            await shop.run(verb, item.id, by=ben)
        for id in (item.id, "f" * 24):
            with pytest.raises(NotFound):
                await other_shop.run(verb, id, by=mallory)
    assert (await shop.item(item.conversation)).state == "offered"


async def test_wrapping_up_takes_its_share_until_its_time_is_over(shop: Shop, clock: ManualClock) -> None:
    await shop.settings(wrap_up_seconds=60, capacity_per_agent=1)
    ana = await shop.agent("ana")
    first, second = await shop.arrive(), await shop.arrive()

    await shop.run(conversations.close, first, by=ana)
    assert (await shop.item(first)).state == "wrap_up"
    assert (await shop.load(ana), await shop.has(second)) == (1, [])
    clock.advance(seconds=60)
    await shop.desk.jobs.settle()

    assert (await shop.item(first)).state == "completed"
    assert await shop.has(second) == [ana.id]


async def test_a_wrap_up_ends_when_its_agent_says_so(shop: Shop) -> None:
    await shop.settings(wrap_up_seconds=60, capacity_per_agent=1)
    ana = await shop.agent("ana")
    first, second = await shop.arrive(), await shop.arrive()
    await shop.run(conversations.close, first, by=ana)

    await shop.run(routing.finish_wrap_up, (await shop.item(first)).id, by=ana)

    assert await shop.has(second) == [ana.id]


async def test_what_is_opened_again_while_it_is_wrapped_up_is_its_agents_next_item(shop: Shop) -> None:
    await shop.settings(wrap_up_seconds=60)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    first = await shop.item(conversation)
    await shop.run(conversations.close, conversation, by=ana)

    await shop.writes_again(conversation)

    again = await shop.item(conversation)
    assert (again.number, again.state, again.id != first.id) == (2, "assigned", True)
    assert await shop.load(ana) == 1
