"""Time zones: how far the clock on the wall is from UTC, and when that changes.

They are read from the package that is installed with the program and never from the machine, so that every node of an
installation reckons alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from kithdesk.calendar.errors import UnknownTimezone
from kithdesk.core.clock import DAY, SECOND, Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The calendar of Python ends at both ends of these, and a zone may be a day away from UTC.
_FIRST = -62_135_596_800 + 2 * DAY // SECOND
_LAST = 253_402_300_799 - 2 * DAY // SECOND


class Zone:
    """One time zone, by its name in the tz database."""

    def __init__(self, name: str, zone: ZoneInfo) -> None:
        self.name = name
        self.tzinfo: tzinfo = zone

    def offset_at(self, at: Instant | int) -> int:
        """Milliseconds that the wall is ahead of UTC."""
        return self._offset(at // SECOND) * SECOND

    def stretches(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """`begin` to `end`, at most a day apart, as `(since, until, offset)` of one offset each.

        No zone has ever changed twice within a day.
        """
        before, after = self.offset_at(begin), self.offset_at(end - 1)
        if before == after:
            yield begin, end, before
            return
        change = self._change_between(begin // SECOND, (end - 1) // SECOND) * SECOND
        yield begin, change, before
        yield change, end, after

    def _change_between(self, low: int, high: int) -> int:
        """The first second of the offset that holds at `high`."""
        after = self._offset(high)
        while high - low > 1:
            middle = (low + high) // 2
            if self._offset(middle) == after:
                high = middle
            else:
                low = middle
        return high

    def _offset(self, second: int) -> int:
        moment = _EPOCH + timedelta(seconds=min(max(second, _FIRST), _LAST))
        offset = moment.astimezone(self.tzinfo).utcoffset()
        assert offset is not None
        return offset.days * 86_400 + offset.seconds


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Every name that can be given."""
    text = (files("tzdata") / "zones").read_text(encoding="ascii")
    return frozenset(text.split()) - {"Factory"}


@lru_cache(maxsize=1_024)
def get_zone(name: str) -> Zone:
    """Raises `UnknownTimezone`."""
    if name not in names():
        raise UnknownTimezone(name)
    with (files("tzdata") / "zoneinfo" / name).open("rb") as data:
        return Zone(name, ZoneInfo.from_file(data, key=name))
