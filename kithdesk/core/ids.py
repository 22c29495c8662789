"""Identifiers: 24 hexadecimal characters that sort by the time they were made.

The first eight are the second, as in a MongoDB ObjectId, so that programs which read the time out of an
id keep working. Then come ten bits of milliseconds and a 22-bit counter, so that ids made by one process
always increase, and 32 random bits, so that two processes do not meet. Ids are names, not secrets: whoever
names one is still asked whether they may see it.
"""

from __future__ import annotations

import random
import re
import secrets
from typing import NewType, Protocol

from kithdesk.core.clock import Instant

OrganisationId = NewType("OrganisationId", str)
EventId = NewType("EventId", str)
JobId = NewType("JobId", str)

_ID = re.compile(r"[0-9a-f]{24}\Z")
_COUNTER_BITS = 22


class MakesIds(Protocol):
    """Whatever gives new ids."""

    def new(self, now: Instant) -> str: ...


class Ids:
    """Makes ids that increase, even when the clock stands still or steps back.

    An organisation's ids increase across processes too: before a lane runs its commands, it follows the last id that
    its journal holds, so that sorting by id is sorting by commit.
    """

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(secrets.randbits(256) if seed is None else seed).getrandbits
        self._last = 0

    def follow(self, id: str) -> None:
        """From now on every id is greater than this one, which another process may have made."""
        self._last = max(self._last, int(id[:16], 16))

    def new(self, now: Instant) -> str:
        seconds, milliseconds = divmod(now, 1000)
        floor = ((seconds << 10) | milliseconds) << _COUNTER_BITS
        self._last = max(self._last + 1, floor)
        return f"{self._last & 0xFFFF_FFFF_FFFF_FFFF:016x}{self._random(32):08x}"


def made_at(id: str) -> Instant:
    """When an id was made."""
    milliseconds = int(id[:16], 16) >> _COUNTER_BITS
    return Instant((milliseconds >> 10) * 1000 + (milliseconds & 0x3FF))


def is_id(text: object) -> bool:
    """Whether `text` could be one of our ids."""
    return isinstance(text, str) and _ID.match(text) is not None
