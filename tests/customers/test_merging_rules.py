"""What two profiles make together, and what each has when they part."""

from __future__ import annotations

import msgspec
import pytest

from kithdesk.customers.contacts import Location, Social
from kithdesk.customers.merging.rules import Field, merged_profile, parted_profiles
from kithdesk.customers.profile import Email, ExternalId, Phone, Profile

ANA = Email("ana@acme.test")
ANA_PROVEN = Email("Ana@acme.test", verified=True)
BEN = Email("ben@acme.test")
SHOP = Social(type="twitter", username="ana")


@pytest.mark.parametrize(
    ("source", "target", "merged"),
    [
        (Profile(name="Ana"), Profile(name="Ana Lee"), Profile(name="Ana Lee")),
        (Profile(name="Ana"), Profile(), Profile(name="Ana")),
        (Profile(emails=(ANA,)), Profile(emails=(BEN,)), Profile(emails=(BEN, ANA))),
        (
            Profile(shared_emails=(ANA_PROVEN,)),
            Profile(shared_emails=(ANA,)),
            Profile(shared_emails=(Email("ana@acme.test", verified=True),)),
        ),
        (Profile(tags=("vip", "a")), Profile(tags=("a", "b")), Profile(tags=("a", "b", "vip"))),
        (
            Profile(custom={"aStr": "1", "bStr": "2"}),
            Profile(custom={"aStr": "0"}),
            Profile(custom={"aStr": "0", "bStr": "2"}),
        ),
        (Profile(signed_up_at=9), Profile(signed_up_at=5), Profile(signed_up_at=9)),
        (Profile(signed_up_at=4), Profile(signed_up_at=5), Profile(signed_up_at=5)),
        (Profile(birthday_at=4), Profile(birthday_at=5), Profile(birthday_at=5)),
        (Profile(company="c1"), Profile(company="c2"), Profile(company="c2")),
        (Profile(watchers=("u1",)), Profile(watchers=("u2",)), Profile(watchers=("u2", "u1"))),
        (Profile(socials=(SHOP,)), Profile(socials=(SHOP,)), Profile(socials=(SHOP,))),
        (
            Profile(locations=(Location(city_name="Ulm"),)),
            Profile(),
            Profile(locations=(Location(city_name="Ulm"),)),
        ),
        (
            Profile(external_ids=(ExternalId("1"),)),
            Profile(external_ids=(ExternalId("2"),)),
            Profile(external_ids=(ExternalId("2"), ExternalId("1"))),
        ),
        (
            Profile(phones=(Phone("+491"),)),
            Profile(phones=(Phone("+492"),)),
            Profile(phones=(Phone("+492"), Phone("+491"))),
        ),
    ],
)
def test_the_rules_of_merging(source: Profile, target: Profile, merged: Profile) -> None:
    assert merged_profile(source, target)[0] == merged


def test_every_field_of_a_profile_has_a_rule() -> None:
    for name in Profile.__struct_fields__:
        default = getattr(Profile(), name)
        some = (ANA,) if default == () else {"aStr": "x"} if default == {} else 7
        source = msgspec.structs.replace(Profile(), **{name: some})

        merged, fields = merged_profile(source, Profile())

        assert merged == source
        assert [field.kept for field in fields] == ["source"]
        assert parted_profiles(source, Profile(), merged) == (source, Profile())


def test_the_preview_names_what_differs_and_what_is_kept() -> None:
    source = Profile(name="Ana", gender="f", emails=(ANA,), custom={"aStr": "1", "bStr": "2"}, tags=("x",))
    target = Profile(name="Ana Lee", gender="f", emails=(BEN,), custom={"aStr": "0"}, tags=("x", "y"))

    _, fields = merged_profile(source, target)

    assert fields == [
        Field("name", "Ana", "Ana Lee", "target"),
        Field("emails", (ANA,), (BEN,), "both"),
        Field("tags", ("x",), ("x", "y"), "target"),
        Field("custom.aStr", "1", "0", "target"),
        Field("custom.bStr", "2", None, "source"),
    ]


@pytest.mark.parametrize(
    ("source", "before", "now", "rest"),
    [
        # What came from the source alone leaves.
        (Profile(name="Ana"), Profile(), Profile(name="Ana"), Profile()),
        (Profile(tags=("a", "b")), Profile(tags=("b",)), Profile(tags=("b", "a")), Profile(tags=("b",))),
        (Profile(custom={"aStr": "1"}), Profile(), Profile(custom={"aStr": "1"}), Profile()),
        # What was written since stays.
        (Profile(name="Ana"), Profile(), Profile(name="Anna"), Profile(name="Anna")),
        (Profile(name="Ana"), Profile(name="Ben"), Profile(name="Ben"), Profile(name="Ben")),
        (
            Profile(custom={"aStr": "1"}),
            Profile(),
            Profile(custom={"aStr": "2"}),
            Profile(custom={"aStr": "2"}),
        ),
        (Profile(), Profile(), Profile(tags=("new",), emails=(BEN,)), Profile(tags=("new",), emails=(BEN,))),
        # What was taken away since stays away.
        (Profile(tags=("a",)), Profile(tags=("b",)), Profile(), Profile()),
        # An address has one owner, however it was changed.
        (Profile(emails=(ANA,)), Profile(), Profile(emails=(ANA_PROVEN, BEN)), Profile(emails=(BEN,))),
    ],
)
def test_what_stays_with_the_target(source: Profile, before: Profile, now: Profile, rest: Profile) -> None:
    assert parted_profiles(source, before, now)[1] == rest


def test_what_was_proven_meanwhile_stays_proven() -> None:
    theirs, _ = parted_profiles(Profile(emails=(ANA,)), Profile(), Profile(emails=(ANA_PROVEN,)))

    assert theirs == Profile(emails=(Email("ana@acme.test", verified=True),))
