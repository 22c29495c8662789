"""Getting the demo ready, from an empty folder or from one where it has run before."""

from __future__ import annotations

from kithdesk.access import read_settings
from kithdesk.access.provisioning import DEFAULT_BASE_URL, sign_in_link
from kithdesk.core.actors import system
from kithdesk.core.clock import DAY, Instant
from kithdesk.core.desk import Desk
from kithdesk.demo.arranging import arrange
from kithdesk.demo.arrival import come_back, watch_arrivals
from kithdesk.demo.history import History, Step
from kithdesk.demo.links import DemoLinks, shop_url
from kithdesk.demo.staff import (
    ROBIN,
    DemoSettings,
    acting,
    find_colleagues,
    find_demo,
    find_widget_key,
    found_demo,
    settle,
)
from kithdesk.demo.telling import as_if_then, tell

_OPENED = 420 * DAY
"""Before now: the shop was there before the first who wrote to it."""


async def prepare(desk: Desk) -> DemoLinks:
    """Makes what is missing, and a new sign-in link each time. Raises `NotADemoFolder` and then changes nothing."""
    organisation = await find_demo(desk) or await found_demo(desk)
    program = system(organisation)
    base_url = desk.settings.base_url or DEFAULT_BASE_URL
    shop = shop_url(base_url)

    await desk.run(settle, shop, by=program)
    colleagues = (await desk.read(find_colleagues, by=program)).value
    robin = colleagues[ROBIN.key]
    if (await desk.read(read_settings, DemoSettings, by=program)).value.is_told:
        await desk.run(come_back, robin.id, by=acting(organisation, robin))
    else:
        now = desk.clock.now()
        opening = Step(Instant(now - _OPENED), lambda _work: program, arrange)
        await desk.run(as_if_then, opening, by=program)
        await tell(desk, History(organisation, colleagues, shop, now))
    await watch_arrivals(desk, organisation)

    return DemoLinks(
        organisation=organisation,
        agent=robin.id,
        agent_name=robin.display_name,
        widget_key=(await desk.read(find_widget_key, by=program)).value,
        base_url=base_url,
        shop=shop,
        console=await sign_in_link(desk, organisation, robin.id),
        docs=f"{base_url}/docs",
    )
