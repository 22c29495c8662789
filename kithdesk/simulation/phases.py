"""What is done while a simulation is under way, and which part of the whole each of it is."""

from __future__ import annotations

from typing import Literal

Phase = Literal["reading", "before", "after", "done"]
"""`before`: plays it as it was; `after`: as it would have been."""

SHARES: dict[Phase, tuple[float, float]] = {
    "reading": (0.0, 0.2),
    "before": (0.2, 0.6),
    "after": (0.6, 1.0),
    "done": (1.0, 1.0),
}


def phase_at(done: float) -> Phase:
    """What is under way when so much is done, from 0 to 1."""
    return next((phase for phase, (_, ends) in SHARES.items() if done < ends), "done")
