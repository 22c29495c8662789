"""When it is open: arithmetic on instants, exact to the millisecond, without a clock and without a database.

A moment is open when the clock on the wall shows one of its date's hours. Where the clock jumps ahead, the hours that
it leaves out do not happen; where it goes back, those that it shows twice happen twice. Hours that end after midnight
belong to the date on which they begin.

      rules ──▶ hours of a date ──▶ open spans of a UTC day, remembered ──▶ answers, that cost by the days they touch
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date

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


class OpeningTimes:
    """The answers for one set of rules. It remembers the days it was asked about, so keep it."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._zone = get_zone(rules.timezone)
        self._own = {day_of(one.date): one.hours for one in rules.dates}
        self._days: dict[int, tuple[Span, ...]] = {}
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
        """How many milliseconds from `start` to `end` are open; 0 when `end` comes first."""
        return sum(
            max(0, min(closes, end) - max(opens, start))
            for day in range(start // DAY, (end - 1) // DAY + 1)
            for opens, closes in self._open_on(day)
        )

    def after_business(self, start: Instant, milliseconds: int) -> Instant | None:
        """The first moment by which so much open time has passed since `start`.

        None when it does not open for two years before that, or when it would take more than fifty.
        """
        if milliseconds <= 0:
            return start
        left, first = milliseconds, start // DAY
        opened = first
        for day in range(first, first + _LONGEST_DAYS):
            for opens, closes in self._open_on(day):
                since = max(opens, start)
                if closes - since >= left:
                    return Instant(since + left)
                left -= max(0, closes - since)
                opened = day
            if day - opened > LOOKS_AHEAD_DAYS:
                return None
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
