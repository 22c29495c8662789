"""Rules as people and programs write them, cleaned, or refused with the place of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kithdesk.calendar.errors import BadHours
from kithdesk.calendar.opening import day_of
from kithdesk.calendar.public_holidays import check_holidays
from kithdesk.calendar.rules import MINUTES_A_DAY, Hours, OwnDate, Pair, PublicHolidays, Rules
from kithdesk.calendar.zones import get_zone
from kithdesk.core.errors import BadParameter
from kithdesk.core.names import strict_name

MOST_PAIRS = 24
MOST_DATES = 500
DAYS = ("0", "1", "2", "3", "4", "5", "6")
"""As Kustomer counts them: 0 is Sunday."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_SHOWN = 32


def check_rules(
    *,
    timezone: str,
    hours: Mapping[str, Sequence[Pair]],
    holidays: PublicHolidays | None,
    dates: Sequence[OwnDate],
) -> Rules:
    """A day that `hours` does not name is closed.

    Raises `UnknownTimezone`, `BadHours`, `UnknownHolidays`, `BadParameter`.
    """
    for day in hours:
        if day not in DAYS:
            raise BadHours(f"Days are 0 (Sunday) to 6, not {day[:_SHOWN]!r}.", parameter="hours")
    s, m, t, w, h, f, a = (_check_hours(hours.get(day, ()), f"hours.{day}") for day in DAYS)
    return Rules(
        timezone=get_zone(timezone).name,
        week=(s, m, t, w, h, f, a),
        holidays=None if holidays is None else check_holidays(holidays),
        dates=_check_dates(dates),
    )


def _check_hours(pairs: Sequence[Pair], place: str) -> Hours:
    if len(pairs) > MOST_PAIRS:
        raise BadHours(f"At most {MOST_PAIRS} pairs a day.", parameter=place)
    ordered = sorted((opens, closes) for opens, closes in pairs)
    for opens, closes in ordered:
        if not (0 <= opens < MINUTES_A_DAY and 0 < closes <= MINUTES_A_DAY and opens != closes):
            raise BadHours(
                "A pair is two minutes of the day: it opens at 0 to 1439 and closes at another, 1 to 1440.",
                parameter=place,
            )
    for (opens, closes), (next_opens, _) in pairwise(ordered):
        if closes < opens or next_opens < closes:
            raise BadHours("Two pairs of a day overlap.", parameter=place)
    return tuple(ordered)


def _check_dates(dates: Sequence[OwnDate]) -> tuple[OwnDate, ...]:
    if len(dates) > MOST_DATES:
        raise BadHours(f"At most {MOST_DATES} dates.", parameter="dates")
    found: dict[str, OwnDate] = {}
    for number, one in enumerate(dates):
        place = f"dates.{number}"
        if not _is_date(one.date):
            raise BadParameter("A date, such as 2026-12-24.", parameter=f"{place}.date")
        if one.date in found:
            raise BadHours(f"{one.date} is there twice.", parameter=f"{place}.date")
        found[one.date] = OwnDate(
            date=one.date,
            name=strict_name(one.name, parameter=f"{place}.name"),
            hours=_check_hours(one.hours, f"{place}.hours"),
        )
    return tuple(found[date] for date in sorted(found))


def _is_date(text: str) -> bool:
    try:
        day_of(text)
    except ValueError:
        return False
    return bool(_DATE.match(text))
