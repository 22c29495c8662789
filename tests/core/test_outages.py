"""PostgreSQL goes away and comes back: what is certain is tried again, and nobody stays away for longer than it did."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from psycopg import pq
from psycopg_pool.base import AttemptWithBackoff

from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.ids import Ids
from kithdesk.core.postgres import database
from kithdesk.core.postgres.connections import Connection
from kithdesk.core.postgres.lane import is_refused
from kithdesk.core.postgres.pipeline import Asked
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.core.words import BY, listed, say
from tests.spine import sql

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]

_END_AT_A_WRITE = (
    "CREATE SEQUENCE ends",
    """CREATE FUNCTION end_once() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN
          IF nextval(''ends'') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
          RETURN NEW;
        END'""",
    """CREATE TRIGGER ends BEFORE INSERT ON test_words
       FOR EACH ROW WHEN (NEW.word = 'perhaps') EXECUTE FUNCTION end_once()""",
)
_END_NO_MORE = ("DROP TRIGGER ends ON test_words", "DROP FUNCTION end_once", "DROP SEQUENCE ends")


async def test_a_session_that_is_ended_over_a_last_write_costs_nobody_their_command(desk: Desk) -> None:
    """COMMIT was on its way with that write, and the server has not come to it."""
    for step in _END_AT_A_WRITE:
        await sql(desk, step)
    try:
        done = await desk.run(say, "perhaps", by=BY)
    finally:
        for step in _END_NO_MORE:
            await sql(desk, step)

    assert done.position == 1
    assert (await desk.read(listed, by=BY)).value == ["perhaps"]


_SERVERS_OWN: dict[int, bytes | None] = {
    pq.DiagnosticField.SQLSTATE: b"57P01",
    pq.DiagnosticField.SOURCE_FUNCTION: b"ProcessInterrupts",
}
_SOMEBODYS: dict[int, bytes | None] = {pq.DiagnosticField.SQLSTATE: b"57P01"}
_NOBODYS: dict[int, bytes | None] = {}
_OF_A_ROW: dict[int, bytes | None] = {
    pq.DiagnosticField.SQLSTATE: b"23505",
    pq.DiagnosticField.SOURCE_FUNCTION: b"_bt_check_unique",
}


@pytest.mark.parametrize(
    ("info", "is_closed", "certain"),
    [
        (_SERVERS_OWN, True, True),
        (_SOMEBODYS, True, False),  # a pooler's, that lost the server with the last answers
        (_NOBODYS, True, False),
        (_OF_A_ROW, False, True),
    ],
)
def test_only_what_the_server_itself_says_of_a_write_before_COMMIT_is_certain(
    info: dict[int, bytes | None], is_closed: bool, certain: bool
) -> None:
    write, commit = _failed(info), _failed(info)
    connection: Any = SimpleNamespace(closed=is_closed)

    assert is_refused(connection, write, commit) is certain
    assert is_refused(connection, commit, commit) is (certain and not is_closed)


def _failed(info: dict[int, bytes | None]) -> Asked:
    asked = Asked("", (), lambda: None)
    asked.problem = psycopg.OperationalError("ended", info=info)
    return asked


async def test_a_database_that_was_away_for_long_is_read_as_soon_as_it_is_back(
    settings: Settings, wiring: Wiring, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part, name in ((AttemptWithBackoff, "INITIAL_DELAY"), (database, "RECONNECT_FOR_SECONDS")):
        monkeypatch.setattr(part, name, getattr(part, name) / 20)
    monkeypatch.setattr(database, "_WAIT_SECONDS", 0.1)
    desk = Desk(settings, wiring, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    await desk.run(say, "before", by=BY)

    tries = 0

    async def refused(*_args: object, **_kwargs: object) -> Connection:
        nonlocal tries
        tries += 1
        raise psycopg.OperationalError("connection refused")

    with monkeypatch.context() as away:
        away.setattr(Connection, "connect", refused)
        await sql(
            desk,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE 'kithdesk reader%' AND datname = current_database()",
        )
        async with asyncio.timeout(20):
            while tries < 20:
                with pytest.raises(Overloaded):
                    await desk.read(listed, by=BY)

    async with asyncio.timeout(5):
        while True:
            try:
                words = (await desk.read(listed, by=BY)).value
            except Overloaded:
                continue
            break
    assert words == ["before"]
    await desk.stop()
