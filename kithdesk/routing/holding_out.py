"""Holding out for a language: how long an item waits for somebody who speaks its customer's. Arithmetic only."""

from __future__ import annotations

from kithdesk.calendar import Schedule
from kithdesk.core.clock import SECOND, Instant

DEFAULT_SECONDS = 120


def holds_out_until(since: Instant, seconds: int, hours: Schedule) -> Instant | None:
    """So long of its queue's hours, after it began to wait. None where it does not open for years."""
    return hours.after_business(since, seconds * SECOND)
