"""A page of deliveries is read off an index, however many there are."""

from __future__ import annotations

from pathlib import Path

from kithdesk.core import migrate
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.integrations import queries


def test_a_page_of_deliveries_sorts_nothing(tmp_path: Path) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    values = {"organisation": "a", "integration": "i", "limit": 10, "offset": 0}
    sql, bound = STATEMENTS.compiled(queries._DELIVERIES).bind(values)

    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", bound)
    steps = [step for *_, step in plan.fetchall()]
    connection.close()

    assert len(steps) == 1, steps
    assert "ix_hook_deliveries_at" in steps[0]
