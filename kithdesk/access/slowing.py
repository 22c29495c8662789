"""Slowing those who guess, without ever locking out the one they guess at.

Failures are counted per account (also for accounts that do not exist, so that the answer tells nothing) and per
network. Past the limit each further failure doubles the wait, up to 15 minutes. A browser that has signed in to this
account before is a *known device* and has a count of its own, so that the owner gets in while others are being slowed.
When very many different accounts fail at once, somebody sprays one password over all of them: then networks with a
failure of their own must wait, and administrators hear of it. All in memory; a restart forgets, which helps a guesser
once and hurts nobody.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from kithdesk.core.clock import MINUTE, SECOND, Clock, Instant
from kithdesk.core.errors import RateLimited
from kithdesk.core.ids import OrganisationId

WINDOW = 10 * MINUTE
PER_ACCOUNT = 5
PER_NETWORK = 50
AT_ONCE_PER_NETWORK = 250
"""An office of 200 that signs in at nine sharp."""
FIRST_WAIT = 15 * SECOND
LONGEST_WAIT = 15 * MINUTE
SPRAYED_ACCOUNTS = 200
"""Different accounts failing within the window; an installation of 10,000 agents has a tenth of that on a Monday."""

_SWEEP_AT = 50_000
_NEVER = Instant(0)


@dataclass(slots=True)
class _Tally:
    """Failures of one account, network or device. `under_way` counts attempts whose password is being checked."""

    allowed: int
    at_once: int
    failures: deque[Instant] = field(default_factory=deque)
    strikes: int = 0
    until: Instant = _NEVER
    under_way: int = 0

    def settle(self, now: Instant) -> None:
        """Forgets what is too old to count."""
        while self.failures and self.failures[0] <= now - WINDOW:
            self.failures.popleft()
        if not self.failures and now >= self.until + WINDOW:
            self.strikes = 0

    def wait(self, now: Instant) -> int:
        """Milliseconds until the next attempt may begin. Attempts under way count, so that haste wins no more tries."""
        self.settle(now)
        if now < self.until:
            return self.until - now
        room = 1 if self.strikes else self.at_once - len(self.failures)
        return 0 if self.under_way < room else SECOND

    def fail(self, now: Instant) -> None:
        self.failures.append(now)
        if self.strikes or len(self.failures) >= self.allowed:
            self.strikes += 1
            self.until = Instant(now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self.strikes - 1, 10)))

    def is_idle(self, now: Instant) -> bool:
        self.settle(now)
        return not (self.failures or self.strikes or self.under_way)


@dataclass(frozen=True, slots=True)
class Spray:
    """Very many accounts have failed within the window: how many, and in which organisations."""

    accounts: int
    organisations: frozenset[OrganisationId]


class Attempt:
    """One sign-in under way. It counts for nothing until it is said how it ended."""

    __slots__ = ("organisations", "outcome", "spray")

    def __init__(self) -> None:
        self.outcome: Literal["succeeded", "failed"] | None = None
        self.organisations: tuple[OrganisationId, ...] = ()
        self.spray: Spray | None = None
        """Set afterwards, when this failure began a brake."""

    def succeeded(self) -> None:
        self.outcome = "succeeded"

    def failed(self, organisations: Iterable[OrganisationId]) -> None:
        """`organisations`: where the account exists, if anywhere."""
        self.outcome = "failed"
        self.organisations = tuple(organisations)


class Slowing:
    """All counts of one process. Follows the wall clock, so that a moved test clock ends the waits."""

    def __init__(self, clock: Clock, *, enabled: bool = True) -> None:
        self._clock = clock
        self._enabled = enabled
        self._tallies: dict[tuple[str, str], _Tally] = {}
        self._sprayed: dict[str, tuple[Instant, tuple[OrganisationId, ...]]] = {}
        self._braked_until = _NEVER

    @contextmanager
    def attempt(self, account: str, network: str, *, known_device: str | None = None) -> Iterator[Attempt]:
        """The time in which one password is checked. Raises `RateLimited` before anything is hashed.

        `account` is the key of the address, existing or not. `known_device` names a browser that has proven to have
        signed in to it before.
        """
        attempt = Attempt()
        if not self._enabled:
            yield attempt
            return
        tallies = self._tallies_of(account, network, known_device)
        self._check(tallies, network, known_device)
        for tally in tallies:
            tally.under_way += 1
        try:
            yield attempt
        finally:
            self._close(attempt, tallies, account)

    def _tallies_of(self, account: str, network: str, known_device: str | None) -> list[_Tally]:
        if known_device is not None:
            return [self._tally("device", known_device)]
        return [self._tally("account", account), self._tally("network", network)]

    def _tally(self, kind: Literal["account", "network", "device"], key: str) -> _Tally:
        if len(self._tallies) > _SWEEP_AT:
            now = self._clock.now()
            self._tallies = {key: tally for key, tally in self._tallies.items() if not tally.is_idle(now)}
        found = self._tallies.get((kind, key))
        if found is None:
            allowed = (PER_NETWORK, AT_ONCE_PER_NETWORK) if kind == "network" else (PER_ACCOUNT, PER_ACCOUNT)
            found = self._tallies[kind, key] = _Tally(*allowed)
        return found

    def _check(self, tallies: list[_Tally], network: str, known_device: str | None) -> None:
        now = self._clock.now()
        wait = max(tally.wait(now) for tally in tallies)
        if wait == 0 and known_device is None and now < self._braked_until:
            its_own = self._tally("network", network)
            wait = FIRST_WAIT if its_own.failures else 0
        if wait:
            raise RateLimited("Too many attempts. Wait a little.", retry_after=wait / SECOND)

    def _close(self, attempt: Attempt, tallies: list[_Tally], account: str) -> None:
        now = self._clock.now()
        for tally in tallies:
            tally.under_way -= 1
            if attempt.outcome == "failed":
                tally.fail(now)
        if attempt.outcome == "succeeded":
            first = tallies[
                0
            ]  # the account's or the device's: a right password pays for the wrong ones before it
            first.failures.clear()
            first.strikes, first.until = 0, _NEVER
        elif attempt.outcome == "failed":
            attempt.spray = self._note_spray(account, attempt.organisations, now)

    def _note_spray(
        self, account: str, organisations: tuple[OrganisationId, ...], now: Instant
    ) -> Spray | None:
        self._sprayed.pop(account, None)
        self._sprayed[account] = (now, organisations)
        for oldest in list(self._sprayed):
            if self._sprayed[oldest][0] > now - WINDOW and len(self._sprayed) <= _SWEEP_AT:
                break
            del self._sprayed[oldest]
        if len(self._sprayed) < SPRAYED_ACCOUNTS:
            return None
        is_new = now >= self._braked_until
        self._braked_until = Instant(now + WINDOW)
        if not is_new:
            return None
        touched = frozenset(one for _, those in self._sprayed.values() for one in those)
        return Spray(len(self._sprayed), touched)
