"""Being there: leases, and what happens thirty seconds after the last of them. All on real time, given by hand here."""

from __future__ import annotations

import asyncio

import pytest

from kithdesk import access, routing
from kithdesk.core import nodes
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.errors import NotFound, Overloaded
from kithdesk.core.paging import Page
from kithdesk.core.work import Work
from kithdesk.routing.errors import NotAnAgent, SomeoneElsesStatus, UnknownStatus
from kithdesk.routing.statuses import draw_statuses
from tests.routing.shops import Shop
from tests.spine import sql

ROUND_SECONDS = 5


class Node:
    """A server process that renews the leases of whoever is connected to it."""

    def __init__(self, shop: Shop, real: ManualClock, name: str = "node") -> None:
        self.shop, self.real = shop, real
        self.connected: list[Actor] = []
        self._watch = routing.Watch(shop.desk, clock=real, node=name)

    async def renews(self) -> None:
        await self._watch.renew([(self.shop.id, str(agent.id)) for agent in self.connected])

    async def lives_for(self, seconds: int) -> None:
        """With a round every five seconds, and one at the end."""
        for left in range(seconds, 0, -ROUND_SECONDS):
            self.real.advance(seconds=min(left, ROUND_SECONDS))
            await self.renews()


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
    await node.lives_for(31)

    assert (await shop.status(ana), await shop.status(ben)) == ("offline", "offline")


@pytest.fixture
def other(there: Shop, real: ManualClock) -> Node:
    """A second server on the same database."""
    return Node(there, real, name="other")


@pytest.mark.only("postgresql")
async def test_after_an_outage_the_first_server_calls_nobody_away_who_sits_at_a_later_one(
    shop: Shop, node: Node, other: Node, real: ManualClock
) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    node.connected, other.connected = [ana], [ben]
    for _ in range(3):
        await node.renews()
        await other.lives_for(5)

    real.advance(minutes=10)
    await node.lives_for(9)
    await other.renews()
    await node.lives_for(25)

    assert (await shop.status(ana), await shop.status(ben)) == ("available", "available")


@pytest.mark.only("postgresql")
async def test_who_is_not_back_ten_seconds_after_an_outage_is_offline(
    shop: Shop, node: Node, other: Node, real: ManualClock
) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    node.connected, other.connected = [ana], [ben]
    await other.renews()
    await node.renews()

    real.advance(minutes=10)
    await node.renews()
    await node.lives_for(9)
    assert await shop.status(ben) == "available"
    await node.lives_for(1)

    assert (await shop.status(ana), await shop.status(ben)) == ("available", "offline")


@pytest.mark.only("postgresql")
async def test_a_server_that_has_just_started_lets_the_others_speak_first(
    shop: Shop, node: Node, other: Node, real: ManualClock
) -> None:
    ben = await shop.agent("ben")
    other.connected = [ben]
    await other.renews()

    real.advance(minutes=10)
    await node.lives_for(4)
    assert await shop.status(ben) == "available"
    await other.renews()
    await node.lives_for(25)

    assert await shop.status(ben) == "available"


@pytest.mark.only("postgresql")
async def test_a_database_clock_that_is_put_forward_calls_nobody_away(
    shop: Shop, node: Node, other: Node, real: ManualClock
) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    node.connected, other.connected = [ana], [ben]
    for _ in range(3):
        await node.renews()
        await other.lives_for(5)

    real.advance(hours=1)
    for _ in range(8):
        await node.renews()
        await other.lives_for(5)

    assert (await shop.status(ana), await shop.status(ben)) == ("available", "available")


async def test_a_server_that_cannot_read_still_says_who_is_there(
    shop: Shop, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = await shop.agent("ana")
    node.connected = [ana]

    with monkeypatch.context() as away:
        away.setattr(shop.desk, "read", _no_reading)
        with pytest.raises(Overloaded):
            await node.renews()

    assert len(await sql(shop.desk, "SELECT renewed_at FROM presence_leases")) == 1


async def _no_reading(*_args: object, **_kwargs: object) -> None:
    raise Overloaded


async def test_an_agent_on_another_node_is_there(shop: Shop, node: Node, real: ManualClock) -> None:
    ana = await shop.agent("ana")
    another = Node(shop, real, name="another")
    node.connected = [ana]
    await node.renews()
    node.connected, another.connected = [], [ana]

    for _ in range(10):
        real.advance(seconds=5)
        await node.renews()
        await another.renews()

    assert await shop.status(ana) == "available"


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
