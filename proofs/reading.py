"""The end of a history: everything read once more, over new sockets and plain HTTP, when it is quiet."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
from websockets.asyncio.client import connect

from proofs.frames import Frame, read_event
from proofs.history import (
    Entry,
    Event,
    History,
    Listed,
    Load,
    Message,
    Present,
    Replayed,
    Standing,
    Timeline,
    Unread,
)
from proofs.visitors import Visitor

TAIL = 3_000
"""How far back a long topic is read: less than the 5,000 events after which a server answers `resync`."""


async def read_all(
    doors: Sequence[str],
    history: History,
    *,
    api_key: str,
    agent_token: str,
    agents: Iterable[str],
    visitors: Iterable[Visitor],
) -> None:
    """Asks for all there is: over HTTP at the first of the `doors`, over sockets at the last. `agents` are user ids."""
    async with httpx.AsyncClient(
        base_url=doors[0], headers={"Authorization": f"Bearer {api_key}"}, timeout=60
    ) as http:
        conversations = await _list(http, "/v1/conversations")
        for conversation in conversations:
            history.note(await _messages_of(http, conversation))
        customers = sorted({_customer_of(conversation) for conversation in conversations})
        for customer in customers:
            answer = await _get(http, f"/v1/customers/{customer}")
            history.note(Standing(customer, answer["data"]["id"]))
        for number, customer in enumerate(customers):
            # Both directions for some, one for the rest: the pages are many.
            for direction in ("before", "after") if number % 5 == 0 else ("before",):
                history.note(await _timeline(http, customer, direction))
        for user in agents:
            held, position = await _list_as_of(http, f"/v1/conversations?status=open&assignedUser={user}")
            # One that ended may still be open work, but nobody's hands are full of it.
            history.note(Load(user, sum(not one["attributes"]["ended"] for one in held), position))
            answer = await _get(http, f"/v1/routing/users/{user}/status")
            status = answer["data"]["attributes"]["status"]
            history.note(Present(user, status, at=round(time.time() * 1000)))
    live = doors[-1].replace("http", "ws", 1)
    topics = [f"conversation:{conversation['id']}" for conversation in conversations]
    topics += [f"customer:{customer}" for customer in customers] + ["inbox"]
    for reading in await _replay(f"{live}/v1/live", agent_token, "agent", topics):
        history.note(reading)
    for visitor in visitors:
        for reading in await _replay(f"{live}/c/v1/live", visitor.token, visitor.name, ["visitor"]):
            history.note(reading)


async def _list(http: httpx.AsyncClient, path: str) -> list[Any]:
    return (await _list_as_of(http, path))[0]


async def _list_as_of(http: httpx.AsyncClient, path: str) -> tuple[list[Any], int]:
    """Everything, and the position that its first page covers."""
    found: list[Any] = []
    page, join, position = 1, "&" if "?" in path else "?", 0
    while True:
        answer = await _ask(http, f"{path}{join}page={page}&pageSize=100")
        content = answer.json()
        position = position or int(answer.headers["X-Kithdesk-Position"])
        found += content["data"]
        if page >= content["meta"]["totalPages"]:
            return found, position
        page += 1


async def _messages_of(http: httpx.AsyncClient, conversation: Any) -> Listed:
    path = f"/v1/conversations/{conversation['id']}"
    messages = [_message(one, "message") for one in await _list(http, f"{path}/messages")]
    notes = [_message(one, "note") for one in await _list(http, f"{path}/notes")]
    return Listed(conversation["id"], _customer_of(conversation), tuple(messages + notes))


def _message(resource: Any, kind: str) -> Message:
    attributes = resource["attributes"]
    return Message(
        id=resource["id"],
        client_id=attributes.get("clientId"),
        body=attributes["body"],
        kind=kind,
        direction=attributes.get("direction", "out"),
    )


def _customer_of(conversation: Any) -> str:
    customer: str = conversation["relationships"]["customer"]["data"]["id"]
    return customer


async def _timeline(http: httpx.AsyncClient, customer: str, direction: str) -> Timeline:
    pages: list[list[Entry]] = []
    cursor = "" if direction == "before" else "&after=0"
    while True:
        answer = await _get(http, f"/v1/customers/{customer}/timeline?pageSize=100{cursor}")
        page = [_entry(one) for one in answer["data"]]
        pages.append(page)
        if not answer["meta"]["more"] or not page:
            break
        cursor = f"&before={page[0].position}" if direction == "before" else f"&after={page[-1].position}"
    ordered = pages[::-1] if direction == "before" else pages
    return Timeline(customer, direction, tuple(entry for page in ordered for entry in page))


def _entry(resource: Any) -> Entry:
    attributes = resource["attributes"]
    message = attributes["data"].get("message")
    return Entry(
        position=attributes["position"],
        kind=attributes["kind"],
        message=message["id"] if isinstance(message, dict) else None,
    )


async def _get(http: httpx.AsyncClient, path: str) -> Any:
    return (await _ask(http, path)).json()


async def _ask(http: httpx.AsyncClient, path: str) -> httpx.Response:
    answer = await http.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"GET {path}: {answer.status_code} {answer.text[:300]}")
    return answer


async def _replay(url: str, token: str, audience: str, topics: list[str]) -> list[Replayed | Unread]:
    """Each topic from its beginning; of one that is too long, the end."""
    async with connect(url, compression=None, ping_interval=None, max_queue=None) as socket:
        await socket.send(json.dumps({"op": "hello", "token": token, "client": "proofs/1.0"}))
        await _hear(socket, {"welcome"})
        readings: list[Replayed | Unread] = []
        for topic in topics:
            after = 0
            while (answer := await _read_topic(socket, topic, after))[0]["op"] == "resync":
                after = answer[0]["position"] - TAIL
            if answer[0]["op"] == "refused":
                readings.append(Unread(topic, audience, answer[0]["error"]["code"]))
                continue
            position, events = answer[0]["position"], answer[1]
            readings.append(Replayed(topic, audience, after, position, tuple(events)))
            await socket.send(json.dumps({"op": "unsubscribe", "topic": topic}))
        return readings


async def _read_topic(socket: Any, topic: str, after: int) -> tuple[Frame, list[Event]]:
    """`subscribed`, `resync` or `refused`, and the events that came before it."""
    await socket.send(json.dumps({"op": "subscribe", "topic": topic, "after": after}))
    events: list[Event] = []
    wanted = {"event", "subscribed", "resync", "refused"}
    while (frame := await _hear(socket, wanted))["op"] == "event":
        if frame["topic"] == topic:
            events.append(read_event(frame))
    return frame, events


async def _hear(socket: Any, wanted: set[str]) -> Any:
    """The next frame that matters. Being refused, or sent away, is an error here."""
    while True:
        async with asyncio.timeout(30):
            frame = json.loads(await socket.recv())
        if frame["op"] in wanted:
            return frame
        if frame["op"] in ("refused", "goodbye"):
            raise RuntimeError(f"reading everything again: {frame}")
