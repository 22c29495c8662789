"""The fallback where WebSockets are blocked: `GET /c/v1/live/events`, a fetch that never ends, topic `visitor`."""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import Any
from urllib.parse import parse_qs

from kithdesk.channels import chat
from kithdesk.core.actors import Actor
from kithdesk.core.errors import BadParameter, Refusal, Unauthorized
from kithdesk.core.peers import address_of, headers_of, network_of
from kithdesk.core.web import refusal_response
from kithdesk.live import client_frames
from kithdesk.live.admission import (
    Receive,
    Scope,
    SendAsgi,
    check_site,
    check_transport,
    enter,
    greet,
)
from kithdesk.live.connection import Connection
from kithdesk.live.hub import Hub
from kithdesk.live.operations import Session
from kithdesk.live.protocol import CLOSE_OUTCOME_UNKNOWN
from kithdesk.live.replay import begin, subscribe
from kithdesk.live.strangers import Strangers, check_own_sockets

COMMENT_SECONDS = 15
_TOPIC = "visitor"
_EVENT_POSITION = re.compile(r'\{"op":"event","topic":"[^"]*","position":(\d+),')
_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Stream:
    """An ASGI endpoint behind the gate: the same frames as the socket's, one per `data:` line."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._strangers = Strangers(hub.desk)

    async def __call__(self, scope: Scope, receive: Receive, send: SendAsgi) -> None:
        try:
            connection, after = await self._open(scope, send)
            await enter(self._hub, connection)
        except Refusal as refusal:
            await refusal_response(refusal)(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        comments = asyncio.create_task(_comment(connection, send))
        try:
            greet(self._hub, connection)
            await self._follow(connection, after)
            while connection.is_open and (await receive())["type"] != "http.disconnect":
                pass
        finally:
            comments.cancel()
            connection.gone()
            self._hub.remove(connection)

    async def _follow(self, connection: Connection, after: int | None) -> None:
        turn = begin(connection, _TOPIC)
        try:
            await subscribe(self._hub, connection, client_frames.Subscribe(topic=_TOPIC, after=after), turn)
        except Refusal as refusal:
            # The answer has begun: it is told as on a socket, and the client comes again.
            Session(self._hub.desk, self._hub, connection, {}).refuse(refusal, None, "subscribe", _TOPIC)
            connection.close(CLOSE_OUTCOME_UNKNOWN)

    async def _open(self, scope: Scope, send: SendAsgi) -> tuple[Connection, int | None]:
        desk, headers = self._hub.desk, headers_of(scope)
        check_transport(desk, scope, headers)
        actor, credential = await self._authenticate(scope, headers)
        await check_site(desk, actor, headers)
        check_own_sockets(desk, actor)
        after = _after(scope, headers)
        connection = Connection(
            secrets.token_hex(8),
            actor,
            credential,
            "visitors",
            lambda text: send({"type": "http.response.body", "body": _as_event(text), "more_body": True}),
            lambda _code: send({"type": "http.response.body", "body": b""}),
            float("inf"),  # it says nothing by design, so it is never too silent
        )
        return connection, after

    async def _authenticate(self, scope: Scope, headers: dict[str, str]) -> tuple[Actor, str]:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        try:
            if scheme.lower() != "bearer" or not token:
                raise Unauthorized
            return await chat.resolve_visitor(self._hub.desk, token)
        except Unauthorized:
            address = address_of(scope, self._hub.desk.settings.trusted_proxies)
            self._strangers.failed(network_of(address))
            raise


async def _comment(connection: Connection, send: SendAsgi) -> None:
    while connection.is_open:
        await asyncio.sleep(COMMENT_SECONDS)
        if not connection.is_behind:
            await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})


def _as_event(frame: str) -> bytes:
    position = _EVENT_POSITION.match(frame)
    identity = f"id: {position[1]}\n" if position else ""
    return f"{identity}data: {frame}\n\n".encode()


def _after(scope: Scope, headers: dict[str, str]) -> int | None:
    query: dict[str, Any] = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    text = headers.get("last-event-id") or (query.get("after") or [None])[0]
    if text is None:
        return None
    if not re.fullmatch(r"-?\d{1,18}", text):
        raise BadParameter("after is a position.", parameter="after")
    return int(text)
