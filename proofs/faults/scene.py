"""Where faults happen: the deployment, the node it strikes, the people who go on talking."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from proofs.clients import Client
from proofs.cluster import Cluster
from proofs.deployment import Alone, Deployment
from proofs.history import Fault, History, Outlived, Restarted
from proofs.rules.records import position_told
from proofs.server import DidNotStart, Server
from proofs.shim import Orders


@dataclass
class Scene:
    """Everything a fault may touch. `node` is the one it happens to."""

    deployment: Deployment
    node: Server
    clients: Sequence[Client]
    history: History
    random: Random
    is_short: bool = True
    """Whether there is no time for what takes a minute."""
    crash_at: str | None = None
    """Where the running node will kill itself, if it was started so."""
    told: int = 0
    told_by: int = 0
    """The highest position told in so many records of the history. To read a long one anew would stop everybody."""

    async def talk(self, shortest: float, longest: float) -> None:
        """Lets everybody talk for a while."""
        await asyncio.sleep(self.random.uniform(shortest, longest))

    async def start(self, crash_at: str | None = None) -> None:
        self.crash_at = crash_at
        await self.bury()
        environment = {} if crash_at is None else {"KITHDESK_CRASH_AT": crash_at}
        try:
            self.history.note(Restarted(round(await self.node.start(**environment), 2)))
        except DidNotStart:
            if crash_at is None:
                raise
            # It reached its crash point before anybody could connect.
            self.history.note(Fault("crash", f"{crash_at} while starting"))
            await self.start()

    async def bury(self) -> None:
        """Whatever a dead node left running is noted, and ended before the next one starts."""
        if self.node.was_started and (left := await self.node.end_survivors()):
            self.history.note(Outlived(tuple(left)))

    @property
    def orders(self) -> Orders:
        assert self.node.orders is not None, "this fault needs the shim"
        return self.node.orders

    @property
    def alone(self) -> Alone:
        """For what only happens to a database in a file."""
        assert isinstance(self.deployment, Alone)
        return self.deployment

    @property
    def cluster(self) -> Cluster:
        """For what only happens to several nodes."""
        assert isinstance(self.deployment, Cluster)
        return self.deployment

    @property
    def log(self) -> Path:
        """The write-ahead log of the database in a file."""
        database = self.alone.database
        return database.with_name(f"{database.name}-wal")

    def highest_position_told(self) -> int:
        news = self.history.records[self.told_by :]
        self.told = max([self.told, *map(position_told, news)])
        self.told_by += len(news)
        return self.told


Inflict = Callable[[Scene], Awaitable[None]]
