"""An installation under attack: its state, and the nodes that serve it.

Faults break one node, or what all nodes stand on; clients choose a node for each connection. On SQLite there is one;
`proofs.cluster` has those on PostgreSQL.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random

from proofs.proxy import Proxy
from proofs.server import Server
from proofs.shim import Missing, NoShim, Orders, find

Doors = list[str]


class Deployment:
    """`nodes` are the processes."""

    def __init__(self, nodes: list[Server]) -> None:
        self.nodes = nodes
        self.networks: list[Proxy] = []
        """The network between clients and each node, where the attack needs to have it in hand."""

    @property
    def doors(self) -> Doors:
        """Where clients knock: one address for each node."""
        if self.networks:
            return [f"http://127.0.0.1:{network.port}" for network in self.networks]
        return [node.url for node in self.nodes]

    @property
    def seeds(self) -> list[str]:
        """Whatever is left to chance outside of the attack's own seed, in words."""
        return [f"network {network.seed}" for network in self.networks]

    @property
    def last_words(self) -> str:
        return "\n".join(node.last_words() for node in self.nodes)

    async def put_network_between(self, random: Random) -> None:
        """From now on clients reach each node through a network that faults can spoil."""
        for node in self.nodes:
            network = Proxy(node.port, seed=random.randrange(2**32))
            await network.start()
            self.networks.append(network)

    def any_node(self, random: Random) -> Server:
        return random.choice(self.nodes)

    async def begin_beside(self) -> None:
        """Once the nodes serve: what works beside them."""

    async def end_beside(self) -> None:
        """Once the nodes have stopped."""

    def due_jobs(self) -> list[str]:
        """What runs, or should have run by now, as the database has it."""
        raise NotImplementedError

    async def stop(self) -> None:
        """All of it, at once and whatever it is doing."""
        for node in self.nodes:
            await node.kill()
        for network in self.networks:
            await network.stop()


class Alone(Deployment):
    """One node, and its database in a file of the folder `data`."""

    def __init__(self, command: list[str], data: Path, log: Path, *, needs_shim: bool) -> None:
        orders = orders_for(data, log) if needs_shim else None
        super().__init__([Server(command, data, log, orders=orders)])
        self.data = data

    @property
    def database(self) -> Path:
        """The one file of state. Raises `FileNotFoundError`."""
        return database_of(self.data)

    def due_jobs(self) -> list[str]:
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(due_jobs_before(time.time()))
            return [" ".join(map(str, row)) for row in rows]


def due_jobs_before(now: float) -> str:
    return (
        "SELECT id, kind, status FROM jobs"
        f" WHERE status = 'running' OR (status = 'waiting' AND run_at <= {round(now * 1000)})"
    )


def orders_for(data: Path, log: Path) -> Orders:
    """What the disk and the clock of a node are to do. Raises `NoShim`."""
    library = find()
    if isinstance(library, Missing):
        raise NoShim(f"no faults of disk and clock: {library.why}")
    return Orders(log.with_suffix(".orders"), data, library)


def database_of(data: Path) -> Path:
    """The one file of state in a data folder."""
    found = sorted(data.glob("*.sqlite3")) + sorted(data.glob("*.db"))
    if not found:
        raise FileNotFoundError("the data folder holds no database")
    return found[0]
