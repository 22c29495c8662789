"""Whatever the zone, the hours, the holidays and the clock changes: the arithmetic agrees with looking every minute."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.rules import Hours, OwnDate, Pair, PublicHolidays, Rules
from kithdesk.calendar.zones import names
from kithdesk.core.clock import DAY, HOUR, Instant
from tests.calendar import reference
from tests.calendar.reference import clock_changes, every_day, rules

WINDOW = 4 * DAY
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
def _cases(draw: st.DrawFn) -> tuple[Rules, int]:
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


_SETTINGS: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
_SAMOA = rules("Pacific/Apia", week=every_day((0, 1_440)), dates=(OwnDate(date="2011-12-30", name="Never"),))
_LORD_HOWE = rules("Australia/Lord_Howe", week=every_day((90, 135)))
_NIGHT = rules("America/New_York", week=every_day((1_320, 150)))


@settings(max_examples=150, **_SETTINGS)
@given(_cases(), st.integers(0, 2 * DAY), st.integers(0, 12 * HOUR))
@example((_SAMOA, reference.at("2011-12-29T00:00:00")), 0, HOUR)
@example((_LORD_HOWE, reference.at("2026-04-03T12:00:00")), DAY + 1, 45 * 60_000)
@example((_NIGHT, reference.at("2026-10-31T20:00:00")), DAY, 5 * HOUR)
@example((_NIGHT, reference.at("2026-03-07T20:00:00")), DAY, 5 * HOUR)
def test_the_arithmetic_agrees_with_the_wall(case: tuple[Rules, int], length: int, wanted: int) -> None:
    said, start = case
    times = OpeningTimes(said)
    begin, end = Instant(start), Instant(start + length)

    assert times.business_between(begin, end) == reference.business_between(said, start, start + length)
    assert times.is_open(begin) == next(
        is_open for _, is_open in reference.open_minutes(said, start, start + 1)
    )
    found = times.after_business(begin, wanted)
    slow = reference.after_business(said, start, wanted, start + WINDOW)
    assert found == (start if wanted == 0 else slow) or (
        slow is None and (found is None or found > start + WINDOW)
    )


@settings(max_examples=100, **_SETTINGS)
@given(_cases())
@example((_SAMOA, reference.at("2011-12-29T00:00:00")))
@example((_NIGHT, reference.at("2026-10-31T20:00:00")))
def test_it_opens_and_closes_when_the_wall_says(case: tuple[Rules, int]) -> None:
    said, start = case
    times = OpeningTimes(said)
    changes = reference.changes(said, start, start + WINDOW)

    for wanted, ask in ((True, times.next_opening), (False, times.next_closing)):
        found = ask(Instant(start))
        slow = next((minute for minute, is_open in changes if is_open == wanted), None)
        assert found == slow or (slow is None and (found is None or found >= start + WINDOW))


@settings(max_examples=100, **_SETTINGS)
@given(_cases(), st.integers(1, 3 * DAY))
def test_so_much_later_so_much_has_passed_and_not_a_moment_before(
    case: tuple[Rules, int], wanted: int
) -> None:
    said, start = case
    times = OpeningTimes(said)

    found = times.after_business(Instant(start), wanted)

    if found is not None:
        assert times.business_between(Instant(start), found) == wanted
        assert times.business_between(Instant(start), Instant(found - 1)) == wanted - 1
