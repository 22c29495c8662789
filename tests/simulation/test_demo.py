"""The demo's working day, as it was told: played again, everything goes to whom it went."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kithdesk import demo
from kithdesk.app import WIRING
from kithdesk.core.clock import HOUR, Instant, ManualClock
from kithdesk.core.desk import Desk, where
from kithdesk.core.ids import Ids
from kithdesk.core.settings import Settings
from kithdesk.simulation import read_scenario, simulate
from kithdesk.simulation.results import Outcome

HOURS = 30
"""So long ago the last day of the demo had not begun."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder with the demo in it."""
    settings = Settings(data=tmp_path_factory.mktemp("demo") / "data", test=True)

    async def prepare() -> None:
        desk = Desk(settings, WIRING, clock=ManualClock(), ids=Ids(1))
        await desk.start(jobs=False)
        await demo.prepare(desk)
        await desk.stop()

    asyncio.run(prepare())
    return settings


def play(settings: Settings, scenario: dict[str, object]) -> Outcome:
    now = ManualClock().now()
    begins = Instant(now - HOURS * HOUR)
    nobody = lambda _done, _all: None  # noqa: E731 - nobody watches
    return simulate(
        where(settings), WIRING, None, begins, now, read_scenario(scenario), now=now, progress=nobody
    )


def test_the_demos_day_played_again_goes_as_it_went(told: Settings) -> None:
    outcome = play(told, {})

    assert outcome.troubles == []
    assert outcome.agreement.conversations > 20
    assert outcome.agreement.same == outcome.agreement.conversations


def test_with_twice_the_load_somebody_waits_longer(told: Settings) -> None:
    outcome = play(told, {"load": {"factor": 3}})

    assert outcome.after is not None
    before, after = outcome.before.whole, outcome.after.whole
    assert after.arrivals > 2 * before.arrivals
    assert (after.wait.p90 or 0) > (before.wait.p90 or 0)


def test_the_same_scenario_is_the_same_again(told: Settings, tmp_path: Path) -> None:
    scenario = {"load": {"factor": 1.5, "seed": 7}, "roster": {"add": [{"name": "Kim"}]}}

    first, second = play(told, scenario), play(told, scenario)

    assert first.after is not None
    assert second.after is not None
    assert first.after.whole == second.after.whole
