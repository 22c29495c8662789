"""Several processes on one PostgreSQL: two desks that share nothing but the database and a bus that may fail."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr

from kithdesk.core import journal, migrate
from kithdesk.core.actors import INSTALLATION, system
from kithdesk.core.bus import InProcessBus
from kithdesk.core.clock import DAY, Instant, ManualClock, SystemClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import OutcomeUnknown, Overloaded
from kithdesk.core.events import Event, Recorded
from kithdesk.core.ids import Ids, JobId, OrganisationId
from kithdesk.core.installation import AnotherKey
from kithdesk.core.jobclaims import finish
from kithdesk.core.jobs import Claimed
from kithdesk.core.postgres import database
from kithdesk.core.postgres.connections import SILENT_READ_SECONDS, conninfo
from kithdesk.core.settings import Settings
from kithdesk.core.testclock import advance
from kithdesk.core.work import Wiring, Work
from parts.postgres import PostgresServer
from tests.core.words import BY, ORGANISATION, Repeat, listed, say
from tests.databases import QUICK
from tests.spine import sql

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]

Message = tuple[str, dict[str, Any]]


class Wire:
    """Joins the buses of several desks. `carry` says what becomes of a message: it may be lost, doubled or changed."""

    def __init__(self) -> None:
        self.ends: list[WiredBus] = []
        self.carry: Callable[[str, dict[str, Any]], Sequence[Message]] = lambda *message: [message]

    def end(self) -> WiredBus:
        self.ends.append(WiredBus(self))
        return self.ends[-1]


class WiredBus(InProcessBus):
    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.wire = wire

    def publish(self, subject: str, message: dict[str, Any]) -> None:
        super().publish(subject, message)
        for other in self.wire.ends:
            if other is not self:
                for carried in self.wire.carry(subject, message):
                    asyncio.get_running_loop().call_soon(other.hear, *carried)

    def hear(self, subject: str, message: dict[str, Any]) -> None:
        super().publish(subject, message)


class Follower:
    """Notes what a desk hands out."""

    def __init__(self, desk: Desk) -> None:
        self.given: dict[OrganisationId, list[int]] = defaultdict(list)
        desk.feed.follow(self._note)

    def _note(self, organisation: OrganisationId, events: Sequence[Recorded[Event]]) -> None:
        self.given[organisation] += [fact.position for fact in events]

    async def until(self, organisation: OrganisationId, position: int) -> None:
        async with asyncio.timeout(10):
            while not self.given[organisation] or self.given[organisation][-1] < position:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


class HangingPostgres:
    """A server of its own, whose processes can be made to stand still."""

    def __init__(self, server: PostgresServer) -> None:
        self.url = server.create_database()
        migrate.upgrade(self.url)
        self._postmaster = (server.folder / "data/postmaster.pid").read_text().split()[0]

    def tell(self, what: signal.Signals) -> None:
        children = Path(f"/proc/{self._postmaster}/task/{self._postmaster}/children").read_text().split()
        for process in (self._postmaster, *children):
            os.kill(int(process), what)


@pytest.fixture
def hanging_postgres() -> Iterator[HangingPostgres]:
    with PostgresServer(settings=QUICK) as server:
        yield HangingPostgres(server)


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


async def test_positions_are_gapless_in_commit_order_whoever_commits(pair: tuple[Desk, Desk]) -> None:
    done = await asyncio.gather(*(pair[n % 2].run(say, f"w{n:03}", by=BY) for n in range(300)))

    assert sorted(one.position for one in done) == list(range(1, 301))
    facts = (await pair[0].read(journal.read_all, ORGANISATION, after=0, limit=1000, by=BY)).value
    assert [fact.position for fact in facts] == list(range(1, 301))


async def test_ids_increase_in_commit_order_whatever_each_nodes_clock_says(
    pair: tuple[Desk, Desk],
) -> None:
    pair[1].clock = ManualClock(Instant(pair[0].clock.now() - DAY))
    for n in range(20):
        await pair[n % 2].run(say, f"w{n:02}", by=BY)

    facts = (await pair[0].read(journal.read_all, ORGANISATION, after=0, limit=1000, by=BY)).value
    assert [fact.id for fact in facts] == sorted(fact.id for fact in facts)


async def test_every_node_hands_out_every_position_once_and_in_order(pair: tuple[Desk, Desk]) -> None:
    followers = [Follower(desk) for desk in pair]
    for desk in pair:
        await desk.feed.watch(ORGANISATION)

    await asyncio.gather(*(pair[n % 2].run(say, f"w{n:03}", by=BY) for n in range(300)))
    for follower in followers:
        await follower.until(ORGANISATION, 300)

    assert [follower.given[ORGANISATION] for follower in followers] == [list(range(1, 301))] * 2


@pytest.mark.parametrize("seed", range(4))
async def test_a_bus_that_loses_doubles_and_lies_delays_nobody_for_long(
    pair: tuple[Desk, Desk], wire: Wire, seed: int
) -> None:
    chance = random.Random(seed)

    def carry(subject: str, message: dict[str, Any]) -> list[Message]:
        lie = {**message, "position": message["position"] + chance.randrange(-50, 1_000)}
        nonsense = {**message, "position": "far"}
        return chance.choice([[], [(subject, message)] * 3, [(subject, lie)], [(subject, nonsense)]])

    wire.carry = carry
    follower = Follower(pair[1])
    await pair[1].feed.watch(ORGANISATION)

    for n in range(100):
        await pair[n % 2].run(say, f"w{n:03}", by=BY)
    began = asyncio.get_running_loop().time()
    await follower.until(ORGANISATION, 100)

    assert asyncio.get_running_loop().time() - began < 5
    assert follower.given[ORGANISATION] == list(range(1, 101))


async def test_a_fact_of_a_newer_version_is_counted_and_stops_nobody(pair: tuple[Desk, Desk]) -> None:
    follower = Follower(pair[1])
    await pair[1].feed.watch(ORGANISATION)
    await pair[0].run(say, "known", by=BY)
    await sql(
        pair[0],
        f"""INSERT INTO journal (organisation, position, id, kind, on_timeline, actor_type, at, payload)
            VALUES ('{ORGANISATION}', 2, '{"f" * 24}', 'test.of_tomorrow', false, 'system', 0, '{{}}')""",
    )
    await sql(pair[0], f"UPDATE heads SET position = 2, event = NULL WHERE organisation = '{ORGANISATION}'")
    await pair[0].run(say, "later", by=BY)

    await follower.until(ORGANISATION, 3)

    assert follower.given[ORGANISATION] == [1, 2, 3]


async def test_one_organisations_commands_run_one_at_a_time_across_nodes(pair: tuple[Desk, Desk]) -> None:
    def say_when_there_is_room(work: Work, word: str) -> bool:
        if len(listed(work)) >= 5:
            return False
        say(work, word)
        return True

    done = await asyncio.gather(*(pair[n % 2].run(say_when_there_is_room, f"w{n}", by=BY) for n in range(60)))

    assert Counter(one.value for one in done) == {True: 5, False: 55}


async def test_organisations_taken_in_any_order_do_not_wait_for_each_other_forever(
    pair: tuple[Desk, Desk],
) -> None:
    by = [system(OrganisationId(f"{n:024x}")) for n in range(12)]
    orders = [random.Random(seed).sample(by, len(by)) for seed in range(20)]

    done = await asyncio.gather(
        *(
            desk.run(say, f"{number}-{order}-{place}", by=actor)
            for order, actors in enumerate(orders)
            for number, desk in enumerate(pair)
            for place, actor in enumerate(actors)
        )
    )

    assert len(done) == 20 * 2 * 12
    assert [await pair[0].head(actor.organisation) for actor in by] == [40] * 12


async def test_a_session_that_the_database_ends_costs_nobody_their_command(pair: tuple[Desk, Desk]) -> None:
    """Killed at any moment: before BEGIN, among the verbs, or in the commit, which is then answered as unknown."""
    stop = asyncio.Event()

    async def kill() -> None:
        async with await psycopg.AsyncConnection.connect(_url(pair[0]), autocommit=True) as connection:
            while not stop.is_set():
                await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name LIKE 'kithdesk lane%' AND datname = current_database()"
                )
                await asyncio.sleep(0.05)

    async def say_until_known(n: int) -> None:
        while True:
            try:
                await pair[n % 2].run(_say_once, f"w{n:03}", by=BY)
            except (OutcomeUnknown, Overloaded):
                await asyncio.sleep(0.01)
            else:
                return

    killing = asyncio.create_task(kill())
    for start in range(0, 200, 20):
        await asyncio.gather(*(say_until_known(n) for n in range(start, start + 20)))
    stop.set()
    await killing

    facts = (await pair[0].read(journal.read_all, ORGANISATION, after=0, limit=1000, by=BY)).value
    assert [fact.position for fact in facts] == list(range(1, 201))
    assert (await pair[1].read(listed, by=BY)).value == [f"w{n:03}" for n in range(200)]


async def test_a_commit_whose_answer_is_lost_is_unknown_and_never_refused(pair: tuple[Desk, Desk]) -> None:
    for step in _END_AT_COMMIT:
        await sql(pair[0], step)
    try:
        with pytest.raises(OutcomeUnknown):
            await pair[0].run(say, "perhaps", by=BY)
    finally:
        await sql(pair[1], "DROP TRIGGER ends ON test_words")
    assert (await pair[0].run(say, "later", by=BY)).value == "later", "the lane goes on"


async def test_nothing_of_the_same_author_is_written_behind_what_nobody_knows_of(
    pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(pair[0].database, database.PostgresDatabase)
    for lane in pair[0].database._lanes:
        monkeypatch.setattr(lane._waiting, "max_batch", 1)  # each is a batch of its own
    for step in _END_AT_COMMIT:
        await sql(pair[0], step)
    first = asyncio.create_task(pair[0].run(say, "perhaps", by=BY))
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # the lane has taken it

    behind = asyncio.create_task(pair[0].run(say, "behind", by=BY))
    beside = asyncio.create_task(pair[0].run(say, "beside", by=system(ORGANISATION)))

    with pytest.raises(OutcomeUnknown):
        await first
    with pytest.raises(Overloaded):
        await behind
    await beside
    await sql(pair[1], "DROP TRIGGER ends ON test_words")
    assert (await pair[1].read(listed, by=BY)).value == ["beside"]


async def test_a_dead_nodes_job_is_done_by_another_and_a_woken_one_does_no_harm(
    pair: tuple[Desk, Desk], clock: ManualClock
) -> None:
    first, second = pair
    await first.run(_plan, "once", by=BY)
    await first.jobs.renew()
    await sql(first, f"UPDATE jobs SET status = 'running', fence = 1, attempts = 1, node = '{first.node}'")
    ((job,),) = await sql(first, "SELECT id FROM jobs")

    await second.jobs.renew()
    assert await sql(first, "SELECT status FROM jobs") == [("running",)], "its lease still runs"
    await sql(first, f"UPDATE nodes SET lease_until = 0 WHERE id = '{first.node}'")  # it stood still for long
    await second.jobs.renew()
    await second.jobs.settle()
    assert (await second.read(listed, by=BY)).value == ["once!"]

    held = Claimed(JobId(job), ORGANISATION, Repeat(word="once"), fence=1, attempts=1)
    assert not (await first.run(finish, held, by=BY)).value, "the woken node holds nothing any more"


async def test_a_node_that_hangs_in_a_transaction_is_ended_and_the_others_go_on(
    pair: tuple[Desk, Desk],
) -> None:
    await pair[0].run(say, "before", by=BY)
    hanging = await psycopg.AsyncConnection.connect(
        conninfo(_url(pair[0]), name="hanging", idle_in_transaction="300ms")
    )
    begun = asyncio.get_running_loop().time()
    await hanging.execute(f"SELECT position FROM heads WHERE organisation = '{ORGANISATION}' FOR UPDATE")

    assert (await pair[1].run(say, "after", by=BY)).position == 2

    assert asyncio.get_running_loop().time() - begun >= 0.3, "it has waited for the end of the other"
    await hanging.close()


async def test_a_database_that_hangs_is_given_up_and_found_again(
    settings: Settings,
    wiring: Wiring,
    clock: ManualClock,
    hanging_postgres: HangingPostgres,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    its = settings.model_copy(update={"database_url": SecretStr(hanging_postgres.url)})
    desk = Desk(its, wiring, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    await desk.run(say, "before", by=BY)

    hanging_postgres.tell(signal.SIGSTOP)
    begun = asyncio.get_running_loop().time()
    with monkeypatch.context() as hurried:
        hurried.setattr(database, "SILENT_READ_SECONDS", 0.5)
        with pytest.raises(Overloaded):
            await desk.read(listed, by=BY)
    assert asyncio.get_running_loop().time() - begun < SILENT_READ_SECONDS
    hanging_postgres.tell(signal.SIGCONT)

    assert (await desk.run(say, "after", by=BY)).position == 2
    assert (await desk.read(listed, by=BY)).value == ["after", "before"]
    await desk.stop()


async def test_a_server_with_another_secret_key_does_not_start(
    pair: tuple[Desk, Desk], settings: Settings, wiring: Wiring
) -> None:
    stranger = Desk(settings, wiring)

    with pytest.raises(AnotherKey):
        await stranger.start(jobs=False)


async def test_each_node_moves_the_test_clock_on_from_where_another_left_it(pair: tuple[Desk, Desk]) -> None:
    clocks = [SystemClock(), SystemClock()]

    for desk, its in zip(pair, clocks, strict=True):
        await desk.run(advance, its, 1_000, by=INSTALLATION)

    assert [its.offset for its in clocks] == [1_000, 2_000]


async def test_reading_survives_a_lost_connection(pair: tuple[Desk, Desk]) -> None:
    await pair[0].run(say, "there", by=BY)
    await sql(
        pair[1],
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name LIKE 'kithdesk reader%' AND datname = current_database()",
    )

    assert (await pair[0].read(listed, by=BY)).value == ["there"]


def _say_once(work: Work, word: str) -> None:
    if word not in listed(work):
        say(work, word)


def _plan(work: Work, word: str) -> None:
    work.enqueue(Repeat(word=word))


_END_AT_COMMIT = (
    """CREATE OR REPLACE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'""",
    """CREATE CONSTRAINT TRIGGER ends AFTER INSERT ON test_words DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW WHEN (NEW.word = 'perhaps') EXECUTE FUNCTION end_session()""",
)


def _url(desk: Desk) -> str:
    assert desk.settings.database_url is not None
    return desk.settings.database_url.get_secret_value()
