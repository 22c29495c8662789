"""What a story is: one conversation of a customer with the shop, in words. `history.py` makes it true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Ending = Literal["open", "snoozed", "done"]

WHOEVER = "whoever"
"""Says what the one says whom routing chose."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. Without a name and an address: a visitor who has not said who they are. `spent`: in pounds."""

    key: str
    name: str = ""
    email: str = ""
    external_id: str = ""
    phone: str = ""
    language: str = "en"
    spent: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """`by`: "customer", the key of a colleague, or `WHOEVER`; `after`: milliseconds since the line before."""

    by: str
    after: int
    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One conversation. `ago`: milliseconds before now at which it began."""

    key: str
    customer: str
    ago: int
    lines: Sequence[Said]
    ending: Ending
    pages: Sequence[tuple[str, str]] = ()
    device: Literal["phone", "computer"] = "phone"
    tags: Sequence[str] = ()
    name: str = ""
    subject: str = ""
    """About what, where it was held by e-mail."""
    given_to: tuple[str, str] | None = None
    """By whom it was given to whom, by hand, at the end."""

    @property
    def answered_by(self) -> str:
        """The colleague who had the first word; the one at the console when nobody had it yet."""
        return next((line.by for line in self.lines if line.by != "customer"), "robin")
