"""Token buckets, in memory: each node keeps its own, which is enough to slow one abuser without touching others.

What all nodes must count together is in `allowances`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kithdesk.core.clock import Clock
from kithdesk.core.errors import RateLimited

_SWEEP_AT = 50_000
_SWEEP_EVERY = 60_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` per `seconds`, of which `burst` (default: all) may come at once."""

    count: float
    seconds: float
    burst: float | None = None

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    @property
    def size(self) -> float:
        return self.count if self.burst is None else self.burst


class Limits:
    """Buckets by name and key. Follows the wall clock, so that a moved test clock refills them."""

    def __init__(self, clock: Clock, *, enabled: bool = True) -> None:
        self._clock = clock
        self._enabled = enabled
        self._buckets: dict[tuple[str, str], tuple[float, int, Rate]] = {}
        self._swept_at = 0

    def check(self, name: str, key: str, rate: Rate, cost: float = 1) -> float:
        """Takes `cost` from the bucket and returns what is left. Raises `RateLimited` with the seconds to wait."""
        if not self._enabled:
            return rate.size
        now = self._clock.now()
        level, at, _ = self._buckets.get((name, key), (rate.size, now, rate))
        level = min(rate.size, level + max(0, now - at) / 1000 * rate.per_second)
        if level < cost:
            self._buckets[name, key] = (level, now, rate)
            raise RateLimited(retry_after=round((cost - level) / rate.per_second, 1) or 0.1)
        if len(self._buckets) > _SWEEP_AT and now - self._swept_at > _SWEEP_EVERY:
            self._sweep(now)
        self._buckets[name, key] = (level - cost, now, rate)
        return level - cost

    def forget(self, name: str, key: str) -> None:
        """A full bucket again."""
        self._buckets.pop((name, key), None)

    def _sweep(self, now: int) -> None:
        """Buckets that have refilled since say nothing any more."""
        self._swept_at = now
        self._buckets = {
            key: (level, at, rate)
            for key, (level, at, rate) in self._buckets.items()
            if level + (now - at) / 1000 * rate.per_second < rate.size
        }
