"""What simulations refuse.

BadParameter 400         Conflict 409
├── BadPeriod            └── SimulationRunning
├── PeriodTooFull
└── BadScenario
"""

from __future__ import annotations

from typing import Any

from kithdesk.core.errors import BadParameter, Conflict


class BadPeriod(BadParameter):
    """It ends after it begins, is over, and has at most 31 days."""

    code = "bad_period"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, parameter="from")


class PeriodTooFull(BadParameter):
    """There is more in it than is played at once; `meta {of, found, limit}` says how much, and of what."""

    code = "period_too_full"

    def __init__(self, detail: str, *, meta: dict[str, Any] | None = None) -> None:
        super().__init__(detail, parameter="from", meta=meta)


class BadScenario(BadParameter):
    """It names what there was not, or asks for what cannot be."""

    code = "bad_scenario"


class SimulationRunning(Conflict):
    """An organisation has one at a time."""

    code = "simulation_running"

    def __init__(self) -> None:
        super().__init__("One is being played already. Stop it, or wait for its end.")
