"""Frames at a fixed rate to a server that sends each one back."""

from __future__ import annotations

import asyncio
import time

import msgspec

from bench.loads.messages import BODY
from bench.percentiles import Latency, latency
from bench.sockets import Frame, LiveSocket, connect_all


class EchoPlan(msgspec.Struct, tag="echo"):
    url: str
    sockets: int
    seconds: float
    per_second: float | None
    warm_up: float = 1.0


class EchoResult(msgspec.Struct):
    per_second: float
    echo: Latency
    load_cpu: float


class Echo(LiveSocket):
    def __init__(
        self, number: int, sent_at: dict[str, float], took: list[tuple[float, float]], *, at_once: bool
    ) -> None:
        super().__init__()
        self.is_over = False
        self._number = number
        self._count = 0
        self._sent_at = sent_at
        self._took = took
        self._at_once = at_once

    def send(self, at: float) -> None:
        self._count += 1
        identity = f"{self._number}-{self._count}"
        self._sent_at[identity] = at
        self.say_raw(f'{{"op":"send","id":"{identity}","body":"{BODY}"}}'.encode())

    def on_frame(self, frame: Frame) -> None:
        now = time.perf_counter()
        self._took.append((now, now - self._sent_at.pop(frame.id or "")))
        if self._at_once and not self.is_over:
            self.send(now)


async def play(plan: EchoPlan) -> EchoResult:
    sent_at: dict[str, float] = {}
    took: list[tuple[float, float]] = []
    at_once = plan.per_second is None
    sockets = await connect_all(
        lambda n: Echo(n, sent_at, took, at_once=at_once), [f"{plan.url}/echo"], plan.sockets
    )
    begin = time.perf_counter()
    measured = begin + plan.warm_up
    end = measured + plan.seconds
    sent, cpu = 0, time.process_time()
    if at_once:
        for socket in sockets:
            socket.send(begin)
        await asyncio.sleep(end - begin)
    while plan.per_second is not None and (now := time.perf_counter()) < end:
        while sent < (now - begin) * plan.per_second:
            sockets[sent % len(sockets)].send(begin + sent / plan.per_second)
            sent += 1
        await asyncio.sleep(0.001)
    cpu = time.process_time() - cpu
    for socket in sockets:
        socket.is_over = True
    await asyncio.sleep(0.2)
    counted = [seconds for at, seconds in took if measured <= at < end]
    return EchoResult(round(len(counted) / plan.seconds, 1), latency(counted), round(cpu / (end - begin), 2))
