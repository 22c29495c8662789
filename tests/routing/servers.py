"""A server process, as far as presence knows one."""

from __future__ import annotations

from kithdesk import routing
from kithdesk.core.actors import Actor
from kithdesk.core.clock import ManualClock
from tests.routing.shops import Shop

ROUND_SECONDS = 5


class Node:
    """A server process that renews the leases of whoever is connected to it."""

    def __init__(self, shop: Shop, real: ManualClock, name: str = "node") -> None:
        self.shop, self.real = shop, real
        self.connected: list[Actor] = []
        self._watch = routing.Watch(shop.desk, clock=real, node=name)

    async def renews(self) -> None:
        await self._watch.renew([(self.shop.id, str(agent.id)) for agent in self.connected])

    async def lives_for(self, seconds: int) -> None:
        """With a round every five seconds, and one at the end."""
        for left in range(seconds, 0, -ROUND_SECONDS):
            self.real.advance(seconds=min(left, ROUND_SECONDS))
            await self.renews()
