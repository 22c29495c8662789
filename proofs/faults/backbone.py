"""What happens to what several nodes stand on: the database, the bus, and the lines to both."""

from __future__ import annotations

import asyncio
import json
from random import Random

from proofs.cluster import Lines
from proofs.faults.scene import Inflict, Scene
from proofs.history import Fault
from proofs.proxy import Proxy

HEADS = "kithdesk.heads"
"""What the nodes' hints are called on the bus."""


async def database_crashes(scene: Scene) -> None:
    """PostgreSQL ends at once, and recovers from its log."""
    await scene.talk(0.2, 1)
    postgres = scene.cluster.ground.postgres
    await asyncio.to_thread(postgres.stop, "immediate")
    await scene.talk(0, 2)
    await asyncio.to_thread(postgres.start)
    scene.history.note(Fault("database crashes"))
    await scene.talk(0.3, 1)


async def database_cut(scene: Scene) -> None:
    """One node loses all its connections to the database, in the middle of whatever it is doing."""
    for _ in range(scene.random.randint(1, 4)):
        await scene.talk(0.1, 0.6)
        _lines(scene).database.reset()
    scene.history.note(Fault("database cut"))
    await scene.talk(0.3, 0.6)


async def commit_unanswered(scene: Scene) -> None:
    """What one node tells the database arrives, and no answer does; then the line is cut."""
    line = _lines(scene).database
    for _ in range(scene.random.randint(1, 4)):
        await scene.talk(0.2, 0.6)
        line.to_client.flows.clear()
        await scene.talk(0.05, 0.5)
        line.reset()
        line.clear_up()
    scene.history.note(Fault("commit unanswered"))
    await scene.talk(0.3, 0.6)


async def database_deaf(scene: Scene) -> None:
    """Between one node and the database nothing passes for a while; then all of it does."""
    await scene.talk(0.2, 0.6)
    line = _lines(scene).database
    for weather in (line.to_server, line.to_client):
        weather.flows.clear()
    await scene.talk(1, 7)
    line.clear_up()
    scene.history.note(Fault("database deaf"))
    await scene.talk(0.3, 0.6)


async def database_slow(scene: Scene) -> None:
    """Every word between one node and the database takes its time."""
    await scene.talk(0.2, 0.6)
    line = _lines(scene).database
    line.to_server.delay = line.to_client.delay = (0, 0.02)
    await scene.talk(1, 3)
    line.clear_up()
    scene.history.note(Fault("database slow"))
    await scene.talk(0.3, 0.6)


async def bus_dies(scene: Scene) -> None:
    """NATS is killed, and knows nothing more when it comes back."""
    await scene.talk(0.2, 0.6)
    bus = scene.cluster.ground.bus
    await asyncio.to_thread(bus.kill)
    await scene.talk(0.5, 4)
    await asyncio.to_thread(bus.start)
    scene.history.note(Fault("bus dies"))
    await scene.talk(0.3, 0.6)


async def bus_careless(scene: Scene) -> None:
    """On its way to and from every node a message may be late, lost, or come twice."""
    await scene.talk(0.2, 0.6)
    for line in _bus_lines(scene):
        for weather in (line.to_server, line.to_client):
            weather.lost, weather.doubled, weather.delay = 0.3, 0.3, (0, 0.05)
    await scene.talk(1, 4)
    for line in _bus_lines(scene):
        line.clear_up()
    scene.history.note(Fault("bus careless"))
    await scene.talk(0.3, 0.6)


async def bus_deaf(scene: Scene) -> None:
    """Nothing passes between one node and the bus; then the line is cut."""
    await scene.talk(0.2, 0.6)
    line = _lines(scene).bus
    for weather in (line.to_server, line.to_client):
        weather.flows.clear()
    await scene.talk(1, 6)
    line.reset()
    line.clear_up()
    scene.history.note(Fault("bus deaf"))
    await scene.talk(0.3, 0.6)


async def bus_lies(scene: Scene) -> None:
    """Somebody tells all nodes of positions that are not there yet, or long past, and other nonsense."""
    await scene.talk(0.2, 0.6)
    _, writer = await asyncio.open_connection("127.0.0.1", scene.cluster.ground.bus.port)
    writer.write(b'CONNECT {"verbose":false}\r\n')
    for _ in range(scene.random.randint(20, 100)):
        writer.write(_lie(scene.random, scene.cluster.organisation, scene.highest_position_told()))
        await scene.talk(0, 0.1)
    writer.close()
    scene.history.note(Fault("bus lies"))
    await scene.talk(0.3, 0.6)


def _lie(random: Random, organisation: str, told: int) -> bytes:
    positions = (
        told + random.randint(1, 5),
        told + random.randint(5, 10_000),
        told // 2,
        0,
        -1,
        2**62,
        "1",
        None,
    )
    message = {"organisation": organisation, "position": random.choice(positions)}
    content = json.dumps(message).encode() if random.random() < 0.95 else b"{nothing"
    return f"PUB {HEADS} {len(content)}\r\n".encode() + content + b"\r\n"


def _lines(scene: Scene) -> Lines:
    return scene.cluster.lines_of(scene.node)


def _bus_lines(scene: Scene) -> list[Proxy]:
    return [lines.bus for lines in scene.cluster.lines]


OF_SEVERAL: dict[str, Inflict] = {
    "database_crashes": database_crashes,
    "database_cut": database_cut,
    "commit_unanswered": commit_unanswered,
    "database_deaf": database_deaf,
    "database_slow": database_slow,
    "bus_dies": bus_dies,
    "bus_careless": bus_careless,
    "bus_deaf": bus_deaf,
    "bus_lies": bus_lies,
}
