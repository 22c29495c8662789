"""SLA clocks against the clock on the wall: whatever the zone, the hours, the holidays and the changes of the clock.

Nothing of the program's own calendar is used on the slow side: it asks each minute what date and time a wall shows.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.rules import OwnDate, PublicHolidays, Rules
from kithdesk.core.clock import DAY, MINUTE, Instant
from kithdesk.sla.clocks import Step, clocks_of, measured
from kithdesk.sla.promises import METRICS, Promise, Target
from tests.calendar import reference
from tests.calendar.cases import cases
from tests.calendar.reference import every_day, open_minutes, rules
from tests.sla.reference import count

Told = st.lists(
    st.tuples(
        st.integers(0, 700), st.sampled_from(["in", "in", "out", "open", "reopened", "snoozed", "done"])
    ),
    max_size=6,
)
# Christmas in Munich, and a Monday on which nobody works, over the night in which summer begins.
_FEAST = rules("Europe/Berlin", country=PublicHolidays(country="DE", subdivision="BY"))
_SPRING = rules(
    "America/New_York",
    week=every_day((1_320, 150)),
    dates=(OwnDate(date="2026-03-09", name="Moving", hours=()),),
)
_LONG_WAIT: list[tuple[int, str]] = [(0, "in"), (30, "snoozed"), (700, "open"), (700, "out"), (10, "in")]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(), Told, st.integers(1, 900), st.booleans())
@example((_FEAST, reference.at("2026-12-24T15:00:00")), [(0, "in")], 400, True)
@example((_SPRING, reference.at("2026-03-08T02:00:00")), _LONG_WAIT, 300, True)
@example((_SPRING, reference.at("2026-11-01T02:00:00")), _LONG_WAIT, 300, False)
def test_clocks_agree_with_the_wall(
    case: tuple[Rules, int], told: list[tuple[int, str]], target: int, pauses: bool
) -> None:
    said, near = case
    began = Instant(near // MINUTE * MINUTE)
    metrics = {metric: Target(seconds=target * 60) for metric in METRICS}
    promise = Promise(name="Gold", metrics=metrics, pause_on_snooze=pauses)
    steps = [Step(began, "open"), *_steps(began, told)]
    until = Instant(steps[-1].at + 2 * DAY)
    opened = {minute for minute, is_open in open_minutes(said, began, until) if is_open}

    slow = count(steps, promise, opened.__contains__, priority=3, until=until, starts=began)
    quick = clocks_of(measured(steps), promise, OpeningTimes(said), priority=3)

    assert {clock.metric for clock in quick} == set(slow)
    for clock in quick:
        counted = slow[clock.metric]
        assert (clock.since, clock.ended) == (counted.since, counted.ended)
        if counted.due is not None:
            assert clock.due == counted.due
        elif clock.state == "pending":
            assert clock.due is None or clock.due > until
        assert clock.is_late(until) is (
            counted.due is not None and (counted.ended is None or counted.due < counted.ended)
        )


def _steps(began: Instant, told: list[tuple[int, Any]]) -> list[Step]:
    steps, at = [], began
    for minutes, what in told:
        at = Instant(at + minutes * MINUTE)
        steps.append(Step(at, what))
    return steps
