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
    landing: str | None
    utm: dict[str, str]
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
    default_lang: Change[str | None] | UnsetType = UNSET
    company: Change[str | None] | UnsetType = UNSET
    company_name: Change[str | None] | UnsetType = UNSET
    watchers: Change[list[str] | None] | UnsetType = UNSET
    whatsapps: Change[list[ProfilePhone] | None] | UnsetType = UNSET
    socials: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    facebook_ids: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    instagram_ids: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    urls: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    locations: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    shared_emails: Change[list[ProfileEmail] | None] | UnsetType = UNSET
    shared_phones: Change[list[ProfilePhone] | None] | UnsetType = UNSET
    shared_external_ids: Change[list[ProfileExternalId] | None] | UnsetType = UNSET
    shared_socials: Change[list[dict[str, Any]] | None] | UnsetType = UNSET
    shared_whatsapps: Change[list[ProfilePhone] | None] | UnsetType = UNSET
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
    """A customer's first message, or an agent, opened a conversation. `session`: the visit on which they wrote."""

    conversation: LiveConversation
    customer: LiveCustomer
    session: str | None


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
    """Nothing more can be said in it; a new conversation can be opened. `reason` is for agents."""

    conversation: str
    ended_by: EndedBy
    ended_at: str
    reason: str | UnsetType = UNSET


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


class CustomerRemoved(Fact):
    """There is no such customer any more, nor ever was: the topic ends with it."""

    customer: str


class CustomerMerged(Fact):
    """`from` has become part of `customer`, with these conversations, custom objects and browsers; `merge` is its id.

    `by` an agent, who can undo it for thirty days, or a login.
    """

    customer: str
    source: str = field(name="from")
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]
    merge: str | None
    by: Literal["login", "agent"]
    from_name: str | None


class CustomerUnmerged(Fact):
    """A merge was undone: `customer` is no longer part of `of`, and these went back with it."""

    customer: str
    display_name: str
    of: str
    of_name: str | None
    merge: str
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]


class CustomerParted(Fact):
    """The same for readers of the other record: `from` is no longer part of `customer`, which changed by that."""

    customer: str
    display_name: str
    source: str = field(name="from")
    from_name: str | None
    merge: str
    conversations: list[str]
    kobjects: list[str]
    visitors: list[str]
    changes: CustomerChanges


class ConversationMoved(Fact):
    """It is `customer`'s now and was `from`'s: an agent merged the two, or undid that."""

    conversation: str
    customer: str
    customer_name: str
    source: str = field(name="from")
    cause: Literal["merge", "undo"]


class ConversationIdentified(Fact):
    """Its visitor signed in: it is `customer`'s now, and was the anonymous record's that was `from`."""

    conversation: str
    customer: str
    source: str = field(name="from")


class PageViewed(Fact):
    """The visitor is on a page. `session`: on which visit; `referrer` and `utm`, how they came, at its first page."""

    conversation: str
    customer: str
    url: str
    title: str
    at: str
    session: str | None
    referrer: str | None
    utm: dict[str, str]


class AgentStatusChanged(Fact):
    """An agent's status. `offline`: no socket for thirty seconds."""

    user: str
    display_name: str
    status: Literal["available", "busy", "unavailable", "offline"]
    reason: str | None
    at: str


class AttributesDeclared(Fact):
    """Attributes of a kind of record (`customer`, `kobject.order`) are new, changed or gone: see `/v1/metadata`."""

    owner: str
    declared: list[str]
    removed: list[str]


class CompanyCreated(Fact):
    """The record of a company is new; `/v1/companies` has the rest of it."""

    company: str
    name: str


class CompanyUpdated(Fact):
    """A company changed. `changes` names fields of the API."""

    company: str
    name: str
    changes: dict[str, Change[Any]]


class CompanyDeleted(Fact):
    """A company is gone. Its customers have none now."""

    company: str


class KlassCard(Fact):
    """Which attributes a card shows; none: the first few that have a value. `title` names the record."""

    fields: list[str]
    title: str | None


class LiveKlass(Fact):
    """A kind of the company's own records."""

    id: str
    name: str
    display_name: str
    plural_name: str
    icon: str
    color: str
    status: Literal["enabled", "existing_only", "disabled"]
    card: KlassCard


class KlassDeclared(Fact):
    """A kind of record is new or has changed; all of it but its attributes."""

    klass: LiveKlass


class KlassRemoved(Fact):
    """A kind of record is gone."""

    klass: str
    name: str


class ObjectField(Fact):
    """One line of a card; `value` is of the attribute's type."""

    name: str
    display_name: str
    type: str
    value: Any


class LiveObject(Fact):
    """A record of the company's own, as a card."""

    id: str
    klass: str
    klass_display_name: str
    icon: str
    color: str
    external_id: str | None
    title: str
    fields: list[ObjectField]
    created_at: str
    updated_at: str


class ObjectCreated(Fact):
    """A record is new. Without a customer it stands on no timeline."""

    kobject: LiveObject
    customer: str | None


class ObjectUpdated(Fact):
    """A record changed. `changes` names fields of the API, and attributes as `custom.<name>`."""

    kobject: LiveObject
    customer: str | None
    changes: dict[str, Change[Any]]


class NamedObject(Fact):
    id: str
    klass: str
    klass_display_name: str
    icon: str
    color: str
    title: str


class ObjectNamed(Fact):
    """A record was deleted, or put to a conversation or taken from it."""

    kobject: NamedObject
    customer: str | None
    conversation: str | None


class ObjectMoved(ObjectNamed):
    """A record was `from`'s and is `customer`'s now, or nobody's."""

    source: str = field(name="from")


class CustomerTracked(Fact):
    """The company's systems, or a page if the actor is the customer, tell that something happened."""

    customer: str
    name: str
    at: str
    meta: dict[str, Any]


AGENTS_SEE: dict[str, type[Fact]] = {
    "conversation.opened": ConversationOpened,
    "conversation.updated": ConversationUpdated,
    "conversation.assigned": ConversationAssigned,
    "conversation.identified": ConversationIdentified,
    "conversation.moved": ConversationMoved,
    "conversation.ended": ConversationEnded,
    "message.created": MessageSaid,
    "note.created": MessageSaid,
    "message.read": MessageRead,
    "customer.created": CustomerCreated,
    "customer.updated": CustomerUpdated,
    "customer.removed": CustomerRemoved,
    "customer.merged": CustomerMerged,
    "customer.unmerged": CustomerUnmerged,
    "customer.parted": CustomerParted,
    "customer.tracked": CustomerTracked,
    "company.created": CompanyCreated,
    "company.updated": CompanyUpdated,
    "company.deleted": CompanyDeleted,
    "klass.declared": KlassDeclared,
    "klass.removed": KlassRemoved,
    "kobject.created": ObjectCreated,
    "kobject.updated": ObjectUpdated,
    "kobject.moved": ObjectMoved,
    "kobject.removed": ObjectNamed,
    "kobject.linked": ObjectNamed,
    "kobject.unlinked": ObjectNamed,
    "page.viewed": PageViewed,
    "agent.status_changed": AgentStatusChanged,
    "attributes.declared": AttributesDeclared,
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
