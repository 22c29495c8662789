"""Whatever customers, agents and administrators do, and whenever the server was away: clocks are as a slow count of
minutes has them, every breach is stated once, and the journal alone tells it all."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from tests.sla.conftest import WIRING
from tests.sla.houses import found_house
from tests.sla.model import START, World
from tests.spine import file_of

small = st.integers(0, 2)
moves = st.one_of(
    st.tuples(st.just("arrive"), small),
    st.tuples(st.just("recall"), small),
    st.tuples(st.just("write"), small),
    st.tuples(st.just("answer"), small),
    st.tuples(st.just("note"), small),
    st.tuples(st.just("talk"), small),
    st.tuples(st.just("snooze"), small, st.integers(1, 900)),
    st.tuples(st.just("close"), small),
    st.tuples(st.just("end"), small),
    st.tuples(st.just("reopen"), small),
    st.tuples(st.just("prioritise"), small, st.sampled_from([3, 4, 5])),
    st.tuples(st.just("rename"), small),
    st.tuples(st.just("favour"), small),
    st.tuples(st.just("promise"), st.booleans(), st.integers(10, 600), st.booleans()),
    st.tuples(st.just("switch"), st.booleans()),
    st.tuples(st.just("reschedule"), small),
    st.tuples(st.just("wait"), st.integers(1, 700)),
    st.tuples(st.just("wait"), st.integers(1, 60)),
    st.tuples(st.just("be_away"), st.integers(1, 700)),
)


async def live_through(data: Path, steps: list[tuple[Any, ...]]) -> None:
    clock = ManualClock(START)
    desk = Desk(Settings(data=data, test=True), WIRING, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    house = await found_house(desk, clock, "Outdoor")
    try:
        world = World(house)
        await world.begin()
        await world.move("arrive", 0)
        await world.move("recall", 0)
        for name, *how in steps:
            await world.move(name, *how)
            await world.check()
        report = await asyncio.to_thread(replay, file_of(house.desk), WIRING)
        assert report.agrees, report.differences
    finally:
        await house.desk.stop()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(moves, min_size=6, max_size=20))
def test_clocks_are_right_whatever_happens(steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(live_through(Path(folder), steps))
