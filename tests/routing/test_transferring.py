"""Giving work on by hand, with a reason, within what the team allows; and the shifts in which it was done."""

from __future__ import annotations

import pytest

from kithdesk import conversations, routing
from kithdesk.core import journal
from kithdesk.core.clock import MINUTE, ManualClock
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.paging import Page
from kithdesk.routing import Transfers
from kithdesk.routing.errors import TeamNotRouted, TransferRestricted, UnknownAssignee, UnknownQueue
from kithdesk.routing.events import WorkTransferred
from kithdesk.routing.sessions import draw_sessions
from tests.routing.shops import Shop


async def test_a_transfer_to_a_team_waits_in_the_queue_that_it_serves(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana, expert = await shop.agent("ana"), await shop.agent("expert", available=False)
    team = await shop.team("Experts", [expert], queues=(billing,))
    conversation = await shop.arrive("a tent")

    await shop.run(routing.transfer, conversation, team=team, reason="An invoice", by=ana)
    item = await shop.item(conversation)
    await shop.says(expert, "available")

    assert (item.state, item.queue, item.teams) == ("queued", billing, (team,))
    read = journal.read_conversation
    stated = (await shop.desk.read(read, shop.id, conversation, after=0, limit=20, by=shop.by)).value
    assert [fact.event.queue for fact in stated if isinstance(fact.event, WorkTransferred)] == [billing]
    assert await shop.has(conversation) == [expert.id]


async def test_another_team_gets_it_off_whoever_has_it_also_as_a_field_of_the_conversation(
    shop: Shop,
) -> None:
    billing = await shop.queue("billing")
    ana, expert = await shop.agent("ana"), await shop.agent("expert", available=False)
    team = await shop.team("Experts", [expert], queues=(billing,))
    conversation = await shop.arrive("a tent")

    await shop.run(routing.change, conversation, {"assignedTeams": [team]}, by=ana)
    item = await shop.item(conversation)

    assert (item.state, item.users, item.queue, item.teams) == ("queued", (), billing, (team,))
    await shop.says(expert, "available")
    assert await shop.has(conversation) == [expert.id]


async def test_a_team_that_is_named_as_it_stands_takes_nothing_off_anybody(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana, expert = await shop.agent("ana"), await shop.agent("expert")
    team = await shop.team("Experts", [expert], queues=(billing,))
    conversation = await shop.arrive("a tent")
    await shop.run(routing.transfer, conversation, team=team, reason="", by=ana)

    await shop.run(routing.change, conversation, {"assignedTeams": [team], "priority": 5}, by=ana)
    assert await shop.has(conversation) == [expert.id]
    await shop.run(routing.change, conversation, {"assignedTeams": []}, by=ana)

    assert ((await shop.item(conversation)).teams, await shop.has(conversation)) == ((), [expert.id])


async def test_a_team_and_a_queue_take_it_off_everybody_and_people_with_a_team_keep_it(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana")
    team = await shop.team("Finance", [])
    conversation = await shop.arrive("a tent")

    both = {"assignedUsers": [ana.id], "assignedTeams": [team]}
    await shop.run(routing.change, conversation, both, by=shop.admin)
    assert ((await shop.item(conversation)).teams, await shop.has(conversation)) == ((team,), [ana.id])
    await shop.says(ana, "busy")
    other = await shop.team("Orders", [])
    await shop.run(routing.change, conversation, {"assignedTeams": [other], "queue": billing}, by=shop.admin)

    item = await shop.item(conversation)
    assert (item.state, item.users, item.queue, item.teams) == ("queued", (), billing, (other,))


@pytest.mark.parametrize("profile", [None, {"enabled": False}, {"enabled": True}])
async def test_nothing_is_given_to_a_team_that_serves_no_queue(
    shop: Shop, profile: dict[str, bool] | None
) -> None:
    ana = await shop.agent("ana")
    await shop.agent("ben")
    finance = await shop.team("Finance", [])
    if profile is not None:
        await shop.settings(team=finance, **profile)
    conversation = await shop.arrive()
    before = await shop.has(conversation)

    with pytest.raises(TeamNotRouted, match="“Finance”"):
        await shop.run(routing.transfer, conversation, team=finance, reason="A refund", by=ana)
    with pytest.raises(TeamNotRouted, match="“Finance”"):
        await shop.run(routing.change, conversation, {"assignedTeams": [finance]}, by=ana)

    assert ((await shop.item(conversation)).teams, await shop.has(conversation)) == ((), before)


async def test_a_transfer_to_an_agent_and_to_a_queue(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben", available=False)

    await shop.run(routing.transfer, conversation, user=ben.id, reason="", by=ana)
    assert await shop.has(conversation) == [ben.id]
    await shop.run(routing.transfer, conversation, queue=billing, reason="", by=ana)

    assert (await shop.item(conversation)).queue == billing
    assert await shop.has(conversation) == [ana.id]


@pytest.mark.parametrize("reach", ["own", "none"])
async def test_a_team_may_not_give_work_where_its_profile_forbids_it(shop: Shop, reach: str) -> None:
    billing, sales = await shop.queue("billing"), await shop.queue("sales")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    everywhere = Transfers(to_queues=reach, to_teams=reach, to_agents=reach)  # type: ignore[arg-type]
    own = await shop.team("Experts", [ana], queues=(billing,), transfers=everywhere)
    other = await shop.team("Sellers", [ben], queues=(sales,))
    conversation = await shop.arrive("billing")

    for target in ({"queue": sales}, {"team": other}, {"user": ben.id}):
        with pytest.raises(TransferRestricted):
            await shop.run(routing.transfer, conversation, reason="", by=ana, **target)
    assert await shop.has(conversation) == [ana.id]
    if reach == "own":
        await shop.run(routing.transfer, conversation, team=own, reason="", by=ana)
        assert (await shop.item(conversation)).teams == (own,)
    await shop.run(routing.transfer, conversation, user=ben.id, reason="", by=shop.admin)
    assert await shop.has(conversation) == [ben.id]


async def test_T23_nothing_is_transferred_out_of_the_organisation(shop: Shop, other_shop: Shop) -> None:
    ana, mallory = await shop.agent("ana"), await other_shop.agent("mallory")
    conversation = await shop.arrive()
    team, queue = await other_shop.team("Theirs", []), await other_shop.queue("billing")

    for problem, target in (
        (UnknownAssignee, {"user": mallory.id}),
        (UnknownAssignee, {"team": team}),
        (UnknownQueue, {"queue": queue}),
        (BadParameter, {}),
        (BadParameter, {"user": ana.id, "queue": queue}),
    ):
        with pytest.raises(problem):
            await shop.run(routing.transfer, conversation, reason="", by=ana, **target)
    assert await shop.has(conversation) == [ana.id]


async def test_a_session_tells_how_a_shift_was_spent(shop: Shop, clock: ManualClock) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    clock.advance(minutes=5)
    await shop.says(ana, "unavailable", "Lunch")
    clock.advance(minutes=3)
    await shop.says(ana, "available")
    await shop.run(conversations.close, conversation, by=ana)
    await shop.arrive()
    clock.advance(minutes=2)
    await shop.says(ana, "offline")
    clock.advance(hours=1)
    await shop.says(ana, "busy")
    clock.advance(minutes=1)

    (today, before), total = (await shop.desk.read(draw_sessions, ana.id, Page(1, 50), by=shop.by)).value

    spent = before["attributes"]
    assert total == 2
    assert (spent["available"], spent["unavailable"], spent["busy"]) == (7 * MINUTE, 3 * MINUTE, 0)
    assert (spent["items"], spent["status"]) == (2, "offline")
    assert spent["signedOutAt"] is not None
    assert (today["attributes"]["busy"], today["attributes"]["signedOutAt"]) == (MINUTE, None)


async def test_T23_the_sessions_of_another_organisations_agent_are_not_there(
    shop: Shop, other_shop: Shop
) -> None:
    mallory = await other_shop.agent("mallory")

    with pytest.raises(NotFound):
        await shop.desk.read(draw_sessions, mallory.id, Page(1, 50), by=shop.by)
