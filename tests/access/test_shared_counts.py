"""T01 before several servers: what they count together, and that none of them waits for another in a circle."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from kithdesk.access import shared_counts
from kithdesk.access.shared_counts import Begin, End, Noted, SharedCounts
from kithdesk.access.slowing import Slowing
from kithdesk.access.tallies import FIRST_WAIT, LONGEST_WAIT, PER_ACCOUNT, Key, Tally
from kithdesk.core.clock import HOUR, SECOND, Instant, ManualClock, SystemClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import RateLimited
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring, Work
from tests.access.test_slowing import fail, succeed, wait_of
from tests.spine import Wrong, sql, transactions_died

pytestmark = [pytest.mark.anyio, pytest.mark.only("postgresql")]

Pair = tuple[Desk, Desk]
DEADLOCK_SECONDS = 1.0
"""After which PostgreSQL looks whether those who wait do so in a circle."""


def server_on(desk: Desk) -> Slowing:
    return Slowing(desk.clock, SharedCounts(desk))


async def test_T01_a_guesser_behind_a_balancer_has_no_more_tries(pair: Pair) -> None:
    servers = [server_on(pair[number % 2]) for number in range(3)]
    for number in range(PER_ACCOUNT):
        await fail(servers[number % 3], "ana", f"network {number}")

    assert [await wait_of(server, "ana", "another") for server in servers] == [FIRST_WAIT / SECOND] * 3


async def test_T01_haste_on_several_servers_wins_no_more_tries(pair: Pair) -> None:
    servers = [SharedCounts(pair[number % 2]) for number in range(3)]

    begun = await asyncio.gather(
        *(
            servers[number % 3].begin([("account", "ana"), ("network", str(number))], is_braked=False)
            for number in range(4 * PER_ACCOUNT)
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(one, RateLimited) for one in begun) == 3 * PER_ACCOUNT
    assert sum(isinstance(one, int) for one in begun) == PER_ACCOUNT


async def test_T01_a_right_password_on_one_server_pays_on_all(pair: Pair) -> None:
    servers = [server_on(desk) for desk in pair]
    for _ in range(PER_ACCOUNT - 1):
        await fail(servers[0], "ana")
    await succeed(servers[1], "ana")

    for _ in range(PER_ACCOUNT - 1):
        await fail(servers[0], "ana")

    assert await wait_of(servers[1], "ana") == 0


async def test_servers_never_wait_for_each_other_in_a_circle_and_nobody_meets_a_row_that_is_gone(
    pair: Pair,
) -> None:
    servers = [SharedCounts(desk) for desk in pair]
    died, chance = transactions_died(), random.Random(7)
    waited: list[float] = []

    async def sign_in(server: SharedCounts, keys: list[Key]) -> None:
        began_at = asyncio.get_running_loop().time()
        began = await server.begin(keys, is_braked=False)
        waited.append(asyncio.get_running_loop().time() - began_at)
        await server.end(keys, began, "succeeded")

    for _ in range(20):
        attempts = [[("account", f"agent {n}"), ("network", f"office {n % 3}")] for n in range(10)]
        ours, theirs = chance.sample(attempts, 10), chance.sample(attempts, 10)
        await asyncio.gather(
            *(sign_in(servers[0], list(reversed(keys))) for keys in ours),  # type: ignore[arg-type]
            *(sign_in(servers[1], keys) for keys in theirs),  # type: ignore[arg-type]
        )

    assert len(waited) == 400
    assert max(waited) < DEADLOCK_SECONDS
    assert transactions_died() == died
    assert await sql(pair[0], "SELECT * FROM sign_in_tallies") == [], "of who signs in nothing is kept"


async def test_many_who_sign_in_at_once_cost_few_commands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    note = shared_counts.note

    def noted(work: Work, changes: Sequence[Begin | End], *rest: Any) -> list[Noted]:
        counted.append(len(changes))
        return note(work, changes, *rest)

    monkeypatch.setattr(shared_counts, "note", noted)
    server = SharedCounts(desk)

    await asyncio.gather(
        *(
            server.begin([("account", f"agent {number}"), ("network", "office")], is_braked=False)
            for number in range(200)
        )
    )

    assert sum(counted) == 200
    assert len(counted) <= 5


async def test_what_a_dead_server_was_checking_keeps_nobody_out_for_long(
    pair: Pair, clock: ManualClock
) -> None:
    dead, alive = SharedCounts(pair[0]), server_on(pair[1])
    for number in range(PER_ACCOUNT):
        await dead.begin([("account", "ana"), ("network", str(number))], is_braked=False)
    assert await wait_of(alive, "ana", "another") > 0

    clock.advance(minutes=1, seconds=1)

    assert await wait_of(alive, "ana", "another") == 0


async def test_T01_a_servers_wrong_clock_locks_nobody_out_elsewhere(
    settings: Settings, wiring: Wiring
) -> None:
    desks = [Desk(settings, wiring, clock=clock) for clock in (Wrong(HOUR), SystemClock())]
    for desk in desks:
        await desk.start(jobs=False)
    ahead, right = (server_on(desk) for desk in desks)

    for _ in range(PER_ACCOUNT):
        await fail(ahead, "ana")

    assert 0 < await wait_of(right, "ana") <= FIRST_WAIT / SECOND
    assert 0 < await wait_of(ahead, "ana") <= FIRST_WAIT / SECOND
    for desk in desks:
        await desk.stop()


async def test_T01_what_was_written_an_hour_ahead_is_no_lock_of_an_hour(
    desk: Desk, clock: ManualClock
) -> None:
    for _ in range(PER_ACCOUNT):
        await fail(server_on(desk), "ana")
    [(tally,)] = await sql(desk, "SELECT tally FROM sign_in_tallies WHERE kind = 'account'")
    until = msgspec.json.decode(tally, type=Tally).until
    await sql(desk, f"UPDATE sign_in_tallies SET tally = replace(tally, '{until}', '{until + HOUR}')")

    assert await wait_of(server_on(desk), "ana") == LONGEST_WAIT / SECOND
    clock.advance(seconds=LONGEST_WAIT / SECOND)
    assert await wait_of(server_on(desk), "ana") == 0


async def test_tallies_that_say_nothing_any_more_are_forgotten(desk: Desk, clock: ManualClock) -> None:
    await fail(server_on(desk), "ana")
    clock.advance(minutes=21)

    await desk.run_apart(shared_counts.note, [End([], Instant(0), None)], desk.time_of_all, True)

    assert await sql(desk, "SELECT * FROM sign_in_tallies") == []
