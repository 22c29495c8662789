"""Every SELECT of single conversations and messages. Lists are in `lists.py`.

Each begins with the organisation of who asks; a visitor sees only their own conversations, and no notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from kithdesk.conversations.context import Context
from kithdesk.conversations.ids import ConversationId, MessageId
from kithdesk.conversations.live import Direction, File, Kind, live_message, sender
from kithdesk.conversations.tables import conversation_details, conversations, messages
from kithdesk.core.actors import ActorType
from kithdesk.core.clock import Instant, iso_or_none
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import EventId, is_id
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId, Reference, find_last_conversation

_decode_ids = msgspec.json.Decoder(list[str]).decode
_decode_files = msgspec.json.Decoder(tuple[File, ...]).decode
_decode_context = msgspec.json.Decoder(Context).decode
_decode_object = msgspec.json.Decoder(dict[str, Any]).decode
_decode_reference = msgspec.json.Decoder(Reference).decode


class Conversation(msgspec.Struct, frozen=True):
    """One conversation, as its row has it. Lists and references are JSON there; the properties below read them."""

    id: ConversationId
    customer: CustomerId
    channel: str
    direction: Direction
    status: str
    status_at: Instant
    status_by: str | None
    name: str | None
    priority: int
    tags: str
    queue: str | None
    assignee: str
    assigned_users: str
    assigned_teams: str
    assigned_at: Instant | None
    preview: str | None
    message_count: int
    in_count: int
    note_count: int
    last_activity_at: Instant
    last_message_at: Instant | None
    last_message_direction: Direction | None
    waiting_since: Instant | None
    first_in: str | None
    first_in_at: Instant | None
    last_in: str | None
    last_in_at: Instant | None
    last_in_type: str | None
    first_out: str | None
    first_out_at: Instant | None
    first_out_by: str | None
    last_out: str | None
    last_out_at: Instant | None
    last_out_type: str | None
    last_out_by: str | None
    first_response: str | None
    first_response_at: Instant | None
    first_response_by: str | None
    first_response_time: int | None
    snoozed_until: Instant | None
    snooze_status: str | None
    snooze_status_at: Instant | None
    first_done_at: Instant | None
    last_done_at: Instant | None
    last_done_by: str | None
    done_count: int
    reopen_count: int
    snooze_count: int
    ended_at: Instant | None
    ended_by: str | None
    ended_reason: str | None
    read_by_customer: int
    read_by_customer_at: Instant | None
    read_by_agents: int
    read_by_agents_at: Instant | None
    unread_for_customer: int
    unread_for_agents: int
    author: str | None
    opening_id: str | None
    external_id: str | None
    created_at: Instant
    created_by: str
    updated_at: Instant
    modified_at: Instant
    modified_by: str
    rev: int

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def is_snoozed(self) -> bool:
        return self.status == "snoozed"

    @property
    def is_done(self) -> bool:
        return self.status == "done"

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def users(self) -> list[str]:
        """Ids of the agents it is assigned to."""
        return _decode_ids(self.assigned_users)

    @property
    def teams(self) -> list[str]:
        return _decode_ids(self.assigned_teams)

    @property
    def tag_ids(self) -> list[str]:
        return _decode_ids(self.tags)

    @property
    def entry_count(self) -> int:
        """Messages and notes: the number of the last one."""
        return self.message_count + self.note_count

    @property
    def snooze(self) -> dict[str, Any] | None:
        """`{"time", "status", "statusAt"}` of the last snooze."""
        if self.snoozed_until is None:
            return None
        return {
            "time": iso_or_none(self.snoozed_until),
            "status": self.snooze_status,
            "statusAt": iso_or_none(self.snooze_status_at),
        }


class Details(msgspec.Struct, frozen=True):
    """What is long and seldom asked for. `claims` are the page's words, unproven."""

    context: Context
    custom: dict[str, Any]
    claims: dict[str, Any]


class Message(msgspec.Struct, frozen=True):
    """One message or note, as its row has it; `customer` is its conversation's."""

    id: MessageId
    conversation: ConversationId
    customer: CustomerId
    number: int
    kind: Kind
    direction: Direction
    direction_type: str | None
    channel: str
    body: str
    attachments: str | None
    author: str | None
    client_id: str | None
    sent_at: Instant
    sent_by_type: ActorType
    sent_by: str | None
    sent_by_name: str
    response_time: int | None
    read_at: Instant | None
    event: EventId
    external_id: str | None

    @property
    def files(self) -> tuple[File, ...]:
        return () if self.attachments is None else _decode_files(self.attachments)

    def as_live(self) -> dict[str, Any]:
        """The message object of the live protocol, the same as when it was sent."""
        return live_message(
            id=self.id,
            conversation=self.conversation,
            customer=self.customer,
            direction=self.direction,
            kind=self.kind,
            channel=self.channel,
            body=self.body,
            client_id=self.client_id,
            sent_at=self.sent_at,
            sent_by=sender(self.sent_by_type, self.sent_by, self.sent_by_name),
            attachments=self.files,
        )

    def as_live_with_read(self) -> dict[str, Any]:
        """The same, and when the other side read it."""
        return {**self.as_live(), "readAt": iso_or_none(self.read_at)}


WHOLE = select(*(conversations.c[field] for field in Conversation.__struct_fields__))
_MINE = conversations.c.organisation == bindparam("organisation")
_BY_ID = WHOLE.where(_MINE, conversations.c.id == bindparam("id"))
_BY_IDS = WHOLE.where(_MINE, conversations.c.id.in_(bindparam("ids", expanding=True)))
_CUSTOMER = select(conversations.c.customer).where(_MINE, conversations.c.id == bindparam("id"))
_BY_EXTERNAL_ID = select(conversations.c.id).where(
    _MINE, conversations.c.external_id == bindparam("external_id")
)
_IDS_OF_CUSTOMER = select(conversations.c.id).where(_MINE, conversations.c.customer == bindparam("customer"))
_DETAILS = select(
    conversation_details.c.conversation,
    conversation_details.c.context,
    conversation_details.c.custom,
    conversation_details.c.claims,
).where(
    conversation_details.c.organisation == bindparam("organisation"),
    conversation_details.c.conversation.in_(bindparam("ids", expanding=True)),
)
MESSAGE = select(
    *(
        conversations.c.customer if field == "customer" else messages.c[field]
        for field in Message.__struct_fields__
    )
).select_from(
    messages.join(
        conversations,
        (conversations.c.organisation == messages.c.organisation)
        & (conversations.c.id == messages.c.conversation),
    )
)
_IN_ORGANISATION = messages.c.organisation == bindparam("organisation")
_MESSAGES_BY_IDS = MESSAGE.where(_IN_ORGANISATION, messages.c.id.in_(bindparam("ids", expanding=True)))

_MESSAGE_BY_EXTERNAL_ID = MESSAGE.where(_IN_ORGANISATION, messages.c.external_id == bindparam("external_id"))


def find_conversation(reads: Reads, id: str) -> Conversation | None:
    """The conversation, if who asks may see it."""
    if not is_id(id):
        return None
    row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": id}).first()
    if row is None or (reads.actor.is_visitor and row.customer != reads.actor.id):
        return None
    return Conversation(*row)


def get_conversation(reads: Reads, id: str) -> Conversation:
    """Raises `NotFound`."""
    found = find_conversation(reads, id)
    if found is None:
        raise NotFound
    return found


def may_see_conversation(reads: Reads, id: str) -> bool:
    """Whether it exists for who asks."""
    return find_customer_of(reads, id) is not None


def find_customer_of(reads: Reads, id: str) -> CustomerId | None:
    """Whose it is, if who asks may see it."""
    if not is_id(id):
        return None
    owner = reads.execute(_CUSTOMER, {"organisation": reads.organisation, "id": id}).scalar()
    if owner is None or (reads.actor.is_visitor and owner != reads.actor.id):
        return None
    return CustomerId(owner)


def find_conversations(reads: Reads, ids: Sequence[str]) -> list[Conversation]:
    """Those that exist and may be seen, in the order of `ids`."""
    wanted = [id for id in dict.fromkeys(ids) if is_id(id)]
    found = {
        row.id: row for row in reads.execute(_BY_IDS, {"organisation": reads.organisation, "ids": wanted})
    }
    if reads.actor.is_visitor:
        found = {id: row for id, row in found.items() if row.customer == reads.actor.id}
    return [Conversation(*found[id]) for id in wanted if id in found]


def find_by_external_id(reads: Reads, external_id: str) -> ConversationId | None:
    values = {"organisation": reads.organisation, "external_id": external_id}
    found = reads.execute(_BY_EXTERNAL_ID, values).scalar()
    return None if found is None else ConversationId(found)


def find_last_of_customer(reads: Reads, customer: CustomerId) -> Conversation | None:
    """The one where something was said last, unless it has ended."""
    id = find_last_conversation(reads, customer)
    row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": id}).first()
    return None if row is None or row.ended_at is not None else Conversation(*row)


def conversation_ids_of(reads: Reads, customer: CustomerId) -> list[ConversationId]:
    values = {"organisation": reads.organisation, "customer": customer}
    return [ConversationId(row.id) for row in reads.execute(_IDS_OF_CUSTOMER, values)]


def details_of(reads: Reads, ids: Sequence[str]) -> dict[str, Details]:
    """By conversation."""
    values = {"organisation": reads.organisation, "ids": list(ids)}
    return {
        row.conversation: Details(
            _decode_context(row.context), _decode_object(row.custom), _decode_object(row.claims)
        )
        for row in reads.execute(_DETAILS, values)
    }


def find_messages(reads: Reads, ids: Sequence[str]) -> list[Message]:
    """Messages and notes that exist and may be seen, in the order of `ids`."""
    wanted = [id for id in dict.fromkeys(ids) if is_id(id)]
    values = {"organisation": reads.organisation, "ids": wanted}
    found = {row.id: Message(*row) for row in reads.execute(_MESSAGES_BY_IDS, values)}
    if reads.actor.is_visitor:
        found = {
            id: message
            for id, message in found.items()
            if message.customer == reads.actor.id and message.kind == "message"
        }
    return [found[id] for id in wanted if id in found]


def find_message_by_external_id(reads: Reads, external_id: str) -> Message | None:
    values = {"organisation": reads.organisation, "external_id": external_id}
    row = reads.execute(_MESSAGE_BY_EXTERNAL_ID, values).first()
    return None if row is None else Message(*row)


def get_message(reads: Reads, id: str) -> Message:
    """Raises `NotFound`."""
    found = find_messages(reads, [id])
    if not found:
        raise NotFound
    return found[0]


def reference_of(text: str | None) -> Reference | None:
    """Who did it, from a column that keeps it."""
    return None if text is None else _decode_reference(text)
