"""Whatever happens, in whatever order: these rows say what the slices say whose facts they hear."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk.app import WIRING
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from tests.conversations.test_history import FIRST, World, moves
from tests.make import ACME, GLOBEX
from tests.spine import file_of

CONVERSATIONS = {
    name: name
    for name in (
        *("customer", "status", "priority", "queue", "message_count", "note_count", "external_id", "channel"),
        *(
            "last_message_at",
            "last_message_direction",
            "first_in_at",
            "last_in_at",
            "first_out_at",
            "last_out_at",
        ),
        *(
            "waiting_since",
            "first_response_at",
            "first_done_at",
            "last_done_at",
            "done_count",
            "reopen_count",
        ),
        *("snooze_count", "ended_at", "created_at", "updated_at", "modified_at"),
    )
}
CUSTOMERS = {
    name: name for name in ("is_identified", "created_at", "updated_at", "modified_at", "imported_at")
}
ACTIVITY = {
    name: name for name in ("last_seen_at", "last_message_at", "last_in_at", "last_out_at", "waiting_since")
} | {"activity_at": "last_activity_at"}
NAMES = "SELECT count(*) FROM view_conversations v JOIN view_customers c USING (organisation) WHERE c.id = v.customer"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), moves), min_size=12, max_size=50))
def test_any_history_reads_the_same_here(steps: list[tuple[bool, tuple[Any, ...]]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(live_through(Path(folder), steps))


async def live_through(data: Path, steps: list[tuple[bool, tuple[Any, ...]]]) -> None:
    clock = ManualClock()
    desk = Desk(Settings(data=data, test=True), WIRING, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    try:
        world = World(desk, clock)
        for at_globex, step in [*FIRST, *steps]:
            clock.advance(seconds=1)
            await world.move(GLOBEX if at_globex else ACME, *step)
        report = await asyncio.to_thread(replay, file_of(desk), WIRING)
        assert report.agrees, report.differences
        with closing(sqlite3.connect(file_of(desk))) as connection:
            check(connection, "view_conversations", "conversations", "id", CONVERSATIONS)
            check(connection, "view_customers", "customers", "id", CUSTOMERS)
            check(connection, "view_customers", "customer_activity", "customer", ACTIVITY)
            everybody = connection.execute("SELECT count(*) FROM view_conversations").fetchone()
            assert connection.execute(f"{NAMES} AND v.customer_name = c.name").fetchone() == everybody
    finally:
        await desk.stop()


def check(connection: sqlite3.Connection, mine: str, theirs: str, key: str, columns: dict[str, str]) -> None:
    """Every row of one is a row of the other, of those that were not merged away, and says the same."""
    unlike = " OR ".join(f"mine.{one} IS NOT theirs.{other}" for one, other in columns.items())
    merged = " AND mine.merged_into IS NULL" if mine == "view_customers" else ""
    found = connection.execute(
        f"SELECT * FROM {mine} mine LEFT JOIN {theirs} theirs"
        f" ON theirs.organisation = mine.organisation AND theirs.{key} = mine.id WHERE ({unlike}){merged}"
    ).fetchall()
    assert found == []
    counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in (mine, theirs)]
    assert counts[0] == counts[1]
