"""What is done to the server. Each fault leaves it running again, or says in the history that it did not come back."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from proofs import wal
from proofs.clients import Client
from proofs.deployment import Deployment
from proofs.history import Fault, History, Outlived, Restarted, Stopped
from proofs.rules.records import position_told
from proofs.rules.running import LIVED_ON
from proofs.server import DidNotStart, Server
from proofs.shim import Missing, Orders, find

CRASH_POINTS = range(1, 7)
"""Numbered places on the server's commit path: 1 before BEGIN, 2 after the verbs, 3 before COMMIT, 4 after it,
5 when half of the senders were told, 6 when everybody was."""


@dataclass
class Scene:
    """Everything a fault may touch. `node` is the one it happens to."""

    deployment: Deployment
    node: Server
    clients: Sequence[Client]
    history: History
    random: Random
    crash_at: str | None = None
    """Where the running node will kill itself, if it was started so."""
    told: int = field(default=0)

    async def talk(self, shortest: float, longest: float) -> None:
        """Lets everybody talk for a while."""
        await asyncio.sleep(self.random.uniform(shortest, longest))

    async def start(self, crash_at: str | None = None) -> None:
        self.crash_at = crash_at
        await self.bury()
        environment = {} if crash_at is None else {"KITHDESK_CRASH_AT": crash_at}
        try:
            self.history.note(Restarted(round(await self.node.start(**environment), 2)))
        except DidNotStart:
            if crash_at is None:
                raise
            # It reached its crash point before anybody could connect.
            self.history.note(Fault("crash", f"{crash_at} while starting"))
            await self.start()

    async def bury(self) -> None:
        """Whatever a dead node left running is noted, and ended before the next one starts."""
        if self.node.was_started and (left := await self.node.end_survivors()):
            self.history.note(Outlived(tuple(left)))

    @property
    def orders(self) -> Orders:
        assert self.deployment.orders is not None, "this fault needs the shim"
        return self.deployment.orders

    def highest_position_told(self) -> int:
        self.told = max(self.told, *(position_told(record) for record in self.history))
        return self.told


async def kill(scene: Scene) -> None:
    """SIGKILL at a random moment."""
    await scene.talk(0.2, 1.2)
    await scene.node.kill()
    scene.history.note(Fault("kill"))


async def crash(scene: Scene) -> None:
    """The server kills itself at a numbered point of its commit path."""
    if scene.crash_at is None:  # It did so already, while starting.
        return
    if await scene.node.wait(timeout=20) is None:
        scene.history.note(Fault("crash", f"{scene.crash_at} was never reached"))
        await scene.node.kill()
        return
    scene.history.note(Fault("crash", scene.crash_at))


async def pause(scene: Scene) -> None:
    """The process stands still for a while, and goes on as if nothing had been."""
    await scene.talk(0.2, 0.8)
    scene.node.signal(signal.SIGSTOP)
    await scene.talk(0.3, 3)
    scene.node.signal(signal.SIGCONT)
    scene.history.note(Fault("pause"))
    await scene.talk(0.2, 0.5)


async def drain(scene: Scene) -> None:
    """A planned stop: everything taken is finished, exit 0."""
    await scene.talk(0.2, 0.8)
    begin = time.monotonic()
    scene.node.signal(signal.SIGTERM)
    code = await scene.node.wait(timeout=40)
    await scene.node.kill()
    scene.history.note(Fault("drain"))
    scene.history.note(Stopped(-1 if code is None else code, round(time.monotonic() - begin, 2)))


async def power_cut(scene: Scene) -> None:
    """SIGKILL, and what was written but perhaps not synced is damaged."""
    await scene.talk(0.2, 1.2)
    await scene.node.kill()
    # What the dead server had sent is still on its way to the clients, and they were told it.
    await asyncio.sleep(0.3)
    scene.history.note(Fault("power cut", _tear(scene)))


async def cut_sockets(scene: Scene) -> None:
    """All clients lose the network at once and come back."""
    await scene.talk(0.2, 0.8)
    for client in scene.clients:
        client.drop()
    scene.history.note(Fault("sockets cut"))
    await scene.talk(0.3, 0.8)


async def write_fails(scene: Scene) -> None:
    """No file can grow for a while: every commit fails. Then it can again."""
    await scene.talk(0.2, 0.6)
    log = log_of(scene)
    scene.node.limit_file_size(log.stat().st_size + scene.random.randint(0, 40_000))
    await scene.talk(0.5, 1.5)
    if scene.node.is_alive:
        scene.node.limit_file_size(-1)
    scene.history.note(Fault("writes fail", "" if scene.node.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


async def disk_full(scene: Scene) -> None:
    """The disk fills up under the server, and somebody makes room again. Only where the data is on a small disk."""
    await scene.talk(0.2, 0.6)
    ballast = scene.deployment.data.parent / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass
    await scene.talk(0.5, 1.5)
    ballast.unlink()
    scene.history.note(Fault("disk full", "" if scene.node.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


async def flush_fails(scene: Scene) -> None:
    """The disk says no to a flush. The process must end, for it cannot know what the disk holds."""
    await scene.talk(0.2, 0.8)
    scene.orders.give("fail_flushes", 1)
    ended = await scene.node.wait(timeout=10) is not None
    await scene.node.kill()
    scene.orders.clear()
    # What was not flushed may be lost, as after a power cut.
    await asyncio.sleep(0.3)
    scene.history.note(Fault("flush fails", _tear(scene) if ended else LIVED_ON))


async def write_torn(scene: Scene) -> None:
    """The power goes in the middle of a write: a part of it has arrived."""
    await scene.talk(0.2, 0.8)
    scene.orders.give("tear", scene.random.randint(1, 999))
    if await scene.node.wait(timeout=10) is None:
        scene.history.note(Fault("write torn", "nothing was written"))
        await scene.node.kill()
    else:
        scene.history.note(Fault("write torn"))
    scene.orders.clear()


async def no_space(scene: Scene) -> None:
    """The disk takes nothing more for a while; then somebody has made room."""
    await scene.talk(0.2, 0.6)
    scene.orders.give("disk_full", 1)
    await scene.talk(0.5, 1.5)
    scene.orders.clear()
    scene.history.note(Fault("no space", "" if scene.node.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


async def clock_jumps(scene: Scene) -> None:
    """The wall clock is an hour wrong, either way, and then right again."""
    await scene.talk(0.2, 0.6)
    hours = scene.random.choice((-1, 1))
    scene.orders.give("clock_seconds", hours * 3600)
    await scene.talk(0.5, 2)
    scene.orders.clear()
    scene.history.note(Fault("clock jumps", f"{hours} h"))
    await scene.talk(0.3, 0.6)


async def answers_lost(scene: Scene) -> None:
    """For a while nothing the server says arrives, though it hears everything; then all connections are gone."""
    await scene.talk(0.2, 0.8)
    for network in scene.deployment.networks:
        network.to_client.flows.clear()
    await scene.talk(0.2, 1)
    _reset_networks(scene)
    scene.history.note(Fault("answers lost"))
    await scene.talk(0.3, 0.6)


async def network_crawls(scene: Scene) -> None:
    """Everything takes its time on the way, and then the line is cut."""
    await scene.talk(0.2, 0.6)
    for network in scene.deployment.networks:
        network.to_server.delay = network.to_client.delay = (0.01, 0.2)
    await scene.talk(1, 3)
    _reset_networks(scene)
    scene.history.note(Fault("network crawls"))
    await scene.talk(0.3, 0.6)


def _reset_networks(scene: Scene) -> None:
    for network in scene.deployment.networks:
        network.reset()
        network.clear_up()


def _tear(scene: Scene) -> str:
    return wal.tear(scene.deployment.database, scene.random, told=scene.highest_position_told())


def log_of(scene: Scene) -> Path:
    """The write-ahead log."""
    database = scene.deployment.database
    return database.with_name(f"{database.name}-wal")


Inflict = Callable[[Scene], Awaitable[None]]
FAULTS: dict[str, Inflict] = {
    "kill": kill,
    **{f"crash_{point}": crash for point in CRASH_POINTS},
    "pause": pause,
    "drain": drain,
    "power_cut": power_cut,
    "cut_sockets": cut_sockets,
    "write_fails": write_fails,
    "disk_full": disk_full,
    "flush_fails": flush_fails,
    "write_torn": write_torn,
    "no_space": no_space,
    "clock_jumps": clock_jumps,
    "answers_lost": answers_lost,
    "network_crawls": network_crawls,
}
NEEDS_SHIM = frozenset({"flush_fails", "write_torn", "no_space", "clock_jumps"})
NEEDS_NETWORK = frozenset({"answers_lost", "network_crawls"})


def left_out() -> dict[str, str]:
    """The faults that cannot be had here, and why."""
    found = {}
    if os.geteuid() != 0:
        found["disk_full"] = "only root may mount the small disk it needs"
    if isinstance(library := find(), Missing):
        found |= dict.fromkeys(sorted(NEEDS_SHIM), library.why)
    return found
