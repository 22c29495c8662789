"""Work items, the lines in which they wait, and why they were given to whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, text

from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import Executes
from kithdesk.core.work import Reads
from kithdesk.routing.choosing import Traits
from kithdesk.routing.entities import IN_QUEUE, WorkItem, decode_traits, item_of
from kithdesk.routing.tables import (
    DECLINED,
    LIVE,
    QUEUED,
    live_assignments,
    routing_lines,
    work_decisions,
    work_items,
)

_ORGANISATION: Any = bindparam("organisation")
_LIMIT: Any = bindparam("limit")
_OFFSET: Any = bindparam("offset")
_CONVERSATION: Any = bindparam("conversation")

_ITEMS = select(*[work_items.c[name] for name in WorkItem.__struct_fields__]).where(
    work_items.c.organisation == _ORGANISATION
)
_LAST = _ITEMS.where(work_items.c.conversation == _CONVERSATION).order_by(work_items.c.number.desc()).limit(1)
_OF_CONVERSATION = (
    _ITEMS.where(work_items.c.conversation == _CONVERSATION)
    .order_by(work_items.c.number.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_COUNT_OF_CONVERSATION = (
    select(func.count())
    .select_from(work_items)
    .where(work_items.c.organisation == _ORGANISATION, work_items.c.conversation == _CONVERSATION)
)
_BY_ID = _ITEMS.where(work_items.c.id == bindparam("id"))
_LIVE_OF = (
    select(live_assignments.c.conversation)
    .where(
        live_assignments.c.organisation == _ORGANISATION,
        live_assignments.c.user == bindparam("user"),
        live_assignments.c.conversation > bindparam("after"),
    )
    .order_by(live_assignments.c.conversation)
    .limit(_LIMIT)
)
_ASKED = (
    select(live_assignments.c.conversation)
    .select_from(
        live_assignments.join(
            work_items,
            and_(
                work_items.c.organisation == live_assignments.c.organisation,
                work_items.c.conversation == live_assignments.c.conversation,
                LIVE,
            ),
        )
    )
    .where(
        live_assignments.c.organisation == _ORGANISATION,
        live_assignments.c.user == bindparam("user"),
        work_items.c.state == "offered",
    )
    .order_by(live_assignments.c.conversation)
    .limit(_LIMIT)
)


_OFFERED_IN = (
    _ITEMS.where(LIVE, work_items.c.state == "offered", work_items.c.queue == bindparam("queue"))
    .order_by(work_items.c.conversation)
    .limit(_LIMIT)
)


_DECLINED_PAGE = (
    _ITEMS.where(DECLINED)
    .order_by(work_items.c.declined_at, work_items.c.conversation)
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_DECLINED_COUNT = (
    select(func.count()).select_from(work_items).where(work_items.c.organisation == _ORGANISATION, DECLINED)
)


def find_item(reads: Executes, organisation: OrganisationId, conversation: str) -> WorkItem | None:
    """The conversation's living item, else its last."""
    row = reads.execute(_LAST, {"organisation": organisation, "conversation": conversation}).first()
    return None if row is None else item_of(row)


def find_item_by_id(reads: Reads, id: str) -> WorkItem | None:
    row = reads.execute(_BY_ID, {"organisation": reads.organisation, "id": id}).first()
    return None if row is None else item_of(row)


def list_items(reads: Reads, conversation: str, limit: int, offset: int) -> list[WorkItem]:
    """All of a conversation's, the last first."""
    values = {"organisation": reads.organisation, "conversation": conversation}
    return [
        item_of(row) for row in reads.execute(_OF_CONVERSATION, {**values, "limit": limit, "offset": offset})
    ]


def count_items(reads: Reads, conversation: str) -> int:
    values = {"organisation": reads.organisation, "conversation": conversation}
    count: int = reads.execute(_COUNT_OF_CONVERSATION, values).scalar()
    return count


def list_live(reads: Reads, user: str, limit: int, *, after: str = "") -> list[str]:
    """Conversations that take an agent's capacity: theirs, being wound up, or offered to them."""
    values = {"organisation": reads.organisation, "user": user, "limit": limit, "after": after}
    return [row.conversation for row in reads.execute(_LIVE_OF, values)]


def list_asked(reads: Reads, user: str, limit: int) -> list[str]:
    """Conversations that an agent is asked to take."""
    rows = reads.execute(_ASKED, {"organisation": reads.organisation, "user": user, "limit": limit})
    return [row.conversation for row in rows]


def list_offered_in(reads: Reads, queue: str, limit: int) -> list[WorkItem]:
    """What somebody is asked to take out of a queue."""
    values = {"organisation": reads.organisation, "queue": queue, "limit": limit}
    return [item_of(row) for row in reads.execute(_OFFERED_IN, values)]


def list_declined(reads: Reads, limit: int, offset: int) -> list[WorkItem]:
    """What everybody who could take it has declined, the longest first."""
    values = {"organisation": reads.organisation, "limit": limit, "offset": offset}
    return [item_of(row) for row in reads.execute(_DECLINED_PAGE, values)]


def count_declined(reads: Reads) -> int:
    count: int = reads.execute(_DECLINED_COUNT, {"organisation": reads.organisation}).scalar()
    return count


# Lines

_LINES = select(
    routing_lines.c.line, routing_lines.c.queue, routing_lines.c.traits, routing_lines.c.waiting
).where(routing_lines.c.organisation == _ORGANISATION)
_LINES_OF = _LINES.where(routing_lines.c.queue.in_(bindparam("queues", expanding=True)))
_first = work_items.alias("first")
_FIRST = (
    select(_first.c.id)
    .where(
        _first.c.organisation == routing_lines.c.organisation,
        _first.c.line == routing_lines.c.line,
        text("first.state = 'queued'"),
    )
    .order_by(_first.c.entered_at, _first.c.id)
    .limit(1)
    .correlate(routing_lines)
    .scalar_subquery()
)
_HEADS = (
    select(*[work_items.c[name] for name in WorkItem.__struct_fields__])
    .select_from(
        routing_lines.join(
            work_items,
            and_(work_items.c.organisation == routing_lines.c.organisation, work_items.c.id == _FIRST),
        )
    )
    .where(
        routing_lines.c.organisation == _ORGANISATION,
        routing_lines.c.line.in_(bindparam("lines", expanding=True)),
    )
)
_QUEUED_IN = (
    _ITEMS.where(work_items.c.line == bindparam("line"), QUEUED)
    .order_by(work_items.c.entered_at, work_items.c.id)
    .limit(_LIMIT)
)
_BEFORE = (
    select(func.count())
    .select_from(work_items)
    .where(
        work_items.c.organisation == _ORGANISATION,
        work_items.c.line == bindparam("line"),
        QUEUED,
        or_(
            work_items.c.entered_at < bindparam("entered_at"),
            and_(work_items.c.entered_at == bindparam("entered_at"), work_items.c.id < bindparam("id")),
        ),
    )
)


def list_lines(reads: Reads, queues: Collection[str] | None = None) -> list[tuple[str, Traits, int]]:
    """The lines in which something waits, of these queues or of all: name, traits, how much."""
    if queues is None:
        rows = reads.execute(_LINES, {"organisation": reads.organisation})
    elif not queues:
        return []
    else:
        rows = reads.execute(_LINES_OF, {"organisation": reads.organisation, "queues": list(queues)})
    return [(row.line, decode_traits(row.traits), row.waiting) for row in rows]


def list_heads(reads: Reads, lines: Sequence[str]) -> list[WorkItem]:
    """What has waited longest in each of these lines: for each the first row of one index."""
    if not lines:
        return []
    rows = reads.execute(_HEADS, {"organisation": reads.organisation, "lines": list(lines)})
    return [item_of(row) for row in rows]


def list_queued_in(reads: Reads, line: str, limit: int) -> list[WorkItem]:
    """What waits in a line, the longest first."""
    values = {"organisation": reads.organisation, "line": line, "limit": limit}
    return [item_of(row) for row in reads.execute(_QUEUED_IN, values)]


def count_before(reads: Reads, item: WorkItem, line: str) -> int:
    """How many in a line have waited longer than this item."""
    values = {"organisation": reads.organisation, "line": line, "entered_at": item.entered_at, "id": item.id}
    count: int = reads.execute(_BEFORE, values).scalar()
    return count


_WAITS_IN = (
    select(work_items.c.id)
    .where(
        work_items.c.organisation == _ORGANISATION,
        LIVE,
        work_items.c.state.in_(IN_QUEUE),
        work_items.c.queue == bindparam("queue"),
    )
    .limit(1)
)
_HOLDING_OUT = (
    _ITEMS.where(
        LIVE,
        work_items.c.state == "queued",
        work_items.c.queue == bindparam("queue"),
        work_items.c.holds_out.is_(True),
        work_items.c.conversation > bindparam("after"),
    )
    .order_by(work_items.c.conversation)
    .limit(_LIMIT)
)


def waits_in(reads: Reads, queue: str) -> bool:
    """Whether anything waits in a queue, or is asked out of it."""
    return reads.execute(_WAITS_IN, {"organisation": reads.organisation, "queue": queue}).first() is not None


def list_holding_out(reads: Reads, queue: str, limit: int, *, after: str = "") -> list[WorkItem]:
    """What waits in a queue for somebody who speaks its language."""
    values = {"organisation": reads.organisation, "queue": queue, "limit": limit, "after": after}
    return [item_of(row) for row in reads.execute(_HOLDING_OUT, values)]


# Decisions

_DECISIONS = (
    select(work_decisions.c.id, work_decisions.c.at, work_decisions.c.decision)
    .where(work_decisions.c.organisation == _ORGANISATION, work_decisions.c.item == bindparam("item"))
    .order_by(work_decisions.c.id.desc())
    .limit(_LIMIT)
    .offset(_OFFSET)
)
_DECISIONS_COUNT = (
    select(func.count())
    .select_from(work_decisions)
    .where(work_decisions.c.organisation == _ORGANISATION, work_decisions.c.item == bindparam("item"))
)


def list_decisions(reads: Reads, item: str, limit: int, offset: int) -> list[Any]:
    """How it was decided about an item, the last first."""
    values = {"organisation": reads.organisation, "item": item, "limit": limit, "offset": offset}
    return reads.execute(_DECISIONS, values).rows


def count_decisions(reads: Reads, item: str) -> int:
    count: int = reads.execute(_DECISIONS_COUNT, {"organisation": reads.organisation, "item": item}).scalar()
    return count
