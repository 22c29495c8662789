"""Programs write: messages of the company, messages of customers that came another way, and old ones of an import.

What a program records as the customer's is stated as the customer's, with the program as its author.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk import attributes
from kithdesk.conversations.emails import MAX_SUBJECT, Mailed, check_email, check_fits
from kithdesk.conversations.entities import Message
from kithdesk.conversations.errors import (
    ConversationEnded,
    EmailNotSent,
    MessageIdReused,
    NotAChat,
    NotYoursToSay,
)
from kithdesk.conversations.ids import AttachmentId, ConversationId
from kithdesk.conversations.live import CHAT, Channel, Direction, Email
from kithdesk.conversations.message_queries import emails_of, find_message_by_external_id
from kithdesk.conversations.opening import Opening, check_opening, open_conversation
from kithdesk.conversations.queries import get_conversation
from kithdesk.conversations.receiving import say_as_customer
from kithdesk.conversations.replying import say
from kithdesk.conversations.sending import Sent, Target, check_message, find_target, repeated
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.names import MAX_NAME, cleaned_or_none
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, check_may_date, get_customer


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A message to record. `sent_at`: when it was said, for imports."""

    body: str
    direction: Direction = "out"
    channel: Channel | None = None
    """Left out, the conversation's own; of a new one, chat."""
    mailed: Mailed | None = None
    client_id: str | None = None
    attachments: Sequence[AttachmentId] = ()
    sent_at: Instant | None = None
    external_id: str | None = None
    custom: dict[str, Any] = {}


def record_message(
    work: Work,
    words: Words,
    *,
    conversation: ConversationId | None = None,
    customer: CustomerId | None = None,
    opening: Opening | None = None,
) -> Sent:
    """Records a message in a conversation, or in a new one of the customer. Repeating it gives the first answer.

    It is the same one when its client id is the same for this program, or its external id for the organisation.
    Raises `NotFound`, `BadParameter`, `Conflict`, `ConversationEnded`, `EmailNotSent`, `NotAChat`, `NotYoursToDate`,
    `NotYoursToSay`, and refusals of the message.
    """
    subject = None if words.mailed is None else words.mailed.subject
    check_message(words.body, words.client_id, words.attachments, subject=subject)
    check_dates(work, sentAt=words.sent_at, createdAt=None if opening is None else opening.created_at)
    check_may_say(work.actor, words.direction)
    stated = _find_stated(work, words, opens=conversation is None)
    if stated is not None:
        _check_same_customer(work, stated, customer, "externalId")
        _check_same_conversation(work, stated, conversation)
        return stated
    author = work.actor.author or work.actor.id or ""
    found = _find(work, words, author, conversation=conversation, opens=conversation is None)
    if found is not None and found[1] is not None:
        default = CHAT if conversation is None else found[0].channel
        sent = _repeated(found[1], words, default)
        _check_same_customer(work, sent, customer, "id")
        _check_same_email(work, found[1], words, "id")
        return sent
    if found is not None:
        target = found[0]
        if customer is not None and target.customer != get_customer(work, customer).id:
            raise BadParameter("The conversation is another customer's.", parameter="conversation")
        actor = actor_for(work, words.direction, target.customer)
    else:
        if customer is None:
            raise BadParameter("Name a customer or a conversation.", parameter="customer")
        standing = get_customer(work, customer).id
        actor = actor_for(work, words.direction, standing)
        target = _open(work, words, standing, actor, opening)
    return _say(work, target, actor, words)


def _check_same_customer(work: Work, sent: Sent, customer: CustomerId | None, parameter: str) -> None:
    """One id for messages to two customers: answering with the first would lose the second."""
    if customer is not None and sent.message["customer"] != get_customer(work, customer).id:
        raise MessageIdReused(parameter)


def _check_same_conversation(work: Work, stated: Sent, conversation: ConversationId | None) -> None:
    """Answering with what stands in another one would say that it is in this one. Raises `NotFound`."""
    if conversation is not None and get_conversation(work, conversation).id != stated.conversation:
        raise MessageIdReused("externalId")


def _find(
    work: Work, words: Words, author: str, *, conversation: ConversationId | None, opens: bool
) -> tuple[Target, Any] | None:
    if opens:
        if words.client_id is None:
            return None
        return find_target(
            work, conversation=None, opening_id=words.client_id, author=author, client_id=words.client_id
        )
    found = (
        find_target(
            work, conversation=conversation, opening_id=None, author=author, client_id=words.client_id
        )
        if is_id(conversation)
        else None
    )
    if found is None:
        raise NotFound
    return found


def _find_stated(work: Work, words: Words, *, opens: bool) -> Sent | None:
    if words.external_id is None:
        return None
    message = find_message_by_external_id(work, words.external_id)
    if message is None:
        return None
    default = CHAT if opens else get_conversation(work, message.conversation).channel
    try:
        sent = _repeated(message, words, default)
    except MessageIdReused:
        raise MessageIdReused("externalId") from None
    _check_same_email(work, message, words, "externalId")
    return sent


def _repeated(message: Message, words: Words, default: Channel) -> Sent:
    """The first answer again. `default`: the channel of what says none."""
    if message.direction != words.direction:
        raise MessageIdReused
    channel = words.channel or default
    return repeated(message, body=words.body, kind="message", channel=channel, attachments=words.attachments)


def _check_same_email(work: Work, message: Message, words: Words, parameter: str) -> None:
    """One id for two e-mails that differ in more than their text."""
    kept = emails_of(work, [message]).get(message.id)
    if kept is not None and kept != check_email(words.mailed or Mailed()):
        raise MessageIdReused(parameter)


def check_may_say(actor: Actor, direction: Direction) -> None:
    """An agent does not speak for the customer. Raises `NotYoursToSay`."""
    if direction == "in" and actor.type == "user" and not actor.is_admin:
        raise NotYoursToSay


def actor_for(work: Work, direction: Direction, customer: CustomerId) -> Actor:
    """Whose doing it is: what comes from the customer is theirs, with the program as its author."""
    if direction == "out":
        return work.actor
    name = get_customer(work, customer).display_name
    return Actor(
        organisation=work.organisation,
        type="customer",
        id=customer,
        author=work.actor.author or work.actor.id,
        display_name=name,
    )


def _open(work: Work, words: Words, customer: CustomerId, actor: Actor, wish: Opening | None) -> Target:
    # A message that merely needs a conversation is not refused for what that should say.
    opening = Opening() if wish is None else check_opening(work, wish)
    return open_conversation(
        work,
        customer=customer,
        direction=words.direction,
        channel=words.channel or CHAT,
        actor=actor,
        opening_id=words.client_id,
        opening=msgspec.structs.replace(
            opening,
            name=_name_by(words) if wish is None or wish.name is None else opening.name,
            created_at=words.sent_at if opening.created_at is None else opening.created_at,
        ),
    )


def _name_by(words: Words) -> str | None:
    """What an e-mail is about is what its conversation is called."""
    if words.mailed is None or words.mailed.subject is None:
        return None
    subject = cleaned_or_none(words.mailed.subject, parameter="subject", maximum=MAX_SUBJECT)
    return None if subject is None else subject[:MAX_NAME].strip()


def _say(work: Work, target: Target, actor: Actor, words: Words) -> Sent:
    channel = words.channel or target.channel
    email = _email_of(work, target, words, channel)
    if target.ended_at is not None:
        raise ConversationEnded
    earliest = target.created_at if target.last_message_at is None else target.last_message_at
    if words.sent_at is not None and not earliest <= words.sent_at <= work.now:
        raise BadParameter(
            "Messages are recorded in their order, and not before they are said.", parameter="sentAt"
        )
    custom = attributes.check_custom(work, "message", words.custom) if words.custom else {}
    if words.direction == "in":
        return say_as_customer(
            work,
            actor,
            target,
            client_id=words.client_id,
            body=words.body,
            attachments=words.attachments,
            sent_at=words.sent_at,
            external_id=words.external_id,
            custom=custom,
            email=email,
        )
    return say(
        work,
        target,
        client_id=words.client_id,
        body=words.body,
        attachments=words.attachments,
        sent_at=words.sent_at,
        external_id=words.external_id,
        custom=custom,
        email=email,
    )


def _email_of(work: Work, target: Target, words: Words, channel: Channel) -> Email | None:
    """What an e-mail has beside its text; None of what was said in chat. Raises what says that it may not be."""
    check_fits(words.mailed, channel)
    if channel == CHAT:
        if target.channel != CHAT:
            raise NotAChat
        return None
    # A program says what it has sent itself. Whoever writes here and now believes that it goes out.
    if words.direction == "out" and work.actor.type == "user" and words.sent_at is None:
        raise EmailNotSent
    return check_email(words.mailed or Mailed())


def check_dates(work: Work, **dates: Instant | None) -> None:
    """Raises `NotYoursToDate`, `BadParameter` for what is still to come."""
    check_may_date(work.actor, **dates)
    for parameter, at in dates.items():
        if at is not None and at > work.now:
            raise BadParameter("A time that has passed.", parameter=parameter)
