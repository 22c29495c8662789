"""Agents and programs write: to the customer, or a note among themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from kithdesk.conversations.attaching import attach
from kithdesk.conversations.entities import Message
from kithdesk.conversations.errors import ConversationEnded, EmailNotSent, MessageIdReused
from kithdesk.conversations.events import MessageCreated, NoteCreated
from kithdesk.conversations.ids import AttachmentId, ConversationId, MessageId
from kithdesk.conversations.live import CHAT, Channel, Email, Kind
from kithdesk.conversations.message_queries import find_message_by_external_id
from kithdesk.conversations.message_rows import direction_type_of
from kithdesk.conversations.sending import Sent, Target, check_message, find_target, repeated
from kithdesk.core.clock import Instant
from kithdesk.core.errors import Forbidden, NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.work import Work


def reply(
    work: Work,
    conversation_id: ConversationId,
    *,
    client_id: str | None,
    body: str,
    attachments: Sequence[AttachmentId] = (),
    kind: Kind = "message",
    external_id: str | None = None,
) -> Sent:
    """A message to the customer, or a note. Repeating it gives the first answer. `external_id`: of a note.

    A note can be added to what has ended. `client_id` None: a program that does not repeat itself.
    Raises `NotFound`, `ConversationEnded`, `EmailNotSent`, `MessageIdReused`, and refusals of the message itself.
    """
    check_message(body, client_id, attachments)
    if work.actor.is_visitor:
        raise Forbidden
    author = work.actor.author or work.actor.id or ""
    found = (
        find_target(work, conversation=conversation_id, opening_id=None, author=author, client_id=client_id)
        if is_id(conversation_id)
        else None
    )
    if found is None:
        raise NotFound
    target, message = found
    if message is not None:
        return repeated(message, body=body, kind=kind, channel=target.channel, attachments=attachments)
    if kind == "note":
        return _note(
            work,
            target,
            author,
            client_id=client_id,
            body=body,
            attachments=attachments,
            external_id=external_id,
        )
    if target.channel != CHAT:
        raise EmailNotSent
    return say(work, target, client_id=client_id, body=body, attachments=attachments)


def say(
    work: Work,
    target: Target,
    *,
    client_id: str | None,
    body: str,
    attachments: Sequence[AttachmentId] = (),
    sent_at: Instant | None = None,
    external_id: str | None = None,
    custom: dict[str, Any] | None = None,
    email: Email | None = None,
) -> Sent:
    """A message of the acting agent or program in a conversation that was found. Raises `ConversationEnded`.

    It was sent by e-mail where `email` says how, and else in the conversation's own channel.
    """
    if target.ended_at is not None:
        raise ConversationEnded
    id = MessageId(work.new_id())
    files = attach(
        work, attachments, author=work.actor.author or work.actor.id or "", conversation=target.id, message=id
    )
    channel: Channel = target.channel if email is None else "email"
    # What the program says answers nobody; and nobody waits in what was closed unanswered.
    is_awaited = work.actor.type != "system" and target.status != "done"
    waited_from = target.waiting_since if is_awaited else None
    event = MessageCreated(
        conversation=target.id,
        customer=target.customer,
        message=id,
        number=target.next_number,
        direction="out",
        channel=channel,
        client_id=client_id,
        body=body,
        attachments=files,
        direction_type=direction_type_of("out", target.last_message_direction),
        response_time=None if waited_from is None else max(0, (sent_at or work.now) - waited_from),
        sent_at=sent_at,
        external_id=external_id,
        custom=custom or {},
        adds_channel=target.is_new(channel),
        email=email,
    )
    event_id = work.publish(event)
    message = event.live(work.published[-1])
    return Sent(message=message, conversation=target.id, event=event_id, is_repeat=False)


def _note(
    work: Work,
    target: Target,
    author: str,
    *,
    client_id: str | None,
    body: str,
    attachments: Sequence[AttachmentId],
    external_id: str | None,
) -> Sent:
    stated = None if external_id is None else find_message_by_external_id(work, external_id)
    if stated is not None:
        return _noted(stated, target, body=body, attachments=attachments)
    id = MessageId(work.new_id())
    files = attach(work, attachments, author=author, conversation=target.id, message=id)
    direction: Literal["out"] = "out"
    event = NoteCreated(
        conversation=target.id,
        customer=target.customer,
        message=id,
        number=target.next_number,
        direction=direction,
        channel=target.channel,
        client_id=client_id,
        body=body,
        attachments=files,
        external_id=external_id,
    )
    event_id = work.publish(event)
    message = event.live(work.published[-1])
    return Sent(message=message, conversation=target.id, event=event_id, is_repeat=False)


def _noted(stated: Message, target: Target, *, body: str, attachments: Sequence[AttachmentId]) -> Sent:
    """What has this external id, where it is the same note. Raises `MessageIdReused`."""
    if stated.conversation != target.id:
        raise MessageIdReused("externalId")
    try:
        return repeated(stated, body=body, kind="note", channel=target.channel, attachments=attachments)
    except MessageIdReused:
        raise MessageIdReused("externalId") from None
