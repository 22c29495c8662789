"""Messages, notes, tags, files and drafts as Kustomer's resources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kithdesk.conversations.attaching import Attachment
from kithdesk.conversations.drafting import Draft
from kithdesk.conversations.entities import Message
from kithdesk.conversations.live import sender
from kithdesk.conversations.tagging import Tag
from kithdesk.core.clock import iso
from kithdesk.core.work import Reads
from kithdesk.customers import Reference


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
        "org": relation("org", organisation, "orgs"),
        "customer": relation("customer", one.customer, "customers"),
        "conversation": relation("conversation", one.conversation, "conversations"),
        **people({"createdBy": by, "modifiedBy": by}),
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
        "relationships": {"conversation": relation("conversation", draft.conversation, "conversations")},
        "links": {"self": f"/v1/conversations/{draft.conversation}/drafts/current"},
    }


def relation(type: str, id: str, folder: str) -> dict[str, Any]:
    return {"data": {"type": type, "id": id}, "links": {"self": f"/v1/{folder}/{id}"}}


def people(by: dict[str, Reference | None]) -> dict[str, Any]:
    """Relationships to those who did something, where they are agents or customers."""
    found = {}
    for name, reference in by.items():
        if reference is None or reference.id is None:
            continue
        if reference.type == "customer":
            found[name] = relation("customer", reference.id, "customers")
        elif reference.type != "system":
            found[name] = relation("user", reference.id, "users")
    return found
