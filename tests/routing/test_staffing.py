"""Who serves each queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kithdesk import access, routing
from kithdesk.core.paging import Page
from kithdesk.core.sql import NOTHING, Result, Statement
from kithdesk.core.work import Reads
from kithdesk.routing.staffing import draw_staffing, draw_staffing_of
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

STAFFING = "/v1/routing/queue-staffing"


class Counting:
    """A snapshot that counts what it is asked."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self.organisation, self.now, self.actor = reads.organisation, reads.now, reads.actor
        self.asked = 0

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        self.asked += 1
        return self._reads.execute(statement, values)


async def statements_of(shop: Shop) -> int:
    """What it takes to draw all queues."""

    def count(reads: Reads) -> int:
        counting = Counting(reads)
        draw_staffing(counting, Page(1, 100))
        return counting.asked

    return int((await shop.desk.read(count, by=shop.admin)).value)


async def staffing(shop: Shop, queue: str) -> dict[str, Any]:
    drawn = (await shop.desk.read(draw_staffing_of, queue, by=shop.admin)).value
    return dict(drawn["attributes"])


async def test_without_teams_everybody_serves_a_queue(shop: Shop) -> None:
    queue = await shop.queue("billing")
    await shop.agent("ana")
    ben = await shop.agent("ben")
    await shop.says(ben, "busy")

    found = await staffing(shop, queue)

    assert (found["served"], found["here"], found["available"]) == (True, 2, 1)
    (everybody,) = found["teams"]
    # With the founder, who has not come yet.
    assert everybody == {
        "team": None,
        "name": None,
        "members": 3,
        "here": 2,
        "available": 1,
        "elsewhere": 0,
    }


async def test_a_team_is_counted_by_who_works_as_it(shop: Shop) -> None:
    billing, sales = await shop.queue("billing"), await shop.queue("sales")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    cleo = await shop.agent("cleo", available=False)
    await shop.team("Billing", [ana, ben, cleo], queues=(billing,))
    seller = await shop.team("Sales", [ana], queues=(sales,))

    await shop.run(routing.set_status, ana.id, "available", team=seller, by=ana)

    (found,) = (await staffing(shop, billing))["teams"]
    assert (found["name"], found["members"]) == ("Billing", 3)
    assert (found["here"], found["available"], found["elsewhere"]) == (1, 1, 1)
    assert [crew["here"] for crew in (await staffing(shop, sales))["teams"]] == [1]


async def test_a_queue_of_no_team_is_served_by_nobody_once_all_agents_are_in_teams(shop: Shop) -> None:
    billing, sales = await shop.queue("billing"), await shop.queue("sales")
    ana = await shop.agent("ana")
    founder = shop.admin
    await shop.team("Billing", [ana, founder], queues=(billing,))

    assert (await staffing(shop, billing))["served"]
    assert not (await staffing(shop, sales))["served"]


async def test_a_team_without_members_serves_nothing(shop: Shop) -> None:
    billing = await shop.queue("billing")
    await shop.agent("ana")
    await shop.team("Billing", [], queues=(billing,))

    found = await staffing(shop, billing)

    assert not found["served"]
    assert [crew["members"] for crew in found["teams"]] == [0]


async def test_who_was_deactivated_serves_nothing(shop: Shop) -> None:
    billing = await shop.queue("billing")
    ana = await shop.agent("ana")
    await shop.team("Billing", [ana], queues=(billing,))
    assert (await staffing(shop, billing))["served"]

    await shop.run(access.deactivate_user, ana.id, by=shop.admin)

    assert not (await staffing(shop, billing))["served"]


async def test_all_queues_are_listed_and_each_is_found(shop: Shop, browse: Browse) -> None:
    billing = await shop.queue("billing")
    agent = await browse(shop, await shop.agent("ana"))

    listed = (await agent.get(STAFFING)).json()
    one = (await agent.get(f"{STAFFING}/{billing}")).json()

    assert listed["meta"]["total"] == 2
    assert [found["id"] for found in listed["data"]] == sorted(found["id"] for found in listed["data"])
    assert one["data"] in listed["data"]
    assert one["data"]["relationships"]["queue"]["data"] == {"type": "queue", "id": billing}


async def test_T23_who_serves_a_queue_of_another_organisation_is_not_told(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    theirs = await other_shop.queue("billing")
    admin = await browse(shop, shop.admin)

    answers = [await admin.get(f"{STAFFING}/{id}") for id in (theirs, "f" * 24, "no-id")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert theirs not in (await admin.get(STAFFING)).text


async def test_many_queues_take_no_more_statements_than_one(shop: Shop) -> None:
    ana = await shop.agent("ana")
    await shop.team("one", [ana], queues=(await shop.queue("one"),))
    few = await statements_of(shop)

    for name in ("two", "three", "four"):
        await shop.team(name, [ana], queues=(await shop.queue(name),))

    assert await statements_of(shop) == few


async def test_the_members_of_a_team_are_listed_with_as_whom_they_work(shop: Shop, browse: Browse) -> None:
    billing, sales = await shop.queue("billing"), await shop.queue("sales")
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    team = await shop.team("Billing", [ana], queues=(billing,))
    other = await shop.team("Sales", [ana, ben], queues=(sales,))
    await shop.run(routing.set_status, ana.id, "available", team=other, by=ana)
    admin = await browse(shop, shop.admin)

    (found,) = (await admin.get(f"/v1/routing/statuses?team={team}")).json()["data"]

    assert found["id"] == ana.id
    assert found["relationships"]["team"]["data"]["id"] == other
    assert found["relationships"]["chosenTeam"]["data"]["id"] == other
    listed = (await admin.get(f"/v1/routing/statuses?team={other}")).json()["data"]
    assert {one["id"]: "chosenTeam" in one["relationships"] for one in listed} == {
        ana.id: True,
        ben.id: False,
    }


async def test_T23_members_of_another_organisations_team_are_not_listed(
    shop: Shop, other_shop: Shop, browse: Browse
) -> None:
    theirs = await other_shop.team("Theirs", [await other_shop.agent("mallory")])
    admin = await browse(shop, shop.admin)

    for team in (theirs, "f" * 24, "no-id"):
        assert (await admin.get(f"/v1/routing/statuses?team={team}")).status_code == 404
