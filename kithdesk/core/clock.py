"""Time as the server sees it: whole milliseconds since 1970 in UTC.

One integer type everywhere inside; ISO 8601 with milliseconds and `Z` on every border.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NewType, Protocol

Instant = NewType("Instant", int)
"""Milliseconds since the Unix epoch, UTC."""

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

EARLIEST = Instant(-62_135_596_800_000)
"""The first millisecond of the year 1."""
LATEST = Instant(253_402_300_799_999)
"""The last millisecond of year 9999, the end of what ISO 8601 writes with four digits."""


class Clock(Protocol):
    """The wall clock, passed in. Leases and time-outs use `time.monotonic` instead."""

    def now(self) -> Instant: ...


class SystemClock:
    """The machine's clock, moved ahead by `offset` milliseconds in tests of a whole server."""

    def __init__(self, offset: int = 0) -> None:
        self.offset = offset

    def now(self) -> Instant:
        return Instant(time.time_ns() // 1_000_000 + self.offset)


class ManualClock:
    """A clock that stands still until told."""

    def __init__(self, start: Instant = Instant(1_780_000_000_000)) -> None:
        self._now = start

    def now(self) -> Instant:
        return self._now

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        self._now = self.in_(days=days, hours=hours, minutes=minutes, seconds=seconds)

    def in_(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> Instant:
        """The instant that far from now."""
        delta = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND
        return Instant(self._now + round(delta))


def iso(at: Instant) -> str:
    """`2026-11-24T22:58:55.012Z`."""
    hour, rest = divmod(at, HOUR)
    minute, rest = divmod(rest, MINUTE)
    second, millisecond = divmod(rest, SECOND)
    return f"{_iso_hour(hour)}:{minute:02d}:{second:02d}.{millisecond:03d}Z"


@lru_cache(maxsize=1024)
def _iso_hour(hour: int) -> str:
    """A page shows two times an entry, and most of them are of a few hours."""
    return datetime.fromtimestamp(hour * 3600, UTC).isoformat()[:13]


def iso_or_none(at: Instant | None) -> str | None:
    return None if at is None else iso(at)


def parse_iso(text: str) -> Instant:
    """Reads an ISO 8601 time; one without an offset is UTC. Raises `ValueError`."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    at = round((moment - _EPOCH) / timedelta(milliseconds=1))
    if not EARLIEST <= at <= LATEST:
        raise ValueError("outside the years 1 to 9999")
    return Instant(at)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
