"""Since when a customer waits in a conversation: closing it ends the wait, and opening it again lets it go on."""

from __future__ import annotations

import pytest

from kithdesk import conversations
from kithdesk.conversations import Conversation, Words
from kithdesk.conversations.events import Change, ConversationUpdated
from kithdesk.conversations.rendering import draw_conversations
from kithdesk.core.clock import ManualClock, iso
from kithdesk.core.work import Work
from tests.make import Make


def change(make: Make, conversation: Conversation, status: str) -> None:
    with make.work(make.agent()) as work:
        conversations.change(work, conversation.id, {"status": status})


@pytest.fixture
def thanked(make: Make, clock: ManualClock) -> Conversation:
    """Answered; the customer said thanks, and it was closed. A week ago."""
    conversation = make.conversation("Where is it?")
    make.reply(conversation, "On its way")
    clock.advance(minutes=1)
    make.message(make.seen(conversation.id), "Thanks")
    clock.advance(minutes=1)
    change(make, conversation, "done")
    clock.advance(hours=24 * 7)
    return make.seen(conversation.id)


def test_who_writes_again_waits_from_then_on(make: Make, clock: ManualClock, thanked: Conversation) -> None:
    make.message(thanked, "It never came")
    clock.advance(minutes=1)
    make.message(make.seen(thanked.id), "Hello?")

    seen = make.seen(thanked.id)
    assert seen.is_open
    assert seen.waiting_since == clock.now() - 60_000


def test_what_an_agent_opens_again_unanswered_has_waited_so_long_as_it_had(
    make: Make, clock: ManualClock, thanked: Conversation
) -> None:
    change(make, thanked, "open")
    reopened = clock.now()
    clock.advance(minutes=1)

    assert make.seen(thanked.id).waiting_since == reopened - 60_000


def test_who_hears_of_it_is_told_since_when_they_wait(
    make: Make, clock: ManualClock, thanked: Conversation
) -> None:
    with make.work(make.agent()) as work:
        conversations.change(work, thanked.id, {"status": "open"})
        reopened = told(work)
    change(make, thanked, "done")
    clock.advance(hours=1)
    with make.work(make.system) as work:
        conversations.record_message(work, Words(body="Hello?", direction="in"), conversation=thanked.id)
        wrote_again = told(work)
    with make.work(make.system) as work:
        conversations.close(work, thanked.id)
        closed = told(work)

    before, now = iso(clock.in_(hours=-1, minutes=-1)), iso(clock.now())
    assert (reopened, wrote_again, closed) == (
        [Change(None, before)],
        [Change(None, now)],
        [Change(now, None)],
    )


def told(work: Work) -> list[Change]:
    """What was said of since when they wait."""
    events = (one.event for one in work.published if isinstance(one.event, ConversationUpdated))
    return [event.changes["lastMessageUnrespondedTo"] for event in events]


def test_what_was_said_before_it_was_closed_and_is_told_today_waits_from_today(
    make: Make, clock: ManualClock, thanked: Conversation
) -> None:
    words = Words(body="While you were closed", direction="in", sent_at=thanked.last_in_at)
    with make.work(make.system) as work:
        conversations.record_message(work, words, conversation=thanked.id)

    assert make.seen(thanked.id).waiting_since == clock.now()


def test_done_that_is_taken_back_at_once_never_was(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation("Where is it?")
    clock.advance(hours=1)

    for status in ("done", "open", "done", "open"):
        change(make, conversation, status)

    assert make.seen(conversation.id).waiting_since == conversation.first_in_at


def test_an_answer_counts_the_wait_without_the_time_it_was_closed(
    make: Make, clock: ManualClock, thanked: Conversation
) -> None:
    change(make, thanked, "open")
    clock.advance(minutes=2)

    make.reply(make.seen(thanked.id), "Did it fit?")

    with make.work(make.agent()) as work:
        (last, *_), _ = conversations.list_messages(work, thanked.id, kind="message", limit=10, offset=0)
    assert last.response_time == 3 * 60_000


def test_what_was_answered_waits_for_nothing_when_an_agent_opens_it_again(
    make: Make, clock: ManualClock
) -> None:
    conversation = make.conversation("Where is it?")
    make.reply(conversation, "On its way")
    change(make, conversation, "done")
    clock.advance(hours=1)

    change(make, conversation, "open")

    assert make.seen(conversation.id).waiting_since is None


def test_a_snooze_ends_no_wait(make: Make, clock: ManualClock) -> None:
    conversation = make.conversation("Where is it?", until=clock.in_(hours=2))
    clock.advance(hours=1)

    change(make, conversation, "open")

    assert make.seen(conversation.id).waiting_since == conversation.first_in_at


def test_nobody_waits_in_what_is_done(make: Make) -> None:
    conversation = make.conversation("Thanks")

    found = [shown_as_waiting(make, conversation)]
    for status in ("done", "open"):
        change(make, conversation, status)
        found.append(shown_as_waiting(make, conversation))

    assert found == [(True, True), (False, False), (True, True)]


def shown_as_waiting(make: Make, conversation: Conversation) -> tuple[bool, bool]:
    with make.work(make.agent()) as work:
        (drawn,) = draw_conversations(work, [make.seen(conversation.id)])
    shown = drawn["attributes"]
    names = ("lastMessageUnrespondedTo", "lastMessageUnrespondedToSinceLastDone")
    return shown[names[0]] is not None, shown[names[1]] is not None


def test_an_answer_in_what_was_closed_unanswered_is_no_late_answer(
    make: Make, clock: ManualClock, thanked: Conversation
) -> None:
    make.reply(thanked, "Did it fit?")

    with make.work(make.agent()) as work:
        (last, *_), _ = conversations.list_messages(work, thanked.id, kind="message", limit=10, offset=0)
    assert (last.body, last.response_time) == ("Did it fit?", None)
    assert make.seen(thanked.id).waiting_since is None


def test_what_was_recorded_while_it_was_open_again_waits_from_when_it_was_said(
    make: Make, clock: ManualClock, thanked: Conversation
) -> None:
    change(make, thanked, "open")
    make.reply(make.seen(thanked.id), "Did it fit?")
    change(make, thanked, "done")
    closed = clock.now()
    clock.advance(minutes=5)
    change(make, thanked, "open")
    words = Words(body="While you were closed", direction="in", sent_at=closed)
    with make.work(make.system) as work:
        conversations.record_message(work, words, conversation=thanked.id)

    clock.advance(minutes=5)
    make.message(make.seen(thanked.id), "Hello?")

    assert make.seen(thanked.id).waiting_since == closed
