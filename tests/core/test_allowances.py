"""What several servers allow together is no more than what one may."""

from __future__ import annotations

import asyncio

import pytest

from kithdesk.core import allowances
from kithdesk.core.actors import INSTALLATION
from kithdesk.core.allowances import Allowances
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import Overloaded, RateLimited
from kithdesk.core.limits import Rate
from kithdesk.core.work import Work
from tests.spine import sql

pytestmark = pytest.mark.anyio

RATE = Rate(60, 60)
"""One a second, sixty at once."""


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
async def test_several_servers_share_it_whatever_each_has_drawn(desk: Desk) -> None:
    servers = [Allowances(desk) for _ in range(4)]

    allowed = await asyncio.gather(*(taken(server, 40) for server in servers))

    assert sum(allowed) == 60


@pytest.mark.only("postgresql")
async def test_what_is_asked_for_often_costs_a_command_now_and_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = allowances.draw

    def noted(work: Work, name: str, key: str, rate: Rate, most: int) -> allowances.Drawn:
        drawn.append(most)
        return draw(work, name, key, rate, most)

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
async def test_while_the_database_is_away_nobody_is_told_that_they_ask_too_often(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Allowances(desk)
    monkeypatch.setattr(desk, "run", _away)

    assert await taken(server, 5) == 5


async def _away(*_args: object, **_kwargs: object) -> None:
    raise Overloaded


@pytest.mark.only("postgresql")
async def test_rows_that_say_nothing_any_more_are_forgotten(desk: Desk, clock: ManualClock) -> None:
    await taken(Allowances(desk), 3)
    clock.advance(minutes=2)

    await desk.run(allowances.forget_full, by=INSTALLATION)

    assert await sql(desk, "SELECT * FROM allowances") == []
