"""Every SELECT of single messages and notes. Lists are in `lists.py`.

Each begins with the organisation of who asks; a visitor sees what was said in chat in their own conversations, and no
notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from kithdesk import attributes
from kithdesk.conversations.entities import Message
from kithdesk.conversations.live import CHAT, Email
from kithdesk.conversations.queries import may_see
from kithdesk.conversations.tables import conversations, message_details, messages
from kithdesk.conversations.taking_up import as_it_stood, departure_from
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import is_id
from kithdesk.core.work import Reads

_decode_email = msgspec.json.Decoder(Email).decode
_decode_custom = msgspec.json.Decoder(dict[str, Any]).decode

MESSAGE = select(
    *(
        conversations.c.customer if field == "customer" else messages.c[field]
        for field in Message.__struct_fields__
    )
).select_from(
    messages.join(
        conversations,
        (conversations.c.organisation == messages.c.organisation)
        & (conversations.c.id == messages.c.conversation),
    )
)
_MESSAGE_DETAILS = select(message_details.c.message, message_details.c.custom, message_details.c.email).where(
    message_details.c.organisation == bindparam("organisation"),
    message_details.c.message.in_(bindparam("ids", expanding=True)),
)
_IN_ORGANISATION = messages.c.organisation == bindparam("organisation")
_MESSAGES_BY_IDS = MESSAGE.where(_IN_ORGANISATION, messages.c.id.in_(bindparam("ids", expanding=True)))
_MESSAGES_WITH_THEIR_CHATS = _MESSAGES_BY_IDS.where(
    messages.c.kind == "message", messages.c.channel == CHAT
).add_columns(
    conversations.c.author.label("opened_by"),
    conversations.c.channel.label("held_by"),
    conversations.c.taken_up_at,
)
_MESSAGE = len(Message.__struct_fields__)
_MESSAGE_BY_EXTERNAL_ID = MESSAGE.where(_IN_ORGANISATION, messages.c.external_id == bindparam("external_id"))


def find_messages(reads: Reads, ids: Sequence[str]) -> list[Message]:
    """Messages and notes that exist and may be seen, in the order of `ids`."""
    wanted = [id for id in dict.fromkeys(ids) if is_id(id)]
    values = {"organisation": reads.organisation, "ids": wanted}
    if reads.actor.is_visitor:
        found = _find_messages_of_visitor(reads, values)
    else:
        found = {row.id: Message(*row) for row in reads.execute(_MESSAGES_BY_IDS, values)}
    return [found[id] for id in wanted if id in found]


def _find_messages_of_visitor(reads: Reads, values: dict[str, Any]) -> dict[str, Message]:
    """Also of a browser that may see all there is of its customer: it may have left before the two were parted."""
    found: dict[str, Message] = {}
    for row in reads.execute(_MESSAGES_WITH_THEIR_CHATS, values):
        message = Message(*row[:_MESSAGE])
        if not may_see(reads.actor, message.customer, message.conversation, row.opened_by, row.held_by):
            continue
        departure = departure_from(reads, message.conversation, row.taken_up_at)
        if departure is None or message.number < departure.number:
            found[message.id] = as_it_stood(message, departure)
    return found


def emails_of(reads: Reads, found: Sequence[Message]) -> dict[str, Email]:
    """What e-mails have beside their text, by message. Not asked for where there are none."""
    ids = [one.id for one in found if one.channel == "email"]
    if not ids:
        return {}
    rows = reads.execute(_MESSAGE_DETAILS, {"organisation": reads.organisation, "ids": ids})
    return {row.message: _decode_email(row.email) for row in rows if row.email is not None}


def customs_of(reads: Reads, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Attributes by message, of those that have any. Not asked for where none are declared."""
    if not attributes.declared(reads, "message"):
        return {}
    values = {"organisation": reads.organisation, "ids": list(ids)}
    return {row.message: _decode_custom(row.custom) for row in reads.execute(_MESSAGE_DETAILS, values)}


def find_message_by_external_id(reads: Reads, external_id: str) -> Message | None:
    values = {"organisation": reads.organisation, "external_id": external_id}
    row = reads.execute(_MESSAGE_BY_EXTERNAL_ID, values).first()
    return None if row is None else Message(*row)


def get_message(reads: Reads, id: str) -> Message:
    """Raises `NotFound`."""
    found = find_messages(reads, [id])
    if not found:
        raise NotFound
    return found[0]
