"""What is done to the server. Each fault leaves it running again, or says in the history that it did not come back."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from proofs import wal
from proofs.clients import Client
from proofs.history import (
    Acked,
    Fault,
    Heard,
    History,
    Outlived,
    Ponged,
    Restarted,
    Stopped,
    Subscribed,
)
from proofs.server import DidNotStart, Server

CRASH_POINTS = range(1, 7)
"""Numbered places on the server's commit path: 1 before BEGIN, 2 after the verbs, 3 before COMMIT, 4 after it,
5 when half of the senders were told, 6 when everybody was."""


@dataclass
class Scene:
    """Everything a fault may touch."""

    server: Server
    clients: Sequence[Client]
    history: History
    random: Random
    crash_at: str | None = None
    """Where the running server will kill itself, if it was started so."""
    told: int = field(default=0)

    async def talk(self, shortest: float, longest: float) -> None:
        """Lets everybody talk for a while."""
        await asyncio.sleep(self.random.uniform(shortest, longest))

    async def start(self, crash_at: str | None = None) -> None:
        self.crash_at = crash_at
        await self.bury()
        environment = {} if crash_at is None else {"KITHDESK_CRASH_AT": crash_at}
        try:
            self.history.note(Restarted(round(await self.server.start(**environment), 2)))
        except DidNotStart:
            if crash_at is None:
                raise
            # It reached its crash point before anybody could connect.
            self.history.note(Fault("crash", f"{crash_at} while starting"))
            await self.start()

    async def bury(self) -> None:
        """Whatever a dead server left running is noted, and ended before the next one starts."""
        if self.server.was_started and (left := await self.server.end_survivors()):
            self.history.note(Outlived(tuple(left)))

    def highest_position_told(self) -> int:
        for record in self.history:
            match record:
                case Heard(_, _, event):
                    self.told = max(self.told, event.position)
                case Acked() | Subscribed() | Ponged():
                    self.told = max(self.told, record.position or 0)
                case _:
                    pass
        return self.told


async def kill(scene: Scene) -> None:
    """SIGKILL at a random moment."""
    await scene.talk(0.2, 1.2)
    await scene.server.kill()
    scene.history.note(Fault("kill"))


async def crash(scene: Scene) -> None:
    """The server kills itself at a numbered point of its commit path."""
    if scene.crash_at is None:  # It did so already, while starting.
        return
    if await scene.server.wait(timeout=20) is None:
        scene.history.note(Fault("crash", f"{scene.crash_at} was never reached"))
        await scene.server.kill()
        return
    scene.history.note(Fault("crash", scene.crash_at))


async def pause(scene: Scene) -> None:
    """The process stands still for a while, and goes on as if nothing had been."""
    await scene.talk(0.2, 0.8)
    scene.server.signal(signal.SIGSTOP)
    await scene.talk(0.3, 3)
    scene.server.signal(signal.SIGCONT)
    scene.history.note(Fault("pause"))
    await scene.talk(0.2, 0.5)


async def drain(scene: Scene) -> None:
    """A planned stop: everything taken is finished, exit 0."""
    await scene.talk(0.2, 0.8)
    begin = time.monotonic()
    scene.server.signal(signal.SIGTERM)
    code = await scene.server.wait(timeout=40)
    await scene.server.kill()
    scene.history.note(Fault("drain"))
    scene.history.note(Stopped(-1 if code is None else code, round(time.monotonic() - begin, 2)))


async def power_cut(scene: Scene) -> None:
    """SIGKILL, and what was written but perhaps not synced is damaged."""
    await scene.talk(0.2, 1.2)
    await scene.server.kill()
    # What the dead server had sent is still on its way to the clients, and they were told it.
    await asyncio.sleep(0.3)
    done = wal.tear(database_of(scene.server.data), scene.random, told=scene.highest_position_told())
    scene.history.note(Fault("power cut", done))


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
    log = database_of(scene.server.data).with_name(database_of(scene.server.data).name + "-wal")
    scene.server.limit_file_size(log.stat().st_size + scene.random.randint(0, 40_000))
    await scene.talk(0.5, 1.5)
    if scene.server.is_alive:
        scene.server.limit_file_size(-1)
    scene.history.note(Fault("writes fail", "" if scene.server.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


async def disk_full(scene: Scene) -> None:
    """The disk fills up under the server, and somebody makes room again. Only where the data is on a small disk."""
    await scene.talk(0.2, 0.6)
    ballast = scene.server.data.parent / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass
    await scene.talk(0.5, 1.5)
    ballast.unlink()
    scene.history.note(Fault("disk full", "" if scene.server.is_alive else "the server ended"))
    await scene.talk(0.3, 0.6)


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
}


def database_of(data: Path) -> Path:
    """The one file of state in a data folder."""
    found = sorted(data.glob("*.sqlite3")) + sorted(data.glob("*.db"))
    if not found:
        raise FileNotFoundError("the data folder holds no database")
    return found[0]
