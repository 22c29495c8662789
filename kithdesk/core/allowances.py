"""What all servers of an installation allow together.

A limit that each server counts for itself is as many times as high behind a balancer. Where servers share a database,
each draws what it may allow from one row: first one, and twice as much each time that it comes back within a second, so
that what is asked for often costs one command for some dozens of requests. Draws of many rows go together, and one
command of a server is under way at a time. This is for what is asked for seldom or costs much; what a visitor says is
counted where their socket is. On SQLite there is one server, and its memory does; and so does each server's own while
the database is away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    PrimaryKeyConstraint,
    Text,
    bindparam,
    delete,
    select,
    tuple_,
)

from kithdesk.core.clock import MINUTE, SECOND, Instant
from kithdesk.core.errors import OutcomeUnknown, Overloaded, RateLimited
from kithdesk.core.limits import Rate
from kithdesk.core.sql import Executes, Upsert
from kithdesk.core.tables import lease
from kithdesk.core.together import Together
from kithdesk.core.work import Work

if TYPE_CHECKING:
    from kithdesk.core.desk import Desk

KEPT = 10 * SECOND
"""What was drawn and is not used by then is given up."""
AWAY = 10 * SECOND
"""For so long after a draw that failed a server counts for itself, and keeps nobody waiting for a database."""
MOST_PURSES = 50_000
MOST_SWEPT = 1_000
_SHARE = 20
"""At most so small a part of a limit is drawn at once, for others may need the rest."""
_MOST_AT_ONCE = 100
_SWEEP_AFTER = 500
_PARTS = 1_000_000
"""Of one request, in the table."""
_NEVER = Instant(0)

allowances = lease(
    "allowances",
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("level", BigInteger, nullable=False),  # millionths of a request
    Column("at", BigInteger, nullable=False),  # the database's time
    Column("full_at", BigInteger, nullable=False),  # from then on the row says nothing
    PrimaryKeyConstraint("name", "key"),
)
Index("ix_allowances_full_at", allowances.c.full_at)

# In one statement: between two, another server may take away a row that says nothing.
_MAKE_OR_LOCK = Upsert(allowances, ["name", "key"], ["name"], returning=["level", "at"])
_PUT = Upsert(allowances, ["name", "key"])
_FULL = (
    select(allowances.c.name, allowances.c.key)
    .where(allowances.c.full_at < bindparam("before"))
    .limit(MOST_SWEPT)
    .with_for_update(skip_locked=True)
)
_FORGET_FULL = delete(allowances).where(tuple_(allowances.c.name, allowances.c.key).in_(_FULL))


@dataclass(frozen=True, slots=True)
class Ask:
    """One server's, for up to `most` of what is left of one row."""

    name: str
    key: str
    rate: Rate
    most: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """`left`: how many are there for everybody. `wait`: seconds until there is one more, when there was none."""

    count: int
    left: float
    wait: float


@dataclass(slots=True)
class _Purse:
    """What one server has drawn and not yet allowed."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    left: int = 0
    beyond: float = 0.0
    size: int = 1
    drawn_at: Instant = _NEVER
    refused_until: Instant = _NEVER

    def is_fresh(self, now: Instant) -> bool:
        return 0 <= now - self.drawn_at < KEPT


class Allowances:
    """Those that one server gives out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._purses: dict[tuple[str, str], _Purse] = {}
        self._draws = Together(self._draw, most=_MOST_AT_ONCE)
        self._failed_at = _NEVER
        self._count = 0

    async def take(self, name: str, key: str, rate: Rate) -> float:
        """Takes one, and answers how many are left, as far as this server knows. Raises `RateLimited`."""
        desk = self._desk
        if not desk.database.is_shared or desk.settings.limits == "off":
            return desk.limits.check(name, key, rate)
        purse = self._purse(name, key)
        async with purse.lock:
            if not (purse.left and purse.is_fresh(desk.clock.now())):
                try:
                    await self._fill(purse, name, key, rate)
                except (Overloaded, OutcomeUnknown):  # what needs the database says itself that it is away
                    return desk.limits.check(name, key, rate)
            purse.left -= 1
            return purse.left + purse.beyond

    def _purse(self, name: str, key: str) -> _Purse:
        found = self._purses.get((name, key))
        if found is None:
            if len(self._purses) >= MOST_PURSES:
                self._purses.pop(next(iter(self._purses)))  # at worst, what it still held is lost
            found = self._purses[name, key] = _Purse()
        return found

    async def _fill(self, purse: _Purse, name: str, key: str, rate: Rate) -> None:
        now = self._desk.clock.now()
        if purse.is_fresh(now) and now < purse.refused_until:
            raise RateLimited(retry_after=round((purse.refused_until - now) / SECOND, 1) or 0.1)
        comes_back = 0 <= now - purse.drawn_at < SECOND
        size = max(1, min(purse.size * 2, int(rate.size / _SHARE))) if comes_back else 1
        drawn = await self._draws.ask(Ask(name, key, rate, size))
        purse.left, purse.beyond, purse.size, purse.drawn_at = drawn.count, drawn.left, size, now
        if not drawn.count:
            purse.refused_until = Instant(now + int(drawn.wait * SECOND))
            raise RateLimited(retry_after=round(drawn.wait, 1) or 0.1)

    async def _draw(self, asks: list[Ask]) -> list[Drawn]:
        """Raises `Overloaded`, `OutcomeUnknown`; at once when that was so a moment ago."""
        if 0 <= self._desk.clock.now() - self._failed_at < AWAY:
            raise Overloaded
        self._count += len(asks)
        sweeps = self._count >= _SWEEP_AFTER
        try:
            drawn = await self._desk.run_apart(draw, asks, self._desk.time_of_all, sweeps)
        except (Overloaded, OutcomeUnknown):
            self._failed_at = self._desk.clock.now()
            raise
        if sweeps:
            self._count = 0
        return drawn


@dataclass(slots=True)
class _Level:
    """Of one row, when somebody draws."""

    ask: Ask
    level: float

    def draw(self, most: int) -> Drawn:
        count = min(most, int(self.level))
        self.level -= count
        return Drawn(count, self.level, 0.0 if count else (1 - self.level) / self.ask.rate.per_second)


def draw(
    work: Work, asks: Sequence[Ask], time: Callable[[Executes], Instant], sweeps: bool = False
) -> list[Drawn]:
    """Takes for one server what is there. Whoever draws of the same waits for the commit."""
    by_row = {(ask.name, ask.key): ask for ask in asks}
    asked = {row: work.execute(_MAKE_OR_LOCK, _full(by_row[row])) for row in sorted(by_row)}
    now = time(work)  # once nobody else holds them: no earlier than what was written there
    levels = {}
    for row, result in asked.items():
        ((level, at),) = result.rows
        rate = by_row[row].rate
        refilled = level / _PARTS + max(0, now - at) / SECOND * rate.per_second
        levels[row] = _Level(by_row[row], min(rate.size, refilled))
    drawn = [levels[ask.name, ask.key].draw(ask.most) for ask in asks]
    for level in levels.values():
        work.execute(_PUT, _row(level.ask, level.level, now))
    if sweeps:
        _forget_full(work, now)
    return drawn


def _full(ask: Ask) -> dict[str, object]:
    return _row(ask, ask.rate.size, _NEVER)


def _row(ask: Ask, level: float, now: Instant) -> dict[str, object]:
    """`at` is now, whatever was there: one that a wrong clock wrote ahead would let nothing come back until then."""
    full_at = now + int((ask.rate.size - level) / ask.rate.per_second * SECOND)
    return {
        "name": ask.name,
        "key": ask.key,
        "level": int(level * _PARTS),
        "at": now,
        "full_at": full_at,
    }


def _forget_full(work: Work, now: Instant) -> None:
    """Rows of whoever has asked for nothing since all was there again. What others hold is left to the next time."""
    work.execute(_FORGET_FULL, {"before": now - MINUTE})
