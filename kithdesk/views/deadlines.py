"""The time that one search may take, however much there is to look through."""

from __future__ import annotations

import time

from kithdesk.core.errors import Overloaded

MOST_SECONDS = 5.0


class Deadline:
    """Begins when it is made."""

    def __init__(self, seconds: float | None = None) -> None:
        self._ends = time.monotonic() + (MOST_SECONDS if seconds is None else seconds)

    def check(self) -> None:
        """Raises `Overloaded` once the time is over."""
        if time.monotonic() > self._ends:
            raise Overloaded("It takes too long to find out.", retry_after=2)
