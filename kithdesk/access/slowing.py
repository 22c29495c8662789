"""Slowing those who guess, without ever locking out the one they guess at.

Failures are counted per account (also for accounts that do not exist, so that the answer tells nothing) and per
network. Past the limit each further failure doubles the wait, up to 15 minutes. A browser that has signed in to this
account before is a *known device* and has a count of its own, so that the owner gets in while others are being slowed.
When very many different accounts fail at once, somebody sprays one password over all of them: then networks with a
failure of their own must wait, and administrators hear of it.

Where several servers share a database they share the counts too (`shared_counts`). One server alone has them in memory:
a restart forgets, which helps a guesser once and hurts nobody. Sprays each server notices for itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from kithdesk.access.tallies import WINDOW, Counts, Key, Outcome
from kithdesk.core.clock import Clock, Instant
from kithdesk.core.ids import OrganisationId

SPRAYED_ACCOUNTS = 200
"""Different accounts failing within the window; an installation of 10,000 agents has a tenth of that on a Monday."""

_MOST_REMEMBERED = 50_000
_NEVER = Instant(0)


@dataclass(frozen=True, slots=True)
class Spray:
    """Very many accounts have failed within the window: how many, and in which organisations."""

    accounts: int
    organisations: frozenset[OrganisationId]


class Attempt:
    """One sign-in under way. It counts for nothing until it is said how it ended."""

    __slots__ = ("organisations", "outcome", "spray")

    def __init__(self) -> None:
        self.outcome: Outcome | None = None
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
    """What one server does about it. Follows the wall clock, so that a moved test clock ends the waits."""

    def __init__(self, clock: Clock, counts: Counts, *, enabled: bool = True) -> None:
        self._clock = clock
        self._counts = counts
        self._enabled = enabled
        self._sprayed: dict[str, tuple[Instant, tuple[OrganisationId, ...]]] = {}
        self._braked_until = _NEVER

    @asynccontextmanager
    async def attempt(
        self, account: str, network: str, *, known_device: str | None = None
    ) -> AsyncIterator[Attempt]:
        """The time in which one password is checked. Raises `RateLimited` before anything is hashed.

        `account` is the key of the address, existing or not. `known_device` names a browser that has proven to have
        signed in to it before.
        """
        attempt = Attempt()
        if not self._enabled:
            yield attempt
            return
        keys = _keys_of(account, network, known_device)
        is_braked = known_device is None and self._clock.now() < self._braked_until
        began = await self._counts.begin(keys, is_braked=is_braked)
        try:
            yield attempt
        finally:
            await self._counts.end(keys, began, attempt.outcome)
            if attempt.outcome == "failed":
                attempt.spray = self._note_spray(account, attempt.organisations, self._clock.now())

    def _note_spray(
        self, account: str, organisations: tuple[OrganisationId, ...], now: Instant
    ) -> Spray | None:
        self._sprayed.pop(account, None)
        self._sprayed[account] = (now, organisations)
        for oldest in list(self._sprayed):
            if self._sprayed[oldest][0] > now - WINDOW and len(self._sprayed) <= _MOST_REMEMBERED:
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


def _keys_of(account: str, network: str, known_device: str | None) -> list[Key]:
    """The first one is whose password it is: a right one pays for the wrong ones before it."""
    if known_device is not None:
        return [("device", known_device)]
    return [("account", account), ("network", network)]
