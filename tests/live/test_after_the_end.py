"""What a client still says to an end that has closed is not heard: it says it again, behind what it said before."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, MutableMapping
from typing import Any

import pytest

from kithdesk.core.errors import OutcomeUnknown
from kithdesk.live.gateway import Gateway
from kithdesk.live.protocol import CLOSE_OUTCOME_UNKNOWN, CLOSE_UNAUTHORIZED
from tests.live.conftest import World, eventually

pytestmark = [pytest.mark.anyio, pytest.mark.only("sqlite")]


class Wire:
    """A WebSocket whose other side sends without looking at what comes."""

    def __init__(self, world: World) -> None:
        self._incoming: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
        self.sent: list[MutableMapping[str, Any]] = []
        self._gateway = Gateway(world.hub, "visitors")
        self._put({"type": "websocket.connect"})

    def say(self, **frame: Any) -> None:
        self._put({"type": "websocket.receive", "text": json.dumps(frame)})

    def _put(self, message: MutableMapping[str, Any]) -> None:
        self._incoming.put_nowait(message)

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self.sent.append(message)

    def is_closed(self) -> bool:
        return bool(self.sent[-1]["type"] == "websocket.close")

    async def serve(self) -> None:
        scope = {
            "type": "websocket",
            "path": "/c/v1/live",
            "headers": [],
            "query_string": b"",
            "scheme": "ws",
            "client": ("127.0.0.1", 1),
        }
        await self._gateway(scope, self._incoming.get, self._send)


class Submitted:
    """Takes the lane's place, and tells each command that nobody knows what became of it."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def submit(self, _verb: Callable[..., Any], *, settle: Any, client_id: str, **_rest: Any) -> None:
        self.ids.append(client_id)
        settle(None, OutcomeUnknown("The connection to the database was lost in mid-commit."), (), 0)


async def test_nothing_is_written_behind_a_message_whose_outcome_is_unknown(world: World) -> None:
    wire, lane = Wire(world), Submitted()
    wire.say(op="hello", token=await world.visitor_token(), client="test/1")
    world.desk.submit = lane.submit  # type: ignore[method-assign, assignment]
    for name in ("first", "second", "third"):
        wire.say(op="send", id=name, conversation=None, newConversation="n", body=name)

    await asyncio.wait_for(wire.serve(), 10)

    assert lane.ids == ["first"]
    assert wire.sent[-1] == {"type": "websocket.close", "code": CLOSE_OUTCOME_UNKNOWN}


async def test_T28_nothing_is_heard_from_somebody_who_has_been_let_go(world: World) -> None:
    wire, lane = Wire(world), Submitted()
    wire.say(op="hello", token=await world.visitor_token(), client="test/1")
    serving = asyncio.create_task(wire.serve())
    await eventually(lambda: len(world.hub) == 1)
    world.desk.submit = lane.submit  # type: ignore[method-assign, assignment]
    world.hub.connections()[0].close(CLOSE_UNAUTHORIZED)
    await eventually(wire.is_closed)
    wire.say(op="send", id="late", conversation=None, newConversation="n", body="late")

    await asyncio.wait_for(serving, 10)

    assert lane.ids == []
