"""What sending has in common, whoever sends: one look finds the conversation and the message that is there already.

A client id belongs to its conversation and its author for as long as the message is kept. The same id with the same
words is the same message; with others it is refused, for one of the two would be lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from sqlalchemy import and_, bindparam, select

from kithdesk.conversations.entities import Message
from kithdesk.conversations.errors import EmptyMessage, MessageIdReused, MessageTooLong
from kithdesk.conversations.events import ConversationOpened, MessageCreated
from kithdesk.conversations.ids import AttachmentId, ConversationId
from kithdesk.conversations.live import Channel, Direction, Kind
from kithdesk.conversations.tables import conversations, messages
from kithdesk.core.clock import Instant
from kithdesk.core.errors import BadParameter
from kithdesk.core.ids import EventId
from kithdesk.core.names import is_blank
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId

MAX_BODY_BYTES = 32 * 1024
MAX_CLIENT_ID = 64


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What sending gave. `message` is the live message object; `event` stated it, perhaps long ago (`is_repeat`)."""

    message: dict[str, Any]
    conversation: ConversationId
    event: EventId
    is_repeat: bool


class Target(msgspec.Struct, frozen=True):
    """The conversation as a sender needs it."""

    id: ConversationId
    customer: CustomerId
    status: str
    channel: Channel
    channels: str
    ended_at: Instant | None
    message_count: int
    note_count: int
    last_message_at: Instant | None
    last_message_direction: Direction | None
    waiting_since: Instant | None
    created_at: Instant
    author: str | None = None
    taken_up_at: Instant | None = None
    is_signed_in: bool | None = None
    direction: Direction = "in"
    last_done_at: Instant | None = None

    @property
    def next_number(self) -> int:
        return self.message_count + self.note_count + 1

    def is_new(self, channel: Channel) -> bool:
        """Whether nothing was said in it by this channel."""
        return channel != self.channel and channel not in _decode_channels(self.channels)


_decode_channels = msgspec.json.Decoder(list[str]).decode
_TARGET = len(Target.__struct_fields__)
_SAME = and_(
    messages.c.organisation == conversations.c.organisation,
    messages.c.conversation == conversations.c.id,
    messages.c.author == bindparam("author"),
    messages.c.client_id == bindparam("client_id"),
)
_FIND = (
    select(
        *(conversations.c[field] for field in Target.__struct_fields__),
        *(messages.c[field] for field in Message.__struct_fields__ if field != "customer"),
    )
    .select_from(conversations.outerjoin(messages, _SAME))
    .where(conversations.c.organisation == bindparam("organisation"))
)
FIND_IN_CONVERSATION = _FIND.where(conversations.c.id == bindparam("conversation"))
FIND_BY_OPENING = _FIND.where(
    conversations.c.author == bindparam("author"), conversations.c.opening_id == bindparam("opening_id")
)


def find_target(
    work: Work, *, conversation: str | None, opening_id: str | None, author: str, client_id: str | None
) -> tuple[Target, Message | None] | None:
    """The conversation, by its id or by the client's name for it, and the message that has this client id there."""
    values = {"organisation": work.organisation, "author": author, "client_id": client_id}
    if conversation is not None:
        row = work.execute(FIND_IN_CONVERSATION, {**values, "conversation": conversation}).first()
    else:
        row = work.execute(FIND_BY_OPENING, {**values, "opening_id": opening_id}).first()
    if row is None:
        return None
    target = Target(*row[:_TARGET])
    if row[_TARGET] is None:
        return target, None
    id, in_conversation, *rest = row[_TARGET:]
    return target, Message(id, in_conversation, target.customer, *rest)


def last_said(target: Target) -> Direction | None:
    """Which side had the last word when its customer writes. The company's beginning of an empty one is a word."""
    return target.last_message_direction or ("out" if target.direction == "out" else None)


def is_opened_now(work: Work, conversation: str) -> bool:
    """By this very command."""
    stated = (recorded.event for recorded in work.published)
    return any(isinstance(one, ConversationOpened) and one.conversation == conversation for one in stated)


class _Begun(Protocol):
    @property
    def id(self) -> ConversationId: ...
    @property
    def author(self) -> str | None: ...
    @property
    def message_count(self) -> int: ...


def begun_by(work: Work, one: _Begun) -> str | None:
    """Who began a conversation in which nothing is said: they alone hear what becomes of it. None: something is, by
    this very command if not before."""
    if one.message_count > 0:
        return None
    stated = (recorded.event for recorded in work.published if recorded.conversation == one.id)
    for event in stated:
        if isinstance(event, MessageCreated) or (
            isinstance(event, ConversationOpened) and not event.is_empty
        ):
            return None
    return one.author or ""


def repeated(
    message: Message, *, body: str, kind: Kind, channel: Channel, attachments: Sequence[AttachmentId]
) -> Sent:
    """The first answer again. Raises `MessageIdReused` when it was another message."""
    same_files = [file.id for file in message.files] == list(attachments)
    if (message.body, message.kind, message.channel) != (body, kind, channel) or not same_files:
        raise MessageIdReused
    return Sent(
        message=message.as_live(), conversation=message.conversation, event=message.event, is_repeat=True
    )


def check_message(
    body: str,
    client_id: str | None,
    attachments: Sequence[str],
    opening_id: str | None = None,
    subject: str | None = None,
) -> None:
    """What every door asks of a message. Raises `EmptyMessage`, `MessageTooLong`, `BadParameter`."""
    for name, value in (("id", client_id), ("newConversation", opening_id)):
        if value is not None and not (0 < len(value) <= MAX_CLIENT_ID and value.isprintable()):
            raise BadParameter(f"An id of the client has 1 to {MAX_CLIENT_ID} characters.", parameter=name)
    check_body(body, may_be_empty=bool(attachments) or not is_blank(subject or ""))


def check_body(body: str, *, may_be_empty: bool = False) -> None:
    try:
        size = len(body.encode())
    except UnicodeEncodeError:
        raise BadParameter("Half a character.", parameter="body") from None
    if "\0" in body:
        raise BadParameter("Text may not contain NUL.", parameter="body")
    if size > MAX_BODY_BYTES:
        raise MessageTooLong
    if not may_be_empty and is_blank(body):
        raise EmptyMessage
