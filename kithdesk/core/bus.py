"""Hints and passing signals between sockets, and later between nodes. Nothing that must not be lost travels here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

Listener = Callable[[dict[str, Any]], None]


class Bus(Protocol):
    """At most once, unordered. `message` is JSON-able and carries its organisation."""

    def publish(self, subject: str, message: dict[str, Any]) -> None: ...
    def subscribe(self, subject: str, listener: Listener) -> None: ...


class InProcessBus:
    """For one process: calls the listeners at once."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    def publish(self, subject: str, message: dict[str, Any]) -> None:
        for listener in self._listeners[subject]:
            listener(message)

    def subscribe(self, subject: str, listener: Listener) -> None:
        self._listeners[subject].append(listener)


SOCKETS_CLOSE = "sockets.close"
"""`{"organisation", "credential"}`: a credential has died; its sockets close with 4401."""

SIGNALS = "live.signals"
"""`{"organisation", "kind", "conversation", "by", "on"}`: typing and viewing."""

HEADS = "heads"
"""`{"organisation", "position"}`: what a commit reached, so that other nodes read on before their next look."""
