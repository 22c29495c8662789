"""Overflow that leads to no other queue: the customer is told that it takes long, and waits on."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, routing
from kithdesk.conversations import ConversationId, get_conversation
from kithdesk.conversations.lists import list_messages
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import BadParameter
from kithdesk.core.work import Reads
from tests.routing.conftest import Browse
from tests.routing.shops import Shop

LONG = "It takes longer than usual today."


async def said(shop: Shop, conversation: ConversationId) -> list[str]:
    """What the program itself said in it."""
    found, _ = (await shop.desk.read(_messages, conversation, by=shop.by)).value
    return [message.body for message in found if message.sent_by_type == "system"]


def _messages(reads: Reads, conversation: ConversationId) -> Any:
    return list_messages(reads, conversation, kind="message", limit=50, offset=0)


async def test_who_waits_so_long_is_told_once_and_waits_on(shop: Shop, clock: ManualClock) -> None:
    await shop.queue("billing", overflow={"message": LONG, "after_seconds": 60})
    conversation = await shop.arrive("billing")
    clock.advance(seconds=59)
    await shop.desk.jobs.settle()
    before = await said(shop, conversation)

    clock.advance(seconds=1)
    await shop.desk.jobs.settle()
    await shop.writes_again(conversation)
    clock.advance(hours=1)
    await shop.desk.jobs.settle()

    item = await shop.item(conversation)
    assert (before, await said(shop, conversation)) == ([], [LONG])
    assert (item.state, item.offers_form) == ("queued", False)


async def test_who_comes_behind_so_many_is_told_at_once(shop: Shop) -> None:
    await shop.queue("billing", overflow={"message": LONG, "over_waiting": 2})

    waits = [await shop.arrive("billing") for _ in range(4)]

    assert [await said(shop, one) for one in waits] == [[], [], [LONG], [LONG]]


async def test_who_was_told_as_they_came_is_not_told_again_when_it_takes_long(
    shop: Shop, clock: ManualClock
) -> None:
    overflow = {"message": LONG, "over_waiting": 1, "after_seconds": 60}
    await shop.queue("billing", overflow=overflow)
    first, second = await shop.arrive("billing"), await shop.arrive("billing")
    as_they_came = [await said(shop, one) for one in (first, second)]

    clock.advance(seconds=60)
    await shop.desk.jobs.settle()

    assert as_they_came == [[], [LONG]]
    assert [await said(shop, one) for one in (first, second)] == [[LONG], [LONG]]


async def test_who_comes_back_another_day_is_told_anew(shop: Shop, clock: ManualClock) -> None:
    await shop.queue("billing", overflow={"message": LONG, "after_seconds": 60})
    conversation = await shop.arrive("billing")
    clock.advance(seconds=60)
    await shop.desk.jobs.settle()
    await shop.run(conversations.close, conversation, by=shop.admin)

    await shop.writes_again(conversation)
    clock.advance(seconds=60)
    await shop.desk.jobs.settle()

    assert await said(shop, conversation) == [LONG, LONG]


async def test_who_is_served_by_then_is_told_nothing(shop: Shop, clock: ManualClock) -> None:
    await shop.queue("billing", overflow={"message": LONG, "form": True, "after_seconds": 60})
    conversation = await shop.arrive("billing")
    ana = await shop.agent("ana")

    clock.advance(seconds=60)
    await shop.desk.jobs.settle()

    assert await shop.has(conversation) == [ana.id]
    assert await said(shop, conversation) == []


async def test_it_is_told_and_goes_on_to_another_queue(shop: Shop, clock: ManualClock) -> None:
    default = (await shop.desk.read(routing.find_default_queue, by=shop.by)).value
    overflow = {"message": LONG, "to_queue": default, "after_seconds": 60}
    await shop.queue("billing", overflow=overflow)
    conversation = await shop.arrive("billing")

    clock.advance(seconds=60)
    await shop.desk.jobs.settle()

    assert (await shop.item(conversation)).queue == default
    assert await said(shop, conversation) == [LONG]


async def test_being_told_ends_no_wait_and_is_no_answer(shop: Shop, clock: ManualClock) -> None:
    await shop.queue("billing", overflow={"message": LONG, "after_seconds": 60})
    conversation = await shop.arrive("billing")
    began = (await shop.desk.read(get_conversation, conversation, by=shop.by)).value.waiting_since
    clock.advance(seconds=60)
    await shop.desk.jobs.settle()
    told = (await shop.desk.read(get_conversation, conversation, by=shop.by)).value

    ana = await shop.agent("ana")
    clock.advance(seconds=60)
    await shop.run(conversations.reply, conversation, client_id="one", body="Here", by=ana)

    answered = (await shop.desk.read(get_conversation, conversation, by=shop.by)).value
    assert (told.waiting_since, told.first_response_at) == (began, None)
    assert (answered.waiting_since, answered.first_response_time) == (None, 120_000)


async def test_being_told_ends_no_wait_in_lists_either(
    shop: Shop, browse: Browse, clock: ManualClock
) -> None:
    await shop.queue("billing", overflow={"message": LONG, "after_seconds": 60})
    conversation = await shop.arrive("billing")
    clock.advance(seconds=60)
    await shop.desk.jobs.settle()
    ana = await shop.agent("ana")
    hers = await browse(shop, ana)
    customer = (await shop.desk.read(get_conversation, conversation, by=shop.by)).value.customer
    waits = {"and": [{"conversation_last_message_unresponded_to_sent_at": {"set": ""}}]}

    async def waiting() -> tuple[int, bool]:
        found = await hers.post("/v1/customers/search", json={**waits, "queryContext": "conversation"})
        shown = (await hers.get(f"/v1/customers/{customer}")).json()["data"]["attributes"]
        return len(found.json()["data"]), shown["lastMessageUnrespondedTo"] is not None

    told = await waiting()
    await shop.run(conversations.reply, conversation, client_id="one", body="Here", by=ana)

    assert (told, await waiting()) == ((1, True), (0, False))


async def test_overflow_says_where_to_and_when(shop: Shop) -> None:
    refused: list[dict[str, Any]] = [
        {"after_seconds": 60},
        {"message": " ", "after_seconds": 60},
        {"message": LONG},
        {"form": True},
        {"message": "x" * 1_001, "after_seconds": 60},
    ]
    for overflow in refused:
        with pytest.raises(BadParameter):
            await shop.run(routing.create_queue, "Billing", "billing", {"overflow": overflow}, by=shop.admin)


async def test_it_is_set_and_read_over_http(shop: Shop, browse: Browse) -> None:
    admin = await browse(shop, shop.admin)
    overflow = {"message": LONG, "form": True, "afterSeconds": 60}

    made = await admin.post("/v1/routing/queues", json={"name": "Billing", "overflow": overflow})

    shown = made.json()["data"]["attributes"]["overflow"]
    assert shown == {**overflow, "toQueue": None, "overWaiting": None}
