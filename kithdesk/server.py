"""Running the server: uvicorn with the protocol's limits, a control socket for the command line, a calm ending."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import structlog
import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode

from kithdesk import control
from kithdesk.app import WIRING, Application
from kithdesk.conversations import parse_user_agent
from kithdesk.core.desk import Desk
from kithdesk.core.settings import Settings
from kithdesk.live import heartbeat, protocol
from kithdesk.live.hub import Hub

log = structlog.get_logger(__name__)

_GRACE_SECONDS = 10
_WARM_UP_AFTER_SECONDS = 1


class LiveProtocol(WebSocketsSansIOProtocol):
    """Closes a frame that is too large with the live protocol's code, before it is buffered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fail = self.conn.fail

        def fail_with_our_code(code: int, reason: str = "") -> None:
            fail(protocol.CLOSE_TOO_LARGE if code == CloseCode.MESSAGE_TOO_BIG else code, reason)

        self.conn.fail = fail_with_our_code  # type: ignore[method-assign]


class Server(uvicorn.Server):
    """Says goodbye to every client before the sockets close, and ends with 0 when asked to end."""

    def __init__(self, config: uvicorn.Config, hub: Hub, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub = hub
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            log.info("listening", host=self.config.host, port=self.config.port)
            self._on_ready()

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
        log.info("draining", connections=len(self._hub))
        await self._hub.say_goodbye()
        await super().shutdown(sockets)


async def serve(settings: Settings, host: str, port: int, *, effects: bool = True) -> None:
    """Serves until SIGTERM or SIGINT, then drains."""
    async with open_desk(settings, host, port, effects=effects) as (desk, hub):
        await run(Application(desk, hub), hub, host, port)


@contextlib.asynccontextmanager
async def open_desk(
    settings: Settings, host: str, port: int, *, effects: bool = True
) -> AsyncIterator[tuple[Desk, Hub]]:
    """A started desk with its hub, its heartbeats and its control socket."""
    if settings.base_url is None:
        shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
        settings.base_url = f"http://{shown}:{port}"
    desk = Desk(settings, WIRING)
    await desk.start(effects=effects)
    hub = Hub(desk)
    beats = [asyncio.create_task(beat) for beat in (*heartbeat.beats(hub), _warm_up(desk))]
    try:
        async with control.listening(desk):
            yield desk, hub
    finally:
        for beat in beats:
            beat.cancel()
        await asyncio.gather(*beats, return_exceptions=True)
        await desk.stop()


async def _warm_up(desk: Desk) -> None:
    """What the first upload and the first browser would otherwise wait for."""
    await asyncio.sleep(_WARM_UP_AFTER_SECONDS)
    await asyncio.to_thread(parse_user_agent, "")
    await desk.compute(parse_user_agent, "")


async def run(
    app: Application, hub: Hub, host: str, port: int, on_ready: Callable[[], None] = lambda: None
) -> None:
    """Serves until told to stop; `on_ready` is called once the port is open."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        ws=LiveProtocol,
        ws_max_size=protocol.MAX_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # the live protocol has its own signs of life
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = Server(config, hub, on_ready)
    await server.serve()
    if not server.started:
        raise SystemExit(1)
