"""How a conversation stands with the policy that it has: its clocks, what was stated of them, and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from kithdesk.core.clock import Instant
from kithdesk.sla.clocks import Clock, State
from kithdesk.sla.promises import Metric

Cause = Literal["opened", "written", "changed", "handed_on", "overflowed", "customer"]
"""
    opened      the conversation began
    written     its customer wrote
    changed     somebody or something changed the conversation
    handed_on   another queue, team or agent has it
    overflowed  it waited too long, or too much waited there, and another queue has it
    customer    its customer changed, or is another, or their company changed
"""


class Breach(msgspec.Struct, frozen=True):
    """The first promise that was broken."""

    metric: Metric
    at: Instant


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """The version of the policy that a conversation has, since when."""

    policy: str
    version: str
    number: int
    name: str
    at: Instant


class Left(msgspec.Struct, frozen=True):
    """A policy that a conversation had, and what it promised that is now promised later, or not at all: when it was
    due, or None while it was paused."""

    name: str
    due: dict[Metric, Instant | None] = {}


class Told(msgspec.Struct, frozen=True, array_like=True):
    """The last breach of a metric that was stated: of the wait since when, and when it was due."""

    since: Instant
    due: Instant


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """`breach` is the policy's first, `first_breach_at` that of any policy it ever had. `told` is of any policy too."""

    matched: Matched
    priority: int
    clocks: tuple[Clock, ...] = ()
    breach: Breach | None = None
    first_breach_at: Instant | None = None
    told: dict[Metric, Told] = {}

    @property
    def state(self) -> State:
        states = {clock.state for clock in self.clocks}
        if "pending" in states:
            return "pending"
        return "paused" if "paused" in states else "done"

    @property
    def due(self) -> Instant | None:
        """When the next of its clocks is due, or the first was that still runs."""
        found = [clock.due for clock in self.clocks if clock.state == "pending" and clock.due is not None]
        return min(found, default=None)

    @property
    def risky_at(self) -> Instant | None:
        """From when on a promise is at risk, or broken, unless somebody acts: the first warning, or due time."""
        running = [clock for clock in self.clocks if clock.state == "pending"]
        return min(
            (at for clock in running for at in (clock.warn_at, clock.due) if at is not None), default=None
        )

    @property
    def next_at(self) -> Instant | None:
        """When there is something to state unless something happens before."""
        found = [
            at
            for clock in self.clocks
            if clock.state == "pending" and not clock.is_broken
            for at in (clock.due, None if clock.is_warned else clock.warn_at)
            if at is not None
        ]
        return min(found, default=None)

    @property
    def satisfied_at(self) -> Instant | None:
        """When all was kept."""
        if self.breach is not None or self.state != "done":
            return None
        return max((clock.ended for clock in self.clocks if clock.ended is not None), default=None)


def left_behind(before: Standing, after: Standing | None) -> Left:
    """What was promised and is neither kept nor broken yet, as far as less is promised by what comes."""
    now = {} if after is None else {clock.metric: clock for clock in after.clocks}
    open_before = [clock for clock in before.clocks if clock.state != "done" and not clock.is_broken]
    return Left(
        before.matched.name,
        {clock.metric: clock.due for clock in open_before if _is_less(clock, now.get(clock.metric))},
    )


def _is_less(before: Clock, after: Clock | None) -> bool:
    """One that has no due time, as nobody will be at work or it is paused, promises the least."""
    if after is None:
        return True
    if after.is_broken or after.state == "done":
        return False
    return before.due is not None and (after.due is None or after.due > before.due)


class Reckoned(NamedTuple):
    """A standing, and what has to be stated to reach it."""

    standing: Standing
    broken: tuple[Clock, ...]
    warned: tuple[Clock, ...]
    kept: tuple[Clock, ...]


def reckoned(
    matched: Matched, clocks: Sequence[Clock], before: Standing | None, *, priority: int, now: Instant
) -> Reckoned:
    """`before` is where the conversation stood, with this policy or another, or stood last."""
    known = {} if before is None or before.matched != matched else {one.metric: one for one in before.clocks}
    told = {} if before is None else dict(before.told)
    stated, broken, warned, kept = [], [], [], []
    for clock in clocks:
        old, last = known.get(clock.metric), told.get(clock.metric)
        if old is not None and old.since != clock.since:
            old = None
        if last is not None and last.since < clock.since:
            last = None
        one = _judged(clock, old, last, now=now)
        stated.append(one)
        if one.is_broken and last is None and not (old is not None and old.is_broken):
            broken.append(one)
            told[one.metric] = Told(one.since, one.due or now)
        elif one.is_warned and not one.is_broken and not (old is not None and old.is_warned):
            warned.append(one)
        if one.ended is not None and not one.is_broken and (old is None or old.ended is None):
            kept.append(one)
    standing = Standing(
        matched=matched,
        priority=priority,
        clocks=tuple(stated),
        breach=_breach(matched, stated, before, now=now),
        first_breach_at=_first_breach_at(broken, before, now=now),
        told=told,
    )
    return Reckoned(standing, tuple(broken), tuple(warned), tuple(kept))


def _judged(clock: Clock, old: Clock | None, last: Told | None, *, now: Instant) -> Clock:
    """`old`: the same clock before. `last`: its wait was broken already, under this policy or an earlier one.

    Such a wait stays late until it ends, however patient what comes is: another queue must not make it new.
    """
    if last is not None and clock.ended is None:
        due = last.due if clock.due is None else min(clock.due, last.due)
        return msgspec.structs.replace(clock, due=due, is_broken=True, is_warned=True)
    is_broken = clock.is_late(now) or (old is not None and old.is_broken)
    has_come = clock.warn_at is not None and clock.warn_at <= now
    is_warned = is_broken or has_come or (old is not None and old.is_warned)
    return msgspec.structs.replace(clock, is_broken=is_broken, is_warned=is_warned)


def _breach(
    matched: Matched, clocks: Sequence[Clock], before: Standing | None, *, now: Instant
) -> Breach | None:
    """The policy's first, and what it has taken over."""
    if before is not None and before.matched == matched and before.breach is not None:
        return before.breach
    broken = [Breach(one.metric, one.due or now) for one in clocks if one.is_broken]
    return min(broken, key=lambda one: (one.at, one.metric), default=None)


def _first_breach_at(broken: Sequence[Clock], before: Standing | None, *, now: Instant) -> Instant | None:
    if before is not None and before.first_breach_at is not None:
        return before.first_breach_at
    return min((one.due or now for one in broken), default=None)
