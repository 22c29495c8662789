"""What all servers of an installation allow together.

A limit that each server counts for itself is as many times as high behind a balancer. Where servers share a database,
each draws what it may allow from one row: first one, and twice as much each time that it comes back within a second, so
that what is asked for often costs one command for some dozens of requests. This is for what is asked for seldom or
costs much; what a visitor says is counted where their socket is. On SQLite there is one server, and its memory does.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Text, bindparam, delete, select

from kithdesk.core.actors import INSTALLATION
from kithdesk.core.clock import MINUTE, SECOND, Instant
from kithdesk.core.errors import OutcomeUnknown, Overloaded, RateLimited
from kithdesk.core.limits import Rate
from kithdesk.core.sql import Upsert
from kithdesk.core.tables import lease
from kithdesk.core.work import Work

if TYPE_CHECKING:
    from kithdesk.core.desk import Desk

KEPT = 10 * SECOND
"""What was drawn and is not used by then is given up."""
_SHARE = 20
"""At most so small a part of a limit is drawn at once, for others may need the rest."""
_SWEEP_AFTER = 500
_MOST_PURSES = 50_000
_PARTS = 1_000_000
"""Of one request, in the table."""
_NEVER = Instant(0)

allowances = lease(
    "allowances",
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("level", BigInteger, nullable=False),  # millionths of a request
    Column("at", BigInteger, nullable=False),
    Column("full_at", BigInteger, nullable=False),  # from then on the row says nothing
    PrimaryKeyConstraint("name", "key"),
)
Index("ix_allowances_full_at", allowances.c.full_at)

_THE_ONE = (allowances.c.name == bindparam("of"), allowances.c.key == bindparam("whose"))
_MAKE = Upsert(allowances, ["name", "key"], [])
_SEE = select(allowances.c.level, allowances.c.at).where(*_THE_ONE).with_for_update()
_PUT = Upsert(allowances, ["name", "key"])
_FORGET_FULL = delete(allowances).where(allowances.c.full_at < bindparam("before"))


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
        self._draws = 0

    async def take(self, name: str, key: str, rate: Rate) -> float:
        """Takes one, and answers how many are left, as far as this server knows. Raises `RateLimited`."""
        desk = self._desk
        if not desk.database.is_shared or desk.settings.limits == "off":
            return desk.limits.check(name, key, rate)
        purse = self._purse(name, key)
        async with purse.lock:
            if not (purse.left and purse.is_fresh(desk.clock.now())):
                await self._fill(purse, name, key, rate)
            purse.left -= 1
            return purse.left + purse.beyond

    def _purse(self, name: str, key: str) -> _Purse:
        found = self._purses.get((name, key))
        if found is None:
            if len(self._purses) >= _MOST_PURSES:
                now = self._desk.clock.now()
                self._purses = {key: purse for key, purse in self._purses.items() if purse.is_fresh(now)}
            found = self._purses[name, key] = _Purse()
        return found

    async def _fill(self, purse: _Purse, name: str, key: str, rate: Rate) -> None:
        now = self._desk.clock.now()
        if purse.is_fresh(now) and now < purse.refused_until:
            raise RateLimited(retry_after=round((purse.refused_until - now) / SECOND, 1) or 0.1)
        comes_back = 0 <= now - purse.drawn_at < SECOND
        purse.size = max(1, min(purse.size * 2, int(rate.size / _SHARE))) if comes_back else 1
        try:
            drawn = (await self._desk.run(draw, name, key, rate, purse.size, by=INSTALLATION)).value
        except (
            Overloaded,
            OutcomeUnknown,
        ):  # what is asked for needs the database too, and says itself that it is away
            drawn = Drawn(purse.size, 0.0, 0.0)
        purse.left, purse.beyond, purse.drawn_at = drawn.count, drawn.left, now
        self._sweep_now_and_then()
        if not drawn.count:
            purse.refused_until = Instant(now + int(drawn.wait * SECOND))
            raise RateLimited(retry_after=round(drawn.wait, 1) or 0.1)

    def _sweep_now_and_then(self) -> None:
        self._draws += 1
        if self._draws % _SWEEP_AFTER == 0:
            self._desk.submit_and_forget(forget_full, by=INSTALLATION)


def draw(work: Work, name: str, key: str, rate: Rate, most: int) -> Drawn:
    """Takes up to `most` for one server. Whoever draws of the same waits for the commit."""
    whole = {"name": name, "key": key, "level": int(rate.size * _PARTS), "at": work.now, "full_at": work.now}
    work.execute(_MAKE, whole)
    row = work.execute(_SEE, {"of": name, "whose": key}).one()
    level = row.level / _PARTS + max(0, work.now - row.at) / SECOND * rate.per_second
    level = min(rate.size, level)
    count = min(most, int(level))
    if not count:
        return Drawn(0, level, (1 - level) / rate.per_second)
    level -= count
    at = max(work.now, row.at)  # of the servers' clocks, the one that is furthest
    full_at = at + int((rate.size - level) / rate.per_second * SECOND)
    work.execute(_PUT, {**whole, "level": int(level * _PARTS), "at": at, "full_at": full_at})
    return Drawn(count, level, 0.0)


def forget_full(work: Work) -> None:
    """Rows of whoever has asked for nothing since all was there again."""
    work.execute(_FORGET_FULL, {"before": work.now - MINUTE})
