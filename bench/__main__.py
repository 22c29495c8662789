"""`python -m bench`: measures, prints the table, keeps the results.

python -m bench                          # every line, some minutes
python -m bench --lines durable,push     # only these
python -m bench --quick                  # one short round each: is everything still in one piece?
python -m bench --document docs/performance.md   # no measuring: write the newest results into the page
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import results, table
from bench.lines import (
    assignment,
    durable,
    fanout,
    idle,
    importing,
    lists,
    postgres,
    push,
    routing,
    search,
    sizes,
    startup,
    storm,
    timeline,
)
from bench.run import Run
from bench.target import find_command

LINES: dict[str, Callable[[Run], results.LineResult]] = {
    "durable": durable.measure,
    "storm": storm.measure,
    "postgres": postgres.measure,
    "push": push.measure,
    "idle": idle.measure,
    "fanout": fanout.measure,
    "timeline": timeline.measure,
    "search": search.measure,
    "lists": lists.measure,
    "importing": importing.measure,
    "assignment": assignment.measure,
    "routing": routing.measure,
    "sizes": sizes.measure,
    "startup": startup.measure,
}


def main() -> int:
    options = _options()
    if options.document is not None:
        table.write_document(options.document)
        return 0
    command = None if options.floors_only else find_command()
    if command is None:
        print("No kithdesk command: measuring the floors only.", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="kithdesk-bench-", dir=options.folder) as folder:
        run = Run(
            Path(folder), command, options.seconds, 1 if options.quick else options.rounds, options.quick
        )
        if results.filesystem_of(run.folder) == "tmpfs":
            print("The data folder is on tmpfs: durable figures mean nothing. Use --folder.", file=sys.stderr)
        missed = _measure(run, options.lines)
    return 1 if missed and options.strict else 0


def _measure(run: Run, lines: list[str]) -> bool:
    rows: list[results.Row] = []
    for line in lines:
        print(f"{line} …", file=sys.stderr, flush=True)
        result = LINES[line](run)
        result.machine = results.machine(run.folder)
        result.settings = {"seconds": run.seconds, "rounds": run.rounds, "quick": run.is_quick}
        if result.rows and not run.is_quick:
            results.write(result)
        rows += result.rows
        print(table.for_terminal(result.rows), file=sys.stderr, flush=True)
    print(table.for_terminal(rows))
    return any(row.is_met is False for row in rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measures each line against its floor."
    )
    parser.add_argument("--lines", type=_lines, default=list(LINES), help=f"some of {','.join(LINES)}")
    parser.add_argument("--seconds", type=float, default=5, help="how long each round measures")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the median counts")
    parser.add_argument("--quick", action="store_true", help="one round, small numbers, nothing written")
    parser.add_argument("--floors-only", action="store_true", help="measure the floors alone")
    parser.add_argument("--strict", action="store_true", help="exit 1 when an aim is missed")
    parser.add_argument(
        "--folder", default=os.environ.get("KITHDESK_BENCH_FOLDER", "/var/tmp"), help="a folder on disk"
    )
    parser.add_argument("--document", type=Path, help="write the newest results into this page and stop")
    return parser.parse_args()


def _lines(text: str) -> list[str]:
    lines = text.split(",")
    unknown = [line for line in lines if line not in LINES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no such line: {', '.join(unknown)}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
