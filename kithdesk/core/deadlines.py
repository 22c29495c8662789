"""The time that one answer may take, however much there is to look through: a database's own ends no work of ours."""

from __future__ import annotations

import time

from kithdesk.core.errors import Overloaded


class Deadline:
    """Begins when it is made."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self._ends

    def check(self) -> None:
        """Raises `Overloaded` once the time is over."""
        if self.is_over:
            raise Overloaded("It takes too long to find out.", retry_after=2)
