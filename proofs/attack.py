"""One history from its seed: a new installation, people who talk, faults one after another, the last reading."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from proofs.clients import Agent, Client, Visitor
from proofs.fallback import FallbackVisitor
from proofs.faults import CRASH_POINTS, FAULTS, Scene
from proofs.history import Began, Fault, History, Settled, Verified
from proofs.people import CAPACITY, People, people_of
from proofs.reading import read_all
from proofs.server import Server, default_command

SETTLE_SECONDS = 30
SMALL_DISK_MEGABYTES = 256
KEPT_WORDS = 4_000


@dataclass(frozen=True)
class Attack:
    """What is going to happen, all of it chosen by the seed."""

    seed: int
    faults: tuple[str, ...]
    visitors: int = 60
    agents: int = 4
    in_flight: int = 4
    command: tuple[str, ...] = field(default_factory=lambda: tuple(default_command()))

    @property
    def on_small_disk(self) -> bool:
        return "disk_full" in self.faults

    @classmethod
    def of_seed(cls, seed: int, faults: Sequence[str] | None = None) -> Attack:
        random = Random(seed)
        usual = ["kill", "kill", "pause", "drain", "power_cut", "power_cut", "cut_sockets", "write_fails"]
        usual += [f"crash_{point}" for point in CRASH_POINTS]
        usual += ["disk_full"] if os.geteuid() == 0 else []  # Only root may mount the small disk it needs.
        possible = list(faults) if faults else usual
        return cls(
            seed,
            tuple(random.choice(possible) for _ in range(random.randint(3, 6))),
            visitors=random.choice((50, 60, 100)),
            agents=random.randint(2, 5),
            in_flight=random.randint(4, 6),
        )


async def run(attack: Attack, history: History) -> None:
    """Plays the attack and notes everything in `history`, which is not judged."""
    random = Random(attack.seed)
    history.note(Began(attack.seed, CAPACITY, note=" ".join(attack.faults)))
    people = await people_of(attack.visitors, attack.agents)
    with _folder(attack) as folder:
        shutil.copytree(people.data, folder / "data", ignore=shutil.ignore_patterns("*.sock"))
        # The log stands elsewhere and begins anew: a full disk or a limit on file sizes must not silence the server.
        log = people.data.parent / "attacked.log"
        log.unlink(missing_ok=True)
        server = Server(list(attack.command), folder / "data", log)
        try:
            await _play(attack, people, server, history, random)
        except Exception as problem:
            history.note(
                Fault("the attack itself failed", f"{problem!r}\n{server.last_words()[-KEPT_WORDS:]}")
            )
            raise
        finally:
            await server.kill()


async def _play(attack: Attack, people: People, server: Server, history: History, random: Random) -> None:
    points = [_crash_point(fault, random) for fault in attack.faults]
    scene = Scene(server, [], history, random)
    await scene.start(points[0])
    async with _talking(attack, people, server, history, random) as clients:
        scene.clients = clients
        await scene.talk(0.3, 0.6)
        for fault, next_point in zip(attack.faults, [*points[1:], None], strict=True):
            await FAULTS[fault](scene)
            if server.is_alive and next_point is not None:
                # A crash point is a setting of the process: it has to be started with that.
                await server.kill()
            if not server.is_alive:
                await scene.start(next_point)
        await scene.talk(0.3, 0.6)
        await _settle(clients, history)
    visitors = [client for client in clients if isinstance(client, Visitor)]
    await read_all(
        server.url,
        history,
        api_key=people.api_key,
        agent_token=people.agent_tokens[0],
        agents=people.agents,
        visitors=visitors,
    )
    await FAULTS["drain"](scene)
    await scene.bury()
    code, output = await server.run("replay")
    history.note(Verified(code, output[-KEPT_WORDS:]))


@contextlib.asynccontextmanager
async def _talking(
    attack: Attack, people: People, server: Server, history: History, random: Random
) -> AsyncIterator[list[Client]]:
    """Everybody at their socket, until the block is left."""
    clients: list[Client] = []
    for number, token in enumerate(people.visitor_tokens[: attack.visitors]):
        # One in ten sits behind a network that lets no WebSocket through.
        kind = FallbackVisitor if number % 10 == 9 else Visitor
        own = Random(random.random())
        clients.append(kind(f"visitor{number}", server.live_url, token, history, own, attack.in_flight))
    for number, token in enumerate(people.agent_tokens[: attack.agents]):
        own = Random(random.random())
        agent = Agent(f"agent{number}", server.live_url, token, history, own, 2 * attack.in_flight)
        # One never becomes available: that agent must be given nothing.
        agent.is_available = number != 1
        clients.append(agent)
    for client in clients:
        client.start()
    try:
        yield clients
    finally:
        await asyncio.gather(*(client.stop() for client in clients))


def _crash_point(fault: str, random: Random) -> str | None:
    kind, _, point = fault.partition("_")
    return f"{point}:{random.randint(1, 60)}" if kind == "crash" else None


async def _settle(clients: Sequence[Client], history: History) -> None:
    for client in clients:
        client.is_talking = False
    deadline = time.monotonic() + SETTLE_SECONDS
    while any(client.outbox for client in clients) and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    # The last events may still be on their way; a `pong` then tells how far everybody is.
    await asyncio.sleep(2)
    history.note(Settled(tuple(client_id for client in clients for client_id in client.outbox)))


@contextlib.contextmanager
def _folder(attack: Attack) -> Iterator[Path]:
    """Where the installation lives: on disk, or on a disk so small that it can be filled."""
    folder = Path(tempfile.mkdtemp(prefix="kithdesk-proof-", dir=os.environ.get("KITHDESK_PROOF_FOLDER")))
    try:
        if attack.on_small_disk:
            size = f"size={SMALL_DISK_MEGABYTES}m"
            subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
        yield folder
    finally:
        if attack.on_small_disk:
            subprocess.run(["umount", "-l", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)
