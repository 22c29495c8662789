"""SLA clocks the slow way: minute by minute, with nothing but counting. What happens, happens on whole minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kithdesk.core.clock import MINUTE, Instant
from kithdesk.sla.clocks import Step
from kithdesk.sla.promises import Metric, Promise


@dataclass
class Counter:
    """One metric while it is counted."""

    since: int
    minutes: int = 0
    due: int | None = None
    ended: int | None = None


@dataclass
class World:
    """What is the case at a minute."""

    status: str = "new"
    is_waiting: bool = False
    was_answered: bool = False
    has_ended: bool = False
    cut_off: tuple[bool, list[Metric]] | None = None


def count(
    steps: Sequence[Step],
    promise: Promise,
    is_open: Callable[[Instant], bool],
    *,
    priority: int,
    until: int,
    starts: int,
) -> dict[Metric, Counter]:
    """Every metric at `until`. `due` is where its minutes reached the target, if they have."""
    world = World()
    counters: dict[Metric, Counter] = {}
    todo = list(steps)
    for at in range(starts, until + MINUTE, MINUTE):
        while todo and todo[0].at <= at:
            _happen(world, counters, todo.pop(0).what, at)
        if at >= until:
            break
        for metric, counter in counters.items():
            if not _counts(metric, world, promise) or counter.ended is not None or not is_open(Instant(at)):
                continue
            counter.minutes += 1
            target = promise.metrics[metric].of(priority) if metric in promise.metrics else None
            if target is not None and counter.minutes * MINUTE == target:
                counter.due = at + MINUTE
    return counters


def _happen(world: World, counters: dict[Metric, Counter], what: str, at: int) -> None:
    total = counters.setdefault("totalConversationOpenTime", Counter(at))
    if world.has_ended:
        return
    if what == "reopened":
        _go_on(world, counters)
        what = "open"
    if what != "done":
        world.cut_off = None
    if what == "in":
        if not world.is_waiting:
            _begin(world, counters, at)
        world.is_waiting = True
    elif what in ("out", "done", "ended"):
        _end_wait(world, counters, at, was_closed=what == "done")
        world.was_answered = world.was_answered or what == "out"
    if what in ("open", "snoozed", "done"):
        world.status = what
        total.ended = (at if total.ended is None else total.ended) if what == "done" else None
    if what == "ended":
        world.has_ended = True
        total.ended = at if total.ended is None else total.ended


def _end_wait(world: World, counters: dict[Metric, Counter], at: int, *, was_closed: bool) -> None:
    running: list[Metric] = [
        metric
        for metric, counter in counters.items()
        if metric != "totalConversationOpenTime" and counter.ended is None
    ]
    if world.is_waiting and was_closed:
        world.cut_off = (world.was_answered, running)
    for metric in running:
        counters[metric].ended = at
    world.was_answered = world.was_answered or world.is_waiting
    world.is_waiting = False


def _go_on(world: World, counters: dict[Metric, Counter]) -> None:
    if world.cut_off is not None:
        world.is_waiting = True
        world.was_answered, running = world.cut_off
        for metric in running:
            counters[metric].ended = None


def _begin(world: World, counters: dict[Metric, Counter], at: int) -> None:
    counters["nextReply" if world.was_answered else "firstResponse"] = Counter(at)
    counters["longestUnrespondedMessage"] = Counter(at)
    counters.setdefault("totalCustomerWaitTime", Counter(at)).ended = None


def _counts(metric: Metric, world: World, promise: Promise) -> bool:
    if world.status == "snoozed" and promise.pause_on_snooze:
        return False
    if world.status in ("done", "new"):
        return False
    return metric == "totalConversationOpenTime" or world.is_waiting
