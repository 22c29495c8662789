"""Promise 9 at the live door: strangers are many or slow alone, and whoever has a token comes in."""

from __future__ import annotations

import asyncio

import pytest

from kithdesk.core.limits import Rate
from kithdesk.live import strangers
from tests.live.conftest import Client, World

pytestmark = pytest.mark.anyio


async def stranger(world: World, token: str = "kdv_nonsense") -> Client:
    client = await world.connect("/c/v1/live", None)
    await client.say(op="hello", token=token)
    return client


async def test_T68_a_networks_failures_slow_the_failing_and_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "FAILURES", Rate(5, 60))
    known = await world.visitor_token()

    codes = [await (await stranger(world)).closed() for _ in range(8)]

    assert codes == [4401] * 5 + [4429] * 3
    await world.visitor(known)
    await world.agent()


async def test_T66_of_too_many_that_wait_the_oldest_is_let_go(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "MOST_WAITING", 3)
    known = await world.visitor_token()
    waiting = [await world.connect("/c/v1/live", None) for _ in range(3)]

    await world.visitor(known)

    assert await waiting[0].closed() == 4429
    await waiting[2].say(op="hello", token=known)
    await waiting[2].until(op="welcome")


async def test_T66_a_braked_network_has_less_time_for_its_hello(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "FAILURES", Rate(1, 60))
    monkeypatch.setattr(strangers, "HELLO_WITHIN_BRAKED", 0.1)
    assert await (await stranger(world)).closed() == 4401
    silent = await world.connect("/c/v1/live", None)

    assert await silent.closed() == 4429


async def test_promise_9_two_hundred_behind_one_address_connect_at_once(world: World) -> None:
    tokens = [await world.visitor_token() for _ in range(200)]

    clients = await asyncio.gather(*(world.connect("/c/v1/live", token) for token in tokens))

    assert len(clients) == 200


async def test_promise_9_one_visitor_who_reconnects_without_end_is_slowed_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "SOCKETS", Rate(3, 60))
    abuser, other = await world.visitor_token(), await world.visitor_token()
    for _ in range(3):
        await world.connect("/c/v1/live", abuser)

    assert await (await stranger(world, abuser)).closed() == 4429
    await world.visitor(other)


async def test_T68_the_stream_counts_bad_tokens_and_takes_good_ones(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "FAILURES", Rate(2, 60))
    url, known = "/c/v1/live/events", await world.visitor_token()

    bad = [await world.http.get(url, headers={"Authorization": "Bearer kdv_no"}) for _ in range(3)]

    assert [answer.status_code for answer in bad] == [401, 401, 429]
    async with world.http.stream("GET", url, headers={"Authorization": f"Bearer {known}"}) as good:
        assert good.status_code == 200
