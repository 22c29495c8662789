"""What the mutants that speak too early have in common: they speak, let the words leave, and only then commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from kithdesk.core import crashpoints
from kithdesk.core.commands import Command, Committed
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sqlite import SqliteLane
from kithdesk.core.work import Transaction

BEFORE_COMMIT = 3


def speak_before_commit(speak: Callable[[SqliteLane, list[Command], Committed], None]) -> None:
    """The crash point before the commit comes after the words, as it does in a server that has this fault."""
    write_together, commit, reach = SqliteLane._write_together, SqliteLane._commit, crashpoints.reach

    def write_and_speak(
        lane: SqliteLane,
        transaction: Transaction,
        commands: list[Command],
        heads: dict[OrganisationId, int],
    ) -> Committed:
        committed = write_together(lane, transaction, commands, heads)
        speak(lane, commands, committed)
        return committed

    async def commit_late(lane: SqliteLane) -> None:
        await asyncio.sleep(0.002)
        reach(BEFORE_COMMIT)
        await commit(lane)

    def reach_others(point: int) -> None:
        if point != BEFORE_COMMIT:
            reach(point)

    changed: Any = SqliteLane
    changed._write_together = write_and_speak
    changed._commit = commit_late
    crashpoints.reach = reach_others
