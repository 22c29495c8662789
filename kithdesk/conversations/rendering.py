"""Conversations as Kustomer's resources. What is in them is drawn by `message_rendering.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kithdesk import attributes
from kithdesk.conversations.context import Context
from kithdesk.conversations.entities import Conversation, Details, reference_of
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.message_rendering import people
from kithdesk.conversations.queries import details_of, get_conversation
from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.documents import relation, resource
from kithdesk.core.work import Reads
from kithdesk.customers import Reference, find_names

_NO_DETAILS = Details(Context(), {}, {})


def draw_conversation(reads: Reads, id: ConversationId) -> dict[str, Any]:
    """One conversation's resource. Raises `NotFound`."""
    return draw_conversations(reads, [get_conversation(reads, id)], with_pages=True)[0]


def draw_conversations(
    reads: Reads, found: Sequence[Conversation], *, with_pages: bool = False
) -> list[dict[str, Any]]:
    """Resources, with the names and contexts of all read at once.

    In a list `context` has the page the visitor is on and not the way there: that is most of a conversation's bytes.
    """
    details = details_of(reads, [one.id for one in found])
    names = find_names(reads, {one.customer for one in found})
    mask = attributes.masking(reads, "conversation")
    return [
        _conversation(
            one,
            details.get(one.id, _NO_DETAILS),
            names.get(one.customer, ""),
            reads.organisation,
            mask,
            with_pages=with_pages,
        )
        for one in found
    ]


def _conversation(
    one: Conversation,
    details: Details,
    customer_name: str,
    organisation: str,
    mask: attributes.Mask,
    *,
    with_pages: bool,
) -> dict[str, Any]:
    path = f"/v1/conversations/{one.id}"
    relationships: dict[str, Any] = {
        "org": relation("org", organisation, "orgs"),
        "customer": relation("customer", one.customer, "customers"),
        "messages": {"links": {"self": f"{path}/messages"}},
    }
    if one.queue is not None:
        relationships["queue"] = relation("queue", one.queue, "routing/queues")
    if details.sla is not None:
        relationships["sla"] = relation("sla", details.sla["id"], "slas")
        relationships["slaVersion"] = {"data": {"type": "sla_version", "id": details.sla["versionId"]}}
    if details.preferred_user is not None:
        relationships["preferredUser"] = relation("user", details.preferred_user, "users")
    by = {"createdBy": one.created_by, "modifiedBy": one.modified_by, "endedBy": one.ended_by}
    relationships.update(people({name: reference_of(text) for name, text in by.items()}))
    shown = {
        **_state(one),
        **_counts(one),
        **_times(one),
        **_messages(one),
        "customerName": customer_name,
        "context": details.context.as_live(with_pages=with_pages),
        "custom": mask(details.custom),
        "claims": details.claims,
        **_UNUSED,
        "sla": details.sla,
        "skills": list(details.skills),
    }
    return resource("conversation", one.id, shown, at=path, relationships=relationships)


def _state(one: Conversation) -> dict[str, Any]:
    return {
        "name": one.name,
        "preview": one.preview,
        "channels": one.all_channels,
        "replyChannel": one.channel,
        "status": one.status,
        "open": {"statusAt": iso(one.status_at)} if one.is_open else {},
        "snooze": one.snooze,
        "priority": one.priority,
        "tags": one.tag_ids,
        "queue": one.queue,
        "assignedUsers": one.users,
        "assignedTeams": one.teams,
        "direction": one.direction,
        "lastMessageDirection": one.last_message_direction,
        "signedIn": one.is_signed_in,
        "ended": one.is_ended,
        "endedReason": one.ended_reason or None,
        "endedByType": _end_type(reference_of(one.ended_by)),
        "externalId": one.external_id,
        "rev": one.rev,
    }


def _end_type(by: Reference | None) -> str | None:
    """For Kustomer there are two."""
    if by is None:
        return None
    return "customer" if by.type == "customer" else "user"


def _counts(one: Conversation) -> dict[str, Any]:
    return {
        "messageCount": one.message_count,
        "inboundMessageCount": one.in_count,
        "outboundMessageCount": one.message_count - one.in_count,
        "noteCount": one.note_count,
        "unreadCount": one.unread_for_agents,
        "doneCount": one.done_count,
        "reopenCount": one.reopen_count,
        "snoozeCount": one.snooze_count,
    }


def _times(one: Conversation) -> dict[str, Any]:
    return {
        "createdAt": iso(one.created_at),
        "updatedAt": iso(one.updated_at),
        "modifiedAt": iso(one.modified_at),
        "lastActivityAt": iso(one.last_activity_at),
        "lastReceivedAt": iso_or_none(one.last_in_at),
        "lastMessageAt": iso_or_none(one.last_message_at),
        "endedAt": iso_or_none(one.ended_at),
        "modificationHistory": {
            "statusAt": iso(one.status_at),
            "assignedUsersAt": iso_or_none(one.assigned_at),
            "assignedTeamsAt": iso_or_none(one.assigned_at),
        },
    }


def _messages(one: Conversation) -> dict[str, Any]:
    waiting = None if one.is_done else one.waiting_since
    done = {"time": _since(one, one.last_done_at), "createdAt": iso_or_none(one.last_done_at)}
    done_by = reference_of(one.last_done_by)
    if done_by is not None:
        done["createdBy"] = done_by.id
    return {
        "firstMessageIn": _brief(one.first_in, one.first_in_at, channel=one.channel),
        "firstMessageOut": _brief(one.first_out, one.first_out_at, createdBy=one.first_out_by),
        "lastMessageIn": _brief(
            one.last_in, one.last_in_at, channel=one.last_in_channel, directionType=one.last_in_type
        ),
        "lastMessageOut": _brief(
            one.last_out, one.last_out_at, createdBy=one.last_out_by, directionType=one.last_out_type
        ),
        "lastMessageUnrespondedTo": None
        if waiting is None
        else {"sentAt": iso(waiting), "channel": one.last_in_channel},
        "lastMessageUnrespondedToSinceLastDone": None if waiting is None else {"sentAt": iso(waiting)},
        "firstResponse": _brief(
            one.first_response,
            one.first_response_at,
            createdBy=one.first_response_by,
            responseTime=one.first_response_time,
            time=_since(one, one.first_response_at),
        ),
        "firstDone": None
        if one.first_done_at is None
        else {"time": _since(one, one.first_done_at), "createdAt": iso(one.first_done_at)},
        "lastDone": None if one.last_done_at is None else done,
    }


def _since(one: Conversation, at: Instant | None) -> int | None:
    return None if at is None else at - one.created_at


def _brief(id: str | None, at: Instant | None, **more: Any) -> dict[str, Any] | None:
    if id is None or at is None:
        return None
    return {"id": id, "sentAt": iso(at), "createdAt": iso(at), **more}


_UNUSED: dict[str, Any] = {
    "satisfaction": 0,
    "satisfactionLevel": {"firstSatisfaction": {}, "lastSatisfaction": {}},
    "importedAt": None,
    "spam": False,
    "suggestedTags": [],
    "suggestedShortcuts": [],
    "predictions": [],
    "firstCompany": None,
    "firstResponseSinceLastDone": None,
    "lastResponse": None,
    "reopenFromDoneCount": None,
    "defaultLang": None,
    "locale": None,
    "totalOpen": None,
    "totalSnooze": None,
    "totalDone": None,
    "assistant": {},
    "phase": None,
    "matchedTimeBasedRules": [],
    "externalQueue": None,
    "attribution": None,
    "lastDeflection": None,
    "linkedConversations": [],
    "mergedTarget": None,
    "pinned": False,
    "roleGroupVersions": [],
    "accessOverride": [],
}
"""What Kustomer's clients expect to find and we do not know yet."""
