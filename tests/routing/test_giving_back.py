"""What an agent with much in hand gives back, bit by bit."""

from __future__ import annotations

import pytest

from kithdesk import access, conversations
from kithdesk.core.clock import ManualClock, iso
from kithdesk.core.events import Recorded
from kithdesk.core.ids import EventId
from kithdesk.core.work import Work
from kithdesk.routing.events import AgentStatusChanged, Status
from kithdesk.routing.giving_back import CHUNK
from kithdesk.routing.subscribers import route_status
from tests.routing.conftest import Browse
from tests.routing.shops import Shop


async def test_who_leaves_the_company_gives_back_also_what_the_settings_would_leave_them(shop: Shop) -> None:
    await shop.settings(requeue_when_offline=False, capacity_per_agent=50)
    ana = await shop.agent("ana")
    for _ in range(2 * CHUNK + 1):
        await shop.arrive()

    await shop.run(access.deactivate_user, ana.id, by=shop.admin)
    await shop.desk.jobs.settle()

    assert await shop.load(ana) == 0


async def test_many_offers_of_who_goes_away_are_withdrawn_bit_by_bit(shop: Shop) -> None:
    await shop.settings(acceptance="manual", capacity_per_agent=50)
    ana = await shop.agent("ana")
    for _ in range(2 * CHUNK + 1):
        await shop.arrive()

    await shop.says(ana, "busy")
    assert await shop.load(ana) == CHUNK + 1
    await shop.desk.jobs.settle()

    assert await shop.load(ana) == 0


async def test_what_nobody_answered_keeps_its_place_when_its_agent_goes(
    shop: Shop, clock: ManualClock
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    came = clock.now()
    clock.advance(minutes=5)

    await shop.says(ana, "offline")

    item = await shop.item(conversation)
    assert (item.state, item.entered_at) == ("queued", came)


async def test_it_keeps_its_place_also_where_the_next_is_asked_first(shop: Shop, clock: ManualClock) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    came = clock.now()
    await shop.settings(acceptance="manual")
    ben = await shop.agent("ben")
    clock.advance(minutes=5)

    await shop.says(ana, "offline")

    item = await shop.item(conversation)
    assert (item.offered_to, item.entered_at) == (ben.id, came)


@pytest.mark.parametrize("writes_again", [False, True])
async def test_the_wait_of_what_was_answered_begins_anew_when_its_agent_goes(
    shop: Shop, browse: Browse, clock: ManualClock, writes_again: bool
) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    clock.advance(minutes=5)
    await shop.run(conversations.reply, conversation, client_id="r", body="Yes", by=ana)
    clock.advance(minutes=5)
    if writes_again:
        await shop.writes_again(conversation)
        clock.advance(minutes=5)

    await shop.says(ana, "offline")

    assert (await shop.item(conversation)).entered_at == clock.now()
    board = (await (await browse(shop, shop.admin)).get("/v1/insights/board")).json()["data"]["attributes"]
    assert board["totals"]["longestWaitSince"] == iso(clock.now())
    (queue,) = board["queues"]
    metrics = await (await browse(shop, ana)).get(f"/v1/chat/queues/metrics/{queue['id']}")
    assert metrics.json()["data"][0]["attributes"]["longestWait"] == 0


@pytest.mark.parametrize("before", ["offline", "unavailable"])
async def test_who_came_back_keeps_their_work_when_their_going_is_heard_late(
    shop: Shop, before: Status
) -> None:
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    asked = await shop.arrive()

    def hear_late(work: Work) -> None:
        """As a reaction that failed is tried again, after they have come back."""
        event = AgentStatusChanged(user=str(ana.id), status=before, before="available")
        recorded = Recorded(
            EventId(work.new_id()), work.organisation, work.now, work.actor, event, position=1
        )
        route_status(work, recorded)

    await shop.run(hear_late)

    assert (await shop.item(asked)).state == "offered"
    await shop.says(ana, "offline")
    assert (await shop.item(asked)).state == "queued"
