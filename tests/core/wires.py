"""What joins several desks: a bus that may lose, double and change what it carries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from kithdesk.core.bus import InProcessBus

Message = tuple[str, dict[str, Any]]


class Wire:
    """Joins the buses of several desks. `carry` says what becomes of a message: it may be lost, doubled or changed."""

    def __init__(self) -> None:
        self.ends: list[WiredBus] = []
        self.carry: Callable[[str, dict[str, Any]], Sequence[Message]] = lambda *message: [message]

    def end(self) -> WiredBus:
        self.ends.append(WiredBus(self))
        return self.ends[-1]


class WiredBus(InProcessBus):
    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.wire = wire

    def publish(self, subject: str, message: dict[str, Any]) -> None:
        super().publish(subject, message)
        for other in self.wire.ends:
            if other is not self:
                for carried in self.wire.carry(subject, message):
                    asyncio.get_running_loop().call_soon(other.hear, *carried)

    def hear(self, subject: str, message: dict[str, Any]) -> None:
        super().publish(subject, message)
