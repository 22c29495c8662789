"""Tokens, roles, networks: pure functions with many cases."""

from __future__ import annotations

import pytest

from kithdesk.access.api_keys import check_networks, is_within
from kithdesk.access.credentials import hash_of, kind_of, last_four, new_token
from kithdesk.access.roles import ROLE_GROUPS, check_role_groups, expand, role_group_id, roles_of
from kithdesk.core.errors import BadParameter
from kithdesk.core.ids import OrganisationId, is_id


def test_a_token_is_random_named_and_checked() -> None:
    token = new_token("session")

    assert token.startswith("kds_")
    assert kind_of(token) == "session"
    assert new_token("session") != token
    assert last_four(token) == token[-4:]
    assert token not in hash_of(token)


@pytest.mark.parametrize("broken", ["", "kds_", "x" * 53, "kds_" + "a" * 49, "ké" * 30, "\x00" * 53])
def test_T68_what_cannot_be_a_token_is_known_without_a_look_up(broken: str) -> None:
    assert kind_of(broken) is None


def test_T68_one_changed_character_is_seen() -> None:
    token = new_token("key")
    changed = token[:10] + ("A" if token[10] != "A" else "B") + token[11:]

    assert kind_of(changed) is None
    assert kind_of(token + "a") is None
    assert kind_of(token.replace("kdk_", "kds_")) is None


def test_roles_are_a_closed_list() -> None:
    assert roles_of(["admin"]) == {"org.admin", "org.user"}
    assert roles_of(["agent", "gone"]) == {"org.user"}
    assert expand(["agent", "org.admin"]) == ("org.admin", "org.user")
    assert check_role_groups(["agent", "agent"]) == ("agent",)
    for nonsense in (["emperor"], [], ["org.*"], ["ORG.ADMIN"]):
        with pytest.raises(BadParameter):
            expand(nonsense)
    with pytest.raises(BadParameter):
        check_role_groups(["org.admin"])


def test_a_role_group_has_an_id_of_its_own_in_each_organisation() -> None:
    ids = {role_group_id(OrganisationId(org), name) for org in ("a", "b") for name in ROLE_GROUPS}

    assert len(ids) == 4
    assert all(is_id(one) for one in ids)


@pytest.mark.parametrize(
    ("address", "networks", "is_good"),
    [
        ("10.1.2.3", ["10.0.0.0/8"], True),
        ("11.1.2.3", ["10.0.0.0/8"], False),
        ("::ffff:10.1.2.3", ["10.0.0.0/8"], True),
        ("2001:db8::1", ["10.0.0.0/8", "2001:db8::/32"], True),
        ("not an address", ["0.0.0.0/0"], False),
        (None, ["0.0.0.0/0"], False),
        (None, [], True),
    ],
)
def test_a_key_is_good_within_its_networks(address: str | None, networks: list[str], is_good: bool) -> None:
    assert is_within(address, check_networks(networks)) is is_good


@pytest.mark.parametrize("network", ["", "10.0.0.0/33", "example.com", "10.0.0.0/8; drop"])
def test_what_is_no_network_is_refused(network: str) -> None:
    with pytest.raises(BadParameter):
        check_networks([network])
