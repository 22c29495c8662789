"""Queues and agents as they stand, all of them at once: for boards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from kithdesk.core.work import Reads
from kithdesk.routing.entities import AgentRow
from kithdesk.routing.tables import (
    DECLINED,
    LIVE,
    QUEUED,
    live_assignments,
    queue_flow,
    routing_agents,
    routing_lines,
    work_items,
)

_ORGANISATION: Any = bindparam("organisation")

# The rows of `ix_work_items_standing` alone: what is snoozed, and all that ever was, is passed over. It is no more than
# agents have in their hands; what waits may be a hundred times that, and is counted by its lines.
_STANDING = (
    select(
        work_items.c.queue,
        work_items.c.state,
        func.count().label("items"),
        func.min(work_items.c.entered_at).label("since"),
    )
    .where(
        work_items.c.organisation == _ORGANISATION,
        LIVE,
        work_items.c.state.in_(("offered", "assigned", "wrap_up")),
    )
    .group_by(work_items.c.queue, work_items.c.state)
)
_first = work_items.alias("first")
_HEAD = (
    select(_first.c.entered_at)
    .where(
        _first.c.organisation == routing_lines.c.organisation, _first.c.line == routing_lines.c.line, QUEUED
    )
    .order_by(_first.c.entered_at, _first.c.id)
    .limit(1)
    .correlate(routing_lines)
    .scalar_subquery()
)
_WAITING = select(routing_lines.c.queue, routing_lines.c.waiting.label("items"), _HEAD.label("since")).where(
    routing_lines.c.organisation == _ORGANISATION
)
_DECLINED = (
    select(
        work_items.c.queue,
        func.count().label("items"),
        func.min(work_items.c.declined_at).label("since"),
    )
    .where(work_items.c.organisation == _ORGANISATION, DECLINED)
    .group_by(work_items.c.queue)
)
_FLOW = select(
    queue_flow.c.queue,
    queue_flow.c.minute,
    queue_flow.c.arrived,
    queue_flow.c.departed,
    queue_flow.c.waited,
    queue_flow.c.waits,
    queue_flow.c.completed,
).where(queue_flow.c.organisation == _ORGANISATION, queue_flow.c.minute >= bindparam("since"))
_QUEUES_OF = select(work_items.c.conversation, work_items.c.queue).where(
    work_items.c.organisation == _ORGANISATION,
    LIVE,
    work_items.c.conversation.in_(bindparam("conversations", expanding=True)),
)
_EVERYBODY = select(*[routing_agents.c[name] for name in AgentRow.__struct_fields__]).where(
    routing_agents.c.organisation == _ORGANISATION
)
_HANDS = (
    select(live_assignments.c.user, func.count().label("items"))
    .where(live_assignments.c.organisation == _ORGANISATION)
    .group_by(live_assignments.c.user)
)


def count_waiting(reads: Reads) -> list[Any]:
    """By line, of which a queue has several: how much waits in it, and since when the first."""
    return reads.execute(_WAITING, {"organisation": reads.organisation}).rows


def count_standing(reads: Reads) -> list[Any]:
    """By queue and state, how much is in somebody's hands, or is asked of somebody, and since when the first waits."""
    return reads.execute(_STANDING, {"organisation": reads.organisation}).rows


def count_declined_by_queue(reads: Reads) -> list[Any]:
    """By queue, what everybody who could take it has declined, and since when the first of it."""
    return reads.execute(_DECLINED, {"organisation": reads.organisation}).rows


def list_flow(reads: Reads, since: int) -> list[Any]:
    """What went through each queue, by the minute."""
    return reads.execute(_FLOW, {"organisation": reads.organisation, "since": since}).rows


def queues_of(reads: Reads, conversations: Sequence[str]) -> dict[str, str | None]:
    """In which queues these are, of those that live."""
    values = {"organisation": reads.organisation, "conversations": list(conversations)}
    return {row.conversation: row.queue for row in reads.execute(_QUEUES_OF, values)}


def list_everybody(reads: Reads) -> list[AgentRow]:
    """Every agent who has ever said that they are here, or was given something."""
    return [AgentRow(*row) for row in reads.execute(_EVERYBODY, {"organisation": reads.organisation})]


def count_hands(reads: Reads) -> dict[str, int]:
    """How many conversations each agent has in hand."""
    rows = reads.execute(_HANDS, {"organisation": reads.organisation})
    return {row.user: row.items for row in rows}
