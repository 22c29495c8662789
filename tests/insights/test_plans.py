"""What the board reads, it reads by index: its cost is not that of the past, nor of what waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from kithdesk.core import migrate
from kithdesk.core.sql import Statement
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.routing.queries import overview
from kithdesk.sla import queries


def test_what_waits_is_counted_by_its_lines_however_much_it_is(tmp_path: Path) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    sql, bound = STATEMENTS.compiled(overview._WAITING).bind({"organisation": "a"})

    plan = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bound)]
    connection.close()

    lines, _, heads = plan
    assert lines.startswith("SEARCH routing_lines")
    assert heads.startswith("SEARCH first USING INDEX ix_work_items_waiting (organisation=? AND line=?)")


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (overview._STANDING, "ix_work_items_standing"),
        (overview._DECLINED, "ix_work_items_declined"),
        (overview._FLOW, "PRIMARY KEY"),
        (overview._QUEUES_OF, "uq_work_items_live"),
        (overview._EVERYBODY, "PRIMARY KEY"),
        (overview._HANDS, "PRIMARY KEY"),
        (queries._RISKY, "ix_sla_clocks_risky"),
    ],
)
def test_nothing_is_looked_through_that_grows_with_the_past(
    tmp_path: Path, statement: Statement, index: str
) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    values = {"organisation": "a", "since": 0, "conversations": ["c"], "now": 0, "limit": 1}
    sql, bound = STATEMENTS.compiled(statement).bind(values)

    plan = [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", bound)]
    connection.close()

    steps = [step for step in plan if "TEMP B-TREE" not in step]
    assert len(steps) == 1, plan
    assert steps[0].startswith("SEARCH")
    assert index in steps[0]
