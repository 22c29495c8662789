"""Durable messages per second while 200 visitors come back every second from an old cursor."""

from __future__ import annotations

from bench.lines import durable
from bench.loads.messages import MessagesPlan, MessagesResult
from bench.loads.storm import StormPlan
from bench.results import LineResult, Row
from bench.run import Run, at_least, at_most, median_of, ratio
from bench.target import Doors

RETURNING = 1_000


def measure(run: Run) -> LineResult:
    if run.command is None:
        return LineResult("storm", [], {})
    calm, storms = run.in_turn(lambda: durable.of_ours(run), lambda: _in_a_storm(run))
    floor, ours = (
        median_of(calm, lambda r: r.acked_per_second),
        median_of(storms, lambda r: r.acked_per_second),
    )
    slowest = max(result.ack.max for result in storms)
    resume = max(result.storm.resume.p99 for result in storms if result.storm)
    lost = sum(result.storm.failed for result in storms if result.storm)
    share = ratio(ours, floor)
    rows = [
        Row(
            "same, in a reconnect storm (floor: without it)",
            "/s",
            floor,
            ours,
            share,
            "≥ 0.5",
            at_least(share, 0.5),
        ),
        Row("slowest ack in the storm", "ms", None, slowest, None, "≤ 500", at_most(slowest, 500)),
        Row("resumed from an old cursor, p99", "ms", None, resume, None, "–", None),
        Row("resumes that failed or missed an event", "", None, lost, None, "0", lost == 0),
    ]
    return LineResult("storm", rows, {"calm": calm, "storm": storms})


def _in_a_storm(run: Run) -> MessagesResult:
    installation = run.installation()
    with installation.serve() as server:
        doors = Doors(server.url)
        visitors = doors.visitor_tokens(installation.widget_key, durable.VISITORS)
        storm = StormPlan(doors.visitor_tokens(installation.widget_key, 200 if run.is_quick else RETURNING))
        agents = installation.agent_tokens(doors, 2)
        return run.load(
            MessagesPlan([server.live_url], visitors, agents, max(run.seconds, 3), storm=storm),
            MessagesResult,
        )
