"""From the command to ready, with no data yet."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from bench.processes import Server, free_port
from bench.results import LineResult, Row
from bench.run import Run, at_most, ratio


def measure(run: Run) -> LineResult:
    times = 3 if run.is_quick else 7
    floors = [_python() for _ in range(times)]
    ours = [_serve(run) for _ in range(times)] if run.command else []
    floor = round(statistics.median(floors), 3)
    our = round(statistics.median(ours), 3) if ours else None
    what = "`kithdesk serve` to ready, empty data (floor: `python -c pass`)"
    row = Row(what, "s", floor, our, ratio(our, floor), "≤ 2 s", at_most(our, 2))
    return LineResult("startup", [row], {"floor": floors, "ours": ours})


def _python() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - begin


def _serve(run: Run) -> float:
    assert run.command is not None
    port, folder = free_port(), run.new_folder()
    folder.mkdir()
    command = [run.command, "serve", "--port", str(port), "--data", str(folder / "data")]
    with Server(command, port=port, ready="/readyz", log=folder / "server.log") as server:
        return server.seconds_to_ready
