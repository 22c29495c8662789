"""How a conversation stands with the policy that it has: its clocks, what was stated of them, and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from kithdesk.core.clock import Instant
from kithdesk.sla.clocks import Clock, State
from kithdesk.sla.promises import Metric


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


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """`breach` is the policy's first, `first_breach_at` that of any policy it ever had."""

    matched: Matched
    priority: int
    clocks: tuple[Clock, ...] = ()
    breach: Breach | None = None
    first_breach_at: Instant | None = None

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


class Reckoned(NamedTuple):
    """A standing, and what has to be stated to reach it."""

    standing: Standing
    broken: tuple[Clock, ...]
    warned: tuple[Clock, ...]
    kept: tuple[Clock, ...]


def reckoned(
    matched: Matched, clocks: Sequence[Clock], before: Standing | None, *, priority: int, now: Instant
) -> Reckoned:
    """`before` is where the conversation stood, with this policy or another."""
    known = {} if before is None or before.matched != matched else {one.metric: one for one in before.clocks}
    stated, broken, warned, kept = [], [], [], []
    for clock in clocks:
        old = known.get(clock.metric)
        is_same = old is not None and old.since == clock.since
        was_broken, was_warned = (old.is_broken, old.is_warned) if old and is_same else (False, False)
        is_broken = was_broken or clock.is_late(now)
        is_warned = was_warned or is_broken or (clock.warn_at is not None and clock.warn_at <= now)
        now_stated = msgspec.structs.replace(clock, is_broken=is_broken, is_warned=is_warned)
        stated.append(now_stated)
        if is_broken and not was_broken:
            broken.append(now_stated)
        elif is_warned and not was_warned and not is_broken:
            warned.append(now_stated)
        if clock.ended is not None and not is_broken and not (is_same and old and old.ended is not None):
            kept.append(now_stated)
    breach = before.breach if before is not None and before.matched == matched else None
    first = None if before is None else before.first_breach_at
    if broken:
        earliest = min(broken, key=lambda one: (one.due or now, one.metric))
        at = earliest.due or now
        breach = breach or Breach(earliest.metric, at)
        first = first if first is not None else at
    standing = Standing(
        matched=matched, priority=priority, clocks=tuple(stated), breach=breach, first_breach_at=first
    )
    return Reckoned(standing, tuple(broken), tuple(warned), tuple(kept))
