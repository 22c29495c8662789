"""One event to very many sockets: how long until the last of them has it."""

from __future__ import annotations

import asyncio
import time

import msgspec

from bench.percentiles import Latency, latency
from bench.sockets import Frame, LiveSocket, connect, connect_all, joiner


class FanoutPlan(msgspec.Struct, tag="fanout"):
    url: str
    sockets: int
    rounds: int
    visitor: str | None = None
    """Whose message is the event. None: the raw server, where a frame itself is repeated to all."""
    agents: list[str] = msgspec.field(default_factory=list)


class FanoutResult(msgspec.Struct):
    to_last: Latency


class Round:
    """Counts who has heard the present event."""

    def __init__(self, sockets: int) -> None:
        self._sockets = sockets
        self.begin()

    def begin(self) -> None:
        self._left = self._sockets
        self.done: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def heard(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.done.set_result(time.perf_counter())


class Listener(LiveSocket):
    def __init__(self, current: Round) -> None:
        super().__init__()
        self._round = current

    def on_frame(self, frame: Frame) -> None:
        if frame.op == "repeat" or (frame.event is not None and frame.event.kind == "message.created"):
            self._round.heard()


async def play(plan: FanoutPlan) -> FanoutResult:
    current = Round(plan.sockets)
    path = "/all" if plan.visitor is None else "/v1/live"
    join = None if plan.visitor is None else joiner(plan.agents, "inbox")
    listeners = await connect_all(lambda _: Listener(current), [plan.url + path], plan.sockets, join=join)
    if plan.visitor is None:
        took = [await _timed(current, lambda: listeners[0].say(_RAW)) for _ in range(plan.rounds)]
        return FanoutResult(latency(took))
    visitor = await connect(LiveSocket, f"{plan.url}/c/v1/live")
    await visitor.greet(plan.visitor)
    conversation: str | None = None
    took = []
    for number in range(plan.rounds + 1):
        frame = _send_frame(number, conversation)
        acked = asyncio.create_task(visitor.hear(lambda heard: heard.op in ("ack", "refused")))
        await asyncio.sleep(0)
        took.append(await _timed(current, lambda frame=frame: visitor.say(frame)))
        conversation = (await acked).conversation
        await asyncio.sleep(0.05)
    return FanoutResult(latency(took[1:]))  # The first one also opened the conversation.


_RAW = {
    "op": "repeat",
    "topic": "inbox",
    "position": 1_234_567,
    "body": "x" * 560,  # About as many bytes as the event of one short message.
}


async def _timed(current: Round, act: object) -> float:
    assert callable(act)
    current.begin()
    begin = time.perf_counter()
    act()
    return await asyncio.wait_for(current.done, 30) - begin


def _send_frame(number: int, conversation: str | None) -> dict[str, object]:
    opening = {"newConversation": "fanout"} if conversation is None else {}
    frame = {
        "op": "send",
        "id": f"fanout-{number}",
        "conversation": conversation,
        "body": "Is anybody there?",
    }
    return frame | opening | {"attachments": [], "kind": "message"}
