"""Failures of one account, network or device, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from kithdesk.core.clock import MINUTE, SECOND, Instant
from kithdesk.core.errors import RateLimited

WINDOW = 10 * MINUTE
PER_ACCOUNT = 5
PER_NETWORK = 50
AT_ONCE_PER_NETWORK = 250
"""An office of 200 that signs in at nine sharp."""
FIRST_WAIT = 15 * SECOND
LONGEST_WAIT = 15 * MINUTE
LONGEST_CHECK = MINUTE
"""An attempt that has not ended by then ended with its server."""

NEVER = Instant(0)

Kind = Literal["account", "network", "device"]
Key = tuple[Kind, str]
Outcome = Literal["succeeded", "failed"]


class Tally(msgspec.Struct):
    """`under_way`: when the attempts began whose password is being checked."""

    kind: Kind
    failures: list[Instant] = []
    under_way: list[Instant] = []
    strikes: int = 0
    until: Instant = NEVER

    @property
    def allowed(self) -> int:
        return PER_NETWORK if self.kind == "network" else PER_ACCOUNT

    @property
    def at_once(self) -> int:
        return AT_ONCE_PER_NETWORK if self.kind == "network" else PER_ACCOUNT

    def settle(self, now: Instant) -> None:
        """Forgets what is too old to count, and keeps nobody for longer for what a wrong clock wrote ahead."""
        self.failures = [Instant(min(at, now)) for at in self.failures if at > now - WINDOW]
        self.under_way = [at for at in self.under_way if abs(now - at) < LONGEST_CHECK]
        self.until = Instant(min(self.until, now + LONGEST_WAIT))
        if not self.failures and now >= self.until + WINDOW:
            self.strikes = 0

    def wait(self, now: Instant) -> int:
        """Milliseconds until the next attempt may begin. Attempts under way count, so that haste wins no more tries."""
        self.settle(now)
        if now < self.until:
            return self.until - now
        room = 1 if self.strikes else self.at_once - len(self.failures)
        return 0 if len(self.under_way) < room else SECOND

    def end(self, began: Instant, now: Instant, *, has_failed: bool) -> None:
        if began in self.under_way:
            self.under_way.remove(began)
        if not has_failed:
            return
        self.failures.append(now)
        if self.strikes or len(self.failures) >= self.allowed:
            self.strikes += 1
            self.until = Instant(now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self.strikes - 1, 10)))

    def pay(self) -> None:
        self.failures.clear()
        self.strikes, self.until = 0, NEVER

    def is_idle(self, now: Instant) -> bool:
        self.settle(now)
        return not (self.failures or self.strikes or self.under_way)


class Counts(Protocol):
    """Where the tallies are. The first of the keys is whose password it is."""

    async def begin(self, keys: Sequence[Key], *, is_braked: bool) -> Instant:
        """Raises `RateLimited`. `is_braked`: networks with a failure of their own must wait."""

    async def end(self, keys: Sequence[Key], began: Instant, outcome: Outcome | None) -> None: ...


def wait_of(tallies: Sequence[Tally], now: Instant, *, is_braked: bool) -> int:
    """Milliseconds until an attempt that counts in all of these may begin."""
    wait = max(tally.wait(now) for tally in tallies)
    if wait == 0 and is_braked and any(tally.kind == "network" and tally.failures for tally in tallies):
        return FIRST_WAIT
    return wait


def note_end(tallies: Sequence[Tally], began: Instant, now: Instant, outcome: Outcome | None) -> None:
    for tally in tallies:
        tally.end(began, now, has_failed=outcome == "failed")
    if outcome == "succeeded":
        tallies[0].pay()


def too_many(wait: int) -> RateLimited:
    return RateLimited("Too many attempts. Wait a little.", retry_after=wait / SECOND)
