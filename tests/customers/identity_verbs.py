"""What browsers do in the machine's histories, as chat does it."""

from __future__ import annotations

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, VisitorId


def begin(work: Work, opening: str, client_id: str) -> conversations.Sent:
    """As chat does: the first message makes the customer."""
    author = work.actor.author or ""
    customer = customers.customer_of_visitor(work, VisitorId(author))
    _judge(work)
    return conversations.receive(
        work,
        conversation=None,
        new_conversation=opening,
        customer=CustomerId(customer),
        author=author,
        client_id=client_id,
        body="Hello",
    )


def say(work: Work, conversation: str, client_id: str) -> conversations.Sent:
    _judge(work)
    return conversations.receive(
        work,
        conversation=ConversationId(conversation),
        new_conversation=None,
        customer=CustomerId(work.actor.id or ""),
        author=work.actor.author or "",
        client_id=client_id,
        body="Hello",
    )


def _judge(work: Work) -> None:
    found = customers.find_visitor(work, VisitorId(work.actor.author or ""))
    assert found is not None
    work.actor = conversations.as_known_now(work, work.actor, found)
