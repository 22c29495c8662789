"""`kithdesk demo`: the server with the demo shop beside it."""

from __future__ import annotations

import sys

from kithdesk import demo
from kithdesk.app import Application
from kithdesk.core.settings import Settings
from kithdesk.server import open_desk, run


async def serve(settings: Settings, host: str, port: int) -> None:
    """Prepares the demo organisation, prints its links, serves until told to stop. Raises `demo.NotADemoFolder`."""
    async with open_desk(settings, host, port) as (desk, hub):
        links = await demo.prepare(desk)
        app = Application(desk, hub, demo.shop_routes(desk, links))

        def tell() -> None:
            sys.stdout.write(links.describe() + "\n")
            sys.stdout.flush()

        await run(app, hub, host, port, tell)
