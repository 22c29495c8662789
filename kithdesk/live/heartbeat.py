"""Signs of life: unasked pongs, letting silent clients go, agents' leases, and credentials that have died."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

from kithdesk import access, routing
from kithdesk.core.beats import keep_beating
from kithdesk.core.errors import Unauthorized
from kithdesk.live import protocol
from kithdesk.live.hub import Hub

LEASE_SECONDS = 5
RECHECK_SECONDS = 4


def beats(hub: Hub) -> tuple[Coroutine[Any, Any, None], ...]:
    """What runs beside the server for as long as it lives."""
    watch = routing.Watch(hub.desk)
    return (
        keep_beating("pongs", lambda: keep_alive(hub)),
        keep_beating("rechecks", lambda: recheck_agents(hub)),
        keep_beating("leases", lambda: renew_leases(hub, watch)),
    )


async def keep_alive(hub: Hub) -> None:
    """One second's share: each connection has its own slot, so that ten thousand pongs are spread over 25 seconds."""
    await asyncio.sleep(1)
    hub.beat += 1  # counted, not read from a clock, which a late round would make skip a share
    now = asyncio.get_running_loop().time()
    for connection in hub.connections():
        if now - connection.last_heard > protocol.SILENCE:
            connection.close(protocol.CLOSE_SILENT)
        elif connection.slot % protocol.HEARTBEAT == hub.beat % protocol.HEARTBEAT:
            hub.pong(connection)


async def recheck_agents(hub: Hub) -> None:
    """An agent whose session, role or key has ended is let go within five seconds, whatever the bus does."""
    await asyncio.sleep(RECHECK_SECONDS)
    for connection in hub.connections():
        if connection.audience != "agents":
            continue
        try:
            connection.actor = await access.recheck(hub.desk, connection.credential)
        except Unauthorized:
            connection.close(protocol.CLOSE_UNAUTHORIZED)


async def renew_leases(hub: Hub, watch: routing.Watch) -> None:
    """Says who is here, every five seconds and at once when somebody comes or goes."""
    hub.presence_changed.clear()
    await watch.renew(hub.agents_online())
    # Not `wait_for`: before Python 3.12 it loses a cancellation that comes together with the event.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LEASE_SECONDS):
            await hub.presence_changed.wait()
