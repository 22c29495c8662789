"""What is told of conversations, their messages, and the pages their visitors are on."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, UnsetType, field

from kithdesk.live.facts.customers import LiveCustomer
from kithdesk.live.facts.parts import Change, Fact
from kithdesk.live.protocol import Message, SentBy

Direction = Literal["in", "out"]
Status = Literal["open", "snoozed", "done"]


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
    channel: Literal["chat", "email"]
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
    signed_in: bool | None
    message_count: int
    note_count: int
    context: ConversationContext


class ConversationChanges(Fact):
    """The fields that changed, and no others."""

    status: Change[Status] | UnsetType = UNSET
    snooze: Change[Snooze | None] | UnsetType = UNSET
    tags: Change[list[str]] | UnsetType = UNSET
    name: Change[str | None] | UnsetType = UNSET
    priority: Change[int] | UnsetType = UNSET
    skills: Change[list[str]] | UnsetType = UNSET
    preferred_user: Change[str | None] | UnsetType = UNSET
    custom: Change[dict[str, Any]] | UnsetType = UNSET
    claims: Change[dict[str, Any]] | UnsetType = UNSET
    signed_in: Change[bool | None] | UnsetType = UNSET
    last_message_unresponded_to: Change[str | None] | UnsetType = UNSET
    """Since when the customer waits for an answer."""


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


class ConversationTakenUp(Fact):
    """Somebody who has proved to be the customer writes in it: `visitors`, browsers that never did, are out of it."""

    conversation: str
    customer: str
    visitors: list[str]


class ConversationTakenUpForVisitor(Fact):
    """This browser has no part in it any more: it goes on with somebody who has proved who they are."""

    conversation: str
    at: str


class MessageSaid(Fact):
    """A message or a note, whole."""

    message: Message


class MessageRead(Fact):
    """Everything up to this message has been seen by that side."""

    conversation: str
    message: str
    by: SentBy
    at: str


class ConversationMoved(Fact):
    """It is `customer`'s now and was `from`'s: an agent merged the two, or undid that, or its visitor
    logged in and left behind what may be another's."""

    conversation: str
    customer: str
    customer_name: str
    source: str = field(name="from")
    cause: Literal["merge", "undo", "login"]


class ConversationIdentified(Fact):
    """Its visitor signed in: it is `customer`'s now, and was the anonymous record's that was `from`."""

    conversation: str
    customer: str
    source: str = field(name="from")


class PageViewed(Fact):
    """The visitor is on a page. `session`: on which visit; `referrer` and `utm`, how they came, at its first page.

    `device`, `browser` and `os`: what they look from, where that is another than until now; else all three are null.
    """

    conversation: str
    customer: str
    url: str
    title: str
    at: str
    session: str | None
    referrer: str | None
    utm: dict[str, str]
    device: str | None
    browser: str | None
    os: str | None
