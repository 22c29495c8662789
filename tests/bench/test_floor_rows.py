"""The floor writes what the product writes. When this fails, decide which of the two should change."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bench import schema
from kithdesk.app import WIRING
from kithdesk.core.tables import metadata

TABLES = ("heads", "journal", "journal_personal", "customer_activity", "conversations", "messages")


@pytest.fixture
def floor(tmp_path: Path) -> sqlite3.Connection:
    return schema.open_database(tmp_path / "floor.db")


@pytest.fixture
def product(tmp_path: Path) -> sqlite3.Connection:
    assert WIRING.projectors  # Importing `app` imports every slice, and with it every table.
    engine = create_engine(f"sqlite:///{tmp_path / 'product.db'}")
    metadata.create_all(engine)
    engine.dispose()
    return sqlite3.connect(tmp_path / "product.db")


@pytest.mark.parametrize("table", TABLES)
def test_the_floor_has_the_columns_of_the_product(
    floor: sqlite3.Connection, product: sqlite3.Connection, table: str
) -> None:
    assert columns(floor, table) == columns(product, table)


@pytest.mark.parametrize("table", TABLES)
def test_the_floor_has_the_indexes_of_the_product(
    floor: sqlite3.Connection, product: sqlite3.Connection, table: str
) -> None:
    assert indexes(floor, table) == indexes(product, table)


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Name, type, not null, place in the primary key."""
    return [(row[1], row[2], row[3], row[5]) for row in connection.execute(f"PRAGMA table_info({table})")]


def indexes(connection: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    """Unique, partial, and the indexed columns."""
    return {
        (row[2], row[4], tuple(column[2] for column in connection.execute(f"PRAGMA index_info({row[1]})")))
        for row in connection.execute(f"PRAGMA index_list({table})")
    }
