"""What an agent with much in hand gives back, bit by bit."""

from __future__ import annotations

from kithdesk import access
from kithdesk.routing.giving_back import CHUNK
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
