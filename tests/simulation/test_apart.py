"""Where a simulation is read and played: in a process of its own, beside a server that keeps nothing of it."""

from __future__ import annotations

import asyncio
import gc
import os
import select
import time
from pathlib import Path

import pytest

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.core.clock import ManualClock
from kithdesk.core.computing import MOST_APART, Computing
from kithdesk.core.desk import Desk, where
from kithdesk.core.errors import Overloaded
from kithdesk.core.work import Work
from kithdesk.simulation.scenario import read_scenario
from kithdesk.simulation.stepping import Lost, begin_playing, go_on
from kithdesk.simulation.twin import played_of
from tests.routing.shops import Shop

pytestmark = pytest.mark.anyio

WORDS = 5_000
SAID = 2_000
READ = 0.2
"""How far it is when everything is read."""


def megabytes() -> int:
    """What this process holds in memory."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1_024


def talk(work: Work, conversation: ConversationId, first: int) -> None:
    for number in range(first, first + 100):
        conversations.reply(work, conversation, client_id=str(number), body="w" * WORDS)


async def test_what_is_read_of_the_past_is_no_burden_to_the_server(
    shop: Shop, desk: Desk, clock: ManualClock
) -> None:
    begins = clock.now()
    ana = await shop.agent("ana")
    conversation = await shop.arrive()
    for first in range(0, SAID, 100):
        clock.advance(seconds=1)
        await shop.run(talk, conversation, first, by=ana)
    clock.advance(minutes=1)
    gc.collect()
    before, peak = megabytes(), 0

    async with desk.apart.process() as process:
        await process.run(
            begin_playing,
            where(desk.settings),
            played_of(desk.wiring),
            shop.id,
            begins,
            clock.now(),
            read_scenario({}),
        )
        done = 0.0
        while done < READ:
            done, _ = await process.run(go_on)
            peak = max(peak, megabytes())

    said = SAID * WORDS // 1_000_000
    assert peak - before < said / 2, f"{peak - before} MB more, of {said} MB that were said"


async def test_no_more_are_played_at_once_than_a_server_bears(desk: Desk) -> None:
    async with desk.apart.process(), desk.apart.process():
        with pytest.raises(Overloaded):
            await desk.apart.process().__aenter__()
    async with desk.apart.process() as process:
        assert MOST_APART == 2
        assert await process.run(abs, -1) == 1


async def test_what_nobody_waits_for_any_more_ends_at_once(desk: Desk) -> None:
    """A server that stops would wait for it otherwise."""
    async with desk.apart.process() as process:
        watched = os.pidfd_open(await process.run(os.getpid))
        long = asyncio.create_task(process.run(time.sleep, 60))
        await asyncio.sleep(0)
        long.cancel()

    ended, _, _ = await asyncio.to_thread(select.select, [watched], [], [], 10)
    assert ended == [watched]
    os.close(watched)


async def test_a_process_that_was_lost_knows_nothing_of_it() -> None:
    process = Computing()

    with pytest.raises(Lost):
        await process.run(go_on)

    await asyncio.to_thread(process.stop)
