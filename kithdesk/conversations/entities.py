"""Conversations and messages as their rows have them."""

from __future__ import annotations

from typing import Any

import msgspec

from kithdesk.conversations.context import Context
from kithdesk.conversations.ids import ConversationId, MessageId
from kithdesk.conversations.live import Channel, Direction, File, Kind, live_message, sender
from kithdesk.core.actors import ActorType
from kithdesk.core.clock import Instant, iso_or_none
from kithdesk.core.ids import EventId
from kithdesk.customers import CustomerId, Reference

_decode_ids = msgspec.json.Decoder(list[str]).decode
_decode_files = msgspec.json.Decoder(tuple[File, ...]).decode
_decode_reference = msgspec.json.Decoder(Reference).decode


class Conversation(msgspec.Struct, frozen=True):
    """One conversation, as its row has it. Lists and references are JSON there; the properties below read them.

    A visitor whose browser has no part in it any more gets it as it was then, ended; for all other visitors
    `taken_up_at` is None.
    """

    id: ConversationId
    customer: CustomerId
    channel: Channel
    channels: str
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
    last_in_channel: Channel | None
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
    taken_up_at: Instant | None
    is_signed_in: bool | None
    """Whether who writes as the customer has; None: nobody has written who could."""
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
    def all_channels(self) -> list[str]:
        """All by which something was said in it; the first is the one that opened it."""
        return _decode_ids(self.channels)

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
    sla: dict[str, Any] | None = None
    skills: tuple[str, ...] = ()
    preferred_user: str | None = None


class Message(msgspec.Struct, frozen=True):
    """One message or note, as its row has it; `customer` is its conversation's."""

    id: MessageId
    conversation: ConversationId
    customer: CustomerId
    number: int
    kind: Kind
    direction: Direction
    direction_type: str | None
    channel: Channel
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
        return decode_files(self.attachments)

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


def decode_files(text: str | None) -> tuple[File, ...]:
    """Files, from a column that keeps them."""
    return () if text is None else _decode_files(text)


def reference_of(text: str | None) -> Reference | None:
    """Who did it, from a column that keeps it."""
    return None if text is None else _decode_reference(text)
