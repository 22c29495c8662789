"""T01 and T02: who waits, for how long, and who does not. The same in one server's memory and in a shared database."""

from __future__ import annotations

import pytest

from kithdesk.access.own_counts import OwnCounts
from kithdesk.access.shared_counts import SharedCounts
from kithdesk.access.slowing import SPRAYED_ACCOUNTS, Slowing, Spray
from kithdesk.access.tallies import FIRST_WAIT, LONGEST_WAIT, PER_ACCOUNT, PER_NETWORK, WINDOW
from kithdesk.core.clock import SECOND, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import RateLimited
from kithdesk.core.ids import OrganisationId

pytestmark = pytest.mark.anyio

ACME = OrganisationId("acme")


def server_on(desk: Desk) -> Slowing:
    return Slowing(desk.clock, SharedCounts(desk) if desk.database.is_shared else OwnCounts(desk.clock))


@pytest.fixture
def slowing(desk: Desk) -> Slowing:
    return server_on(desk)


async def fail(
    slowing: Slowing, account: str, network: str = "home", device: str | None = None
) -> Spray | None:
    async with slowing.attempt(account, network, known_device=device) as attempt:
        attempt.failed([ACME])
    return attempt.spray


async def succeed(slowing: Slowing, account: str, network: str = "home", device: str | None = None) -> None:
    async with slowing.attempt(account, network, known_device=device) as attempt:
        attempt.succeeded()


async def wait_of(slowing: Slowing, account: str, network: str = "home", device: str | None = None) -> float:
    """Seconds until an attempt would be let in; 0 when it is."""
    try:
        async with slowing.attempt(account, network, known_device=device):
            return 0
    except RateLimited as refusal:
        return refusal.retry_after or 0


async def test_T01_the_limit_is_where_it_is_said_to_be(slowing: Slowing) -> None:
    for number in range(PER_ACCOUNT - 1):
        await fail(slowing, "ana", f"network {number}")
    assert await wait_of(slowing, "ana", "another") == 0

    await fail(slowing, "ana", "another")

    assert await wait_of(slowing, "ana", "yet another") == FIRST_WAIT / SECOND
    assert await wait_of(slowing, "bo", "another") == 0


async def test_T01_waits_double_and_end(slowing: Slowing, clock: ManualClock) -> None:
    for _ in range(PER_ACCOUNT):
        await fail(slowing, "ana")
    waits = []
    for _ in range(9):
        waits.append(await wait_of(slowing, "ana"))
        clock.advance(seconds=waits[-1])
        await fail(slowing, "ana")

    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    clock.advance(seconds=(LONGEST_WAIT + WINDOW) / SECOND)
    await fail(slowing, "ana")
    assert await wait_of(slowing, "ana") == 0, "no permanent lock: after a quiet time it begins anew"


async def test_T01_failures_spread_over_time_do_not_count_together(
    slowing: Slowing, clock: ManualClock
) -> None:
    for _ in range(20):
        await fail(slowing, "ana")
        clock.advance(minutes=3)

    assert await wait_of(slowing, "ana") == 0


async def test_T01_a_known_device_gets_in_while_others_are_slowed(slowing: Slowing) -> None:
    for _ in range(PER_ACCOUNT):
        await fail(slowing, "ana")
    assert await wait_of(slowing, "ana") > 0

    assert await wait_of(slowing, "ana", device="laptop") == 0
    for _ in range(PER_ACCOUNT):
        await fail(slowing, "ana", device="laptop")
    assert await wait_of(slowing, "ana", device="laptop") > 0, "a stolen device may guess no more than anyone"
    assert await wait_of(slowing, "ana", device="phone") == 0


async def test_T01_a_right_password_pays_for_the_wrong_ones(slowing: Slowing) -> None:
    for _ in range(PER_ACCOUNT - 1):
        await fail(slowing, "ana")
    await succeed(slowing, "ana")
    for _ in range(PER_ACCOUNT - 1):
        await fail(slowing, "ana")

    assert await wait_of(slowing, "ana") == 0


async def test_T01_haste_wins_no_more_tries(slowing: Slowing) -> None:
    under_way = [slowing.attempt("ana", f"network {number}") for number in range(PER_ACCOUNT)]
    for attempt in under_way:
        await attempt.__aenter__()

    assert await wait_of(slowing, "ana", "another") > 0
    for attempt in under_way:
        await attempt.__aexit__(None, None, None)
    assert await wait_of(slowing, "ana", "another") == 0


async def test_T01_a_network_is_slowed_across_accounts(slowing: Slowing) -> None:
    for number in range(PER_NETWORK):
        await fail(slowing, f"account {number}", "botnet")

    assert await wait_of(slowing, "ana", "botnet") > 0
    assert await wait_of(slowing, "ana", "home") == 0


async def test_T01_an_office_signs_in_all_at_once(slowing: Slowing) -> None:
    under_way = [slowing.attempt(f"agent {number}", "office") for number in range(200)]
    for attempt in under_way:
        (await attempt.__aenter__()).succeeded()
    for attempt in under_way:
        await attempt.__aexit__(None, None, None)

    assert await wait_of(slowing, "ana", "office") == 0


async def test_T02_spraying_brakes_strangers_and_is_told_once(slowing: Slowing, clock: ManualClock) -> None:
    sprays = [
        await fail(slowing, f"account {number}", f"network {number}")
        for number in range(SPRAYED_ACCOUNTS + 50)
    ]

    told = [spray for spray in sprays if spray is not None]
    assert told == [Spray(SPRAYED_ACCOUNTS, frozenset({ACME}))]
    assert await wait_of(slowing, "ana", "network 7") > 0, "one failure is enough while the brake is on"
    assert await wait_of(slowing, "ana", "home") == 0, "ordinary sign-ins keep working"
    assert await wait_of(slowing, "ana", "network 7", device="laptop") == 0
    clock.advance(seconds=WINDOW / SECOND + 1)
    assert await wait_of(slowing, "ana", "network 7") == 0


async def test_T02_guessing_at_one_account_is_no_spraying(slowing: Slowing, clock: ManualClock) -> None:
    for _ in range(SPRAYED_ACCOUNTS):
        clock.advance(seconds=await wait_of(slowing, "ana"))
        assert await fail(slowing, "ana") is None


async def test_an_attempt_that_came_to_nothing_counts_for_nothing(slowing: Slowing) -> None:
    for _ in range(20):
        async with slowing.attempt("ana", "home"):
            pass  # the server was too busy to check

    assert await wait_of(slowing, "ana") == 0


async def test_limits_can_be_off_for_benchmarks(clock: ManualClock) -> None:
    slowing = Slowing(clock, OwnCounts(clock), enabled=False)
    for _ in range(100):
        await fail(slowing, "ana")

    assert await wait_of(slowing, "ana") == 0
