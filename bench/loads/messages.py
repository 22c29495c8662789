"""Visitors who send their next message as soon as the last one is acknowledged, and agents who hear all of them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import msgspec

from bench.loads.storm import Storm, StormPlan, StormResult
from bench.percentiles import Latency, latency
from bench.sockets import Frame, LiveSocket, connect_all, joiner

BODY = "Good morning! I ordered the blue two-person tent last week and wonder whether it has left your house yet."


class MessagesPlan(msgspec.Struct, tag="messages"):
    urls: list[str]
    """The nodes: sockets take turns, so that neighbours in `visitors` and in `agents` are on different ones."""
    visitors: list[str]
    agents: list[str]
    seconds: float
    warm_up: float = 1.0
    in_flight: int = 1
    per_second: float | None = None
    """Send at this rate whatever comes back; None sends as fast as answers come."""
    storm: StormPlan | None = None
    heard_by: int | None = None
    """How many of the agents hear each message, when they are in different organisations; None is all of them."""


class MessagesResult(msgspec.Struct):
    acked_per_second: float
    pushed_per_second: float
    ack: Latency
    push: Latency
    acked: int
    refused: int
    pushes_missing: int
    load_cpu: float
    """Share of one processor that the load itself used. Near 1 it is the load that was measured."""
    storm: StormResult | None = None


@dataclass
class Tally:
    """Everything that was sent and heard, on one clock."""

    start: float = 0.0
    sent_at: dict[str, float] = field(default_factory=dict)
    """When each client id was sent, or at a fixed rate: when it was due."""
    acked_at: list[float] = field(default_factory=list)
    ack_seconds: list[float] = field(default_factory=list)
    pushed_at: list[float] = field(default_factory=list)
    push_seconds: list[float] = field(default_factory=list)
    acked: int = 0
    pushed: int = 0
    refused: list[str] = field(default_factory=list)
    is_sending: bool = False

    def heard_ack(self, client_id: str) -> None:
        now = time.perf_counter()
        self.acked += 1
        self.acked_at.append(now)
        self.ack_seconds.append(now - self.sent_at[client_id])

    def heard_push(self, client_id: str) -> None:
        now = time.perf_counter()
        self.pushed += 1
        sent = self.sent_at.get(client_id)
        if sent is not None:
            self.pushed_at.append(now)
            self.push_seconds.append(now - sent)


class Visitor(LiveSocket):
    def __init__(self, number: int, tally: Tally, *, answers_itself: bool) -> None:
        super().__init__()
        self.in_flight = 0
        self._tally = tally
        self._answers_itself = answers_itself
        self._number = number
        self._count = 0
        self._conversation = "null"

    def send_message(self, at: float) -> None:
        self._count += 1
        client_id = f"{self._number}-{self._count}"
        self._tally.sent_at[client_id] = at
        self.in_flight += 1
        opening = f',"newConversation":"open-{self._number}"' if self._conversation == "null" else ""
        self.say_raw(
            f'{{"op":"send","id":"{client_id}","conversation":{self._conversation}{opening},'
            f'"body":"{BODY}","attachments":[],"kind":"message"}}'.encode()
        )

    def on_frame(self, frame: Frame) -> None:
        if frame.op == "ack" and frame.id is not None:
            self.in_flight -= 1
            self._tally.heard_ack(frame.id)
            self._conversation = f'"{frame.conversation}"'
            if self._answers_itself and self._tally.is_sending:
                self.send_message(time.perf_counter())
        elif frame.op == "refused":
            self.in_flight -= 1
            self._tally.refused.append(bytes(frame.error).decode())


class Agent(LiveSocket):
    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally

    def on_frame(self, frame: Frame) -> None:
        event = frame.event
        if event is not None and event.kind == "message.created" and event.data.message is not None:
            self._tally.heard_push(event.data.message.client_id or "")


async def play(plan: MessagesPlan) -> MessagesResult:
    storm = await Storm.prepare(plan.urls[0], plan.storm) if plan.storm else None
    tally = Tally()
    heard_by = len(plan.agents) if plan.heard_by is None else plan.heard_by
    await connect_all(
        lambda _: Agent(tally),
        [f"{url}/v1/live" for url in plan.urls],
        len(plan.agents),
        join=joiner(plan.agents, "inbox"),
    )
    visitors = await connect_all(
        lambda number: Visitor(number, tally, answers_itself=plan.per_second is None),
        [f"{url}/c/v1/live" for url in plan.urls],
        len(plan.visitors),
        join=joiner(plan.visitors, "visitor"),
    )
    await _open_conversations(visitors)
    tally.is_sending = True
    sending = asyncio.create_task(_send(plan, visitors, tally))
    await asyncio.sleep(plan.warm_up)
    raging = asyncio.create_task(storm.rage(plan.seconds)) if storm else None
    cpu, begin = time.process_time(), time.perf_counter()
    await asyncio.sleep(plan.seconds)
    end = time.perf_counter()
    cpu = time.process_time() - cpu
    tally.is_sending = False
    await sending
    await _settle(visitors, tally, heard_by)
    return _result(tally, begin, end, cpu, heard_by, await raging if raging else None)


async def _open_conversations(visitors: list[Visitor]) -> None:
    """Opening is not what is measured: everyone has a conversation before the clock starts."""
    for visitor in visitors:
        opened = asyncio.create_task(visitor.hear(lambda frame: frame.op in ("ack", "refused")))
        await asyncio.sleep(0)
        visitor.send_message(time.perf_counter())
        answer = await opened
        if answer.op == "refused":
            raise RuntimeError(f"the server refused to open a conversation: {bytes(answer.error).decode()}")


async def _send(plan: MessagesPlan, visitors: list[Visitor], tally: Tally) -> None:
    if plan.per_second is None:
        for visitor in visitors:
            for _ in range(plan.in_flight):
                visitor.send_message(time.perf_counter())
        return
    # At a fixed rate latency counts from when a message was due, so a stall is not hidden by sending less.
    begin, sent = time.perf_counter(), 0
    while tally.is_sending:
        due = int((time.perf_counter() - begin) * plan.per_second)
        while sent < due:
            visitors[sent % len(visitors)].send_message(begin + sent / plan.per_second)
            sent += 1
        await asyncio.sleep(0.001)


async def _settle(visitors: list[Visitor], tally: Tally, heard_by: int) -> None:
    """Waits until all that was acknowledged has also been pushed, at most 10 s."""
    deadline = time.perf_counter() + 10
    while time.perf_counter() < deadline:
        if not any(visitor.in_flight for visitor in visitors) and tally.pushed >= tally.acked * heard_by:
            return
        await asyncio.sleep(0.02)


def _result(
    tally: Tally, begin: float, end: float, cpu: float, heard_by: int, storm: StormResult | None
) -> MessagesResult:
    elapsed = end - begin
    acks = [took for at, took in zip(tally.acked_at, tally.ack_seconds, strict=True) if begin <= at < end]
    pushes = [took for at, took in zip(tally.pushed_at, tally.push_seconds, strict=True) if begin <= at < end]
    if tally.refused:
        print_refused = ", ".join(sorted(set(tally.refused))[:3])
        raise RuntimeError(f"{len(tally.refused)} refused: {print_refused}")
    return MessagesResult(
        acked_per_second=round(len(acks) / elapsed, 1),
        pushed_per_second=round(len(pushes) / elapsed, 1),
        ack=latency(acks),
        push=latency(pushes),
        acked=tally.acked,
        refused=len(tally.refused),
        pushes_missing=tally.acked * heard_by - tally.pushed,
        load_cpu=round(cpu / elapsed, 2),
        storm=storm,
    )
