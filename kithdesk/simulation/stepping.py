"""What a process does that plays one simulation, asked for step by step. It is there for nothing else."""

from __future__ import annotations

import msgspec

from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.migrate import Where
from kithdesk.core.replay import open_snapshot
from kithdesk.core.work import Wiring
from kithdesk.simulation.scenario import Scenario
from kithdesk.simulation.whole import Whole

STEP_SECONDS = 0.5
"""Whoever stops one waits so long, or for one statement, and nobody else does."""

_playing: list[Whole] = []


class Lost(Exception):
    """The process in which it was has gone, and this is another."""


def begin_playing(
    where: Where,
    wiring: Wiring,
    organisation: OrganisationId,
    begins: Instant,
    ends: Instant,
    scenario: Scenario,
) -> None:
    """Raises `Unreachable`."""
    _playing.append(Whole(open_snapshot(where), wiring, organisation, begins, ends, scenario))


def go_on() -> tuple[float, str | None]:
    """How far it is, and what came of it once it is over.

    Raises `Lost`, `Unreachable`, `PeriodTooFull`, `BadScenario`.
    """
    if not _playing:
        raise Lost
    whole = _playing[-1]
    outcome = whole.step(STEP_SECONDS)
    return whole.done, None if outcome is None else msgspec.json.encode(outcome).decode()
