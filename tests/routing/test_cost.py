"""The cost of an assignment grows neither with what waits nor with how many agents there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kithdesk.core import migrate
from kithdesk.core.sql import Statement
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.routing.queries import agents, items, queues, skills

_VALUES = {
    "organisation": "a",
    "limit": 2,
    "offset": 0,
    "user": "u",
    "team": "t",
    "after": "",
    "skill": "s",
    "least": 1,
    "skills": ["s"],
    "asked": 1,
    "conversation": "c",
    "line": "l",
    "lines": ["l"],
    "queues": ["q"],
    "queue": "q",
}


@pytest.mark.parametrize(
    ("statement", "indexes"),
    [
        (agents._BEST, ["ix_routing_agents_best"]),
        (agents._HELD, ["PRIMARY KEY"]),
        (agents._HELD_BY_ALL, ["PRIMARY KEY"]),
        (agents._BEST_SKILLED, ["PRIMARY KEY", "PRIMARY KEY", "PRIMARY KEY"]),
        (items._LIVE_OF, ["PRIMARY KEY"]),
        (items._ASKED, ["PRIMARY KEY", "uq_work_items_live"]),
        (items._LAST, ["PRIMARY KEY"]),
        (items._LINES_OF, ["ix_routing_lines_organisation_queue"]),
        (items._HEADS, ["PRIMARY KEY", "uq_work_items_organisation_id", "ix_work_items_waiting"]),
        (items._WAITS_IN, ["ix_work_items_standing"]),
        (queues._PROFILES, ["PRIMARY KEY"]),
        (skills._SOMEBODY_IS_HERE, ["PRIMARY KEY", "PRIMARY KEY"]),
    ],
    ids=lambda value: "" if isinstance(value, list) else None,
)
def test_what_is_read_for_a_choice_is_the_first_rows_of_an_index(
    tmp_path: Path, statement: Statement, indexes: list[str]
) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    sql, values = STATEMENTS.compiled(statement).bind(_VALUES)

    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    connection.close()

    steps = [step for *_, step in plan if "SUBQUERY" not in step and "TEMP B-TREE" not in step]
    assert len(steps) == len(indexes), steps
    for step, index in zip(steps, indexes, strict=True):
        assert step.startswith("SEARCH")
        assert index in step


@pytest.mark.parametrize("statement", [agents._BEST, items._LAST])
def test_nothing_is_sorted_to_find_the_first(tmp_path: Path, statement: Statement) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    sql, values = STATEMENTS.compiled(statement).bind(_VALUES)

    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    connection.close()

    assert not any("TEMP B-TREE" in step for *_, step in plan)
