"""Work in the helper process: whose turn it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kithdesk.core.computing import Computing, Turn
from kithdesk.core.errors import Overloaded

pytestmark = pytest.mark.anyio


@pytest.fixture
async def computing() -> AsyncIterator[Computing]:
    opened = Computing()
    yield opened
    opened.stop()


async def test_of_one_who_has_much_to_do_others_wait_for_one_thing(computing: Computing) -> None:
    done: list[str] = []

    async def run(name: str, whose: str) -> None:
        await computing.run(abs, -1, turn=Turn(whose, most=5))
        done.append(name)

    await asyncio.gather(*(run(f"a{number}", "acme") for number in range(4)), run("b", "globex"))

    assert done == ["a0", "b", "a1", "a2", "a3"]


async def test_only_so_many_of_one_may_wait(computing: Computing) -> None:
    turn = Turn("acme", most=2)

    said = await asyncio.gather(
        *(computing.run(abs, -number, turn=turn) for number in range(5)),
        computing.run(abs, -7, turn=Turn("globex", most=2)),
        return_exceptions=True,
    )

    assert said[:3] == [0, 1, 2]
    assert [type(one) for one in said[3:5]] == [Overloaded, Overloaded]
    assert said[5] == 7
    assert await computing.run(abs, -8, turn=turn) == 8


async def test_a_turn_that_fails_is_over(computing: Computing) -> None:
    turn = Turn("acme", most=0)

    with pytest.raises(ValueError, match="invalid literal"):
        await computing.run(int, "x", turn=turn)

    assert await computing.run(int, "1", turn=turn) == 1
