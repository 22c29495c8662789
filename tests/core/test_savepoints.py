"""Savepoints on SQLite: set when there is something to take back. PostgreSQL's are in `test_pipeline.py`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from kithdesk.core.desk import Desk
from kithdesk.core.sqlite import SqliteTransaction
from tests.core.words import BY, say
from tests.spine import lane_of

pytestmark = pytest.mark.only("sqlite")

_PUT = text("INSERT INTO things VALUES (:thing)")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE things (thing)")
    connection.execute("BEGIN")
    yield connection
    connection.close()


def things(connection: sqlite3.Connection) -> list[str]:
    return [thing for (thing,) in connection.execute("SELECT thing FROM things ORDER BY thing")]


def put(transaction: SqliteTransaction, thing: str) -> None:
    transaction.execute(_PUT, {"thing": thing})


@pytest.mark.anyio
@pytest.mark.parametrize(("word", "count"), [("one", 0), ("why", 1)])
async def test_only_a_reaction_that_writes_has_one(desk: Desk, word: str, count: int) -> None:
    said: list[str] = []
    connection = lane_of(desk).connection
    connection.set_trace_callback(said.append)

    await desk.run(say, word, by=BY)

    connection.set_trace_callback(None)
    assert said.count("SAVEPOINT command") == 1
    assert said.count("SAVEPOINT reaction") == said.count("RELEASE reaction") == count


def test_what_is_taken_back_is_of_the_innermost_alone(connection: sqlite3.Connection) -> None:
    transaction = SqliteTransaction(connection)
    transaction.savepoint("command")
    put(transaction, "kept")
    transaction.savepoint("reaction")
    put(transaction, "taken back")
    transaction.rollback_to("reaction")
    transaction.savepoint("reaction")
    transaction.rollback_to("reaction")
    transaction.savepoint("reaction")
    put(transaction, "kept too")
    transaction.release("reaction")
    transaction.release("command")

    assert things(connection) == ["kept", "kept too"]


def test_one_inside_another_that_holds_nothing_is_taken_back_with_it(connection: sqlite3.Connection) -> None:
    transaction = SqliteTransaction(connection)
    transaction.savepoint("command")
    transaction.savepoint("reaction")
    transaction.release("reaction")
    put(transaction, "taken back")
    transaction.rollback_to("command")

    assert things(connection) == []


def test_the_outermost_holds_what_is_written_past_the_transaction(connection: sqlite3.Connection) -> None:
    transaction = SqliteTransaction(connection)
    transaction.savepoint("fact")
    connection.execute("INSERT INTO things VALUES ('taken back')")
    transaction.rollback_to("fact")

    assert things(connection) == []
