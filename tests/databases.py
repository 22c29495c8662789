"""The databases that tests run on: an SQLite file for each, and one PostgreSQL server for all of a process.

`KITHDESK_TEST_PG_URL` names another server, whose user may create databases.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

import kithdesk.app  # noqa: F401 - declares every table
import tests.core.words  # noqa: F401 - and the tests' own
from kithdesk.core import migrate
from kithdesk.core.tables import metadata
from parts.postgres import PostgresServer, create_database, drop_database

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@contextmanager
def postgres_database() -> Iterator[str]:
    """An up-to-date database; answers its URL."""
    given = os.environ.get("KITHDESK_TEST_PG_URL")
    if given is not None:
        url = create_database(given)
        try:
            migrate.upgrade(url)
            yield url
        finally:
            _sweeper(url).close()
            drop_database(given, url)
    else:
        with PostgresServer(settings=QUICK) as server:
            url = server.create_database()
            migrate.upgrade(url)
            yield url
            _sweeper(url).close()


def empty(url: str) -> None:
    """No rows, in milliseconds: a new database for each test would take half a second."""
    _sweeper(url).execute(_SWEEP)


def rows_of(url: str) -> dict[str, bytes]:
    """All rows, to be put into an empty database later: quicker than making them again."""
    found = {}
    for table in metadata.sorted_tables:
        with _sweeper(url).cursor().copy(f'COPY "{table.name}" TO STDOUT (FORMAT BINARY)') as copying:
            found[table.name] = b"".join(bytes(part) for part in copying)
    return found


def put_rows(url: str, rows: Mapping[str, bytes]) -> None:
    for name, content in rows.items():
        with _sweeper(url).cursor().copy(f'COPY "{name}" FROM STDIN (FORMAT BINARY)') as copying:
            copying.write(content)


def new_file(path: Path) -> None:
    """An up-to-date SQLite file: a copy, for making one takes longer than most tests."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(_made_once())


@cache
def _made_once() -> bytes:
    with TemporaryDirectory(prefix="kithdesk-new-") as folder:
        path = Path(folder) / "new.sqlite3"
        migrate.create(path)
        return path.read_bytes()


@cache
def _sweeper(url: str) -> psycopg.Connection[Any]:
    """Kept open: a session that meets all tables for the first time takes ten times as long."""
    return psycopg.connect(url, autocommit=True)


_SWEEP = ";".join(f'DELETE FROM "{table.name}"' for table in metadata.sorted_tables)
