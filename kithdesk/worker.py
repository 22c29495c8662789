"""A process that only runs jobs, beside servers of the same installation; on PostgreSQL only."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Iterator

import structlog
import uvicorn
from fastapi import FastAPI

from kithdesk import operating, server
from kithdesk.app import WIRING
from kithdesk.core import web
from kithdesk.core.desk import Desk
from kithdesk.core.headers import Gate
from kithdesk.core.settings import Settings

log = structlog.get_logger(__name__)


async def work(settings: Settings, host: str, port: int | None) -> None:
    """Runs jobs until SIGTERM or SIGINT, then finishes those at hand. With a port, it answers probes there.

    Raises what `Desk.start` raises, and `CannotListen`.
    """
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    desk = Desk(settings, WIRING)
    async with _probes(desk, host, port) if port is not None else contextlib.nullcontext():
        await desk.start(serves=False)
        log.info("working", node=desk.node)
        await asked.wait()
        log.info("finishing")
        await desk.stop()


@contextlib.asynccontextmanager
async def _probes(desk: Desk, host: str, port: int) -> AsyncIterator[None]:
    """`/healthz`, `/readyz` and `/metrics`, and nothing else."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    api.state.desk = desk
    web.install(api)
    api.include_router(operating.probes)
    listener = _Listener(server.configuration(Gate(api, desk.settings.trusted_proxies)))
    serving = asyncio.create_task(listener.serve(server.listen(host, port)))
    try:
        yield
    finally:
        listener.should_exit = True
        await serving


class _Listener(uvicorn.Server):
    """Leaves the signals to the worker."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
