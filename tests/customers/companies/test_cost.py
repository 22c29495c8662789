"""The cost of a list grows with what it shows, not with how many companies there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kithdesk.core import migrate
from kithdesk.core.sql import Statement
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.customers.companies import queries

_VALUES = {"organisation": "a", "begins": b"a", "ends": b"a\xff", "key": b"a", "limit": 2, "offset": 0}
_CALLED = "ix_companies_name (organisation=? AND name_key>? AND name_key<?)"


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (queries._PAGE, "PRIMARY KEY"),
        (queries._TOTAL, "PRIMARY KEY"),
        (queries._PAGE_CALLED, _CALLED),
        (queries._COUNT_CALLED, _CALLED),
        (queries._NAMED, "ix_companies_name (organisation=? AND name_key=?)"),
    ],
)
def test_lists_are_a_stretch_of_an_index(tmp_path: Path, statement: Statement, index: str) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    sql, values = STATEMENTS.compiled(statement).bind(_VALUES)

    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    connection.close()

    assert index in plan[0][-1]
