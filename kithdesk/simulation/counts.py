"""What is counted of a queue and of an agent, and the arithmetic of what comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Place:
    """What is counted of a queue. `waiting` adds up milliseconds of all that wait, by bucket."""

    arrivals: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    waits: list[int] = field(default_factory=list)
    waits_in: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    gave_up: int = 0
    still: int = 0
    met: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)


@dataclass
class Person:
    """What is counted of an agent. By bucket, milliseconds: times what they had, what of that while they were
    available, what they could have had then, and how long they were."""

    served: int = 0
    is_available: bool = False
    since: int = 0
    load: int = 0
    capacity: int = 0
    loaded: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    busy: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    room: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    available: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def part_of(of: int, whole: int) -> float | None:
    return round(of / whole, 3) if whole else None


def share_of(values: list[int], percent: int) -> int | None:
    """What so many per cent of the values do not exceed."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def sum_of(places: Iterable[Place]) -> Place:
    whole = Place()
    for place in places:
        for bucket, waits in place.waits_in.items():
            whole.waits_in[bucket] += waits
        for bucket, total in place.waiting.items():
            whole.waiting[bucket] += total
        whole.waits += place.waits
        whole.gave_up += place.gave_up
        whole.still += place.still
        whole.met |= place.met
        whole.missed |= place.missed
    return whole
