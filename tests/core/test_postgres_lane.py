"""What PostgreSQL's lane says to the server in one batch, and when its organisations are its own."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from kithdesk.core import journal
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock
from kithdesk.core.database import Done
from kithdesk.core.desk import Desk
from kithdesk.core.errors import InternalError
from kithdesk.core.ids import OrganisationId
from kithdesk.core.postgres.database import LANES, PostgresDatabase
from kithdesk.core.postgres.lane import PostgresLane
from kithdesk.core.postgres.pipeline import Pipeline
from kithdesk.core.settings import Settings
from kithdesk.core.work import Work
from tests.core.words import BY, ORGANISATION, WordSaid, listed, say
from tests.spine import sql

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]


class Stopwatch:
    """What lanes measure their batches by: it goes on when told, so that no slow machine ends a batch sooner."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    watch = Stopwatch()
    monkeypatch.setattr(time, "perf_counter", watch)
    return watch


@pytest.fixture
def trips(stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was sent to the server, one list of statements for each time that its answer was waited for."""
    sent: list[list[str]] = []
    run = Pipeline.run

    async def heard(self: Pipeline) -> object:
        if self._waiting:
            sent.append([asked.sql.split("\n")[0] for asked in self._waiting])
        return await run(self)

    monkeypatch.setattr(Pipeline, "run", heard)
    return sent


def look_and_say(work: Work, word: str) -> int:
    known = len(listed(work))
    work.publish(WordSaid(word=word))
    return known


async def test_a_command_that_reads_once_waits_for_two_answers(desk: Desk, trips: list[list[str]]) -> None:
    await desk.run(look_and_say, "one", by=BY)
    trips.clear()

    await desk.run(look_and_say, "two", by=BY)

    first, second = trips
    assert first[0].startswith("BEGIN")
    assert first[1].startswith("SELECT heads.organisation")
    assert first[-1].startswith("SELECT test_words.word")
    assert second[-1] == "COMMIT"


async def test_in_a_batch_each_further_command_waits_once_more(desk: Desk, trips: list[list[str]]) -> None:
    await desk.run(look_and_say, "one", by=BY)
    trips.clear()

    await asyncio.gather(*(desk.run(look_and_say, f"w{number}", by=BY) for number in range(10)))

    assert len(trips) == 11


@asynccontextmanager
async def held(settings: Settings) -> AsyncIterator[psycopg.AsyncConnection]:
    """Somebody else has the organisation's head."""
    assert settings.database_url is not None
    other = await psycopg.AsyncConnection.connect(settings.database_url.get_secret_value())
    await other.execute("SELECT 1 FROM heads WHERE organisation = %s FOR UPDATE", (ORGANISATION,))
    yield other
    await other.close()


async def until_somebody_waits(for_whom: psycopg.AsyncConnection) -> None:
    """For a lock: `for_whom` has the only one here."""
    async with asyncio.timeout(10):
        while True:
            locks = await for_whom.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if await locks.fetchone() != (0,):
                return
            await asyncio.sleep(0.01)


async def test_a_command_sees_and_is_dated_after_whatever_it_waited_for(
    desk: Desk, settings: Settings, clock: ManualClock
) -> None:
    await desk.run(look_and_say, "one", by=BY)
    async with held(settings) as other:
        waiting = asyncio.create_task(desk.run(look_and_say, "three", by=BY))
        await until_somebody_waits(other)
        await other.execute("INSERT INTO test_words VALUES (%s, 'two')", (ORGANISATION,))
        clock.advance(seconds=3)
        await other.commit()
        done = await waiting

    assert done.value == 2
    (_, last) = (await desk.read(journal.read_all, ORGANISATION, after=0, limit=9, by=BY)).value
    assert last.at == clock.now()


async def test_the_time_in_which_others_had_the_head_does_not_make_a_batch_smaller(
    desk: Desk, settings: Settings, stopwatch: Stopwatch, trips: list[list[str]]
) -> None:
    await desk.run(look_and_say, "one", by=BY)
    async with held(settings) as other:
        waiting = [asyncio.create_task(desk.run(look_and_say, f"w{number}", by=BY)) for number in range(10)]
        await until_somebody_waits(other)
        stopwatch.seconds += 2 * PostgresLane.run_seconds
        trips.clear()
        await other.commit()
        await asyncio.gather(*waiting)

    assert sum(trip[-1] == "COMMIT" for trip in trips) == 1


async def test_who_comes_while_others_have_the_head_is_written_with_those_who_wait_for_it(
    desk: Desk, settings: Settings, trips: list[list[str]]
) -> None:
    await desk.run(look_and_say, "one", by=BY)
    async with held(settings) as other:
        waiting = [asyncio.create_task(desk.run(look_and_say, "first", by=BY))]
        await until_somebody_waits(other)
        waiting += [asyncio.create_task(desk.run(look_and_say, f"w{number}", by=BY)) for number in range(9)]
        await asyncio.sleep(0)
        trips.clear()
        await other.commit()
        done = await asyncio.gather(*waiting)

    assert [one.position for one in done] == list(range(2, 12))
    assert sum(trip[-1] == "COMMIT" for trip in trips) == 1


async def test_who_comes_for_another_organisation_does_not_join_those_who_wait_for_a_head(
    desk: Desk, settings: Settings, trips: list[list[str]]
) -> None:
    await desk.run(look_and_say, "one", by=BY)
    by = next(
        system(other)
        for other in (OrganisationId(f"{number:024x}") for number in range(100))
        if lane_number(other) == lane_number(ORGANISATION)
    )
    async with held(settings) as other:
        waiting = [asyncio.create_task(desk.run(look_and_say, "first", by=BY))]
        await until_somebody_waits(other)
        waiting += [asyncio.create_task(desk.run(look_and_say, "theirs", by=one)) for one in (by, BY)]
        await asyncio.sleep(0)
        trips.clear()
        await other.commit()
        done = await asyncio.gather(*waiting)

    assert [one.position for one in done] == [2, 1, 3]
    assert sum(trip[-1] == "COMMIT" for trip in trips) == 2


async def test_as_many_as_a_batch_may_hold_are_written_together(
    desk: Desk, settings: Settings, trips: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.run(look_and_say, "one", by=BY)
    monkeypatch.setattr(lane_of_ours(desk)._waiting, "max_batch", 2)
    async with held(settings) as other:
        waiting = [asyncio.create_task(desk.run(look_and_say, "first", by=BY))]
        await until_somebody_waits(other)
        waiting += [asyncio.create_task(desk.run(look_and_say, f"w{number}", by=BY)) for number in range(3)]
        await asyncio.sleep(0)
        trips.clear()
        await other.commit()
        done = await asyncio.gather(*waiting)

    assert [one.position for one in done] == [2, 3, 4, 5]
    assert sum(trip[-1] == "COMMIT" for trip in trips) == 2


def lane_number(organisation: OrganisationId) -> int:
    return zlib.crc32(organisation.encode()) % LANES


def lane_of_ours(desk: Desk) -> PostgresLane:
    assert isinstance(desk.database, PostgresDatabase)
    return desk.database._lanes[lane_number(ORGANISATION)]


async def test_a_last_write_that_fails_is_not_committed_and_costs_the_others_nothing(
    desk: Desk, trips: list[list[str]]
) -> None:
    """Nobody looks at an answer behind it: it fails on its way with COMMIT."""
    await desk.run(look_and_say, "same", by=BY)
    trips.clear()

    results = await asyncio.gather(
        desk.run(look_and_say, "other", by=BY), desk.run(say, "same", by=BY), return_exceptions=True
    )

    assert [type(result) for result in results] == [Done, InternalError]
    assert any("COMMIT" in trip and any(text.startswith("INSERT") for text in trip) for trip in trips)
    assert (await desk.read(listed, by=BY)).value == ["other", "same"]
    assert await desk.head(ORGANISATION) == 2


async def test_a_head_that_is_gone_is_made_again_and_nothing_is_written_without_it(desk: Desk) -> None:
    await desk.run(look_and_say, "one", by=BY)
    await sql(desk, "DELETE FROM heads")
    await sql(desk, "DELETE FROM journal")
    await sql(desk, "DELETE FROM journal_personal")

    done = await desk.run(look_and_say, "two", by=BY)

    assert done.position == 1
