"""An installation under attack: its state, and the nodes that serve it.

Faults break one node, or what all nodes stand on; clients choose a node for each connection. On SQLite there is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from proofs.proxy import Proxy
from proofs.server import Server
from proofs.shim import Missing, Orders, find

Doors = list[str]


@dataclass
class Deployment:
    """`nodes` are the processes; `data` is the folder of the state, where there is one."""

    nodes: list[Server]
    data: Path
    orders: Orders | None = None
    """What the disk and the clock of the nodes are to do; None where nothing can be preloaded."""
    networks: list[Proxy] = field(default_factory=list)
    """The network between clients and each node, where the attack needs to have it in hand."""

    @classmethod
    def on_sqlite(cls, command: list[str], data: Path, log: Path, *, needs_shim: bool) -> Deployment:
        """One node, and its database in a file."""
        orders, settings = None, {}
        library = find()
        if needs_shim:
            if isinstance(library, Missing):
                raise RuntimeError(f"no faults of disk and clock: {library.why}")
            orders = Orders(log.with_suffix(".orders"), data)
            settings = orders.environment(library)
        return cls([Server(command, data, log, settings)], data, orders)

    @property
    def doors(self) -> Doors:
        """Where clients knock: one address for each node."""
        if self.networks:
            return [f"http://127.0.0.1:{network.port}" for network in self.networks]
        return [node.url for node in self.nodes]

    @property
    def database(self) -> Path:
        """The one file of state. Raises `FileNotFoundError`."""
        return database_of(self.data)

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

    async def stop(self) -> None:
        """All of it, at once and whatever it is doing."""
        for node in self.nodes:
            await node.kill()
        for network in self.networks:
            await network.stop()


def database_of(data: Path) -> Path:
    """The one file of state in a data folder."""
    found = sorted(data.glob("*.sqlite3")) + sorted(data.glob("*.db"))
    if not found:
        raise FileNotFoundError("the data folder holds no database")
    return found[0]
