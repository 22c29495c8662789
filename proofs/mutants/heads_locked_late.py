"""Commands of one organisation run at once on all nodes: its head is locked only when their events are numbered."""

from __future__ import annotations

from typing import Any

from kithdesk.core.ids import OrganisationId
from kithdesk.core.lane import Command, Committed
from kithdesk.core.postgres import lane


def break_it() -> None:
    lock, write_together = lane._lock_heads, lane.PostgresLane._write_together

    def begin_without(_transaction: Any, organisations: list[OrganisationId]) -> lane.Ends:
        return dict.fromkeys([OrganisationId(""), *organisations], (0, None))

    def lock_and_write(
        own: lane.PostgresLane,
        transaction: Any,
        commands: list[Command],
        heads: dict[OrganisationId, int],
    ) -> Committed:
        ends = lock(transaction, sorted(heads))
        heads.update((organisation, position) for organisation, (position, _) in ends.items())
        return write_together(own, transaction, commands, heads)

    vars(lane)["_lock_heads"] = begin_without
    changed: Any = lane.PostgresLane
    changed._write_together = lock_and_write
