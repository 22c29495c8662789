"""What the two live doors have in common, and where one takes what the other cannot."""

from __future__ import annotations

import contextlib
import json

import pytest
import websockets

from kithdesk.core.errors import Overloaded
from kithdesk.live import replay
from tests.live.conftest import World

pytestmark = pytest.mark.anyio


async def test_a_legal_message_that_makes_too_long_a_frame_goes_over_http(world: World) -> None:
    token = await world.visitor_token()
    frame = {"id": "m1", "newConversation": "c1", "conversation": None, "body": "é" * (16 * 1024)}
    escaped = json.dumps(frame)
    assert len(escaped) > 64 * 1024
    visitor = await world.visitor(token)
    with contextlib.suppress(websockets.ConnectionClosed):
        await visitor.socket.send(json.dumps({"op": "send", **frame}))

    assert await visitor.closed() == 4413
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken = await world.http.post("/c/v1/chat/messages", content=escaped, headers=headers)
    again = await world.visitor(token)
    repeated = await again.answer(op="send", **frame)  # as UTF-8 it fits
    assert taken.status_code == 201
    assert repeated["message"] == taken.json()["message"]


async def test_T88_the_stream_answers_with_what_every_answer_has(world: World) -> None:
    url, token = "/c/v1/live/events", await world.visitor_token()
    plain = await world.http.get(
        "/c/v1/tracking/tokens/current", headers={"Authorization": f"Bearer {token}"}
    )
    expected = {"content-security-policy", "x-request-id", "x-content-type-options", "referrer-policy"}
    assert expected <= plain.headers.keys()

    async with world.http.stream("GET", url, headers={"Authorization": f"Bearer {token}"}) as good:
        assert expected <= good.headers.keys()
        assert good.headers["access-control-allow-origin"] == "*"
        assert good.headers["content-type"] == "text/event-stream"
    bad = await world.http.get(url)
    assert bad.status_code == 401
    assert expected <= bad.headers.keys()
    assert bad.json()["meta"]["requestId"] == bad.headers["x-request-id"]


async def test_a_stream_that_cannot_follow_says_so_as_a_socket_does_and_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise Overloaded("The database cannot be read just now.", retry_after=2)

    headers = {"Authorization": f"Bearer {await world.visitor_token()}"}
    monkeypatch.setattr(replay, "source_of", refused)

    stream = await world.http.get("/c/v1/live/events", headers=headers)

    frames = [json.loads(line[5:]) for line in stream.text.splitlines() if line.startswith("data:")]
    assert [frame["op"] for frame in frames] == ["welcome", "refused"]
    assert (frames[1]["topic"], frames[1]["of"]) == ("visitor", "subscribe")
    assert (frames[1]["error"]["code"], frames[1]["error"]["retryAfter"]) == ("overloaded", 2)
