"""The lane: one commit for many commands, each in its own savepoint."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures.process import BrokenProcessPool

import pytest

from kithdesk.core import journal
from kithdesk.core.actors import system
from kithdesk.core.database import Done
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Conflict, InternalError, Overloaded
from kithdesk.core.ids import OrganisationId
from kithdesk.core.lock import DataInUse
from kithdesk.core.settings import Settings
from kithdesk.core.sqlite import CHECKPOINT_BYTES
from kithdesk.core.work import MAX_DEPTH, MAX_FIRINGS, Wiring, Work
from tests.core.words import (
    BY,
    CROWD,
    ORGANISATION,
    WordSaid,
    listed,
    say,
    say_and_break,
    say_and_refuse,
    stumbles,
)
from tests.spine import file_of, lane_of

pytestmark = pytest.mark.anyio


async def test_positions_are_gapless_and_in_commit_order(desk: Desk) -> None:
    done = await asyncio.gather(*(desk.run(say, f"w{n:03}", by=BY) for n in range(600)))

    assert [one.position for one in done] == list(range(1, 601))
    events = (await desk.read(journal.read_all, ORGANISATION, after=0, limit=1000, by=BY)).value
    assert [event.position for event in events] == list(range(1, 601))
    assert isinstance(events[5].event, WordSaid)
    assert events[5].event.word == "w005"
    assert events[5].actor.display_name == "Ana"


async def test_a_refused_command_fails_alone_with_its_events_and_jobs(desk: Desk) -> None:
    results = await asyncio.gather(
        desk.run(say, "one", by=BY),
        desk.run(say_and_refuse, "two", by=BY),
        desk.run(say_and_break, "three", by=BY),
        desk.run(say, "four", by=BY),
        return_exceptions=True,
    )

    assert isinstance(results[1], Conflict)
    assert isinstance(results[2], InternalError)
    assert (await desk.read(listed, by=BY)).value == ["four", "one"]
    assert await desk.head(ORGANISATION) == 2
    await desk.jobs.settle()
    assert await desk.head(ORGANISATION) == 2


async def test_a_repeat_in_the_same_batch_meets_the_first(desk: Desk) -> None:
    first, second = await asyncio.gather(
        desk.run(say, "same", by=BY), desk.run(say, "same", by=BY), return_exceptions=True
    )

    assert not isinstance(first, BaseException)
    assert isinstance(second, InternalError)
    assert await desk.head(ORGANISATION) == 1


async def test_cancelling_the_caller_does_not_cancel_the_command(desk: Desk) -> None:
    task = asyncio.create_task(desk.run(say, "kept", by=BY))
    await asyncio.sleep(0)
    task.cancel()

    await desk.run(say, "next", by=BY)

    assert (await desk.read(listed, by=BY)).value == ["kept", "next"]


async def test_a_reaction_runs_in_the_same_commit(desk: Desk) -> None:
    done = await desk.run(say, "why", by=BY)

    assert done.position == 2
    assert (await desk.read(listed, by=BY)).value == ["because", "why"]


async def test_a_broken_reaction_leaves_the_fact_and_takes_back_its_own(desk: Desk) -> None:
    stumbles.append("raise")
    await desk.run(say, "raise", by=BY)
    stumbles.clear()

    assert (await desk.read(listed, by=BY)).value == ["raise"]
    assert await desk.head(ORGANISATION) == 1


async def test_a_reaction_whose_statement_fails_takes_back_only_its_own(desk: Desk) -> None:
    done = await asyncio.gather(*(desk.run(say, word, by=BY) for word in ("one", "repeat", "two")))

    assert [one.position for one in done] == [1, 2, 3]
    assert (await desk.read(listed, by=BY)).value == ["one", "repeat", "two"]


async def test_a_write_that_fails_in_a_batch_fails_its_own_command_alone(desk: Desk) -> None:
    results = await asyncio.gather(
        *(desk.run(say, word, by=BY) for word in ("one", "same", "same", "two")), return_exceptions=True
    )

    assert [type(result) for result in results] == [Done, Done, InternalError, Done]
    assert (await desk.read(listed, by=BY)).value == ["one", "same", "two"]
    assert await desk.head(ORGANISATION) == 3


async def test_a_sender_that_breaks_while_being_told_stops_nobody(desk: Desk) -> None:
    def broken(_value: object, _problem: object, _facts: object, _covers: int) -> None:
        raise RuntimeError("this socket is gone")

    desk.submit(say, "told to nobody", by=BY, settle=broken)

    assert (await desk.run(say, "next", by=BY)).position == 2


async def test_an_event_that_cannot_be_written_fails_its_own_command(desk: Desk) -> None:
    def say_nonsense(work: Work) -> None:
        work.publish(WordSaid(word=object()))  # type: ignore[arg-type]

    results = await asyncio.gather(
        desk.run(say_nonsense, by=BY), desk.run(say, "sense", by=BY), return_exceptions=True
    )

    assert isinstance(results[0], InternalError)
    assert (await desk.read(listed, by=BY)).value == ["sense"]


async def test_a_worker_process_that_dies_is_replaced(desk: Desk) -> None:
    assert await desk.compute(abs, -1) == 1
    with pytest.raises(BrokenProcessPool):
        await desk.compute(os._exit, 1)

    assert await desk.compute(abs, -2) == 2


async def test_a_job_runs_after_the_commit_that_wanted_it(desk: Desk) -> None:
    await desk.run(say, "hey", by=BY, later=True)
    await desk.jobs.settle()

    assert (await desk.read(listed, by=BY)).value == ["hey", "hey!"]


async def test_listeners_get_every_position_once(desk: Desk) -> None:
    seen: list[int] = []
    desk.feed.follow(lambda _organisation, events: seen.extend(event.position for event in events))

    await asyncio.gather(*(desk.run(say, f"w{n}", by=BY) for n in range(50)))

    assert seen == list(range(1, 51))


async def test_organisations_are_numbered_apart(desk: Desk) -> None:
    other = system(OrganisationId("c" * 24))

    done = await asyncio.gather(desk.run(say, "mine", by=BY), desk.run(say, "theirs", by=other))

    assert [one.position for one in done] == [1, 1]
    assert (await desk.read(listed, by=other)).value == ["theirs"]


@pytest.mark.only("sqlite")
async def test_a_data_folder_has_one_owner(desk: Desk, settings: Settings, wiring: Wiring) -> None:
    with pytest.raises(DataInUse):
        Desk(settings, wiring)


async def test_reactions_to_reactions_end_at_a_depth(desk: Desk) -> None:
    await desk.run(say, "again", by=BY)

    assert len((await desk.read(listed, by=BY)).value) == MAX_DEPTH + 1


async def test_each_fact_of_a_command_has_its_reactions_beside_it_however_many_there_are(desk: Desk) -> None:
    def say_much(work: Work) -> None:
        for n in range(2 * MAX_FIRINGS):
            say(work, f"again {n:02}")

    await desk.run(say_much, by=BY)

    assert len((await desk.read(listed, by=BY)).value) == 2 * MAX_FIRINGS * (MAX_DEPTH + 1)


async def test_one_fact_that_sets_off_too_much_costs_the_others_nothing(desk: Desk) -> None:
    def say_both(work: Work) -> None:
        say(work, "crowd")
        say(work, "again")

    await desk.run(say_both, by=BY)

    of_crowd = 1 + CROWD + (MAX_FIRINGS - 1)
    assert len((await desk.read(listed, by=BY)).value) == of_crowd + MAX_DEPTH + 1


@pytest.mark.only("sqlite")
async def test_a_full_disk_refuses_and_recovers(desk: Desk) -> None:
    lane = lane_of(desk)
    pages = lane.connection.execute("PRAGMA page_count").fetchone()[0]
    lane.connection.execute(f"PRAGMA max_page_count={pages}")

    results = await asyncio.gather(
        *(desk.run(say, f"{n}" * 900, by=BY) for n in range(9)), return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, Overloaded)]
    kept = [result for result in results if not isinstance(result, BaseException)]

    assert refused
    assert len(refused) + len(kept) == len(results)
    assert len((await desk.read(listed, by=BY)).value) == len(kept) == await desk.head(ORGANISATION)
    lane.connection.execute("PRAGMA max_page_count=1000000")
    await desk.run(say, "room again", by=BY)
    assert "room again" in (await desk.read(listed, by=BY)).value


@pytest.mark.only("sqlite")
async def test_the_log_is_checkpointed_while_commands_run_and_stays_small(desk: Desk) -> None:
    for n in range(60):
        await asyncio.gather(*(desk.run(say, f"{n}.{m} " + "x" * 30_000, by=BY) for m in range(10)))

    log = file_of(desk).with_name(f"{file_of(desk).name}-wal")
    assert log.stat().st_size < 4 * CHECKPOINT_BYTES
    assert await desk.head(ORGANISATION) == 600
