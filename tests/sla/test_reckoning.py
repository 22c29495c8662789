from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, sla
from kithdesk.conversations.events import Reason
from kithdesk.core.clock import HOUR, iso
from kithdesk.sla import Target
from tests.sla.houses import House

pytestmark = pytest.mark.anyio

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


async def test_a_breach_is_stated_at_its_second_and_no_sooner(house: House) -> None:
    await house.policy(warn_before=600)
    conversation = await house.arrive()

    await house.pass_time(minutes=49, seconds=59)
    assert await house.kinds(conversation) == ["matched"]
    await house.pass_time(seconds=1)
    assert await house.kinds(conversation) == ["matched", "warned"]
    await house.pass_time(minutes=9, seconds=59.999)
    assert not (await house.sla(conversation))["breached"]
    await house.pass_time(seconds=0.001)

    found = await house.sla(conversation)
    assert await house.kinds(conversation) == ["matched", "warned", "breached"]
    assert found["breach"] == {"metric": "firstResponse", "at": iso(house.clock.now())}
    assert found["summary"]["firstBreachAt"] == iso(house.clock.now())
    assert found["status"] == "pending"


async def test_an_answer_in_time_keeps_the_promise_and_stops_the_timer(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()

    await house.pass_time(minutes=30)
    await house.answers(conversation)
    at = house.clock.now()
    await house.pass_time(hours=5)

    found = await house.sla(conversation)
    assert await house.kinds(conversation) == ["matched", "satisfied"]
    assert (found["status"], found["breached"], found["dueAt"]) == ("done", False, None)
    assert found["metrics"]["firstResponse"]["satisfiedAt"] == iso(at)
    assert found["summary"]["satisfiedAt"] == iso(at)


async def test_a_note_is_no_answer(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()

    await house.answers(conversation, kind="note")
    await house.pass_time(hours=1)

    assert (await house.sla(conversation))["breached"]


async def test_an_answer_that_overtakes_the_timer_does_not_hide_the_breach(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()

    house.clock.advance(hours=1, seconds=1)
    await house.answers(conversation)
    await house.pass_time(hours=1)

    assert await house.kinds(conversation) == ["matched", "clocked", "breached"]
    assert (await house.sla(conversation))["metrics"]["firstResponse"]["satisfiedAt"] is None


async def test_each_wait_for_a_reply_can_be_too_long_once(house: House) -> None:
    await house.policy(metrics={"nextReply": Target(seconds=60)})
    conversation = await house.arrive()
    await house.answers(conversation)

    for _ in range(2):
        await house.writes(conversation)
        await house.writes(conversation)
        await house.pass_time(minutes=2)
        await house.writes(conversation)
        await house.answers(conversation)

    assert (await house.kinds(conversation)).count("breached") == 2


async def test_messages_that_follow_each_other_cost_nothing(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()

    for _ in range(5):
        await house.writes(conversation)

    assert await house.kinds(conversation) == ["matched"]


async def test_a_snoozed_conversation_stands_still(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()
    await house.pass_time(minutes=10)

    await house.snoozes(conversation, until=house.clock.in_(hours=100))
    assert (await house.sla(conversation))["status"] == "paused"
    assert (await house.sla(conversation))["dueAt"] is None
    await house.pass_time(hours=100)

    assert (await house.sla(conversation))["dueAt"] == iso(house.clock.in_(minutes=50))
    await house.pass_time(minutes=50)
    assert (await house.sla(conversation))["breached"]


async def test_what_was_closed_unanswered_waits_again_when_an_agent_reopens_it(house: House) -> None:
    await house.policy(metrics={"nextReply": Target(seconds=60)})
    conversation = await house.arrive()
    await house.changes(conversation, status="done")
    await house.pass_time(hours=1)

    await house.changes(conversation, status="open")
    await house.pass_time(minutes=1)

    assert (await house.sla(conversation))["breach"]["metric"] == "nextReply"


async def test_a_customer_who_writes_again_reopens_and_waits(house: House) -> None:
    await house.policy(metrics={"nextReply": Target(seconds=60)})
    conversation = await house.arrive()
    await house.answers(conversation)
    await house.changes(conversation, status="done")

    await house.writes(conversation)

    assert (await house.sla(conversation))["dueAt"] == iso(house.clock.in_(minutes=1))


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


async def test_a_breach_of_an_earlier_policy_is_remembered(house: House) -> None:
    await house.policy("Urgent", criteria=URGENT, metrics={"firstResponse": Target(seconds=60)})
    await house.policy("Everything")
    conversation = await house.arrive()
    await house.changes(conversation, priority=5)
    await house.pass_time(minutes=2)

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


async def test_hours_are_those_of_the_schedule(house: House) -> None:
    # The clock begins on a Thursday at 20:26:40 UTC.
    schedule = await house.schedule({"5": [(600, 1_020)]})
    await house.policy(schedule=schedule.id)
    conversation = await house.arrive()

    assert (await house.sla(conversation))["dueAt"] == "2026-05-29T11:00:00.000Z"


async def test_a_schedule_that_changes_moves_the_clocks_that_run(house: House) -> None:
    schedule = await house.schedule({"5": [(600, 1_020)]})
    await house.policy(schedule=schedule.id)
    running = [await house.arrive() for _ in range(25)]
    answered = await house.arrive()
    await house.answers(answered)

    await house.reschedule(schedule.id, {"5": [(480, 1_020)]})
    await house.desk.jobs.settle()

    assert {(await house.sla(one))["dueAt"] for one in running} == {"2026-05-29T09:00:00.000Z"}
    assert (await house.sla(answered))["status"] == "done"
    await house.pass_time(hours=12.75)
    assert {(await house.sla(one))["breached"] for one in running} == {True}


async def test_timers_survive_a_restart_that_comes_too_late(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()
    due = house.clock.in_(hours=1)

    house.clock.advance(hours=30)
    await house.desk.jobs.settle()

    assert (await house.sla(conversation))["breach"]["at"] == iso(due)


async def test_a_clock_that_was_wrong_sets_the_timer_again(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()
    await house.run(_ring, conversation)

    await house.pass_time(hours=1)

    assert await house.kinds(conversation) == ["matched", "breached"]


def _ring(work: Any, conversation: str) -> None:
    from kithdesk.sla.jobs import ring
    from kithdesk.sla.timers import SlaDue

    ring(work, SlaDue(conversation=conversation))


async def test_history_that_a_program_records_asks_for_no_policy(house: House) -> None:
    from kithdesk.conversations.recording import Words, record_message
    from kithdesk.customers import create_customer

    await house.policy()
    customer = await house.run(create_customer)
    words = Words(body="Long ago", direction="in", sent_at=house.clock.in_(days=-30))
    sent = await house.run(record_message, words, customer=customer)

    assert await house.sla(sent.conversation) is None
    await house.writes(sent.conversation)
    assert await house.sla(sent.conversation) is None  # it waits already, and nothing else changed

    await house.changes(sent.conversation, priority=4)
    assert (await house.sla(sent.conversation))["breached"]


async def test_a_long_conversation_is_measured_as_exactly_as_a_short_one(house: House) -> None:
    await house.policy(metrics={"totalCustomerWaitTime": Target(seconds=101 * 60)})
    conversation = await house.arrive()

    for _ in range(100):
        await house.pass_time(minutes=1)
        await house.answers(conversation)
        await house.pass_time(minutes=1)
        await house.writes(conversation)

    assert (await house.sla(conversation))["dueAt"] == iso(house.clock.in_(minutes=1))


async def test_a_deleted_policy_stays_with_those_who_have_it_until_they_change(house: House) -> None:
    policy = await house.policy()
    conversation = await house.arrive()

    await house.run(sla.delete_policy, policy.id)
    await house.pass_time(hours=1)
    assert (await house.sla(conversation))["breached"]

    await house.changes(conversation, name="Changed")
    assert await house.sla(conversation) is None
    assert await house.sla(await house.arrive()) is None
