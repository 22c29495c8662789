"""Schedules are tested with access below them, over HTTP and by their verbs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kithdesk.calendar import projections
from kithdesk.calendar.routes import router
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.work import Wiring
from tests.api import Ask, api_of
from tests.calendar.reference import at
from tests.slices import WIRING, acme, api, foreign, globex, make, other

__all__ = ["acme", "api", "foreign", "globex", "make", "other"]


@pytest.fixture
def wiring() -> Wiring:
    return Wiring(
        projectors={**WIRING.projectors, **projections.PROJECTORS},
        verbs=WIRING.verbs,
        handlers=WIRING.handlers,
    )


@pytest.fixture
def clock() -> ManualClock:
    """A Monday at noon in Berlin."""
    return ManualClock(at("2026-11-30T11:00:00"))


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk, router) as opened:
        yield opened
