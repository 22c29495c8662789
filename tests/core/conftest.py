"""The spine's tests run on a slice of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.core.wires import Wire
from tests.core.words import WORDS


@pytest.fixture
def wiring() -> Wiring:
    return WORDS


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def pair(
    settings: Settings, wiring: Wiring, clock: ManualClock, wire: Wire, tmp_path: Path
) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two processes, as far as the database can tell."""
    desks = []
    for number in (1, 2):
        its = settings.model_copy(
            update={"data": tmp_path / f"node{number}", "secret_key": SecretStr("k" * 32)}
        )
        desk = Desk(its, wiring, clock=clock, ids=Ids(number), bus=wire.end())
        await desk.start(jobs=False)
        desks.append(desk)
    yield desks[0], desks[1]
    for desk in desks:
        await desk.stop()
