"""Running the server: uvicorn with our limits, a control socket for the command line, a calm ending.

port open, /readyz says why not ── migrated, prepared ──▶ serving ── SIGTERM ──▶ goodbye, drained, exit 0
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn
from fastapi import Response
from fastapi.responses import JSONResponse

from kithdesk import control, operating
from kithdesk.app import WIRING, Application, Receive, Scope, Send
from kithdesk.channels import chat
from kithdesk.conversations import parse_user_agent
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.integrity import keep_looking
from kithdesk.core.settings import Settings
from kithdesk.core.web import refusal_response
from kithdesk.core.wire import BoundedProtocol
from kithdesk.live import heartbeat, protocol
from kithdesk.live.admission import deny
from kithdesk.live.hub import Hub
from kithdesk.live.wire import LiveProtocol

log = structlog.get_logger(__name__)

_GRACE_SECONDS = 10
_WARM_UP_AFTER_SECONDS = 1
_BACKLOG = 2_048


class CannotListen(Exception):
    """The address is taken, or is none of this machine's."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a server has beside the product: routers, and whom to tell that it serves."""

    routers: Sequence[Any] = ()
    tell: Callable[[], None] = lambda: None


Prepare = Callable[[Desk], Awaitable[Extras]]


async def _nothing_more(_desk: Desk) -> Extras:
    return Extras()


class Door:
    """Alive, and says why not ready, until the application is there to open it to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._application: Application | None = None
        self._closed = chat.OpenToPages(self._not_yet, desk.settings.trusted_proxies)

    def open(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._application is not None:
            await self._application(scope, receive, send)
        elif scope["type"] == "http":
            await self._closed(scope, receive, send)
        else:
            await receive()
            await deny(scope, send, _starting())

    async def _not_yet(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/healthz":
            answer: Response = JSONResponse(await operating.healthz())
        elif scope["path"] == "/readyz":
            answer = operating.readiness(self._desk.ready or "starting")
        else:
            answer = refusal_response(_starting())
        await answer(scope, receive, send)


def _starting() -> Overloaded:
    return Overloaded("The server is starting.", retry_after=1)


class Server(uvicorn.Server):
    """Says goodbye to every client before the sockets close, and ends with 0 when asked to end."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.hub: Hub | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        log.info("draining", connections=0 if self.hub is None else len(self.hub))
        if self.hub is not None:
            await self.hub.say_goodbye()
        await super().shutdown(sockets)


async def serve(
    settings: Settings, host: str, port: int, *, effects: bool = True, prepare: Prepare = _nothing_more
) -> None:
    """Serves until SIGTERM or SIGINT, then drains. Raises `DataInUse`, `UnfitDatabase`, `NoKey`, `CannotListen`."""
    desk = Desk(settings, WIRING)
    sockets = listen(host, port)
    port = sockets[0].getsockname()[1]
    if settings.base_url is None:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
        settings.base_url = f"http://{shown}:{port}"
    door = Door(desk)
    # The console goes by that header's clock, and a test moves another one.
    server = Server(configuration(door, says_time=not settings.test))
    serving = asyncio.create_task(server.serve(sockets))
    log.info("listening", host=host, port=port, base_url=settings.base_url)
    try:
        async with _started(desk, effects=effects) as hub:
            extras = await prepare(desk)
            server.hub = hub
            door.open(Application(desk, hub, *extras.routers))
            extras.tell()
            gc.freeze()  # what is here to stay; looking at it again and again would stop everybody meanwhile
            gc.enable()
            await serving
    finally:
        server.should_exit = True
        await serving


def configuration(application: Any, *, says_time: bool = True) -> uvicorn.Config:
    """Every limit that is the wire's, for the server and for whoever tests against one."""
    return uvicorn.Config(
        application,
        http=BoundedProtocol,
        ws=LiveProtocol,
        ws_max_size=protocol.MAX_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # the live protocol has its own signs of life
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=says_time,
        proxy_headers=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def listen(host: str, port: int) -> list[socket.socket]:
    """A socket for each address that `host` stands for. Raises `CannotListen`."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as problem:
        raise CannotListen(f"{host} is not an address: {problem.strerror}") from None
    sockets: list[socket.socket] = []
    for family, _, _, _, address in dict.fromkeys(found):
        try:
            sockets.append(socket.create_server(address[:2], family=family, backlog=_BACKLOG))
        except OSError as problem:
            for opened in sockets:
                opened.close()
            raise CannotListen(_why_not(problem, host, port)) from None
    return sockets


def _why_not(problem: OSError, host: str, port: int) -> str:
    # Not `strerror`: Python writes the address into it once more.
    why = os.strerror(problem.errno) if problem.errno else str(problem)
    hint = " (--port takes another)" if problem.errno == errno.EADDRINUSE else ""
    return f"cannot listen on {host} port {port}: {why}{hint}"


@contextlib.asynccontextmanager
async def _started(desk: Desk, *, effects: bool) -> AsyncIterator[Hub]:
    """The desk at work, with its hub, its heartbeats and its control socket."""
    await desk.start(effects=effects)
    hub = Hub(desk)
    beats = [
        asyncio.create_task(beat) for beat in (*heartbeat.beats(hub), _warm_up(desk), keep_looking(desk))
    ]
    try:
        async with contextlib.nullcontext() if desk.database.is_shared else control.listening(desk):
            yield hub
    finally:
        for beat in beats:
            beat.cancel()
        await asyncio.gather(*beats, return_exceptions=True)
        await desk.stop()


async def _warm_up(desk: Desk) -> None:
    """What the first upload and the first browser would otherwise wait for. Most servers of tests never see either."""
    if desk.settings.test:
        return
    await asyncio.sleep(_WARM_UP_AFTER_SECONDS)
    await asyncio.to_thread(parse_user_agent, "")
    await desk.compute(parse_user_agent, "")
