"""Whatever the zone, the hours, the holidays and the clock changes: the arithmetic agrees with looking every minute."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.rules import OwnDate, Rules
from kithdesk.core.clock import DAY, HOUR, Instant
from tests.calendar import reference
from tests.calendar.cases import cases
from tests.calendar.reference import every_day, rules

WINDOW = 4 * DAY
_SETTINGS: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
_SAMOA = rules("Pacific/Apia", week=every_day((0, 1_440)), dates=(OwnDate(date="2011-12-30", name="Never"),))
_LORD_HOWE = rules("Australia/Lord_Howe", week=every_day((90, 135)))
_NIGHT = rules("America/New_York", week=every_day((1_320, 150)))


@settings(max_examples=150, **_SETTINGS)
@given(cases(), st.integers(0, 2 * DAY), st.integers(0, 12 * HOUR))
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
@given(cases())
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
@given(cases(), st.integers(1, 3 * DAY))
def test_so_much_later_so_much_has_passed_and_not_a_moment_before(
    case: tuple[Rules, int], wanted: int
) -> None:
    said, start = case
    times = OpeningTimes(said)

    found = times.after_business(Instant(start), wanted)

    if found is not None:
        assert times.business_between(Instant(start), found) == wanted
        assert times.business_between(Instant(start), Instant(found - 1)) == wanted - 1
