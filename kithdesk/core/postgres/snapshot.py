"""The whole database at one moment, read in plain steps: for `replay` and `move`, beside servers or without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Table, Text

from kithdesk.core import nodes
from kithdesk.core.migrate import Unreachable
from kithdesk.core.postgres.connections import CONNECT_SECONDS
from kithdesk.core.postgres.executing import STATEMENTS
from kithdesk.core.sql import NOTHING, Result, Statement

Connection = psycopg.Connection[tuple[Any, ...]]

_FETCHED_AT_ONCE = 2_000


class PlainExecutor:
    """One connection without an event loop."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        compiled = STATEMENTS.compiled(statement)
        text, parameters = compiled.bind(values)
        cursor = self.connection.execute(text, parameters)
        if cursor.description is None:
            return Result([], cursor.rowcount)
        rows = compiled.rows(cursor.fetchall(), cursor.description)
        return Result(rows, len(rows))


class PostgresSnapshot(PlainExecutor):
    """Read only; nothing is locked. Raises `Unreachable`, also when its connection is lost."""

    def __init__(self, url: str) -> None:
        try:
            super().__init__(connect(url))
        except psycopg.OperationalError as problem:
            raise _unreachable(problem) from None
        self.connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self.connection.read_only = True

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        try:
            return super().execute(statement, values)
        except (psycopg.OperationalError, psycopg.InterfaceError) as problem:
            raise _unreachable(problem) from None

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        return rows_of(self.connection, table)

    def close(self) -> None:
        self.connection.close()


def _unreachable(problem: psycopg.Error) -> Unreachable:
    return Unreachable(f"the database cannot be reached: {problem}")


@contextmanager
def nodes_locked(url: str) -> Iterator[list[str]]:
    """Keeps processes from joining, and gives those that hold a lease: they cannot renew it meanwhile."""
    with connect(url) as connection:
        connection.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(nodes.nodes.name)))
        yield [row.id for row in nodes.list_living(PlainExecutor(connection))]


def rows_of(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """In SQLite's order and with SQLite's booleans, so that the two can be compared."""
    columns = sql.SQL(", ").join(
        sql.SQL("{}::int").format(sql.Identifier(column.name))
        if isinstance(column.type, Boolean)
        else sql.Identifier(column.name)
        for column in table.columns
    )
    order = sql.SQL(", ").join(
        sql.SQL('{} COLLATE "C"' if isinstance(column.type, Text) else "{}").format(
            sql.Identifier(column.name)
        )
        for column in table.primary_key.columns
    )
    query = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(columns, sql.Identifier(table.name), order)
    with connection.cursor(name="rows") as cursor:
        cursor.itersize = _FETCHED_AT_ONCE
        yield from cursor.execute(query)


def connect(url: str) -> Connection:
    """A connection that may think as long as it likes."""
    return psycopg.connect(
        url,
        application_name="kithdesk whole",
        connect_timeout=CONNECT_SECONDS,
        cursor_factory=psycopg.RawCursor,
        options="-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c timezone=UTC",
    )


def put_in_place(url: str, tables: Mapping[Table, Iterator[tuple[Any, ...]]]) -> None:
    """Replaces every row of these tables, in one transaction."""
    with connect(url) as connection:
        for table, rows in tables.items():
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
            copy_in(connection, table, rows)


def copy_in(connection: Connection, table: Table, rows: Iterator[tuple[Any, ...]]) -> None:
    """Adds rows as `rows_of` gives them."""
    booleans = [index for index, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)) as copy,
    ):
        for row in rows:
            values = list(row)
            for index in booleans:
                values[index] = None if values[index] is None else bool(values[index])
            copy.write_row(values)
