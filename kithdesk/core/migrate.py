"""Bringing a database to this version's schema: one tree of Alembic migrations for both databases.

An empty database gets the current tables in one step and is stamped; others take the steps they lack. A database that a
newer version has written is refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithdesk.core.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

HEAD = "0001"
"""The newest revision in `migrations/versions`; a test compares it with the tree."""


class SchemaIsNewer(Exception):
    """A newer Kithdesk has written this database."""


def upgrade(path: Path) -> None:
    """Migrates. Raises `SchemaIsNewer`."""
    stamp = stamped(path)
    if stamp == HEAD:
        return
    if stamp is None:
        create(path)
    else:
        _step_up(path, stamp)


def stamped(path: Path) -> str | None:
    """The revision a database is at, or None when it is empty."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] if found else None


def create(path: Path) -> None:
    """All tables at once, and the stamp, in one transaction."""
    with _engine(path) as connection:
        create_tables(connection)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
        )
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
        _tell_planner(connection)


def create_tables(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)


def _step_up(path: Path, stamp: str) -> None:
    from alembic import command  # slow to import, and rarely needed
    from alembic.script import ScriptDirectory

    config = alembic_config()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if stamp not in known:
        raise SchemaIsNewer(f"the database is at revision {stamp}, which this version does not know")
    with _engine(path) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _tell_planner(connection)


def _tell_planner(connection: Connection) -> None:
    """Statistics of a large installation, for SQLite's planner.

    Without any it takes an organisation for ten rows, and may walk all of it where an index would do.
    """
    connection.exec_driver_sql("ANALYZE")
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    for table in metadata.sorted_tables:
        keys = [(table.name, len(table.primary_key.columns), True)]
        keys += [(str(index.name), len(index.columns), bool(index.unique)) for index in table.indexes]
        for name, columns, is_unique in keys:
            connection.exec_driver_sql(
                "INSERT INTO sqlite_stat1 VALUES (?, ?, ?)",
                (table.name, name, _statistics(columns, is_unique)),
            )


def _statistics(columns: int, is_unique: bool) -> str:
    """How many rows share the first column of an index, the first two, and so on."""
    fewest = 1 if is_unique else 20
    shared = [
        round(_ROWS_OF_ONE * (fewest / _ROWS_OF_ONE) ** (n / max(1, columns - 1))) for n in range(columns)
    ]
    return " ".join(map(str, [_ROWS, *(shared if columns > 1 else [fewest])]))


_ROWS = 1_000_000
_ROWS_OF_ONE = 200_000
"""Rows of one organisation."""


def alembic_config() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@contextmanager
def _engine(path: Path) -> Iterator[Connection]:
    """One transaction on a connection that begins, and flushes, as we say."""
    from sqlalchemy import create_engine, event

    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _ours(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
