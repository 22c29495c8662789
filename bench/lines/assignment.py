"""How long an arriving conversation waits for its agent, and whether those that wait make arriving dearer."""

from __future__ import annotations

from bench.loads.assignment import AssignmentPlan, AssignmentResult
from bench.results import LineResult, Row
from bench.run import Run, at_most, ratio
from bench.target import Doors, Installation

ARRIVALS, PER_SECOND, WAITING = 500, 100, 5_000


def measure(run: Run) -> LineResult:
    if run.command is None:
        return LineResult("assignment", [], {})
    arrivals = 100 if run.is_quick else ARRIVALS
    assigned = _assigned(run, arrivals)
    few, many = _waiting(run, arrivals, 500 if run.is_quick else WAITING)
    p99, missed = assigned.to_assigned.p99, assigned.arrived - assigned.assigned
    share = ratio(many.to_ack.p50, few.to_ack.p50)
    what = "ack of an arrival with many waiting (floor: with none waiting), median"
    rows = [
        Row("assignment after arrival, p99", "ms", None, p99, None, "≤ 100 ms", at_most(p99, 100)),
        Row("arrivals with room that nobody got", "", None, missed, None, "0", missed == 0),
        Row(what, "ms", few.to_ack.p50, many.to_ack.p50, share, "≤ 1.5", at_most(share, 1.5)),
    ]
    return LineResult("assignment", rows, {"assigned": assigned, "noneWaiting": few, "manyWaiting": many})


def _assigned(run: Run, arrivals: int) -> AssignmentResult:
    installation = run.installation(agents=5 if run.is_quick else 20)
    with installation.serve() as server:
        doors = Doors(server.url)
        settings = {"capacityPerAgent": arrivals}
        doors.get("PUT", "/v1/routing/settings", installation.api_key, settings)
        agents = installation.agent_tokens(doors, len(installation.agents))
        return run.load(_plan(server.live_url, doors, installation, arrivals, agents), AssignmentResult)


def _waiting(run: Run, arrivals: int, waiting: int) -> tuple[AssignmentResult, AssignmentResult]:
    installation = run.installation(agents=0)
    with installation.serve() as server:
        doors = Doors(server.url)
        few = run.load(_plan(server.live_url, doors, installation, arrivals, []), AssignmentResult)
        hurry = _plan(server.live_url, doors, installation, waiting, [])
        hurry.per_second = 1_000
        run.load(hurry, AssignmentResult)
        many = run.load(_plan(server.live_url, doors, installation, arrivals, []), AssignmentResult)
    return few, many


def _plan(
    url: str, doors: Doors, installation: Installation, arrivals: int, agents: list[str]
) -> AssignmentPlan:
    visitors = doors.visitor_tokens(installation.widget_key, arrivals)
    return AssignmentPlan(url, visitors, agents, PER_SECOND, expect_assigned=bool(agents))
