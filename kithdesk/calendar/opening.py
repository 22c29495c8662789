"""When it is open: arithmetic on instants, exact to the millisecond, without a clock and without a database.

A moment is open when the clock on the wall shows one of its date's hours. Where the clock jumps ahead, the hours that
it leaves out do not happen; where it goes back, those that it shows twice happen twice. Hours that end after midnight
belong to the date on which they begin.

      rules ──▶ hours of a date ──▶ open spans of a UTC day, remembered ──▶ answers, that cost by the days they touch

Programs record what is centuries old, so that long stretches are counted by whole weeks where all weeks are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date
from typing import NamedTuple

from kithdesk.calendar.public_holidays import holidays_in
from kithdesk.calendar.rules import ALL_DAY, CLOSED, MINUTES_A_DAY, Hours, Rules
from kithdesk.calendar.zones import get_zone
from kithdesk.core.clock import DAY, MINUTE, Instant

Span = tuple[int, int]

DAY_OF_EPOCH = 719_163
LOOKS_AHEAD_DAYS = 2 * 366
"""What does not open within two years never does."""
_LONGEST_DAYS = 50 * 366
_MOST_REMEMBERED = 4_096
_LAST_DAY = date(MAXYEAR, 12, 31).toordinal() - DAY_OF_EPOCH


class _Week(NamedTuple):
    """How long it is open in a week, and on which of its days last."""

    open_for: int
    last: int | None


class OpeningTimes:
    """The answers for one set of rules. It remembers the days it was asked about, so keep it."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._zone = get_zone(rules.timezone)
        self._own = {day_of(one.date): one.hours for one in rules.dates}
        self._days: dict[int, tuple[Span, ...]] = {}
        self._weeks: dict[int, _Week | None] = {}
        self._weeks_alike: dict[int, _Week] = {}
        self._is_never_closed = (
            all(hours == ALL_DAY for hours in rules.week) and rules.holidays is None and not rules.dates
        )

    def is_open(self, at: Instant) -> bool:
        return any(opens <= at < closes for opens, closes in self._open_on(at // DAY))

    def next_opening(self, at: Instant) -> Instant | None:
        """The first moment after `at` at which it opens, or None within two years."""
        return next((Instant(opens) for opens, _ in self._stretches(at) if opens > at), None)

    def next_closing(self, at: Instant) -> Instant | None:
        """The first moment after `at` at which it closes, or None within two years."""
        _, closes = next(self._stretches(at), (at, None))
        return None if closes is None else Instant(closes)

    def business_between(self, start: Instant, end: Instant) -> int:
        """How many milliseconds from `start` to `end` are open; 0 when `end` comes first.

        Of what is closed at times, no more than the last fifty years count.
        """
        if self._is_never_closed:
            return max(0, end - start)
        last = (end - 1) // DAY
        day = max(start // DAY, last - _LONGEST_DAYS)
        total = 0
        while day <= last:
            week = self._week_from(day) if day * DAY >= start and day + 7 <= last else None
            if week is not None:
                total += week.open_for
                day += 7
                continue
            spans = self._open_on(day)
            total += sum(max(0, min(closes, end) - max(opens, start)) for opens, closes in spans)
            day += 1
        return total

    def after_business(self, start: Instant, milliseconds: int) -> Instant | None:
        """The first moment by which so much open time has passed since `start`.

        None when it does not open for two years before that, or when it would take more than fifty.
        """
        if milliseconds <= 0:
            return start
        left, first = milliseconds, start // DAY
        end = first + _LONGEST_DAYS
        if self._is_never_closed:
            return Instant(start + left) if start + left <= end * DAY else None
        day = opened = first
        while day < end and day - opened <= LOOKS_AHEAD_DAYS:
            week = self._week_from(day) if day > first and day + 7 <= end else None
            if week is not None and week.open_for < left:
                left -= week.open_for
                opened = opened if week.last is None else day + week.last
                day += 7
                continue
            for opens, closes in self._open_on(day):
                since = max(opens, start)
                if closes - since >= left:
                    return Instant(since + left)
                left -= max(0, closes - since)
                opened = day
            day += 1
        return None

    def local_day(self, at: Instant) -> int:
        """The date that the wall shows, in days since 1970."""
        return (at + self._zone.offset_at(at)) // DAY

    def hours_on(self, day: int) -> Hours:
        """The hours that begin on a local date."""
        own = self._own.get(day)
        if own is not None:
            return own
        holidays = self.rules.holidays
        if holidays is not None and day in holidays_in(date_of(day).year, holidays):
            return CLOSED
        return self.rules.week[(day + 4) % 7]  # 1970 began on a Thursday

    def _stretches(self, at: Instant) -> Iterator[tuple[int, int | None]]:
        """What is open without a pause, from the stretch that ends after `at`, for two years; None: ends later."""
        if self._is_never_closed:  # or the search would end where it looks no further
            yield at, None
            return
        running: Span | None = None
        for day in range(at // DAY, at // DAY + LOOKS_AHEAD_DAYS + 1):
            for opens, closes in self._open_on(day):
                if running is None:
                    running = (opens, closes) if closes > at else None
                elif opens == running[1]:
                    running = (running[0], closes)
                else:
                    yield running
                    running = (opens, closes)
        if running is not None:
            goes_on = running[1] == (at // DAY + LOOKS_AHEAD_DAYS + 1) * DAY
            yield running[0], None if goes_on else running[1]

    def _open_on(self, day: int) -> tuple[Span, ...]:
        """The open spans of a UTC day, in their order and apart from each other."""
        found = self._days.get(day)
        if found is None:
            if len(self._days) >= _MOST_REMEMBERED:
                self._days.clear()
            found = self._days[day] = self._find_open_on(day)
        return found

    def _week_from(self, day: int) -> _Week | None:
        """Seven UTC days that begin with this one, if weeks begin with it and this one is like the others."""
        if day % 7:
            return None
        if day not in self._weeks:
            if len(self._weeks) >= _MOST_REMEMBERED:
                self._weeks.clear()
            self._weeks[day] = self._find_week(day)
        return self._weeks[day]

    def _find_week(self, day: int) -> _Week | None:
        # A clock that changes may be back within the week: some in Brazil were, in 1999 and 2000.
        offsets = {self._zone.offset_at((day + more) * DAY) for more in range(8)}
        if len(offsets) > 1 or self._is_special(range(day - 2, day + 9)):
            return None
        (offset,) = offsets
        if offset not in self._weeks_alike:
            spans = [(more, span) for more in range(7) for span in self._open_on(day + more)]
            open_for = sum(closes - opens for _, (opens, closes) in spans)
            self._weeks_alike[offset] = _Week(open_for, max((more for more, _ in spans), default=None))
        return self._weeks_alike[offset]

    def _is_special(self, days: range) -> bool:
        """Whether one of these local dates is unlike others of its weekday."""
        if any(day in self._own for day in days):
            return True
        holidays = self.rules.holidays
        if holidays is None:
            return False
        years = {date_of(days[0]).year, date_of(days[-1]).year}
        return any(day in known for known in (holidays_in(year, holidays) for year in years) for day in days)

    def _find_open_on(self, day: int) -> tuple[Span, ...]:
        # No zone is a day away from UTC; and most days of what is hardly ever open need no zone.
        if not any(self.hours_on(near) for near in range(day - 2, day + 2)):
            return ()
        spans: list[Span] = []
        for since, until, offset in self._zone.stretches(day * DAY, (day + 1) * DAY):
            for local in range((since + offset) // DAY, (until + offset - 1) // DAY + 1):
                midnight = local * DAY - offset
                for opens, closes in self._shown_on(local):
                    span = max(since, midnight + opens * MINUTE), min(until, midnight + closes * MINUTE)
                    if span[0] < span[1]:
                        spans.append(span)
        return _joined(spans)

    def _shown_on(self, day: int) -> Iterator[tuple[int, int]]:
        """The open minutes of a local date, with what the evening before reaches over."""
        for opens, closes in self.hours_on(day - 1):
            if closes < opens:
                yield 0, closes
        for opens, closes in self.hours_on(day):
            yield opens, MINUTES_A_DAY if closes < opens else closes


def day_of(text: str) -> int:
    """`2026-11-24` in days since 1970. Raises `ValueError`."""
    return date.fromisoformat(text).toordinal() - DAY_OF_EPOCH


def date_of(day: int) -> date:
    """The other way round."""
    return date.fromordinal(min(max(day, 1 - DAY_OF_EPOCH), _LAST_DAY) + DAY_OF_EPOCH)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return tuple(joined)
