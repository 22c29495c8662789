"""Two shops on one desk."""

from __future__ import annotations

import pytest

from kithdesk.core.desk import Desk
from tests.routing.shops import Shop, found_shop


@pytest.fixture
async def shop(desk: Desk) -> Shop:
    return await found_shop(desk, "Outdoor")


@pytest.fixture
async def other_shop(desk: Desk) -> Shop:
    return await found_shop(desk, "Indoor")
