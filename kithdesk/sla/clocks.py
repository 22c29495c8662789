"""The clocks of one conversation: pure arithmetic on what happened, in its order.

Every metric has a gauge, which runs while its time counts and stands while it does not:

             begins                  snoozed                     answered, done
    (none) ─────────▶ pending ◀───────────────────▶ paused ─────────────────────▶ done
                         ▲            awake                                         │
                         └──── writes again, reopened; closed unanswered: goes on ──┘

The gauges of single answers begin anew with each message that waits; the two totals go on where they stopped. Being
answered, and being closed or ended, end a wait alike; but what was closed unanswered and is opened again by others than
its customer waits on, as if it had stood still meanwhile: closing it may have been a slip. What has ended has ended for
good: nothing runs again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

from kithdesk.core.clock import SECOND, Instant
from kithdesk.sla.promises import METRICS, Metric, Promise

What = Literal["in", "out", "open", "reopened", "snoozed", "done", "ended"]
Wait = Literal["first", "later"]
State = Literal["pending", "paused", "done"]
Status = Literal["new", "open", "snoozed", "done", "ended"]

MAX_SPANS = 100
"""So many are kept of a gauge, at most, with what is counted anew."""

TOTALS: frozenset[Metric] = frozenset({"totalCustomerWaitTime", "totalConversationOpenTime"})


class Hours(Protocol):
    """Business hours, as `calendar.Schedule` has them."""

    def business_between(self, start: Instant, end: Instant) -> int: ...
    def after_business(self, start: Instant, milliseconds: int) -> Instant | None: ...


class Step(msgspec.Struct, frozen=True, array_like=True):
    """Something that begins or ends a wait, or a status. `in`: a message of the customer's, `out`: an answer;
    `reopened`: open again, by others than its customer."""

    at: Instant
    what: What


class Span(msgspec.Struct, frozen=True, array_like=True):
    """Time in which a gauge ran. Whether the snoozed ones count is the promise's to say."""

    begins: Instant
    ends: Instant
    is_snoozed: bool


class Gauge(msgspec.Struct, frozen=True, array_like=True):
    """When it ran, and since when it runs. Of no promise: another policy may come to be counted by it.

    `spent`: what ran up to `spent_by`, of a time too long to be kept span by span.
    """

    since: Instant
    spans: tuple[Span, ...] = ()
    running: Instant | None = None
    ended: Instant | None = None
    spent: int = 0
    spent_by: Instant | None = None


class Meter(msgspec.Struct, frozen=True):
    """Where a conversation stands after some steps. `is_answered`: what waits from now on is no first message.
    `cut_off`: the wait that ended as it was closed, and with no answer."""

    at: Instant = Instant(0)
    status: Status = "new"
    is_waiting: bool = False
    is_answered: bool = False
    gauges: dict[Metric, Gauge] = {}
    cut_off: Wait | None = None

    def changes_with(self, what: What) -> bool:
        return _after(self, what) != (self.status, self.is_waiting, self.is_answered, self.cut_off)


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


def measured(steps: Iterable[Step], start: Meter = NEW) -> Meter:
    """The meter after all steps, each at its time or, told late, at that of the one before."""
    meter = start
    for step in steps:
        meter = _stepped(meter, step)
    return meter


def shortened(meter: Meter, promise: Promise, hours: Hours) -> Meter:
    """The same with no more spans than may be kept; what was before them is counted now, once for all."""
    gauges = {metric: _shortened(gauge, promise, hours) for metric, gauge in meter.gauges.items()}
    return msgspec.structs.replace(meter, gauges=gauges)


def _shortened(gauge: Gauge, promise: Promise, hours: Hours) -> Gauge:
    if len(gauge.spans) <= MAX_SPANS:
        return gauge
    old, kept = gauge.spans[: -MAX_SPANS // 2], gauge.spans[-MAX_SPANS // 2 :]
    spent = sum(hours.business_between(one.begins, one.ends) for one in old if _is_counted(one, promise))
    return msgspec.structs.replace(gauge, spans=kept, spent=gauge.spent + spent, spent_by=old[-1].ends)


def clocks_of(meter: Meter, promise: Promise, hours: Hours, *, priority: int) -> tuple[Clock, ...]:
    """A clock for each metric that is promised and has begun."""
    is_paused = promise.pause_on_snooze and meter.status == "snoozed"
    found = []
    for metric in METRICS:
        target, gauge = _target(promise, metric, priority), meter.gauges.get(metric)
        if target is not None and gauge is not None:
            running = None if is_paused else gauge.running
            found.append(_clock(metric, gauge, running, target, promise, hours))
    return tuple(found)


def _clock(
    metric: Metric, gauge: Gauge, running: Instant | None, target: int, promise: Promise, hours: Hours
) -> Clock:
    spans = [one for one in gauge.spans if _is_counted(one, promise)]
    left, reached = _left(gauge, spans, target, hours)
    if gauge.ended is not None:
        if reached is None and spans and spans[-1].ends == gauge.ended:
            last = spans[-1]
            left += hours.business_between(last.begins, last.ends)
            reached = hours.after_business(last.begins, left)
        return Clock(metric=metric, state="done", since=gauge.since, due=reached, ended=gauge.ended)
    if running is None:
        return Clock(metric=metric, state="paused", since=gauge.since, due=reached)
    if reached is not None:
        return Clock(metric=metric, state="pending", since=gauge.since, due=reached)
    return Clock(
        metric=metric,
        state="pending",
        since=gauge.since,
        due=hours.after_business(running, left),
        warn_at=_warning(running, left, target, promise, hours),
    )


def _is_counted(span: Span, promise: Promise) -> bool:
    return not (span.is_snoozed and promise.pause_on_snooze)


def _left(gauge: Gauge, spans: Iterable[Span], target: int, hours: Hours) -> tuple[int, Instant | None]:
    """What is left of the target after all spans; and where they reached it, if they have."""
    left = target - gauge.spent
    if gauge.spent_by is not None and left <= 0:
        return left, gauge.spent_by
    for span in spans:
        counted = hours.business_between(span.begins, span.ends)
        if counted >= left:
            return left, hours.after_business(span.begins, left) or span.ends
        left -= counted
    return left, None


def _warning(running: Instant, left: int, target: int, promise: Promise, hours: Hours) -> Instant | None:
    """A target that is no longer than the warning has none: it would come with the message itself."""
    before = (promise.warn_before or 0) * SECOND
    return hours.after_business(running, left - before) if 0 < before < target else None


def _stepped(meter: Meter, step: Step) -> Meter:
    at = max(step.at, meter.at)
    status, is_waiting, is_answered, cut_off = _after(meter, step.what)
    after = Meter(at, status, is_waiting, is_answered, dict(meter.gauges), cut_off)
    waits_newly = is_waiting and not meter.is_waiting and step.what != "reopened"
    for metric in METRICS:
        gauge = after.gauges.get(metric)
        if gauge is None or (waits_newly and metric not in TOTALS):
            gauge = Gauge(at) if _begins(metric, after, waits_newly=waits_newly) else gauge
        if gauge is not None:
            after.gauges[metric] = _turned(gauge, metric, meter, after)
    return after


def _after(meter: Meter, what: What) -> tuple[Status, bool, bool, Wait | None]:
    """Status, whether the customer waits, whether they were ever answered, and the wait that was cut off."""
    if meter.status == "ended":
        return meter.status, meter.is_waiting, meter.is_answered, meter.cut_off
    if what == "in":
        return meter.status, True, meter.is_answered, None
    if what == "out":
        return meter.status, False, True, None
    if what in ("done", "ended"):
        return what, False, meter.is_answered or meter.is_waiting, _cut_off(meter)
    if what == "reopened" and meter.cut_off is not None:
        return "open", True, meter.cut_off == "later", None
    return "open" if what == "reopened" else what, meter.is_waiting, meter.is_answered, None


def _cut_off(meter: Meter) -> Wait | None:
    """By being closed."""
    if not meter.is_waiting:
        return meter.cut_off
    return "later" if meter.is_answered else "first"


def _begins(metric: Metric, after: Meter, *, waits_newly: bool) -> bool:
    if metric == "totalConversationOpenTime":
        return True
    if metric == "firstResponse":
        return waits_newly and not after.is_answered
    return waits_newly and (metric != "nextReply" or after.is_answered)


def _turned(gauge: Gauge, metric: Metric, before: Meter, after: Meter) -> Gauge:
    """The gauge, running or standing as it should from `after.at` on."""
    counts, is_over = _counts(metric, after), _is_over(metric, after)
    spans, running = gauge.spans, gauge.running
    if running is not None and (not counts or after.status != before.status):
        spans = _with(spans, Span(running, after.at, before.status == "snoozed"))
        running = None
    if running is None and counts:
        running = after.at
    ended = (gauge.ended if gauge.ended is not None else after.at) if is_over else None
    return msgspec.structs.replace(gauge, spans=spans, running=running, ended=ended)


def _with(spans: tuple[Span, ...], new: Span) -> tuple[Span, ...]:
    last = spans[-1] if spans else None
    if last is None or (last.ends, last.is_snoozed) != (new.begins, new.is_snoozed):
        return (*spans, new)
    return (*spans[:-1], Span(last.begins, new.ends, new.is_snoozed))


def _counts(metric: Metric, after: Meter) -> bool:
    is_alive = after.status in ("open", "snoozed")
    if metric == "totalConversationOpenTime":
        return is_alive
    return is_alive and after.is_waiting and not _is_over(metric, after)


def _is_over(metric: Metric, after: Meter) -> bool:
    if metric == "totalConversationOpenTime":
        return after.status in ("done", "ended")
    if metric == "firstResponse":
        return after.is_answered
    return not after.is_waiting


def _target(promise: Promise, metric: Metric, priority: int) -> int | None:
    """In milliseconds, or None where nothing is promised."""
    target = promise.metrics.get(metric)
    return None if target is None else target.of(priority)
