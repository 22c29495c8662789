"""What a message may cost here: it is written far more often than anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kithdesk.conversations.events import MessageCreated
from kithdesk.core import migrate
from kithdesk.core.actors import system
from kithdesk.core.clock import Instant
from kithdesk.core.events import Recorded
from kithdesk.core.ids import EventId
from kithdesk.core.sql import NOTHING, Statement
from kithdesk.core.sqlite import open_writer
from kithdesk.core.sqlite.executing import STATEMENTS
from kithdesk.views.projections import PROJECTORS
from tests.make import ACME


class Noting:
    """Rows that note what they are asked, and have nothing to look at."""

    organisation = ACME

    def __init__(self) -> None:
        self.asked: list[tuple[str, Sequence[Any]]] = []

    def execute(self, statement: Statement, values: Mapping[str, Any] = NOTHING) -> Any:
        self.asked.append(STATEMENTS.compiled(statement).bind(values))


def test_a_message_is_three_statements_that_nobody_looks_at() -> None:
    begun = [sql.partition(" (")[0].partition(" SET")[0] for sql, _ in _written().asked]

    assert begun == [
        "UPDATE view_conversations",
        "UPDATE view_customers",
        "INSERT INTO search_documents",
    ]


def test_a_message_changes_no_index_over_customers(tmp_path: Path) -> None:
    migrate.create(tmp_path / "plans.sqlite3")
    connection = open_writer(tmp_path / "plans.sqlite3")
    [(sql, values)] = [asked for asked in _written().asked if asked[0].startswith("UPDATE view_customers")]

    steps = connection.execute(f"EXPLAIN {sql}", values).fetchall()
    connection.close()

    assert sum(step[1] == "OpenWrite" for step in steps) == 1


def _written() -> Noting:
    rows = Noting()
    event = MessageCreated(
        conversation="c" * 24,
        customer="d" * 24,
        message="e" * 24,
        number=2,
        direction="in",
        channel="chat",
        client_id="1",
        body="Where is my order?",
        direction_type="followup-in",
    )
    recorded = Recorded(EventId("f" * 24), ACME, Instant(1), system(ACME), event)
    for project in PROJECTORS[MessageCreated]:
        project(rows, recorded)
    return rows
