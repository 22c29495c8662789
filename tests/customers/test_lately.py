"""What happened lately is what happened last, in whatever order it is told; and whoever waits anywhere, waits."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import conversations, customers
from kithdesk.conversations import Conversation, ConversationId, Opening, Words
from kithdesk.core.actors import Actor
from kithdesk.core.clock import DAY, Instant, ManualClock
from kithdesk.customers import CustomerId
from kithdesk.customers.queries import Activity
from tests.customers.test_merging import merge, record
from tests.customers.test_undoing import undo
from tests.make import Make

LATELY = (
    "last_seen_at",
    "last_activity_at",
    "last_customer_activity_at",
    "last_message_at",
    "last_in_at",
    "last_in_channel",
    "last_out_at",
    "last_conversation",
    "preview",
    "waiting_since",
)


def lately(activity: Activity) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in LATELY}


def tell(
    make: Make,
    customer: str,
    at: int,
    *,
    direction: Any = "in",
    conversation: str | None = None,
    by: Actor | None = None,
) -> ConversationId:
    """A program records what was said then."""
    words = Words(body=f"{direction} of then", direction=direction, sent_at=Instant(at))
    with make.work(by or make.admin()) as work:
        opened = ConversationId(conversation) if conversation else None
        opening = None if conversation else Opening(created_at=Instant(at))
        return conversations.record_message(
            work, words, conversation=opened, customer=CustomerId(customer), opening=opening
        ).conversation


def test_history_that_is_recorded_moves_nothing_back(make: Make, clock: ManualClock) -> None:
    now = make.conversation("I am here")
    make.reply(now, "So am I")
    clock.advance(seconds=1)
    make.message(now, "Good")
    before = record(make, now.customer).activity

    old = tell(make, now.customer, clock.now() - 390 * DAY)
    tell(make, now.customer, clock.now() - 389 * DAY, direction="out", conversation=old)

    assert lately(record(make, now.customer).activity) == lately(before)
    assert before.preview == "Good"
    with make.work(make.system) as work:
        found = customers.find_last_conversation(work, CustomerId(now.customer))
    assert found == now.id


def test_history_of_whoever_never_wrote_here_is_what_happened_last(make: Make, clock: ManualClock) -> None:
    then = Instant(clock.now() - 390 * DAY)
    with make.work(make.admin()) as work:
        ana = customers.create_customer(work, customers.Profile(name="Ana"), created_at=then)

    first = tell(make, ana, then)
    tell(make, ana, then + DAY, direction="out", conversation=first)
    tell(make, ana, then - DAY)

    told = record(make, ana).activity
    assert (told.last_message_at, told.last_in_at, told.last_out_at) == (then + DAY, then, then + DAY)
    assert told.last_activity_at == then + DAY
    assert (told.last_conversation, told.preview) == (first, "out of then")


def test_who_wrote_before_waits_longer(make: Make, clock: ManualClock) -> None:
    now = make.conversation("I am here")

    tell(make, now.customer, clock.now() - DAY)

    assert record(make, now.customer).activity.waiting_since == clock.now() - DAY


@pytest.fixture
def two(make: Make, clock: ManualClock) -> tuple[Conversation, Conversation]:
    """Tom waits in both, in the first one longer."""
    visitor = make.visitor()
    first = make.conversation("One", visitor=visitor)
    clock.advance(minutes=5)
    second = make.conversation("Two", visitor=visitor)
    clock.advance(minutes=5)
    return first, second


def waits(make: Make, conversation: Conversation) -> int | None:
    return record(make, conversation.customer).activity.waiting_since


def test_an_answer_elsewhere_ends_no_wait(make: Make, two: tuple[Conversation, Conversation]) -> None:
    first, second = two

    make.reply(second)
    assert waits(make, first) == first.first_in_at
    make.reply(first)
    assert waits(make, first) is None


def test_whom_the_older_answer_reached_waits_since_the_newer_question(
    make: Make, two: tuple[Conversation, Conversation]
) -> None:
    first, second = two

    make.reply(first)

    assert waits(make, first) == second.first_in_at


def test_nobody_waits_in_what_is_done_until_it_is_opened_again(
    make: Make, clock: ManualClock, two: tuple[Conversation, Conversation]
) -> None:
    first, second = two
    make.reply(second)

    for status, expected in (("done", None), ("open", clock.in_(minutes=50))):  # ten had passed
        with make.work(make.agent()) as work:
            conversations.change(work, first.id, {"status": status})
        assert waits(make, first) == expected
        clock.advance(hours=1)


def test_a_merge_and_its_undoing_change_nothing_of_who_waits(make: Make, clock: ManualClock) -> None:
    thanks, asked = make.conversation("Thanks", status="done"), make.conversation("Where is it?")
    clock.advance(minutes=1)
    assert (waits(make, thanks), waits(make, asked)) == (None, asked.first_in_at)

    made = merge(make, thanks.customer, asked.customer)
    assert waits(make, asked) == asked.first_in_at
    undo(make, made)

    assert (waits(make, thanks), waits(make, asked)) == (None, asked.first_in_at)
