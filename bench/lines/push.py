"""How long after a visitor's send an agent has it, at 1,000 messages a second."""

from __future__ import annotations

from bench.lines.durable import VISITORS
from bench.loads.echo import EchoPlan, EchoResult
from bench.loads.messages import MessagesPlan, MessagesResult
from bench.results import LineResult, Row
from bench.run import Run, at_most, median_of, ratio
from bench.target import Doors

RATE = 1_000


def measure(run: Run) -> LineResult:
    floors: list[EchoResult] = []
    ours: list[MessagesResult] = []
    for _ in range(run.rounds):
        floors.append(_echo(run))
        if run.command is not None:
            ours.append(_push(run))
    rows = []
    for name, aim, floor, our in (
        ("p50", 10, median_of(floors, lambda r: r.echo.p50), median_of(ours, lambda r: r.push.p50)),
        ("p99", 50, median_of(floors, lambda r: r.echo.p99), median_of(ours, lambda r: r.push.p99)),
    ):
        what = f"send to an agent's screen at 1,000/s, {name} (floor: echo)"
        rows.append(Row(what, "ms", floor, our, ratio(our, floor), f"≤ {aim} ms", at_most(our, aim)))
    return LineResult("push", rows, {"floor": floors, "ours": ours})


def _echo(run: Run) -> EchoResult:
    with run.raw_server() as server:
        return run.load(EchoPlan(server.live_url, VISITORS, run.seconds, RATE), EchoResult)


def _push(run: Run) -> MessagesResult:
    installation = run.installation()
    with installation.serve() as server:
        doors = Doors(server.url)
        visitors = doors.visitor_tokens(installation.widget_key, VISITORS)
        agents = installation.agent_tokens(doors, 2)
        return run.load(
            MessagesPlan([server.live_url], visitors, agents, run.seconds, per_second=RATE), MessagesResult
        )
