"""Being there: leases, and what happens thirty seconds after the last of them. All on real time, given by hand here."""

from __future__ import annotations

import asyncio

from kithdesk import access, routing
from kithdesk.core import nodes
from kithdesk.core.actors import system
from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.work import Work
from tests.routing.servers import Node
from tests.routing.shops import Shop
from tests.spine import sql


async def test_an_agent_stays_available_while_a_socket_is_open(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana = await shop.agent("ana")
    node.connected = [ana]

    for _ in range(30):
        await node.renews()
        real.advance(seconds=5)

    assert await shop.status(ana) == "available"


async def test_a_lease_begins_when_it_is_written_and_not_when_its_node_got_in_line(shop: Shop) -> None:
    ana = await shop.agent("ana")
    ahead = asyncio.create_task(shop.desk.run(_take_long, by=system(shop.id)))
    await asyncio.sleep(0)

    await routing.Watch(shop.desk).renew([(shop.id, str(ana.id))])

    [(renewed_at,)] = await sql(shop.desk, "SELECT renewed_at FROM presence_leases")
    assert renewed_at >= (await ahead).value


def _take_long(work: Work) -> Instant:
    """Answers the time at its end."""
    begin = nodes.time(work)
    while (now := nodes.time(work)) < begin + 50:
        pass
    return now


async def test_thirty_seconds_after_the_last_socket_the_work_goes_on_to_others(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana = await shop.agent("ana")
    node.connected = [ana]
    await node.renews()
    conversation = await shop.arrive()
    ben = await shop.agent("ben")
    node.connected = [ben]
    await node.renews()

    await node.lives_for(29)
    assert await shop.has(conversation) == [ana.id]
    await node.lives_for(1)

    assert await shop.status(ana) == "offline"
    assert await shop.has(conversation) == [ben.id]


async def test_what_an_absent_agent_gives_back_keeps_its_place_in_the_queue(
    shop: Shop, node: Node, real: ManualClock, clock: ManualClock
) -> None:
    await shop.capacity(1)
    ana = await shop.agent("ana")
    first = await shop.arrive()
    clock.advance(seconds=1)
    second = await shop.arrive()
    clock.advance(seconds=1)
    await shop.says(ana, "offline")
    assert (await shop.has(first), await shop.has(second)) == ([], [])

    ben = await shop.agent("ben")

    assert (await shop.has(first), await shop.has(second)) == ([ben.id], [])


async def test_coming_back_within_thirty_seconds_loses_nothing(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana = await shop.agent("ana")
    node.connected = [ana]
    await node.renews()
    conversation = await shop.arrive()
    node.connected = []
    await node.renews()
    await node.lives_for(20)
    real.advance(seconds=5)
    node.connected = [ana]
    await node.renews()

    await node.lives_for(25)

    assert await shop.status(ana) == "available"
    assert await shop.has(conversation) == [ana.id]


async def test_connecting_does_not_make_available(shop: Shop, node: Node) -> None:
    ana = await shop.agent("ana", available=False)
    node.connected = [ana]

    await node.renews()

    assert await shop.status(ana) == "offline"


async def test_somebody_who_never_opened_a_socket_has_thirty_seconds_too(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana = await shop.agent("ana")
    await node.renews()
    await node.lives_for(29)
    assert await shop.status(ana) == "available"

    await node.lives_for(1)

    assert await shop.status(ana) == "offline"


async def test_the_clock_that_tests_move_sends_nobody_offline(
    shop: Shop, node: Node, clock: ManualClock
) -> None:
    ana = await shop.agent("ana")
    node.connected = [ana]
    await node.renews()

    clock.advance(days=31)
    await node.renews()

    assert await shop.status(ana) == "available"


async def test_many_agents_gone_at_once_are_all_offline_after_one_round(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    agents = [await shop.agent(f"agent{number}") for number in range(45)]
    node.connected = agents
    await node.renews()
    node.connected = []
    await node.renews()

    await node.lives_for(30)

    assert {await shop.status(agent) for agent in agents} == {"offline"}


async def test_an_organisation_may_let_absent_agents_keep_their_work(shop: Shop) -> None:
    change = routing.SettingsChange(requeue_when_offline=False)
    await shop.run(routing.change_settings, change, by=shop.admin)
    ana = await shop.agent("ana")
    conversation = await shop.arrive()

    await shop.says(ana, "offline")

    assert await shop.has(conversation) == [ana.id]


async def test_an_agent_who_leaves_the_company_gives_back_everything(shop: Shop) -> None:
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    ben = await shop.agent("ben")

    await shop.run(access.deactivate_user, ana.id, by=shop.admin)

    assert await shop.status(ana) == "offline"
    assert await shop.has(conversation) == [ben.id]
