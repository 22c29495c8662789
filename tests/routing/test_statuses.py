"""Whose status it is to set, and what statuses show."""

from __future__ import annotations

import pytest

from kithdesk import access, routing
from kithdesk.core.actors import Actor
from kithdesk.core.errors import NotFound
from kithdesk.core.paging import Page
from kithdesk.routing.errors import NotAnAgent, SomeoneElsesStatus, UnknownStatus
from kithdesk.routing.statuses import draw_statuses
from tests.routing.servers import Node
from tests.routing.shops import Shop


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
