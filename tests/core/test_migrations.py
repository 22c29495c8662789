"""The migrations and the tables say the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

import kithdesk.app  # noqa: F401 - declares every table
from kithdesk.core import migrate
from kithdesk.core.tables import metadata


def schema_of(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'test\\_%' ESCAPE '\\' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        return sorted((name, " ".join(sql.split())) for name, sql in rows if name != "alembic_version")


def test_the_newest_revision_is_the_one_the_server_expects() -> None:
    assert ScriptDirectory.from_config(migrate.alembic_config()).get_current_head() == migrate.HEAD


def test_migrating_up_from_empty_gives_the_schema_of_the_tables(tmp_path: Path) -> None:
    migrate.create(tmp_path / "made.sqlite3")
    with migrate._transaction(tmp_path / "migrated.sqlite3") as connection:
        config = migrate.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    assert schema_of(tmp_path / "migrated.sqlite3") == schema_of(tmp_path / "made.sqlite3")


def test_T86_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite3"
    migrate.create(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(migrate.SchemaIsNewer):
        migrate.upgrade(path)


def test_T86_what_is_to_be_done_with_a_database_of_another_version_is_said(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    migrate.create(path)

    for stamp, said in (("0000", "older version"), ("9999", "newer version")):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (stamp,))
        with pytest.raises(migrate.UnfitDatabase, match=said):
            migrate.check_fit(path)
    with pytest.raises(migrate.UnfitDatabase, match="nothing"):
        migrate.check_fit(tmp_path / "none.sqlite3")


def test_a_database_with_a_row_in_every_table_is_whole_in_the_eyes_of_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "filled.sqlite3"
    migrate.create(path)

    with closing(sqlite3.connect(path)) as connection, connection:
        for table in metadata.sorted_tables:
            if not table.name.startswith("test_"):
                names = ", ".join(f'"{column.name}"' for column in table.columns)
                marks = ", ".join("?" * len(table.columns))
                connection.execute(
                    f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})',
                    [_SOMETHING[column.type.python_type] for column in table.columns],
                )
        found = connection.execute("PRAGMA integrity_check").fetchall()

    assert found == [("ok",)]


_SOMETHING = {str: "1", int: 1, bool: True, bytes: b"1"}
