"""Statements that travel together to PostgreSQL, and whose failure it is when one of them fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import psycopg
import pytest
from sqlalchemy import bindparam, text
from sqlalchemy.util import greenlet_spawn

from kithdesk.core.postgres.connections import Connection, connect
from kithdesk.core.postgres.executing import PostgresTransaction
from kithdesk.core.postgres.pipeline import Asked
from kithdesk.core.settings import Settings
from kithdesk.core.work import TransactionDied

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]

T = TypeVar("T")

_ONE = text("SELECT 1 AS number")
_BROKEN = text("SELECT 1 / 0 AS number")
_PREPARED = text("SELECT count(*) FROM pg_prepared_statements")


@pytest.fixture
async def connection(settings: Settings) -> AsyncIterator[Connection]:
    assert settings.database_url is not None
    connection = await connect(settings.database_url.get_secret_value(), name="test")
    yield connection
    await connection.close()


async def inside(
    connection: Connection, do: Callable[[PostgresTransaction], T], *, carefully: bool = False
) -> T:
    """Runs a plain function in a transaction that ends as nothing."""

    def run() -> T:
        transaction = PostgresTransaction(connection, carefully=carefully)
        transaction.say("BEGIN")
        return do(transaction)

    try:
        return await greenlet_spawn(run)
    finally:
        connection.statements.take_back()
        await connection.statements.say("ROLLBACK")


async def test_what_waits_goes_with_the_first_answer_that_is_looked_at(connection: Connection) -> None:
    def arrived(transaction: PostgresTransaction) -> list[list[bool]]:
        asked = [transaction.execute(_ONE) for _ in range(3)]
        before = [_has_arrived(one) for one in asked]
        assert asked[1].scalar() == 1
        return [before, [_has_arrived(one) for one in asked]]

    assert await inside(connection, arrived) == [[False] * 3, [True] * 3]


async def test_a_failure_belongs_to_the_savepoint_it_happened_in(connection: Connection) -> None:
    def go_on(transaction: PostgresTransaction) -> int:
        transaction.savepoint("command")
        transaction.execute(_BROKEN)
        with pytest.raises(psycopg.errors.DivisionByZero):
            transaction.execute(_ONE).scalar()
        transaction.rollback_to("command")
        number: int = transaction.execute(_ONE).scalar()
        return number

    assert await inside(connection, go_on) == 1


async def test_a_failure_that_comes_to_light_too_late_takes_the_transaction(connection: Connection) -> None:
    def look_later(transaction: PostgresTransaction) -> None:
        transaction.savepoint("command")
        transaction.execute(_BROKEN)
        transaction.release("command")
        transaction.savepoint("command")
        with pytest.raises(TransactionDied, match="DivisionByZero"):
            transaction.execute(_ONE).scalar()

    await inside(connection, look_later)


async def test_a_failure_is_not_taken_for_that_of_a_reaction_inside(connection: Connection) -> None:
    def look_inside(transaction: PostgresTransaction) -> None:
        transaction.savepoint("command")
        transaction.execute(_BROKEN)
        transaction.savepoint("reaction")
        with pytest.raises(TransactionDied, match="DivisionByZero"):
            transaction.execute(_ONE).scalar()

    await inside(connection, look_inside)


async def test_carefully_a_failure_is_met_where_it_happens(connection: Connection) -> None:
    def meet(transaction: PostgresTransaction) -> None:
        transaction.savepoint("command")
        with pytest.raises(psycopg.errors.DivisionByZero):
            transaction.execute(_BROKEN)

    await inside(connection, meet, carefully=True)


async def test_what_was_not_sent_is_not_taken_back(connection: Connection) -> None:
    def refuse(transaction: PostgresTransaction) -> int:
        transaction.savepoint("command")
        transaction.execute(_BROKEN)
        transaction.rollback_to("command")
        number: int = transaction.execute(_ONE).scalar()
        return number

    assert await inside(connection, refuse) == 1


async def test_a_text_is_prepared_when_it_comes_again_and_one_with_lists_never(
    connection: Connection,
) -> None:
    listed = text("SELECT 1 WHERE 1 IN :numbers").bindparams(bindparam("numbers", expanding=True))

    def count(transaction: PostgresTransaction) -> list[int]:
        counts = []
        for _ in range(3):
            transaction.execute(_ONE)
            transaction.execute(listed, {"numbers": [1, 2]})
            counts.append(transaction.execute(_PREPARED).scalar())
        return counts

    assert await inside(connection, count) == [0, 2, 2]


async def test_a_text_whose_preparing_was_skipped_is_prepared_the_next_time(connection: Connection) -> None:
    def skip(transaction: PostgresTransaction) -> int:
        transaction.execute(_ONE).scalar()
        transaction.savepoint("command")
        transaction.execute(_BROKEN)
        transaction.execute(_ONE)
        with pytest.raises(psycopg.errors.DivisionByZero):
            transaction.settle()
        transaction.rollback_to("command")
        number: int = transaction.execute(_ONE).scalar()
        return number

    assert await inside(connection, skip) == 1


async def test_a_value_that_no_column_takes_is_refused_before_it_is_sent(connection: Connection) -> None:
    def say_nothing(transaction: PostgresTransaction) -> None:
        with pytest.raises(psycopg.DataError):
            transaction.execute(text("SELECT :word"), {"word": "a\0b"})

    await inside(connection, say_nothing)


async def test_a_question_that_is_cancelled_leaves_the_connection_in_order(connection: Connection) -> None:
    asking = asyncio.create_task(connection.statements.say("SELECT pg_sleep(60)"))
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    assert await connection.statements.say("SELECT 1") == "SELECT 1"


def _has_arrived(asked: object) -> bool:
    assert isinstance(asked, Asked)
    return asked.has_arrived


_MANY = text("SELECT number FROM generate_series(1, 1001) AS number")


async def test_while_many_rows_are_decoded_others_have_their_turn(connection: Connection) -> None:
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def looked(transaction: PostgresTransaction) -> tuple[list[int], int]:
        many = transaction.execute(_MANY)
        assert many.rowcount == 1001
        before = turns
        return [row.number for row in many], turns - before

    task = asyncio.create_task(other())
    numbers, passed = await inside(connection, looked)
    task.cancel()

    assert numbers == list(range(1, 1002))
    assert passed >= 10
