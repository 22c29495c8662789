"""The first page of the timeline of a customer with 10,000 entries."""

from __future__ import annotations

import time

import msgspec

from bench import schema
from bench.floor_server import ORGANISATION
from bench.loads.messages import MessagesPlan, MessagesResult
from bench.percentiles import Latency, latency
from bench.raw_server import CUSTOMER, ENTRIES
from bench.results import LineResult, Row
from bench.run import Run, ratio
from bench.target import Doors

REQUESTS = 1_000


def measure(run: Run) -> LineResult:
    requests = 200 if run.is_quick else REQUESTS
    select = _select_alone(run, requests)
    with run.raw_server() as server:
        floor = _time(Doors(server.url), "/timeline", None, requests)
    details: dict[str, object] = {"selectAlone": select, "floor": floor}
    ours: Latency | None = None
    if run.command is not None:
        ours = _ours(run, requests)
        details["ours"] = ours
    p99 = ours.p99 if ours else None
    share = ratio(p99, floor.p99)
    is_met = None if p99 is None or share is None else share <= 5 and p99 <= 50
    rows = [
        Row(
            "timeline of 10,000 entries, first page, p99 (floor: the SELECT behind a bare route)",
            "ms",
            floor.p99,
            p99,
            share,
            "≤ 5 and ≤ 50 ms",
            is_met,
        ),
        Row(
            "same (floor: the SELECT alone, in process)",
            "ms",
            select.p99,
            p99,
            ratio(p99, select.p99),
            "–",
            None,
        ),
    ]
    return LineResult("timeline", rows, details)


def _select_alone(run: Run, requests: int) -> Latency:
    folder = run.new_folder()
    folder.mkdir()
    database = schema.open_database(folder / "timeline.db")
    schema.fill_timeline(database, ORGANISATION, CUSTOMER, ENTRIES)
    took = []
    for _ in range(requests):
        begin = time.perf_counter()
        msgspec.json.encode(database.execute(schema.TIMELINE_FIRST_PAGE, (ORGANISATION, CUSTOMER)).fetchall())
        took.append(time.perf_counter() - begin)
    database.close()
    return latency(took)


def _ours(run: Run, requests: int) -> Latency:
    installation = run.installation()
    with installation.serve() as server:
        doors = Doors(server.url)
        agent = installation.agent_tokens(doors, 1)[0]
        visitor = doors.visitor_tokens(installation.widget_key, 1)[0]
        # One visitor, 50 in flight, until there are as many entries as the line says.
        written = 0
        while written < ENTRIES:
            result = run.load(
                MessagesPlan([server.live_url], [visitor], [agent], 3, warm_up=0, in_flight=50),
                MessagesResult,
            )
            written += result.acked
        customer = doors.get("GET", "/v1/customers?pageSize=1", installation.api_key)["data"][0]["id"]
        return _time(doors, f"/v1/customers/{customer}/timeline?pageSize=50", installation.api_key, requests)


def _time(doors: Doors, path: str, token: str | None, requests: int) -> Latency:
    for _ in range(20):
        doors.get("GET", path, token)
    took = []
    for _ in range(requests):
        begin = time.perf_counter()
        status, _ = doors.ask("GET", path, token)
        took.append(time.perf_counter() - begin)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    return latency(took)
