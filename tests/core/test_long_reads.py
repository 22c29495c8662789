"""Questions that take long: few are answered at once, few wait, and a wait is part of the time that one may take."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded
from kithdesk.core.sqlite.database import LONG_READERS, MOST_WAITING
from kithdesk.core.work import Reads
from tests.core.words import BY

pytestmark = [pytest.mark.anyio, pytest.mark.only("sqlite")]


@pytest.fixture
async def crowd(desk: Desk) -> AsyncIterator[tuple[threading.Event, list[asyncio.Task[bool]]]]:
    """As many as there is room for, all of whom have their answer when the event is set."""
    may_end = threading.Event()

    async def ask() -> bool:
        return (await desk.read_long(lambda _: may_end.wait(30), by=BY)).value

    asked = [asyncio.create_task(ask()) for _ in range(LONG_READERS + MOST_WAITING)]
    await asyncio.sleep(0)  # they have begun
    yield may_end, asked
    may_end.set()
    await asyncio.gather(*asked)


async def test_one_more_than_can_wait_is_refused_at_once(
    desk: Desk, crowd: tuple[threading.Event, list[asyncio.Task[bool]]]
) -> None:
    may_end, asked = crowd

    with pytest.raises(Overloaded) as caught:
        await desk.read_long(_one, by=BY)

    assert caught.value.retry_after is not None
    may_end.set()
    assert await asyncio.gather(*asked) == [True] * len(asked)
    assert (await desk.read_long(_one, by=BY)).value == 1


async def test_who_has_waited_for_all_their_time_is_not_answered_any_more(desk: Desk) -> None:
    with pytest.raises(Overloaded):
        await desk.read_long(_one, by=BY, seconds=1e-9)

    assert (await desk.read_long(_one, by=BY, seconds=10)).value == 1


def _one(_: Reads) -> int:
    return 1
