"""The tallies of failed sign-ins that several servers share, so that a guesser behind a balancer has no more tries than
before one server.

A row for each account, network and device with an attempt under way or a failure of late. An attempt is written down
before its password is checked, for checking costs a hundred times as much, and haste on several servers must win
nothing. Who must wait is remembered here and asks the database no more until then.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Text, bindparam, delete, select

from kithdesk.access.tallies import (
    LONGEST_CHECK,
    WINDOW,
    Key,
    Outcome,
    Tally,
    note_end,
    too_many,
    wait_of,
)
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.clock import Instant
from kithdesk.core.desk import Desk
from kithdesk.core.sql import Upsert
from kithdesk.core.tables import lease
from kithdesk.core.work import Work

_SWEEP_AFTER = 100
_MOST_REMEMBERED = 50_000

sign_in_tallies = lease(
    "sign_in_tallies",
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("tally", Text, nullable=False),  # JSON
    Column("ends_at", BigInteger, nullable=False),  # from then on it says nothing
    PrimaryKeyConstraint("kind", "key"),
)
Index("ix_sign_in_tallies_ends_at", sign_in_tallies.c.ends_at)

_THE_ONE = (sign_in_tallies.c.kind == bindparam("of"), sign_in_tallies.c.key == bindparam("whose"))
_MAKE = Upsert(sign_in_tallies, ["kind", "key"], [])
_SEE = select(sign_in_tallies.c.tally).where(*_THE_ONE).with_for_update()
_PUT = Upsert(sign_in_tallies, ["kind", "key"])
_DROP = delete(sign_in_tallies).where(*_THE_ONE)
_FORGET = delete(sign_in_tallies).where(sign_in_tallies.c.ends_at < bindparam("now"))


class SharedCounts:
    """As one of several servers sees them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waits: dict[Key, Instant] = {}
        self._ends = 0

    async def begin(self, keys: Sequence[Key], *, is_braked: bool) -> Instant:
        now = self._desk.clock.now()
        wait = max(self._waits.get(key, now) for key in keys) - now
        if wait > 0:
            raise too_many(wait)
        began, wait, waits = (await self._desk.run(begin, keys, is_braked, by=INSTALLATION)).value
        if len(self._waits) > _MOST_REMEMBERED:
            self._waits = {key: until for key, until in self._waits.items() if until > now}
        self._waits.update(waits)
        if wait:
            raise too_many(wait)
        return began

    async def end(self, keys: Sequence[Key], began: Instant, outcome: Outcome | None) -> None:
        await self._desk.run(end, keys, began, outcome, by=INSTALLATION)
        self._ends += 1
        if self._ends % _SWEEP_AFTER == 0:
            self._desk.submit_and_forget(forget, by=INSTALLATION)


def begin(work: Work, keys: Sequence[Key], is_braked: bool) -> tuple[Instant, int, dict[Key, Instant]]:
    """When the attempt began; or how long it must wait, and which of the keys must until when."""
    tallies = _look_up(work, keys)
    wait = wait_of(tallies, work.now, is_braked=is_braked)
    if wait:
        waits = {key: tally.until for key, tally in zip(keys, tallies, strict=True) if tally.until > work.now}
        return work.now, wait, waits
    for key, tally in zip(keys, tallies, strict=True):
        tally.under_way.append(work.now)
        _put(work, key, tally)
    return work.now, 0, {}


def end(work: Work, keys: Sequence[Key], began: Instant, outcome: Outcome | None) -> None:
    tallies = _look_up(work, keys)
    note_end(tallies, began, work.now, outcome)
    for key, tally in zip(keys, tallies, strict=True):
        if tally.is_idle(work.now):
            work.execute(_DROP, {"of": key[0], "whose": key[1]})
        else:
            _put(work, key, tally)


def forget(work: Work) -> None:
    work.execute(_FORGET, {"now": work.now})


def _look_up(work: Work, keys: Sequence[Key]) -> list[Tally]:
    """Whoever looks at the same waits for the commit. In one order, so that no two wait for each other."""
    found = {key: _see(work, key) for key in sorted(keys)}
    return [found[key] for key in keys]


def _see(work: Work, key: Key) -> Tally:
    _put_first(work, key)
    row = work.execute(_SEE, {"of": key[0], "whose": key[1]}).one()
    return msgspec.json.decode(row.tally, type=Tally)


def _put_first(work: Work, key: Key) -> None:
    work.execute(_MAKE, _row(work, key, Tally(key[0])))


def _put(work: Work, key: Key, tally: Tally) -> None:
    work.execute(_PUT, _row(work, key, tally))


def _row(work: Work, key: Key, tally: Tally) -> dict[str, object]:
    ends_at = max(work.now + max(WINDOW, LONGEST_CHECK), tally.until + WINDOW)
    return {
        "kind": key[0],
        "key": key[1],
        "tally": msgspec.json.encode(tally).decode(),
        "ends_at": ends_at,
    }
