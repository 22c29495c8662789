"""Two sites on one desk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kithdesk.core.desk import Desk
from tests.channels.chat.sites import Site, found_site


@pytest.fixture
async def site(desk: Desk) -> AsyncIterator[Site]:
    site = await found_site(desk, "Outdoor")
    yield site
    for client in site.clients:
        await client.aclose()


@pytest.fixture
async def other_site(desk: Desk) -> AsyncIterator[Site]:
    site = await found_site(desk, "Indoor")
    yield site
    for client in site.clients:
        await client.aclose()
