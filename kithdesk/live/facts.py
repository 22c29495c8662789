"""The shapes of `event.data`, by kind and audience: what `docs/events.md` and the TypeScript types are generated from.

A slice's event builds its own data; a test gives every kind's data to these shapes, so that neither can change alone.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from msgspec import UNSET, Struct, UnsetType, field

from kithdesk.live.protocol import Message, SentBy

Direction = Literal["in", "out"]
Status = Literal["open", "snoozed", "done"]
Value = TypeVar("Value")


class Fact(Struct, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """A part of an event's data."""


class VisitedPage(Fact):
    """A page of the shop."""

    url: str
    title: str
    at: str


class Screen(Fact):
    width: int
    height: int


class ConversationContext(Fact):
    """Where and on what the visitor is. Device, browser and system are read from the request; the rest is claimed."""

    device: str | None
    browser: str | None
    os: str | None
    language: str | None
    languages: list[str]
    referrer: str | None
    time_zone: str | None
    screen: Screen | None
    pages: list[VisitedPage]
    current_page: VisitedPage | None


class Snooze(Fact):
    time: str
    status: str | UnsetType = UNSET


class LiveConversation(Fact):
    """A conversation as lists and panes show it."""

    id: str
    customer: str
    customer_name: str
    name: str | None
    status: Status
    snooze: Snooze | None
    channel: str
    queue: str | None
    assigned_users: list[str]
    assigned_teams: list[str]
    tags: list[str]
    priority: int
    preview: str | None
    last_message_at: str | None
    last_message_direction: Direction | None
    last_message_unresponded_to: str | None
    created_at: str
    ended: bool
    message_count: int
    note_count: int
    context: ConversationContext


class Email(Fact):
    email: str
    verified: bool


class Phone(Fact):
    phone: str
    verified: bool


class LiveCustomer(Fact):
    """A customer. `claims` is what pages and visitors said of them without proof."""

    id: str
    display_name: str
    name: str | None
    emails: list[Email]
    phones: list[Phone]
    external_id: str | None
    identified: bool
    avatar_url: str | None
    created_at: str
    last_seen_at: str | None
    claims: dict[str, Any]


class Change(Fact, Generic[Value]):
    """One field, before and after."""

    before: Value
    after: Value


class ConversationChanges(Fact):
    """The fields that changed, and no others."""

    status: Change[Status] | UnsetType = UNSET
    snooze: Change[Snooze | None] | UnsetType = UNSET
    tags: Change[list[str]] | UnsetType = UNSET
    name: Change[str | None] | UnsetType = UNSET
    priority: Change[int] | UnsetType = UNSET
    custom: Change[dict[str, Any]] | UnsetType = UNSET
    claims: Change[dict[str, Any]] | UnsetType = UNSET


class ProfileEmail(Fact):
    """Not proven where `verified` is left out."""

    email: str
    type: str | UnsetType = UNSET
    verified: bool | UnsetType = UNSET


class ProfilePhone(Fact):
    """Not proven where `verified` is left out."""

    phone: str
    type: str | UnsetType = UNSET
    verified: bool | UnsetType = UNSET


class ProfileExternalId(Fact):
    """Not proven where `verified` is left out."""

    external_id: str
    verified: bool | UnsetType = UNSET


class CustomerChanges(Fact):
    """The fields that changed, and no others. Null: the record has none."""

    name: Change[str | None] | UnsetType = UNSET
    username: Change[str | None] | UnsetType = UNSET
    emails: Change[list[ProfileEmail] | None] | UnsetType = UNSET
    phones: Change[list[ProfilePhone] | None] | UnsetType = UNSET
    external_ids: Change[list[ProfileExternalId] | None] | UnsetType = UNSET
    avatar_url: Change[str | None] | UnsetType = UNSET
    gender: Change[str | None] | UnsetType = UNSET
    birthday_at: Change[int | None] | UnsetType = UNSET
    signed_up_at: Change[int | None] | UnsetType = UNSET
    locale: Change[str | None] | UnsetType = UNSET
    time_zone: Change[str | None] | UnsetType = UNSET
    tags: Change[list[str] | None] | UnsetType = UNSET
    contacts: Change[dict[str, Any] | None] | UnsetType = UNSET
    custom: Change[dict[str, Any] | None] | UnsetType = UNSET
    identified: Change[bool] | UnsetType = UNSET
    claims: Change[dict[str, Any]] | UnsetType = UNSET


class Named(Fact):
    id: str
    display_name: str


class NamedTeam(Fact):
    id: str
    name: str


class Reason(Fact):
    """Why, as a stable code and in words."""

    code: str
    text: str


class ConversationOpened(Fact):
    """A customer's first message, or an agent, opened a conversation."""

    conversation: LiveConversation
    customer: LiveCustomer


class OpenedForVisitor(Fact):
    id: str
    status: Status
    created_at: str


class ConversationOpenedForVisitor(Fact):
    conversation: OpenedForVisitor


class ConversationUpdated(Fact):
    """Fields that changed, each with before and after."""

    conversation: str
    customer: str
    changes: ConversationChanges
    cause: str | None


class ConversationUpdatedForVisitor(Fact):
    conversation: str
    status: Status


class ConversationAssigned(Fact):
    """Who serves it now, and why. Nobody: it waits in the queue."""

    conversation: str
    queue: str | None
    assigned_users: list[Named]
    assigned_teams: list[NamedTeam]
    reason: Reason


class Assignee(Fact):
    display_name: str


class ConversationAssignedForVisitor(Fact):
    conversation: str
    assignee: Assignee | None


class EndedBy(Fact):
    type: Literal["customer", "user", "machine", "system"]
    display_name: str
    id: str | UnsetType | None = UNSET


class ConversationEnded(Fact):
    """Nothing more can be said in it; a new conversation can be opened."""

    conversation: str
    ended_by: EndedBy
    ended_at: str
    reason: str


class MessageSaid(Fact):
    """A message or a note, whole."""

    message: Message


class MessageRead(Fact):
    """Everything up to this message has been seen by that side."""

    conversation: str
    message: str
    by: SentBy
    at: str


class CustomerCreated(Fact):
    customer: LiveCustomer


class CustomerUpdated(Fact):
    customer: str
    display_name: str
    changes: CustomerChanges


class CustomerMerged(Fact):
    """`from` has become part of `customer`, with these conversations."""

    customer: str
    source: str = field(name="from")
    conversations: list[str]


class ConversationIdentified(Fact):
    """Its visitor signed in: it is `customer`'s now, and was the anonymous record's that was `from`."""

    conversation: str
    customer: str
    source: str = field(name="from")


class PageViewed(Fact):
    conversation: str
    customer: str
    url: str
    title: str
    at: str


class AgentStatusChanged(Fact):
    """An agent's status. `offline`: no socket for thirty seconds."""

    user: str
    display_name: str
    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None
    at: str


AGENTS_SEE: dict[str, type[Fact]] = {
    "conversation.opened": ConversationOpened,
    "conversation.updated": ConversationUpdated,
    "conversation.assigned": ConversationAssigned,
    "conversation.identified": ConversationIdentified,
    "conversation.ended": ConversationEnded,
    "message.created": MessageSaid,
    "note.created": MessageSaid,
    "message.read": MessageRead,
    "customer.created": CustomerCreated,
    "customer.updated": CustomerUpdated,
    "customer.merged": CustomerMerged,
    "page.viewed": PageViewed,
    "agent.status_changed": AgentStatusChanged,
}
"""By kind, what agents get as `event.data`. Kinds that are not here are not yet promised."""

VISITORS_SEE: dict[str, type[Fact]] = {
    "conversation.opened": ConversationOpenedForVisitor,
    "conversation.updated": ConversationUpdatedForVisitor,
    "conversation.assigned": ConversationAssignedForVisitor,
    "conversation.ended": ConversationEnded,
    "message.created": MessageSaid,
    "message.read": MessageRead,
}
"""By kind, what the visitor concerned gets. Nothing else reaches a visitor."""
