"""What an agent with much in hand gives back, bit by bit."""

from __future__ import annotations

import pytest

from kithdesk import access
from kithdesk.core.events import Recorded
from kithdesk.core.ids import EventId
from kithdesk.core.work import Work
from kithdesk.routing.events import AgentStatusChanged, Status
from kithdesk.routing.giving_back import CHUNK
from kithdesk.routing.subscribers import route_status
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
