"""How much is judged about one conversation at one time: an ordinary desk never meets the end of it, and nobody's
criteria keep others waiting.

It is counted and not measured in time, so that the same is judged the same everywhere, in a simulation too. A unit is
about what a processor does in a nanosecond, at worst.
"""

from __future__ import annotations

ALLOWANCE = 20_000_000

COMPARING = 1_000
"""What any comparison takes, or any group of them,"""
A_VALUE = 400
"""and for each value that it looks at,"""
A_TIME = 4_000
"""or if that may be a time,"""
FOLDING = 1_000
"""For each letter once, whatever is then compared with it, of a text that is not ASCII."""

_A_LETTER = 4
_LETTERS_AT_ONCE = 8


def looking_for(text: str) -> int:
    """What it takes for each letter of another text to look for this one in it.

    Python looks at a short text again and again, where both repeat themselves.
    """
    return _A_LETTER + len(text) // _LETTERS_AT_ONCE


class UsedUp(Exception):
    """Nothing more is judged. Stays within criteria."""


class Allowance:
    """What is left of it."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = ALLOWANCE

    @property
    def is_used_up(self) -> bool:
        return self._left < 0

    @property
    def used(self) -> int:
        return ALLOWANCE - self._left

    def take(self, units: int) -> None:
        """Before it is done. Raises `UsedUp`, and ever after."""
        if self._left >= 0:
            self._left -= units
        if self._left < 0:
            raise UsedUp
