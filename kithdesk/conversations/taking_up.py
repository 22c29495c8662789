"""Taking up: who has proved to be the customer writes in a conversation in which there is a browser that never did.

An agent's merge, or somebody's login, has put what that browser wrote on the customer's record. Perhaps it is the
customer's own, so it is not cut off by that alone; but what the customer says is for nobody who has not proved to be
them. From their first message on, the browser has no part in the conversation: it reads what was said before, as in one
that has ended, and writes in a new one. Signed in as the customer, it sees all.

The rows say so, and never what is remembered of who asks: another node may have taken the message a moment ago.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from kithdesk.conversations.entities import Conversation, decode_files
from kithdesk.conversations.events import ConversationTakenUp
from kithdesk.conversations.in_chat import as_in_chat
from kithdesk.conversations.live import CHAT
from kithdesk.conversations.message_rows import preview_of
from kithdesk.conversations.sending import Target
from kithdesk.conversations.tables import messages
from kithdesk.core.actors import Actor
from kithdesk.core.clock import Instant
from kithdesk.core.work import Reads, Work
from kithdesk.customers import Departure, VisitorId, find_visitor, unproven_browsers_in

_SAID: Any = (
    messages.c.organisation == bindparam("organisation"),
    messages.c.conversation == bindparam("conversation"),
    messages.c.kind == "message",
    messages.c.channel == CHAT,
    messages.c.number < bindparam("number"),
)
_LAST = (
    select(messages.c.body, messages.c.attachments, messages.c.sent_at, messages.c.direction)
    .where(*_SAID)
    .order_by(messages.c.number.desc())
    .limit(1)
)
_COUNT = select(func.count()).select_from(messages).where(*_SAID)


def take_up(work: Work, target: Target, actor: Actor) -> None:
    """Says that browsers which never proved to be the customer have no part in it from the next message on.

    Where there is none, nothing. The caller says that message next, as somebody who is proven.
    """
    leaving = unproven_browsers_in(work, target.customer, target.id, target.author)
    if leaving:
        work.publish(
            ConversationTakenUp(
                conversation=target.id,
                customer=target.customer,
                visitors=[*leaving],
                number=target.next_number,
            ),
            actor=actor,
        )


def departure_from(reads: Reads, conversation: str, taken_up_at: Instant | None) -> Departure | None:
    """Since when the browser that asks has no part in a conversation. None: it has, or it is nobody's browser."""
    actor = reads.actor
    if taken_up_at is None or not actor.is_visitor:
        return None
    browser = find_visitor(reads, VisitorId(actor.author or ""))
    return None if browser is None else browser.departed.get(conversation)


def as_seen(reads: Reads, one: Conversation) -> Conversation:
    """The conversation as its visitor sees it: where their browser has no part in it any more, as it was, and ended."""
    if one.taken_up_at is None:
        return as_in_chat(reads, one)
    departure = departure_from(reads, one.id, one.taken_up_at)
    if departure is None:
        return as_in_chat(reads, msgspec.structs.replace(one, taken_up_at=None))
    values = {
        "organisation": reads.organisation,
        "conversation": one.id,
        "number": departure.number,
    }
    last = reads.execute(_LAST, values).first()
    said_at = None if last is None else last.sent_at
    return msgspec.structs.replace(
        one,
        status="done",
        status_at=departure.at,
        queue=None,
        assignee="",
        assigned_users="[]",
        assigned_teams="[]",
        preview=None if last is None else _preview(last),
        message_count=reads.execute(_COUNT, values).scalar() or 0,
        last_activity_at=one.created_at if said_at is None else said_at,
        last_message_at=said_at,
        last_message_direction=None if last is None else last.direction,
        waiting_since=None,
        unread_for_customer=0,
        ended_at=departure.at,
        ended_by=None,
        ended_reason=None,
        taken_up_at=departure.at,
    )


def _preview(row: Any) -> str:
    return preview_of(row.body, decode_files(row.attachments))
