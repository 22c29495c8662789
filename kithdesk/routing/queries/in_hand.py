"""Work items in an agent's hands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from kithdesk.core.work import Reads
from kithdesk.routing.entities import WorkItem, item_of
from kithdesk.routing.tables import LIVE, live_assignments, work_items

# From the agent's side: what they have in hand is little, whatever the organisation ever had.
_HANDS = live_assignments.join(
    work_items,
    and_(
        work_items.c.organisation == live_assignments.c.organisation,
        work_items.c.conversation == live_assignments.c.conversation,
        LIVE,
    ),
)
_THEIRS: tuple[Any, ...] = (
    live_assignments.c.organisation == bindparam("organisation"),
    live_assignments.c.user == bindparam("user"),
    work_items.c.state.in_(bindparam("states", expanding=True)),
)
_PAGE = (
    select(*[work_items.c[name] for name in WorkItem.__struct_fields__])
    .select_from(_HANDS)
    .where(*_THEIRS)
    .order_by(work_items.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = select(func.count()).select_from(_HANDS).where(*_THEIRS)


def list_in_hand(reads: Reads, user: str, states: Sequence[str], limit: int, offset: int) -> list[WorkItem]:
    """What takes an agent's capacity and is in one of these states, the newest first."""
    values = {**_values(reads, user, states), "limit": limit, "offset": offset}
    return [item_of(row) for row in reads.execute(_PAGE, values)]


def count_in_hand(reads: Reads, user: str, states: Sequence[str]) -> int:
    count: int = reads.execute(_COUNT, _values(reads, user, states)).scalar()
    return count


def _values(reads: Reads, user: str, states: Sequence[str]) -> dict[str, Any]:
    return {"organisation": reads.organisation, "user": user, "states": list(states)}
