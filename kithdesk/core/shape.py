"""Whether a database has the tables that this version works with, whatever its stamp says.

Until the first release its one revision is written anew whenever tables change, so two databases with the same stamp
may differ; and somebody may have changed a table by hand. Better said in a sentence at the start than by the first
statement that fails. Tables and columns that nobody asked for are no difference, unless every new row had to fill them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Table

from kithdesk.core.tables import metadata

SQLITE_COLUMNS = """
    SELECT tables.name, columns.name, columns."notnull", columns.pk, columns.dflt_value IS NOT NULL
    FROM pragma_table_list AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.schema = 'main' AND tables.type = 'table'
"""
SQLITE_INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index'"
POSTGRES_COLUMNS = """
    SELECT tables.relname, columns.attname, columns.attnotnull,
        coalesce(array_position(keys.conkey, columns.attnum), 0), columns.atthasdef OR columns.attidentity <> ''
    FROM pg_class AS tables
    JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attnum > 0 AND NOT columns.attisdropped
    LEFT JOIN pg_constraint AS keys ON keys.conrelid = tables.oid AND keys.contype = 'p'
    WHERE tables.relkind IN ('r', 'p') AND tables.relnamespace <> 'pg_catalog'::regnamespace
        AND pg_table_is_visible(tables.oid)
"""
POSTGRES_INDEXES = """
    SELECT relname FROM pg_class
    WHERE relkind IN ('i', 'I') AND relnamespace <> 'pg_catalog'::regnamespace AND pg_table_is_visible(oid)
"""


@dataclass(frozen=True, slots=True)
class Column:
    """As a statement depends on it. `place`: in the primary key, from 1; 0 outside."""

    is_required: bool
    place: int
    has_default: bool = False


def differences(columns: Iterable[tuple[str, str, bool, int, bool]], indexes: Iterable[str]) -> list[str]:
    """What is missing or other than this version wants, by name; `columns` and `indexes` as the database has them."""
    assert "kithdesk.app" in sys.modules, "it declares the tables that are compared with"
    found: dict[str, dict[str, Column]] = {}
    for table, name, is_required, place, has_default in columns:
        found.setdefault(table, {})[name] = Column(bool(is_required), place, bool(has_default))
    missing = _wanted_indexes() - set(indexes)
    tables = sorted(metadata.tables.values(), key=lambda table: table.name)
    return [
        *(one for table in tables for one in _of_table(table, found.get(table.name))),
        *sorted(f"index {name}" for name in missing),
    ]


def _of_table(table: Table, found: dict[str, Column] | None) -> Iterator[str]:
    if found is None:
        yield table.name
        return
    key = [column.name for column in table.primary_key.columns]
    for column in table.columns:
        there = found.get(column.name)
        place = key.index(column.name) + 1 if column.name in key else 0
        if there is None or (there.is_required, there.place) != (not column.nullable, place):
            yield f"{table.name}.{column.name}"
    for name in sorted(found.keys() - table.columns.keys()):
        if found[name].is_required and not found[name].has_default:
            yield f"{table.name}.{name}"


def _wanted_indexes() -> set[str]:
    return {str(index.name) for table in metadata.tables.values() for index in table.indexes}
