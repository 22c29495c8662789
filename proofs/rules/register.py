"""A value that the journal sets, and what it was at each position."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Register(Generic[T]):
    """What it held from which position on. Set in the order of positions."""

    positions: list[int] = field(default_factory=list)
    values: list[T] = field(default_factory=list)

    def set(self, position: int, value: T) -> None:
        self.positions.append(position)
        self.values.append(value)

    def at(self, position: int) -> T | None:
        index = bisect_right(self.positions, position)
        return self.values[index - 1] if index else None

    def within(self, after: int, until: int) -> list[T]:
        """All it held from `after` to `until`, both included."""
        first = max(0, bisect_right(self.positions, after) - 1)
        return self.values[first : bisect_right(self.positions, until)]
