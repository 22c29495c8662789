"""`kithdesk demo`: the server with the demo shop beside it."""

from __future__ import annotations

import sys

from kithdesk import demo, server
from kithdesk.core.desk import Desk
from kithdesk.core.settings import Settings


async def serve(settings: Settings, host: str, port: int) -> None:
    """Prepares the demo organisation, prints its links, serves until told to stop. Raises `demo.NotADemoFolder`."""
    await server.serve(settings, host, port, prepare=_prepare)


async def _prepare(desk: Desk) -> server.Extras:
    links = await demo.prepare(desk)

    def tell() -> None:
        sys.stdout.write(links.describe() + "\n")
        sys.stdout.flush()

    return server.Extras((demo.shop_routes(desk, links),), tell)
