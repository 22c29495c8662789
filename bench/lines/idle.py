"""10,000 idle visitors and 200 agents in one process: what they cost in memory, and who hears of agents' statuses."""

from __future__ import annotations

from bench.loads.idle import IdlePlan, IdleResult
from bench.results import LineResult, Row
from bench.run import Run, at_most, ratio
from bench.target import Doors

VISITORS, AGENT_SOCKETS = 10_000, 200


def measure(run: Run) -> LineResult:
    visitors = 2_000 if run.is_quick else VISITORS
    with run.raw_server() as server:
        plan = IdlePlan(server.live_url, server.pid, seconds=5, raw_sockets=visitors + AGENT_SOCKETS)
        floor = run.load(plan, IdleResult)
    details: dict[str, object] = {"floor": floor}
    memory: float | None = None
    rows: list[Row] = []
    if run.command is not None:
        ours = _ours(run, visitors)
        details["ours"] = ours
        memory = ours.megabytes_after
        heard = sum(count for op, count in ours.visitor_frames.items() if op != "pong")
        per_change = ours.agent_frames.get("agent.status_changed", 0) / max(1, ours.status_changes)
        rows = [
            Row("frames that idle visitors hear of agents' statuses", "", None, heard, None, "0", heard == 0),
            Row(
                "frames to agents per status change",
                "",
                None,
                per_change,
                None,
                "≤ agents",
                per_change <= AGENT_SOCKETS,
            ),
            Row("idle sockets that were closed", "", floor.closed, ours.closed, None, "0", ours.closed == 0),
        ]
    allowed = floor.megabytes_after * 1.5 + 200
    what = f"memory with {visitors:,} idle visitors and {AGENT_SOCKETS} agents"
    aim = f"≤ 1.5 × + 200 = {allowed:.0f}"
    first = Row(
        what,
        "MB",
        floor.megabytes_after,
        memory,
        ratio(memory, floor.megabytes_after),
        aim,
        at_most(memory, allowed),
    )
    return LineResult("idle", [first, *rows], details)


def _ours(run: Run, visitors: int) -> IdleResult:
    installation = run.installation(agents=5 if run.is_quick else 20)
    with installation.serve() as server:
        doors = Doors(server.url)
        plan = IdlePlan(
            server.live_url,
            server.pid,
            seconds=5 if run.is_quick else 30,
            visitors=doors.visitor_tokens(installation.widget_key, visitors),
            agents=installation.agent_tokens(doors, AGENT_SOCKETS),
            presence_changes=True,
        )
        return run.load(plan, IdleResult)
