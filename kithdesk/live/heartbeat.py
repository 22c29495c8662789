"""Signs of life: unasked pongs, letting silent clients go, agents' leases, and credentials that have died."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import structlog

from kithdesk import access, routing
from kithdesk.core.errors import Refusal
from kithdesk.live import protocol
from kithdesk.live.hub import Hub

log = structlog.get_logger(__name__)

LEASE_SECONDS = 5
RECHECK_SECONDS = 4


def beats(hub: Hub) -> tuple[Coroutine[Any, Any, None], ...]:
    """What runs beside the server for as long as it lives."""
    return keep_alive(hub), recheck_agents(hub), renew_leases(hub)


async def keep_alive(hub: Hub) -> None:
    """Once a second, each connection in its own slot, so that ten thousand pongs are spread over 25 seconds."""
    loop = asyncio.get_running_loop()
    tick = 0
    while True:
        await asyncio.sleep(1)
        tick += 1
        now = loop.time()
        for connection in hub.connections():
            slot = connection.slot
            if now - connection.last_heard > protocol.SILENCE:
                connection.close(protocol.CLOSE_SILENT)
            elif slot % protocol.HEARTBEAT == tick % protocol.HEARTBEAT:
                hub.pong(connection)


async def recheck_agents(hub: Hub) -> None:
    """An agent whose session, role or key has ended is let go within five seconds, whatever the bus does."""
    while True:
        await asyncio.sleep(RECHECK_SECONDS)
        for connection in hub.connections():
            if connection.audience != "agents":
                continue
            try:
                connection.actor = await access.recheck(hub.desk, connection.credential)
            except Refusal:
                connection.close(protocol.CLOSE_UNAUTHORIZED)


async def renew_leases(hub: Hub) -> None:
    """Says who is here, every five seconds and at once when somebody comes or goes."""
    while True:
        try:
            await routing.renew_leases(hub.desk, hub.agents_online())
        except Refusal as refusal:  # the database cannot be written just now; the next round says it again
            log.warning("leases_not_renewed", code=refusal.code)
        hub.presence_changed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(hub.presence_changed.wait(), LEASE_SECONDS)
