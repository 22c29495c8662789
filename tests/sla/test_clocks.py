from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithdesk.calendar import ALWAYS, OwnDate, PublicHolidays
from kithdesk.calendar.opening import OpeningTimes
from kithdesk.calendar.rules import CLOSED, Rules
from kithdesk.core.clock import DAY, HOUR, LATEST, MINUTE, Instant, parse_iso
from kithdesk.sla.clocks import MAX_SPANS, Clock, Hours, Step, clocks_of, measured, shortened
from kithdesk.sla.promises import METRICS, Metric, Promise, Target
from tests.sla.reference import count

NOON = parse_iso("2026-11-25T12:00:00Z")  # a Wednesday
OFFICE = ((9 * 60, 17 * 60),)
WEEK = (CLOSED, OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, CLOSED)


def promise(**more: Any) -> Promise:
    metrics = {metric: Target(seconds=3_600) for metric in METRICS}
    return Promise(**{"name": "Gold", "metrics": metrics, **more})


def clocks(
    *told: tuple[int, str], said: Promise | None = None, hours: Hours = ALWAYS, priority: int = 3
) -> dict[Metric, Clock]:
    """After what happened so many minutes after noon."""
    steps = [Step(Instant(NOON + minutes * MINUTE), what) for minutes, what in told]  # type: ignore[arg-type]
    said = said or promise()
    meter = measured(steps)
    return {one.metric: one for one in clocks_of(meter, said, hours, priority=priority)}


def at(minutes: float) -> Instant:
    return Instant(NOON + round(minutes * MINUTE))


def test_the_first_message_starts_every_clock_but_that_of_the_next_reply() -> None:
    found = clocks((0, "open"), (0, "in"))

    assert set(found) == set(METRICS) - {"nextReply"}
    assert {(one.state, one.since, one.due) for one in found.values()} == {("pending", at(0), at(60))}


def test_an_answer_ends_the_wait_and_leaves_the_conversation_open() -> None:
    found = clocks((0, "open"), (0, "in"), (10, "out"))

    assert found["firstResponse"].state == "done"
    assert found["firstResponse"].ended == at(10)
    assert found["totalCustomerWaitTime"].state == "done"
    assert found["totalConversationOpenTime"].state == "pending"


def test_the_next_message_waits_for_the_next_reply_and_the_total_goes_on() -> None:
    found = clocks((0, "open"), (0, "in"), (10, "out"), (100, "in"))

    assert found["firstResponse"].state == "done"
    assert (found["nextReply"].since, found["nextReply"].due) == (at(100), at(160))
    assert found["longestUnrespondedMessage"].due == at(160)
    assert found["totalCustomerWaitTime"].due == at(150)


def test_an_answer_that_came_too_late_is_late_and_one_at_the_last_moment_is_not() -> None:
    late = clocks((0, "open"), (0, "in"), (61, "out"))["firstResponse"]
    just = clocks((0, "open"), (0, "in"), (60, "out"))["firstResponse"]

    assert (late.due, late.is_late(at(61))) == (at(60), True)
    assert (just.due, just.is_late(at(61))) == (at(60), False)


def test_a_snooze_pauses_what_counts_unless_the_promise_says_otherwise() -> None:
    told = ((0, "open"), (0, "in"), (10, "snoozed"), (500, "open"))

    assert clocks(*told[:3])["firstResponse"].state == "paused"
    assert clocks(*told[:3])["firstResponse"].due is None
    assert clocks(*told)["firstResponse"].due == at(550)
    assert clocks(*told, said=promise(pause_on_snooze=False))["firstResponse"].due == at(60)


def test_closing_ends_every_clock_and_reopening_continues_the_totals() -> None:
    done = clocks((0, "open"), (0, "in"), (10, "done"))
    again = clocks((0, "open"), (0, "in"), (10, "done"), (1_000, "in"), (1_000, "open"))

    assert {one.state for one in done.values()} == {"done"}
    assert again["firstResponse"].state == "done"
    assert again["nextReply"].due == at(1_060)
    assert again["totalCustomerWaitTime"].due == at(1_050)
    assert again["totalConversationOpenTime"].due == at(1_050)


def test_who_takes_closing_back_lets_the_wait_go_on_without_the_time_between() -> None:
    found = clocks((0, "open"), (0, "in"), (10, "done"), (1_000, "reopened"))

    assert (found["firstResponse"].since, found["firstResponse"].due) == (at(0), at(1_050))
    assert found["longestUnrespondedMessage"].due == at(1_050)
    assert found["totalCustomerWaitTime"].due == at(1_050)
    assert "nextReply" not in found


def test_a_later_wait_goes_on_as_one_and_the_first_answer_stays_given() -> None:
    told = ((0, "open"), (0, "in"), (5, "out"), (20, "in"), (30, "done"), (90, "reopened"))

    found = clocks(*told)

    assert (found["firstResponse"].state, found["firstResponse"].ended) == ("done", at(5))
    assert (found["nextReply"].since, found["nextReply"].due) == (at(20), at(140))


def test_what_was_answered_waits_for_nothing_when_it_is_opened_again() -> None:
    answered = clocks((0, "open"), (0, "in"), (5, "out"), (10, "done"), (20, "reopened"))
    answered_while_closed = clocks((0, "open"), (0, "in"), (10, "done"), (15, "out"), (20, "reopened"))

    for found in (answered, answered_while_closed):
        running = {metric for metric, clock in found.items() if clock.state == "pending"}
        assert running == {"totalConversationOpenTime"}


def test_a_customer_who_writes_again_waits_anew_whatever_was_cut_off() -> None:
    found = clocks((0, "open"), (0, "in"), (10, "done"), (1_000, "open"), (1_000, "in"))

    assert found["firstResponse"].state == "done"
    assert (found["nextReply"].since, found["nextReply"].due) == (at(1_000), at(1_060))


def test_closing_and_opening_over_and_over_wins_no_time() -> None:
    told: list[tuple[int, Any]] = [(0, "open"), (0, "in")]
    for minute in range(0, 600, 20):
        told += [(minute + 10, "done"), (minute + 20, "reopened")]

    found = clocks(*told)

    assert found["firstResponse"].due == at(110)
    assert found["firstResponse"].is_late(at(600))


def test_ending_ends_every_clock_for_good() -> None:
    ended = clocks((0, "open"), (0, "in"), (10, "ended"), (20, "done"), (30, "open"), (30, "in"))

    assert {(one.state, one.ended) for one in ended.values()} == {("done", at(10))}
    assert "totalConversationOpenTime" in ended


def test_a_total_that_was_used_up_stays_so() -> None:
    found = clocks((0, "open"), (0, "in"), (70, "out"), (100, "in"))

    assert found["totalCustomerWaitTime"].due == at(60)
    assert found["totalCustomerWaitTime"].is_late(at(100))
    assert found["longestUnrespondedMessage"].due == at(160)


def test_an_agent_who_writes_first_owes_no_first_response() -> None:
    found = clocks((0, "open"), (0, "out"), (30, "in"))

    assert "firstResponse" not in found
    assert found["nextReply"].due == at(90)


def test_targets_are_those_of_the_priority() -> None:
    said = promise(metrics={"firstResponse": Target(seconds=3_600, by_priority={"5": 60})})
    urgent = promise(metrics={"firstResponse": Target(by_priority={"5": 60})})

    assert clocks((0, "open"), (0, "in"), said=said)["firstResponse"].due == at(60)
    assert clocks((0, "open"), (0, "in"), said=said, priority=5)["firstResponse"].due == at(1)
    assert clocks((0, "open"), (0, "in"), said=urgent) == {}


def test_a_warning_comes_before_a_target_that_is_longer() -> None:
    said = promise(warn_before=600, metrics={"firstResponse": Target(seconds=3_600, by_priority={"5": 600})})

    assert clocks((0, "open"), (0, "in"), said=said)["firstResponse"].warn_at == at(50)
    assert clocks((0, "open"), (0, "in"), said=said, priority=5)["firstResponse"].warn_at is None


def test_hours_count_to_the_millisecond_over_a_weekend_and_a_clock_that_changes() -> None:
    office = OpeningTimes(Rules(timezone="Europe/Berlin", week=WEEK))
    said = promise(metrics={"firstResponse": Target(seconds=3_600)})
    friday = datetime(2026, 10, 23, 16, 59, 59, 999_000, tzinfo=ZoneInfo("Europe/Berlin"))
    began = Instant(round(friday.timestamp() * 1_000))
    meter = measured([Step(began, "open"), Step(began, "in")])

    (clock,) = clocks_of(meter, said, office, priority=3)

    monday = datetime(2026, 10, 26, 9, 59, 59, 999_000, tzinfo=ZoneInfo("Europe/Berlin"))
    assert clock.due == round(monday.timestamp() * 1_000)


def test_what_was_too_late_for_one_promise_is_judged_anew_by_another() -> None:
    strict = promise(metrics={"firstResponse": Target(seconds=300)})
    patient = promise(metrics={"firstResponse": Target(seconds=36_000)})
    steps = [Step(at(0), "open"), Step(at(0), "in"), Step(at(10), "out")]
    meter = shortened(measured(steps), strict, ALWAYS)

    (late,) = clocks_of(meter, strict, ALWAYS, priority=3)
    (kept,) = clocks_of(meter, patient, ALWAYS, priority=3)

    assert (late.due, late.is_late(at(11))) == (at(5), True)
    assert (kept.due, kept.is_late(at(11))) == (at(600), False)


def test_a_wait_of_very_many_stretches_is_kept_in_few_and_counts_the_same() -> None:
    steps = [Step(at(0), "open")]
    for number in range(3 * MAX_SPANS):
        steps += [Step(at(10 * number), "in"), Step(at(10 * number + 1), "out")]
    said = promise(metrics={"totalCustomerWaitTime": Target(seconds=400 * 60)})
    meter = shortened(measured(steps), said, ALWAYS)
    again = measured([Step(at(10_000), "in")], meter)

    (clock,) = clocks_of(again, said, ALWAYS, priority=3)

    assert clock.due == at(10_100)
    assert max(len(gauge.spans) for gauge in meter.gauges.values()) <= MAX_SPANS


def test_where_nobody_ever_works_nothing_is_due() -> None:
    never = OpeningTimes(Rules(timezone="UTC", week=(CLOSED,) * 7))

    found = clocks((0, "open"), (0, "in"), hours=never)

    assert found["firstResponse"].due is None
    assert not found["firstResponse"].is_late(at(100_000_000))


# Against the slow reference

ZONES = ("UTC", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
STARTS = (
    "2026-03-28T20:00:00Z",  # Europe goes ahead
    "2026-10-24T20:00:00Z",  # and back
    "2026-11-25T12:00:00Z",  # before Thanksgiving
    "2026-04-04T10:00:00Z",  # Lord Howe goes back by half an hour
)
_minute = st.integers(0, 1_439)
_pairs = st.lists(
    st.tuples(_minute, st.integers(1, 1_440)).filter(lambda pair: pair[0] < pair[1]), max_size=1
)
_week = st.tuples(*[_pairs.map(tuple)] * 7)
Hourses = st.builds(
    lambda zone, week, holidays, own: OpeningTimes(
        Rules(
            timezone=zone,
            week=week,
            holidays=PublicHolidays(country="US") if holidays else None,
            dates=(OwnDate(date="2026-10-26", name="Moving"),) if own else (),
        )
    ),
    st.sampled_from(ZONES),
    _week,
    st.booleans(),
    st.booleans(),
)
Told = st.lists(
    st.tuples(st.integers(0, 900), st.sampled_from(["in", "out", "open", "snoozed", "done", "ended"])),
    max_size=9,
)


@settings(max_examples=120, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    told=Told,
    hours=Hourses,
    target=st.integers(1, 600),
    urgent=st.integers(1, 600),
    priority=st.sampled_from([3, 5]),
    pauses=st.booleans(),
    cut=st.integers(0, 9),
)
def test_clocks_agree_with_counting_minute_by_minute(
    start: str,
    told: list[tuple[int, str]],
    hours: OpeningTimes,
    target: int,
    urgent: int,
    priority: int,
    pauses: bool,
    cut: int,
) -> None:
    began = parse_iso(start)
    said = promise(
        metrics={metric: Target(seconds=target * 60, by_priority={"5": urgent * 60}) for metric in METRICS},
        pause_on_snooze=pauses,
    )
    steps, at = [Step(began, "open")], began
    for minutes, what in told:
        at = Instant(at + minutes * MINUTE)
        steps.append(Step(at, what))  # type: ignore[arg-type]
    until = Instant(at + DAY)

    expected = count(steps, said, hours.is_open, priority=priority, until=until, starts=began)
    first = shortened(measured(steps[:cut]), said, hours)
    meter = measured(steps[cut:], first)
    found = {one.metric: one for one in clocks_of(meter, said, hours, priority=priority)}

    assert meter == measured(steps)
    assert set(found) == set(expected)
    for metric, counter in expected.items():
        clock = found[metric]
        assert (clock.since, clock.ended) == (counter.since, counter.ended), metric
        reached = counter.due
        if reached is None:
            assert clock.due is None or clock.due > until or clock.due >= (counter.ended or LATEST), metric
            assert not clock.is_late(until), metric
        else:
            assert clock.due == reached, metric
            assert clock.is_late(until) is (counter.ended is None or reached < counter.ended), metric


@pytest.mark.parametrize("what", ["in", "out", "open", "snoozed", "done", "ended"])
def test_what_changes_nothing_is_known_to(what: Any) -> None:
    steps = [Step(NOON, "open"), Step(NOON, "in")]
    meter = measured(steps)

    after = measured([Step(Instant(NOON + HOUR), what)], meter)

    assert meter.changes_with(what) is (after.gauges != meter.gauges)
