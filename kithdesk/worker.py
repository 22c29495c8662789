"""A process that only runs jobs, beside servers of the same installation; on PostgreSQL only."""

from __future__ import annotations

import asyncio
import signal

import structlog

from kithdesk.app import WIRING
from kithdesk.core.desk import Desk
from kithdesk.core.settings import Settings

log = structlog.get_logger(__name__)


async def work(settings: Settings) -> None:
    """Runs jobs until SIGTERM or SIGINT, then finishes those at hand."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    desk = Desk(settings, WIRING)
    await desk.start()
    log.info("working", node=desk.node)
    await asked.wait()
    log.info("finishing")
    await desk.stop()
