"""The installation: its parts, in the order in which they need each other."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import psycopg

from parts.balancer import BalancerServer
from parts.cluster.nodes import KITHDESK, Node, Worker
from parts.nats import NatsServer
from parts.objects import CREDENTIALS, ObjectServer
from parts.ports import free_port
from parts.postgres import PostgresServer
from parts.program import Program

_DATABASE = "kithdesk"


class CommandFailed(Exception):
    """A command of the program ended with an error. The message is what it said."""


class Cluster:
    """`with Cluster() as cluster:` runs it. `cluster.nodes[1].kill()`, `cluster.bus.kill()`: its parts are programs.

    `data` holds everything, for the next time too; without it, everything is in a folder that is removed at the end.
    `environment` is for nodes and workers, and counts more than what the cluster tells them itself: a test may put a
    network of its own between them and the database. `postgres`: settings of the database server. `tell` hears what is
    being done, while it starts.
    """

    def __init__(
        self,
        nodes: int = 3,
        workers: int = 1,
        *,
        port: int = 0,
        data: Path | None = None,
        program: Literal["serve", "demo"] = "serve",
        environment: Mapping[str, str] | None = None,
        postgres: Mapping[str, str] | None = None,
        tell: Callable[[str], object] = lambda _words: None,
    ) -> None:
        self._tell = tell
        self._is_kept = data is not None
        self.folder = (data or Path(tempfile.mkdtemp(prefix="kithdesk-cluster-"))).absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # PostgreSQL may run as another user, whose folder is in it
        tell("making room for the database")
        self.postgres = PostgresServer(self.folder / "postgres", postgres)
        self.bus = NatsServer(self.folder / "nats.log")
        self.objects = ObjectServer(self.folder / "objects.log")
        port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            "KITHDESK_BASE_URL": self.url,
            "KITHDESK_DATABASE_URL": self.postgres.url(_DATABASE),
            "KITHDESK_BUS_URL": self.bus.url,
            "KITHDESK_STORAGE_URL": self.objects.url,
            "KITHDESK_SECRET_KEY": _secret_key(self.folder / "secret.key"),
            "KITHDESK_TRUSTED_PROXIES": "127.0.0.1",
            **CREDENTIALS,
            **(environment or {}),
        }
        self.nodes = [Node(f"node{n}", program, self.folder, self.environment) for n in range(1, nodes + 1)]
        self.workers = [Worker(f"worker{n}", self.folder, self.environment) for n in range(1, workers + 1)]
        self.balancer = BalancerServer(self.folder / "balancer.log", port, [node.port for node in self.nodes])

    @property
    def urls(self) -> list[str]:
        """Each node's own, for whoever chooses a node."""
        return [node.url for node in self.nodes]

    @property
    def programs(self) -> list[Program]:
        """All but PostgreSQL, in the order in which they end."""
        return [self.balancer, *self.nodes, *self.workers, self.bus, self.objects]

    def start(self) -> Self:
        """Returns when every node is ready. Raises `DidNotStart`; nothing runs then."""
        try:
            self._start()
        except BaseException:
            self.kill()
            raise
        return self

    def _start(self) -> None:
        self._tell("starting the database, the bus and the store")
        self.bus.launch()
        self.objects.launch()
        self.postgres.start()
        _make_database(self.postgres.url())
        self.bus.wait_until_ready()
        self.objects.wait_until_ready()
        first, *others = self.nodes
        self._tell(f"starting {first.name}, which makes the tables")
        first.start()  # a new database is made, and the demo told, by one
        rest: list[Node | Worker] = [*others, *self.workers]
        for program in rest:
            program.launch()
        for program in rest:
            self._tell(f"starting {program.name}")
            program.wait_until_ready()
        self._tell("starting the balancer")
        self.balancer.start()

    def stop(self) -> None:
        """In good order: whatever was accepted is finished."""
        for program in (self.balancer, *self.nodes, *self.workers):
            program.ask_to_stop()
        for program in (self.balancer, *self.nodes, *self.workers):
            program.wait()
        if self.postgres.is_running:
            self.postgres.stop()
        self.kill()

    def kill(self) -> None:
        """All of it, at once. What was in `data` stays."""
        for program in self.programs:
            program.kill()
        if self.postgres.is_running:
            self.postgres.stop("immediate")
        if not self._is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command: str) -> str:
        """A command of the program, on this installation; answers what it printed. Raises `CommandFailed`."""
        done = subprocess.run(  # noqa: S603 - our own words
            [KITHDESK, *command, "--data", str(self.folder / "operator")],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise CommandFailed(f"kithdesk {' '.join(command)}\n{done.stderr}")
        return done.stdout

    def write_environment(self) -> Path:
        """A file that a shell can read, for commands by hand."""
        file = self.folder / "environment"
        settings = {**self.environment, "KITHDESK_DATA": str(self.folder / "operator")}
        file.touch(0o600)
        file.write_text("".join(f"export {name}={shlex.quote(value)}\n" for name, value in settings.items()))
        return file

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()


def _secret_key(file: Path) -> str:
    if not file.exists():
        file.touch(0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text()


def _make_database(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE]).fetchone()
        if known is None:
            connection.execute(f'CREATE DATABASE "{_DATABASE}"')
