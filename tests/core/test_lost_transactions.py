"""A transaction that is lost: whose it was not is written all the same, soon and in its order."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kithdesk.core.database import Done
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.lane import Lane
from kithdesk.core.work import TransactionDied, Work
from tests.core.words import BY, listed, say

pytestmark = pytest.mark.anyio

MANY = 64


@pytest.fixture
def batches(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many commands each transaction was begun with."""
    begun: list[int] = []
    run_batch = Lane._run_batch

    async def counted(self: Lane, commands: Any, **how: Any) -> None:
        begun.append(len(commands))
        await run_batch(self, commands, **how)

    monkeypatch.setattr(Lane, "_run_batch", counted)
    monkeypatch.setattr(Lane, "run_seconds", 5.0)
    return begun


async def said(desk: Desk, *also: Any) -> list[Any]:
    commands = [desk.run(say, f"w{number:02}", by=BY) for number in range(MANY)]
    middle = MANY // 2
    commands[middle:middle] = [desk.run(one, by=BY) for one in also]
    return await asyncio.gather(*commands, return_exceptions=True)


def takes_the_transaction_along(_work: Work) -> None:
    raise TransactionDied("whatever it was")


async def test_what_was_lost_once_is_written_in_few_more_transactions(desk: Desk, batches: list[int]) -> None:
    lost = iter([True])

    def loses_it_once(_work: Work) -> None:
        if next(lost, False):
            raise TransactionDied("the connection is lost")

    assert not [one for one in await said(desk, loses_it_once) if isinstance(one, Exception)]

    assert len(batches) <= 4
    assert (await desk.read(listed, by=BY)).value == [f"w{number:02}" for number in range(MANY)]


async def test_who_takes_every_transaction_along_is_found_and_costs_the_others_nothing(
    desk: Desk, batches: list[int]
) -> None:
    results = await said(desk, takes_the_transaction_along)

    assert [type(one) for one in results if isinstance(one, Exception)] == [Overloaded]
    positions = [one.position for one in results if isinstance(one, Done)]
    assert positions == list(range(1, MANY + 1))
    assert len(batches) <= 20  # two for each time that 65 can be halved, and what those give back
    assert (await desk.read(listed, by=BY)).value == [f"w{number:02}" for number in range(MANY)]
