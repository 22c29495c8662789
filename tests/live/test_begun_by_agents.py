"""What an agent or a program begins is not told to its customer before something is said in it, on any door."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live.conftest import Client, World, eventually, opened

pytestmark = pytest.mark.anyio


async def _visitor(world: World) -> tuple[str, Client, str]:
    token = await world.visitor_token()
    visitor = await world.visitor(token)
    shown = await world.get(f"/v1/conversations/{await opened(visitor)}")
    return token, visitor, shown["data"]["relationships"]["customer"]["data"]["id"]


async def _begun(world: World, customer: str, **more: Any) -> str:
    """By a program, and changed in all ways that are told of other conversations."""
    begun = await _post(world, "/v1/conversations", {"customer": customer, "name": "Secret", **more})
    await world.patch(f"/v1/conversations/{begun}", {"assignedUsers": [await _somebody(world)]})

    for change in ({"status": "done"}, {"status": "open"}):
        await world.patch(f"/v1/conversations/{begun}", change)
    return begun


def _told(visitor: Client) -> list[dict[str, Any]]:
    return [one["event"]["data"] for one in visitor.events("visitor")]


async def _somebody(world: World) -> str:
    token = await world.agent_token("sam@acme.test", "Sam")
    return str((await world.get("/v1/users/current", token))["data"]["id"])


async def _post(world: World, path: str, body: dict[str, Any]) -> str:
    answer = await world.http.post(path, json=body, headers={"Authorization": f"Bearer {world.api_key}"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["data"]["id"])


async def test_T17_an_empty_one_is_on_no_door_of_its_customer(world: World) -> None:
    token, visitor, customer = await _visitor(world)
    agent = await world.agent()
    hidden = await _begun(world, customer)
    await agent.answer(op="typing", id="t", conversation=hidden, on=True)
    headers = {"Authorization": f"Bearer {token}"}

    later = await world.visitor(token)
    for reader in (visitor, later):
        for frame in (
            {"op": "send", "id": f"m{id(reader)}", "conversation": hidden, "body": "Hi"},
            {"op": "typing", "id": "y", "conversation": hidden, "on": True},
            {"op": "end", "id": "e", "conversation": hidden},
            {"op": "subscribe", "id": "s", "topic": f"conversation:{hidden}"},
        ):
            refused = await reader.answer(**frame)
            assert refused["error"]["code"] == "notfound", frame
        assert hidden not in str([frame for frame in reader.frames if frame["op"] in ("event", "signal")])
    listed = await world.http.get("/c/v1/chat/sessions", headers=headers)
    assert hidden not in listed.text
    for path in ("", "/messages", "/wait"):
        answer = await world.http.get(f"/c/v1/chat/sessions/{hidden}{path}", headers=headers)
        assert answer.status_code == 404, path
    ended = await world.http.put(f"/c/v1/chat/sessions/{hidden}", json={"ended": True}, headers=headers)
    assert ended.status_code == 404
    shown = (await world.get(f"/v1/conversations/{hidden}"))["data"]["attributes"]
    assert (shown["status"], shown["ended"], shown["messageCount"]) == ("open", False, 0)


async def test_with_the_first_words_it_is_theirs(world: World) -> None:
    token, visitor, customer = await _visitor(world)
    agent = await world.agent()
    begun = await _begun(world, customer)
    await _post(world, f"/v1/conversations/{begun}/messages", {"body": "Your parcel is back"})

    await eventually(lambda: "Your parcel is back" in visitor.bodies("visitor"))
    await world.patch(f"/v1/conversations/{begun}", {"status": "done"})
    await agent.answer(op="typing", id="t", conversation=begun, on=True)

    await eventually(lambda: {"conversation": begun, "status": "done"} in _told(visitor))
    signal = await visitor.until(op="signal")
    said = await visitor.answer(op="send", id="m2", conversation=begun, body="Thanks")
    assert (signal["conversation"], said["op"]) == (begun, "ack")
    headers = {"Authorization": f"Bearer {token}"}
    assert begun in (await world.http.get("/c/v1/chat/sessions", headers=headers)).text


async def test_with_a_message_from_the_start_all_is_told(world: World) -> None:
    _, visitor, customer = await _visitor(world)
    message = {"body": "Your parcel is back"}
    body = {"customer": customer, "message": message, "assignedUsers": [await _somebody(world)]}
    begun = await _post(world, "/v1/conversations", body)

    await eventually(lambda: "Your parcel is back" in visitor.bodies("visitor"))

    told = [one["event"]["kind"] for one in visitor.events("visitor") if begun in str(one)]
    assert {"conversation.opened", "conversation.assigned", "message.created"} <= {*told}


async def test_what_a_browser_has_begun_is_told_to_it_and_to_no_other(world: World) -> None:
    token = await world.visitor_token()
    headers = {"Authorization": f"Bearer {token}"}
    answer = await world.http.post("/c/v1/chat/sessions", json={}, headers=headers)
    begun = answer.json()["data"]["id"]
    visitor = await world.visitor(token)
    agent = await world.agent()

    await world.patch(f"/v1/conversations/{begun}", {"status": "done"})
    await agent.answer(op="typing", id="t", conversation=begun, on=True)

    signal = await visitor.until(op="signal")
    assert signal["conversation"] == begun
    assert {"conversation": begun, "status": "done"} in _told(visitor)
