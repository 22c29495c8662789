"""What is held by e-mail is told to agents alone, on every door of the widget."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kithdesk.live import protocol
from tests.live.conftest import Client, World, eventually, opened

pytestmark = pytest.mark.anyio


async def _email(world: World, **more: Any) -> dict[str, Any]:
    body = {"channel": "email", "direction": "in", "subject": "Secret", "body": "Secret words", **more}
    answer = await world.http.post(
        "/v1/messages", json=body, headers={"Authorization": f"Bearer {world.api_key}"}
    )
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


async def _visitor(world: World) -> tuple[str, Client, str, str]:
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    conversation = await opened(visitor)
    shown = await world.get(f"/v1/conversations/{conversation}")
    return token, visitor, conversation, shown["data"]["relationships"]["customer"]["data"]["id"]


async def test_T17_no_door_of_the_widget_tells_of_a_conversation_held_by_email(world: World) -> None:
    token, visitor, _, customer = await _visitor(world)
    agent = await world.agent()
    email = await _email(world, customer=customer)
    hidden = email["relationships"]["conversation"]["data"]["id"]
    await world.patch(f"/v1/conversations/{hidden}", {"status": "done"})
    await world.patch(f"/v1/conversations/{hidden}", {"status": "open"})
    await agent.answer(op="typing", id="t", conversation=hidden, on=True)
    await agent.answer(op="read", id="r", conversation=hidden, message=email["id"])
    await agent.answer(op="end", id="e", conversation=hidden)
    await agent.until(op="ack", id="e")

    later = await world.visitor(token)
    for reader in (visitor, later):
        said = await reader.answer(op="send", id=f"m{id(reader)}", conversation=hidden, body="Hi")
        assert said["error"]["code"] == "notfound"
        refused = await reader.answer(op="subscribe", id="s", topic=f"conversation:{hidden}")
        assert refused["error"]["code"] == "notfound"
        assert hidden not in str([frame for frame in reader.frames if frame["op"] in ("event", "signal")])
        assert "Secret" not in str(reader.frames)
    headers = {"Authorization": f"Bearer {token}"}
    listed = await world.http.get("/c/v1/chat/sessions", headers=headers)
    assert hidden not in listed.text
    for path in (
        f"/c/v1/chat/sessions/{hidden}",
        f"/c/v1/chat/sessions/{hidden}/messages",
        f"/c/v1/chat/sessions/{hidden}/wait",
    ):
        assert (await world.http.get(path, headers=headers)).status_code == 404, path


async def test_T17_an_email_in_a_chat_is_told_to_agents_alone(world: World) -> None:
    token, visitor, conversation, _ = await _visitor(world)
    agent = await world.agent()
    email = await _email(world, conversation=conversation, direction="out")
    await agent.answer(op="read", id="r", conversation=conversation, message=email["id"])
    await agent.answer(op="send", id="a", conversation=conversation, body="In chat")
    headers = {"Authorization": f"Bearer {token}"}

    later = await world.visitor(token)
    for reader in (visitor, later):
        await reader.until(op="event", topic="visitor")
        await _heard(reader, "In chat")
        assert "Secret" not in str(reader.frames)
        assert email["id"] not in str(reader.frames)
    shown = (await world.http.get("/c/v1/chat/sessions", headers=headers)).json()["data"][0]["attributes"]
    assert (shown["preview"], shown["unread"]) == ("In chat", 1)
    said = next(
        frame["event"]["data"]["message"] for frame in agent.events("inbox") if "Secret" in str(frame)
    )
    assert msgspec.convert(said, protocol.Message).email == protocol.Mail(
        subject="Secret", sender=None, to=[], cc=[], bcc=[]
    )


async def _heard(reader: Client, body: str) -> None:
    await eventually(lambda: body in reader.bodies("visitor"))


async def test_an_agent_is_refused_what_would_not_arrive(world: World) -> None:
    _, _, _, customer = await _visitor(world)
    hidden = (await _email(world, customer=customer))["relationships"]["conversation"]["data"]["id"]
    agent = await world.agent(await world.agent_token("ana@acme.test", "Ana"))

    said = await agent.answer(op="send", id="a", conversation=hidden, body="Sure")
    noted = await agent.answer(op="send", id="n", conversation=hidden, body="Called back", kind="note")

    assert (said["op"], said["error"]["code"]) == ("refused", "email_not_sent")
    assert noted["op"] == "ack"
