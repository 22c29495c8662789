"""Plays one attack: a new installation, people who talk, faults one after another, the last reading."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from proofs.attack import Attack, faults_of
from proofs.clients import Client
from proofs.cluster import Cluster
from proofs.crowd import talking
from proofs.deployment import Alone, Deployment
from proofs.faults import FAULTS, Scene
from proofs.history import Began, Fault, History, Restarted, Settled, Unfinished, Verified
from proofs.people import CAPACITY, People, people_of
from proofs.reading import read_all
from proofs.visitors import Visitor

SETTLE_SECONDS = 30
HOME_SECONDS = 45
"""How long after an agent went home it must be known, on a busy machine too."""
GRACE_SECONDS = 2
"""What a timer has, to the second and with a server that may have been starting."""
TALK, TALK_SECONDS = 100, 5
"""How many answers there are between two faults, unless they take too long."""
SMALL_DISK_MEGABYTES = 256
KEPT_WORDS = 4_000


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
    async with talking(attack, people, deployment, history, random) as clients:
        scene.clients = clients
        await scene.talk(0.3, 0.6)
        for fault in faults_of(attack, history):
            await _let_talk(history)
            await _inflict(fault, scene)
        await scene.talk(0.3, 0.6)
        wake_seconds = attack.snooze_seconds[1] + GRACE_SECONDS
        await _settle(clients, history, HOME_SECONDS if attack.sends_home else wake_seconds)
    visitors = [client for client in clients if isinstance(client, Visitor)]
    await read_all(
        [node.url for node in deployment.nodes],
        history,
        api_key=people.api_key,
        agent_token=people.agent_tokens[0],
        agents=people.agents,
        visitors=visitors,
    )
    history.note(Unfinished(await _unfinished(deployment)))
    for scene.node in deployment.nodes:
        await FAULTS["drain"](scene)
        await scene.bury()
    await deployment.end_beside()
    code, output = await deployment.nodes[0].run("replay")
    history.note(Verified(code, output[-KEPT_WORDS:]))


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


async def _unfinished(deployment: Deployment) -> tuple[str, ...]:
    """Jobs that nobody has done by now. A dead node's are given to another once its lease has run out."""
    deadline = time.monotonic() + HOME_SECONDS
    while (left := await asyncio.to_thread(deployment.due_jobs)) and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.5)
    return tuple(left)


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
