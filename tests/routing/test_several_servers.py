"""Being there, when servers come, go and hear of each other late."""

from __future__ import annotations

import pytest

from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import Overloaded
from tests.routing.servers import Node
from tests.routing.shops import Shop
from tests.spine import sql


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


async def test_a_server_that_comes_back_on_a_clock_put_ahead_lets_browsers_come_back(
    shop: Shop, node: Node, real: ManualClock
) -> None:
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    node.connected = [ana, ben]
    await node.renews()

    real.advance(hours=1)
    restarted = Node(shop, real, name="the next process")
    await restarted.renews()
    assert (await shop.status(ana), await shop.status(ben)) == ("available", "available")
    restarted.connected = [ana]
    await restarted.lives_for(5)

    assert (await shop.status(ana), await shop.status(ben)) == ("available", "offline")


@pytest.fixture
def other(there: Shop, real: ManualClock) -> Node:
    """A second server on the same database."""
    return Node(there, real, name="other")


async def _at_both(shop: Shop, node: Node, other: Node) -> tuple[Actor, Actor]:
    """An agent at each of the two servers, which have lived for a while."""
    ana, ben = await shop.agent("ana"), await shop.agent("ben")
    node.connected, other.connected = [ana], [ben]
    for _ in range(3):
        await node.renews()
        await other.lives_for(5)
    return ana, ben


@pytest.mark.only("postgresql")
async def test_after_an_outage_the_first_server_calls_nobody_away_who_sits_at_a_later_one(
    shop: Shop, node: Node, other: Node, real: ManualClock
) -> None:
    ana, ben = await _at_both(shop, node, other)

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
    ana, ben = await _at_both(shop, node, other)

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
