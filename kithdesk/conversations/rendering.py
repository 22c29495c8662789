"""Conversations, messages, tags and files as Kustomer's resources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kithdesk.conversations.attaching import Attachment
from kithdesk.conversations.context import Context
from kithdesk.conversations.drafting import Draft
from kithdesk.conversations.ids import ConversationId
from kithdesk.conversations.live import sender
from kithdesk.conversations.queries import (
    Conversation,
    Details,
    Message,
    details_of,
    get_conversation,
    reference_of,
)
from kithdesk.conversations.tagging import Tag
from kithdesk.core.clock import Instant, iso, iso_or_none
from kithdesk.core.work import Reads
from kithdesk.customers import Reference, find_names

_NO_DETAILS = Details(Context(), {}, {})


def draw_conversation(reads: Reads, id: ConversationId) -> dict[str, Any]:
    """One conversation's resource. Raises `NotFound`."""
    return draw_conversations(reads, [get_conversation(reads, id)])[0]


def draw_conversations(reads: Reads, found: Sequence[Conversation]) -> list[dict[str, Any]]:
    """Resources, with the names and contexts of all read at once."""
    details = details_of(reads, [one.id for one in found])
    names = find_names(reads, {one.customer for one in found})
    return [
        _conversation(one, details.get(one.id, _NO_DETAILS), names.get(one.customer, ""), reads.organisation)
        for one in found
    ]


def _conversation(
    one: Conversation, details: Details, customer_name: str, organisation: str
) -> dict[str, Any]:
    path = f"/v1/conversations/{one.id}"
    relationships: dict[str, Any] = {
        "org": _relation("org", organisation, "orgs"),
        "customer": _relation("customer", one.customer, "customers"),
        "messages": {"links": {"self": f"{path}/messages"}},
    }
    if one.queue is not None:
        relationships["queue"] = _relation("queue", one.queue, "routing/queues")
    by = {"createdBy": one.created_by, "modifiedBy": one.modified_by, "endedBy": one.ended_by}
    relationships.update(_people({name: reference_of(text) for name, text in by.items()}))
    return {
        "type": "conversation",
        "id": one.id,
        "attributes": {
            **_state(one),
            **_counts(one),
            **_times(one),
            **_messages(one),
            "customerName": customer_name,
            "context": details.context.as_live(),
            "custom": details.custom,
            "claims": details.claims,
            **_UNUSED,
        },
        "relationships": relationships,
        "links": {"self": path},
    }


def _state(one: Conversation) -> dict[str, Any]:
    ended_by = reference_of(one.ended_by)
    return {
        "name": one.name,
        "preview": one.preview,
        "channels": [one.channel],
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
        "ended": one.is_ended,
        "endedReason": one.ended_reason or None,
        "endedByType": None if ended_by is None else ended_by.type,
        "externalId": one.external_id,
        "rev": one.rev,
    }


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
    waiting = one.waiting_since
    done = {"time": _since(one, one.last_done_at), "createdAt": iso_or_none(one.last_done_at)}
    done_by = reference_of(one.last_done_by)
    if done_by is not None:
        done["createdBy"] = done_by.id
    return {
        "firstMessageIn": _brief(one.first_in, one.first_in_at, channel=one.channel),
        "firstMessageOut": _brief(one.first_out, one.first_out_at, createdBy=one.first_out_by),
        "lastMessageIn": _brief(
            one.last_in, one.last_in_at, channel=one.channel, directionType=one.last_in_type
        ),
        "lastMessageOut": _brief(
            one.last_out, one.last_out_at, createdBy=one.last_out_by, directionType=one.last_out_type
        ),
        "lastMessageUnrespondedTo": None
        if waiting is None
        else {"sentAt": iso(waiting), "channel": one.channel},
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


def draw_messages(reads: Reads, found: Sequence[Message]) -> list[dict[str, Any]]:
    """Resources of messages or notes."""
    return [
        _note(one, reads.organisation) if one.kind == "note" else _message(one, reads.organisation)
        for one in found
    ]


def _message(one: Message, organisation: str) -> dict[str, Any]:
    path = f"/v1/messages/{one.id}"
    return {
        "type": "message",
        "id": one.id,
        "attributes": {
            "channel": one.channel,
            "app": one.channel,
            "subject": None,
            "preview": one.body,
            "body": one.body,
            "clientId": one.client_id,
            "size": len(one.body.encode()),
            "direction": one.direction,
            "directionType": one.direction_type,
            "status": "sent" if one.direction == "out" else "received",
            "error": None,
            "auto": one.sent_by_type == "system",
            "source": None,
            "sentAt": iso(one.sent_at),
            "createdAt": iso(one.sent_at),
            "updatedAt": iso(one.read_at or one.sent_at),
            "modifiedAt": iso(one.sent_at),
            "externalId": one.external_id,
            "redacted": False,
            "responseTime": one.response_time,
            "responseBusinessTime": None,
            "assignedTeams": [],
            "assignedUsers": [],
            "createdByTeams": [],
            "rev": 1,
            "reactions": [],
            "firstDelivered": None,
            "firstRead": None if one.read_at is None else {"timestamp": iso(one.read_at)},
            "intentDetections": [],
            "lang": None,
            "sentBy": sender(one.sent_by_type, one.sent_by, one.sent_by_name),
            "attachments": [file.as_live() for file in one.files],
            "meta": {"attachmentNum": len(one.files)},
        },
        "relationships": _around(one, organisation),
        "links": {"self": path},
    }


def _note(one: Message, organisation: str) -> dict[str, Any]:
    return {
        "type": "note",
        "id": one.id,
        "attributes": {
            "body": one.body,
            "clientId": one.client_id,
            "createdAt": iso(one.sent_at),
            "updatedAt": iso(one.sent_at),
            "modifiedAt": iso(one.sent_at),
            "createdByTeams": [],
            "userMentions": [],
            "externalId": one.external_id,
            "deleted": False,
            "sentBy": sender(one.sent_by_type, one.sent_by, one.sent_by_name),
            "attachments": [file.as_live() for file in one.files],
        },
        "relationships": _around(one, organisation),
        "links": {"self": f"/v1/messages/{one.id}"},
    }


def _around(one: Message, organisation: str) -> dict[str, Any]:
    by = Reference(one.sent_by_type, one.sent_by)
    return {
        "org": _relation("org", organisation, "orgs"),
        "customer": _relation("customer", one.customer, "customers"),
        "conversation": _relation("conversation", one.conversation, "conversations"),
        **_people({"createdBy": by, "modifiedBy": by}),
    }


def draw_tag(tag: Tag) -> dict[str, Any]:
    return {
        "type": "tag",
        "id": tag.id,
        "attributes": {
            "name": tag.name,
            "color": tag.color,
            "deleted": False,
            "deletedAt": None,
            "createdAt": iso(tag.created_at),
        },
        "links": {"self": f"/v1/tags/{tag.id}"},
    }


def draw_attachment(attachment: Attachment) -> dict[str, Any]:
    """Without links: those are signed for each reader."""
    return {
        "type": "attachment",
        "id": attachment.id,
        "attributes": {
            "name": attachment.name,
            "contentType": attachment.content_type,
            "contentLength": attachment.content_length,
            "width": attachment.width,
            "height": attachment.height,
            "hasThumbnail": attachment.has_thumbnail,
            "redacted": False,
            "createdAt": iso(attachment.created_at),
        },
        "links": {"self": f"/v1/attachments/{attachment.id}"},
    }


def draw_draft(draft: Draft) -> dict[str, Any]:
    return {
        "type": "draft",
        "id": draft.conversation,
        "attributes": {
            "kind": draft.kind,
            "body": draft.body,
            "attachments": draft.attachments,
            "revision": draft.revision,
            "updatedAt": iso(draft.updated_at),
        },
        "relationships": {"conversation": _relation("conversation", draft.conversation, "conversations")},
        "links": {"self": f"/v1/conversations/{draft.conversation}/drafts/current"},
    }


def _relation(type: str, id: str, folder: str) -> dict[str, Any]:
    return {"data": {"type": type, "id": id}, "links": {"self": f"/v1/{folder}/{id}"}}


def _people(by: dict[str, Reference | None]) -> dict[str, Any]:
    """Relationships to those who did something, where they are agents or customers."""
    found = {}
    for name, reference in by.items():
        if reference is None or reference.id is None:
            continue
        if reference.type == "customer":
            found[name] = _relation("customer", reference.id, "customers")
        elif reference.type != "system":
            found[name] = _relation("user", reference.id, "users")
    return found


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
    "sla": None,
    "attribution": None,
    "skills": [],
    "lastDeflection": None,
    "linkedConversations": [],
    "mergedTarget": None,
    "pinned": False,
    "roleGroupVersions": [],
    "accessOverride": [],
}
"""What Kustomer's clients expect to find and we do not know yet."""
