"""How long agents had a conversation."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import Reason
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from tests.api import Tenant, got, refusal
from tests.timeline.test_parted import customer
from tests.timeline.test_timeline import talk

pytestmark = pytest.mark.anyio

ANA, BEN = "a" * 24, "b" * 24


@pytest.fixture
async def conversation(api: httpx.AsyncClient) -> ConversationId:
    return ConversationId(await talk(api, await customer(api, "Cleo"), 1))


async def give(desk: Desk, by: Actor, conversation: ConversationId, *users: str) -> None:
    await desk.run(
        conversations.record_assignment,
        conversation,
        queue=None,
        users=list(users),
        teams=[],
        reason=Reason("by_hand", ""),
        by=by,
    )


async def times(api: httpx.AsyncClient, conversation: str, query: str = "") -> list[dict[str, Any]]:
    return list((await got(api, f"/v1/conversations/{conversation}/times{query}"))["data"])


def told(found: list[dict[str, Any]]) -> list[tuple[str, int, bool]]:
    """Who, for how many seconds, and whether they still have it."""
    return [
        (
            one["relationships"]["createdBy"]["data"]["id"],
            one["attributes"]["handleTime"],
            one["attributes"]["handledUntil"] is None,
        )
        for one in found
    ]


async def test_each_time_that_an_agent_has_it_open_is_one(
    desk: Desk, acme: Tenant, api: httpx.AsyncClient, conversation: ConversationId, clock: ManualClock
) -> None:
    by = system(acme.id)
    assert await times(api, conversation) == []

    await give(desk, by, conversation, ANA)
    clock.advance(seconds=60)
    await give(desk, by, conversation, ANA, BEN)
    clock.advance(seconds=30)
    await give(desk, by, conversation, BEN)
    clock.advance(seconds=5)
    await desk.run(conversations.close, conversation, by=by)
    clock.advance(hours=1)
    await desk.run(conversations.reopen, conversation, by=by)
    clock.advance(seconds=7)

    found = await times(api, conversation)
    assert told(found) == [(ANA, 90, False), (BEN, 35, False), (BEN, 7, True)]
    first = found[0]
    assert (first["type"], first["attributes"]["channels"]) == ("conversation_time", ["chat"])
    assert [one["attributes"]["assignedUsers"] for one in found] == [[ANA], [ANA, BEN], [BEN]]
    assert first["relationships"]["conversation"]["data"]["id"] == conversation
    assert len({one["id"] for one in found}) == 3


async def test_an_ended_one_is_in_nobodys_hands(
    desk: Desk, acme: Tenant, api: httpx.AsyncClient, conversation: ConversationId, clock: ManualClock
) -> None:
    by = system(acme.id)
    await give(desk, by, conversation, ANA)
    clock.advance(seconds=10)

    await desk.run(conversations.end, conversation, by=by)
    clock.advance(seconds=10)

    assert told(await times(api, conversation)) == [(ANA, 10, False)]


async def test_a_thousand_may_come_at_once(
    desk: Desk, acme: Tenant, api: httpx.AsyncClient, conversation: ConversationId
) -> None:
    for user in (ANA, BEN, ANA):
        await give(desk, system(acme.id), conversation, user)
    path = f"/v1/conversations/{conversation}/times"

    second = await got(api, f"{path}?page=2&pageSize=2")

    assert (second["meta"]["total"], [one[0] for one in told(second["data"])]) == (3, [ANA])
    assert len(await times(api, conversation, "?pageSize=1000")) == 3
    assert refusal(await api.get(f"{path}?pageSize=1001"))[:2] == (400, "badparam")
