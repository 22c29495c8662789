"""Schedules that Hypothesis makes up, and moments at which they are hard: near a change of the clock."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from kithdesk.calendar.rules import Hours, OwnDate, Pair, PublicHolidays, Rules
from kithdesk.calendar.zones import names
from kithdesk.core.clock import DAY
from tests.calendar import reference
from tests.calendar.reference import clock_changes, every_day, rules

UNUSUAL = [
    "Australia/Lord_Howe",  # half an hour of summer
    "Pacific/Apia",  # left out 30 December 2011
    "Pacific/Kwajalein",  # left out 21 August 1993
    "America/New_York",
    "Europe/Dublin",  # its winter is the exception
    "Africa/Casablanca",  # goes back for Ramadan
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Asia/Gaza",
    "America/Havana",  # changes at midnight
    "Antarctica/Troll",  # two hours of summer
    "Asia/Pyongyang",
    "America/Caracas",
]
_ZONES = st.sampled_from(UNUSUAL) | st.sampled_from(sorted(names()))
_COUNTRIES = st.sampled_from(
    [
        None,
        PublicHolidays(country="DE", subdivision="BY"),
        PublicHolidays(country="US", categories=("public", "government")),
        PublicHolidays(country="WS"),
        PublicHolidays(country="IL"),
    ]
)
_MINUTES = st.integers(0, 1_439) | st.sampled_from([0, 60, 90, 120, 150, 180, 1_380, 1_439])


@st.composite
def _hours(draw: st.DrawFn) -> Hours:
    """Up to three pairs, the last of which may end after midnight."""
    marks = sorted(draw(st.sets(_MINUTES, max_size=6)))
    pairs: list[Pair] = [(s, e) for s, e in zip(marks[::2], marks[1::2], strict=False)]
    is_late = draw(st.booleans())
    if pairs and is_late:
        opens, _ = pairs.pop()
        closes = draw(st.integers(0, opens) | st.just(1_440))
        pairs.append((opens, closes if closes not in (0, opens) else 1_440))
    return tuple(pairs)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rules, int]:
    """Rules, and a moment near a change of the clock where the year has one."""
    zone = draw(_ZONES)
    year = draw(st.sampled_from([1993, 2011, 2026]) | st.integers(1975, 2045))
    moved = clock_changes(zone, year) or [reference.at(f"{year}-06-15T00:00:00")]
    near = draw(st.sampled_from(moved)) + draw(st.integers(-2 * DAY, DAY))
    around = date(1970, 1, 1) + timedelta(days=near // DAY)
    days = draw(st.dictionaries(st.integers(-1, 5), _hours(), max_size=2))
    own = [
        OwnDate(date=(around + timedelta(days=after)).isoformat(), name="Own", hours=hours)
        for after, hours in sorted(days.items())
    ]
    week = draw(st.tuples(*[_hours()] * 7) | _hours().map(lambda hours: every_day(*hours)))
    return rules(zone, week=week, country=draw(_COUNTRIES), dates=tuple(own)), near
