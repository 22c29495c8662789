"""A simulation as its row has it."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from kithdesk.core.clock import MINUTE, Instant
from kithdesk.simulation.ids import SimulationId

Status = Literal["waiting", "running", "stopped", "failed", "done"]
SILENT = 5 * MINUTE
"""What says nothing for so long is dead."""


class Who(msgspec.Struct, frozen=True):
    """Who asked for it."""

    id: str | None
    name: str


class Failure(msgspec.Struct, frozen=True):
    """Why there is no result."""

    code: str
    detail: str
    parameter: str | None = None
    meta: dict[str, Any] | None = None


class Simulation(msgspec.Struct, frozen=True, kw_only=True):
    """One. `progress`: thousandths."""

    id: SimulationId
    name: str
    status: Status
    begins_at: Instant
    ends_at: Instant
    scenario: dict[str, Any]
    progress: int
    failure: Failure | None
    created_at: Instant
    created_by: Who
    touched_at: Instant
    ended_at: Instant | None

    def is_under_way(self, now: Instant) -> bool:
        return self.status in ("waiting", "running") and now - self.touched_at < SILENT
