"""Agents write to the customer, and among themselves."""

from __future__ import annotations

import pytest

from kithdesk import conversations
from kithdesk.conversations.errors import ConversationEnded, MessageIdReused
from kithdesk.conversations.live import Direction, File
from kithdesk.conversations.message_queries import find_messages
from kithdesk.conversations.message_rows import direction_type_of, preview_of
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import Forbidden, NotFound
from tests.make import Make


@pytest.mark.parametrize(
    ("direction", "last", "expected"),
    [
        ("in", None, "initial-in"),
        ("out", None, "initial-out"),
        ("in", "in", "followup-in"),
        ("out", "out", "followup-out"),
        ("in", "out", "response-in"),
        ("out", "in", "response-out"),
    ],
)
def test_direction_type(direction: Direction, last: Direction | None, expected: str) -> None:
    assert direction_type_of(direction, last) == expected


def test_a_preview_is_one_line_of_at_most_140_characters() -> None:
    assert preview_of("  a\n\n b\tc ", ()) == "a b c"
    assert preview_of("x" * 140, ()) == "x" * 140
    assert preview_of("x" * 141, ()) == "x" * 139 + "…"
    file = File(id="f" * 24, name="photo.png", content_type="image/png", content_length=1)
    assert preview_of(" ", (file,)) == "photo.png"


def test_an_answer_ends_the_waiting_and_is_timed(make: Make, clock: ManualClock) -> None:
    conversation, agent = make.conversation(), make.agent()
    clock.advance(minutes=3)
    make.message(conversation)
    clock.advance(minutes=1)

    answer = make.reply(conversation, by=agent)
    clock.advance(minutes=9)
    make.reply(conversation, "Still there?", by=agent)

    seen = make.seen(conversation.id)
    assert answer.direction_type == "response-out"
    assert answer.response_time == 4 * 60_000
    assert seen.waiting_since is None
    assert (seen.first_response, seen.first_response_time) == (answer.id, 4 * 60_000)
    assert (seen.first_response_by, seen.unread_for_customer) == (agent.id, 2)


def test_a_note_is_no_message(make: Make) -> None:
    conversation = make.conversation("The question")

    note = make.note(conversation)

    seen = make.seen(conversation.id)
    assert (seen.message_count, seen.note_count) == (1, 1)
    assert seen.preview == "The question"
    assert seen.waiting_since is not None
    assert seen.last_activity_at == conversation.last_activity_at
    assert note.number == 2


def test_T17_a_visitor_never_sees_a_note(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    note, answer = make.note(conversation), make.reply(conversation)

    with make.work(make.as_customer(visitor)) as work:
        assert [found.id for found in find_messages(work, [note.id, answer.id])] == [answer.id]
        found, _more = conversations.list_messages_before(work, conversation.id, before=None, limit=10)
        assert [message.kind for message in found] == ["message", "message"]
        with pytest.raises(NotFound):
            conversations.list_messages_before(work, conversation.id, before=note.id, limit=10)


def test_a_repeated_reply_is_the_same_reply(make: Make) -> None:
    conversation, agent = make.conversation(), make.agent()
    with make.work(agent) as work:
        first = conversations.reply(work, conversation.id, client_id="r1", body="Hi")

    with make.work(agent) as work:
        again = conversations.reply(work, conversation.id, client_id="r1", body="Hi")
        assert work.published == []
        with pytest.raises(MessageIdReused):
            conversations.reply(work, conversation.id, client_id="r1", body="Hi", kind="note")

    assert (again.message, again.is_repeat) == (first.message, True)


def test_an_ended_conversation_takes_notes_but_no_messages(make: Make) -> None:
    conversation = make.conversation()
    with make.work(make.system) as work:
        conversations.end(work, conversation.id)

    with pytest.raises(ConversationEnded):
        make.reply(conversation)
    make.note(conversation)

    assert make.seen(conversation.id).note_count == 1


def test_a_visitor_cannot_reply_as_the_company(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)

    with make.work(make.as_customer(visitor)) as work, pytest.raises(Forbidden):
        conversations.reply(work, conversation.id, client_id="r1", body="Refund granted")


def test_T23_a_reply_into_another_organisation_is_not_found(make: Make, other: Make) -> None:
    theirs = other.conversation()

    with make.work(make.admin()) as work, pytest.raises(NotFound):
        conversations.reply(work, theirs.id, client_id="r1", body="Hi")

    assert other.seen(theirs.id).message_count == 1


def test_reading_moves_each_sides_mark_forward_only(make: Make, clock: ManualClock) -> None:
    visitor, agent = make.visitor(), make.agent()
    conversation = make.conversation(visitor=visitor)
    first, second = make.reply(conversation, "One", by=agent), make.reply(conversation, "Two", by=agent)
    customer = make.as_customer(visitor)
    clock.advance(minutes=1)

    with make.work(customer) as work:
        conversations.mark_read(work, conversation.id, first.id)
    assert make.seen(conversation.id).unread_for_customer == 1
    with make.work(customer) as work:
        conversations.mark_read(work, conversation.id, second.id)
        conversations.mark_read(work, conversation.id, first.id)
        conversations.mark_read(work, conversation.id, second.id)
        assert [recorded.event.kind for recorded in work.published] == ["message.read"]

    seen = make.seen(conversation.id)
    assert (seen.unread_for_customer, seen.unread_for_agents) == (0, 1)
    with make.work(customer) as work:
        found, _more = conversations.list_messages_before(work, conversation.id, before=None, limit=10)
    assert [message.read_at for message in found] == [None, clock.now(), clock.now()]


def test_reading_ones_own_message_states_nothing(make: Make) -> None:
    visitor = make.visitor()
    conversation = make.conversation(visitor=visitor)
    own = make.message(conversation)

    with make.work(make.as_customer(visitor)) as work:
        conversations.mark_read(work, conversation.id, own.id)
        assert work.published == []


def test_T17_anothers_message_cannot_be_read(make: Make) -> None:
    visitor = make.visitor()
    mine, theirs = make.conversation(visitor=visitor), make.conversation()
    answer = make.reply(theirs)

    with make.work(make.as_customer(visitor)) as work:
        with pytest.raises(NotFound):
            conversations.mark_read(work, theirs.id, answer.id)
        with pytest.raises(NotFound):
            conversations.mark_read(work, mine.id, answer.id)

    assert make.seen(theirs.id).unread_for_customer == 1
