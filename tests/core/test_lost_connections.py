"""Connections to PostgreSQL that are cut or say nothing any more: of two desks no command is lost or done twice."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from kithdesk.core import journal, migrate
from kithdesk.core.actors import system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import OutcomeUnknown, Overloaded
from kithdesk.core.ids import Ids
from kithdesk.core.postgres import database
from kithdesk.core.postgres.connections import SILENT_READ_SECONDS, conninfo
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring, Work
from parts.postgres import PostgresServer
from tests.core.words import BY, ORGANISATION, listed, say
from tests.databases import QUICK
from tests.spine import sql

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]


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


_END_AT_COMMIT = (
    """CREATE OR REPLACE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'""",
    """CREATE CONSTRAINT TRIGGER ends AFTER INSERT ON test_words DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW WHEN (NEW.word = 'perhaps') EXECUTE FUNCTION end_session()""",
)


def _url(desk: Desk) -> str:
    assert desk.settings.database_url is not None
    return desk.settings.database_url.get_secret_value()
