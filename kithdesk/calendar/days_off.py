"""The days ahead that are unlike others: public holidays, and dates of the schedule's own."""

from __future__ import annotations

from itertools import islice

import msgspec

from kithdesk.calendar.opening import LOOKS_AHEAD_DAYS, OpeningTimes, date_of, day_of
from kithdesk.calendar.public_holidays import holidays_in
from kithdesk.calendar.rules import Hours
from kithdesk.core.clock import Instant


class DayOff(msgspec.Struct, frozen=True, kw_only=True):
    """A day on which the week does not count. It may have hours all the same; `is_own` is no public holiday."""

    date: str
    name: str
    hours: Hours
    is_own: bool


def days_off(times: OpeningTimes, since: Instant, *, most: int) -> list[DayOff]:
    """Today's and the next ones, within two years."""
    today = times.local_day(since)
    public = times.rules.holidays
    found = {}
    if public is not None:
        for year in range(date_of(today).year, date_of(today + LOOKS_AHEAD_DAYS).year + 1):
            found.update({day: (name, False) for day, name in holidays_in(year, public).items()})
    found.update({day_of(one.date): (one.name, True) for one in times.rules.dates})
    ahead = (day for day in sorted(found) if today <= day <= today + LOOKS_AHEAD_DAYS)
    return [
        DayOff(
            date=date_of(day).isoformat(),
            name=found[day][0],
            hours=times.hours_on(day),
            is_own=found[day][1],
        )
        for day in islice(ahead, most)
    ]
