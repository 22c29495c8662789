"""The floor's way to PostgreSQL: statements go out together, and only those that are asked for an answer wait for it.

libpq's pipeline without anything around it: values are text or numbers, every text is prepared when it is first seen,
and a failure ends the measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from psycopg import AsyncConnection, generators, pq
from psycopg.abc import PQGen

Value = str | int | None
Answer = list[list[bytes | None]]


class Pipe:
    """One connection."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._names: dict[str, bytes] = {}
        self._under_way = 0

    @classmethod
    async def open(cls, url: str) -> Self:
        connection = await AsyncConnection.connect(url, autocommit=True)
        connection.pgconn.enter_pipeline_mode()
        return cls(connection)

    def say(self, statement: str, values: Sequence[Value] = ()) -> None:
        name = self._names.get(statement)
        if name is None:
            name = self._names[statement] = f"s{len(self._names)}".encode()
            self._libpq.send_prepare(name, _numbered(statement))
            self._under_way += 1
        texts = [None if value is None else str(value).encode() for value in values]
        self._libpq.send_query_prepared(name, texts)
        self._under_way += 1

    async def ask(self, statement: str, values: Sequence[Value] = ()) -> Answer:
        """Rows of this statement, after everything said before."""
        self.say(statement, values)
        return await self.wait()

    async def wait(self) -> Answer:
        """Until everything said is done; rows of the last."""
        self._libpq.pipeline_sync()
        result = await self._connection.wait(self._results())
        return [
            [result.get_value(row, column) for column in range(result.nfields)]
            for row in range(result.ntuples)
        ]

    def _results(self) -> PQGen[Any]:
        yield from generators.send(self._libpq)
        result = None
        for _ in range(self._under_way):
            (result,) = yield from generators.fetch_many(self._libpq)
            if result.status not in (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK):
                raise RuntimeError(result.error_message.decode())
        yield from generators.fetch_many(self._libpq)
        self._under_way = 0
        return result


def _numbered(statement: str) -> bytes:
    """`$1, $2 …` for the question marks of `schema`."""
    parts = statement.split("?")
    return "".join(part if number == 0 else f"${number}{part}" for number, part in enumerate(parts)).encode()
