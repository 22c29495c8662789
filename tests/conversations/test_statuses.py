"""Open, snoozed, done: who and when, and what wakes what."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import conversations
from kithdesk.conversations import Conversation, ConversationId
from kithdesk.conversations.entities import reference_of
from kithdesk.conversations.errors import ConversationDone, SnoozeInThePast
from kithdesk.conversations.events import ConversationUpdated
from kithdesk.conversations.statuses import wake_up
from kithdesk.conversations.timers import WakeUp, wake_up_key
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import DAY, Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.core.events import Event, Recorded
from kithdesk.core.jobs import jobs
from kithdesk.customers import Reference
from tests.api import Tenant, created, got
from tests.make import Make


def timers(make: Make) -> list[int]:
    """When the waiting timers of wake-ups are due."""
    with make.work(make.system) as work:
        return [row.run_at for row in work.execute(jobs.select().where(jobs.c.kind == WakeUp.kind))]


def test_closing_says_who_and_when(make: Make, clock: ManualClock) -> None:
    conversation, agent = make.conversation(), make.agent()
    clock.advance(minutes=5)

    with make.work(agent) as work:
        conversations.close(work, conversation.id)

    seen = make.seen(conversation.id)
    assert (seen.is_done, seen.done_count, seen.status_at) == (True, 1, clock.now())
    assert Reference("user", agent.id) == reference_of(seen.status_by)


def test_closing_twice_states_it_once(make: Make) -> None:
    conversation = make.conversation(status="done")

    with make.work(make.agent()) as work:
        conversations.close(work, conversation.id)
        assert work.published == []


def test_a_snoozed_conversation_comes_back_on_time(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation(until=clock.in_(hours=2))
    assert timers(make) == [clock.in_(hours=2)]

    clock.advance(hours=2)
    with make.work(make.system) as work:
        wake_up(work, WakeUp(conversation=conversation.id))

    seen = make.seen(conversation.id)
    assert seen.is_open
    assert seen.snooze is not None
    assert seen.snooze["status"] == "elapsed"


def test_a_second_snooze_replaces_the_first(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation(until=clock.in_(hours=2))

    with make.work(make.agent()) as work:
        conversations.snooze(work, conversation.id, until=clock.in_(hours=5))
    assert timers(make) == [clock.in_(hours=5)]

    clock.advance(hours=2)
    with make.work(make.system) as work:
        wake_up(work, WakeUp(conversation=conversation.id))  # a timer that was already running
    assert make.seen(conversation.id).is_snoozed


def test_a_timer_that_goes_off_by_a_wrong_clock_waits_on(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation(until=clock.in_(hours=2))

    with make.work(make.system) as work:
        work.cancel(wake_up_key(conversation.id))  # the timer that runs now
        wake_up(work, WakeUp(conversation=conversation.id))

    assert make.seen(conversation.id).is_snoozed
    assert timers(make) == [clock.in_(hours=2)]


def test_waking_by_hand_takes_the_timer_back(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation(until=clock.in_(hours=2))

    with make.work(make.agent()) as work:
        conversations.reopen(work, conversation.id)

    assert timers(make) == []
    snooze = make.seen(conversation.id).snooze
    assert snooze is not None
    assert snooze["status"] == "canceled"


def test_a_done_conversation_cannot_be_snoozed(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation(status="done")

    with make.work(make.agent()) as work, pytest.raises(ConversationDone):
        conversations.snooze(work, conversation.id, until=clock.in_(hours=2))

    assert timers(make) == []


@pytest.mark.parametrize("ahead", [0, -1, 3_660 * DAY + 1])
def test_snoozing_is_until_later_within_ten_years(make: Make, clock: ManualClock, ahead: int) -> None:
    conversation = make.conversation()

    with make.work(make.agent()) as work, pytest.raises(SnoozeInThePast):
        conversations.snooze(work, conversation.id, until=Instant(clock.now() + ahead))

    assert make.seen(conversation.id).is_open


def test_T22_another_organisation_changes_nothing(make: Make, other: Make) -> None:
    conversation = make.conversation()

    with other.work(other.admin()) as work, pytest.raises(NotFound):
        conversations.close(work, conversation.id)

    assert make.seen(conversation.id).is_open


def test_ending_is_for_good_and_once(make: Make) -> None:
    conversation, agent = make.conversation(), make.agent()

    with make.work(agent) as work:
        conversations.end(work, conversation.id, reason="solved")
        conversations.end(work, conversation.id)
        assert [recorded.event.kind for recorded in work.published] == ["conversation.ended"]
        data = work.published[0].event.for_visitors(work.published[0])

    assert make.seen(conversation.id).is_ended
    assert data is not None
    assert data["endedBy"] == {"type": "user", "displayName": "Ana"}
    assert "reason" not in data  # agents' own words


def test_an_agent_who_ends_it_says_themselves_when_it_is_done(make: Make) -> None:
    conversation = make.conversation()
    make.reply(conversation)

    with make.work(make.agent()) as work:
        conversations.end(work, conversation.id)

    assert make.seen(conversation.id).is_open


def test_a_customer_who_ends_what_is_answered_closes_it(make: Make) -> None:
    conversation = make.conversation()
    make.reply(conversation)

    stated = _end_as_its_customer(make, conversation)

    assert [fact.event.kind for fact in stated] == ["conversation.ended", "conversation.updated"]
    assert [fact.actor.type for fact in stated] == ["customer", "system"]
    closed = stated[1].event
    assert isinstance(closed, ConversationUpdated)
    assert closed.cause == "ended"
    assert make.seen(conversation.id).is_done
    assert _end_as_its_customer(make, conversation) == []


def test_what_nobody_answered_stays_open_when_its_customer_ends_it(make: Make) -> None:
    conversation = make.conversation()
    make.reply(conversation)
    make.message(conversation, "And the lid?")

    _end_as_its_customer(make, conversation)

    seen = make.seen(conversation.id)
    assert (seen.is_ended, seen.is_open) == (True, True)


def test_what_an_agent_snoozed_comes_back_though_its_customer_ended_it(
    make: Make, clock: ManualClock
) -> None:
    conversation = make.conversation()
    make.reply(conversation)
    with make.work(make.agent()) as work:
        conversations.snooze(work, conversation.id, until=clock.in_(hours=2))

    _end_as_its_customer(make, conversation)

    assert make.seen(conversation.id).is_snoozed
    assert timers(make) == [clock.in_(hours=2)]


def _end_as_its_customer(make: Make, conversation: Conversation) -> list[Recorded[Event]]:
    customer = Actor(
        organisation=make.organisation,
        type="customer",
        id=conversation.customer,
        author=conversation.author,
    )
    with make.work(customer) as work:
        conversations.end(work, conversation.id)
        return list(work.published)


@pytest.mark.anyio
async def test_the_timer_wakes_it_up_by_itself(
    api: httpx.AsyncClient, desk: Desk, clock: ManualClock, acme: Tenant
) -> None:
    customer = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    message = await created(api, f"/v1/customers/{customer}/messages", {"body": "Hello", "direction": "in"})
    id = ConversationId(message["relationships"]["conversation"]["data"]["id"])
    await desk.run(conversations.snooze, id, until=clock.in_(hours=2), by=system(acme.id))

    clock.advance(hours=1, minutes=59)
    await desk.jobs.settle()
    assert (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]["status"] == "snoozed"
    clock.advance(minutes=1)
    await desk.jobs.settle()

    shown = (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]
    assert (shown["status"], shown["snooze"]["status"]) == ("open", "elapsed")
    last = (await got(api, f"/v1/customers/{customer}/timeline"))["data"][-1]["attributes"]
    assert (last["actor"]["type"], last["data"]["cause"]) == ("system", "timer")
