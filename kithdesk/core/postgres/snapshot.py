"""The whole database at one moment, read in plain steps: for `replay` and `move`, beside servers or without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Table, Text

from kithdesk.core import nodes
from kithdesk.core.postgres.connections import CONNECT_SECONDS
from kithdesk.core.postgres.executing import STATEMENTS
from kithdesk.core.sql import NOTHING, Result, Statement

_FETCHED_AT_ONCE = 2_000


class PostgresSnapshot:
    """Read only; nothing is locked."""

    def __init__(self, url: str) -> None:
        self._connection = connect(url)
        self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self._connection.read_only = True

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        compiled = STATEMENTS.compiled(statement)
        text, parameters = compiled.bind(values)
        cursor = self._connection.execute(text, parameters)
        rows = compiled.rows(cursor.fetchall(), cursor.description)
        return Result(rows, len(rows))

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
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
        with self._connection.cursor(name="rows") as cursor:
            cursor.itersize = _FETCHED_AT_ONCE
            yield from cursor.execute(query)

    def close(self) -> None:
        self._connection.close()


def living_nodes(url: str) -> list[str]:
    """The processes that hold a lease."""
    snapshot = PostgresSnapshot(url)
    try:
        return [row.id for row in nodes.list_living(snapshot)]
    finally:
        snapshot.close()


def connect(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection that may think as long as it likes."""
    return psycopg.connect(
        url,
        application_name="kithdesk whole",
        connect_timeout=CONNECT_SECONDS,
        options="-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c timezone=UTC",
    )


def put_in_place(url: str, tables: Mapping[Table, Iterator[tuple[Any, ...]]]) -> None:
    """Replaces every row of these tables, in one transaction."""
    with connect(url) as connection:
        for table, rows in tables.items():
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
            copy_in(connection, table, rows)


def copy_in(
    connection: psycopg.Connection[tuple[Any, ...]], table: Table, rows: Iterator[tuple[Any, ...]]
) -> int:
    """Adds rows as `rows_of` gives them; answers how many."""
    booleans = [index for index, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)) as copy,
    ):
        for row in rows:
            values = list(row)
            for index in booleans:
                values[index] = None if values[index] is None else bool(values[index])
            copy.write_row(values)
            count += 1
    return count
