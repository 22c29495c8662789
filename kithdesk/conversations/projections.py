"""How the facts of this slice become rows. What a message does to its conversation is in `message_rows.py`."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, literal_column, select, update

from kithdesk.conversations import merge_rows
from kithdesk.conversations.assignment_rows import project_assigned
from kithdesk.conversations.context import Context, Page
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
    MessageCreated,
    MessageRead,
    NoteCreated,
    PageViewed,
    TagCreated,
    VisitBegan,
)
from kithdesk.conversations.message_rows import project_message, project_note
from kithdesk.conversations.status_rows import project_status
from kithdesk.conversations.tables import (
    conversation_details,
    conversations,
    messages,
    tags,
)
from kithdesk.conversations.tallies import Place, tally
from kithdesk.conversations.visits.rows import project_login, project_opening, project_page
from kithdesk.conversations.waiting import WAITING
from kithdesk.core.clock import Instant
from kithdesk.core.events import Event, Recorded
from kithdesk.core.names import name_key
from kithdesk.core.work import Projector, Rows
from kithdesk.customers import CustomerId, Reference, count_conversation, note_seen

_ROW = update(conversations).where(
    conversations.c.organisation == bindparam("organisation"), conversations.c.id == bindparam("conversation")
)
_GROWS: dict[str, Any] = {
    "updated_at": bindparam("at"),
    "modified_at": bindparam("at"),
    "modified_by": bindparam("by"),
    "rev": literal_column("rev + 1"),
}
_INSERT = insert(conversations)
_INSERT_DETAILS = insert(conversation_details)
_MODIFIED = _ROW.values(_GROWS)
_SET: dict[str, Any] = {
    field: _ROW.values({field: bindparam("value")}) for field in ("name", "priority", "tags", "external_id")
}
_SET["signedIn"] = _ROW.values(is_signed_in=bindparam("value"))
_SET_DETAIL: dict[str, Any] = {
    field: update(conversation_details)
    .where(
        conversation_details.c.organisation == bindparam("organisation"),
        conversation_details.c.conversation == bindparam("conversation"),
    )
    .values({field: bindparam("value")})
    for field in ("context", "custom", "claims", "skills", "preferred_user")
}
_WISHES = {"skills": "skills", "preferredUser": "preferred_user"}
_CONTEXT = select(conversation_details.c.context).where(
    conversation_details.c.organisation == bindparam("organisation"),
    conversation_details.c.conversation == bindparam("conversation"),
)
_END = _ROW.values(
    {**_GROWS, "ended_at": bindparam("at"), "ended_by": bindparam("by"), "ended_reason": bindparam("reason")}
)
_READ = {
    side: _ROW.values(
        {
            f"read_by_{side}": bindparam("up_to"),
            f"read_by_{side}_at": bindparam("at"),
            f"unread_for_{side}": bindparam("unread_left"),
        }
    )
    for side in ("customer", "agents")
}
_MARK_READ = (
    update(messages)
    .where(
        messages.c.organisation == bindparam("organisation"),
        messages.c.conversation == bindparam("conversation"),
        messages.c.number > bindparam("after"),
        messages.c.number <= bindparam("up_to"),
        messages.c.direction == bindparam("direction"),
        messages.c.read_at.is_(None),
    )
    .values(read_at=bindparam("at"))
)
_INSERT_TAG = insert(tags)

_decode_context = msgspec.json.Decoder(Context).decode
_START: dict[str, Any] = {
    "status": "open",
    "tags": "[]",
    "queue": None,
    "assignee": "",
    "assigned_users": "[]",
    "assigned_teams": "[]",
    "message_count": 0,
    "in_count": 0,
    "note_count": 0,
    "done_count": 0,
    "reopen_count": 0,
    "snooze_count": 0,
    "read_by_customer": 0,
    "read_by_agents": 0,
    "unread_for_customer": 0,
    "unread_for_agents": 0,
    "rev": 1,
}
_EMPTY = {column.name: None for column in conversations.c}


def encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def project_opened(rows: Rows, recorded: Recorded[ConversationOpened]) -> None:
    event = recorded.event
    created_at = recorded.at if event.created_at is None else event.created_at
    by = encode(Reference.of(recorded.actor))
    rows.execute(
        _INSERT,
        {
            **_EMPTY,
            **_START,
            "organisation": rows.organisation,
            "id": event.conversation,
            "customer": event.customer,
            "channel": event.channel,
            "channels": encode([event.channel]),
            "direction": event.direction,
            "status_at": created_at,
            "status_by": by,
            "name": event.name,
            "priority": event.priority,
            "last_activity_at": created_at,
            "author": event.author,
            "is_signed_in": event.is_signed_in,
            "opening_id": event.opening_id,
            "external_id": event.external_id,
            "created_at": created_at,
            "created_by": by,
            "updated_at": recorded.at,
            "modified_at": recorded.at,
            "modified_by": by,
        },
    )
    rows.execute(
        _INSERT_DETAILS,
        {
            "organisation": rows.organisation,
            "conversation": event.conversation,
            "context": encode(event.context),
            "custom": encode(event.custom),
            "claims": "{}",
            "sla": None,
            "skills": "[]",
            "preferred_user": None,
        },
    )
    count_conversation(rows, CustomerId(event.customer), before=None, after="open", waiting=WAITING)
    tally(rows, None, Place("open"))


def project_updated(rows: Rows, recorded: Recorded[ConversationUpdated]) -> None:
    event = recorded.event
    where = {"organisation": rows.organisation, "conversation": event.conversation}
    by = encode(Reference.of(recorded.actor))
    if event.status is None:
        rows.execute(_MODIFIED, {**where, "at": recorded.at, "by": by})
    if event.status is not None or "snooze" in event.changes:
        project_status(rows, recorded, by)
    for field, change in {**event.changes, **event.personal}.items():
        if field in _SET:
            value = encode(change.after) if field == "tags" else change.after
            rows.execute(_SET[field], {**where, "value": value})
        elif field == "claims":
            rows.execute(_SET_DETAIL[field], {**where, "value": encode(change.after)})
        elif field in _WISHES:
            value = encode(change.after) if field == "skills" else change.after
            rows.execute(_SET_DETAIL[_WISHES[field]], {**where, "value": value})
    if event.custom is not None:
        rows.execute(_SET_DETAIL["custom"], {**where, "value": encode(event.custom)})


def project_ended(rows: Rows, recorded: Recorded[ConversationEnded]) -> None:
    rows.execute(
        _END,
        {
            "organisation": rows.organisation,
            "conversation": recorded.event.conversation,
            "at": recorded.at,
            "by": encode(Reference.of(recorded.actor)),
            "reason": recorded.event.reason,
        },
    )


def project_read(rows: Rows, recorded: Recorded[MessageRead]) -> None:
    event = recorded.event
    values = {
        "organisation": rows.organisation,
        "conversation": event.conversation,
        "at": recorded.at,
        "after": event.after,
        "up_to": event.up_to,
        "unread_left": event.unread_left,
        "direction": "out" if event.side == "customer" else "in",
    }
    rows.execute(_READ[event.side], values)
    rows.execute(_MARK_READ, values)
    if event.side == "customer":
        note_seen(rows, CustomerId(event.customer), at=recorded.at)


def project_viewed(rows: Rows, recorded: Recorded[PageViewed]) -> None:
    event = recorded.event
    where = {"organisation": rows.organisation, "conversation": event.conversation}
    context = _decode_context(rows.execute(_CONTEXT, where).scalar())
    here = context if event.device is None else context.on(event.device)
    seen = here.seen(Page(event.url, event.title, event.at))
    rows.execute(_SET_DETAIL["context"], {**where, "value": encode(seen)})
    note_seen(rows, CustomerId(event.customer), at=Instant(recorded.at))


def project_tag(rows: Rows, recorded: Recorded[TagCreated]) -> None:
    event = recorded.event
    rows.execute(
        _INSERT_TAG,
        {
            "organisation": rows.organisation,
            "id": event.tag,
            "name": event.name,
            "name_key": name_key(event.name),
            "color": event.color,
            "created_at": recorded.at,
        },
    )


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    ConversationOpened: (project_opened, project_opening),
    MessageCreated: (project_message,),
    NoteCreated: (project_note,),
    ConversationUpdated: (project_updated,),
    ConversationAssigned: (project_assigned,),
    ConversationEnded: (project_ended,),
    MessageRead: (project_read,),
    PageViewed: (project_viewed, project_page),
    VisitBegan: (project_login,),
    TagCreated: (project_tag,),
    **merge_rows.PROJECTORS,
}
