"""What one message does to the rows: the hot path of the whole server. Three statements, no reading; a fourth for
attributes and for what an e-mail has, where there is any.

The same dictionary feeds all of them; the driver takes from it what each names.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, func, insert, literal_column, null, select, update

from kithdesk.conversations.events import DirectionType, MessageCreated, NoteCreated
from kithdesk.conversations.live import CHAT, Channel, Direction, File
from kithdesk.conversations.tables import conversations, message_details, messages
from kithdesk.conversations.waiting import WAITING
from kithdesk.core.clock import Instant
from kithdesk.core.events import Recorded
from kithdesk.core.work import Rows
from kithdesk.customers import CustomerId, note_message

MAX_PREVIEW = 140

_decode_channels = msgspec.json.Decoder(list[str]).decode
_INSERT = insert(messages)
_INSERT_DETAILS = insert(message_details)
_ROW = update(conversations).where(
    conversations.c.organisation == bindparam("organisation"), conversations.c.id == bindparam("conversation")
)
_SENT_AT: Any = bindparam("sent_at")
_ID: Any = bindparam("id")
_BY: Any = bindparam("sent_by")
_EVERY: dict[str, Any] = {
    "preview": bindparam("preview"),
    "message_count": literal_column("message_count + 1"),
    "last_activity_at": _SENT_AT,
    "last_message_at": _SENT_AT,
    "last_message_direction": bindparam("direction"),
    "updated_at": bindparam("at"),
    "rev": literal_column("rev + 1"),
}
_NEWS: Any = bindparam("news")
_COUNT_IN = _ROW.values(
    {
        **_EVERY,
        "in_count": literal_column("in_count + 1"),
        "unread_for_agents": literal_column("unread_for_agents + 1"),
        "waiting_since": func.coalesce(conversations.c.waiting_since, _SENT_AT),
        "first_in": func.coalesce(conversations.c.first_in, _ID),
        "first_in_at": func.coalesce(conversations.c.first_in_at, _SENT_AT),
        "last_in": _ID,
        "last_in_at": _SENT_AT,
        "last_in_type": bindparam("direction_type"),
        "last_in_channel": bindparam("channel"),
    }
)
_OUT: dict[str, Any] = {
    **_EVERY,
    "unread_for_customer": conversations.c.unread_for_customer + _NEWS,
    "first_out": func.coalesce(conversations.c.first_out, _ID),
    "first_out_at": func.coalesce(conversations.c.first_out_at, _SENT_AT),
    "first_out_by": func.coalesce(conversations.c.first_out_by, _BY),
    "last_out": _ID,
    "last_out_at": _SENT_AT,
    "last_out_type": bindparam("direction_type"),
    "last_out_by": _BY,
}
_COUNT_OUT = _ROW.values({**_OUT, "waiting_since": null()})
_COUNT_AUTOMATIC = _ROW.values(_OUT)  # whom a machine told something waits as before
_ANSWERED: dict[str, Any] = {
    "first_response": func.coalesce(conversations.c.first_response, _ID),
    "first_response_at": func.coalesce(conversations.c.first_response_at, _SENT_AT),
    "first_response_by": func.coalesce(conversations.c.first_response_by, _BY),
    "first_response_time": func.coalesce(conversations.c.first_response_time, bindparam("response_time")),
}
_COUNT_RESPONSE = _COUNT_OUT.values(_ANSWERED)
_CHANNELS = select(conversations.c.channels).where(
    conversations.c.organisation == bindparam("organisation"), conversations.c.id == bindparam("conversation")
)
_SET_CHANNELS = _ROW.values(channels=bindparam("channels"))
_COUNT_NOTE = _ROW.values(
    note_count=literal_column("note_count + 1"), updated_at=bindparam("at"), rev=literal_column("rev + 1")
)


def direction_type_of(direction: Direction, last: Direction | None) -> DirectionType:
    """Initial, a response to the other side, or more from the same side."""
    if last is None:
        return "initial-in" if direction == "in" else "initial-out"
    if last == direction:
        return "followup-in" if direction == "in" else "followup-out"
    return "response-in" if direction == "in" else "response-out"


def preview_of(body: str, attachments: tuple[File, ...], subject: str | None = None) -> str:
    """One line of it."""
    line = " ".join((body or subject or "")[: MAX_PREVIEW * 4].split())
    if not line and attachments:
        line = attachments[0].name
    return line if len(line) <= MAX_PREVIEW else f"{line[: MAX_PREVIEW - 1]}…"


def project_message(rows: Rows, recorded: Recorded[MessageCreated]) -> None:
    event = recorded.event
    actor = recorded.actor
    sent_at = recorded.at if event.sent_at is None else event.sent_at
    subject = None if event.email is None else event.email.subject
    preview = preview_of(event.body, event.attachments, subject)
    values = {
        "organisation": rows.organisation,
        "id": event.message,
        "conversation": event.conversation,
        "number": event.number,
        "kind": "message",
        "direction": event.direction,
        "direction_type": event.direction_type,
        "channel": event.channel,
        "body": event.body,
        "attachments": _encode(event.attachments) if event.attachments else None,
        "author": actor.author or actor.id,
        "client_id": event.client_id,
        "sent_at": sent_at,
        "sent_by_type": actor.type,
        "sent_by": actor.id,
        "sent_by_name": "" if actor.type == "system" else actor.display_name,
        "response_time": event.response_time,
        "read_at": None,
        "event": recorded.id,
        "external_id": event.external_id,
        "preview": preview,
        "news": int(event.channel == CHAT),  # an e-mail is read where it went
        "at": recorded.at,
    }
    rows.execute(_INSERT, values)
    if event.custom or event.email is not None:
        _add_details(rows, values, event)
    if event.adds_channel:
        _add_channel(rows, values, event.channel)
    if event.direction == "in":
        rows.execute(_COUNT_IN, values)
    else:
        automatic = _COUNT_AUTOMATIC if actor.type == "system" else _COUNT_OUT
        rows.execute(automatic if event.response_time is None else _COUNT_RESPONSE, values)
    note_message(
        rows,
        CustomerId(event.customer),
        direction=event.direction,
        at=Instant(sent_at),
        channel=event.channel,
        conversation=event.conversation,
        preview=preview,
        waiting=WAITING,
        is_automatic=actor.type == "system",
    )


def _add_details(rows: Rows, values: dict[str, Any], event: MessageCreated) -> None:
    details = {
        "message": event.message,
        "custom": msgspec.json.encode(event.custom).decode(),
        "email": None if event.email is None else msgspec.json.encode(event.email).decode(),
    }
    rows.execute(_INSERT_DETAILS, {**values, **details})


def _add_channel(rows: Rows, values: dict[str, Any], channel: Channel) -> None:
    known = _decode_channels(rows.execute(_CHANNELS, values).scalar())
    channels = msgspec.json.encode([*known, channel]).decode()
    rows.execute(_SET_CHANNELS, {**values, "channels": channels})


def project_note(rows: Rows, recorded: Recorded[NoteCreated]) -> None:
    event = recorded.event
    actor = recorded.actor
    values = {
        "organisation": rows.organisation,
        "id": event.message,
        "conversation": event.conversation,
        "number": event.number,
        "kind": "note",
        "direction": "out",
        "direction_type": None,
        "channel": event.channel,
        "body": event.body,
        "attachments": _encode(event.attachments) if event.attachments else None,
        "author": actor.author or actor.id,
        "client_id": event.client_id,
        "sent_at": recorded.at,
        "sent_by_type": actor.type,
        "sent_by": actor.id,
        "sent_by_name": "" if actor.type == "system" else actor.display_name,
        "response_time": None,
        "read_at": None,
        "event": recorded.id,
        "external_id": event.external_id,
        "at": recorded.at,
    }
    rows.execute(_INSERT, values)
    rows.execute(_COUNT_NOTE, values)


def _encode(files: tuple[File, ...]) -> str:
    return msgspec.json.encode(files).decode()
