"""Lists of conversations and messages, read by index and counted by the tallies.

A list that no index serves does not exist: statuses are read one range each and merged, and the few conversations an
agent shares with others are merged in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import msgspec
from sqlalchemy import Select, bindparam, func, select, union_all

from kithdesk import attributes
from kithdesk.conversations.entities import Conversation, Message
from kithdesk.conversations.ids import ConversationId, MessageId
from kithdesk.conversations.live import CHAT, Kind
from kithdesk.conversations.message_queries import MESSAGE, get_message
from kithdesk.conversations.queries import conversation_ids_of, find_conversations, get_conversation
from kithdesk.conversations.tables import conversation_tallies, conversations, further_assignees, messages
from kithdesk.conversations.taking_up import as_it_stood, departure_from
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
attributes.keeps(
    "conversation",
    select(conversations.c.id).where(_MINE, conversations.c.id.in_(bindparam("ids", expanding=True))),
)
_SHARED = select(further_assignees.c.conversation).where(
    further_assignees.c.organisation == bindparam("organisation"),
    further_assignees.c.user == bindparam("user"),
)
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
    if wanted.customer is not None:
        found = _of_customer(reads, wanted.customer, wanted)
        return found[offset : offset + limit], len(found)
    shared = _shared_with(reads, wanted.assignee)
    page, count = _statements(
        wanted.statuses, wanted.assignee is not None, wanted.queue is not None, bool(shared), wanted.sort
    )
    values = {
        "organisation": reads.organisation,
        "assignee": wanted.assignee,
        "queue": wanted.queue,
        "shared": shared,
        **{f"status_{status}": status for status in wanted.statuses},
    }
    rows = reads.execute(page, {**values, "limit": limit, "offset": offset})
    found = find_conversations(reads, [row.id for row in rows])
    if wanted.assignee is not None and wanted.queue is not None:
        return found, reads.execute(count, values).scalar()
    return found, _tallied(reads, wanted)


def _shared_with(reads: Reads, assignee: str | None) -> list[str]:
    """Conversations that the agent serves beside a first one."""
    if not assignee:
        return []
    rows = reads.execute(_SHARED, {"organisation": reads.organisation, "user": assignee})
    return [row.conversation for row in rows]


def _of_customer(reads: Reads, customer: CustomerId, wanted: Wanted) -> list[Conversation]:
    """All that match: one customer has few."""
    found = [
        one
        for one in find_conversations(reads, conversation_ids_of(reads, customer))
        if one.status in wanted.statuses
        and (wanted.queue is None or one.queue == wanted.queue)
        and (wanted.assignee is None or wanted.assignee in (one.users or [NOBODY]))
    ]
    by_activity = "lastActivityAt" in wanted.sort
    found.sort(
        key=lambda one: (one.last_activity_at, one.id) if by_activity else (0, one.id),
        reverse=wanted.sort.startswith("-"),
    )
    return found


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
    statuses: tuple[Status, ...], has_assignee: bool, has_queue: bool, is_shared: bool, sort: Sort
) -> tuple[Any, Any]:
    """The page's ids in order, and the count. The union itself has the order, so that sorted ranges are merged."""
    parts = _parts(statuses, has_assignee=has_assignee, has_queue=has_queue, is_shared=is_shared)
    found: Any = union_all(*parts) if len(parts) > 1 else parts[0]
    columns = found.selected_columns
    keys = (columns.last_activity_at, columns.id) if "lastActivityAt" in sort else (columns.id,)
    order = [key.desc() if sort.startswith("-") else key.asc() for key in keys]
    return found.order_by(*order).limit(_LIMIT).offset(_OFFSET), select(func.count()).select_from(
        found.subquery()
    )


def _parts(
    statuses: tuple[Status, ...], *, has_assignee: bool, has_queue: bool, is_shared: bool
) -> list[Select[Any]]:
    part = select(conversations.c.id, conversations.c.last_activity_at).where(_MINE)
    if has_queue:
        part = part.where(conversations.c.queue == bindparam("queue"))
    parts = [part.where(conversations.c.status == bindparam(f"status_{status}")) for status in statuses]
    if not has_assignee:
        return parts
    assigned = [one.where(conversations.c.assignee == bindparam("assignee")) for one in parts]
    if not is_shared:
        return assigned
    ids = conversations.c.id.in_(bindparam("shared", expanding=True))
    return [*assigned, *(one.where(ids) for one in parts)]


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
_BEFORE_IN_CHAT = _BEFORE.where(messages.c.channel == CHAT)
_ALL_MESSAGES = (
    MESSAGE.where(messages.c.organisation == bindparam("organisation"), messages.c.kind == bindparam("kind"))
    .order_by(messages.c.id.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_COUNT_ALL: dict[Kind, Any] = {
    "message": select(func.sum(conversations.c.message_count)).where(_MINE),
    "note": select(func.sum(conversations.c.note_count)).where(_MINE),
}
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
    departure = departure_from(reads, conversation.id, conversation.taken_up_at)
    if departure is not None:
        number = min(number, departure.number)
    rows = reads.execute(
        _BEFORE_IN_CHAT if reads.actor.is_visitor else _BEFORE,
        {
            "organisation": reads.organisation,
            "conversation": conversation.id,
            "kind": "message",
            "before": number,
            "limit": limit + 1,
        },
    ).rows
    found = [as_it_stood(Message(*row), departure) for row in reversed(rows[:limit])]
    return found, len(rows) > limit


def list_messages_of_customer(
    reads: Reads, customer: CustomerId, *, kind: Kind = "message", limit: int, offset: int
) -> tuple[list[Message], int]:
    """Newest first, over all of the customer's conversations, and how many there are.

    Conversations are read latest first, and no further than the page needs: none holds a message later than its last,
    and no note later than its last change.
    """
    theirs = find_conversations(reads, conversation_ids_of(reads, customer))
    theirs.sort(key=lambda one: _latest(one, kind), reverse=True)
    wanted = offset + limit
    found: list[Message] = []
    for one in theirs:
        if len(found) >= wanted and found[wanted - 1].sent_at > _latest(one, kind):
            break
        values = {
            "organisation": reads.organisation,
            "conversation": one.id,
            "kind": kind,
            "limit": wanted,
        }
        found += [Message(*row) for row in reads.execute(_NEWEST_FIRST, {**values, "offset": 0})]
        found.sort(key=lambda message: (message.sent_at, message.id), reverse=True)
    counts = (one.message_count if kind == "message" else one.note_count for one in theirs)
    return found[offset:wanted], sum(counts)


def _latest(one: Conversation, kind: Kind) -> int:
    return (one.last_message_at or 0) if kind == "message" else one.updated_at


def list_all_messages(
    reads: Reads, *, kind: Kind = "message", limit: int, offset: int
) -> tuple[list[Message], int]:
    """Newest first. Long: it counts the organisation's conversations."""
    values = {"organisation": reads.organisation, "kind": kind}
    rows = reads.execute(_ALL_MESSAGES, {**values, "limit": limit, "offset": offset})
    total = reads.execute(_COUNT_ALL[kind], values).scalar()
    # PostgreSQL adds up to a decimal, which JSON has as text.
    return [Message(*row) for row in rows], int(total or 0)
