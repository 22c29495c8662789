"""The WebSocket door, `/c/v1/live` for visitors and `/v1/live` for agents: a bare ASGI endpoint.

handshake ─ origin, transport ─▶ accept ─ hello within 5 s ─▶ welcome ─▶ frames … ─▶ close
"""

from __future__ import annotations

import asyncio
import secrets

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
from kithdesk.core.peers import address_of, headers_of, network_of
from kithdesk.live import client_frames, protocol
from kithdesk.live.admission import (
    Receive,
    Scope,
    SendAsgi,
    check_site,
    check_transport,
    deny,
    enter,
    greet,
    is_own_origin,
)
from kithdesk.live.connection import Audience, Connection
from kithdesk.live.framing import BadFrame, decode, hello_of
from kithdesk.live.hub import Hub
from kithdesk.live.operations import OPERATIONS, Session
from kithdesk.live.protocol import Rejected
from kithdesk.live.replay import begin, subscribe
from kithdesk.live.strangers import Strangers, TooMany, check_own_sockets
from kithdesk.live.wire import FRAMES_BURST, FRAMES_PER_SECOND

log = structlog.get_logger(__name__)

_STRIKES = 3


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
        address = address_of(scope, self._desk.settings.trusted_proxies)
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
        hello = hello_of(message)
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
        try:
            await enter(self._hub, connection)
        except Refusal as refusal:
            raise _rejected(refusal) from None
        greet(self._hub, connection)
        return connection

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
        self, hello: client_frames.Hello, headers: dict[str, str], address: str
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
        except Refusal as refusal:
            raise _rejected(refusal) from None

    async def _listen(self, session: Session, receive: Receive) -> None:
        connection = session.connection
        clock = asyncio.get_running_loop().time
        limited = self._desk.settings.limits == "on"
        allowance, strikes = float(FRAMES_BURST), 0
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect" or not connection.is_open:
                return  # what is still on its way to a closed end is not heard: the client sends it again, in order
            now = clock()
            allowance = min(FRAMES_BURST, allowance + (now - connection.last_heard) * FRAMES_PER_SECOND) - 1
            connection.last_heard = now
            if limited and allowance < 0:
                raise Rejected(protocol.CLOSE_FLOOD)
            try:
                frame = decode(message)
                await self._dispatch(session, frame)
            except BadFrame as bad:
                session.refuse(bad.refusal, bad.id, bad.op)
                strikes += isinstance(bad.refusal, UnknownOperation) or bad.id is None
                if strikes >= _STRIKES:
                    raise Rejected(protocol.CLOSE_FLOOD) from None

    async def _dispatch(self, session: Session, frame: client_frames.AnyClientFrame) -> None:
        op = client_frames.op_of(frame)
        if isinstance(frame, client_frames.Subscribe):
            turn = begin(session.connection, frame.topic)
            self._hub.go_on(_subscribe(session, frame, turn))
            return
        operation = OPERATIONS.get(type(frame))
        if operation is None:  # a second hello
            raise BadFrame(BadParameter("You have said hello already.", parameter="op"), frame.id, op)
        try:
            await operation(session, frame)
        except Refusal as refusal:
            session.refuse(refusal, frame.id, op)
        except Exception:
            log.exception("operation_failed", op=op)
            session.refuse(InternalError(), frame.id, op)


def _rejected(refusal: Refusal) -> Rejected:
    if isinstance(refusal, Unauthorized | Forbidden):
        return Rejected(protocol.CLOSE_UNAUTHORIZED)
    # Whose token it is cannot be looked up just now. Told that it is dead, a browser would forget who it is.
    return Rejected(protocol.CLOSE_OUTCOME_UNKNOWN)


async def _subscribe(session: Session, frame: client_frames.Subscribe, turn: object) -> None:
    try:
        await subscribe(session.hub, session.connection, frame, turn)
    except Refusal as refusal:
        session.refuse(refusal, frame.id, "subscribe", frame.topic)
    except Exception:
        log.exception("operation_failed", op="subscribe")
        session.refuse(InternalError(), frame.id, "subscribe", frame.topic)
