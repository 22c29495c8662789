"""A customer writes: once, whatever the network repeats."""

from __future__ import annotations

import pytest

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId, Sent
from kithdesk.conversations.errors import ConversationEnded, EmptyMessage, MessageIdReused, MessageTooLong
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.customers import CustomerId, VisitorId
from tests.make import Make


def send(
    make: Make,
    actor: Actor,
    *,
    conversation: str | None = None,
    new: str | None = None,
    id: str = "m1",
    body: str = "Hello",
) -> Sent:
    with make.work(actor) as work:
        customer = actor.id or customers.customer_of_visitor(work, VisitorId(actor.author or ""))
        return conversations.receive(
            work,
            conversation=None if conversation is None else ConversationId(conversation),
            new_conversation=new,
            customer=CustomerId(customer),
            author=actor.author or "",
            client_id=id,
            body=body,
        )


def kinds_of(make: Make, actor: Actor, **how: str) -> list[str]:
    with make.work(actor) as work:
        customer = customers.customer_of_visitor(work, VisitorId(actor.author or ""))
        conversations.receive(
            work,
            conversation=None,
            new_conversation=how.get("new", "n1"),
            customer=customer,
            author=actor.author or "",
            client_id=how.get("id", "m1"),
            body=how.get("body", "Hello"),
        )
        return [recorded.event.kind for recorded in work.published]


def test_the_first_message_makes_the_customer_and_the_conversation(make: Make) -> None:
    visitor = make.visitor()

    assert kinds_of(make, visitor) == ["customer.created", "conversation.opened", "message.created"]

    customer = make.as_customer(visitor)
    assert customer.display_name == f"Visitor {(customer.id or '')[-4:].upper()}"
    with make.work(make.system) as work:
        found = customers.get_customer(work, CustomerId(customer.id or ""))
    assert found.activity.conversations_open == 1
    assert found.activity.preview == "Hello"


def test_a_message_counts_on_its_conversation(make: Make) -> None:
    conversation = make.conversation("First")
    make.message(conversation, "Second  line\nhere")

    seen = make.seen(conversation.id)

    assert (seen.message_count, seen.in_count, seen.unread_for_agents) == (2, 2, 2)
    assert seen.preview == "Second line here"
    assert seen.last_message_direction == "in"
    assert seen.waiting_since == conversation.first_in_at


def test_T70_the_same_client_id_is_the_same_message(make: Make) -> None:
    visitor = make.visitor()
    first = send(make, visitor, new="n1")

    again = send(make, make.as_customer(visitor), new="n1")

    assert again.is_repeat
    assert (again.message, again.event, again.conversation) == (
        first.message,
        first.event,
        first.conversation,
    )
    assert make.seen(first.conversation).message_count == 1


def test_T70_the_same_client_id_with_another_body_is_refused_and_changes_nothing(make: Make) -> None:
    visitor = make.visitor()
    first = send(make, visitor, new="n1")

    with pytest.raises(MessageIdReused):
        send(make, make.as_customer(visitor), new="n1", body="Something else")

    assert make.seen(first.conversation).message_count == 1


def test_a_name_for_a_new_conversation_is_its_authors_for_ever(make: Make) -> None:
    visitor = make.visitor()
    first = send(make, visitor, new="n1", id="m1")

    second = send(make, make.as_customer(visitor), new="n1", id="m2", body="More")

    assert second.conversation == first.conversation
    assert not second.is_repeat


def test_two_authors_may_choose_the_same_ids(make: Make) -> None:
    one, two = make.visitor(), make.visitor()

    first, second = send(make, one, new="n1"), send(make, two, new="n1")

    assert first.conversation != second.conversation
    assert not second.is_repeat


def test_a_client_id_belongs_to_its_conversation(make: Make) -> None:
    visitor = make.visitor()
    send(make, visitor, new="n1", id="m1")

    other = send(make, make.as_customer(visitor), new="n2", id="m1", body="Another matter")

    assert not other.is_repeat


@pytest.mark.parametrize("status", ["done", "snoozed"])
def test_a_customers_message_opens_what_was_put_away(make: Make, clock: ManualClock, status: str) -> None:
    until = clock.in_(hours=1) if status == "snoozed" else None
    conversation = make.conversation(status=status, until=until)

    make.message(conversation)

    seen = make.seen(conversation.id)
    assert seen.is_open
    assert seen.reopen_count == 1


def test_nothing_more_is_said_in_what_has_ended(make: Make) -> None:
    conversation = make.conversation()
    with make.work(make.system) as work:
        conversations.end(work, conversation.id)

    with pytest.raises(ConversationEnded):
        make.message(conversation)

    assert make.seen(conversation.id).message_count == 1


def test_a_repeat_of_what_was_said_before_the_end_is_answered(make: Make) -> None:
    visitor = make.visitor()
    first = send(make, visitor, new="n1")
    with make.work(make.system) as work:
        conversations.end(work, first.conversation)

    assert send(make, make.as_customer(visitor), new="n1").is_repeat


def test_T17_anothers_conversation_is_no_conversation(make: Make) -> None:
    theirs = make.conversation()
    visitor = make.visitor()
    send(make, visitor, new="n1")

    with pytest.raises(NotFound):
        send(make, make.as_customer(visitor), conversation=theirs.id, id="m2")
    with pytest.raises(NotFound):
        send(make, make.as_customer(visitor), conversation="f" * 24, id="m2")

    assert make.seen(theirs.id).message_count == 1


def test_T22_another_organisations_conversation_is_no_conversation(make: Make, other: Make) -> None:
    theirs = other.conversation()
    visitor = make.visitor()
    send(make, visitor, new="n1")

    with pytest.raises(NotFound):
        send(make, make.as_customer(visitor), conversation=theirs.id, id="m2")

    assert other.seen(theirs.id).message_count == 1


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("", EmptyMessage),
        (" \n\t", EmptyMessage),
        ("\u200b \u200d\u2060\ufeff\xad", EmptyMessage),
        ("x" * 32_769, MessageTooLong),
        ("é" * 16_385, MessageTooLong),
        ("nul\0", BadParameter),
        ("half \ud83d", BadParameter),
    ],
)
def test_T45_a_body_that_cannot_be_kept_is_refused(make: Make, body: str, refusal: type[Exception]) -> None:
    visitor = make.visitor()
    sent = send(make, visitor, new="n1")

    with pytest.raises(refusal):
        send(make, make.as_customer(visitor), conversation=sent.conversation, id="m2", body=body)

    assert make.seen(sent.conversation).message_count == 1


def test_a_body_of_32_kib_is_kept_whole(make: Make) -> None:
    visitor = make.visitor()

    sent = send(make, visitor, new="n1", body="é" * 16_384)

    assert sent.message["body"] == "é" * 16_384


@pytest.mark.parametrize("id", ["", "x" * 65, "line\nbreak"])
def test_a_client_id_has_1_to_64_characters(make: Make, id: str) -> None:
    with pytest.raises(BadParameter):
        send(make, make.visitor(), new="n1", id=id)


def test_a_visitors_message_takes_few_statements(make: Make) -> None:
    conversation = make.conversation()
    customer = Actor(
        organisation=make.organisation, type="customer", id=conversation.customer, author=conversation.author
    )
    statements: list[str] = []

    with make.work(customer) as work:
        work._connection.connection.set_trace_callback(statements.append)  # type: ignore[attr-defined]
        conversations.receive(
            work,
            conversation=conversation.id,
            new_conversation=None,
            customer=conversation.customer,
            author=customer.author or "",
            client_id="m9",
            body="Hello again",
        )
        work._connection.connection.set_trace_callback(None)  # type: ignore[attr-defined]

    assert [statement.split()[0] for statement in statements] == ["SELECT", "INSERT", "UPDATE", "UPDATE"]
