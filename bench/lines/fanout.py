"""One event to 2,000 sockets: until the last of them has it."""

from __future__ import annotations

from bench.loads.fanout import FanoutPlan, FanoutResult
from bench.results import LineResult, Row
from bench.run import Run, at_most, median_of, ratio
from bench.target import Doors

SOCKETS, EVENTS = 2_000, 21


def measure(run: Run) -> LineResult:
    floors, ours = run.in_turn(lambda: _floor(run), (lambda: _ours(run)) if run.command else None)
    floor, our = median_of(floors, lambda r: r.to_last.p50), median_of(ours, lambda r: r.to_last.p50)
    share = ratio(our, floor)
    row = Row("one event to 2,000 sockets, median", "ms", floor, our, share, "≤ 1.5", at_most(share, 1.5))
    return LineResult("fanout", [row], {"floor": floors, "ours": ours})


def _floor(run: Run) -> FanoutResult:
    with run.raw_server() as server:
        return run.load(FanoutPlan(server.live_url, SOCKETS, EVENTS), FanoutResult)


def _ours(run: Run) -> FanoutResult:
    installation = run.installation()
    with installation.serve() as server:
        doors = Doors(server.url)
        visitor = doors.visitor_tokens(installation.widget_key, 1)[0]
        agents = installation.agent_tokens(doors, 2)
        return run.load(FanoutPlan(server.live_url, SOCKETS, EVENTS, visitor, agents), FanoutResult)
