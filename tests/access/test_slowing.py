"""T01 and T02 as arithmetic: who waits, for how long, and who does not."""

from __future__ import annotations

import pytest

from kithdesk.access.slowing import (
    FIRST_WAIT,
    LONGEST_WAIT,
    PER_ACCOUNT,
    PER_NETWORK,
    SPRAYED_ACCOUNTS,
    WINDOW,
    Slowing,
    Spray,
)
from kithdesk.core.clock import SECOND, ManualClock
from kithdesk.core.errors import RateLimited
from kithdesk.core.ids import OrganisationId

ACME = OrganisationId("acme")


@pytest.fixture
def slowing(clock: ManualClock) -> Slowing:
    return Slowing(clock)


def fail(slowing: Slowing, account: str, network: str = "home", device: str | None = None) -> Spray | None:
    with slowing.attempt(account, network, known_device=device) as attempt:
        attempt.failed([ACME])
    return attempt.spray


def succeed(slowing: Slowing, account: str, network: str = "home", device: str | None = None) -> None:
    with slowing.attempt(account, network, known_device=device) as attempt:
        attempt.succeeded()


def wait_of(slowing: Slowing, account: str, network: str = "home", device: str | None = None) -> float:
    """Seconds until an attempt would be let in; 0 when it is."""
    try:
        with slowing.attempt(account, network, known_device=device):
            return 0
    except RateLimited as refusal:
        return refusal.retry_after or 0


def test_T01_the_limit_is_where_it_is_said_to_be(slowing: Slowing) -> None:
    for number in range(PER_ACCOUNT - 1):
        fail(slowing, "ana", f"network {number}")
    assert wait_of(slowing, "ana", "another") == 0

    fail(slowing, "ana", "another")

    assert wait_of(slowing, "ana", "yet another") == FIRST_WAIT / SECOND
    assert wait_of(slowing, "bo", "another") == 0


def test_T01_waits_double_and_end(slowing: Slowing, clock: ManualClock) -> None:
    for _ in range(PER_ACCOUNT):
        fail(slowing, "ana")
    waits = []
    for _ in range(9):
        waits.append(wait_of(slowing, "ana"))
        clock.advance(seconds=waits[-1])
        fail(slowing, "ana")

    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    clock.advance(seconds=(LONGEST_WAIT + WINDOW) / SECOND)
    fail(slowing, "ana")
    assert wait_of(slowing, "ana") == 0, "no permanent lock: after a quiet time it begins anew"


def test_T01_failures_spread_over_time_do_not_count_together(slowing: Slowing, clock: ManualClock) -> None:
    for _ in range(20):
        fail(slowing, "ana")
        clock.advance(minutes=3)

    assert wait_of(slowing, "ana") == 0


def test_T01_a_known_device_gets_in_while_others_are_slowed(slowing: Slowing) -> None:
    for _ in range(PER_ACCOUNT):
        fail(slowing, "ana")
    assert wait_of(slowing, "ana") > 0

    assert wait_of(slowing, "ana", device="laptop") == 0
    for _ in range(PER_ACCOUNT):
        fail(slowing, "ana", device="laptop")
    assert wait_of(slowing, "ana", device="laptop") > 0, "a stolen device may guess no more than anyone"
    assert wait_of(slowing, "ana", device="phone") == 0


def test_T01_a_right_password_pays_for_the_wrong_ones(slowing: Slowing) -> None:
    for _ in range(PER_ACCOUNT - 1):
        fail(slowing, "ana")
    succeed(slowing, "ana")
    for _ in range(PER_ACCOUNT - 1):
        fail(slowing, "ana")

    assert wait_of(slowing, "ana") == 0


def test_T01_haste_wins_no_more_tries(slowing: Slowing) -> None:
    under_way = [slowing.attempt("ana", f"network {number}") for number in range(PER_ACCOUNT)]
    for attempt in under_way:
        attempt.__enter__()

    assert wait_of(slowing, "ana", "another") > 0
    for attempt in under_way:
        attempt.__exit__(None, None, None)
    assert wait_of(slowing, "ana", "another") == 0


def test_T01_a_network_is_slowed_across_accounts(slowing: Slowing) -> None:
    for number in range(PER_NETWORK):
        fail(slowing, f"account {number}", "botnet")

    assert wait_of(slowing, "ana", "botnet") > 0
    assert wait_of(slowing, "ana", "home") == 0


def test_T01_an_office_signs_in_all_at_once(slowing: Slowing) -> None:
    under_way = [slowing.attempt(f"agent {number}", "office") for number in range(200)]
    for attempt in under_way:
        attempt.__enter__().succeeded()
    for attempt in under_way:
        attempt.__exit__(None, None, None)

    assert wait_of(slowing, "ana", "office") == 0


def test_T02_spraying_brakes_strangers_and_is_told_once(slowing: Slowing, clock: ManualClock) -> None:
    sprays = [
        fail(slowing, f"account {number}", f"network {number}") for number in range(SPRAYED_ACCOUNTS + 50)
    ]

    told = [spray for spray in sprays if spray is not None]
    assert told == [Spray(SPRAYED_ACCOUNTS, frozenset({ACME}))]
    assert wait_of(slowing, "ana", "network 7") > 0, "one failure is enough while the brake is on"
    assert wait_of(slowing, "ana", "home") == 0, "ordinary sign-ins keep working"
    assert wait_of(slowing, "ana", "network 7", device="laptop") == 0
    clock.advance(seconds=WINDOW / SECOND + 1)
    assert wait_of(slowing, "ana", "network 7") == 0


def test_T02_guessing_at_one_account_is_no_spraying(slowing: Slowing, clock: ManualClock) -> None:
    for _ in range(SPRAYED_ACCOUNTS):
        clock.advance(seconds=wait_of(slowing, "ana"))
        assert fail(slowing, "ana") is None


def test_an_attempt_that_came_to_nothing_counts_for_nothing(slowing: Slowing) -> None:
    for _ in range(20):
        with slowing.attempt("ana", "home"):
            pass  # the server was too busy to check

    assert wait_of(slowing, "ana") == 0


def test_limits_can_be_off_for_benchmarks(clock: ManualClock) -> None:
    slowing = Slowing(clock, enabled=False)
    for _ in range(100):
        fail(slowing, "ana")

    assert wait_of(slowing, "ana") == 0
