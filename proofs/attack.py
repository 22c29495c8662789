"""One history from its seed: a new installation, people who talk, faults one after another, the last reading."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from proofs.agents import Agent
from proofs.clients import Client
from proofs.cluster import Cluster
from proofs.deployment import Alone, Deployment
from proofs.fallback import FallbackVisitor
from proofs.faults import (
    CRASH_POINTS,
    FAULTS,
    NEEDS_NETWORK,
    NEEDS_SHIM,
    OF_A_FILE,
    OF_SEVERAL,
    Scene,
    left_out,
)
from proofs.history import Began, Fault, History, Moment, Restarted, Settled, Verified
from proofs.people import CAPACITY, People, people_of
from proofs.reading import read_all
from proofs.server import default_command
from proofs.visitors import Tab, Visitor

SETTLE_SECONDS = 30
HOME_SECONDS = 45
"""How long after an agent went home it must be known, on a busy machine too."""
WAKE_SECONDS = 6
"""Longer than the longest snooze that agents ask for, and the grace a timer has."""
SENDS_A_CHANGE = 200
TALK, TALK_SECONDS = 100, 5
"""How many answers there are between two faults, unless they take too long."""
SMALL_DISK_MEGABYTES = 256
KEPT_WORDS = 4_000
USUAL = (
    *("kill", "kill", "pause", "drain", "cut_sockets", "clock_jumps", "answers_lost", "network_crawls"),
    *(f"crash_{point}" for point in CRASH_POINTS),
    *("power_cut", "power_cut", "write_fails", "disk_full", "no_space", "flush_fails", "write_torn"),
    *("freeze", "roll", "worker_killed"),
    *("database_crashes", "database_crashes", "database_cut", "commit_unanswered", "commit_unanswered"),
    *("database_deaf", "database_slow", "bus_dies", "bus_careless", "bus_deaf", "bus_lies"),
)
"""How often each happens beside the others, where it can happen at all."""


@dataclass(frozen=True)
class Attack:
    """What is going to happen, all of it chosen by the seed."""

    seed: int
    faults: tuple[str, ...]
    visitors: int = 60
    agents: int = 4
    in_flight: int = 4
    operations: int = 0
    """The faults come again and again until so many sends were answered, and a fair share of changes."""
    nodes: int = 1
    """One is on SQLite, more are on PostgreSQL."""
    has_worker: bool = False
    sends_home: bool = False
    """One agent leaves in the middle of it; must be known to be gone, and have given back what was at hand."""
    is_short: bool = True
    """Nothing that takes a minute."""
    command: tuple[str, ...] = field(default_factory=lambda: tuple(default_command()))

    @property
    def on_small_disk(self) -> bool:
        return "disk_full" in self.faults

    @property
    def needs_shim(self) -> bool:
        return not NEEDS_SHIM.isdisjoint(self.faults)

    @property
    def needs_network(self) -> bool:
        return not NEEDS_NETWORK.isdisjoint(self.faults)

    @classmethod
    def of_seed(
        cls,
        seed: int,
        faults: Sequence[str] | None = None,
        operations: int = 0,
        nodes: Sequence[int] = (1, 2, 1, 3),
    ) -> Attack:
        """Raises `ValueError` when none of the `faults` happens to so many nodes."""
        random = Random(seed)
        missing = left_out()
        wanted = list(faults) if faults else [fault for fault in USUAL if fault not in missing]
        suitable = [number for number in nodes if any(happens_to(fault, number) for fault in wanted)]
        if not suitable:
            raise ValueError(f"none of these happens to {list(nodes)} nodes: {', '.join(wanted)}")
        number = random.choice(suitable)
        possible = [fault for fault in wanted if happens_to(fault, number)]
        chosen = tuple(random.choice(possible) for _ in range(random.randint(3, 6)))
        return cls(
            seed,
            chosen,
            visitors=60 if operations else random.choice((50, 60, 100)),
            agents=random.randint(3, 5),
            in_flight=random.randint(1, 6) if number == 1 else random.randint(4, 6),
            operations=operations,
            nodes=number,
            has_worker=number > 1 and (random.random() < 0.5 or "worker_killed" in chosen),
            sends_home=number > 1 and random.random() < 0.3,
            is_short=False,
        )


def happens_to(fault: str, nodes: int) -> bool:
    """Whether the fault can happen to an installation of so many nodes."""
    return fault not in (OF_SEVERAL if nodes == 1 else OF_A_FILE)


async def run(attack: Attack, history: History, logs: Path | None = None) -> None:
    """Plays the attack and notes everything in `history`, which is not judged. What the nodes log goes to `logs`."""
    random = Random(attack.seed)
    people = await people_of(attack.visitors, attack.agents)
    with _folder(attack) as folder:
        deployment = await _deployment(attack, people, folder, random)
        try:
            if attack.needs_network:
                await deployment.put_network_between(random)
            note = "; ".join([f"{attack.nodes} nodes", " ".join(attack.faults), *deployment.seeds])
            history.note(Began(attack.seed, CAPACITY, note, tuple(people.agents[: attack.agents])))
            await _play(attack, people, deployment, history, random)
        except Exception as problem:
            history.note(
                Fault("the attack itself failed", f"{problem!r}\n{deployment.last_words[-KEPT_WORDS:]}")
            )
            raise
        finally:
            await deployment.stop()
            if logs is not None:
                _keep_logs(deployment, logs)


def _keep_logs(deployment: Deployment, logs: Path) -> None:
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    for number, node in enumerate(deployment.nodes, 1):
        if node.was_started:
            shutil.copyfile(node.log, logs / f"node{number}.log")


async def _deployment(attack: Attack, people: People, folder: Path, random: Random) -> Deployment:
    command = list(attack.command)
    if attack.nodes > 1:
        return await Cluster.on_postgresql(
            command,
            folder,
            people,
            random,
            nodes=attack.nodes,
            has_worker=attack.has_worker,
            needs_shim=attack.needs_shim,
        )
    shutil.copytree(people.data, folder / "data", ignore=shutil.ignore_patterns("*.sock"))
    # The log stands elsewhere and begins anew: a full disk or a limit on file sizes must not silence the server.
    log = people.data.parent / "attacked.log"
    log.unlink(missing_ok=True)
    return Alone(command, folder / "data", log, needs_shim=attack.needs_shim)


async def _play(
    attack: Attack, people: People, deployment: Deployment, history: History, random: Random
) -> None:
    scene = Scene(deployment, deployment.nodes[0], [], history, random, attack.is_short)
    for seconds in await asyncio.gather(*(node.start() for node in deployment.nodes)):
        history.note(Restarted(round(seconds, 2)))
    await deployment.begin_beside()
    async with _talking(attack, people, deployment, history, random) as clients:
        scene.clients = clients
        await scene.talk(0.3, 0.6)
        for fault in faults_of(attack, history):
            await _let_talk(history)
            await _inflict(fault, scene)
        await scene.talk(0.3, 0.6)
        await _settle(clients, history, HOME_SECONDS if attack.sends_home else WAKE_SECONDS)
    visitors = [client for client in clients if isinstance(client, Visitor)]
    await read_all(
        [node.url for node in deployment.nodes],
        history,
        api_key=people.api_key,
        agent_token=people.agent_tokens[0],
        agents=people.agents,
        visitors=visitors,
    )
    for scene.node in deployment.nodes:
        await FAULTS["drain"](scene)
        await scene.bury()
    await deployment.end_beside()
    code, output = await deployment.nodes[0].run("replay")
    history.note(Verified(code, output[-KEPT_WORDS:]))


def faults_of(attack: Attack, history: History) -> Iterator[str]:
    """What happens next, as long as the history has not seen enough."""
    yield from attack.faults
    for fault in itertools.cycle(attack.faults):
        if history.acked >= attack.operations and history.changed >= attack.operations // SENDS_A_CHANGE:
            return
        yield fault


async def _let_talk(history: History) -> None:
    """On a machine that has other things to do, faults must not come faster than anything can be said."""
    enough, deadline = history.acked + TALK, time.monotonic() + TALK_SECONDS
    while history.acked < enough and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.05)


async def _inflict(fault: str, scene: Scene) -> None:
    scene.node = scene.deployment.any_node(scene.random)
    if (point := _crash_point(fault, scene.random)) is not None:
        # A crash point is a setting of the process: it has to be started with that.
        await scene.node.kill()
        await scene.start(point)
    await FAULTS[fault](scene)
    if not scene.node.is_alive:
        await scene.start()


@contextlib.asynccontextmanager
async def _talking(
    attack: Attack, people: People, deployment: Deployment, history: History, random: Random
) -> AsyncIterator[list[Client]]:
    """Everybody at their socket, until the block is left."""
    # Agents come first: a server that is busy with visitors lets nobody in quickly.
    clients = [
        *_agents(attack, people, deployment, history, random),
        *_visitors(attack, people, deployment, history, random),
    ]
    beside = [asyncio.create_task(_keep_time(history))]
    for client in clients:
        client.start()
    if attack.sends_home:
        leaving = [client for client in clients if isinstance(client, Agent)][-1]
        beside.append(asyncio.create_task(_send_home(leaving, random.uniform(1, 5))))
    try:
        yield clients
    finally:
        await asyncio.gather(*(client.stop() for client in clients))
        for task in beside:
            await Client.end(task)


async def _keep_time(history: History) -> None:
    while True:
        history.note(Moment(round(time.time() * 1000)))
        await asyncio.sleep(0.1)


async def _send_home(agent: Agent, after: float) -> None:
    await asyncio.sleep(after)
    await agent.go_home()


def _agents(
    attack: Attack, people: People, deployment: Deployment, history: History, random: Random
) -> Iterator[Client]:
    for number, token in enumerate(people.agent_tokens[: attack.agents]):
        own = Random(random.random())
        agent = Agent(f"agent{number}", deployment.doors, token, history, own, 2 * attack.in_flight)
        agent.colleagues = people.agents[: attack.agents]
        # One never becomes available: that agent must be given nothing.
        agent.is_available = number != 1
        yield agent


def _visitors(
    attack: Attack, people: People, deployment: Deployment, history: History, random: Random
) -> Iterator[Client]:
    for number, browser in enumerate(people.browsers[: attack.visitors]):
        # One in ten sits behind a network that lets no WebSocket through.
        kind = FallbackVisitor if number % 10 == 9 else Visitor
        own = Random(random.random())
        visitor = kind(f"visitor{number}", deployment.doors, browser.token, history, own, attack.in_flight)
        visitor.tracking_id = browser.tracking_id
        if number % 4 == 1:
            visitor.log_in(people.widget_key, people.identity_secret, after=random.uniform(0.5, 8))
        yield visitor
        if number % (8 if attack.nodes == 1 else 3) == 1:
            yield Tab(visitor, deployment.doors, history, Random(random.random()), attack.in_flight)


def _crash_point(fault: str, random: Random) -> str | None:
    kind, _, point = fault.partition("_")
    return f"{point}:{random.randint(1, 60)}" if kind == "crash" else None


async def _settle(clients: Sequence[Client], history: History, quiet: float) -> None:
    for client in clients:
        client.is_talking = False
    deadline = time.monotonic() + SETTLE_SECONDS
    while any(client.unanswered for client in clients) and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    # Who is snoozed wakes up, and the last events may still be on their way: a `pong` then tells how far everybody is.
    await asyncio.sleep(quiet)
    open_sends = tuple(client_id for client in clients for client_id in client.unanswered)
    history.note(Settled(open_sends, at=round(time.time() * 1000)))


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
