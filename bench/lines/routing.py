"""What one arrival costs the verb, beside how much waits and how many agents there are: neither may make it dearer.

In this process, on one connection and without a lane or a disk in between, for the cost of the decision is small beside
theirs. What waits and who is there is copied into the rows by SQL, so that a hundred thousand of them take seconds.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.percentiles import Latency, latency
from bench.results import LineResult, Row
from bench.run import Run, at_most, ratio

if TYPE_CHECKING:
    from kithdesk.core.actors import Actor

WAITING, QUICK_WAITING = (100, 1_000, 10_000, 100_000), (100, 2_000)
AGENTS, QUICK_AGENTS = (10, 100, 500, 2_000), (10, 200)
ARRIVALS = 200


def measure(run: Run) -> LineResult:
    if run.command is None:
        return LineResult("routing", [], {})
    waiting = {count: _beside(run, waiting=count) for count in (QUICK_WAITING if run.is_quick else WAITING)}
    agents = {count: _beside(run, agents=count) for count in (QUICK_AGENTS if run.is_quick else AGENTS)}
    rows = [
        _row("arrival that has to wait, while {} wait (floor: {})", waiting),
        _row("arrival that is given out, with {} agents with room (floor: {})", agents),
    ]
    return LineResult("routing", rows, {"waiting": waiting, "agents": agents})


def _row(what: str, found: dict[int, Latency]) -> Row:
    (few, floor), *_, (many, ours) = found.items()
    share = ratio(ours.p50, floor.p50)
    said = what.format(f"{many:,}", few) + ", median"
    return Row(said, "ms", floor.p50, ours.p50, share, "≤ 1.5", at_most(share, 1.5))


def _beside(run: Run, *, waiting: int = 0, agents: int = 0) -> Latency:
    shop = _Shop(run.new_folder())
    if waiting:
        shop.arrives()
        shop.let_wait(waiting)
    if agents:
        shop.has_agents(agents)
    took = []
    for _ in range(ARRIVALS):
        begin = time.perf_counter()
        shop.arrives()
        took.append(time.perf_counter() - begin)
    shop.close()
    return latency(took)


class _Shop:
    """One organisation on one connection."""

    def __init__(self, folder: Path) -> None:
        import kithdesk.app  # noqa: F401 - declares every table
        from kithdesk import access
        from kithdesk.core import migrate
        from kithdesk.core.actors import Actor
        from kithdesk.core.clock import ManualClock
        from kithdesk.core.ids import Ids, OrganisationId
        from kithdesk.core.sqlite import open_writer

        folder.mkdir()
        migrate.create(folder / "shop.sqlite3")
        self.connection: sqlite3.Connection = open_writer(folder / "shop.sqlite3")
        self.connection.execute("BEGIN IMMEDIATE")
        self.clock, self.ids = ManualClock(), Ids(1)
        self.id = OrganisationId(self.ids.new(self.clock.now()))
        self.by = Actor(organisation=self.id, type="system", roles=frozenset({"org.admin"}))
        self.run(access.create_organisation, "Shop", email="a@shop.test")

    def run(self, verb: Any, *args: Any, by: Actor | None = None, **kwargs: Any) -> Any:
        from kithdesk.app import WIRING
        from kithdesk.core.sqlite import SqliteTransaction
        from kithdesk.core.work import Work

        self.clock.advance(seconds=1)
        work = Work(SqliteTransaction(self.connection), WIRING, self.ids, by or self.by, self.clock.now)
        value = verb(work, *args, **kwargs)
        work.react()
        return value

    def arrives(self) -> None:
        self.run(_arrive)

    def let_wait(self, count: int) -> None:
        """As many more as the one that waits already, each a little later."""
        columns = [row[1] for row in self.connection.execute("PRAGMA table_info(work_items)")]
        own = {
            "conversation": "printf('%024x', value)",
            "id": "printf('%024x', value)",
            "entered_at": "entered_at + value",
        }
        self.connection.execute(
            f"WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < ?)"
            f" INSERT INTO work_items ({', '.join(columns)})"
            f" SELECT {', '.join(own.get(column, column) for column in columns)} FROM work_items, numbers",
            (count - 1,),
        )
        self.connection.execute("UPDATE routing_lines SET waiting = ?", (count,))
        self.connection.execute("ANALYZE")

    def has_agents(self, count: int) -> None:
        from kithdesk import access, routing

        self.run(routing.change_settings, routing.SettingsChange(capacity_per_agent=1_000))
        for number in range(count):
            made = self.run(access.create_user, email=f"a{number}@shop.test", display_name=f"Agent {number}")
            self.run(routing.set_status, made.id, "available")

    def close(self) -> None:
        self.connection.close()


def _arrive(work: Any) -> None:
    from kithdesk import conversations
    from kithdesk.core.actors import Actor
    from kithdesk.customers import create_customer

    customer = create_customer(work)
    author = f"browser of {customer}"
    work.actor = Actor(organisation=work.organisation, type="customer", id=customer, author=author)
    conversations.receive(
        work,
        conversation=None,
        new_conversation="first",
        customer=customer,
        author=author,
        client_id="first",
        body="Hello?",
    )
