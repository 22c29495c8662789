"""Names, addresses, tokens, roles, networks: pure functions with many cases."""

from __future__ import annotations

import pytest

from kithdesk.access.api_keys import check_networks, is_within
from kithdesk.access.credentials import hash_of, kind_of, last_four, new_token
from kithdesk.access.names import clean_email, clean_name, email_key, name_key
from kithdesk.access.roles import ROLE_GROUPS, check_role_groups, expand, role_group_id, roles_of
from kithdesk.core.errors import BadParameter
from kithdesk.core.ids import OrganisationId, is_id


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Acme  ", "Acme"),
        ("Zo\u0065\u0308", "Zo\u00eb"),
        ("Übergrößenträger", "Übergrößenträger"),
        ("👩‍🚀", "👩‍🚀"),
    ],
)
def test_a_name_keeps_its_script_and_loses_outer_space(typed: str, kept: str) -> None:
    assert clean_name(typed, "name") == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "a" * 256, "gnp\u202eexe", "a\x00b", "a\nb", "zero\u200bwidth", "a\u2066b", "\ud800"]
)
def test_T47_a_name_that_would_steer_the_page_is_refused(typed: str) -> None:
    with pytest.raises(BadParameter) as refusal:
        clean_name(typed, "displayName")
    assert refusal.value.parameter == "displayName"


@pytest.mark.parametrize("typed", ["a@b.test", "A.B+tag@example.co.uk", "jörg@bücher.test", "root@localhost"])
def test_an_address_is_kept_as_typed(typed: str) -> None:
    assert clean_email(f" {typed} ") == typed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "@b.test",
        "a@",
        "a@b@c.test",
        "a b@c.test",
        "a@b.test\r\nBcc: x@y.test",
        "a\u200b@b.test",
        "<a@b.test>",
        "a,b@c.test",
        "x" * 65 + "@b.test",
        "a@" + "b" * 260,
        "a\u202e@b.test",
    ],
)
def test_T40_T47_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadParameter):
        clean_email(typed)


def test_T47_spellings_of_one_address_have_one_key() -> None:
    assert email_key("Ana@Acme.TEST") == email_key(" ana@acme.test ")
    assert email_key("zo\u00eb@acme.test") == email_key("zoe\u0308@acme.test")
    assert email_key("\uff41na@acme.test") == email_key("ana@acme.test")
    assert email_key("STRASSE@acme.test") == email_key("straße@acme.test")
    assert name_key("  Acme \u00a0 Outdoor ") == name_key("ACME outdoor")


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
