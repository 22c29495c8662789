"""What the rest of the house works with: a schedule."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from kithdesk.calendar.ids import ScheduleId
from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.rules import ALL_DAY, Rules
from kithdesk.core.clock import Instant

_decode = msgspec.json.Decoder(Rules).decode


@dataclass(frozen=True, slots=True)
class Schedule:
    """When people are at work. Cheap to hold and to ask: equal rules share what they remember."""

    id: ScheduleId
    name: str
    times: OpeningTimes = field(compare=False, repr=False)
    rev: int
    is_default: bool
    created_at: Instant
    updated_at: Instant

    @property
    def rules(self) -> Rules:
        return self.times.rules

    def is_open(self, at: Instant) -> bool:
        return self.times.is_open(at)

    def next_opening(self, at: Instant) -> Instant | None:
        """The first moment after `at` at which it opens, or None within two years."""
        return self.times.next_opening(at)

    def next_closing(self, at: Instant) -> Instant | None:
        """The first moment after `at` at which it closes, or None within two years."""
        return self.times.next_closing(at)

    def business_between(self, start: Instant, end: Instant) -> int:
        """How many milliseconds from `start` to `end` are open; 0 when `end` comes first."""
        return self.times.business_between(start, end)

    def after_business(self, start: Instant, milliseconds: int) -> Instant | None:
        """The first moment by which so much open time has passed since `start`. None: it does not open for two years
        before that, or it would take more than fifty."""
        return self.times.after_business(start, milliseconds)


@lru_cache(maxsize=512)
def opening_times(stored: str) -> OpeningTimes:
    """Of rules as they are stored. A schedule changes once a month and is asked with every message."""
    return OpeningTimes(_decode(stored))


ALWAYS = Schedule(
    id=ScheduleId(""),
    name="Always",
    times=OpeningTimes(Rules(timezone="UTC", week=(ALL_DAY,) * 7)),
    rev=0,
    is_default=False,
    created_at=Instant(0),
    updated_at=Instant(0),
)
"""Open day and night, for whoever has no schedule."""
