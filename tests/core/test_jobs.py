"""Jobs and timers: due to the second, once, given up in the open."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithdesk.core import jobrunner, nodes
from kithdesk.core.clock import ManualClock
from kithdesk.core.deadletters import list_dead, revive
from kithdesk.core.desk import Desk
from kithdesk.core.ids import Ids
from kithdesk.core.jobclaims import backoff
from kithdesk.core.jobs import Claimed, RetryPolicy
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring, Work
from tests.core.words import BY, Repeat, Stumble, listed, say, stumbles
from tests.spine import sql

pytestmark = pytest.mark.anyio


def plan(work: Work, word: str, at: int, unique: str | None = None, on_conflict: str = "keep") -> None:
    work.enqueue(Repeat(word=word), at=at, unique=unique, on_conflict=on_conflict)  # type: ignore[arg-type]


async def words_of(desk: Desk) -> list[str]:
    await desk.jobs.settle()
    return (await desk.read(listed, by=BY)).value


async def test_a_timer_runs_when_its_moment_has_come(desk: Desk, clock: ManualClock) -> None:
    await desk.run(plan, "later", clock.in_(minutes=5), by=BY)

    assert await words_of(desk) == []
    clock.advance(minutes=4, seconds=59)
    assert await words_of(desk) == []
    clock.advance(seconds=1)
    assert await words_of(desk) == ["later!"]


@pytest.mark.parametrize(
    ("on_conflict", "first", "second"),
    [("keep", ["one!"], ["one!"]), ("replace", [], ["two!"]), ("move", [], ["one!"])],
)
async def test_one_job_waits_for_each_unique_key(
    desk: Desk, clock: ManualClock, on_conflict: str, first: list[str], second: list[str]
) -> None:
    await desk.run(plan, "one", clock.in_(seconds=10), "key", by=BY)
    await desk.run(plan, "two", clock.in_(seconds=20), "key", on_conflict, by=BY)

    clock.advance(seconds=10)
    assert await words_of(desk) == first
    clock.advance(seconds=10)
    assert await words_of(desk) == second


async def test_a_runner_that_is_stopped_just_as_something_falls_due_stops(
    desk: Desk, clock: ManualClock
) -> None:
    await desk.jobs.start()
    for _ in range(20):  # until it sleeps
        await asyncio.sleep(0)
    await desk.run(plan, "now", clock.now(), by=BY)
    await asyncio.sleep(0.05)

    desk.jobs.notice(0)

    await asyncio.wait_for(desk.jobs.stop(), 5)


async def test_a_cancelled_timer_never_runs(desk: Desk, clock: ManualClock) -> None:
    await desk.run(plan, "one", clock.in_(seconds=10), "key", by=BY)
    await desk.run(lambda work: work.cancel("key"), by=BY)

    clock.advance(seconds=11)
    assert await words_of(desk) == []


async def dead_letters(desk: Desk) -> list[Any]:
    found, total = (await desk.read(list_dead, offset=0, limit=10, by=BY)).value
    assert len(found) == total
    return list(found)


async def test_a_failing_job_is_tried_again_and_then_lies_dead_until_revived(
    desk: Desk, clock: ManualClock
) -> None:
    await desk.run(lambda work: work.enqueue(Stumble(word="oops")), by=BY)
    for _ in range(5):
        assert await words_of(desk) == []
        clock.advance(seconds=20)

    dead = await dead_letters(desk)
    assert [(row.kind, row.attempts) for row in dead] == [("test.stumble", 3)]
    assert "always" in dead[0].last_error
    await desk.run(revive, dead[0].id, by=BY)
    assert await dead_letters(desk) == []


async def test_T95_a_job_that_kills_its_process_three_times_is_parked(
    settings: Settings, wiring: Wiring, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        nodes, "ROUND", 0
    )  # which a process that has just started waits before it judges others

    async def start() -> Desk:
        desk = Desk(settings, wiring, clock=clock, ids=Ids(1))
        await desk.start(jobs=False)
        return desk

    desk = await start()
    await desk.run(plan, "deadly", clock.in_(hours=1), by=BY)
    await desk.run(plan, "harmless", clock.in_(hours=2), by=BY)
    dead_after = []
    for _ in range(3):
        await sql(
            desk,  # claimed, and then the process was gone
            "UPDATE jobs SET status = 'running', node = 'gone' WHERE payload LIKE '%deadly%' AND status = 'waiting'",
        )
        await desk.stop()
        desk = await start()
        await desk.jobs.start()  # finds what died with the process before
        await desk.jobs.stop()
        dead_after.append([row.kind for row in await dead_letters(desk)])

    assert dead_after == [[], [], ["test.repeat"]]
    clock.advance(hours=3)
    assert await words_of(desk) == ["harmless!"]
    await desk.stop()


async def test_a_job_that_outlasts_three_ordered_stops_has_all_its_tries_left(
    settings: Settings, wiring: Wiring, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobrunner, "_LAST_SECONDS", 0.01)
    begun = asyncio.Event()

    async def take_long(_desk: Desk, _claimed: Claimed) -> None:
        begun.set()
        await asyncio.Event().wait()

    long = dataclasses.replace(wiring, verbs={}, handlers={Repeat: take_long})
    left_behind: list[Any] = []
    for _ in range(3):
        desk = Desk(settings, long, clock=clock, ids=Ids(1))
        await desk.start()
        if not left_behind:
            await desk.run(plan, "long", clock.now(), by=BY)
        await asyncio.wait_for(begun.wait(), 10)
        await desk.stop()
        begun.clear()
        desk = Desk(settings, wiring, clock=clock, ids=Ids(1))
        await desk.start(jobs=False)
        left_behind += await sql(desk, "SELECT status, attempts, deaths FROM jobs")
        if len(left_behind) == 3:
            assert await words_of(desk) == ["long!"]
        await desk.stop()

    assert left_behind == [("waiting", 0, 0)] * 3


async def test_jobs_of_one_serial_key_run_in_order_and_do_not_spin(desk: Desk) -> None:
    def both(work: Work) -> None:
        work.enqueue(Repeat(word="first"), serial="s")
        work.enqueue(Repeat(word="second"), serial="s")

    await desk.run(both, by=BY)

    assert await words_of(desk) == ["first!", "second!"]


async def test_a_broken_reaction_is_tried_again_and_then_has_its_effect(
    desk: Desk, clock: ManualClock
) -> None:
    stumbles.append("raise")
    await desk.run(say, "raise", by=BY)
    assert await words_of(desk) == ["raise"]

    stumbles.clear()
    clock.advance(minutes=5)
    assert await words_of(desk) == ["raise", "recovered"]


@settings(deadline=None)  # which is of the clock on the wall
@given(attempts=st.integers(1, 100), jitter=st.floats(0, 0.999))
async def test_backoff_stays_between_half_and_the_whole_of_the_doubled_wait(
    attempts: int, jitter: float
) -> None:
    policy = RetryPolicy(tries=8, first=1_000, longest=60_000)
    wait = backoff(policy, attempts, jitter)

    if attempts >= 8:
        assert wait is None
    else:
        whole = min(60_000, 1_000 * 2 ** (attempts - 1))
        assert wait is not None
        assert whole // 2 <= wait <= whole


async def test_a_job_whose_claim_was_not_answered_is_given_back_by_its_own_process(desk: Desk) -> None:
    await desk.run(plan, "once", desk.clock.now(), by=BY)
    await sql(desk, f"UPDATE jobs SET status = 'running', fence = 1, attempts = 1, node = '{desk.node}'")

    await desk.jobs.renew()

    assert await words_of(desk) == ["once!"]


async def test_a_job_of_a_kind_that_a_newer_version_knows_waits_for_it(desk: Desk) -> None:
    await desk.run(plan, "later", desk.clock.now(), by=BY)
    await sql(desk, "UPDATE jobs SET kind = 'test.of_tomorrow'")

    await desk.jobs.settle()

    assert await sql(desk, "SELECT status, attempts FROM jobs") == [("waiting", 1)]
