"""What an administrator may say of the organisation's records, and what stays when they change their mind."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import attributes
from kithdesk.attributes import Attribute
from kithdesk.attributes.declarations import MAX_DECLARED
from kithdesk.attributes.errors import AttributeIsFixed, UnknownOwner
from kithdesk.attributes.events import AttributesDeclared
from kithdesk.core.clock import ManualClock
from kithdesk.core.errors import BadParameter, ChangedMeanwhile, Forbidden
from tests.make import Make

COLOUR = {"type": "Str", "displayName": "Favourite colour", "enumeration": ["red", "blue"]}


def _known(make: Make, owner: str = "customer") -> dict[str, Attribute]:
    with make.work(make.system) as work:
        return attributes.declared(work, owner)


def _declare(make: Make, properties: dict[str, Any], owner: str = "customer", **more: Any) -> list[str]:
    """The kinds of what was stated."""
    with make.work(make.admin()) as work:
        attributes.declare(work, owner, properties, **more)
        return [recorded.event.kind for recorded in work.published]


def test_a_new_organisation_has_declared_nothing(make: Make) -> None:
    assert _known(make) == {}


def test_attributes_come_in_the_order_in_which_they_were_declared(make: Make, clock: ManualClock) -> None:
    admin = make.admin()
    with make.work(admin) as work:
        attributes.declare(work, "customer", {"zNum": {"type": "Num"}, "favouriteColorStr": COLOUR})
    _declare(make, {"aBool": {"type": "Bool"}})

    known = _known(make)

    assert list(known) == ["zNum", "favouriteColorStr", "aBool"]
    colour = known["favouriteColorStr"]
    assert (colour.display_name, colour.type, colour.enumeration) == (
        "Favourite colour",
        "Str",
        ("red", "blue"),
    )
    assert (colour.modified_at, colour.modified_by) == (clock.now(), admin.id)
    assert known["zNum"].display_name == "zNum"


def test_what_is_so_already_states_nothing(make: Make) -> None:
    assert _declare(make, {"favouriteColorStr": COLOUR}) == [AttributesDeclared.kind]

    assert _declare(make, {"favouriteColorStr": COLOUR}) == []
    assert _declare(make, {"favouriteColorStr": {"required": False}, "noneStr": None}) == []


def test_a_change_leaves_what_it_does_not_say(make: Make) -> None:
    _declare(make, {"favouriteColorStr": COLOUR, "sizeNum": {"type": "Num"}})

    _declare(make, {"favouriteColorStr": {"enumeration": ["green"]}})

    known = _known(make)
    assert list(known) == ["favouriteColorStr", "sizeNum"]
    assert known["favouriteColorStr"].display_name == "Favourite colour"
    assert known["favouriteColorStr"].enumeration == ("green",)


def test_replacing_removes_the_rest_and_sets_the_order(make: Make) -> None:
    _declare(make, {"aNum": {"type": "Num"}, "bNum": {"type": "Num"}, "favouriteColorStr": COLOUR})

    _declare(make, {"favouriteColorStr": {"type": "Str"}, "aNum": {"type": "Num"}}, replace=True)

    assert list(_known(make)) == ["favouriteColorStr", "aNum"]
    assert _known(make)["favouriteColorStr"].enumeration == ()


@pytest.mark.parametrize(
    "change", [{"type": "Num", "enumeration": None}, {"array": True}, {"hasSensitiveAttributes": True}]
)
def test_type_list_and_secrecy_are_fixed(make: Make, change: dict[str, Any]) -> None:
    _declare(make, {"favouriteColorStr": COLOUR})

    with pytest.raises(AttributeIsFixed):
        _declare(make, {"favouriteColorStr": change})
    _declare(make, {"favouriteColorStr": None})
    with pytest.raises(AttributeIsFixed):
        _declare(make, {"favouriteColorStr": {**COLOUR, **change}})


def test_an_attribute_may_become_readable(make: Make) -> None:
    _declare(make, {"taxStr": {"type": "Str", "hasSensitiveAttributes": True}})

    _declare(make, {"taxStr": {"hasSensitiveAttributes": False}})

    assert not _known(make)["taxStr"].sensitive


@pytest.mark.parametrize(("said", "replace"), [({}, True), ({"hasSensitiveAttributes": None}, False)])
def test_T25_it_does_not_become_readable_by_a_word_left_out(
    make: Make, said: dict[str, Any], replace: bool
) -> None:
    _declare(make, {"taxStr": {"type": "Str", "hasSensitiveAttributes": True}})

    _declare(make, {"taxStr": {"type": "Str", **said}}, replace=replace)
    assert _known(make)["taxStr"].sensitive
    _declare(make, {"taxStr": None})
    _declare(make, {"taxStr": {"type": "Str", **said}}, replace=replace)

    assert _known(make)["taxStr"].sensitive


def test_each_kind_of_record_has_its_own(make: Make, other: Make) -> None:
    _declare(make, {"aNum": {"type": "Num"}}, owner="kobject.order")

    assert list(_known(make, "kobject.order")) == ["aNum"]
    assert _known(make, "customer") == {}
    assert _known(other, "kobject.order") == {}


@pytest.mark.parametrize(
    "owner", ["", "order", "kobject.", "kobject.a b", "customer ", "team", "kobject.a'--"]
)
def test_nothing_else_has_attributes(make: Make, owner: str) -> None:
    with pytest.raises(UnknownOwner):
        _declare(make, {"aNum": {"type": "Num"}}, owner=owner)


@pytest.mark.parametrize(
    "name", ["", "1a", "_a", "a-b", "a b", "a.b", "é", "a" * 65, "a'; DROP TABLE", "__proto__", "a\n", "a%"]
)
def test_T38_a_name_is_a_letter_and_letters_digits_and_underscores(make: Make, name: str) -> None:
    with pytest.raises(BadParameter):
        _declare(make, {name: {"type": "Num"}})


def test_T38_names_that_differ_in_case_are_one_name(make: Make) -> None:
    _declare(make, {"sizeNum": {"type": "Num"}})

    with pytest.raises(BadParameter):
        _declare(make, {"SizeNum": {"type": "Num"}})
    with pytest.raises(BadParameter):
        _declare(make, {"aNum": {"type": "Num"}, "ANum": {"type": "Num"}})


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"type": "Text"},
        {"type": "str"},
        {"type": "Num", "enumeration": ["1"]},
        {"type": "Str", "enumeration": "red"},
        {"type": "Str", "enumeration": [""]},
        {"type": "Str", "enumeration": ["x"] * 501},
        {"type": "Str", "enumeration": ["red"], "default": "green"},
        {"type": "Num", "default": "1"},
        {"type": "Str", "target": "customer"},
        {"type": "Id", "target": "session"},
        {"type": "Tree"},
        {"type": "Tree", "tree": [{"name": "a.b"}]},
        {"type": "Tree", "tree": [{"name": "a"}, {"name": "a"}]},
        {"type": "Str", "required": True, "hasSensitiveAttributes": True},
        {"type": "Str", "displayName": "a\u202eb"},
        {"type": "Str", "displayName": "x" * 256},
        {"type": "Str", "description": "x" * 2_001},
        {"type": "Str", "isMasked": True},
        {"type": "Str", "removedAt": 1},
        "Str",
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(make: Make, said: Any) -> None:
    with pytest.raises(BadParameter) as refused:
        _declare(make, {"one": said})

    assert (refused.value.parameter or "").startswith("properties.one")
    assert _known(make) == {}


def test_the_end_of_a_name_says_the_type_that_is_left_out(make: Make) -> None:
    _declare(make, {"seatsNum": {"displayName": "Seats"}, "bornDate": {}, "isGoodBool": {"type": "Str"}})

    types = {name: one.type for name, one in _known(make).items()}
    assert types == {"seatsNum": "Num", "bornDate": "Date", "isGoodBool": "Str"}
    with pytest.raises(BadParameter):
        _declare(make, {"Num": {}})


def test_a_tree_is_at_most_eight_deep(make: Make) -> None:
    branch: dict[str, Any] = {"name": "leaf"}
    for _ in range(8):
        branch = {"name": "a", "children": [branch]}

    with pytest.raises(BadParameter):
        _declare(make, {"whyTree": {"type": "Tree", "tree": [branch]}})
    _declare(make, {"whyTree": {"type": "Tree", "tree": branch["children"]}})


def test_a_kind_of_record_has_a_bounded_number_of_attributes(make: Make) -> None:
    _declare(make, {f"a{number}": {"type": "Num"} for number in range(MAX_DECLARED)})

    with pytest.raises(BadParameter):
        _declare(make, {"oneMore": {"type": "Num"}})
    _declare(make, {"a0": None, "oneMore": {"type": "Num"}})


def test_two_administrators_do_not_overwrite_each_other(make: Make) -> None:
    _declare(make, {"aNum": {"type": "Num"}}, rev=0)

    with pytest.raises(ChangedMeanwhile):
        _declare(make, {"bNum": {"type": "Num"}}, rev=0)
    _declare(make, {"bNum": {"type": "Num"}}, rev=1)


def test_declaring_takes_an_administrator(make: Make) -> None:
    with make.work(make.agent()) as work, pytest.raises(Forbidden):
        attributes.declare(work, "customer", {"aNum": {"type": "Num"}})
