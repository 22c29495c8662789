"""Leases of several processes on one PostgreSQL: who holds a job, for how long, and who may take it over."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable

import pytest

from kithdesk.core import nodes
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.clock import DAY, HOUR, SECOND, Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.ids import JobId
from kithdesk.core.jobclaims import finish, live_on
from kithdesk.core.jobs import Claimed
from kithdesk.core.nodes import Rounds
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring, Work
from tests.core.words import BY, ORGANISATION, Repeat, listed
from tests.spine import sql

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]


def long_here(now: Instant) -> Rounds:
    return Rounds(Instant(now - 5 * SECOND), Instant(now - DAY))


def after_an_outage(now: Instant) -> Rounds:
    return Rounds(Instant(now - DAY), Instant(now - DAY))


async def test_a_dead_nodes_job_is_done_by_another_and_a_woken_one_does_no_harm(
    pair: tuple[Desk, Desk], clock: ManualClock
) -> None:
    first, second = pair
    await first.run(_plan, "once", by=BY)
    await first.jobs.renew()
    await sql(first, f"UPDATE jobs SET status = 'running', fence = 1, attempts = 1, node = '{first.node}'")
    ((job,),) = await sql(first, "SELECT id FROM jobs")

    await lives_on(second, long_here)
    assert await sql(first, "SELECT status FROM jobs") == [("running",)], "its lease still runs"
    await sql(first, f"UPDATE nodes SET lease_until = 0 WHERE id = '{first.node}'")  # it stood still for long
    await lives_on(second, long_here)
    await second.jobs.settle()
    assert (await second.read(listed, by=BY)).value == ["once!"]

    held = Claimed(JobId(job), ORGANISATION, Repeat(word="once"), fence=1, attempts=1)
    assert not (await first.run(finish, held, by=BY)).value, "the woken node holds nothing any more"


@pytest.mark.parametrize(
    ("rounds", "name"),
    [(after_an_outage, "was away from the database, as the other may have been"), (None, "has just started")],
)
async def test_T95_who_cannot_know_whether_others_live_takes_nothing_from_them(
    pair: tuple[Desk, Desk], rounds: Callable[[Instant], Rounds] | None, name: str
) -> None:
    first, second = pair
    await first.run(_plan, "once", by=BY)
    await first.jobs.renew()
    await sql(first, f"UPDATE jobs SET status = 'running', fence = 1, attempts = 1, node = '{first.node}'")
    await sql(first, "UPDATE nodes SET lease_until = 0")

    await lives_on(second, rounds)
    assert await sql(first, "SELECT status, deaths FROM jobs") == [("running", 0)], name

    await lives_on(second, long_here)
    assert await sql(first, "SELECT status, deaths FROM jobs") == [("waiting", 1)], "but soon"


async def test_T95_a_lease_from_an_hour_ahead_ends_when_the_clock_is_put_right(
    pair: tuple[Desk, Desk],
) -> None:
    first, second = pair
    await first.jobs.renew()
    await sql(first, f"UPDATE nodes SET lease_until = lease_until + {HOUR} WHERE id = '{first.node}'")

    await lives_on(second, long_here)

    [(ahead,)] = await sql(
        first,
        f"SELECT max(lease_until) - (SELECT lease_until FROM nodes WHERE id = '{second.node}') FROM nodes",
    )
    assert ahead == 0


class Hands:
    """Moves the loop's clock, which leases are kept by on this side: nobody waits for one to end."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._time = self._loop.time
        self._ahead = 0.0
        self._loop.time = lambda: self._time() + self._ahead  # type: ignore[method-assign]

    def move(self, seconds: float) -> None:
        self._ahead += seconds

    def let_go(self) -> None:
        self._loop.time = self._time  # type: ignore[method-assign]


@pytest.fixture
async def hands() -> AsyncIterator[Hands]:
    hands = Hands()
    yield hands
    hands.let_go()


MOST = nodes.LEASE / SECOND - 1
"""A process lets go a second before its lease ends."""


async def test_T95_what_is_done_outside_ends_with_the_lease_and_begins_again_under_another_number(
    settings: Settings, wiring: Wiring, clock: ManualClock, hands: Hands
) -> None:
    begun, has_begun, let_go = list[int](), asyncio.Event(), asyncio.Event()

    async def reach_out(_desk: Desk, claimed: Claimed) -> None:
        begun.append(claimed.fence)
        if claimed.fence == 1:
            has_begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                let_go.set()

    desk = Desk(settings, dataclasses.replace(wiring, verbs={}, handlers={Repeat: reach_out}), clock=clock)
    await desk.start(jobs=False)
    await desk.jobs.renew()
    await desk.run(_plan, "outside", by=BY)
    working = asyncio.create_task(desk.jobs.settle())
    await has_begun.wait()

    hands.move(MOST)  # nobody renews the lease meanwhile
    await let_go.wait()
    await desk.jobs.renew()
    await working

    assert begun == [1, 2]
    assert await sql(desk, "SELECT status FROM jobs") == []
    await desk.stop()


async def test_T95_a_lease_that_is_renewed_gives_more_time(
    settings: Settings, wiring: Wiring, clock: ManualClock, hands: Hands
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def reach_out(_desk: Desk, _claimed: Claimed) -> None:
        begun.set()
        await may_end.wait()

    desk = Desk(settings, dataclasses.replace(wiring, verbs={}, handlers={Repeat: reach_out}), clock=clock)
    await desk.start(jobs=False)
    await desk.jobs.renew()
    await desk.run(_plan, "outside", by=BY)
    working = asyncio.create_task(desk.jobs.settle())
    await begun.wait()

    for _ in range(4):
        hands.move(MOST / 2)
        await desk.jobs.renew()
    may_end.set()
    await working

    assert await sql(desk, "SELECT status FROM jobs") == []
    await desk.stop()


async def test_T95_a_server_that_stops_keeps_its_lease_until_its_last_job_is_done(
    settings: Settings, wiring: Wiring, clock: ManualClock, hands: Hands
) -> None:
    begun, may_end, done = asyncio.Event(), asyncio.Event(), []

    async def reach_out(_desk: Desk, _claimed: Claimed) -> None:
        begun.set()
        await may_end.wait()
        done.append("outside")

    desk = Desk(settings, dataclasses.replace(wiring, verbs={}, handlers={Repeat: reach_out}), clock=clock)
    await desk.start()
    await desk.run(_plan, "outside", by=BY)
    await begun.wait()
    stopping = asyncio.create_task(desk.stop())

    for _ in range(3):  # longer than the lease, and less than it waits for the last job
        before = await leased_until(desk)
        hands.move(nodes.RENEW_SECONDS + 0.1)
        async with asyncio.timeout(10):
            while await leased_until(desk) == before:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.01)
    may_end.set()
    await stopping

    assert done == ["outside"]


async def leased_until(desk: Desk) -> int:
    ((until,),) = await sql(desk, f"SELECT lease_until FROM nodes WHERE id = '{desk.node}'")
    return int(until)


async def lives_on(desk: Desk, rounds: Callable[[Instant], Rounds] | None) -> None:
    """A round of a process that has made such ones before."""

    def make_one(work: Work) -> None:
        before = None if rounds is None else rounds(nodes.time(work))
        live_on(work, desk.node, [], rounds=before, serves=True, runs_effects=True, is_alone=False)

    await desk.run(make_one, by=INSTALLATION)


def _plan(work: Work, word: str) -> None:
    work.enqueue(Repeat(word=word))
