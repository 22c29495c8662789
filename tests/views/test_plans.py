"""A page by what objects are costs what the page and few objects cost, not what all objects do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from kithdesk.core import migrate
from kithdesk.core.actors import system
from kithdesk.core.clock import Instant
from kithdesk.core.desk import Desk
from kithdesk.core.ids import OrganisationId
from kithdesk.core.sql import NOTHING, Result, Statement
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.core.work import Reads
from kithdesk.criteria import Group
from kithdesk.views import customer_rows
from kithdesk.views.attributes import CLOSED, Asked, InValues
from kithdesk.views.criteria import Context, Criterion, Sort, Together, read
from kithdesk.views.queries import list_customers_saying
from kithdesk.views.statements import Listed, ids_meeting, owners_meeting, statements_of
from tests.api import Tenant

STATE = Criterion(
    Asked("kobject", "string", InValues("kobject.order", "custom.stateStr", "text")), "equals", "v0"
)
TOTAL = Criterion(
    Asked("kobject", "number", InValues("kobject.order", "custom.totalNum", "number")), "gt", "v1"
)
OPEN = Criterion(CLOSED["conversation_status"], "equals", "", "open")
BOTH = Together((STATE, TOTAL))
_VALUES = {
    "organisation": "a",
    "of": "a",
    "customer": "c",
    "at": 1,
    "v0": "lost",
    "v1": 1,
    "limit": 50,
    "offset": 0,
    "most": 1_001,
    "ours": ["c"],
    "put": ["d"],
    "among_sqlite": "[1]",
}


@pytest.mark.parametrize(
    ("context", "part"),
    [
        ("conversation", BOTH),
        ("customer", BOTH),
        ("message", BOTH),
        ("conversation", Listed("ours", "put")),
        ("conversation", Listed("ours", None)),
        ("customer", Listed("ours", "put")),
        ("kobject", Listed("ours", "put", "among")),
        ("kobject", STATE),
    ],
)
def test_objects_of_a_record_are_looked_up_by_an_index(tmp_path: Path, context: Context, part: Any) -> None:
    shape = Group("and", (OPEN, part) if context == "conversation" else (part,))
    page, count = statements_of(context, shape, ())

    for statement in (page, count):
        for step in _plan(tmp_path, statement):
            assert not step.startswith(("SCAN view", "SCAN search", "SCAN kobject")), step
            assert "LIST SUBQUERY" not in step or isinstance(part, Listed), step
            if "kobject USING" in step:
                assert "customer=?" in step or "conversation=?" in step, step
            if "kobject_value" in step:
                assert "id=?" in step, step


def test_those_that_few_meet_are_looked_up_by_their_values(tmp_path: Path) -> None:
    [by_value] = _plan(tmp_path, ids_meeting(STATE))
    [whose, *met] = [step for step in _plan(tmp_path, owners_meeting(BOTH.criteria)) if "SEARCH" in step]

    assert "field=? AND text=?" in by_value
    assert "kind=? AND number=?" in whose
    assert all("id=?" in step for step in met)


def test_words_of_a_customers_attributes_are_looked_up_by_their_beginning(tmp_path: Path) -> None:
    reads = _Noting()
    list_customers_saying(reads, ["custom.planStr"], ["gold"], 50, begun="plat")

    steps = [step for step in _plan(tmp_path, reads.asked, reads.values) if "view_values" in step]

    assert len(steps) == 2
    for sought in ("field=? AND text=?", "field=? AND text>? AND text<?"):
        assert any(sought in step for step in steps), steps


@pytest.mark.parametrize("statement", [customer_rows._OUT, customer_rows._WAITS])
def test_since_when_a_customer_waits_is_the_first_entry_of_an_index(
    tmp_path: Path, statement: Statement
) -> None:
    index = "INDEX ix_view_conversations_waiting (organisation=? AND customer=? AND waiting_since"

    assert any(index in step for step in _plan(tmp_path, statement))


@pytest.mark.parametrize("sort", ["customer_name", "customer_created_at", "customer_modified_at", None])
@pytest.mark.parametrize("is_descending", [True, False])
def test_customers_in_an_order_that_no_message_changes_are_read_from_an_index(
    tmp_path: Path, sort: str | None, is_descending: bool
) -> None:
    sorts = () if sort is None else (Sort(CLOSED[sort], is_descending),)

    plan = _plan(tmp_path, statements_of("customer", Group("and", ()), sorts).page)

    assert not any("TEMP B-TREE" in step for step in plan), plan


class _Noting:
    """Finds nothing, and keeps what it was asked."""

    organisation, actor, now = OrganisationId("a"), system(OrganisationId("a")), Instant(1)
    asked: Statement
    values: Mapping[str, Any]

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Result:
        self.asked, self.values = statement, values
        return Result([], 0)


def _plan(
    tmp_path: Path, statement: Statement, bound: Mapping[str, Any] = MappingProxyType(_VALUES)
) -> list[str]:
    path = tmp_path / "plans.sqlite3"
    if not path.exists():
        migrate.create(path)
    connection = open_writer(path)
    sql, values = STATEMENTS.compiled(statement).bind(bound)
    plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    connection.close()
    return [step for *_, step in plan]


@pytest.mark.anyio
async def test_a_list_of_one_status_is_looked_up_as_that_status(desk: Desk, acme: Tenant) -> None:
    """The console asks by lists, and what is open has an index of its own."""

    def shapes(reads: Reads) -> list[Group]:
        asked: list[dict[str, Any]] = [{"equals": "open"}, {"in": ["open"]}]
        bodies = ({"and": [{"conversation_status": one}]} for one in asked)
        return [read(reads, body, context="conversation").shape for body in bodies]

    as_one, as_list = (await desk.read(shapes, by=system(acme.id))).value

    assert as_list == as_one == Group("and", (OPEN,))
