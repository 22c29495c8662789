"""The cost of an assignment grows neither with what waits nor with how many agents there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kithdesk.core import migrate
from kithdesk.core.sql import Statement
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.routing import queries

_VALUES = {"organisation": "a", "limit": 2, "only": "", "user": "u"}


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (queries._BEST, "ix_routing_agents_best"),
        (queries._WAITING, "ix_work_items_waiting"),
        (queries._LIVE_OF, "PRIMARY KEY"),
    ],
)
def test_choices_are_the_first_rows_of_an_index(tmp_path: Path, statement: Statement, index: str) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    compiled = STATEMENTS.compiled(statement)

    plan = connection.execute(
        f"EXPLAIN QUERY PLAN {compiled.sql}", {**compiled.defaults, **_VALUES}
    ).fetchall()
    connection.close()

    steps = [step for *_, step in plan]
    assert len(steps) == 1, steps
    assert steps[0].startswith("SEARCH")
    assert index in steps[0]
