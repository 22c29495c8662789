"""Sockets that have not said who they are yet.

Two hundred visitors behind one address are welcome, and one abuser among them is slowed alone. Before `hello` nobody
can tell them apart, so no count may shut a handshake out: it would shut out those who have a good token as well.
Instead

- every handshake is accepted, and only so many of a network may wait for their `hello` at once. One too many lets go of
  the one that has waited longest: whoever has a token says so in one round trip and is never that one, unless somebody
  opens sockets faster than this process can accept them anyway;
- those that end without a welcome are counted by network. Past the limit the network is braked: less time, fewer
  waiting, and 4429 for the rest. A good token still gets its welcome;
- from the welcome on a visitor is counted alone, by who they are.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from kithdesk.core.errors import RateLimited
from kithdesk.core.limits import Rate
from kithdesk.live import protocol

MOST_WAITING = 500
MOST_WAITING_BRAKED = 50
HELLO_WITHIN_BRAKED = 2.0
FAILURES = Rate(300, 60)
"""Sockets and streams of one network that ended without a welcome."""
SOCKETS = Rate(60, 60)
"""New sockets and streams of one visitor."""


class TooMany(Exception):
    """This socket was let go for newer ones of its network."""


class Strangers:
    """Those of one audience in this process, by network."""

    def __init__(self, desk: Desk) -> None:
        self._limits = desk.limits
        self._is_limited = desk.settings.limits == "on"
        self._waiting: dict[str, dict[asyncio.Timeout, None]] = {}

    @asynccontextmanager
    async def wait(self, network: str) -> AsyncIterator[None]:
        """The time in which `hello` must come. Raises `TimeoutError` when it did not, `TooMany`."""
        is_braked = self._is_braked(network)
        others = self._waiting.setdefault(network, {})
        if self._is_limited:
            self._make_room(others, MOST_WAITING_BRAKED if is_braked else MOST_WAITING)
        limit = asyncio.timeout(HELLO_WITHIN_BRAKED if is_braked else protocol.HELLO_WITHIN)
        others[limit] = None
        try:
            async with limit:
                yield
        except TimeoutError:
            if limit not in others:
                raise TooMany from None
            raise
        finally:
            others.pop(limit, None)
            if not others and self._waiting.get(network) is others:
                del self._waiting[network]

    def failed(self, network: str) -> None:
        """One ended without a welcome. Raises `RateLimited` when its network has had too many of them."""
        self._limits.check("strangers", network, FAILURES)

    def _is_braked(self, network: str) -> bool:
        try:
            return self._limits.check("strangers", network, FAILURES, cost=0) < 1
        except RateLimited:
            return True

    def _make_room(self, others: dict[asyncio.Timeout, None], most: int) -> None:
        while len(others) >= most:
            oldest = next(iter(others))
            del others[oldest]
            if not oldest.expired():
                oldest.reschedule(asyncio.get_running_loop().time())


def check_own_sockets(desk: Desk, actor: Actor) -> None:
    """A visitor who is known by now. Raises `RateLimited`."""
    desk.limits.check("visitor_sockets", actor.author or "", SOCKETS)
