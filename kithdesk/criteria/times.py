"""Times in criteria: a moment, a day of a time zone, or so long from now."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from kithdesk.calendar import get_zone
from kithdesk.calendar.errors import UnknownTimezone
from kithdesk.core.clock import DAY, EARLIEST, HOUR, LATEST, MINUTE, Instant, parse_iso
from kithdesk.criteria.errors import BadCriterion

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_AGO = re.compile(r"([+-])(\d{1,5})([mhd])\Z", re.ASCII)
_UNITS = {"m": MINUTE, "h": HOUR, "d": DAY}


class Span(NamedTuple):
    """From its first millisecond to that after its last; a moment has no end. `is_relative`: both are from now."""

    begins: int
    ends: int | None = None
    is_relative: bool = False

    def in_days(self, zone: tzinfo, now: Instant) -> Span:
        """The date that it is in the time zone, as dates are compared: from its midnight to the next, of UTC."""
        moment = self.begins + now if self.is_relative else self.begins
        # The first day and the last of all are no days everywhere.
        moment = min(max(moment, EARLIEST + DAY), LATEST - DAY)
        midnight = _midnight(datetime.fromtimestamp(moment / 1_000, zone).date(), UTC)
        return Span(midnight, midnight + DAY)

    def compare(self, operator: str, at: int, now: Instant) -> bool:
        """Whether `at` is at it, after it, before it."""
        begins = self.begins + now if self.is_relative else self.begins
        last = begins if self.ends is None else self.ends - 1
        if operator == "equals":
            return begins <= at <= last
        if operator == "gt":
            return at > last
        if operator == "gte":
            return at >= begins
        return at < begins if operator == "lt" else at <= last


def day_of(text: Any) -> int | None:
    """The midnight by which a date is compared, UTC's wherever one lives; None for what is no date."""
    if not isinstance(text, str) or not _DAY.match(text):
        return None
    try:
        return _midnight(date.fromisoformat(text), UTC)
    except (ValueError, OverflowError):
        return None


def zone_of(name: Any) -> tzinfo:
    """The time zone that days are of. Raises `BadCriterion`."""
    if name is None:
        return UTC
    try:
        return get_zone(name if isinstance(name, str) else "").tzinfo
    except UnknownTimezone:
        raise BadCriterion("A time zone, such as Europe/Lisbon.", parameter="timeZone") from None


def read_time(value: Any, zone: tzinfo, at: str) -> Span:
    """Raises `BadCriterion`."""
    found = find_time(value, zone)
    if found is None:
        raise BadCriterion(
            "A day (2026-11-24), a time in ISO 8601, or one from now (-7d, -12h, +30m).", parameter=at
        )
    return found


def find_time(value: Any, zone: tzinfo) -> Span | None:
    """The same, or None for what is no time."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, int):
        return Span(value) if EARLIEST <= value <= LATEST else None
    ago = _AGO.match(value)
    if ago is not None:
        span = int(ago[2]) * _UNITS[ago[3]]
        return Span(span if ago[1] == "+" else -span, is_relative=True)
    try:
        if not _DAY.match(value):
            return Span(parse_iso(value))
        day = date.fromisoformat(value)
        return Span(_midnight(day, zone), _midnight(day + timedelta(days=1), zone))
    except (ValueError, OverflowError):
        return None


def _midnight(day: date, zone: tzinfo) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1_000)
