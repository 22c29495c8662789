"""Hints and passing signals between sockets, and between nodes. Nothing that must not be lost travels here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

import structlog

log = structlog.get_logger(__name__)

Listener = Callable[[dict[str, Any]], None]


class Bus(Protocol):
    """At most once as a rule, and nothing is built on the rule: a message may be missing, late, doubled or false.

    `message` is JSON-able and carries its `organisation`.
    """

    @property
    def is_connected(self) -> bool:
        """Whether other nodes, if there are any, can be told."""

    async def start(self) -> None:
        """Returns when publications go out, or when it is clear that for now they cannot. Never raises."""

    def publish(self, subject: str, message: dict[str, Any]) -> None:
        """Calls the listeners here at once and tells the other nodes if it can. Never waits, never raises."""

    def subscribe(self, subject: str, listener: Listener) -> None:
        """Before or after the start, for as long as the bus lives."""

    async def stop(self) -> None: ...


class InProcessBus:
    """For one process: there are no other nodes."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = defaultdict(list)

    @property
    def is_connected(self) -> bool:
        return True

    async def start(self) -> None: ...

    def publish(self, subject: str, message: dict[str, Any]) -> None:
        for listener in self._listeners.get(subject, ()):
            try:
                listener(message)
            except Exception:
                # What one listener makes of a message is nothing to the publisher, nor to the other listeners.
                log.exception("listener_failed", subject=subject)

    def subscribe(self, subject: str, listener: Listener) -> None:
        self._listeners[subject].append(listener)

    async def stop(self) -> None: ...


SIGNALS = "live.signals"
"""`{"organisation", "kind", "conversation", "customer", "from", "by", "on"}`: typing and viewing.

`customer` is set when the customer may know; `from` is the connection that needs no echo.
"""

WHO_LOOKS = "live.who_looks"
"""`{"organisation", "conversation"}`: asks every node to signal again who of its agents looks at a conversation."""

HEADS = "heads"
"""`{"organisation", "position"}`: what a commit reached, so that other nodes read on before their next look."""
