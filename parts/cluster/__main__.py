"""`python -m parts.cluster`: several nodes on this machine, until Ctrl+C.

    python -m parts.cluster --nodes 3 --workers 1 --port 8080
    python -m parts.cluster --data FOLDER --demo      # the demo, which is there again the next time
    python -m parts.cluster --rolling 5               # one node after the other is restarted, for ever
    python -m parts.cluster --json                    # for programs, see below

With `--json`: a line of JSON when all of it is ready; then each line on standard input, `kill`, `stop`, `start`,
`restart`, `freeze` or `thaw` and names (by default all nodes and workers), is answered by another such line, and the
end of the input ends everything.
"""

from __future__ import annotations

import argparse
import queue
import signal
import sys
import threading
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec

from parts.cluster.installation import Cluster
from parts.cluster.nodes import Node, Worker
from parts.program import DidNotStart, Program, takes_connections

_COMMANDS: dict[str, Callable[[Program], object]] = {
    "kill": Program.kill,
    "stop": Program.stop,
    "start": Program.launch,
    "restart": Program.restart,
    "freeze": Program.freeze,
    "thaw": Program.thaw,
}


def main() -> None:
    options = _options()
    if options.port and takes_connections(options.port):
        sys.exit(f"port {options.port} is taken; --port names another")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cluster = Cluster(
        options.nodes,
        options.workers,
        port=options.port,
        data=options.data,
        program="demo" if options.demo else "serve",
    )
    try:
        cluster.start()
        _say(_as_json(cluster) if options.json else _as_text(cluster))
        _operate(cluster, _lines() if options.json else queue.SimpleQueue(), options.rolling)
    except DidNotStart as problem:
        sys.exit(f"did not start: {problem}")
    except KeyboardInterrupt:
        pass
    finally:
        cluster.stop()


def _operate(cluster: Cluster, commands: queue.SimpleQueue[str], rolling: float | None) -> None:
    """Does what it is told; in between, where asked for, restarts the nodes in turn."""
    turns = cycle(cluster.nodes)
    while True:
        try:
            command = commands.get(timeout=rolling)
        except queue.Empty:
            node = next(turns)
            if node.is_running:
                node.restart()
        else:
            if not command:
                return
            _obey(cluster, *command.split())
            _say(_as_json(cluster))


def _obey(cluster: Cluster, word: str, *names: str) -> None:
    known: list[Node | Worker] = [*cluster.nodes, *cluster.workers]
    chosen = [one for one in known if one.name in names or not names]
    for one in chosen:
        _COMMANDS[word](one)
    if word == "start":
        for one in chosen:
            one.wait_until_ready()


def _lines() -> queue.SimpleQueue[str]:
    """Standard input, read beside everything else; an empty one at its end."""
    lines = queue.SimpleQueue[str]()

    def read() -> None:
        for line in sys.stdin:
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    return lines


def _as_json(cluster: Cluster) -> str:
    known: list[Node | Worker] = [*cluster.nodes, *cluster.workers]
    state: dict[str, Any] = {
        "url": cluster.url,
        "urls": cluster.urls,
        "folder": str(cluster.folder),
        "logs": [str(program.log) for program in cluster.programs],
        "environment": cluster.environment,
        "processes": {one.name: one.pid for one in known if one.is_running},
    }
    return msgspec.json.encode(state).decode()


def _as_text(cluster: Cluster) -> str:
    lines = [
        ("Kithdesk", cluster.url),
        *((node.name, f"{node.url}   process {node.pid}") for node in cluster.nodes),
        *((worker.name, f"process {worker.pid}") for worker in cluster.workers),
        ("PostgreSQL", cluster.environment["KITHDESK_DATABASE_URL"]),
        ("NATS", f"{cluster.bus.url}   process {cluster.bus.pid}"),
        ("S3", f"{cluster.objects.endpoint}   process {cluster.objects.pid}"),
        ("logs", str(cluster.folder)),
    ]
    shown = "".join(f"  {name:12}{words}\n" for name, words in lines)
    return f"""
{shown}
  For commands, in another terminal:

    . {cluster.write_environment()}
    .venv/bin/kithdesk init --org Acme --email ana@acme.example --name Ana

  Ctrl+C ends everything."""


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m parts.cluster", description="A whole installation on this machine, until Ctrl+C."
    )
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--port", type=int, default=8080, help="of the balancer; 0 is any")
    parser.add_argument("--data", type=Path, help="a folder to keep; by default all is gone at the end")
    parser.add_argument("--demo", action="store_true", help="the demo, with its shop, on every node")
    parser.add_argument("--rolling", type=float, help="restart the next node, so many seconds after the last")
    parser.add_argument("--json", action="store_true", help="for programs: JSON out, commands in")
    return parser.parse_args()


if __name__ == "__main__":
    main()
