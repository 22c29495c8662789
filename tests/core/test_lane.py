"""The lane: one commit for many commands, each in its own savepoint."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text, bindparam, insert, select

from kithdesk.core import journal
from kithdesk.core.actors import Actor, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import DataInUse, Desk
from kithdesk.core.errors import Conflict, InternalError
from kithdesk.core.events import Event, Personal, Recorded
from kithdesk.core.ids import Ids, OrganisationId
from kithdesk.core.jobs import Job
from kithdesk.core.settings import Settings
from kithdesk.core.tables import metadata
from kithdesk.core.work import Reads, Rows, Wiring, Work

pytestmark = pytest.mark.anyio

ORGANISATION = OrganisationId("a" * 24)
BY = Actor(organisation=ORGANISATION, type="user", id="b" * 24, author="b" * 24, display_name="Ana")

words: Table = Table(
    "test_words",
    metadata,
    Column("organisation", Text),
    Column("word", Text),
    PrimaryKeyConstraint("organisation", "word"),
    info={"projection": False},
)
_INSERT = insert(words)
_COUNT = select(words.c.word).where(words.c.organisation == bindparam("organisation")).order_by(words.c.word)


class WordSaid(Event):
    kind = "test.word_said"
    word: Personal[str] = ""


class Repeat(Job):
    kind = "test.repeat"
    word: str


def project(rows: Rows, recorded: Recorded[WordSaid]) -> None:
    rows.execute(_INSERT, {"organisation": rows.organisation, "word": recorded.event.word})


def say(work: Work, word: str, *, later: bool = False) -> str:
    work.publish(WordSaid(word=word))
    if later:
        work.enqueue(Repeat(word=word))
    return word


def say_and_refuse(work: Work, word: str) -> None:
    say(work, word, later=True)
    raise Conflict


def say_and_break(work: Work, word: str) -> None:
    say(work, word)
    raise ZeroDivisionError


def echo(work: Work, job: Repeat) -> None:
    say(work, job.word + "!")


def grumble(work: Work, recorded: Recorded[WordSaid]) -> None:
    if recorded.event.word == "raise":
        work.publish(WordSaid(word="never"))
        raise RuntimeError("a reaction broke")
    if recorded.event.word == "why":
        work.publish(WordSaid(word="because"))


def listed(reads: Reads) -> list[str]:
    return [row.word for row in reads.execute(_COUNT, {"organisation": reads.organisation})]


@pytest.fixture
def wiring() -> Wiring:
    return Wiring(
        projectors={WordSaid: (project,)}, reactions={WordSaid: (grumble,)}, verbs={Repeat: echo}, handlers={}
    )


@pytest.fixture
async def desk(settings: Settings, wiring: Wiring, clock: ManualClock) -> AsyncIterator[Desk]:
    desk = Desk(settings, wiring, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    yield desk
    await desk.stop()


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
    assert desk.head(ORGANISATION) == 2
    await desk.jobs.settle()
    assert desk.head(ORGANISATION) == 2


async def test_a_repeat_in_the_same_batch_meets_the_first(desk: Desk) -> None:
    first, second = await asyncio.gather(
        desk.run(say, "same", by=BY), desk.run(say, "same", by=BY), return_exceptions=True
    )

    assert not isinstance(first, BaseException)
    assert isinstance(second, InternalError)
    assert desk.head(ORGANISATION) == 1


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


async def test_a_broken_reaction_leaves_the_fact_and_becomes_a_job(desk: Desk) -> None:
    await desk.run(say, "raise", by=BY)

    assert (await desk.read(listed, by=BY)).value == ["raise"]
    assert desk.head(ORGANISATION) == 1


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


async def test_a_data_folder_has_one_owner(desk: Desk, settings: Settings, wiring: Wiring) -> None:
    with pytest.raises(DataInUse):
        Desk(settings, wiring)
