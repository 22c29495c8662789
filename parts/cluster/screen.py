"""What a person sees of a cluster: what it does while it starts, where everything is, and who went and came back."""

from __future__ import annotations

import sys
import threading
import time

from parts.cluster.commands import Part, parts_of
from parts.cluster.installation import Cluster

_STILL_AFTER_SECONDS = 5.0


class Screen:
    """Lines on standard output. Nothing of it is for programs: they take `--json`."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._doing = ""
        self._started = threading.Event()
        self._running: dict[str, bool] = {}

    def tell(self, doing: str) -> None:
        """What begins now, before everything is there; said again for as long as it lasts."""
        if not self._doing:
            threading.Thread(target=self._say_it_again, daemon=True).start()
        self._doing = doing
        say(f"  {self._seconds()} s  {doing}")

    def show(self, cluster: Cluster) -> None:
        self._started.set()
        say(_everything(cluster))
        self.expect(cluster)

    def expect(self, cluster: Cluster) -> None:
        """Whatever runs or does not run now is meant to."""
        self._running = {name: part.is_running for name, part in parts_of(cluster).items()}

    def watch(self, cluster: Cluster) -> None:
        """Says who has gone, or come back, and nobody told it to here."""
        for name, part in parts_of(cluster).items():
            if part.is_running == self._running[name]:
                continue
            self._running[name] = part.is_running
            now(f"{name} is back" if part.is_running else f"{name} has gone; `start {name}` brings it back")

    def done(self, word: str, cluster: Cluster, names: list[str]) -> None:
        for name in names:
            now(f"{name} {_state(name, parts_of(cluster)[name], is_frozen=word == 'freeze')}")
        self.expect(cluster)

    def _say_it_again(self) -> None:
        while not self._started.wait(_STILL_AFTER_SECONDS):
            say(f"  {self._seconds()} s  … {self._doing}")

    def _seconds(self) -> str:
        return f"{time.monotonic() - self._began:5.0f}"


def now(words: str) -> None:
    say(f"  {time.strftime('%H:%M:%S')}  {words}")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _state(name: str, part: Part, *, is_frozen: bool) -> str:
    if is_frozen:
        return f"stands still, with all its connections open; `thaw {name}` lets it go on"
    return f"runs, process {part.pid}" if part.is_running else f"does not run; `start {name}` brings it back"


def _everything(cluster: Cluster) -> str:
    lines = [
        ("Kithdesk", cluster.url),
        *((node.name, f"{node.url}   process {node.pid}") for node in cluster.nodes),
        *((worker.name, f"process {worker.pid}") for worker in cluster.workers),
        ("database", f"{cluster.environment['KITHDESK_DATABASE_URL']}   process {cluster.postgres.pid}"),
        ("bus", f"{cluster.bus.url}   process {cluster.bus.pid}"),
        ("store", f"{cluster.objects.endpoint}   process {cluster.objects.pid}"),
        ("logs", str(cluster.folder)),
    ]
    shown = "".join(f"  {name:12}{words}\n" for name, words in lines)
    return f"""
{shown}
  For commands, in another terminal:

    . {cluster.write_environment()}
    .venv/bin/kithdesk init --org Acme --email ana@acme.example --name Ana

  Type here, and press Enter:

    kill node1      as a power cut would; stop, start and restart are the others
    start node1     and so with every name above, from node1 to store

  Ctrl+C ends everything.
"""
