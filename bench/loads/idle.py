"""Very many sockets that say nothing, and agents among them whose status changes."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

import msgspec

from bench.processes import memory_of
from bench.sockets import Frame, LiveSocket, connect_all, joiner


class IdlePlan(msgspec.Struct, tag="idle"):
    url: str
    server: int
    """The server's process id, whose memory is read when all are connected."""
    seconds: float
    raw_sockets: int = 0
    """For the floor: this many sockets on `/echo` and nobody else."""
    visitors: list[str] = msgspec.field(default_factory=list)
    agents: list[str] = msgspec.field(default_factory=list)
    presence_changes: bool = False


class IdleResult(msgspec.Struct):
    sockets: int
    megabytes_before: float
    megabytes_after: float
    seconds_to_connect: float
    visitor_frames: dict[str, int]
    """What visitors heard while agents' statuses changed, by op."""
    agent_frames: dict[str, int]
    status_changes: int
    closed: int


class Counting(LiveSocket):
    def __init__(self, heard: Counter[str]) -> None:
        super().__init__()
        self._heard = heard

    def on_frame(self, frame: Frame) -> None:
        self._heard[frame.event.kind if frame.event is not None else frame.op] += 1


async def play(plan: IdlePlan) -> IdleResult:
    before, begin = memory_of(plan.server), time.perf_counter()
    visitor_heard: Counter[str] = Counter()
    agent_heard: Counter[str] = Counter()
    raw = await connect_all(lambda _: LiveSocket(), [f"{plan.url}/echo"], plan.raw_sockets)
    agents = await connect_all(
        lambda _: Counting(agent_heard),
        [f"{plan.url}/v1/live"],
        len(plan.agents),
        join=joiner(plan.agents, "inbox"),
    )
    visitors = await connect_all(
        lambda _: Counting(visitor_heard),
        [f"{plan.url}/c/v1/live"],
        len(plan.visitors),
        join=joiner(plan.visitors, "visitor"),
    )
    connected = time.perf_counter() - begin
    everyone = [*raw, *agents, *visitors]
    keeping = asyncio.create_task(_keep_alive(everyone))
    await asyncio.sleep(2)
    visitor_heard.clear()
    agent_heard.clear()
    changes = await _change_statuses(agents) if plan.presence_changes else 0
    await asyncio.sleep(plan.seconds)
    after = memory_of(plan.server)
    keeping.cancel()
    return IdleResult(
        sockets=len(everyone),
        megabytes_before=before,
        megabytes_after=after,
        seconds_to_connect=round(connected, 1),
        visitor_frames=dict(visitor_heard),
        agent_frames=dict(agent_heard),
        status_changes=changes,
        closed=sum(socket.is_closed for socket in everyone),
    )


async def _keep_alive(sockets: list[LiveSocket]) -> None:
    """A sign of life from each every 25 s, as the protocol asks, spread over the time."""
    while True:
        for first in range(0, len(sockets), 50):
            for socket in sockets[first : first + 50]:
                if not socket.is_closed:
                    socket.say({"op": "ping"})
            await asyncio.sleep(25 * 50 / len(sockets))


async def _change_statuses(agents: list[Counting]) -> int:
    for status in ("available", "busy"):
        for agent in agents:
            agent.say({"op": "presence", "status": status})
            await asyncio.sleep(0.002)
    return 2 * len(agents)
