from __future__ import annotations

import pytest

from kithdesk import calendar, conversations
from kithdesk.core.actors import system
from kithdesk.core.clock import iso
from kithdesk.sla import Target
from kithdesk.sla.subscribers import on_updated
from kithdesk.timeline import read_events
from tests.sla.houses import House
from tests.spine import sql

pytestmark = pytest.mark.anyio


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


async def test_what_kithdesk_itself_says_is_no_answer(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()

    await house.run(
        conversations.reply, conversation, client_id=None, body="We will be back", by=system(house.id)
    )
    await house.writes(conversation)
    await house.pass_time(hours=1)

    assert (await house.sla(conversation))["breach"]["metric"] == "firstResponse"


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


async def test_who_takes_done_back_leaves_the_promise_as_it_was(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()
    began = house.clock.now()
    await house.pass_time(minutes=20)
    await house.changes(conversation, status="done")
    assert (await house.sla(conversation))["status"] == "done"
    await house.pass_time(seconds=8)

    await house.changes(conversation, status="open")

    clock = (await house.sla(conversation))["metrics"]["firstResponse"]
    assert (clock["status"], clock["startedAt"]) == ("pending", iso(began))
    assert clock["breachAt"] == iso(house.clock.in_(minutes=40))


async def test_a_wait_that_was_late_is_late_when_it_is_opened_again_and_told_once(house: House) -> None:
    await house.policy()
    conversation = await house.arrive()
    await house.pass_time(hours=2)
    await house.changes(conversation, status="done")
    await house.pass_time(days=1)

    await house.changes(conversation, status="open")

    shown = await house.sla(conversation)
    assert (shown["breached"], shown["metrics"]["firstResponse"]["status"]) == (True, "pending")
    assert (await house.kinds(conversation)).count("breached") == 1


async def test_a_customer_who_writes_again_reopens_and_waits(house: House) -> None:
    await house.policy(metrics={"nextReply": Target(seconds=60)})
    conversation = await house.arrive()
    await house.answers(conversation)
    await house.changes(conversation, status="done")

    await house.writes(conversation)

    assert (await house.sla(conversation))["dueAt"] == iso(house.clock.in_(minutes=1))


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


async def test_a_schedule_that_is_deleted_leaves_the_organisations_own(house: House) -> None:
    await house.schedule({"5": [(720, 1_020)]})
    schedule = await house.schedule({"5": [(600, 1_020)]})
    await house.policy(schedule=schedule.id)
    conversation = await house.arrive()

    await house.run(calendar.delete_schedule, schedule.id)
    await house.desk.jobs.settle()

    assert (await house.sla(conversation))["dueAt"] == "2026-05-29T13:00:00.000Z"


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
    await sql(house.desk, f"UPDATE jobs SET run_at = {house.clock.now()} WHERE kind = 'sla.due'")
    await house.desk.jobs.settle()
    assert await house.kinds(conversation) == ["matched"]

    await house.pass_time(hours=1)

    assert await house.kinds(conversation) == ["matched", "breached"]


async def test_a_long_conversation_is_measured_as_exactly_as_a_short_one(house: House) -> None:
    await house.policy(metrics={"totalCustomerWaitTime": Target(seconds=101 * 60)})
    conversation = await house.arrive()

    for _ in range(100):
        await house.pass_time(minutes=1)
        await house.answers(conversation)
        await house.pass_time(minutes=1)
        await house.writes(conversation)

    assert (await house.sla(conversation))["dueAt"] == iso(house.clock.in_(minutes=1))


async def test_a_patient_promise_is_kept_also_after_a_strict_one_was_broken_long_ago(house: House) -> None:
    urgent = {"and": [{"conversation_priority": {"gte": 4}}]}
    await house.policy("Gold", criteria=urgent, metrics={"firstResponse": Target(seconds=36_000)})
    await house.policy("Silver", metrics={"firstResponse": Target(seconds=300)})
    conversation = await house.arrive()
    await house.pass_time(minutes=6)
    for _ in range(35):
        await house.answers(conversation)
        await house.writes(conversation)

    await house.changes(conversation, priority=5)

    assert (await house.kinds(conversation)).count("breached") == 1
    assert not (await house.sla(conversation))["breached"]


async def test_a_default_schedule_that_changes_moves_the_clocks_whose_own_is_deleted(house: House) -> None:
    default = await house.schedule({"5": [(720, 1_020)]})
    schedule = await house.schedule({"5": [(600, 1_020)]})
    await house.policy(schedule=schedule.id)
    conversation = await house.arrive()
    await house.run(calendar.delete_schedule, schedule.id)
    await house.desk.jobs.settle()

    await house.reschedule(default.id, {"5": [(480, 1_020)]})
    await house.desk.jobs.settle()

    assert (await house.sla(conversation))["dueAt"] == "2026-05-29T09:00:00.000Z"


async def test_a_schedule_that_changes_is_work_only_where_clocks_run(house: House) -> None:
    schedule = await house.schedule({"5": [(600, 1_020)]})
    policy = await house.policy(schedule=schedule.id)
    for minutes in range(1, 5):
        await house.change(policy.id, metrics={"firstResponse": Target(seconds=minutes * 60)})
    await house.arrive()

    await house.reschedule(schedule.id, {"5": [(480, 1_020)]})

    assert await sql(house.desk, "SELECT count(*) FROM jobs WHERE kind = 'sla.reclock'") == [(1,)]


async def test_a_status_that_is_told_late_does_not_undo_a_later_one(house: House) -> None:
    await house.policy(metrics={"totalConversationOpenTime": Target(seconds=3_600)})
    conversation = await house.arrive()
    await house.changes(conversation, status="done")
    await house.changes(conversation, status="open")
    customer = (await house.read(conversations.get_conversation, conversation)).customer
    told = await house.read(read_events, customer, after=0, limit=1_000)
    closed = next(one for one in told if one.event.kind == "conversation.updated")
    assert closed.event.status.after == "done"

    await house.run(on_updated, closed, by=system(house.id))

    assert (await house.sla(conversation))["status"] == "pending"
