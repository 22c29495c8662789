"""Lists stay quick: each is one range of an index, or a merge of a few."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import conversations
from kithdesk.conversations.events import Reason
from kithdesk.conversations.lists import (
    STATUSES,
    Sort,
    Status,
    _statements,
    count_conversations,
    list_all_messages,
    list_messages_of_customer,
)
from kithdesk.core.clock import ManualClock
from kithdesk.core.sqlite.executing import STATEMENTS
from tests.api import created, got, refusal
from tests.make import Make


@pytest.mark.parametrize("sort", ["-lastActivityAt", "lastActivityAt"])
@pytest.mark.parametrize("statuses", [("open",), STATUSES])
@pytest.mark.parametrize(("of_one", "of_queue"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_page_is_read_from_an_index_in_order(
    make: Make, statuses: tuple[Status, ...], of_one: bool, of_queue: bool, sort: Sort
) -> None:
    page, _count = _statements(statuses, of_one, of_queue, False, sort)
    compiled = STATEMENTS.compiled(page)
    values = dict.fromkeys(
        ["organisation", "assignee", "queue", "limit", "offset", *(f"status_{one}" for one in STATUSES)], 1
    )

    with make.work(make.system) as work:
        connection = work._connection.connection  # type: ignore[attr-defined]
        sql, bound = compiled.bind(values)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bound)]

    searches = [step for step in plan if "SEARCH" in step or "SCAN" in step]
    assert len(searches) == len(statuses)
    index = (
        "USING INDEX ix_conversations_" if of_one and of_queue else "USING COVERING INDEX ix_conversations_"
    )
    assert all(index in step for step in searches)
    assert not any("TEMP B-TREE" in step for step in plan)


def test_counts_follow_status_and_assignment(make: Make, clock: ManualClock) -> None:
    agent = make.agent()
    made = [make.conversation() for _ in range(4)]
    with make.work(make.system) as work:
        for conversation in made[:2]:
            conversations.record_assignment(
                work,
                conversation.id,
                queue=None,
                users=[str(agent.id)],
                teams=[],
                reason=Reason("by_hand", "Taken"),
            )
    with make.work(agent) as work:
        conversations.close(work, made[0].id)
        conversations.snooze(work, made[2].id, until=clock.in_(hours=1))
        counts = count_conversations(work)

    assert (counts.mine, counts.unassigned, counts.all, counts.done, counts.snoozed) == (1, 1, 2, 1, 1)


def test_messages_of_a_customer_are_merged_newest_first(make: Make, clock: ManualClock) -> None:
    visitor = make.visitor()
    said = []
    first = make.conversation("m0", visitor=visitor)
    second = make.conversation("m1", visitor=make.as_customer(visitor))
    for number in range(2, 12):
        clock.advance(seconds=1)
        said.append(make.message(first if number % 3 else second, f"m{number}").body)

    with make.work(make.system) as work:
        page, total = list_messages_of_customer(work, first.customer, limit=4, offset=0)
        later, _total = list_messages_of_customer(work, first.customer, limit=4, offset=4)
        everything, _total = list_messages_of_customer(work, first.customer, limit=100, offset=0)
        listed, of_all = list_all_messages(work, limit=100, offset=0)

    assert total == of_all == 12
    assert [one.body for one in page] == said[::-1][:4]
    assert [one.body for one in later] == said[::-1][4:8]
    assert [one.id for one in everything] == [one.id for one in listed]


def test_a_page_of_messages_ascends_and_says_whether_there_are_more(make: Make) -> None:
    conversation = make.conversation("m1")
    for number in range(2, 8):
        make.message(conversation, f"m{number}")

    with make.work(make.system) as work:
        newest, more = conversations.list_messages_before(work, conversation.id, before=None, limit=3)
        older, still = conversations.list_messages_before(work, conversation.id, before=newest[0].id, limit=3)
        oldest, end = conversations.list_messages_before(work, conversation.id, before=older[0].id, limit=3)

    assert [[one.body for one in page] for page in (newest, older, oldest)] == [
        ["m5", "m6", "m7"],
        ["m2", "m3", "m4"],
        ["m1"],
    ]
    assert (more, still, end) == (True, True, False)


@pytest.mark.anyio
@pytest.mark.parametrize("what", ["conversations", "messages"])
async def test_what_a_customer_said_has_a_hundred_pages(api: httpx.AsyncClient, what: str) -> None:
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    path = f"/v1/customers/{ana}"
    await created(api, f"{path}/messages", {"channel": "chat", "direction": "in", "body": "Hi"})

    pages = [await got(api, f"{path}/{what}?page={page}&pageSize=100") for page in (1, 100)]

    assert [(len(one["data"]), one["meta"]["total"]) for one in pages] == [(1, 1), (0, 1)]
    refused = await api.get(f"{path}/{what}?page=101")
    assert refusal(refused) == (400, "search_too_costly", "page")
