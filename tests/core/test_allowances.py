"""What several servers allow together is no more than what one may."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest

from kithdesk.core import allowances
from kithdesk.core.actors import system
from kithdesk.core.allowances import Allowances, Ask, Drawn
from kithdesk.core.clock import HOUR, SECOND, ManualClock, SystemClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded, RateLimited
from kithdesk.core.ids import OrganisationId
from kithdesk.core.limits import Rate
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring, Work
from tests.core.words import say
from tests.spine import Wrong, sql, transactions_died

pytestmark = pytest.mark.anyio

RATE = Rate(60, 60)
"""One a second, sixty at once."""
SLOW = Rate(60, 3600)
"""So slow that nothing comes back while a test runs."""


async def taken(server: Allowances, times: int, key: str = "acme") -> int:
    """How many of so many were allowed."""
    allowed = 0
    for _ in range(times):
        try:
            await server.take("api", key, RATE)
        except RateLimited:
            continue
        allowed += 1
    return allowed


async def test_the_limit_is_where_it_is_said_to_be(desk: Desk, clock: ManualClock) -> None:
    server = Allowances(desk)

    assert await taken(server, 70) == 60
    clock.advance(seconds=5)
    assert await taken(server, 70) == 5
    assert await taken(server, 1, "globex") == 1


async def test_who_is_refused_hears_when_to_come_back(desk: Desk, clock: ManualClock) -> None:
    server = Allowances(desk)
    await taken(server, 60)

    with pytest.raises(RateLimited) as refused:
        await server.take("api", "acme", RATE)

    assert refused.value.retry_after == 1
    clock.advance(seconds=1)
    assert await taken(server, 1) == 1


async def test_the_answer_counts_down(desk: Desk) -> None:
    server = Allowances(desk)

    left = [await server.take("api", "acme", RATE) for _ in range(60)]

    assert left == list(range(59, -1, -1))


@pytest.mark.only("postgresql")
async def test_several_servers_share_it_whatever_each_has_drawn(pair: tuple[Desk, Desk]) -> None:
    servers = [Allowances(pair[number % 2]) for number in range(4)]

    allowed = await asyncio.gather(*(taken_until_refused(server) for server in servers))

    assert sum(allowed) == 60


async def taken_until_refused(server: Allowances, rate: Rate = RATE) -> int:
    """To its last: what it has drawn it gives out."""
    allowed = 0
    with contextlib.suppress(RateLimited):
        while True:
            await server.take("api", "acme", rate)
            allowed += 1
    return allowed


@pytest.mark.only("postgresql")
async def test_servers_that_draw_of_many_rows_in_any_order_never_wait_in_a_circle(
    pair: tuple[Desk, Desk],
) -> None:
    died = transactions_died()
    servers = [Allowances(desk) for desk in pair]
    names = [f"key {number}" for number in range(12)]

    async with asyncio.timeout(30):
        for _ in range(10):
            await asyncio.gather(
                *(servers[0].take("api", name, RATE) for name in names),
                *(servers[1].take("api", name, RATE) for name in reversed(names)),
            )

    assert transactions_died() == died


@pytest.mark.only("postgresql")
async def test_a_row_that_another_server_holds_keeps_no_message_waiting(pair: tuple[Desk, Desk]) -> None:
    held, let_go = asyncio.Event(), asyncio.Event()
    holder = asyncio.create_task(hold(pair[0], held, let_go))
    await held.wait()

    waiting = asyncio.create_task(Allowances(pair[1]).take("api", "acme", RATE))
    for number in range(20):
        await pair[1].run(say, f"word {number}", by=system(OrganisationId(f"organisation {number}")))
    assert not waiting.done()

    let_go.set()
    await holder
    assert await waiting >= 0


async def hold(desk: Desk, held: asyncio.Event, let_go: asyncio.Event) -> None:
    """A transaction that has drawn and does not end."""
    await Allowances(desk).take("api", "acme", RATE)
    url = desk.settings.database_url
    assert url is not None
    async with await psycopg.AsyncConnection.connect(url.get_secret_value()) as connection:
        await connection.execute("UPDATE allowances SET level = level")
        held.set()
        await let_go.wait()


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("ahead", [HOUR, -HOUR])
async def test_a_servers_wrong_clock_moves_nothing_for_the_others(
    settings: Settings, wiring: Wiring, ahead: int
) -> None:
    desks = [Desk(settings, wiring, clock=clock) for clock in (Wrong(ahead), SystemClock())]
    for desk in desks:
        await desk.start(jobs=False)
    wrong, right = (Allowances(desk) for desk in desks)

    assert await taken_until_refused(wrong, SLOW) == 60

    for server in (right, wrong):
        with pytest.raises(RateLimited) as refused:
            await server.take("api", "acme", SLOW)
        assert 50 < (refused.value.retry_after or 0) <= 60
    for desk in desks:
        await desk.stop()


@pytest.mark.only("postgresql")
async def test_what_was_written_an_hour_ahead_keeps_nobody_out_for_an_hour(
    desk: Desk, clock: ManualClock
) -> None:
    assert await taken(Allowances(desk), 60) == 60
    await sql(desk, f"UPDATE allowances SET at = at + {HOUR}")

    assert await taken(Allowances(desk), 1) == 0
    clock.advance(seconds=1)
    assert await taken(Allowances(desk), 1) == 1


@pytest.mark.only("postgresql")
async def test_what_is_asked_for_often_costs_a_command_now_and_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = allowances.draw

    def noted(work: Work, asks: Sequence[Ask], *args: Any) -> list[Drawn]:
        drawn.extend(ask.most for ask in asks)
        return draw(work, asks, *args)

    monkeypatch.setattr(allowances, "draw", noted)
    server = Allowances(desk)

    for _ in range(500):
        await server.take("api", "acme", Rate(1_000, 60))

    assert len(drawn) <= 16
    assert max(drawn) == 50


@pytest.mark.only("postgresql")
async def test_what_a_server_has_drawn_and_does_not_use_is_no_loss_that_lasts(
    desk: Desk, clock: ManualClock
) -> None:
    server = Allowances(desk)
    for _ in range(120):
        assert await taken(server, 1) == 1
        clock.advance(seconds=1)


@pytest.mark.only("postgresql")
async def test_while_the_database_is_away_each_server_counts_for_itself_and_nobody_waits_in_a_queue(
    desk: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Allowances(desk)
    tries: list[str] = []
    is_given_up = asyncio.Event()

    async def away(*_args: object) -> None:
        tries.append("once")
        await is_given_up.wait()
        raise Overloaded

    monkeypatch.setattr(desk, "run_apart", away)
    asked = [
        asyncio.create_task(taken(server, 1, key)) for key in ("acme", "globex", "initech") for _ in range(30)
    ]
    await asyncio.sleep(0)
    is_given_up.set()

    assert sum(await asyncio.gather(*asked)) == 90
    assert tries == ["once"]
    assert await taken(server, 40) == 30, "its own count goes on"
    clock.advance(seconds=allowances.AWAY / SECOND)
    await taken(server, 1, "hooli")
    assert len(tries) == 2, "it is tried again"


@pytest.mark.only("postgresql")
async def test_rows_that_say_nothing_any_more_are_forgotten(desk: Desk, clock: ManualClock) -> None:
    await taken(Allowances(desk), 3)
    clock.advance(minutes=2)

    await desk.run_apart(allowances.draw, [Ask("api", "globex", RATE, 1)], desk.time_of_all, True)

    assert await sql(desk, "SELECT key FROM allowances") == [("globex",)]


@pytest.mark.only("postgresql")
async def test_no_server_remembers_without_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowances, "MOST_PURSES", 5)
    server = Allowances(desk)

    for number in range(20):
        assert await taken(server, 1, f"key {number}") == 1

    assert await taken(server, 61, "key 19") == 59
