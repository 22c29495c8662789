"""A database whose tables are not this version's is refused in a sentence, whatever its stamp says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from kithdesk.core import backup, migrate
from kithdesk.core.doctor import examine
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import database_path
from parts.postgres import create_database, drop_database
from tests.databases import new_file

CHANGES = {
    "a column has gone": ("ALTER TABLE jobs DROP COLUMN last_error", "jobs.last_error"),
    "a column has another name": ("ALTER TABLE jobs RENAME COLUMN deaths TO died", "jobs.deaths"),
    "a table has gone": ("DROP TABLE teams", "teams"),
    "an index has gone": ("DROP INDEX ix_jobs_due", "index ix_jobs_due"),
    "a row must say more": ("ALTER TABLE nodes ADD COLUMN zone TEXT NOT NULL", "nodes.zone"),
}
HARMLESS = (
    "CREATE TABLE of_the_operator (id TEXT PRIMARY KEY)",
    "ALTER TABLE teams ADD COLUMN remark TEXT",
    "ALTER TABLE teams ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'",
    "CREATE INDEX of_the_operators_own ON teams (name)",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = database_path(tmp_path / "data")
    new_file(path)
    return path


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize("name", [name for name in CHANGES if name != "a row must say more"])
def test_T86_a_file_with_other_tables_is_refused_by_name(file: Path, name: str) -> None:
    statement, named = CHANGES[name]
    migrate.upgrade(file)
    change(file, statement)

    with pytest.raises(migrate.SchemaDiffers, match=rf"\({named}|, {named}"):
        migrate.upgrade(file)


def test_T86_what_nobody_asked_for_is_no_difference(file: Path) -> None:
    for statement in HARMLESS:
        change(file, statement)

    migrate.upgrade(file)


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """One of its own, for it is spoilt."""
    url = create_database(postgres)
    migrate.upgrade(url)
    yield url
    drop_database(postgres, url)


def test_T86_a_server_with_other_tables_is_refused_by_name(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in HARMLESS:
            connection.execute(statement.encode())
        migrate.upgrade(database)
        for statement, _ in CHANGES.values():
            connection.execute(statement.encode())

    with pytest.raises(migrate.SchemaDiffers) as refused:
        migrate.upgrade(database)

    assert all(named in refused.value.differences for _, named in CHANGES.values())
    assert len(refused.value.differences) == len(CHANGES) + 1, "the old name and the new one"


def test_the_doctor_says_so_and_looks_no_further(file: Path) -> None:
    change(file, "ALTER TABLE jobs DROP COLUMN last_error")

    findings = {finding.check: finding for finding in examine(Settings(data=file.parent))}

    assert findings["schema"].level == "problem"
    assert "jobs.last_error" in findings["schema"].words
    assert "journal" not in findings


def test_a_backup_of_other_tables_is_refused_before_it_takes_its_place(file: Path, tmp_path: Path) -> None:
    change(file, "ALTER TABLE jobs DROP COLUMN last_error")
    backup.backup(file.parent, tmp_path / "backup.tar.gz")

    with pytest.raises(migrate.SchemaDiffers):
        backup.restore(tmp_path / "other", tmp_path / "backup.tar.gz")

    assert list((tmp_path / "other").iterdir()) == []


def test_a_file_that_is_no_database_is_named(file: Path) -> None:
    file.write_bytes(b"no database" * 1_000)

    with pytest.raises(migrate.Unreachable, match=file.name):
        migrate.upgrade(file)
