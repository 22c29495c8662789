"""Playing in the helper process, a tenth of a second at a time, so that whoever else wants something there is next.

The twin stays there between two steps. It needs nothing of this process but the facts that it is given.
"""

from __future__ import annotations

import msgspec

from kithdesk.core.clock import Instant
from kithdesk.core.ids import OrganisationId
from kithdesk.core.work import Wiring
from kithdesk.simulation.facts import Fact
from kithdesk.simulation.running import Run
from kithdesk.simulation.scenario import Scenario

STEP_SECONDS = 0.1
MOST = 2
"""At once, of all organisations: each holds a period in memory."""

_runs: dict[str, Run] = {}


class Lost(Exception):
    """The process in which it was has gone."""


class Busy(Exception):
    """Others are being played."""


def begin_run(
    id: str, wiring: Wiring, organisation: OrganisationId, begins: Instant, ends: Instant, scenario: Scenario
) -> None:
    """Raises `Busy`."""
    end_run(id)
    if len(_runs) >= MOST:
        raise Busy
    _runs[id] = Run(wiring, organisation, begins, ends, scenario)


def feed_run(id: str, facts: list[Fact], is_period: bool, read: float) -> float:
    """Answers how far it is, from 0 to 1. Raises `Lost`."""
    run = _get(id)
    run.feed(facts, is_period=is_period, read=read)
    return run.done


def start_run(id: str) -> None:
    """Raises `Lost`."""
    _get(id).start()


def step_run(id: str) -> tuple[float, str | None]:
    """How far it is, and what came of it once it is over. Raises `Lost`, `BadScenario`."""
    run = _get(id)
    run.step(STEP_SECONDS)
    outcome = None if run.outcome is None else msgspec.json.encode(run.outcome).decode()
    return run.done, outcome


def end_run(id: str) -> None:
    """Lets go of what it holds."""
    run = _runs.pop(id, None)
    if run is not None:
        run.close()


def _get(id: str) -> Run:
    run = _runs.get(id)
    if run is None:
        raise Lost
    return run
