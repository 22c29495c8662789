"""`python -m parts.cluster`: several nodes on this machine, until Ctrl+C.

    python -m parts.cluster --nodes 3 --workers 1 --port 8080
    python -m parts.cluster --data FOLDER --demo      # the demo, which is there again the next time
    python -m parts.cluster --rolling 5               # one node after the other is restarted, for ever
    python -m parts.cluster --json                    # for programs, see below

Each line typed into it is a word and names: `kill`, `stop`, `start`, `restart`, `freeze` or `thaw`, and `node1`,
`worker1`, `database`, `bus`, `store` (by default all nodes and workers). It says what was done, and who went by itself.

With `--json`: a line of JSON when all of it is ready; then each line on standard input is answered by another such
line, and the end of the input ends everything.
"""

from __future__ import annotations

import argparse
import contextlib
import queue
import signal
import sys
import threading
import time
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec

from parts.cluster.commands import UnknownWords, obey
from parts.cluster.installation import Cluster
from parts.cluster.nodes import Node, Worker
from parts.cluster.screen import Screen, now, say
from parts.program import DidNotStart, takes_connections

_LOOK_SECONDS = 1.0


def main() -> None:
    options = _options()
    if options.port and takes_connections(options.port):
        sys.exit(f"port {options.port} is taken; --port names another")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGTTIN, signal.SIG_IGN)  # in the background nothing can be typed, and all goes on
    screen = None if options.json else Screen()
    cluster = None
    try:
        cluster = _made(options, screen)
        cluster.start()
        if screen is None:
            _answer(cluster, options.rolling)
        else:
            screen.show(cluster)
            _attend(cluster, screen, options.rolling)
    except DidNotStart as problem:
        sys.exit(f"did not start: {problem}")
    except KeyboardInterrupt:
        pass
    finally:
        if cluster is not None:
            cluster.stop()


def _made(options: argparse.Namespace, screen: Screen | None) -> Cluster:
    return Cluster(
        options.nodes,
        options.workers,
        port=options.port,
        data=options.data,
        program="demo" if options.demo else "serve",
        tell=(lambda _words: None) if screen is None else screen.tell,
    )


def _answer(cluster: Cluster, rolling: float | None) -> None:
    """Does what a program tells it; in between, where asked for, restarts the nodes in turn."""
    commands = _lines()
    turns = cycle(cluster.nodes)
    say(_as_json(cluster))
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
            obey(cluster, command.split())
            say(_as_json(cluster))


def _attend(cluster: Cluster, screen: Screen, rolling: float | None) -> None:
    """The same for a person, who is told what happens. The end of the input is no end: it may never have had one."""
    commands = _lines()
    turns = cycle(cluster.nodes)
    turned = time.monotonic()
    while True:
        try:
            words = commands.get(timeout=_LOOK_SECONDS).split()
        except queue.Empty:
            screen.watch(cluster)
        else:
            if words:
                _do(cluster, screen, words)
        if rolling is not None and time.monotonic() > turned + rolling:
            node = next(turns)
            if node.is_running:
                _do(cluster, screen, ["restart", node.name])
            turned = time.monotonic()


def _do(cluster: Cluster, screen: Screen, words: list[str]) -> None:
    now(f"{' '.join(words)} …")
    try:
        screen.done(words[0], cluster, obey(cluster, words))
    except UnknownWords as problem:
        now(str(problem))
    except DidNotStart as problem:
        now(f"did not start: {problem}")
        screen.expect(cluster)


def _lines() -> queue.SimpleQueue[str]:
    """Standard input, read beside everything else; an empty one at its end."""
    lines = queue.SimpleQueue[str]()

    def read() -> None:
        with contextlib.suppress(OSError):  # the terminal is somebody else's
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
