"""What conversations, journal, routing and sockets promise together, as a model small enough to believe.

The model knows only what a user could say: who wrote what where, what is open, who is here with room. After every step
the machine compares it with what the server shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Talk:
    """A conversation as its participants would tell it."""

    visitor: int
    opening: str
    said: list[tuple[str, str, str]] = field(default_factory=list)  # (author, client id, body)
    status: str = "open"
    wakes_at: int | None = None
    ended: bool = False


@dataclass
class Reader:
    """A client with a cursor: what it has been given on its topic, in order."""

    topic: str
    connected: bool = True
    cursor: int = 0
    given: list[int] = field(default_factory=list)


@dataclass
class Model:
    """Everything that is true."""

    talks: dict[str, Talk] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    readers: list[Reader] = field(default_factory=list)
    capacity: int = 2

    def find(self, visitor: int, opening: str) -> str | None:
        return next(
            (id for id, t in self.talks.items() if (t.visitor, t.opening) == (visitor, opening)), None
        )
