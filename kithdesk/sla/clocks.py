"""The clocks of one conversation: pure arithmetic on what happened, in its order.

Every metric has a gauge, which runs while its time counts and stands while it does not:

             begins                  snoozed                     answered, done
    (none) ─────────▶ pending ◀───────────────────▶ paused ─────────────────────▶ done
                         ▲            awake                                         │
                         └────────────── writes again, reopened ────────────────────┘

The gauges of single answers begin anew with each message that waits; the two totals go on where they stopped. Being
answered, and being closed or ended, end a wait alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

from kithdesk.core.clock import SECOND, Instant
from kithdesk.sla.promises import METRICS, Metric, Promise

What = Literal["in", "out", "open", "snoozed", "done", "ended"]
State = Literal["pending", "paused", "done"]
Status = Literal["new", "open", "snoozed", "done"]

TOTALS: frozenset[Metric] = frozenset({"totalCustomerWaitTime", "totalConversationOpenTime"})


class Hours(Protocol):
    """Business hours, as `calendar.Schedule` has them."""

    def business_between(self, start: Instant, end: Instant) -> int: ...
    def after_business(self, start: Instant, milliseconds: int) -> Instant | None: ...


class Step(msgspec.Struct, frozen=True, array_like=True):
    """Something that begins or ends a wait, or a status. `in`: a message of the customer's, `out`: an answer."""

    at: Instant
    what: What


class Gauge(msgspec.Struct, frozen=True, array_like=True):
    """Time counted since `since`: `spent`, and what runs since `running`. `due`: where the target was reached, or
    would have been when it ended."""

    since: Instant
    spent: int = 0
    running: Instant | None = None
    ended: Instant | None = None
    due: Instant | None = None


class Meter(msgspec.Struct, frozen=True):
    """Where a conversation stands after some steps. `is_answered`: what waits from now on is no first message."""

    at: Instant = Instant(0)
    status: Status = "new"
    is_waiting: bool = False
    is_answered: bool = False
    gauges: dict[Metric, Gauge] = {}

    def changes_with(self, what: What) -> bool:
        return _after(self, what) != (self.status, self.is_waiting, self.is_answered)


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One metric as it stands. `due`: when it is broken unless it is kept before; None while it is paused, or when
    nobody will be at work. `is_warned`, `is_broken`: what has been stated of this `since`."""

    metric: Metric
    state: State
    since: Instant
    due: Instant | None = None
    warn_at: Instant | None = None
    ended: Instant | None = None
    is_warned: bool = False
    is_broken: bool = False

    def is_late(self, now: Instant) -> bool:
        if self.due is None:
            return False
        return self.due <= now if self.ended is None else self.due < self.ended


NEW = Meter()


def measured(
    steps: Iterable[Step], promise: Promise, hours: Hours, *, priority: int, start: Meter = NEW
) -> Meter:
    """The meter after all steps, each at its time or, told late, at that of the one before."""
    meter = start
    for step in steps:
        meter = _stepped(meter, step, promise, hours, priority)
    return meter


def clocks_of(meter: Meter, promise: Promise, hours: Hours, *, priority: int) -> tuple[Clock, ...]:
    """A clock for each metric that is promised and has begun."""
    found = []
    for metric in METRICS:
        target, gauge = _target(promise, metric, priority), meter.gauges.get(metric)
        if target is not None and gauge is not None:
            found.append(_clock(metric, gauge, target, promise, hours))
    return tuple(found)


def _clock(metric: Metric, gauge: Gauge, target: int, promise: Promise, hours: Hours) -> Clock:
    if gauge.ended is not None:
        return Clock(metric=metric, state="done", since=gauge.since, due=gauge.due, ended=gauge.ended)
    if gauge.running is None:
        return Clock(metric=metric, state="paused", since=gauge.since, due=gauge.due)
    due = gauge.due or hours.after_business(gauge.running, target - gauge.spent)
    return Clock(
        metric=metric,
        state="pending",
        since=gauge.since,
        due=due,
        warn_at=_warning(gauge.running, target - gauge.spent, target, promise, hours),
    )


def _warning(running: Instant, left: int, target: int, promise: Promise, hours: Hours) -> Instant | None:
    """A target that is no longer than the warning has none: it would come with the message itself."""
    before = (promise.warn_before or 0) * SECOND
    return hours.after_business(running, left - before) if 0 < before < target else None


def _stepped(meter: Meter, step: Step, promise: Promise, hours: Hours, priority: int) -> Meter:
    at = max(step.at, meter.at)
    status, is_waiting, is_answered = _after(meter, step.what)
    after = Meter(at, status, is_waiting, is_answered, dict(meter.gauges))
    waits_newly = is_waiting and not meter.is_waiting
    for metric in METRICS:
        gauge = after.gauges.get(metric)
        if gauge is None or (waits_newly and metric not in TOTALS):
            gauge = Gauge(at) if _begins(metric, after, waits_newly=waits_newly) else gauge
        if gauge is not None:
            target = _target(promise, metric, priority)
            after.gauges[metric] = _turned(gauge, metric, after, promise, hours, target)
    return after


def _after(meter: Meter, what: What) -> tuple[Status, bool, bool]:
    """Status, whether the customer waits, and whether they were ever answered."""
    if what == "in":
        return meter.status, True, meter.is_answered
    if what == "out":
        return meter.status, False, True
    if what == "ended":
        return meter.status, False, meter.is_answered or meter.is_waiting
    if what == "done":
        return "done", False, meter.is_answered or meter.is_waiting
    return what, meter.is_waiting, meter.is_answered


def _begins(metric: Metric, after: Meter, *, waits_newly: bool) -> bool:
    if metric == "totalConversationOpenTime":
        return True
    if metric == "firstResponse":
        return waits_newly and not after.is_answered
    return waits_newly and (metric != "nextReply" or after.is_answered)


def _turned(
    gauge: Gauge, metric: Metric, after: Meter, promise: Promise, hours: Hours, target: int | None
) -> Gauge:
    """The gauge, running or standing as it should from `after.at` on."""
    counts, is_over = _counts(metric, after, promise), _is_over(metric, after)
    spent, running, due = gauge.spent, gauge.running, gauge.due
    if running is not None and not counts:
        reached = None if target is None or due else hours.after_business(running, target - spent)
        if reached is not None and (reached <= after.at or is_over):
            due = reached
        spent += hours.business_between(running, after.at)
        running = None
    else:
        running = after.at if running is None and counts else running
        if gauge.ended is not None and not is_over and target is not None and spent < target:
            due = None  # it had ended in time, and goes on
    ended = (gauge.ended if gauge.ended is not None else after.at) if is_over else None
    return Gauge(gauge.since, spent, running, ended, due)


def _counts(metric: Metric, after: Meter, promise: Promise) -> bool:
    is_awake = after.status == "open" or (after.status == "snoozed" and not promise.pause_on_snooze)
    if metric == "totalConversationOpenTime":
        return is_awake
    return is_awake and after.is_waiting and not _is_over(metric, after)


def _is_over(metric: Metric, after: Meter) -> bool:
    if metric == "totalConversationOpenTime":
        return after.status == "done"
    if metric == "firstResponse":
        return after.is_answered
    return not after.is_waiting


def _target(promise: Promise, metric: Metric, priority: int) -> int | None:
    """In milliseconds, or None where nothing is promised."""
    target = promise.metrics.get(metric)
    return None if target is None else target.of(priority)
