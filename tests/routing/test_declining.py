"""What everybody who could take it has declined: it is seen, they are asked again, and a lead can give it away."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, routing
from kithdesk.core.actors import Actor
from kithdesk.core.clock import SECOND, Instant, ManualClock, iso
from kithdesk.core.errors import Refusal
from kithdesk.core.work import Work
from kithdesk.routing.entities import WorkItem
from kithdesk.routing.events import WorkAskedAgain, WorkDeclined
from kithdesk.routing.floor import ASK_AGAIN
from kithdesk.routing.queries.items import count_decisions
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

AGAIN = ASK_AGAIN // SECOND
DECLINED = "/v1/routing/declined-work-items"


@pytest.fixture(autouse=True)
async def asks_first(shop: Shop) -> None:
    await shop.settings(acceptance="manual", accept_timeout_seconds=30)


async def declined_by_all(shop: Shop, conversation: str, agents: list[Actor]) -> list[str]:
    """Whoever is asked declines, until nobody is. Answers who was asked, in order."""
    by_id = {str(agent.id): agent for agent in agents}
    asked = []
    while (item := await shop.item(conversation)).state == "offered":
        asked.append(str(item.offered_to))
        await shop.run(routing.decline, item.id, by=by_id[asked[-1]])
    return asked


async def test_who_declined_is_asked_again_after_a_while_and_not_before(
    shop: Shop, clock: ManualClock
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await declined_by_all(shop, conversation, [ana])

    clock.advance(seconds=AGAIN - 1)
    await shop.desk.jobs.settle()
    assert (await shop.item(conversation)).state == "queued"
    clock.advance(seconds=1)
    await shop.desk.jobs.settle()

    item = await shop.item(conversation)
    assert (item.state, item.offered_to, item.declined) == ("offered", ana.id, ())


async def test_declining_again_changes_nothing_also_where_the_next_is_asked(shop: Shop) -> None:
    agents = {str(agent.id): agent for agent in [await shop.agent("ana"), await shop.agent("ben")]}
    item = await shop.item(await shop.arrive())
    first = agents[str(item.offered_to)]
    await shop.run(routing.decline, item.id, by=first)
    after = await shop.item(item.conversation)

    await shop.run(routing.decline, item.id, by=first)

    assert await shop.item(item.conversation) == after
    assert (after.state, after.offered_to) == ("offered", next(id for id in agents if id != first.id))


async def test_in_each_round_everybody_is_asked_once(shop: Shop, clock: ManualClock) -> None:
    agents = [await shop.agent(name) for name in ("ana", "ben", "eve")]
    conversation = await shop.arrive()

    rounds = []
    for _ in range(3):
        rounds.append(await declined_by_all(shop, conversation, agents))
        clock.advance(seconds=AGAIN)
        await shop.desk.jobs.settle()

    everybody = sorted(str(agent.id) for agent in agents)
    assert [sorted(asked) for asked in rounds] == [everybody] * 3


async def test_who_comes_meanwhile_is_asked_and_the_others_are_left_alone(
    shop: Shop, clock: ManualClock
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await declined_by_all(shop, conversation, [ana])
    clock.advance(seconds=AGAIN - 10)

    ben = await shop.agent("ben")
    offered = await shop.item(conversation)
    clock.advance(seconds=20)
    await shop.desk.jobs.settle()
    still = await shop.item(conversation)

    assert (offered.offered_to, offered.declined_at) == (ben.id, None)
    assert (still.offered_to, still.declined) == (ben.id, (ana.id,))
    await declined_by_all(shop, conversation, [ben])
    clock.advance(seconds=AGAIN - 1)
    await shop.desk.jobs.settle()
    assert (await shop.item(conversation)).declined == tuple(sorted((str(ana.id), str(ben.id))))


async def test_an_offer_that_runs_out_after_others_declined_leaves_nobody_asked_for_good(
    shop: Shop, clock: ManualClock
) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    agents = {ana.id: ana, ben.id: ben}
    conversation = await shop.arrive()
    first = await shop.item(conversation)
    await shop.run(routing.decline, first.id, by=agents[first.offered_to])

    clock.advance(seconds=31)
    await shop.desk.jobs.settle()
    waits = await shop.item(conversation)
    clock.advance(seconds=AGAIN)
    await shop.desk.jobs.settle()

    assert (waits.state, waits.declined) == ("queued", (first.offered_to,))
    assert (await shop.item(conversation)).offered_to == first.offered_to


async def test_who_declined_it_in_one_queue_says_nothing_of_the_next(shop: Shop, clock: ManualClock) -> None:
    orders = await shop.queue("orders")
    first = await shop.queue("first", overflow={"to_queue": orders, "after_seconds": 60})
    ana, ben = await shop.agent("ana"), await shop.agent("ben", available=False)
    await shop.team("First level", [ana], queues=(first,))
    await shop.team("Orders", [ben], queues=(orders,))
    conversation = await shop.arrive("first")
    await declined_by_all(shop, conversation, [ana])
    before = await shop.item(conversation)

    clock.advance(seconds=60)
    await shop.desk.jobs.settle()
    after = await shop.item(conversation)

    assert (before.queue, before.declined_at is None) == (first, False)
    assert (after.queue, after.state, after.declined_at) == (orders, "queued", None)
    await shop.says(ben, "available")
    await declined_by_all(shop, conversation, [ben])
    assert (await shop.item(conversation)).declined_at == clock.now()


async def test_it_is_stated_once_with_what_keeps_the_others(shop: Shop, browse: Browse) -> None:
    await shop.agent("away", available=False)
    busy = await shop.agent("busy")
    await shop.says(busy, "busy")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    conversation = await shop.arrive()
    await declined_by_all(shop, conversation, [ana, ben])
    item = await shop.item(conversation)
    client = await browse(shop, shop.admin)

    answer = await client.get(f"/v1/routing/work-items/{item.id}/decisions")

    why = answer.json()["data"][0]["attributes"]
    assert (why["because"], why["chosen"]) == ("nobody", None)
    assert why["others"] == {"declined": 2, "away": 1}
    assert [one["attributes"]["because"] for one in answer.json()["data"]].count("nobody") == 1


async def test_what_all_have_declined_is_listed_the_longest_first(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    ana = await shop.agent("ana")
    seen, told = [], []
    for _ in range(3):
        seen.append(await shop.arrive())
        clock.advance(seconds=5)
        told.append(clock.now())
        await declined_by_all(shop, seen[-1], [ana])
    client = await browse(shop, ana)

    page = (await client.get(f"{DECLINED}?page=1&pageSize=2")).json()
    rest = (await client.get(f"{DECLINED}?page=2&pageSize=2")).json()

    listed = [*page["data"], *rest["data"]]
    assert [one["relationships"]["conversation"]["data"]["id"] for one in listed] == seen
    assert page["meta"]["total"] == 3
    first = listed[0]
    assert first["relationships"]["declinedBy"]["data"] == [{"type": "user", "id": ana.id}]
    assert first["attributes"]["declinedAt"] == iso(told[0])
    assert first["attributes"]["askedAgainAt"] == iso(Instant(told[0] + ASK_AGAIN))


async def test_T23_another_organisation_is_not_told_of_it(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    ana = await shop.agent("ana")
    await declined_by_all(shop, await shop.arrive(), [ana])
    mallory = await other_shop.agent("mallory")

    theirs = await (await browse(other_shop, mallory)).get(DECLINED)
    ours = await (await browse(shop, ana)).get(DECLINED)

    assert (theirs.json()["data"], len(ours.json()["data"])) == ([], 1)


async def test_a_lead_gives_it_to_somebody_who_declined(shop: Shop, browse: Browse) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await declined_by_all(shop, conversation, [ana])

    await shop.run(routing.assign, conversation, users=[ana.id], by=shop.admin)

    assert await shop.has(conversation) == [ana.id]
    assert not told_of(await shop.item(conversation))
    assert (await (await browse(shop, ana)).get(DECLINED)).json()["data"] == []


@pytest.mark.parametrize("how", ["done", "snoozed", "ended", "handed_off"])
async def test_what_waits_for_nobody_any_more_is_declined_no_longer(
    shop: Shop, clock: ManualClock, how: str
) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await declined_by_all(shop, conversation, [ana])

    await shop.says(ana, "busy")
    if how == "done":
        await shop.run(conversations.close, conversation, by=shop.admin)
    elif how == "snoozed":
        await shop.run(conversations.snooze, conversation, until=clock.in_(days=1), by=shop.admin)
    elif how == "ended":
        await shop.ends(conversation)
    else:
        await shop.run(routing.hand_off_to_queue, conversation, billing, by=shop.admin)

    assert not told_of(await shop.item(conversation))
    clock.advance(seconds=AGAIN)
    await shop.desk.jobs.settle()
    assert (await shop.item(conversation)).state != "offered"


async def test_that_all_have_declined_is_stated_once(shop: Shop) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    agents = {ana.id: ana, ben.id: ben}
    conversation = await shop.arrive()

    first = await stated_by_declining(shop, conversation, agents)
    second = await stated_by_declining(shop, conversation, agents)
    await shop.agent("eve", available=False)
    await shop.settings(capacity_per_agent=3)  # whoever has room is looked at once more

    assert first == []
    assert [(type(event), len(event.users)) for event in second] == [(WorkDeclined, 2)]
    decisions = (await shop.desk.read(count_decisions, second[0].item, by=shop.by)).value
    assert decisions == 3  # two offers, and that nobody is left


async def test_who_declines_twice_in_a_round_changes_nothing_and_a_stranger_cannot(shop: Shop) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben", available=False)
    conversation = await shop.arrive()
    item = await shop.item(conversation)

    await shop.run(routing.decline, item.id, by=ana)
    await shop.run(routing.decline, item.id, by=ana)

    assert (await shop.item(conversation)).declined == (ana.id,)
    with pytest.raises(Refusal):
        await shop.run(routing.decline, item.id, by=ben)


def told_of(item: WorkItem) -> bool:
    return bool(item.declined) or item.declined_at is not None or item.asked_again_at is not None


async def stated_by_declining(shop: Shop, conversation: str, agents: dict[str | None, Actor]) -> list[Any]:
    item = await shop.item(conversation)

    def declines(work: Work) -> list[Any]:
        routing.decline(work, item.id)
        return [one.event for one in work.published if isinstance(one.event, WorkDeclined | WorkAskedAgain)]

    stated: list[Any] = await shop.run(declines, by=agents[item.offered_to])
    return stated
