"""Lists of conversations over HTTP."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import Reason
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from tests.api import Tenant, created, got, refusal
from tests.conversations.writing import write

pytestmark = pytest.mark.anyio


async def test_lists_are_filtered_sorted_and_counted(
    api: httpx.AsyncClient, desk: Desk, clock: ManualClock, acme: Tenant, ana: str
) -> None:
    made = []
    for number in range(3):
        clock.advance(seconds=1)
        made.append((await write(api, ana, f"Matter {number}"))[0])
    first, second, third = made
    clock.advance(seconds=1)
    queue, by = "c" * 24, system(acme.id)
    await desk.run(
        conversations.record_assignment,
        ConversationId(second),
        queue=queue,
        users=[acme.admin],
        teams=[],
        reason=Reason("by_hand", "Taken"),
        by=by,
    )
    await desk.run(conversations.close, ConversationId(third), by=by)
    await created(api, f"/v1/conversations/{first}/messages", {"body": "Newest"})

    async def ids(query: str) -> list[str]:
        document = await got(api, f"/v1/conversations{query}")
        assert document["meta"]["total"] == len(document["data"])
        return [one["id"] for one in document["data"]]

    assert await ids("") == [first, third, second]
    assert await ids("?sort=lastActivityAt") == [second, third, first]
    assert await ids("?sort=createdAt") == [first, second, third]
    assert await ids("?status=open") == [first, second]
    assert await ids("?status=done") == [third]
    assert await ids("?assignedUser=none&status=open") == [first]
    assert await ids(f"?assignedUser={acme.admin}") == [second]
    assert await ids(f"?queue={queue}") == [second]
    assert await ids(f"?queue={queue}&assignedUser=none") == []
    assert await ids(f"?customer={ana}&status=open") == [first, second]
    counts = (await got(api, "/v1/conversations/counts"))["data"]["attributes"]
    assert counts == {"mine": 0, "unassigned": 1, "all": 2, "done": 1, "snoozed": 0}


@pytest.mark.parametrize(
    "query",
    [
        "?status=closed",
        "?sort=name",
        "?org=x",
        "?queue=x",
        "?assignedUser=me",
        "?page=0",
        "?pageSize=101",
        "?page=1e9",
    ],
)
async def test_T38_an_unknown_filter_or_order_is_refused(api: httpx.AsyncClient, query: str) -> None:
    assert refusal(await api.get(f"/v1/conversations{query}"))[:2] == (400, "badparam")


async def test_a_conversation_shared_by_agents_is_in_each_ones_list(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant, ana: str
) -> None:
    id, _ = await write(api, ana)
    other = "d" * 24

    async def assign(*users: str) -> None:
        await desk.run(
            conversations.record_assignment,
            ConversationId(id),
            queue=None,
            users=list(users),
            teams=[],
            reason=Reason("by_hand", "Taken"),
            by=system(acme.id),
        )

    async def of(user: str) -> int:
        document = await got(api, f"/v1/conversations?assignedUser={user}&status=open")
        assert document["meta"]["total"] == len(document["data"])
        return len(document["data"])

    await assign(acme.admin, other)
    assert (await of(acme.admin), await of(other), await of("none")) == (1, 1, 0)
    await assign(other)
    assert (await of(acme.admin), await of(other), await of("none")) == (0, 1, 0)
    await assign()
    assert (await of(acme.admin), await of(other), await of("none")) == (0, 0, 1)
