"""A conversation whose service level is another, or none, while somebody waits: nothing is forgotten, or said twice."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.conversations.events import Reason
from kithdesk.core.clock import HOUR, MINUTE, Instant, iso
from kithdesk.customers import CustomerId, update_customer
from kithdesk.sla import Target
from kithdesk.timeline import read_events
from tests.sla.houses import House

pytestmark = pytest.mark.anyio

SALES, RETURNS = "8" * 24, "9" * 24
IN_SALES: dict[str, Any] = {"and": [{"conversation_queue": {"equals": SALES}}]}
IN_RETURNS: dict[str, Any] = {"and": [{"conversation_queue": {"equals": RETURNS}}]}
VIP: dict[str, Any] = {"and": [{"customer_tags": {"contains": "vip"}}]}


async def hand_off(house: House, conversation: ConversationId, queue: str, why: str = "handed_off") -> None:
    reason = Reason(why, "Why it moved.")
    await house.run(
        conversations.record_assignment, conversation, queue=queue, users=[], teams=[], reason=reason
    )


async def tag(house: House, conversation: ConversationId, *tags: str) -> None:
    customer = (await house.read(conversations.get_conversation, conversation)).customer
    await house.run(update_customer, CustomerId(customer), {"tags": list(tags)}, is_undo=True)


async def last_told(house: House, conversation: ConversationId, kind: str) -> dict[str, Any]:
    customer = (await house.read(conversations.get_conversation, conversation)).customer
    found = await house.read(read_events, customer, after=0, limit=1_000)
    told = next(one for one in reversed(found) if one.event.kind == kind)
    shown: dict[str, Any] = told.event.for_agents(told)
    return shown


async def test_a_handed_off_conversation_says_what_had_been_promised(house: House) -> None:
    await house.policy("Quick", criteria=IN_SALES, metrics={"firstResponse": Target(seconds=600)})
    await house.policy("Slow", criteria=IN_RETURNS)
    conversation = await house.arrive()
    due = Instant(house.clock.now() + 10 * MINUTE)
    await hand_off(house, conversation, SALES)

    await hand_off(house, conversation, RETURNS)

    told = await last_told(house, conversation, "sla.matched")
    assert (told["sla"]["name"], told["cause"]) == ("Slow", "handed_on")
    assert told["left"] == {"name": "Quick", "dueAt": {"firstResponse": iso(due)}}


async def test_what_overflowed_was_handed_on_by_nobody(house: House) -> None:
    await house.policy("Quick", criteria=IN_SALES)
    await house.policy("Slow", criteria=IN_RETURNS)
    conversation = await house.arrive()
    await hand_off(house, conversation, SALES)

    await hand_off(house, conversation, RETURNS, "overflowed")

    told = await last_told(house, conversation, "sla.matched")
    assert (told["sla"]["name"], told["cause"]) == ("Slow", "overflowed")


async def test_where_nothing_is_promised_any_more_that_is_said(house: House) -> None:
    await house.policy("Quick", criteria=IN_SALES, metrics={"firstResponse": Target(seconds=600)})
    conversation = await house.arrive()
    due = Instant(house.clock.now() + 10 * MINUTE)
    await hand_off(house, conversation, SALES)

    await hand_off(house, conversation, RETURNS)

    told = await last_told(house, conversation, "sla.unmatched")
    assert (told["sla"], told["cause"]) == (None, "handed_on")
    assert told["left"] == {"name": "Quick", "dueAt": {"firstResponse": iso(due)}}


async def test_what_is_promised_as_soon_as_before_left_nothing_behind(house: House) -> None:
    await house.policy("Slow", criteria=IN_SALES)
    await house.policy("Quick", criteria=IN_RETURNS, metrics={"firstResponse": Target(seconds=600)})
    conversation = await house.arrive()
    await hand_off(house, conversation, SALES)

    await hand_off(house, conversation, RETURNS)

    assert (await last_told(house, conversation, "sla.matched"))["left"] == {"name": "Slow", "dueAt": {}}


async def test_a_wait_that_was_late_stays_late_in_a_more_patient_queue(house: House) -> None:
    await house.policy("Quick", criteria=IN_SALES, metrics={"firstResponse": Target(seconds=600)})
    await house.policy("Slow", criteria=IN_RETURNS)
    conversation = await house.arrive()
    due = Instant(house.clock.now() + 10 * MINUTE)
    await hand_off(house, conversation, SALES)
    await house.pass_time(minutes=20)

    await hand_off(house, conversation, RETURNS)

    found = await house.sla(conversation)
    assert (found["name"], found["breached"], found["dueAt"]) == ("Slow", True, iso(due))
    await house.pass_time(hours=2)
    assert (await house.kinds(conversation)).count("breached") == 1


async def test_the_next_wait_in_the_more_patient_queue_is_its_own(house: House) -> None:
    answered = {"longestUnrespondedMessage": Target(seconds=600)}
    await house.policy("Quick", criteria=IN_SALES, metrics=answered)
    await house.policy(
        "Slow", criteria=IN_RETURNS, metrics={"longestUnrespondedMessage": Target(seconds=3_600)}
    )
    conversation = await house.arrive()
    await hand_off(house, conversation, SALES)
    await house.pass_time(minutes=20)
    await hand_off(house, conversation, RETURNS)
    await house.answers(conversation)
    await house.pass_time(minutes=1)

    await house.writes(conversation)

    assert (await house.sla(conversation))["dueAt"] == iso(Instant(house.clock.now() + HOUR))
    await house.pass_time(hours=1)
    assert (await house.kinds(conversation)).count("breached") == 2


@pytest.mark.parametrize("between", ["another policy", "none"])
async def test_who_is_tagged_untagged_and_tagged_again_is_told_broken_once(
    house: House, between: str
) -> None:
    """As an import does that is taken back."""
    await house.policy("Gold", criteria=VIP, metrics={"firstResponse": Target(seconds=600)})
    if between == "another policy":
        await house.policy("Everybody")
    conversation = await house.arrive()
    await tag(house, conversation, "vip")
    await house.pass_time(minutes=20)
    assert (await house.kinds(conversation)).count("breached") == 1

    for _ in range(2):
        await tag(house, conversation)
        await house.pass_time(minutes=1)
        await tag(house, conversation, "vip")
        await house.pass_time(minutes=1)

    found = await house.sla(conversation)
    assert (found["name"], found["breached"]) == ("Gold", True)
    assert (await house.kinds(conversation)).count("breached") == 1
    await house.answers(conversation)
    await tag(house, conversation)
    await tag(house, conversation, "vip")
    assert (await house.kinds(conversation)).count("breached") == 1


async def test_the_first_breach_is_remembered_also_after_a_time_without_a_policy(house: House) -> None:
    await house.policy("Gold", criteria=VIP, metrics={"firstResponse": Target(seconds=600)})
    conversation = await house.arrive()
    due = Instant(house.clock.now() + 10 * MINUTE)
    await tag(house, conversation, "vip")
    await house.pass_time(minutes=20)
    await house.answers(conversation)
    await tag(house, conversation)
    assert await house.sla(conversation) is None

    await tag(house, conversation, "vip")

    assert (await house.sla(conversation))["summary"]["firstBreachAt"] == iso(due)
