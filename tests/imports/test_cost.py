"""What an import asks of each row costs the same at its first row as at its last."""

from __future__ import annotations

from pathlib import Path

from kithdesk.core import migrate
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.imports import queries


def test_who_made_a_customer_is_one_step_in_an_index(tmp_path: Path) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    compiled = STATEMENTS.compiled(queries._MADE)

    # Nothing that is only bound may decide: PostgreSQL plans a statement once for all values.
    unknown = dict.fromkeys(compiled.defaults)
    values = {**unknown, "organisation": "a", "import_id": "i", "customer": "c"}
    sql, bound = compiled.bind(values)
    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", bound).fetchall()
    connection.close()

    (step,) = [step for *_, step in plan]
    assert "ix_import_rows_customer (organisation=? AND import_id=? AND customer=?)" in step
