"""Choosing: which agent takes which waiting conversation. Arithmetic only, so that thousands of cases can be tried.

Agents come best first: the most free share of their capacity, then the longest idle, then the lower id, so that the
same state always gives the same answer. Work comes in the order it has waited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kithdesk.core.clock import Instant

SHARE = 1_000_000_000
"""A free share of one whole. Fine enough to tell any two fractions of capacities up to 1,000 apart."""

Because = Literal["most_room", "longest_idle", "tie", "only_one"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An available agent. `idle_since`: the last time something was assigned to them or they changed status."""

    user: str
    capacity: int
    load: int
    idle_since: Instant

    @property
    def has_room(self) -> bool:
        return self.load < self.capacity

    @property
    def order(self) -> tuple[int, Instant, str]:
        """Lower comes first."""
        return -free_share(self.capacity, self.load), self.idle_since, self.user


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation in the queue. `not_for` is the agent who gave it away: they do not get it straight back."""

    conversation: str
    not_for: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen, as they stood before, and what decided it against the next best."""

    agent: Candidate
    because: Because


@dataclass(frozen=True, slots=True)
class Match:
    item: Waiting
    choice: Choice


def free_share(capacity: int, load: int) -> int:
    """The free part of a capacity, in parts of `SHARE`, rounded down; nothing is free of what is overfull."""
    return max(0, capacity - load) * SHARE // capacity


def choose(candidates: Iterable[Candidate], *, not_for: str | None = None) -> Choice | None:
    """The best of those with room, or None when none has any."""
    ranked = sorted((one for one in candidates if one.has_room and one.user != not_for), key=_order)
    if not ranked:
        return None
    return Choice(ranked[0], _because(ranked))


def match(items: Sequence[Waiting], candidates: Iterable[Candidate], *, now: Instant) -> list[Match]:
    """Gives out `items` in their order. Each choice sees the loads that the choices before it left.

    The best `len(items) + 1` candidates are enough: a choice changes one of them, and an item leaves out at most one.
    """
    pool = {candidate.user: candidate for candidate in candidates}
    matches = []
    for item in items:
        choice = choose(pool.values(), not_for=item.not_for)
        if choice is None:
            continue
        matches.append(Match(item, choice))
        taken = choice.agent
        pool[taken.user] = replace(taken, load=taken.load + 1, idle_since=max(now, taken.idle_since))
    return matches


def _order(candidate: Candidate) -> tuple[int, Instant, str]:
    return candidate.order


def _because(ranked: Sequence[Candidate]) -> Because:
    if len(ranked) == 1:
        return "only_one"
    (share, idle, _), (next_share, next_idle, _) = ranked[0].order, ranked[1].order
    if share != next_share:
        return "most_room"
    return "longest_idle" if idle != next_idle else "tie"
