"""SLAs are tested with the slices below them and without those beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain
from typing import Any

import pytest

from kithdesk.calendar import projections as calendar
from kithdesk.calendar.routes import router as calendar_routes
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.work import Wiring
from kithdesk.sla import jobs, projections, subscribers
from kithdesk.sla.routes import router
from tests import slices
from tests.api import Ask, api_of
from tests.sla.houses import House, found_house
from tests.slices import acme, api, foreign, globex, make, other

__all__ = ["acme", "api", "foreign", "globex", "make", "other"]


def _joined(*parts: Any) -> Any:
    kinds = dict.fromkeys(chain.from_iterable(parts))
    return {kind: tuple(chain.from_iterable(part.get(kind, ()) for part in parts)) for kind in kinds}


WIRING = Wiring(
    projectors=_joined(slices.WIRING.projectors, calendar.PROJECTORS, projections.PROJECTORS),
    reactions=subscribers.REACTIONS,
    verbs={**slices.WIRING.verbs, **jobs.VERBS},
    handlers=slices.WIRING.handlers,
)


@pytest.fixture
def wiring() -> Wiring:
    return WIRING


@pytest.fixture
async def ask(desk: Desk) -> AsyncIterator[Ask]:
    async with api_of(desk, calendar_routes, router) as opened:
        yield opened


@pytest.fixture
async def house(desk: Desk, clock: ManualClock) -> House:
    return await found_house(desk, clock, "Outdoor")


@pytest.fixture
async def other_house(desk: Desk, clock: ManualClock) -> House:
    return await found_house(desk, clock, "Indoor")
