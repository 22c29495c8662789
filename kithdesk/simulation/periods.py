"""Which periods are played."""

from __future__ import annotations

from kithdesk.core.clock import DAY, MINUTE, Instant
from kithdesk.simulation.errors import BadPeriod

LONGEST_DAYS = 31


def check_period(begins: Instant, ends: Instant, now: Instant) -> None:
    """Raises `BadPeriod`."""
    if ends - begins < MINUTE:
        raise BadPeriod("It ends at least a minute after it begins.")
    if ends - begins > LONGEST_DAYS * DAY:
        raise BadPeriod(f"At most {LONGEST_DAYS} days.")
    if ends > now:
        raise BadPeriod("It is not over yet.")
