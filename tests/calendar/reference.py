"""The same answers, found slowly: by looking at the clock on the wall once a minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import holidays

from kithdesk.calendar.rules import ALL_DAY, CLOSED, Hours, OwnDate, PublicHolidays, Rules
from kithdesk.core.clock import MINUTE, Instant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEKDAYS_9_TO_5: tuple[Hours, ...] = (CLOSED, *[((540, 1_020),)] * 5, CLOSED)


def rules(
    timezone: str = "UTC",
    *,
    week: tuple[Hours, ...] | None = None,
    country: PublicHolidays | None = None,
    dates: tuple[OwnDate, ...] = (),
) -> Rules:
    """Monday to Friday from nine to five, if nothing else is said."""
    s, m, t, w, h, f, a = WEEKDAYS_9_TO_5 if week is None else week
    return Rules(timezone=timezone, week=(s, m, t, w, h, f, a), holidays=country, dates=dates)


def every_day(*pairs: tuple[int, int]) -> tuple[Hours, ...]:
    return (pairs,) * 7


ALWAYS_OPEN = every_day(*ALL_DAY)


def at(text: str) -> Instant:
    """`2026-03-29T01:00:00+01:00`, or without an offset in UTC."""
    moment = datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return Instant((moment - EPOCH) // timedelta(milliseconds=1))


@cache
def zone_of(name: str) -> ZoneInfo:
    """As the program has it: the machine's own may be of another year."""
    with (files("tzdata") / "zoneinfo" / name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def shown(instant: int, zone: ZoneInfo) -> tuple[date, int]:
    """The date and the minute of the day that hang on the wall."""
    local = (EPOCH + timedelta(milliseconds=instant)).astimezone(zone)
    return local.date(), local.hour * 60 + local.minute


def open_minutes(said: Rules, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Every minute that begins in between, and whether it is open."""
    zone = zone_of(said.timezone)
    for minute in range(start // MINUTE * MINUTE, end, MINUTE):
        today, of_day = shown(minute, zone)
        hours, before = hours_on(said, today), hours_on(said, today - timedelta(days=1))
        yield (
            minute,
            any(s <= of_day < e or (e < s and of_day >= s) for s, e in hours)
            or any(e < s and of_day < e for s, e in before),
        )


def hours_on(said: Rules, day: date) -> Hours:
    for one in said.dates:
        if one.date == day.isoformat():
            return one.hours
    if said.holidays is not None and day in _calendar(said.holidays):
        return CLOSED
    return said.week[day.isoweekday() % 7]


_CALENDARS: dict[PublicHolidays, holidays.HolidayBase] = {}


def _calendar(asked: PublicHolidays) -> holidays.HolidayBase:
    if asked not in _CALENDARS:
        _CALENDARS[asked] = holidays.country_holidays(
            asked.country, subdiv=asked.subdivision, categories=asked.categories
        )
    return _CALENDARS[asked]


def business_between(said: Rules, start: int, end: int) -> int:
    return sum(
        max(0, min(minute + MINUTE, end) - max(minute, start))
        for minute, is_open in open_minutes(said, start, end)
        if is_open
    )


def after_business(said: Rules, start: int, milliseconds: int, until: int) -> int | None:
    """None when it is after `until`."""
    left = milliseconds
    for minute, is_open in open_minutes(said, start, until):
        if is_open:
            since = max(minute, start)
            if minute + MINUTE - since >= left:
                return since + left
            left -= minute + MINUTE - since
    return None


def changes(said: Rules, start: int, end: int) -> list[tuple[int, bool]]:
    """When it opens (True) and closes, after `start`."""
    found = []
    before: bool | None = None
    for minute, is_open in open_minutes(said, start, end):
        if before is not None and is_open != before:
            found.append((minute, is_open))
        before = is_open
    return found


def clock_changes(zone: str, year: int) -> list[int]:
    """The days of a year on which the clock of a zone is moved, as instants of their beginning."""
    known = zone_of(zone)
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(367)]
    offsets = [day.astimezone(known).utcoffset() for day in days]
    return [
        (day - EPOCH) // timedelta(milliseconds=1)
        for day, before, after in zip(days, offsets, offsets[1:], strict=False)
        if before != after
    ]
