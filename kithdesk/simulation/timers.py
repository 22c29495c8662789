"""What happens later: a simulation is played, and forgotten."""

from __future__ import annotations

from typing import ClassVar

from kithdesk.core.clock import SECOND
from kithdesk.core.jobs import Job, RetryPolicy
from kithdesk.simulation.ids import SimulationId


class Play(Job, frozen=True, kw_only=True):
    """All of it, for as long as it takes. Begun again from its beginning, when its process has gone."""

    kind: ClassVar[str] = "simulation.play"
    policy: ClassVar[RetryPolicy] = RetryPolicy(tries=10, first=SECOND)
    is_effect: ClassVar[bool] = True
    of: SimulationId


class Forget(Job, frozen=True, kw_only=True):
    """It has been kept for long enough. A scenario may name customers in its rules' criteria."""

    kind: ClassVar[str] = "simulation.forget"
    of: SimulationId
