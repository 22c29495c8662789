"""Foretelling a wait, from who is there and what has left a queue of late. Arithmetic only; where nobody is there, or
nothing left, nothing is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kithdesk.core.clock import MINUTE, Instant

WINDOW = 30
"""Minutes."""
SHORTEST = 5
"""Of a queue that has only begun, so many are taken for its past: one that left at once promises nothing."""


@dataclass(frozen=True, slots=True)
class Departed:
    """What left a queue in one minute since 1970, and how long that had waited together (milliseconds)."""

    minute: int
    count: int
    waited: int


def expected_wait(
    ahead: int, departed: Sequence[Departed], *, now: Instant, available: int, free: int = 0
) -> int | None:
    """Milliseconds until an item with so many before it leaves, if it goes on as in the last half hour.

    `available`: how many there are to take it, `free` of them with room for what has yet to come.
    """
    if available == 0:
        return None
    if ahead == 0 and free > 0:
        return 0
    recent = _recent(departed, now)
    total = sum(one.count for one in recent)
    if total == 0:
        return None
    oldest = min(one.minute for one in recent)
    minutes = max(SHORTEST, now // MINUTE - oldest + 1)
    return (ahead + 1) * minutes * MINUTE // total


def recent_wait(departed: Sequence[Departed], *, now: Instant) -> int | None:
    """How long they have waited on average (milliseconds)."""
    recent = _recent(departed, now)
    total = sum(one.count for one in recent)
    return sum(one.waited for one in recent) // total if total else None


def _recent(departed: Sequence[Departed], now: Instant) -> list[Departed]:
    minute = now // MINUTE
    return [one for one in departed if minute - WINDOW < one.minute <= minute and one.count > 0]
