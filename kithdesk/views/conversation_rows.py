"""The row of a conversation, and its documents, from the facts of conversations.

A message costs three statements and no reading: what it changes of this row and of its customer's, and its document.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import bindparam, func, insert, literal_column, null, select, update

from kithdesk.conversations import Email
from kithdesk.conversations.events import (
    ConversationAssigned,
    ConversationEnded,
    ConversationOpened,
    ConversationUpdated,
    MessageCreated,
    NoteCreated,
)
from kithdesk.core.events import Event, Recorded
from kithdesk.core.work import Projector, Rows
from kithdesk.views.customer_rows import note_done, note_message, note_opened
from kithdesk.views.documents import Document, add_said, put, remove
from kithdesk.views.tables import view_conversations
from kithdesk.views.values import add_custom, add_field, folded, put_custom, put_field

OWNER = "conversation"

_INSERT = insert(view_conversations)
_MINE = (
    view_conversations.c.organisation == bindparam("of"),
    view_conversations.c.id == bindparam("conversation"),
)
_ROW = update(view_conversations).where(*_MINE)
_AT: Any = bindparam("at")
_SENT_AT: Any = bindparam("sent_at")
_BY: Any = bindparam("by")
_EVERY: dict[str, Any] = {
    "message_count": literal_column("message_count + 1"),
    "last_message_at": _SENT_AT,
    "updated_at": _AT,
}
_IN = _ROW.values(
    {
        **_EVERY,
        "last_message_direction": literal_column("'in'"),
        "first_in_at": func.coalesce(view_conversations.c.first_in_at, _SENT_AT),
        "last_in_at": _SENT_AT,
        "waiting_since": func.coalesce(view_conversations.c.waiting_since, _SENT_AT),
    }
)
_AUTOMATIC = _ROW.values(
    {
        **_EVERY,
        "last_message_direction": literal_column("'out'"),
        "out_count": literal_column("out_count + 1"),
        "first_out_at": func.coalesce(view_conversations.c.first_out_at, _SENT_AT),
        "first_out_by": func.coalesce(view_conversations.c.first_out_by, _BY),
        "last_out_at": _SENT_AT,
        "last_out_by": _BY,
    }
)
_OUT = _AUTOMATIC.values(waiting_since=null())
_RESPONSE = _OUT.values(
    first_response_at=func.coalesce(view_conversations.c.first_response_at, _SENT_AT),
    first_response_by=func.coalesce(view_conversations.c.first_response_by, _BY),
)
_NOTE = _ROW.values(note_count=literal_column("note_count + 1"), updated_at=_AT)
_MODIFIED: dict[str, Any] = {"updated_at": _AT, "modified_at": _AT, "modified_by": _BY}
_CHANGE = _ROW.values(_MODIFIED)
_SET: dict[str, Any] = {
    field: _ROW.values({field: bindparam("value")}) for field in ("name", "priority", "external_id")
}
_WAITS_SINCE: Any = bindparam("waits_since")
_STATUS: dict[str, Any] = {
    "open": _CHANGE.values(
        status="open",
        waiting_since=func.coalesce(_WAITS_SINCE, view_conversations.c.waiting_since),
        reopen_count=literal_column("reopen_count + 1"),
    ),
    "snoozed": _CHANGE.values(status="snoozed", snooze_count=literal_column("snooze_count + 1")),
    "done": _CHANGE.values(
        status="done",
        done_count=literal_column("done_count + 1"),
        first_done_at=func.coalesce(view_conversations.c.first_done_at, _AT),
        last_done_at=_AT,
        last_done_by=_BY,
    ),
}
_SNOOZE = _ROW.values(snoozed_until=bindparam("until"))
_ASSIGN = _ROW.values({**_MODIFIED, "queue": bindparam("queue")})
_END = _ROW.values({**_MODIFIED, "ended_at": _AT, "ended_by": _BY, "ended_reason": bindparam("reason")})
_NAMED = select(
    view_conversations.c.name,
    view_conversations.c.external_id,
    view_conversations.c.created_at,
).where(*_MINE)
_EMPTY = {column.name: None for column in view_conversations.c}


def project_opened(rows: Rows, recorded: Recorded[ConversationOpened]) -> None:
    event = recorded.event
    created_at = recorded.at if event.created_at is None else event.created_at
    rows.execute(
        _INSERT,
        {
            **_EMPTY,
            "organisation": rows.organisation,
            "id": event.conversation,
            "customer": event.customer,
            "customer_name": folded(event.customer_name),
            "name": None if event.name is None else folded(event.name),
            "status": "open",
            "priority": event.priority,
            "channel": event.channel,
            "direction": event.direction,
            "external_id": event.external_id,
            "created_at": created_at,
            "created_by": recorded.actor.id,
            "updated_at": recorded.at,
            "modified_at": recorded.at,
            "modified_by": recorded.actor.id,
            **dict.fromkeys(_COUNTS, 0),
        },
    )
    add_custom(rows, OWNER, event.conversation, event.custom)
    _add_document(rows, event.conversation, created_at, event.name, event.external_id)
    note_opened(rows, event.customer)


_COUNTS = ("message_count", "out_count", "note_count", "done_count", "reopen_count", "snooze_count")


def project_message(rows: Rows, recorded: Recorded[MessageCreated]) -> None:
    event = recorded.event
    sent_at = recorded.at if event.sent_at is None else event.sent_at
    is_automatic = recorded.actor.type == "system"
    values = {
        "of": rows.organisation,
        "conversation": event.conversation,
        "sent_at": sent_at,
        "at": recorded.at,
        "by": recorded.actor.id,
    }
    if event.direction == "in":
        rows.execute(_IN, values)
    else:
        out = _AUTOMATIC if is_automatic else _OUT
        rows.execute(out if event.response_time is None else _RESPONSE, values)
    note_message(rows, event.customer, direction=event.direction, at=sent_at, is_automatic=is_automatic)
    _add_said(rows, recorded, "message", sent_at)
    if event.adds_channel:
        add_field(rows, OWNER, event.conversation, "channels", [event.channel])


def project_note(rows: Rows, recorded: Recorded[NoteCreated]) -> None:
    rows.execute(
        _NOTE, {"of": rows.organisation, "conversation": recorded.event.conversation, "at": recorded.at}
    )
    _add_said(rows, recorded, "note", recorded.at)


def _add_said(rows: Rows, recorded: Recorded[Any], kind: Literal["message", "note"], at: int) -> None:
    event = recorded.event
    mail = event.mail
    add_said(
        rows,
        kind,
        event.message,
        " ".join([*_words_of(mail), event.body, *(file.name for file in event.attachments)]),
        conversation=event.conversation,
        at=at,
        by=recorded.actor.id,
        direction=event.direction,
        channel=event.channel,
        subject=None if mail is None or mail.subject is None else folded(mail.subject),
    )


def _words_of(mail: Email | None) -> list[str]:
    """What an e-mail is about, and the names and addresses in it: before its text, of which only so much counts."""
    if mail is None:
        return []
    return [mail.subject or "", *(f"{one.name or ''} {one.email}" for one in mail.addresses)]


def project_updated(rows: Rows, recorded: Recorded[ConversationUpdated]) -> None:
    event = recorded.event
    where = {
        "of": rows.organisation,
        "conversation": event.conversation,
        "at": recorded.at,
        "by": recorded.actor.id,
    }
    change = _CHANGE if event.status is None else _STATUS[event.status.after]
    rows.execute(change, {**where, "waits_since": event.waits_since})
    if event.status is not None and "done" in (event.status.before, event.status.after):
        note_done(rows, event.customer)
    snooze = event.changes.get("snooze")
    if snooze is not None:
        rows.execute(_SNOOZE, {**where, "until": None if snooze.after is None else event.snoozed_until})
    if "tags" in event.changes:
        put_field(rows, OWNER, event.conversation, "tags", event.changes["tags"].after)
    if event.custom is not None:
        put_custom(rows, OWNER, event.conversation, event.custom)
    named = {**event.changes, **event.personal}
    for field in _SET.keys() & named.keys():
        after = named[field].after
        rows.execute(_SET[field], {**where, "value": folded(after) if field == "name" and after else after})
    if named.keys() & {"name", "external_id"}:
        _put_document(rows, where, named)


def _put_document(rows: Rows, where: dict[str, Any], named: dict[str, Any]) -> None:
    """Its name is kept folded, so what did not change is read so; only an import sets the one without the other."""
    remove(rows, "conversation", where["conversation"])
    row = rows.execute(_NAMED, where).first()
    if row is not None:
        name = named["name"].after if "name" in named else row.name
        _add_document(rows, where["conversation"], row.created_at, name, row.external_id)


def _add_document(rows: Rows, id: str, at: int, name: str | None, external_id: str | None) -> None:
    if not name and not external_id:
        return
    document = Document(
        kind="conversation",
        id=id,
        at=at,
        said=f"{name or ''} {external_id or ''}",
        title=name or external_id,
        shown=external_id,
        keys=(external_id,) if external_id else (),
        conversation=id,
    )
    put(rows, document)


def project_assigned(rows: Rows, recorded: Recorded[ConversationAssigned]) -> None:
    event = recorded.event
    values = {
        "of": rows.organisation,
        "conversation": event.conversation,
        "at": recorded.at,
        "by": recorded.actor.id,
        "queue": event.queue,
    }
    rows.execute(_ASSIGN, values)
    for field, before, after in (
        ("assigned_users", event.users_before, event.users),
        ("assigned_teams", event.teams_before, event.teams),
    ):
        if before:
            put_field(rows, OWNER, event.conversation, field, after)
        elif after:
            add_field(rows, OWNER, event.conversation, field, after)


def project_ended(rows: Rows, recorded: Recorded[ConversationEnded]) -> None:
    values = {
        "of": rows.organisation,
        "conversation": recorded.event.conversation,
        "at": recorded.at,
        "by": recorded.actor.id,
        "reason": recorded.event.reason,
    }
    rows.execute(_END, values)


PROJECTORS: dict[type[Event], tuple[Projector, ...]] = {
    ConversationOpened: (project_opened,),
    MessageCreated: (project_message,),
    NoteCreated: (project_note,),
    ConversationUpdated: (project_updated,),
    ConversationAssigned: (project_assigned,),
    ConversationEnded: (project_ended,),
}
