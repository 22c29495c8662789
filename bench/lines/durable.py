"""Durable messages per second: from a visitor's socket, through one commit, to the acknowledgement and two agents."""

from __future__ import annotations

import msgspec

from bench.loads.messages import MessagesPlan, MessagesResult
from bench.results import LineResult, Row
from bench.run import Run, at_least, floor_tokens, median_of, ratio
from bench.target import Doors

VISITORS = 200


def measure(run: Run) -> LineResult:
    if run.command is None:
        floors, ones = run.in_turn(lambda: of_floor(run), lambda: of_floor(run, batch=1))
        ours: list[MessagesResult] = []
        details = {"floorBatchesOfOne": ones}
    else:
        floors, ours, ones = run.in_turn(
            lambda: of_floor(run), lambda: of_ours(run), lambda: of_ours(run, KITHDESK_LANE_BATCH="1")
        )
        details = {"oursBatchesOfOne": ones}
    floor, our = median_of(floors, _rate), median_of(ours, _rate)
    one = median_of(ones, _rate)
    rows = [
        Row(
            "durable messages, 200 visitors",
            "/s",
            floor,
            our,
            ratio(our, floor),
            "≥ 0.4",
            at_least(ratio(our, floor), 0.4),
        ),
        Row(
            "same, against batches of one",
            "/s",
            one,
            our,
            ratio(our, one),
            "≥ 3",
            at_least(ratio(our, one), 3),
        ),
        Row(
            "same, slowest percent of acks",
            "ms",
            median_of(floors, _p99),
            median_of(ours, _p99),
            None,
            "–",
            None,
        ),
    ]
    return LineResult("durable", rows, {"floor": floors, "ours": ours} | details)


def of_floor(run: Run, *, batch: int = 256) -> MessagesResult:
    with run.floor_server(batch=batch) as server:
        plan = MessagesPlan([server.live_url], floor_tokens(VISITORS), floor_tokens(2), run.seconds)
        return check(run.load(plan, MessagesResult))


def of_ours(run: Run, **environment: str) -> MessagesResult:
    installation = run.installation()
    with installation.serve(**environment) as server:
        doors = Doors(server.url)
        visitors = doors.visitor_tokens(installation.widget_key, VISITORS)
        plan = MessagesPlan([server.live_url], visitors, installation.agent_tokens(doors, 2), run.seconds)
        return check(run.load(plan, MessagesResult))


def check(result: MessagesResult) -> MessagesResult:
    """A figure counts only if everything acknowledged was also heard, and the load was not what was measured."""
    if result.pushes_missing:
        raise RuntimeError(f"{result.pushes_missing} acknowledged messages never reached an agent")
    if result.load_cpu > 0.9:
        raise RuntimeError(f"the load used {result.load_cpu} of a processor: it is slower than the server")
    return result


def _rate(result: msgspec.Struct) -> float:
    assert isinstance(result, MessagesResult)
    return result.acked_per_second


def _p99(result: msgspec.Struct) -> float:
    assert isinstance(result, MessagesResult)
    return result.ack.p99
