"""An installation on PostgreSQL: several nodes, the bus between them, and a worker beside them.

Each node reaches the database and the bus by lines of its own, which faults can spoil; the worker reaches them
directly.
"""

from __future__ import annotations

import asyncio
import atexit
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psycopg

from parts.cluster.nodes import Worker
from parts.nats import NatsServer
from parts.postgres import PostgresServer, drop_database
from proofs.deployment import Deployment, due_jobs_before, orders_for
from proofs.people import People
from proofs.proxy import Proxy, pieces_of_nats
from proofs.server import DidNotStart, Server, default_command, environment_of


class Ground:
    """What nodes stand on: one PostgreSQL server, which flushes as it would anywhere, and one NATS server."""

    def __init__(self) -> None:
        self.postgres = PostgresServer()
        self.bus = NatsServer(self.postgres.folder.with_suffix(".nats.log"))
        self._templates: dict[tuple[int, int], str] = {}
        atexit.register(self._remove)

    def stand(self) -> None:
        """Whatever an earlier history did to it."""
        if not self.postgres.is_running:
            self.postgres.start()
        if not self.bus.is_running:
            self.bus.start()

    def database_for(self, people: People) -> str:
        """A new database in which these people have moved from their folder. Raises `DidNotStart`."""
        size = (len(people.agents), len(people.browsers))
        if size not in self._templates:
            url = self.postgres.create_database()
            _move(people, url)
            self._templates[size] = url.rpartition("/")[2]
        return self.postgres.create_database(self._templates[size])

    def drop(self, url: str) -> None:
        if self.postgres.is_running:
            drop_database(self.postgres.url(), url)

    def _remove(self) -> None:
        self.bus.kill()
        self.bus.log.unlink(missing_ok=True)
        if self.postgres.is_running:
            self.postgres.stop("immediate")
        shutil.rmtree(self.postgres.folder, ignore_errors=True)


_grounds: list[Ground] = []
"""The one of this process, once a history has needed it."""


def ground() -> Ground:
    if not _grounds:
        _grounds.append(Ground())
    _grounds[0].stand()
    return _grounds[0]


@dataclass(frozen=True)
class Lines:
    """How one node reaches the others."""

    database: Proxy
    bus: Proxy

    @classmethod
    async def laid(cls, on: Ground, random: Random) -> Lines:
        database = Proxy(on.postgres.port, seed=random.randrange(2**32))
        bus = Proxy(on.bus.port, seed=random.randrange(2**32), pieces=pieces_of_nats)
        for line in (database, bus):
            await line.start()
        return cls(database, bus)

    async def cut(self) -> None:
        for line in (self.database, self.bus):
            await line.stop()


class Cluster(Deployment):
    """`await Cluster.on_postgresql(…)` makes one; nothing of it runs yet but its lines."""

    def __init__(
        self,
        on: Ground,
        url: str,
        organisation: str,
        nodes: list[Server],
        lines: list[Lines],
        workers: list[Worker],
    ) -> None:
        super().__init__(nodes)
        self.ground = on
        self.organisation = organisation
        self.lines = lines
        self.workers = workers
        self._url = url

    @classmethod
    async def on_postgresql(
        cls,
        command: list[str],
        folder: Path,
        people: People,
        random: Random,
        *,
        nodes: int,
        has_worker: bool,
        needs_shim: bool,
    ) -> Cluster:
        """`folder` holds what each node keeps for itself, and the files that all of them share."""
        on = await asyncio.to_thread(ground)
        url = await asyncio.to_thread(on.database_for, people)
        lines = [await Lines.laid(on, random) for _ in range(nodes)]
        shared = {
            "KITHDESK_SECRET_KEY": (people.data / "secret.key").read_text().strip(),
            "KITHDESK_STORAGE_URL": f"file://{folder / 'files'}",
        }
        members = []
        for number, own in enumerate(lines, 1):
            data, log = folder / f"node{number}", folder / f"node{number}.log"
            data.mkdir()
            settings = shared | _by(own.database.port, own.bus.port, url)
            orders = orders_for(data, log) if needs_shim else None
            members.append(Server(command, data, log, settings, orders))
        direct = shared | _by(on.postgres.port, on.bus.port, url)
        workers = [Worker("worker", folder, direct)] if has_worker else []
        return cls(on, url, people.organisation, members, lines, workers)

    @property
    def seeds(self) -> list[str]:
        own = [
            f"node {number}: database {lines.database.seed}, bus {lines.bus.seed}"
            for number, lines in enumerate(self.lines, 1)
        ]
        return [*super().seeds, *own]

    @property
    def last_words(self) -> str:
        return "\n".join([super().last_words, *(worker.last_words() for worker in self.workers)])

    def lines_of(self, node: Server) -> Lines:
        return self.lines[self.nodes.index(node)]

    def due_jobs(self) -> list[str]:
        with psycopg.connect(self._url, autocommit=True) as connection:
            rows = connection.execute(due_jobs_before(time.time()).encode())
            return [" ".join(map(str, row)) for row in rows]

    async def begin_beside(self) -> None:
        for worker in self.workers:
            worker.launch()

    async def end_beside(self) -> None:
        """Raises `DidNotStart` for a worker that did not end well."""
        for worker in self.workers:
            if worker.is_running and (code := await asyncio.to_thread(worker.stop)) != 0:
                raise DidNotStart(f"the worker ended with {code}: {worker.last_words()}")

    async def stop(self) -> None:
        await super().stop()
        for worker in self.workers:
            await asyncio.to_thread(worker.kill)
        for lines in self.lines:
            await lines.cut()
        await asyncio.to_thread(self.ground.drop, self._url)


def _by(database_port: int, bus_port: int, url: str) -> dict[str, str]:
    """How the database and the bus are reached by these ports."""
    return {
        "KITHDESK_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{database_port}/{url.rpartition('/')[2]}",
        "KITHDESK_BUS_URL": f"nats://127.0.0.1:{bus_port}",
    }


def _move(people: People, url: str) -> None:
    done = subprocess.run(
        [*default_command(), "move", "--to", url, "--data", str(people.data)],
        env=environment_of({}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DidNotStart(f"kithdesk move: {done.stderr[-2000:]}")
