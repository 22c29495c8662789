"""What was promised for later is kept by the server that runs then."""

from __future__ import annotations

from dataclasses import replace

from kithdesk import routing
from kithdesk.core.clock import SECOND, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import database_path
from kithdesk.core.work import Wiring
from kithdesk.routing.floor import ASK_AGAIN
from tests.databases import new_file
from tests.routing.shops import found_shop


async def test_those_who_declined_are_asked_again_also_after_a_restart(
    settings: Settings, wiring: Wiring, clock: ManualClock
) -> None:
    if settings.database_url is None:
        new_file(database_path(settings.data))
    first = Desk(settings, wiring, clock=clock, ids=Ids(1))
    await first.start(jobs=False)
    shop = await found_shop(first, "Outdoor")
    await shop.settings(acceptance="manual")
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    await shop.run(routing.decline, (await shop.item(conversation)).id, by=ana)
    await first.stop()

    second = Desk(settings, wiring, clock=clock, ids=Ids(2))
    await second.start(jobs=False)
    clock.advance(seconds=ASK_AGAIN // SECOND)
    await second.jobs.settle()
    offered_to = (await replace(shop, desk=second).item(conversation)).offered_to
    await second.stop()

    assert offered_to == ana.id
