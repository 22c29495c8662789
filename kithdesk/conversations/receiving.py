"""A customer writes. The first message opens the conversation, unless it was begun empty (`empty_chats.py`).

The client's name for a conversation (`new_conversation`) is unique for its author for ever, so that a first message
that is sent again, or two that race, end in the same conversation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk.conversations.attaching import attach
from kithdesk.conversations.context import Context
from kithdesk.conversations.errors import ConversationEnded
from kithdesk.conversations.events import MessageCreated, is_history
from kithdesk.conversations.history import was_history
from kithdesk.conversations.ids import AttachmentId, ConversationId, MessageId
from kithdesk.conversations.judging import as_known_now
from kithdesk.conversations.live import CHAT, Channel, Email
from kithdesk.conversations.message_rows import direction_type_of
from kithdesk.conversations.opening import open_conversation
from kithdesk.conversations.queries import is_told, may_see_conversation
from kithdesk.conversations.sending import Sent, Target, check_message, find_target, last_said, repeated
from kithdesk.conversations.signing_in import note_who_writes
from kithdesk.conversations.statuses import reopen_for_message
from kithdesk.conversations.taking_up import departure_from, take_up
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.work import Work
from kithdesk.customers import (
    CustomerId,
    VisitorId,
    find_moved,
    find_name,
    find_steady_name,
    find_survivor,
    find_visitor,
)
from kithdesk.customers.errors import IdentityMoved


def receive(
    work: Work,
    *,
    conversation: ConversationId | None,
    new_conversation: str | None,
    customer: CustomerId,
    author: str,
    client_id: str,
    body: str,
    attachments: Sequence[AttachmentId] = (),
    channel: Channel = CHAT,
    context: Context | None = None,
) -> Sent:
    """A message of the customer, in a conversation of theirs or in a new one; exactly one of the two is named.

    `author` is whom client ids belong to: the visitor's browser, or whatever names the sender on another channel.
    Repeating it gives the first answer. Reopens what was snoozed or done, and is the last that browsers which never
    proved to be the customer have a part in, when this one did. Raises `ConversationEnded`, `NotFound`,
    `MessageIdReused`, `IdentityMoved` when the customer was merged away meanwhile, and refusals of the message itself.
    """
    check_message(body, client_id, attachments, new_conversation)
    _check_named(conversation, new_conversation)
    found = find_target(
        work, conversation=conversation, opening_id=new_conversation, author=author, client_id=client_id
    )
    actor = work.actor if work.actor.author == author else msgspec.structs.replace(work.actor, author=author)
    if found is None:
        if conversation is not None:
            raise NotFound
        target, actor = _open(work, actor, customer, author, new_conversation, channel, context)
        return say_as_customer(work, actor, target, client_id=client_id, body=body, attachments=attachments)
    target, message = found
    if not is_told(actor, target.author, target.message_count):
        raise NotFound
    if target.customer != customer:
        actor = _as_its_customer(work, actor, target, customer, author)
    # For a visitor there is no conversation that is held by e-mail.
    if target.channel != channel or (actor.sees is not None and not may_see_conversation(work, target.id)):
        raise NotFound
    if message is not None:
        return repeated(message, body=body, kind="message", channel=channel, attachments=attachments)
    if departure_from(work, target.id, target.taken_up_at) is not None:
        raise ConversationEnded
    if actor.id is None:
        actor = msgspec.structs.replace(actor, id=target.customer)
    if actor.is_proven:
        take_up(work, target, actor)
    note_who_writes(work, target, actor)
    return say_as_customer(work, actor, target, client_id=client_id, body=body, attachments=attachments)


def _check_named(conversation: str | None, new_conversation: str | None) -> None:
    if (conversation is None) == (new_conversation is None):
        raise BadParameter("Name a conversation, or a new one.", parameter="conversation")
    if conversation is not None and not is_id(conversation):
        raise NotFound


def _as_its_customer(work: Work, actor: Actor, target: Target, customer: CustomerId, author: str) -> Actor:
    """Who writes by now, where they were another customer. Raises `IdentityMoved`, `NotFound`."""
    if find_moved(work, customer, author) != target.customer:
        # It is somebody else's; perhaps the sender's own, as whom they have logged in since.
        raise IdentityMoved if find_survivor(work, customer) == target.customer else NotFound
    work.actor = _judged_again(work, actor, target.customer, author)
    return work.actor


def _open(
    work: Work,
    actor: Actor,
    customer: CustomerId,
    author: str,
    opening_id: str | None,
    channel: Channel,
    context: Context | None,
) -> tuple[Target, Actor]:
    customer, actor = who_opens(work, actor, customer, author)
    target = open_conversation(
        work,
        customer=customer,
        direction="in",
        channel=channel,
        opening_id=opening_id,
        context=context or Context(),
        actor=actor,
    )
    return target, actor


def who_opens(work: Work, actor: Actor, customer: CustomerId, author: str) -> tuple[CustomerId, Actor]:
    """As whom the customer opens a conversation by now. Raises `IdentityMoved`, `NotFound`."""
    name = find_steady_name(work, customer)
    if name is None:
        customer = find_moved(work, customer, author) or customer
        name = find_name(work, customer)
    if name is None:
        raise IdentityMoved if find_survivor(work, customer) else NotFound
    if actor.is_visitor:
        if actor.id not in (None, customer):
            work.actor = actor = _judged_again(work, actor, customer, author)
        known_as = name if actor.sees is None else actor.display_name
        actor = msgspec.structs.replace(actor, id=customer, display_name=known_as)
    return customer, actor


def _judged_again(work: Work, actor: Actor, customer: CustomerId, author: str) -> Actor:
    """Who writes by now: an agent has merged the two, or parted them, and the actor is older in all that it says."""
    visitor = find_visitor(work, VisitorId(author)) if actor.is_visitor else None
    if visitor is None or visitor.customer != customer:
        return msgspec.structs.replace(actor, id=customer)
    return as_known_now(work, actor, visitor)


def say_as_customer(
    work: Work,
    actor: Actor,
    target: Target,
    *,
    client_id: str | None,
    body: str,
    attachments: Sequence[AttachmentId],
    sent_at: Instant | None = None,
    external_id: str | None = None,
    custom: dict[str, Any] | None = None,
    email: Email | None = None,
) -> Sent:
    """A message of the customer in a conversation that the caller has found. Raises `ConversationEnded`.

    It came by e-mail where `email` says how, and else in the conversation's own channel.
    """
    if target.ended_at is not None:
        raise ConversationEnded
    id = MessageId(work.new_id())
    files = attach(
        work, attachments, author=actor.author or actor.id or "", conversation=target.id, message=id
    )
    channel: Channel = target.channel if email is None else "email"
    event = MessageCreated(
        conversation=target.id,
        customer=target.customer,
        message=id,
        number=target.next_number,
        direction="in",
        channel=channel,
        client_id=client_id,
        body=body,
        attachments=files,
        direction_type=direction_type_of("in", last_said(target)),
        sent_at=sent_at,
        external_id=external_id,
        custom=custom or {},
        adds_channel=target.is_new(channel),
        in_history=was_history(target),
        email=email,
    )
    event_id = work.publish(event, actor=actor)
    recorded = work.published[-1]
    message = event.live(recorded)
    if target.status != "open":
        reopen_for_message(
            work,
            target,
            said_at=work.now if sent_at is None else sent_at,
            is_history=is_history(recorded),
        )
    return Sent(message=message, conversation=target.id, event=event_id, is_repeat=False)
