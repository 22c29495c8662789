"""Bringing a database to this version's schema: one tree of Alembic migrations for both databases.

An empty database gets the current tables in one step and is stamped; others take the steps they lack. A database that a
newer version has written is refused, and so is one whose tables are not those of its stamp.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithdesk.core import shape
from kithdesk.core.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HEAD = "0001"
"""The newest revision in `migrations/versions`; a test compares it with the tree."""


class UnfitDatabase(Exception):
    """This version cannot work with this database."""


class SchemaIsNewer(UnfitDatabase):
    """A newer Kithdesk has written this database."""


class SchemaDiffers(UnfitDatabase):
    """Its tables are not those of its stamp: another unreleased version has made them, or somebody has changed them."""

    def __init__(self, differences: list[str]) -> None:
        self.differences = differences
        named = ", ".join(differences[:_NAMED]) + (" and more" if len(differences) > _NAMED else "")
        super().__init__(
            f"the database has other tables than this version ({named}): an unreleased version has made it, or somebody"
            " has changed it; run what has made it, or begin with an empty one"
        )


class Unreachable(Exception):
    """The database does not answer, does not let us in, or is none."""


Where = Path | str
"""An SQLite file, or the URL of a PostgreSQL database."""

_NAMED = 3


def upgrade(where: Where) -> None:
    """Migrates, one process at a time. Raises `UnfitDatabase`, `Unreachable`."""
    if stamped(where) != HEAD:
        with _transaction(where) as connection:
            stamp = _stamp(connection)
            if stamp is None:
                _create(connection)
            elif stamp != HEAD:
                _step_up(connection, stamp)
    check_fit(where)


def stamped(where: Where) -> str | None:
    """The revision a database is at, or None when it is empty. Raises `Unreachable`."""
    if isinstance(where, Path):
        if not where.exists():
            return None
        with _file(where) as file:
            return _stamp_of(file)
    with _transaction(where, is_alone=False) as connection:
        return _stamp(connection)


def check_fit(where: Where) -> None:
    """Of a database that nobody is to change. Raises `UnfitDatabase`, `Unreachable`."""
    stamp = stamped(where)
    if stamp is None:
        raise UnfitDatabase("there is nothing in the database yet")
    if stamp > HEAD:
        raise SchemaIsNewer(f"the database is of a newer version ({stamp}); run that one")
    if stamp != HEAD:
        raise UnfitDatabase(f"the database is of an older version ({stamp}); run `kithdesk migrate` first")
    differences = _differences(where)
    if differences:
        raise SchemaDiffers(differences)


def _differences(where: Where) -> list[str]:
    """From this version's tables. Raises `Unreachable`."""
    if isinstance(where, Path):
        with _file(where) as file:
            indexes = (name for (name,) in file.execute(shape.SQLITE_INDEXES))
            return shape.differences(file.execute(shape.SQLITE_COLUMNS), indexes)
    with _transaction(where, is_alone=False) as connection:
        ask = connection.exec_driver_sql
        return shape.differences(
            ask(shape.POSTGRES_COLUMNS), (name for (name,) in ask(shape.POSTGRES_INDEXES))
        )


def _stamp_of(file: sqlite3.Connection) -> str | None:
    if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return None
    stamp: str = file.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return stamp


@contextmanager
def _file(path: Path) -> Iterator[sqlite3.Connection]:
    """Read without SQLAlchemy, which takes longer to load than all of this. Raises `Unreachable`."""
    try:
        with closing(sqlite3.connect(path)) as file:
            yield file
    except sqlite3.DatabaseError as problem:
        raise _unreadable(path, problem) from None


def _unreadable(path: Path, problem: BaseException | None) -> Unreachable:
    return Unreachable(f"{path} cannot be used: {problem}")


def create(path: Path) -> None:
    """A new file with all tables at once, and the stamp, in one transaction."""
    with _transaction(path) as connection:
        _create(connection)


def _stamp(connection: Connection) -> str | None:
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return None
    stamp: str = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    return stamp


def _create(connection: Connection) -> None:
    create_tables(connection)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")  # noqa: S608 - our own
    _tell_planner(connection)


def create_tables(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)


def _step_up(connection: Connection, stamp: str) -> None:
    from alembic import command  # slow to import, and rarely needed
    from alembic.script import ScriptDirectory

    config = alembic_config()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if stamp not in known:
        raise SchemaIsNewer(f"the database is at revision {stamp}, which this version does not know")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _tell_planner(connection)


def _tell_planner(connection: Connection) -> None:
    """Statistics of a large installation, for SQLite's planner.

    Without any it takes an organisation for ten rows, and may walk all of it where an index would do. PostgreSQL
    gathers its own.
    """
    if connection.dialect.name != "sqlite":
        return
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
def _transaction(where: Where, *, is_alone: bool = True) -> Iterator[Connection]:
    """One transaction on a connection that begins, and flushes, as we say; `is_alone` keeps other migrations out."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    if isinstance(where, Path):
        engine = create_engine(f"sqlite:///{where}", poolclass=NullPool)

        @event.listens_for(engine, "connect")
        def _ours(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        import psycopg

        # libpq reads the URL itself: several hosts, services, certificates.
        url = where
        engine = create_engine(
            "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool
        )

        @event.listens_for(engine, "begin")
        def _wait(connection: Any) -> None:
            if is_alone:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")

    try:
        with _begun(engine, where) as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _begun(engine: Engine, where: Where) -> Iterator[Connection]:
    from sqlalchemy.exc import DBAPIError

    try:
        connection = engine.connect()
    except DBAPIError as problem:
        raise _refused(where, problem.orig, "the database cannot be reached") from None
    except sqlite3.DatabaseError as problem:  # by what we ask of a new connection
        raise _refused(where, problem, "") from None
    try:
        with connection, connection.begin():
            yield connection
    except DBAPIError as problem:
        raise _refused(where, problem.orig, "the database does not take this version's tables") from None


def _refused(where: Where, problem: BaseException | None, what: str) -> Unreachable:
    if isinstance(where, Path):
        return _unreadable(where, problem)
    return Unreachable(f"{what}: {' '.join(str(problem).split())}")


_MIGRATION_LOCK = 0x6B697468
"""Any number that nobody else of this database uses."""
