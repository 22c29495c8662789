"""Messages, notes, tags, files and drafts as Kustomer's resources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kithdesk import attributes
from kithdesk.conversations.attaching import Attachment
from kithdesk.conversations.drafting import Draft
from kithdesk.conversations.entities import Message
from kithdesk.conversations.live import Email, sender
from kithdesk.conversations.message_queries import customs_of, emails_of
from kithdesk.conversations.tagging import Tag
from kithdesk.core.clock import iso
from kithdesk.core.documents import relation, resource
from kithdesk.core.work import Reads
from kithdesk.customers import Reference, find_names


def draw_messages(reads: Reads, found: Sequence[Message]) -> list[dict[str, Any]]:
    """Resources of messages or notes. What a customer said is under the name they are known by now."""
    customs, mask = customs_of(reads, [one.id for one in found]), attributes.masking(reads, "message")
    emails = emails_of(reads, found)
    return [
        _note(one, reads.organisation)
        if one.kind == "note"
        else _message(one, emails.get(one.id), mask(customs.get(one.id, {})), reads.organisation)
        for one in named_as_known_now(reads, found)
    ]


def named_as_known_now(reads: Reads, found: Sequence[Message]) -> list[Message]:
    """The same messages. A visitor who signed in, or was given a name, has it on what they said before.

    Where a browser reads that may not see all of its customer's, what others wrote is without a name: that is part of
    what it may not see.
    """
    if reads.actor.sees is not None:
        return [
            msgspec.structs.replace(one, sent_by=None, sent_by_name="")
            if one.sent_by_type == "customer" and one.author != reads.actor.author
            else one
            for one in found
        ]
    names = find_names(reads, {one.customer for one in found if one.sent_by_type == "customer"})
    return [
        msgspec.structs.replace(one, sent_by_name=names.get(one.customer, one.sent_by_name))
        if one.sent_by_type == "customer"
        else one
        for one in found
    ]


def _message(one: Message, email: Email | None, custom: dict[str, Any], organisation: str) -> dict[str, Any]:
    shown = {
        "channel": one.channel,
        "app": one.channel,
        "subject": None if email is None else email.subject,
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
        "meta": {"attachmentNum": len(one.files), **({} if email is None else _meta(email))},
        "custom": custom,
    }
    return _said("message", one, shown, organisation)


def _meta(email: Email) -> dict[str, Any]:
    """Kustomer names the sender by their address alone; whose it is called stands beside it."""
    shown = email.as_live()
    sender = email.sender
    return {
        **shown,
        "from": None if sender is None else sender.email,
        "fromName": None if sender is None else sender.name,
    }


def _note(one: Message, organisation: str) -> dict[str, Any]:
    attributes = {
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
    }
    return _said("note", one, attributes, organisation)


def _said(type: str, one: Message, attributes: dict[str, Any], organisation: str) -> dict[str, Any]:
    by = Reference(one.sent_by_type, one.sent_by)
    around = {
        "org": relation("org", organisation, "orgs"),
        "customer": relation("customer", one.customer, "customers"),
        "conversation": relation("conversation", one.conversation, "conversations"),
        **people({"createdBy": by, "modifiedBy": by}),
    }
    return resource(type, one.id, attributes, at=f"/v1/{type}s/{one.id}", relationships=around)


def draw_tag(tag: Tag) -> dict[str, Any]:
    attributes = {
        "name": tag.name,
        "color": tag.color,
        "deleted": False,
        "deletedAt": None,
        "createdAt": iso(tag.created_at),
    }
    return resource("tag", tag.id, attributes, at=f"/v1/tags/{tag.id}")


def draw_attachment(attachment: Attachment) -> dict[str, Any]:
    """Without links: those are signed for each reader."""
    attributes = {
        "name": attachment.name,
        "contentType": attachment.content_type,
        "contentLength": attachment.content_length,
        "width": attachment.width,
        "height": attachment.height,
        "hasThumbnail": attachment.has_thumbnail,
        "redacted": False,
        "createdAt": iso(attachment.created_at),
    }
    return resource("attachment", attachment.id, attributes, at=f"/v1/attachments/{attachment.id}")


def draw_draft(draft: Draft) -> dict[str, Any]:
    attributes = {
        "kind": draft.kind,
        "body": draft.body,
        "attachments": draft.attachments,
        "revision": draft.revision,
        "updatedAt": iso(draft.updated_at),
    }
    at = f"/v1/conversations/{draft.conversation}/drafts/current"
    around = {"conversation": relation("conversation", draft.conversation, "conversations")}
    return resource("draft", draft.conversation, attributes, at=at, relationships=around)


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
