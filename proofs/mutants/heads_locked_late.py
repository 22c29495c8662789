"""Commands of one organisation run at once on all nodes: its head is locked only when their events are numbered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from kithdesk.core.commands import Command, Committed
from kithdesk.core.ids import OrganisationId
from kithdesk.core.journal_rows import heads
from kithdesk.core.postgres import lane
from kithdesk.core.postgres.pipeline import Asked

_PEEK = select(heads.c.organisation, heads.c.position, heads.c.event).where(
    heads.c.organisation == any_(bindparam("organisations", type_=ARRAY(Text)))
)


def break_it() -> None:
    lock, write_together = lane._lock_heads, lane.PostgresLane._write_together

    def begin_without(transaction: Any, organisations: list[OrganisationId]) -> Asked | None:
        return transaction.execute(_PEEK, {"organisations": organisations}) if organisations else None

    def lock_and_write(
        own: lane.PostgresLane,
        transaction: Any,
        commands: list[Command],
        positions: dict[OrganisationId, int],
    ) -> Committed:
        locked = lock(transaction, sorted(organisation for organisation in positions if organisation))
        positions.update({row.organisation: row.position for row in locked or ()})
        return write_together(own, transaction, commands, positions)

    vars(lane)["_lock_heads"] = begin_without
    changed: Any = lane.PostgresLane
    changed._write_together = lock_and_write
