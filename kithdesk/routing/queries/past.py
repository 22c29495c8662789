"""What was somebody's work at a moment of the past."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, or_, select

from kithdesk.core.clock import Instant
from kithdesk.core.work import Reads
from kithdesk.routing.tables import LIVE, work_items

_AT: Any = bindparam("at")
_LIVING = (
    select(work_items.c.conversation)
    .where(
        work_items.c.organisation == bindparam("organisation"),
        work_items.c.created_at < _AT,
        or_(work_items.c.completed_at.is_(None), work_items.c.completed_at >= _AT),
    )
    .distinct()
)
_LIVE_NOW = (
    select(work_items.c.conversation)
    .where(
        work_items.c.organisation == bindparam("organisation"),
        LIVE,
        work_items.c.conversation > bindparam("after"),
        work_items.c.state.in_(("queued", "offered", "wrap_up")),
    )
    .order_by(work_items.c.conversation)
    .limit(bindparam("limit"))
)


def list_living_at(reads: Reads, at: Instant) -> list[str]:
    """Conversations whose item was neither completed nor yet to come. Looks at every item there ever was."""
    values = {"organisation": reads.organisation, "at": at}
    return [row.conversation for row in reads.execute(_LIVING, values)]


def list_timed(reads: Reads, *, after: str, limit: int) -> list[str]:
    """Conversations whose item waits, is offered, or is wound up, in the order of their ids."""
    values = {"organisation": reads.organisation, "after": after, "limit": limit}
    return [row.conversation for row in reads.execute(_LIVE_NOW, values)]
