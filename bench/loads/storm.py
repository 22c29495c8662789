"""A reconnect storm: every second many visitors come back at once and resume from an old cursor."""

from __future__ import annotations

import asyncio
import time

import msgspec

from bench.percentiles import Latency, latency
from bench.sockets import Frame, LiveSocket, connect


class StormPlan(msgspec.Struct):
    visitors: list[str]
    per_second: int = 200
    behind: int = 25
    """Messages that each one missed, and gets replayed at every return."""


class StormResult(msgspec.Struct):
    resumed: int
    failed: int
    events_replayed: int
    resume: Latency
    """From the start of the connection until `subscribed`."""


class Returning(LiveSocket):
    def __init__(self) -> None:
        super().__init__()
        self.replayed = 0

    def on_frame(self, frame: Frame) -> None:
        if frame.event is not None and frame.event.kind == "message.created":
            self.replayed += 1


class Storm:
    def __init__(self, url: str, plan: StormPlan, cursors: dict[str, int]) -> None:
        self._url = url
        self._plan = plan
        self._cursors = cursors
        self._took: list[float] = []
        self._failed = 0
        self._replayed = 0

    @classmethod
    async def prepare(cls, url: str, plan: StormPlan) -> Storm:
        """Gives each visitor a conversation with messages after its cursor."""
        cursors: dict[str, int] = {}
        for first in range(0, len(plan.visitors), 50):
            some = plan.visitors[first : first + 50]
            cursors |= dict(
                zip(some, await asyncio.gather(*(_write(url, plan, token) for token in some)), strict=True)
            )
        return cls(f"{url}/c/v1/live", plan, cursors)

    async def rage(self, seconds: float) -> StormResult:
        begin, turn = time.perf_counter(), 0
        returns: list[asyncio.Task[None]] = []
        while turn < seconds:
            for number in range(self._plan.per_second):
                token = self._plan.visitors[
                    (turn * self._plan.per_second + number) % len(self._plan.visitors)
                ]
                returns.append(asyncio.create_task(self._resume(token)))
            turn += 1
            await asyncio.sleep(max(0.0, begin + turn - time.perf_counter()))
        await asyncio.wait(returns, timeout=10)
        unfinished = sum(not task.done() for task in returns)
        return StormResult(len(self._took), self._failed + unfinished, self._replayed, latency(self._took))

    async def _resume(self, token: str) -> None:
        begin = time.perf_counter()
        try:
            socket = await connect(Returning, self._url)
            await socket.greet(token)
            await socket.subscribe("visitor", self._cursors[token])
        except (OSError, RuntimeError, TimeoutError):
            self._failed += 1
            return
        self._took.append(time.perf_counter() - begin)
        self._replayed += socket.replayed
        if socket.replayed < self._plan.behind:
            self._failed += 1
        socket.close()


async def _write(url: str, plan: StormPlan, token: str) -> int:
    socket = await connect(Returning, f"{url}/c/v1/live")
    await socket.greet(token)
    cursor = await socket.subscribe("visitor")
    conversation: str | None = None
    for number in range(plan.behind):
        acked = socket.hear(lambda frame, wanted=f"storm-{number}": frame.id == wanted)  # type: ignore[misc]
        opening = {"newConversation": "storm"} if conversation is None else {}
        frame = {
            "op": "send",
            "id": f"storm-{number}",
            "conversation": conversation,
            "body": f"Line {number}.",
        }
        socket.say(frame | opening | {"attachments": [], "kind": "message"})
        answer = await acked
        if answer.op != "ack":
            raise RuntimeError(f"refused: {bytes(answer.error).decode()}")
        conversation = answer.conversation
    socket.close()
    return cursor
