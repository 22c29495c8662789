"""Lists in an installation with 100,000 customers: the first page of a saved view, and the counts of several.

The floor is the database's own: the SELECT of the same page from the table of customers, and a count of the same
customers up to as many as a view counts.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.percentiles import Latency, latency
from bench.results import LineResult, Row
from bench.run import Run, ratio
from bench.target import Doors

CUSTOMERS = 100_000
QUICK_CUSTOMERS = 500
REQUESTS, QUICK_REQUESTS = 200, 20
SIZE = 50
VIEWS: dict[str, dict[str, Any]] = {
    "everybody": {},
    "called Ana": {"and": [{"customer_name": {"prefix": "ana"}}]},
    "one address": {"and": [{"customer_email": {"contains": ".0.7@"}}]},
    "known": {"and": [{"customer_identified": {"equals": True}}]},
    "of last week": {"and": [{"customer_created_at": {"gt": "-7d"}}]},
    "waiting": {"and": [{"customer_last_message_unresponded_to_sent_at": {"set": ""}}]},
    "of no company": {"and": [{"customer_company_id": {"not_set": ""}}]},
    "vip": {"and": [{"customer_tags": {"contains": "vip"}}]},
}
_SORT = [{"customer_activity_at": "desc"}]
_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM desk.view_customers"
    " WHERE organisation = ? AND merged_into IS NULL LIMIT 1001)"
)
_PAGE = (
    "SELECT c.*, a.* FROM desk.customer_activity AS a JOIN desk.customers AS c"
    " ON c.organisation = a.organisation AND c.id = a.customer"
    " WHERE a.organisation = ? ORDER BY c.id DESC LIMIT 50"
)


def measure(run: Run) -> LineResult:
    if run.command is None:
        return LineResult("lists", [], {})
    customers = QUICK_CUSTOMERS if run.is_quick else CUSTOMERS
    requests = QUICK_REQUESTS if run.is_quick else REQUESTS
    installation = run.installation()
    installation.fill(customers=customers, messages=customers)
    floor = _floors(run, installation.database, requests)
    with installation.serve() as server:
        doors = Doors(server.url)
        for name, query in VIEWS.items():
            view = {"name": name, "context": "customer", "query": query, "sort": _SORT, "isShared": True}
            doors.get("POST", "/v1/views", installation.api_key, view)
        ours = _ours(doors, installation.api_key, requests)
    return LineResult("lists", _rows(customers, floor, ours), {"floor": floor, "ours": ours})


def _rows(customers: int, floor: dict[str, Latency], ours: dict[str, Latency]) -> list[Row]:
    return [
        _row(f"saved view of {customers:,} customers, first page, p99", floor["page"], ours["page"]),
        _row(f"counts of {len(VIEWS)} saved views there, p99", floor["counts"], ours["counts"]),
    ]


def _row(what: str, floor: Latency, ours: Latency) -> Row:
    return Row(what, "ms", floor.p99, ours.p99, ratio(ours.p99, floor.p99), "–", None)


def _floors(run: Run, database: Path, requests: int) -> dict[str, Latency]:
    connection = sqlite3.connect(f"file:{run.new_folder()}.db", uri=True)
    connection.execute("ATTACH DATABASE ? AS desk", (f"file:{database}?mode=ro",))
    organisation = connection.execute("SELECT organisation FROM desk.customers LIMIT 1").fetchone()[0]

    def page() -> object:
        return connection.execute(_PAGE, (organisation,)).fetchall()

    def counts() -> object:
        return [connection.execute(_COUNT, (organisation,)).fetchone() for _ in VIEWS]

    found = {"page": _timed([page] * requests), "counts": _timed([counts] * requests)}
    connection.close()
    return found


def _ours(doors: Doors, key: str, requests: int) -> dict[str, Latency]:
    wanted = {"sort": _SORT}

    def page() -> object:
        return doors.get("POST", f"/v1/customers/search?page=1&pageSize={SIZE}", key, wanted)

    def counts() -> object:
        counted = doors.get("GET", "/v1/views/counts?pageSize=200", key)["data"]
        if not all(one["attributes"]["isFinished"] for one in counted):
            raise RuntimeError("A count was given up.")
        return counted

    return {"page": _timed([page] * requests), "counts": _timed([counts] * requests)}


def _timed(calls: Sequence[Callable[[], object]]) -> Latency:
    for call in calls[:5]:
        call()
    took = []
    for call in calls:
        begin = time.perf_counter()
        call()
        took.append(time.perf_counter() - begin)
    return latency(took)
