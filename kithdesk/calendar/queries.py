"""Every SELECT of schedules. Nothing in one is secret: whoever is in the organisation may read it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select

from kithdesk.calendar.entities import Schedule, opening_times
from kithdesk.calendar.ids import ScheduleId
from kithdesk.calendar.tables import schedules
from kithdesk.core.clock import Instant
from kithdesk.core.errors import NotFound
from kithdesk.core.work import Reads

_OURS = schedules.c.organisation == bindparam("organisation")
_ONE = select(schedules).where(_OURS, schedules.c.id == bindparam("id"))
_DEFAULT = select(schedules).where(_OURS, schedules.c.is_default.is_(True))
_PAGE = (
    select(schedules)
    .where(_OURS)
    .order_by(schedules.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = select(func.count()).select_from(schedules).where(_OURS)


def find_schedule(reads: Reads, id: str) -> Schedule | None:
    row = reads.execute(_ONE, {"organisation": reads.organisation, "id": id}).first()
    return None if row is None else _schedule(row)


def get_schedule(reads: Reads, id: str) -> Schedule:
    """Raises `NotFound`."""
    found = find_schedule(reads, id)
    if found is None:
        raise NotFound
    return found


def default_schedule(reads: Reads) -> Schedule | None:
    """The organisation's own; None while there is no schedule at all."""
    row = reads.execute(_DEFAULT, {"organisation": reads.organisation}).first()
    return None if row is None else _schedule(row)


def list_schedules(reads: Reads, *, limit: int, offset: int = 0) -> list[Schedule]:
    """Oldest first."""
    values = {"organisation": reads.organisation, "limit": limit, "offset": offset}
    return [_schedule(row) for row in reads.execute(_PAGE, values)]


def count_schedules(reads: Reads) -> int:
    count: int = reads.execute(_COUNT, {"organisation": reads.organisation}).scalar()
    return count


def _schedule(row: Any) -> Schedule:
    return Schedule(
        id=ScheduleId(row.id),
        name=row.name,
        times=opening_times(row.rules),
        rev=row.rev,
        is_default=row.is_default,
        created_at=Instant(row.created_at),
        updated_at=Instant(row.updated_at),
    )
