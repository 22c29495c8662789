"""Living items of a whole queue or organisation, a stretch at a time: no command looks at all of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, or_, select

from kithdesk.core.work import Reads
from kithdesk.routing.entities import State, WorkItem, item_of
from kithdesk.routing.tables import LIVE, work_items

STRETCH = 2_000
"""Items, living or not, that are looked through at once: about a millisecond."""

_LIMIT: Any = bindparam("limit")
_ITEMS = select(*[work_items.c[name] for name in WorkItem.__struct_fields__]).where(
    work_items.c.organisation == bindparam("organisation"), LIVE
)
_STANDING_IN = (
    _ITEMS.where(
        work_items.c.state == bindparam("state"),
        work_items.c.queue == bindparam("queue"),
        work_items.c.entered_at >= bindparam("entered_at"),
        or_(
            work_items.c.entered_at > bindparam("entered_at"), work_items.c.conversation > bindparam("after")
        ),
    )
    .order_by(work_items.c.entered_at, work_items.c.conversation)
    .limit(_LIMIT)
)
_NEXT = (
    select(work_items.c.conversation)
    .where(
        work_items.c.organisation == bindparam("organisation"), work_items.c.conversation > bindparam("after")
    )
    .order_by(work_items.c.conversation)
    .limit(bindparam("stretch"))
    .subquery()
)
_END = select(func.max(_NEXT.c.conversation).label("end"), func.count().label("seen")).select_from(_NEXT)
_ASKING_FOR = (
    _ITEMS.where(
        work_items.c.conversation > bindparam("after"),
        work_items.c.conversation <= bindparam("end"),
        or_(
            work_items.c.skills.like(bindparam("pattern"), escape="!"),
            work_items.c.own_skills.like(bindparam("pattern"), escape="!"),
            work_items.c.language == bindparam("skill"),
        ),
    )
    .order_by(work_items.c.conversation)
    .limit(_LIMIT)
)


def list_standing_in(
    reads: Reads, queue: str, state: State, limit: int, *, after: tuple[int, str]
) -> list[WorkItem]:
    """What is in a state in a queue, after a place and the conversation that has it."""
    entered_at, conversation = after
    values = {"organisation": reads.organisation, "queue": queue, "state": state, "limit": limit}
    rows = reads.execute(_STANDING_IN, {**values, "entered_at": entered_at, "after": conversation})
    return [item_of(row) for row in rows]


def list_asking_for(
    reads: Reads, skill: str, limit: int, *, after: str = ""
) -> tuple[list[WorkItem], str | None]:
    """Some of the living items, whoever has them, that ask for a skill or one of a very similar key; and after which
    conversation there may be others."""
    values: dict[str, Any] = {"organisation": reads.organisation, "after": after}
    stretch = reads.execute(_END, {**values, "stretch": STRETCH}).one()
    if stretch.end is None:
        return [], None
    wanted = f'"{skill}"'
    for sign in "!%_":
        wanted = wanted.replace(sign, f"!{sign}")
    values |= {"end": stretch.end, "pattern": f"%{wanted}%", "skill": skill}
    items = [item_of(row) for row in reads.execute(_ASKING_FOR, {**values, "limit": limit})]
    if len(items) == limit:
        return items, items[-1].conversation
    return items, stretch.end if stretch.seen == STRETCH else None
