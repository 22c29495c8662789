"""Timeline entries on the wire, and what Kustomer's clients know of them."""

from __future__ import annotations

from typing import Any

from kithdesk.conversations import Conversation
from kithdesk.conversations.events import PageViewed
from kithdesk.core.clock import SECOND, Instant, iso, iso_or_none
from kithdesk.core.documents import Attributes, relation, resource
from kithdesk.core.events import Event, Recorded
from kithdesk.customers.objects.events import CustomerTracked
from kithdesk.timeline.handling import Stretch


class Entry(Attributes):
    """`data` is what live screens get for the same event."""

    kind: str
    at: str
    position: int
    conversation: str | None
    actor: dict[str, Any]
    data: dict[str, Any] | None


class Happening(Attributes):
    """`name`: what the company calls it, `page_view`, or its kind. `createdAt`: when it happened. `meta`: of a page its
    `url` and `title`, of what the company told its own, and else what live screens get.
    """

    name: str
    kind: str
    meta: dict[str, Any]
    created_at: str
    actor: dict[str, Any]


class HandledTime(Attributes):
    """`handleTime` in seconds; `handledUntil` is null while the agent has it. What an agent spends on writing is not
    measured.
    """

    handle_at: str
    handle_time: int
    handled_until: str | None
    message_at: str | None
    message_time: int | None
    channels: list[str]
    assigned_users: list[str]
    assigned_teams: list[str]
    created_by_teams: list[str]
    created_at: str
    updated_at: str


def draw_entry(recorded: Recorded[Event]) -> dict[str, Any]:
    attributes = {
        "kind": recorded.event.kind,
        "at": iso(recorded.at),
        "position": recorded.position,
        "conversation": recorded.conversation,
        "actor": _actor(recorded),
        "data": recorded.event.for_agents(recorded),
    }
    return resource("timeline_entry", recorded.id, attributes)


def draw_happening(recorded: Recorded[Event], type: str) -> dict[str, Any]:
    name, meta, at = _told(recorded)
    attributes = {
        "name": name,
        "kind": recorded.event.kind,
        "meta": meta,
        "createdAt": iso(at),
        "actor": _actor(recorded),
    }
    around = {}
    if recorded.customer is not None:
        around["customer"] = relation("customer", recorded.customer, "customers")
    if recorded.conversation is not None:
        around["conversation"] = relation("conversation", recorded.conversation, "conversations")
    session = getattr(recorded.event, "session", None)
    if session is not None and recorded.customer is not None:
        around["session"] = relation("session", session, f"customers/{recorded.customer}/sessions")
    return resource(type, recorded.id, attributes, relationships=around)


def _told(recorded: Recorded[Event]) -> tuple[str, dict[str, Any], Instant]:
    event = recorded.event
    if isinstance(event, PageViewed):
        return "page_view", {"url": event.url, "title": event.title}, Instant(event.at)
    if isinstance(event, CustomerTracked):
        return event.name, event.meta, Instant(event.at)
    return event.kind, event.for_agents(recorded) or {}, recorded.at


def draw_time(conversation: Conversation, one: Stretch, *, now: Instant) -> dict[str, Any]:
    until = now if one.until is None else one.until
    attributes = {
        "handleAt": iso(one.began),
        "handleTime": max(0, until - one.began) // SECOND,
        "handledUntil": iso_or_none(one.until),
        "messageAt": None,
        "messageTime": None,
        "channels": conversation.all_channels,
        "assignedUsers": list(one.users),
        "assignedTeams": list(one.teams),
        "createdByTeams": [],
        "createdAt": iso(one.began),
        "updatedAt": iso(until),
    }
    around = {
        "conversation": relation("conversation", conversation.id, "conversations"),
        "customer": relation("customer", conversation.customer, "customers"),
        "createdBy": relation("user", one.user, "users"),
    }
    return resource("conversation_time", one.id, attributes, relationships=around)


def _actor(recorded: Recorded[Event]) -> dict[str, Any]:
    actor = recorded.actor
    return {"type": actor.type, "id": actor.id, "displayName": actor.display_name}
