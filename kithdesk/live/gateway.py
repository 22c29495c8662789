"""The WebSocket door, `/c/v1/live` for visitors and `/v1/live` for agents: a bare ASGI endpoint.

handshake ─ origin, transport ─▶ accept ─ hello within 5 s ─▶ welcome ─▶ frames … ─▶ close
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, get_args

import msgspec
import structlog

from kithdesk import access
from kithdesk.channels import chat
from kithdesk.core.actors import Actor
from kithdesk.core.errors import (
    BadParameter,
    Forbidden,
    InternalError,
    Overloaded,
    RateLimited,
    Refusal,
    Unauthorized,
    UnknownOperation,
)
from kithdesk.core.peers import headers_of, network_of
from kithdesk.core.web import refusal_response
from kithdesk.live import protocol
from kithdesk.live.admission import address_of, check_site, check_transport, is_own_origin, judge_again
from kithdesk.live.connection import Audience, Connection
from kithdesk.live.hub import Hub
from kithdesk.live.operations import OPERATIONS, Session
from kithdesk.live.replay import begin, subscribe
from kithdesk.live.strangers import Strangers, TooMany, check_own_sockets
from kithdesk.live.wire import FRAMES_BURST, FRAMES_PER_SECOND

log = structlog.get_logger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
SendAsgi = Callable[[MutableMapping[str, Any]], Any]

_STRIKES = 3


class Rejected(Exception):
    """The client is let go, with a close code."""

    def __init__(self, code: int) -> None:
        super().__init__(protocol.CLOSE_CODES[code])
        self.code = code


class Gateway:
    """One per audience; called by the application for every WebSocket on its path."""

    def __init__(self, hub: Hub, audience: Audience) -> None:
        self._hub = hub
        self._desk = hub.desk
        self._audience: Audience = audience
        self._strangers = Strangers(hub.desk)

    async def __call__(self, scope: Scope, receive: Receive, send: SendAsgi) -> None:
        await receive()  # websocket.connect
        headers = headers_of(scope)
        refusal = self._refuse_handshake(scope, headers)
        if refusal is not None:
            await deny(scope, send, refusal)
            return
        await send({"type": "websocket.accept"})
        connection: Connection | None = None
        try:
            connection = await self._meet(scope, headers, receive, send)
            await self._listen(Session(self._desk, self._hub, connection, headers), receive)
        except Rejected as rejected:
            if connection is not None:
                connection.close(rejected.code)
            else:
                await send({"type": "websocket.close", "code": rejected.code})
        finally:
            if connection is not None:
                connection.gone()
                self._hub.remove(connection)

    def _refuse_handshake(self, scope: Scope, headers: dict[str, str]) -> Refusal | None:
        """Why not, before any frame or look-up."""
        try:
            check_transport(self._desk, scope, headers)
            is_own = is_own_origin(headers, self._desk.settings.base_url)
            if self._audience == "agents" and access.session_cookie(headers) is not None and not is_own:
                raise Forbidden("Another site's page may not use this cookie.")
        except Refusal as refusal:
            return refusal
        return None

    async def _meet(
        self, scope: Scope, headers: dict[str, str], receive: Receive, send: SendAsgi
    ) -> Connection:
        """Who is it? Those who do not say are counted by where they are."""
        address = address_of(self._desk, scope, headers)
        network = network_of(address)
        try:
            return await self._welcome(headers, address, network, receive, send)
        except Rejected as rejected:
            if rejected.code == protocol.CLOSE_UNAUTHORIZED:
                try:
                    self._strangers.failed(network)
                except RateLimited:
                    raise Rejected(protocol.CLOSE_FLOOD) from None
            raise

    async def _welcome(
        self, headers: dict[str, str], address: str, network: str, receive: Receive, send: SendAsgi
    ) -> Connection:
        try:
            async with self._strangers.wait(network):
                message = await receive()
        except TimeoutError:
            raise Rejected(protocol.CLOSE_UNAUTHORIZED) from None
        except TooMany:
            raise Rejected(protocol.CLOSE_FLOOD) from None
        hello = _as_hello(message)
        actor, credential = await self._authenticate(hello, headers, address)
        if self._audience == "visitors":
            await self._check_visitor(actor, headers)
        connection = Connection(
            secrets.token_hex(8),
            actor,
            credential,
            self._audience,
            lambda text: send({"type": "websocket.send", "text": text}),
            lambda code: send({"type": "websocket.close", "code": code}),
            asyncio.get_running_loop().time(),
        )
        await self._join(connection)
        connection.push(
            protocol.encode(
                protocol.Welcome(
                    session=connection.id,
                    heartbeat=protocol.HEARTBEAT,
                    position=self._hub.position(connection),
                )
            )
        )
        return connection

    async def _join(self, connection: Connection) -> None:
        try:
            await self._hub.join(connection)
            await judge_again(self._desk, connection)
        except (Unauthorized, Forbidden):
            self._hub.remove(connection)
            raise Rejected(protocol.CLOSE_UNAUTHORIZED) from None
        except Refusal:
            self._hub.remove(connection)
            raise Rejected(protocol.CLOSE_OUTCOME_UNKNOWN) from None
        except BaseException:
            self._hub.remove(connection)
            raise

    async def _check_visitor(self, actor: Actor, headers: dict[str, str]) -> None:
        try:
            await check_site(self._desk, actor, headers)
            check_own_sockets(self._desk, actor)
        except Overloaded:
            raise Rejected(protocol.CLOSE_OUTCOME_UNKNOWN) from None
        except Forbidden:
            raise Rejected(protocol.CLOSE_FORBIDDEN) from None
        except RateLimited:
            raise Rejected(protocol.CLOSE_FLOOD) from None

    async def _authenticate(
        self, hello: protocol.Hello, headers: dict[str, str], address: str
    ) -> tuple[Actor, str]:
        token = hello.token
        try:
            if self._audience == "visitors":
                if token is None:
                    raise Rejected(protocol.CLOSE_UNAUTHORIZED)
                return await chat.resolve_visitor(self._desk, token)
            if token is None:
                token = access.session_cookie(headers)
                if token is None:
                    raise Rejected(protocol.CLOSE_UNAUTHORIZED)
            return await access.resolve_agent(self._desk, token, address=address)
        except (Unauthorized, Forbidden):
            raise Rejected(protocol.CLOSE_UNAUTHORIZED) from None
        except Refusal:
            # Whose token it is cannot be looked up just now. Told that it is dead, a browser would forget who it is.
            raise Rejected(protocol.CLOSE_OUTCOME_UNKNOWN) from None

    async def _listen(self, session: Session, receive: Receive) -> None:
        connection = session.connection
        clock = asyncio.get_running_loop().time
        limited = self._desk.settings.limits == "on"
        allowance, strikes = float(FRAMES_BURST), 0
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            now = clock()
            allowance = min(FRAMES_BURST, allowance + (now - connection.last_heard) * FRAMES_PER_SECOND) - 1
            connection.last_heard = now
            if limited and allowance < 0:
                raise Rejected(protocol.CLOSE_FLOOD)
            try:
                frame = _decode(message)
                await self._dispatch(session, frame)
            except _BadFrame as bad:
                session.refuse(bad.refusal, bad.id, bad.op)
                strikes += isinstance(bad.refusal, UnknownOperation) or bad.id is None
                if strikes >= _STRIKES:
                    raise Rejected(protocol.CLOSE_FLOOD) from None

    async def _dispatch(self, session: Session, frame: protocol.AnyClientFrame) -> None:
        op = protocol.op_of(frame)
        if isinstance(frame, protocol.Subscribe):
            turn = begin(session.connection, frame.topic)
            self._hub.go_on(_subscribe(session, frame, turn))
            return
        operation = OPERATIONS.get(type(frame))
        if operation is None:  # a second hello
            raise _BadFrame(BadParameter("You have said hello already.", parameter="op"), frame.id, op)
        try:
            await operation(session, frame)
        except Refusal as refusal:
            session.refuse(refusal, frame.id, op)
        except Exception:
            log.exception("operation_failed", op=op)
            session.refuse(InternalError(), frame.id, op)


async def _subscribe(session: Session, frame: protocol.Subscribe, turn: object) -> None:
    try:
        await subscribe(session.hub, session.connection, frame, turn)
    except Refusal as refusal:
        session.refuse(refusal, frame.id, "subscribe", frame.topic)
    except Exception:
        log.exception("operation_failed", op="subscribe")
        session.refuse(InternalError(), frame.id, "subscribe", frame.topic)


class _BadFrame(Exception):
    """A frame that is not in the table, or has the wrong shape."""

    def __init__(self, refusal: Refusal, id: str | None, op: str | None) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.id = id
        self.op = op


def _decode(message: MutableMapping[str, Any]) -> protocol.AnyClientFrame:
    """The frame. Raises `_BadFrame` with the id the client gave, as far as it can be read."""
    text = message.get("text")
    if text is None:
        raise _BadFrame(BadParameter("Frames are JSON text."), None, None)
    if len(text) > protocol.MAX_FRAME or (
        len(text) * 4 > protocol.MAX_FRAME and len(text.encode()) > protocol.MAX_FRAME
    ):
        raise Rejected(protocol.CLOSE_TOO_LARGE)
    try:
        return protocol.decode(text)
    except (msgspec.DecodeError, RecursionError, ValueError) as problem:
        raise _explain(text, problem) from None


_HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")
_OPS = {protocol.op_of(frame) for frame in get_args(protocol.AnyClientFrame)}


def _explain(text: str, problem: Exception) -> _BadFrame:
    try:
        raw = json.loads(text)
    except (RecursionError, ValueError):
        return _BadFrame(BadParameter("Not valid JSON."), None, None)
    if not isinstance(raw, dict):
        return _BadFrame(BadParameter("A frame is a JSON object."), None, None)
    op, given = raw.get("op"), raw.get("id")
    known_id = given if isinstance(given, str) and 0 < len(given) <= 64 else None
    if not isinstance(op, str) or op not in _OPS:
        return _BadFrame(UnknownOperation(), known_id, None)
    for name, value in raw.items():
        if isinstance(value, str) and _HALF_A_PAIR.search(
            value
        ):  # JavaScript's strings may hold one, JSON's may not
            return _BadFrame(
                BadParameter("The text holds half of a character.", parameter=name), known_id, op
            )
    return _BadFrame(BadParameter(str(problem)[:300], parameter=_place(str(problem))), known_id, op)


def _place(problem: str) -> str | None:
    """`body` out of msgspec's "… - at `$.body`"."""
    _, found, path = problem.rpartition("at `$.")
    return path.rstrip("`") if found else None


def _as_hello(message: MutableMapping[str, Any]) -> protocol.Hello:
    if message["type"] == "websocket.disconnect":
        raise Rejected(protocol.CLOSE_UNAUTHORIZED)
    try:
        frame = _decode(message)
    except _BadFrame:
        raise Rejected(protocol.CLOSE_UNAUTHORIZED) from None
    if not isinstance(frame, protocol.Hello):
        raise Rejected(protocol.CLOSE_UNAUTHORIZED)
    return frame


async def deny(scope: Scope, send: SendAsgi, refusal: Refusal) -> None:
    """Refuses the handshake with an HTTP status, where the server can, and our shape of error."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": protocol.CLOSE_FORBIDDEN})
        return
    answer = refusal_response(refusal)
    await send(
        {"type": "websocket.http.response.start", "status": answer.status_code, "headers": answer.raw_headers}
    )
    await send({"type": "websocket.http.response.body", "body": answer.body})
