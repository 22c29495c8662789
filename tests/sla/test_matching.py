from __future__ import annotations

import pytest

from kithdesk import conversations, sla
from kithdesk.conversations.events import Reason
from kithdesk.conversations.recording import Words, record_message
from kithdesk.core.clock import HOUR, Instant, iso, parse_iso
from kithdesk.customers import create_customer, update_customer
from kithdesk.sla import METRICS, Target
from tests.sla.houses import House

pytestmark = pytest.mark.anyio

REPEATING = "a" * 9_000
DEAR = {"or": [{"message_body": {"contains": "a" * n + "b" + "a" * n}} for n in range(8, 28)]}
URGENT = {"and": [{"conversation_priority": {"gte": 5}}]}


async def test_the_first_policy_that_matches_is_the_conversations_sla(house: House) -> None:
    await house.policy("Refunds", criteria={"and": [{"message_body": {"contains": "refund"}}]})
    await house.policy("Everything")

    refund, other = await house.arrive("I want a refund"), await house.arrive("Hello")

    assert (await house.sla(refund))["name"] == "Refunds"
    assert (await house.sla(other))["name"] == "Everything"
    assert (await house.sla(other))["metrics"]["firstResponse"] == {
        "status": "pending",
        "startedAt": iso(house.clock.now()),
        "breachAt": iso(house.clock.in_(hours=1)),
        "breached": False,
        "warned": False,
        "satisfiedAt": None,
    }


async def test_without_policies_nothing_is_promised(house: House) -> None:
    conversation = await house.arrive()

    await house.answers(conversation)
    await house.writes(conversation)

    assert await house.sla(conversation) is None
    assert await house.told(conversation) == []


async def test_another_priority_has_another_target_from_the_beginning(house: House) -> None:
    await house.policy(metrics={"firstResponse": Target(seconds=3_600, by_priority={"5": 60})})
    conversation = await house.arrive()
    began = house.clock.now()
    await house.pass_time(minutes=30)

    await house.changes(conversation, priority=5)

    found = await house.sla(conversation)
    assert found["breach"] == {"metric": "firstResponse", "at": iso(began + 60_000)}  # type: ignore[arg-type]


async def test_an_open_conversation_keeps_its_version_when_the_policy_changes(house: House) -> None:
    policy = await house.policy()
    before = await house.arrive()

    changed = await house.change(policy.id, metrics={"firstResponse": Target(seconds=60)})
    after = await house.arrive()
    await house.changes(before, name="Still the same policy")

    assert changed.number == 2
    assert (await house.sla(before))["version"] == 1
    assert (await house.sla(before))["dueAt"] == iso(house.clock.in_(hours=1))
    assert (await house.sla(after))["version"] == 2
    assert (await house.sla(after))["dueAt"] == iso(house.clock.in_(minutes=1))


async def test_a_conversation_that_changes_is_asked_again_and_counted_from_its_beginning(
    house: House,
) -> None:
    await house.policy("Urgent", criteria=URGENT, metrics={"firstResponse": Target(seconds=1_800)})
    await house.policy("Everything")
    conversation = await house.arrive()
    began = house.clock.now()
    await house.pass_time(minutes=10)

    await house.changes(conversation, priority=5)

    found = await house.sla(conversation)
    assert (found["name"], found["matchedAt"]) == ("Urgent", iso(house.clock.now()))
    assert found["dueAt"] == iso(began + HOUR // 2)  # type: ignore[arg-type]


async def test_a_breach_of_an_earlier_policy_is_remembered_when_the_wait_is_over(house: House) -> None:
    await house.policy("Urgent", criteria=URGENT, metrics={"firstResponse": Target(seconds=60)})
    await house.policy("Everything")
    conversation = await house.arrive()
    await house.changes(conversation, priority=5)
    await house.pass_time(minutes=2)
    await house.answers(conversation)

    await house.changes(conversation, priority=3)

    found = await house.sla(conversation)
    assert (found["name"], found["breached"]) == ("Everything", False)
    assert found["summary"]["firstBreachAt"] is not None


async def test_a_conversation_that_no_policy_matches_any_more_has_none(house: House) -> None:
    await house.policy(criteria=URGENT)
    conversation = await house.arrive()
    await house.changes(conversation, priority=5)
    assert await house.sla(conversation) is not None

    await house.changes(conversation, priority=3)
    await house.pass_time(hours=2)

    assert await house.sla(conversation) is None
    assert await house.kinds(conversation) == ["matched", "unmatched"]


async def test_who_has_it_may_decide(house: House) -> None:
    queue = "9" * 24
    await house.policy(criteria={"and": [{"conversation_queue": {"equals": queue}}]})
    conversation = await house.arrive()
    assert await house.sla(conversation) is None

    await house.run(
        conversations.record_assignment,
        conversation,
        queue=queue,
        users=[],
        teams=[],
        reason=Reason("moved", "Moved."),
    )

    assert await house.sla(conversation) is not None


async def test_T42_what_costs_too_much_to_ask_takes_nothing_away(house: House) -> None:
    everybody = await house.policy("Everybody")
    conversation = await house.arrive(REPEATING)
    dear = [await house.policy(f"Dear {number}", criteria=DEAR) for number in range(20)]
    await house.run(sla.order_policies, [*(one.id for one in dear), everybody.id])
    assert await house.sla(await house.arrive(REPEATING)) is None

    await house.changes(conversation, priority=4)

    assert (await house.sla(conversation))["name"] == "Everybody"


async def test_two_organisations_keep_their_own_promises(house: House, other_house: House) -> None:
    await house.policy("Ours")
    mine, theirs = await house.arrive(), await other_house.arrive()

    await house.pass_time(hours=1)

    assert (await house.sla(mine))["breached"]
    assert await other_house.sla(theirs) is None


async def test_a_conversation_of_history_alone_has_no_policy_however_it_changes(house: House) -> None:
    await house.policy()
    history, left = await house.recall(days=30), await house.arrive()

    for one in (history, left):
        await house.changes(one, priority=4)
        await house.changes(one, status="done")
        await house.changes(one, status="open")
    customer = (await house.read(conversations.get_conversation, history)).customer
    await house.run(update_customer, customer, {"tags": ("vip",)})
    await house.recalls(history, days=2)
    await house.changes(history, name="Looked at")

    assert await house.sla(history) is None
    assert await house.sla(left) is not None


@pytest.mark.parametrize("answered", [False, True])
async def test_history_has_a_policy_from_when_the_customer_writes_again(house: House, answered: bool) -> None:
    await house.policy(metrics=dict.fromkeys(METRICS, Target(seconds=3_600)))
    history = await house.recall(days=30)
    if answered:
        await house.recalls(history, days=29, direction="out")
    await house.pass_time(hours=50)

    await house.writes(history)

    found = await house.sla(history)
    assert (found["breached"], found["dueAt"]) == (False, iso(house.clock.in_(hours=1)))
    assert found["metrics"]["nextReply" if answered else "firstResponse"]["status"] == "pending"
    await house.pass_time(hours=1)
    assert (await house.sla(history))["breached"]


async def test_history_that_an_agent_answers_is_late_for_nothing(house: House) -> None:
    await house.policy()
    history = await house.recall(days=30)
    await house.answers(history)

    await house.changes(history, priority=4)

    found = await house.sla(history)
    assert (found["breached"], found["status"]) == (False, "done")


async def test_a_wait_by_history_counts_from_when_it_was_recorded_also_without_a_policy_then(
    house: House,
) -> None:
    conversation = await house.arrive()
    await house.answers(conversation)
    await house.policy(metrics={"nextReply": Target(seconds=3_600)})
    await house.pass_time(hours=72)
    await house.recalls(conversation, days=2)
    recorded = house.clock.now()
    await house.pass_time(minutes=30)

    await house.changes(conversation, priority=4)

    found = await house.sla(conversation)
    assert (found["breached"], found["dueAt"]) == (False, iso(Instant(recorded + HOUR)))


async def test_history_that_opens_it_again_asks_for_no_policy(house: House) -> None:
    conversation = await house.arrive()
    await house.changes(conversation, status="done")
    await house.pass_time(hours=2)
    await house.policy()
    words = Words(body="On Friday", direction="in", sent_at=house.clock.now())
    await house.pass_time(hours=48)

    await house.run(record_message, words, conversation=conversation)

    assert (await house.read(conversations.get_conversation, conversation)).is_open
    assert await house.sla(conversation) is None
    await house.changes(conversation, status="done")
    await house.changes(conversation, status="open")
    assert await house.sla(conversation) is not None


@pytest.mark.parametrize("status", ["open", "snoozed", "done"])
async def test_history_makes_nothing_late_that_is_recorded(house: House, status: str) -> None:
    metrics = {"nextReply": Target(seconds=3_600)}
    await house.policy(metrics=metrics)
    conversation = await house.arrive()
    await house.answers(conversation)
    if status == "snoozed":
        await house.snoozes(conversation, until=house.clock.in_(days=9))
    elif status == "done":
        await house.changes(conversation, status="done")
    words = Words(body="On Friday", direction="in", sent_at=house.clock.now())
    await house.pass_time(hours=48)

    await house.run(record_message, words, conversation=conversation)

    found = await house.sla(conversation)
    assert (found["breached"], found["dueAt"]) == (False, iso(house.clock.in_(hours=1)))


async def test_what_is_centuries_old_is_counted_from_when_it_is_work(house: House) -> None:
    schedule = await house.schedule({"1": [(540, 1_020)]})
    await house.policy(schedule=schedule.id, metrics={"totalConversationOpenTime": Target(seconds=3_600)})
    customer = await house.run(create_customer)
    words = Words(body="Long ago", direction="in", sent_at=parse_iso("0001-02-03T00:00:00Z"))
    sent = await house.run(record_message, words, customer=customer)
    await house.answers(sent.conversation)

    await house.changes(sent.conversation, priority=4)

    assert not (await house.sla(sent.conversation))["breached"]


async def test_what_a_program_records_an_hour_late_is_measured_from_when_it_was_said(house: House) -> None:

    await house.policy()
    customer = await house.run(create_customer)
    words = Words(body="Just now", direction="in", sent_at=house.clock.in_(minutes=-50))
    sent = await house.run(record_message, words, customer=customer)

    assert (await house.sla(sent.conversation))["dueAt"] == iso(house.clock.in_(minutes=10))


async def test_a_deleted_policy_stays_with_those_who_have_it_until_they_change(house: House) -> None:
    policy = await house.policy()
    conversation = await house.arrive()

    await house.run(sla.delete_policy, policy.id)
    await house.pass_time(hours=1)
    assert (await house.sla(conversation))["breached"]

    await house.changes(conversation, name="Changed")
    assert await house.sla(conversation) is None
    assert await house.sla(await house.arrive()) is None
