"""The journal alone rebuilds every projection."""

from __future__ import annotations

import asyncio

import pytest

from kithdesk.core import nodes
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.desk import Desk, where
from kithdesk.core.lock import DataInUse, alone
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.core.words import BY, say
from tests.spine import sql

pytestmark = pytest.mark.anyio


async def test_replay_agrees_with_what_the_verbs_did(desk: Desk, wiring: Wiring) -> None:
    await asyncio.gather(*(desk.run(say, f"w{n}", by=BY) for n in range(30)))

    report = await asyncio.to_thread(replay, where(desk.settings), wiring)

    assert report.agrees
    assert report.events == 30
    assert report.rows["test_words"] == 30


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE test_words SET word = 'lie' WHERE word = 'w3'", 2),
        ("DELETE FROM test_words WHERE word = 'w3'", 1),
        ("INSERT INTO test_words VALUES ('a', 'extra')", 1),
    ],
)
async def test_replay_finds_a_row_changed_by_hand_and_repairs_it(
    settings: Settings, wiring: Wiring, change: str, found: int
) -> None:
    desk = Desk(settings, wiring)
    await desk.start(jobs=False)
    await asyncio.gather(*(desk.run(say, f"w{n}", by=BY) for n in range(10)))
    await sql(desk, change)
    await desk.stop()

    report = replay(where(settings), wiring, repair=True)

    assert report.differing_rows == found
    assert replay(where(settings), wiring).agrees


async def test_replay_beside_a_running_server_sees_one_moment(desk: Desk, wiring: Wiring) -> None:
    await asyncio.gather(*(desk.run(say, f"w{n}", by=BY) for n in range(50)))
    stop = asyncio.Event()

    async def write() -> int:
        written = 0
        while not stop.is_set():
            await desk.run(say, f"x{written:05}", by=BY)
            written += 1
        return written

    writing = asyncio.create_task(write())
    reports = [await asyncio.to_thread(replay, where(desk.settings), wiring) for _ in range(3)]
    stop.set()

    assert await writing > 0
    assert all(report.agrees for report in reports)
    assert [report.events for report in reports] == [report.rows["test_words"] for report in reports]


@pytest.mark.only("postgresql")
async def test_nobody_repairs_beside_a_server_and_no_server_joins_a_repair(desk: Desk) -> None:
    await desk.jobs.renew()
    with pytest.raises(DataInUse), alone(desk.settings):
        pytest.fail("a server lives")

    await desk.run(nodes.leave, desk.node, by=INSTALLATION)
    with alone(desk.settings):
        joining = asyncio.create_task(desk.jobs.renew())
        await asyncio.wait([joining], timeout=0.3)
        assert not joining.done()
    await joining
