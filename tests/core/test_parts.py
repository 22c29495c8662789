"""Ids, clock, limits, sealing, addresses: each alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithdesk.core.clock import LATEST, Instant, ManualClock, iso, parse_iso
from kithdesk.core.errors import RateLimited
from kithdesk.core.ids import Ids, is_id
from kithdesk.core.limits import Limits, Rate
from kithdesk.core.peers import client_address, network_of
from kithdesk.core.sealing import Sealer


@given(st.lists(st.integers(0, (1 << 32) * 1000 - 1), max_size=50))
def test_ids_increase_even_when_the_clock_does_not(moments: list[int]) -> None:
    ids = Ids()
    made = [ids.new(Instant(moment)) for moment in moments]

    assert made == sorted(set(made))
    assert all(is_id(one) for one in made)


def test_an_id_begins_with_its_second() -> None:
    assert int(Ids().new(Instant(1_780_000_000_123))[:8], 16) == 1_780_000_000


@given(st.integers(0, LATEST))
def test_times_survive_the_wire(moment: int) -> None:
    assert parse_iso(iso(Instant(moment))) == moment


def test_a_bucket_empties_and_fills_again() -> None:
    clock = ManualClock()
    limits = Limits(clock)
    rate = Rate(30, 60)
    for _ in range(30):
        limits.check("messages", "one", rate)

    with pytest.raises(RateLimited) as refused:
        limits.check("messages", "one", rate)
    limits.check("messages", "other", rate)

    assert refused.value.retry_after == 2
    clock.advance(seconds=2)
    limits.check("messages", "one", rate)


def test_T85_sealed_secrets_need_the_key_and_the_purpose() -> None:
    clock = ManualClock()
    sealed = Sealer(b"key", clock).seal(b"secret", "identity")

    assert b"secret" not in sealed.encode()
    assert Sealer(b"key", clock).unseal(sealed, "identity") == b"secret"
    for sealer, purpose in [(Sealer(b"other", clock), "identity"), (Sealer(b"key", clock), "webhook")]:
        with pytest.raises(ValueError, match="another key"):
            sealer.unseal(sealed, purpose)


def test_T29_a_signed_link_dies_forged_or_expired() -> None:
    clock = ManualClock()
    sealer = Sealer(b"key", clock)
    token = sealer.sign("file", {"file": "f"}, expires_at=clock.in_(minutes=15))

    assert sealer.verify("file", token) == {"file": "f"}
    for bad in (token[:-2] + "xx", "x" + token, token.split(".")[0], "", "é.é"):
        with pytest.raises(ValueError, match="not ours"):
            sealer.verify("file", bad)
    with pytest.raises(ValueError, match="not ours"):
        sealer.verify("other", token)
    clock.advance(minutes=15)
    with pytest.raises(ValueError, match="expired"):
        sealer.verify("file", token)


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("9.9.9.9", "1.1.1.1", "", "9.9.9.9"),
        ("9.9.9.9", "1.1.1.1", "10.0.0.0/8", "9.9.9.9"),
        ("10.0.0.1", "1.1.1.1", "10.0.0.0/8", "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", "10.0.0.0/8", "1.1.1.1"),
        ("10.0.0.1", "not an address", "10.0.0.0/8", "10.0.0.1"),
        ("10.0.0.1", None, "10.0.0.0/8", "10.0.0.1"),
    ],
)
def test_T11_forwarded_addresses_are_believed_only_from_trusted_proxies(
    peer: str, forwarded: str | None, trusted: str, expected: str
) -> None:
    assert client_address(peer, forwarded, trusted) == expected


def test_a_network_is_what_one_office_has() -> None:
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2::5") == "2001:db8:1::/48"
