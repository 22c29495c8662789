"""What a schedule says: the hours of a week in a time zone, and the days that are unlike the others."""

from __future__ import annotations

import msgspec

Pair = tuple[int, int]
"""From one minute of the day to another, by the clock on the wall. One that ends before it begins ends a day later."""

Hours = tuple[Pair, ...]
"""Of one day, in their order and apart from each other."""

CLOSED: Hours = ()
ALL_DAY: Hours = ((0, 1_440),)
MINUTES_A_DAY = 1_440


class PublicHolidays(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The public holidays of a country, or of a part of it; `categories`: also those of banks, say, or schools."""

    country: str
    subdivision: str | None = None
    categories: tuple[str, ...] = ("public",)


class OwnDate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A date with hours of its own: none on a day off. It goes before the week and before public holidays."""

    date: str
    name: str
    hours: Hours = CLOSED


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides when a schedule is open. `week` begins on Sunday; `dates` are in order."""

    timezone: str
    week: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
    holidays: PublicHolidays | None = None
    dates: tuple[OwnDate, ...] = ()
