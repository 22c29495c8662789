"""Lists of conversations and messages, read by index and counted by the tallies.

A list that no index serves does not exist: statuses are read one range each and merged, and the few conversations an
agent shares with others are merged in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Select, bindparam, func, select, union_all

from kithdesk.conversations.ids import ConversationId, MessageId
from kithdesk.conversations.live import Kind
from kithdesk.conversations.queries import (
    MESSAGE,
    Conversation,
    Message,
    find_conversations,
    get_conversation,
    get_message,
)
from kithdesk.conversations.tables import conversation_tallies, conversations, further_assignees, messages
from kithdesk.conversations.tallies import ALL, NOBODY, of_queue
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads
from kithdesk.customers import CustomerId

Status = Literal["open", "snoozed", "done"]
Sort = Literal["-lastActivityAt", "lastActivityAt", "-createdAt", "createdAt"]
STATUSES: tuple[Status, ...] = ("open", "snoozed", "done")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which conversations. `assignee` '' is nobody's; None is whoever's."""

    statuses: tuple[Status, ...] = STATUSES
    assignee: str | None = None
    queue: str | None = None
    customer: CustomerId | None = None
    sort: Sort = "-lastActivityAt"


class Counts(msgspec.Struct, frozen=True):
    """`mine`, `unassigned` and `all` are open ones."""

    mine: int
    unassigned: int
    all: int
    done: int
    snoozed: int


_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_MINE = conversations.c.organisation == bindparam("organisation")
_TALLIES = select(
    conversation_tallies.c.whose, conversation_tallies.c.status, conversation_tallies.c.total
).where(
    conversation_tallies.c.organisation == bindparam("organisation"),
    conversation_tallies.c.whose.in_(bindparam("whose", expanding=True)),
)


def list_conversations(
    reads: Reads, wanted: Wanted, *, limit: int, offset: int
) -> tuple[list[Conversation], int]:
    """One page, and how many there are in all."""
    statement, count = _statements(
        wanted.statuses,
        wanted.assignee is not None,
        wanted.queue is not None,
        wanted.customer is not None,
        wanted.sort,
    )
    values = {
        "organisation": reads.organisation,
        "assignee": wanted.assignee,
        "queue": wanted.queue,
        "customer": wanted.customer,
        **{f"status_{status}": status for status in wanted.statuses},
    }
    rows = reads.execute(statement, {**values, "limit": limit, "offset": offset})
    page = find_conversations(reads, [row.id for row in rows])
    if wanted.customer is None and (wanted.assignee is None or wanted.queue is None):
        return page, _tallied(reads, wanted)
    return page, reads.execute(count, values).scalar()


def count_conversations(reads: Reads) -> Counts:
    """The numbers beside the working lists of who asks."""
    me = reads.actor.id or NOBODY
    tallies = _totals(reads, [ALL, NOBODY, me])
    return Counts(
        mine=tallies.get((me, "open"), 0),
        unassigned=tallies.get((NOBODY, "open"), 0),
        all=tallies.get((ALL, "open"), 0),
        done=tallies.get((ALL, "done"), 0),
        snoozed=tallies.get((ALL, "snoozed"), 0),
    )


def _tallied(reads: Reads, wanted: Wanted) -> int:
    whose = ALL if wanted.assignee is None else wanted.assignee
    if wanted.queue is not None:
        whose = of_queue(wanted.queue)
    totals = _totals(reads, [whose])
    return sum(totals.get((whose, status), 0) for status in wanted.statuses)


def _totals(reads: Reads, whose: Sequence[str]) -> dict[tuple[str, str], int]:
    values = {"organisation": reads.organisation, "whose": list(dict.fromkeys(whose))}
    return {(row.whose, row.status): row.total for row in reads.execute(_TALLIES, values)}


@lru_cache
def _statements(
    statuses: tuple[Status, ...], has_assignee: bool, has_queue: bool, has_customer: bool, sort: Sort
) -> tuple[Any, Any]:
    """The page's ids in order, and the count."""
    parts = [
        part
        for status in statuses
        for part in _parts(status, has_assignee=has_assignee, has_queue=has_queue, has_customer=has_customer)
    ]
    found = union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    key = found.c.last_activity_at if "lastActivityAt" in sort else found.c.id
    order = (key.desc(), found.c.id.desc()) if sort.startswith("-") else (key.asc(), found.c.id.asc())
    page = select(found.c.id).order_by(*order).limit(_LIMIT).offset(_OFFSET)
    return page, select(func.count()).select_from(found)


def _parts(status: Status, *, has_assignee: bool, has_queue: bool, has_customer: bool) -> list[Select[Any]]:
    conditions: list[ColumnElement[bool]] = [_MINE, conversations.c.status == bindparam(f"status_{status}")]
    if has_queue:
        conditions.append(conversations.c.queue == bindparam("queue"))
    if has_customer:
        conditions.append(conversations.c.customer == bindparam("customer"))
    part = select(conversations.c.id, conversations.c.last_activity_at).where(*conditions)
    if not has_assignee:
        return [part]
    shared = select(further_assignees.c.conversation).where(
        further_assignees.c.organisation == bindparam("organisation"),
        further_assignees.c.user == bindparam("assignee"),
    )
    return [
        part.where(conversations.c.assignee == bindparam("assignee")),
        part.where(conversations.c.id.in_(shared)),
    ]


# Messages

_OF_CONVERSATION = (
    messages.c.organisation == bindparam("organisation"),
    messages.c.conversation == bindparam("conversation"),
    messages.c.kind == bindparam("kind"),
)
_NEWEST_FIRST = (
    MESSAGE.where(*_OF_CONVERSATION).order_by(messages.c.number.desc()).limit(_LIMIT).offset(_OFFSET)
)
_BEFORE = (
    MESSAGE.where(*_OF_CONVERSATION, messages.c.number < bindparam("before"))
    .order_by(messages.c.number.desc())
    .limit(_LIMIT)
)
_OF_CUSTOMER = (
    MESSAGE.where(
        messages.c.organisation == bindparam("organisation"),
        messages.c.kind == bindparam("kind"),
        conversations.c.organisation == bindparam("organisation"),
        conversations.c.customer == bindparam("customer"),
    )
    .order_by(messages.c.id.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_COUNT_OF_CUSTOMER = select(func.sum(conversations.c.message_count)).where(
    _MINE, conversations.c.customer == bindparam("customer")
)
_ALL_MESSAGES = (
    MESSAGE.where(messages.c.organisation == bindparam("organisation"), messages.c.kind == bindparam("kind"))
    .order_by(messages.c.id.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_COUNT_ALL = select(func.sum(conversations.c.message_count)).where(_MINE)
_END = 2**62


def list_messages(
    reads: Reads, conversation_id: ConversationId, *, kind: Kind, limit: int, offset: int
) -> tuple[list[Message], int]:
    """Messages or notes of a conversation, newest first, and how many there are. Raises `NotFound`."""
    conversation = get_conversation(reads, conversation_id)
    values = {"organisation": reads.organisation, "conversation": conversation.id, "kind": kind}
    rows = reads.execute(_NEWEST_FIRST, {**values, "limit": limit, "offset": offset})
    total = conversation.message_count if kind == "message" else conversation.note_count
    return [Message(*row) for row in rows], total


def list_messages_before(
    reads: Reads, conversation_id: ConversationId, *, before: MessageId | None, limit: int
) -> tuple[list[Message], bool]:
    """The last `limit` messages before one (or before the end), ascending, and whether there are older ones.

    Raises `NotFound`, also when the message is of another conversation.
    """
    conversation = get_conversation(reads, conversation_id)
    number = _END
    if before is not None:
        message = get_message(reads, before)
        if message.conversation != conversation.id:
            raise NotFound
        number = message.number
    rows = reads.execute(
        _BEFORE,
        {
            "organisation": reads.organisation,
            "conversation": conversation.id,
            "kind": "message",
            "before": number,
            "limit": limit + 1,
        },
    ).rows
    return [Message(*row) for row in reversed(rows[:limit])], len(rows) > limit


def list_messages_of_customer(
    reads: Reads, customer: CustomerId, *, limit: int, offset: int
) -> tuple[list[Message], int]:
    """Newest first, over all of the customer's conversations, and how many there are."""
    values = {"organisation": reads.organisation, "customer": customer, "kind": "message"}
    rows = reads.execute(_OF_CUSTOMER, {**values, "limit": limit, "offset": offset})
    return [Message(*row) for row in rows], reads.execute(_COUNT_OF_CUSTOMER, values).scalar() or 0


def list_all_messages(reads: Reads, *, limit: int, offset: int) -> tuple[list[Message], int]:
    """Newest first. Long: it counts the organisation's conversations."""
    values = {"organisation": reads.organisation, "kind": "message"}
    rows = reads.execute(_ALL_MESSAGES, {**values, "limit": limit, "offset": offset})
    return [Message(*row) for row in rows], reads.execute(_COUNT_ALL, values).scalar() or 0
