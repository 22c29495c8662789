"""Being there: leases, and what happens thirty seconds after the last of them. All on real time, given by hand here."""

from __future__ import annotations

import asyncio

import pytest

from kithdesk import access, routing
from kithdesk.core import nodes
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Page
from kithdesk.core.work import Work
from kithdesk.routing.errors import NotAnAgent, SomeoneElsesStatus, UnknownStatus
from kithdesk.routing.statuses import draw_statuses
from tests.routing.shops import Shop
from tests.spine import sql


class Node:
    """A server process that renews the leases of whoever is connected to it."""

    def __init__(self, shop: Shop, real: ManualClock, name: str = "node") -> None:
        self.shop, self.real, self.name = shop, real, name
        self.connected: list[Actor] = []

    async def renews(self) -> None:
        here = [(self.shop.id, str(agent.id)) for agent in self.connected]
        await routing.renew_leases(self.shop.desk, here, clock=self.real, node=self.name)


@pytest.fixture
def real() -> ManualClock:
    return ManualClock(Instant(1_700_000_000_000))


@pytest.fixture
def node(shop: Shop, real: ManualClock) -> Node:
    return Node(shop, real)


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

    await routing.renew_leases(shop.desk, [(shop.id, str(ana.id))])

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

    real.advance(seconds=29)
    await node.renews()
    assert await shop.has(conversation) == [ana.id]
    real.advance(seconds=1)
    await node.renews()

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
    real.advance(seconds=25)
    node.connected = [ana]
    await node.renews()
    real.advance(seconds=25)

    await node.renews()

    assert await shop.status(ana) == "available"
    assert await shop.has(conversation) == [ana.id]


async def test_connecting_does_not_make_available(shop: Shop, node: Node) -> None:
    ana = await shop.agent("ana", available=False)
    node.connected = [ana]

    await node.renews()

    assert await shop.status(ana) == "offline"


async def test_after_a_crash_the_leases_in_the_table_count_their_thirty_seconds(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana = await shop.agent("ana")
    node.connected = [ana]
    await node.renews()

    restarted = Node(shop, real, name="the next process")
    real.advance(seconds=20)
    await restarted.renews()
    assert await shop.status(ana) == "available"
    real.advance(seconds=10)
    await restarted.renews()

    assert await shop.status(ana) == "offline"


async def test_whoever_left_while_the_clock_was_ahead_is_offline_thirty_seconds_after_it_was_put_right(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    dead = Node(shop, real, name="dead by then")
    node.connected, dead.connected = [ana], [ben]
    real.advance(hours=1)
    await dead.renews()
    await node.renews()
    node.connected = []
    await node.renews()

    real.advance(hours=-1)
    await node.renews()
    assert (await shop.status(ana), await shop.status(ben)) == ("available", "available")
    real.advance(seconds=31)
    await node.renews()

    assert (await shop.status(ana), await shop.status(ben)) == ("offline", "offline")


async def test_an_agent_on_another_node_is_there(shop: Shop, node: Node, real: ManualClock) -> None:
    ana = await shop.agent("ana")
    other = Node(shop, real, name="other")
    node.connected = [ana]
    await node.renews()
    node.connected, other.connected = [], [ana]

    for _ in range(10):
        real.advance(seconds=5)
        await node.renews()
        await other.renews()

    assert await shop.status(ana) == "available"


async def test_somebody_who_never_opened_a_socket_has_thirty_seconds_too(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana = await shop.agent("ana")
    await node.renews()
    real.advance(seconds=29)
    await node.renews()
    assert await shop.status(ana) == "available"

    real.advance(seconds=1)
    await node.renews()

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

    real.advance(seconds=30)
    await node.renews()

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


async def test_a_status_is_ones_own_or_an_administrators_to_set(shop: Shop, other_shop: Shop) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    mallory = await other_shop.agent("mallory")
    program = Actor(
        organisation=shop.id, type="machine", id=str(shop.admin.id), roles=frozenset({"org.user"})
    )

    with pytest.raises(SomeoneElsesStatus):
        await shop.run(routing.set_status, ana.id, "busy", by=ben)
    with pytest.raises(NotFound):
        await other_shop.run(routing.set_status, ana.id, "busy", by=mallory)
    with pytest.raises(UnknownStatus):
        await shop.run(routing.set_status, ana.id, "asleep", by=ana)
    with pytest.raises(SomeoneElsesStatus):
        await shop.run(routing.set_status, ana.id, "busy", by=program)
    assert await shop.status(ana) == "available"

    await shop.run(routing.set_status, ana.id, "unavailable", "Lunch", by=shop.admin)

    assert await shop.status(ana) == "unavailable"


async def test_a_program_has_no_status(shop: Shop) -> None:
    key = await shop.run(
        access.create_api_key, "Bot", roles=["admin"], token_hash="0" * 64, last_four="0000", by=shop.admin
    )

    with pytest.raises(NotAnAgent):
        await shop.run(routing.set_status, key.user, "available", by=shop.admin)


async def test_statuses_show_who_has_a_socket_open(shop: Shop, node: Node) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    node.connected = [ana]
    await node.renews()

    async def online() -> dict[str, bool]:
        statuses, total = (await shop.desk.read(draw_statuses, Page(1, 50), by=shop.by)).value
        assert total == 3
        return {one["id"]: one["attributes"]["online"] for one in statuses}

    assert await online() == {shop.admin.id: False, ana.id: True, ben.id: False}
    node.connected = []
    await node.renews()
    assert (await online())[str(ana.id)] is False
