"""The tallies of failed sign-ins where one server is alone: in its memory."""

from __future__ import annotations

from collections.abc import Sequence

from kithdesk.access.tallies import Key, Outcome, Tally, note_end, too_many, wait_of
from kithdesk.core.clock import MINUTE, Clock, Instant

_SWEEP_AT = 50_000
_SWEEP_EVERY = MINUTE


class OwnCounts:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tallies: dict[Key, Tally] = {}
        self._swept_at = Instant(0)

    async def begin(self, keys: Sequence[Key], *, is_braked: bool) -> Instant:
        now = self._clock.now()
        tallies = [self._tally(key) for key in keys]
        wait = wait_of(tallies, now, is_braked=is_braked)
        if wait:
            raise too_many(wait)
        for tally in tallies:
            tally.under_way.append(now)
        return now

    async def end(self, keys: Sequence[Key], began: Instant, outcome: Outcome | None) -> None:
        note_end([self._tally(key) for key in keys], began, self._clock.now(), outcome)

    def _tally(self, key: Key) -> Tally:
        found = self._tallies.get(key)
        if found is None:
            self._sweep_now_and_then()
            found = self._tallies[key] = Tally(key[0])
        return found

    def _sweep_now_and_then(self) -> None:
        """Each one costs a checked password, so that a minute brings no more than memory takes."""
        now = self._clock.now()
        if len(self._tallies) > _SWEEP_AT and abs(now - self._swept_at) > _SWEEP_EVERY:
            self._swept_at = now
            self._tallies = {key: tally for key, tally in self._tallies.items() if not tally.is_idle(now)}
