"""The tallies of failed sign-ins that several servers share, so that a guesser behind a balancer has no more tries than
before one server.

A row for each account, network and device with an attempt under way or a failure of late. An attempt is written down
before its password is checked, for checking costs a hundred times as much, and haste on several servers must win
nothing. What begins and ends while a server waits for the database goes together in its next command. Who must wait is
remembered here and asks the database no more until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
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

from kithdesk.access.tallies import (
    LONGEST_CHECK,
    LONGEST_WAIT,
    NEVER,
    WINDOW,
    Key,
    Outcome,
    Tally,
    note_end,
    too_many,
    wait_of,
)
from kithdesk.core.clock import Instant
from kithdesk.core.desk import Desk
from kithdesk.core.sql import Executes, Upsert
from kithdesk.core.tables import lease
from kithdesk.core.together import Together
from kithdesk.core.work import Work

MOST_SWEPT = 1_000
_MOST_AT_ONCE = 50
_SWEEP_AFTER = 100
_MOST_REMEMBERED = 50_000

sign_in_tallies = lease(
    "sign_in_tallies",
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("tally", Text, nullable=False),  # JSON
    Column("ends_at", BigInteger, nullable=False),  # the database's time; from then on it says nothing
    PrimaryKeyConstraint("kind", "key"),
)
Index("ix_sign_in_tallies_ends_at", sign_in_tallies.c.ends_at)

# In one statement: between two, another server may take away a row that says nothing.
_MAKE_OR_LOCK = Upsert(sign_in_tallies, ["kind", "key"], ["kind"], returning=["tally"])
_PUT = Upsert(sign_in_tallies, ["kind", "key"])
_DROP = delete(sign_in_tallies).where(
    sign_in_tallies.c.kind == bindparam("of"), sign_in_tallies.c.key == bindparam("whose")
)
_OVER = (
    select(sign_in_tallies.c.kind, sign_in_tallies.c.key)
    .where(sign_in_tallies.c.ends_at < bindparam("now"))
    .limit(MOST_SWEPT)
    .with_for_update(skip_locked=True)
)
_FORGET = delete(sign_in_tallies).where(tuple_(sign_in_tallies.c.kind, sign_in_tallies.c.key).in_(_OVER))


@dataclass(frozen=True, slots=True)
class Begin:
    """An attempt that wants to begin."""

    keys: Sequence[Key]
    is_braked: bool


@dataclass(frozen=True, slots=True)
class End:
    keys: Sequence[Key]
    began: Instant
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Noted:
    """When it was, by the database's clock. `wait`: for how long an attempt may not begin; `waits`: because of which
    keys, and how long each of them."""

    at: Instant
    wait: int = 0
    waits: tuple[tuple[Key, int], ...] = ()


class SharedCounts:
    """As one of several servers sees them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waits: dict[Key, Instant] = {}
        self._changes = Together(self._note, most=_MOST_AT_ONCE)
        self._noted = 0

    async def begin(self, keys: Sequence[Key], *, is_braked: bool) -> Instant:
        now = self._desk.clock.now()
        wait = max(self._waits.get(key, now) for key in keys) - now
        if 0 < wait <= LONGEST_WAIT:  # a longer one is of a clock that was put back
            raise too_many(wait)
        noted = await self._changes.ask(Begin(keys, is_braked))
        for key, its in noted.waits:
            self._remember(key, Instant(now + its))
        if noted.wait:
            raise too_many(noted.wait)
        return noted.at

    async def end(self, keys: Sequence[Key], began: Instant, outcome: Outcome | None) -> None:
        await self._changes.ask(End(keys, began, outcome))

    def _remember(self, key: Key, until: Instant) -> None:
        self._waits.pop(key, None)
        if len(self._waits) >= _MOST_REMEMBERED:
            self._waits.pop(next(iter(self._waits)))
        self._waits[key] = until

    async def _note(self, changes: list[Begin | End]) -> list[Noted]:
        self._noted += len(changes)
        sweeps = self._noted >= _SWEEP_AFTER
        noted = await self._desk.run_apart(note, changes, self._desk.time_of_all, sweeps)
        if sweeps:
            self._noted = 0
        return noted


def note(
    work: Work, changes: Sequence[Begin | End], time: Callable[[Executes], Instant], sweeps: bool = False
) -> list[Noted]:
    """Counts in their order what has begun and ended at one server."""
    keys = sorted({key for change in changes for key in change.keys})
    tallies = _lock(work, keys)
    now = time(work)  # once nobody else holds them: no earlier than what was written there
    noted = [_note_one(tallies, change, now) for change in changes]
    for key in keys:
        _put_or_drop(work, key, tallies[key], now)
    if sweeps:
        _forget(work, now)
    return noted


def _lock(work: Work, keys: Sequence[Key]) -> dict[Key, Tally]:
    """Whoever counts the same waits for the commit."""
    asked = {key: work.execute(_MAKE_OR_LOCK, _row(key, Tally(key[0]), NEVER)) for key in keys}
    return {key: msgspec.json.decode(result.scalar(), type=Tally) for key, result in asked.items()}


def _note_one(tallies: dict[Key, Tally], change: Begin | End, now: Instant) -> Noted:
    those = [tallies[key] for key in change.keys]
    if isinstance(change, End):
        note_end(those, change.began, now, change.outcome)
        return Noted(now)
    wait = wait_of(those, now, is_braked=change.is_braked)
    if wait:
        waits = ((key, tallies[key].until - now) for key in change.keys)
        return Noted(now, wait, tuple((key, its) for key, its in waits if its > 0))
    for tally in those:
        tally.under_way.append(now)
    return Noted(now)


def _put_or_drop(work: Work, key: Key, tally: Tally, now: Instant) -> None:
    if tally.is_idle(now):
        work.execute(_DROP, {"of": key[0], "whose": key[1]})
    else:
        work.execute(_PUT, _row(key, tally, now))


def _forget(work: Work, now: Instant) -> None:
    """What others hold is left to the next time."""
    work.execute(_FORGET, {"now": now})


def _row(key: Key, tally: Tally, now: Instant) -> dict[str, object]:
    return {
        "kind": key[0],
        "key": key[1],
        "tally": msgspec.json.encode(tally).decode(),
        "ends_at": max(now + max(WINDOW, LONGEST_CHECK), tally.until + WINDOW),
    }
