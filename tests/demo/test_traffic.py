"""Who may be played and by whom, and what a day looks like."""

from __future__ import annotations

from random import Random

import pytest

from kithdesk.access import provisioning
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.demo import DemoLinks, Doors, Plan, let_in
from kithdesk.demo.errors import NobodyPlays, NotTheDemo
from kithdesk.demo.staff import find_colleagues
from kithdesk.demo.traffic import arrivals


def test_a_seed_gives_the_same_day_again_and_another_another() -> None:
    plan = Plan(hours=8, rate=60)

    day = arrivals(plan, Random(1))

    assert len(day) == 480
    assert day == sorted(day) == arrivals(plan, Random(1)) != arrivals(plan, Random(2))
    assert 0 <= day[0] <= day[-1] <= 8 * 3_600


def test_more_come_before_noon_than_when_it_opens_or_closes() -> None:
    day = arrivals(Plan(hours=9, rate=400), Random(1))

    by_hour = [sum(hour * 3_600 <= at < (hour + 1) * 3_600 for at in day) for hour in range(9)]

    assert max(by_hour) == max(by_hour[1:3])
    assert max(by_hour[0], by_hour[-1]) < 0.8 * max(by_hour)


async def test_all_but_whoever_is_at_the_console_are_played(desk: Desk, links: DemoLinks) -> None:
    doors = Doors.of(await let_in(desk, 10))

    colleagues = (await desk.read(find_colleagues, by=system(links.organisation))).value
    assert {one["id"] for one in doors.agents} == {one.id for one in colleagues.values()} - {links.agent}
    assert doors.widget_key == links.widget_key
    assert len(Doors.of(await let_in(desk, 2)).agents) == 2


async def test_T87_an_organisation_that_is_not_the_demos_is_played_to_only_where_that_is_meant(
    desk: Desk,
) -> None:
    await provisioning.init(desk, "Acme", "ada@acme.test")
    await provisioning.create_agent(desk, "ben@acme.test", "Ben", org="Acme")
    head = await desk.head((await provisioning.find_organisation(desk, "Acme")).id)

    with pytest.raises(NotTheDemo, match="Acme"):
        await let_in(desk, 6, org="Acme")

    assert await desk.head((await provisioning.find_organisation(desk, "Acme")).id) == head
    doors = Doors.of(await let_in(desk, 6, org="Acme", is_meant=True))
    assert [one["name"] for one in doors.agents] == ["Ben"]


async def test_nobody_is_played_where_there_is_only_a_founder(desk: Desk) -> None:
    await provisioning.init(desk, "Acme", "ada@acme.test")

    with pytest.raises(NobodyPlays):
        await let_in(desk, 6, org="Acme", is_meant=True)
