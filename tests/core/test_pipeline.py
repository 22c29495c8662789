"""Statements that travel together to PostgreSQL, and whose failure it is when one of them fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import psycopg
import pytest
from sqlalchemy import bindparam, insert, literal, select, text
from sqlalchemy.util import greenlet_spawn

from kithdesk.core.journal_rows import heads
from kithdesk.core.postgres.connections import Connection, connect
from kithdesk.core.postgres.executing import PostgresTransaction
from kithdesk.core.postgres.pipeline import Asked
from kithdesk.core.settings import Settings
from kithdesk.core.sql import Upsert
from kithdesk.core.work import TransactionDied
from tests.core.words import ORGANISATION, words

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]

T = TypeVar("T")

_ONE = text("SELECT 1 AS number")
_LOOK = select(literal(1).label("number"))
_LOOK_IN_VAIN = select((literal(1) / literal(0)).label("number"))
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


async def test_a_savepoint_in_which_nothing_is_written_is_never_set(connection: Connection) -> None:
    def only_look(transaction: PostgresTransaction) -> list[str]:
        transaction.savepoint("command")
        transaction.execute(_LOOK).one()
        transaction.savepoint("reaction")
        transaction.execute(_LOOK)
        transaction.release("reaction")
        transaction.execute(_LOOK)
        transaction.rollback_to("command")
        return [asked.sql for asked in connection.statements._waiting]

    assert not any("SAVEPOINT" in sql for sql in await inside(connection, only_look))


async def test_a_write_sets_every_savepoint_around_it_and_no_later_one(connection: Connection) -> None:
    def write_inside(transaction: PostgresTransaction) -> list[str]:
        transaction.savepoint("command")
        transaction.execute(_LOOK).one()
        transaction.savepoint("reaction")
        transaction.execute(_ONE)
        transaction.release("reaction")
        transaction.savepoint("reaction")
        transaction.execute(_LOOK)
        transaction.release("reaction")
        transaction.release("command")
        return [asked.sql for asked in connection.statements._waiting if "AS number" not in asked.sql]

    assert await inside(connection, write_inside) == [
        "SAVEPOINT command",
        "SAVEPOINT reaction",
        "RELEASE reaction",
        "RELEASE command",
    ]


async def test_what_fails_while_only_reading_takes_the_transaction(connection: Connection) -> None:
    def look_in_vain(transaction: PostgresTransaction) -> None:
        transaction.savepoint("command")
        with pytest.raises(TransactionDied, match="DivisionByZero"):
            transaction.execute(_LOOK_IN_VAIN).scalar()

    await inside(connection, look_in_vain)


async def test_what_fails_before_the_first_write_takes_the_transaction_with_it(
    connection: Connection,
) -> None:
    def write_behind(transaction: PostgresTransaction) -> None:
        transaction.savepoint("command")
        transaction.execute(_LOOK_IN_VAIN)
        with pytest.raises(TransactionDied, match="DivisionByZero"):
            transaction.execute(_ONE).scalar()

    await inside(connection, write_behind)


async def test_carefully_what_fails_while_only_reading_is_met_in_its_savepoint(
    connection: Connection,
) -> None:
    def meet(transaction: PostgresTransaction) -> int:
        transaction.savepoint("command")
        transaction.savepoint("reaction")
        with pytest.raises(psycopg.errors.DivisionByZero):
            transaction.execute(_LOOK_IN_VAIN)
        transaction.rollback_to("reaction")
        number: int = transaction.execute(_ONE).scalar()
        return number

    assert await inside(connection, meet, carefully=True) == 1


@pytest.mark.parametrize("count", [1, 3, 4, 23])
async def test_many_rows_are_written_by_few_statements(connection: Connection, count: int) -> None:
    rows = [{"organisation": ORGANISATION, "word": f"w{number:02}"} for number in range(count)]

    def write(transaction: PostgresTransaction) -> tuple[int, list[str]]:
        transaction.execute_many(insert(words), rows)
        statements = len(connection.statements._waiting) - 1  # BEGIN
        query = select(words.c.word).order_by(words.c.word)
        return statements, [row.word for row in transaction.execute(query)]

    statements, written = await inside(connection, write)

    assert statements == {1: 1, 3: 3, 4: 1, 23: 5}[count]
    assert written == [row["word"] for row in rows]


async def test_many_rows_that_may_be_there_are_put_by_few_statements(connection: Connection) -> None:
    def put(transaction: PostgresTransaction) -> list[int]:
        for position in (1, 2):
            rows = [
                {"organisation": f"{number:024}", "position": position + number, "event": None}
                for number in range(5)
            ]
            transaction.execute_many(Upsert(heads, ["organisation"]), rows)
        return [
            row.position for row in transaction.execute(select(heads.c.position).order_by(heads.c.position))
        ]

    assert await inside(connection, put) == [2, 3, 4, 5, 6]


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


async def test_a_text_is_prepared_when_it_comes_again_and_one_with_long_lists_never(
    connection: Connection,
) -> None:
    listed = text("SELECT 1 WHERE 1 IN :numbers").bindparams(bindparam("numbers", expanding=True))

    def count(transaction: PostgresTransaction) -> list[int]:
        counts = []
        for _ in range(3):
            transaction.execute(_ONE)
            transaction.execute(listed, {"numbers": [1, 2, 3, 4, 5]})
            counts.append(transaction.execute(_PREPARED).scalar())
        return counts

    assert await inside(connection, count) == [0, 2, 2]


async def test_a_list_of_one_is_prepared_like_a_single_value(connection: Connection) -> None:
    listed = text("SELECT 1 WHERE 1 IN :numbers").bindparams(bindparam("numbers", expanding=True))

    def count(transaction: PostgresTransaction) -> list[int]:
        counts = []
        for number in (1, 2, 3):
            transaction.execute(listed, {"numbers": [number]})
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


async def test_a_question_that_is_cancelled_leaves_the_connection_in_order(
    connection: Connection, settings: Settings
) -> None:
    asking = asyncio.create_task(connection.statements.say("SELECT pg_sleep(60)"))
    await until_somebody_sleeps(settings)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    assert await connection.statements.say("SELECT 1") == "SELECT 1"


async def until_somebody_sleeps(settings: Settings) -> None:
    assert settings.database_url is not None
    watching = await connect(settings.database_url.get_secret_value(), name="watching")
    async with asyncio.timeout(10):
        while await watching.statements.say(_SLEEPERS) == "SELECT 0":  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)
    await watching.close()


_SLEEPERS = "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"


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
