"""Who may say that an e-mail went out, and who meets what was said by e-mail."""

from __future__ import annotations

import pytest

from kithdesk import conversations
from kithdesk.conversations import (
    Address,
    Conversation,
    Mailed,
    Words,
    emails_of,
    find_messages,
    record_message,
)
from kithdesk.conversations.errors import EmailNotSent, NotAChat
from kithdesk.conversations.events import MessageCreated
from kithdesk.core.actors import Actor
from kithdesk.core.clock import DAY, Instant, ManualClock
from kithdesk.core.errors import Forbidden
from tests.make import ACME, Make

pytestmark = pytest.mark.anyio


def _held_by_email(make: Make) -> Conversation:
    with make.work(make.system) as work:
        customer = make.customer("Ana").id
    with make.work(make.admin()) as work:
        words = Words(
            body="Hello",
            direction="in",
            channel="email",
            mailed=Mailed(subject="Flying", sender=Address("ana@example.com")),
        )
        id = record_message(work, words, customer=customer).conversation
    return make.seen(id)


def _program() -> Actor:
    return Actor(
        organisation=ACME, type="machine", id="7" * 24, author="7" * 24, roles=frozenset({"org.user"})
    )


def test_an_agents_reply_by_email_is_refused_and_a_note_is_not(make: Make) -> None:
    conversation, agent = _held_by_email(make), make.agent()

    with make.work(agent) as work, pytest.raises(EmailNotSent):
        conversations.reply(work, conversation.id, client_id="r", body="Sure")
    with make.work(agent) as work, pytest.raises(EmailNotSent):
        record_message(work, Words(body="Sure"), conversation=conversation.id)
    with make.work(agent) as work, pytest.raises(NotAChat):
        record_message(work, Words(body="Sure", channel="chat"), conversation=conversation.id)

    make.note(conversation, by=agent)
    assert (make.seen(conversation.id).message_count, make.seen(conversation.id).note_count) == (1, 1)


def test_a_program_records_what_it_has_sent(make: Make) -> None:
    conversation = _held_by_email(make)

    with make.work(_program()) as work:
        record_message(work, Words(body="Sure"), conversation=conversation.id)

    assert make.seen(conversation.id).waiting_since is None


def test_an_administrator_records_what_was_sent_when_they_say_when(make: Make, clock: ManualClock) -> None:
    conversation, admin = _held_by_email(make), make.admin()
    clock.advance(hours=1)

    with make.work(admin) as work, pytest.raises(EmailNotSent):
        record_message(work, Words(body="Sure"), conversation=conversation.id)
    at = clock.now()
    with make.work(make.agent()) as work, pytest.raises(Forbidden):
        record_message(work, Words(body="Sure", sent_at=at), conversation=conversation.id)
    with make.work(admin) as work:
        record_message(work, Words(body="Sure", sent_at=at), conversation=conversation.id)

    assert make.seen(conversation.id).last_message_direction == "out"


def test_T40_what_identifies_somebody_in_an_email_is_kept_apart(make: Make) -> None:
    conversation = _held_by_email(make)
    with make.work(make.system) as work:
        message = find_messages(work, [conversation.last_in or ""])
        kept = emails_of(work, message)[message[0].id]
    assert kept.subject == "Flying"

    with make.work(make.admin()) as work:
        record_message(
            work, Words(body="Hi", direction="in", mailed=Mailed(subject="Re")), conversation=conversation.id
        )
        facts, personal = work.published[-1].encoded or ("", None)
    assert isinstance(work.published[-1].event, MessageCreated)
    assert "Re" not in facts
    assert personal is not None
    assert '"subject":"Re"' in personal


# What a visitor sees of it


def test_T17_a_visitor_knows_of_no_conversation_that_is_held_by_email(make: Make) -> None:
    visitor = make.visitor()
    chat = make.conversation(visitor=visitor)
    known = make.as_customer(visitor)
    with make.work(make.admin()) as work:
        words = Words(body="By mail", direction="in", channel="email")
        sent = record_message(work, words, customer=conversations.get_conversation(work, chat.id).customer)

    with make.work(known) as work:
        listed = conversations.list_conversations(
            work, conversations.Wanted(customer=chat.customer), limit=10, offset=0
        )
        assert [one.id for one in listed[0]] == [chat.id]
        assert listed[1] == 1
        assert conversations.find_conversation(work, sent.conversation) is None
        assert not conversations.may_see_conversation(work, sent.conversation)
        assert conversations.find_messages(work, [sent.message["id"]]) == []
        last = conversations.find_last_of_customer(work, chat.customer)
        assert last is not None
        assert last.id == chat.id


def test_T17_what_came_by_email_into_a_chat_is_not_in_it_for_its_visitor(
    make: Make, clock: ManualClock
) -> None:
    visitor = make.visitor()
    chat = make.conversation("In chat", visitor=visitor)
    known = make.as_customer(visitor)
    clock.advance(hours=1)
    with make.work(_program()) as work:
        record_message(work, Words(body="By mail", channel="email"), conversation=chat.id)
    assert make.seen(chat.id).preview == "By mail"

    with make.work(known) as work:
        seen = conversations.get_conversation(work, chat.id)
        bodies = conversations.list_messages_before(work, chat.id, before=None, limit=10)[0]
    assert (seen.preview, seen.last_message_at, seen.unread_for_customer) == (
        "In chat",
        chat.last_message_at,
        0,
    )
    assert [one.body for one in bodies] == ["In chat"]


def test_a_read_chat_is_read_whatever_came_by_email(make: Make) -> None:
    visitor = make.visitor()
    chat = make.conversation(visitor=visitor)
    known, answer = make.as_customer(visitor), make.reply(chat)
    with make.work(_program()) as work:
        record_message(work, Words(body="By mail", channel="email"), conversation=chat.id)

    with make.work(known) as work:
        conversations.mark_read(work, chat.id, answer.id)

    assert make.seen(chat.id).unread_for_customer == 0


def test_old_words_are_dated_by_whoever_may(make: Make, clock: ManualClock) -> None:
    words = Words(body="Long ago", direction="in", channel="email", sent_at=Instant(clock.now() - 300 * DAY))
    customer = make.customer("Ana").id

    with make.work(_program()) as work, pytest.raises(Forbidden):
        record_message(work, words, customer=customer)
