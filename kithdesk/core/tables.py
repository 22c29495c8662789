"""Where every table is declared, and what kind of truth it holds.

A *projection* is rebuilt from the journal alone: only projectors write it, and `kithdesk replay` compares it.
A *record* is a truth of its own that the journal does not carry (tokens, drafts, pending jobs).
A *lease* says who is here just now; it means nothing to another database, so `kithdesk move` leaves it behind.
Column types are the few that both databases store alike: `Text`, `BigInteger` (also for instants),
`Boolean`, `LargeBinary`. JSON is kept as text, encoded here, and never queried inside.

The key's columns come first, in its order: of other tables without row ids, SQLite before 3.41 says in its check of
integrity that they hold NULLs, and then no backup can be restored.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import DDL, MetaData, Table, event
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def projection(name: str, *items: SchemaItem, **options: Any) -> Table:
    """A table that the journal can rebuild."""
    return Table(name, metadata, *items, info={"projection": True}, sqlite_with_rowid=False, **options)


def record(name: str, *items: SchemaItem, **options: Any) -> Table:
    """A table that is a truth of its own."""
    return Table(name, metadata, *items, info={"projection": False}, sqlite_with_rowid=False, **options)


def lease(name: str, *items: SchemaItem, **options: Any) -> Table:
    """A table that is true for half a minute."""
    info = {"projection": False, "lease": True}
    return Table(name, metadata, *items, info=info, sqlite_with_rowid=False, **options)


def also(table: Table, dialect: str, *statements: str, makes: Iterable[str] = ()) -> None:
    """What one database makes with a table and the other does not: an index of its own kind. It holds nothing that the
    table does not. `makes`: plain tables that it is made of."""
    table.info.setdefault("also", {})[dialect] = statements
    table.info.setdefault("makes", set()).update(makes)
    for statement in statements:
        make = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", make.execute_if(dialect=dialect))


def made_beside() -> set[str]:
    """Plain tables that belong to such an index."""
    return {name for table in metadata.tables.values() for name in table.info.get("makes", ())}


def lasting() -> list[Table]:
    """Every table but leases, each after those it refers to."""
    return [table for table in metadata.sorted_tables if not table.info.get("lease")]


def projections() -> list[Table]:
    """Every projection, by name."""
    return sorted((t for t in metadata.tables.values() if t.info["projection"]), key=lambda table: table.name)
