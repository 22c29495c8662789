"""Conversations that arrive one after another: how long until each is given to an agent."""

from __future__ import annotations

import asyncio
import time

import msgspec

from bench.percentiles import Latency, latency
from bench.sockets import Frame, LiveSocket, connect, connect_all


class AssignmentPlan(msgspec.Struct, tag="assignment"):
    url: str
    visitors: list[str]
    agents: list[str]
    per_second: float
    expect_assigned: bool = True
    """False: nobody has room, so what is measured is the acknowledgement of arrivals that have to wait."""


class AssignmentResult(msgspec.Struct):
    arrived: int
    assigned: int
    to_assigned: Latency
    to_ack: Latency


class Watcher(LiveSocket):
    """An agent's inbox, which hears who was given what."""

    def __init__(self) -> None:
        super().__init__()
        self.assigned_at: dict[str, float] = {}

    def on_frame(self, frame: Frame) -> None:
        if frame.event is not None and frame.event.kind == "conversation.assigned":
            self.assigned_at.setdefault(
                bytes(frame.event.data.conversation).decode().strip('"'), time.perf_counter()
            )


class Arrival(LiveSocket):
    def __init__(self) -> None:
        super().__init__()
        self.sent_at = 0.0
        self.acked_at = 0.0
        self.conversation = ""

    def arrive(self) -> None:
        self.sent_at = time.perf_counter()
        frame = {
            "op": "send",
            "id": "first",
            "conversation": None,
            "newConversation": "first",
            "body": "Hello?",
        }
        self.say(frame | {"attachments": [], "kind": "message"})

    def on_frame(self, frame: Frame) -> None:
        if frame.op == "ack" and frame.conversation is not None:
            self.acked_at = time.perf_counter()
            self.conversation = frame.conversation


async def play(plan: AssignmentPlan) -> AssignmentResult:
    agents = await connect_all(lambda _: Watcher(), [f"{plan.url}/v1/live"], len(plan.agents))
    for agent, token in zip(agents, plan.agents, strict=True):
        await agent.greet(token)
        await agent.subscribe("inbox")
        agent.say({"op": "presence", "status": "available" if plan.expect_assigned else "unavailable"})
    await asyncio.sleep(0.5)
    arrivals: list[Arrival] = []
    begin = time.perf_counter()
    for number, token in enumerate(plan.visitors):
        arrival = await connect(Arrival, f"{plan.url}/c/v1/live", number=number)
        await arrival.greet(token)
        arrival.arrive()
        arrivals.append(arrival)
        await asyncio.sleep(max(0.0, begin + (number + 1) / plan.per_second - time.perf_counter()))
    await asyncio.sleep(1)
    assigned_at = agents[0].assigned_at if agents else {}
    to_assigned = [
        assigned_at[one.conversation] - one.sent_at for one in arrivals if one.conversation in assigned_at
    ]
    to_ack = [one.acked_at - one.sent_at for one in arrivals if one.acked_at]
    return AssignmentResult(len(to_ack), len(to_assigned), latency(to_assigned), latency(to_ack))
