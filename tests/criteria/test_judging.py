from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithdesk.core.clock import DAY, HOUR, Instant, parse_iso
from kithdesk.criteria import Facts, read_criteria

NOW = parse_iso("2026-11-29T12:00:00Z")


def holds(facts: dict[str, Any], name: str, operator: str, value: Any) -> bool:
    criteria = read_criteria({"and": [{name: {operator: value}}], "timeZone": "Europe/Lisbon"})
    return criteria.matches(Facts.of(facts, now=NOW))


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equals", "JOSÉ álvares", True),
        ("equals", "jose", False),
        ("contains", "alv", True),
        ("prefix", "Jose", True),
        ("prefix", "Alv", False),
        ("in", ["ana", "jose alvares"], True),
        ("not_in", ["ana", "jose alvares"], False),
        ("not_contains", "x", True),
        ("set", "", True),
        ("not_set", "", False),
    ],
)
def test_texts_agree_whatever_their_case_and_accents(operator: str, value: Any, expected: bool) -> None:
    assert holds({"customer_name": "José Alvares"}, "customer_name", operator, value) is expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equals", "vip", True),
        ("in", ["x", "vip"], True),
        ("equals", "vi", False),
        ("not_equals", "vip", False),
    ],
)
def test_of_several_values_one_is_enough(operator: str, value: Any, expected: bool) -> None:
    assert holds({"customer_tags": ["new", "VIP"]}, "customer_tags", operator, value) is expected


def test_an_id_is_compared_exactly() -> None:
    assert holds({"conversation_queue": "ab"}, "conversation_queue", "equals", "ab")
    assert not holds({"conversation_queue": "ab"}, "conversation_queue", "equals", "AB")


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("gt", 2, True),
        ("gt", 3, False),
        ("gte", 3, True),
        ("lt", 3, False),
        ("lte", 3, True),
        ("in", [1, 3], True),
    ],
)
def test_numbers(operator: str, value: Any, expected: bool) -> None:
    assert holds({"conversation_priority": 3}, "conversation_priority", operator, value) is expected


def test_a_telephone_number_is_its_digits() -> None:
    assert holds({"customer_phone": ["+351 912 345 678"]}, "customer_phone", "contains", "912-345")


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equals", "2026-11-29", True),
        ("gt", "2026-11-28", True),
        ("gt", "2026-11-29", False),
        ("gte", "2026-11-29", True),
        ("lt", "2026-11-29", False),
        ("lte", "2026-11-29", True),
        ("gt", "-1h", False),
        ("gt", "-3h", True),
        ("lt", "+1d", True),
        ("lt", "2026-11-29T10:00:00.001Z", True),
        ("lt", NOW - 2 * HOUR, False),
    ],
)
def test_times_are_moments_days_or_so_long_ago(operator: str, value: Any, expected: bool) -> None:
    facts = {"conversation_created_at": NOW - 2 * HOUR}

    assert holds(facts, "conversation_created_at", operator, value) is expected


def test_what_is_not_there_equals_nothing() -> None:
    assert not holds({}, "company_name", "equals", "x")
    assert holds({}, "company_name", "not_equals", "x")
    assert holds({}, "company_name", "not_set", "")
    assert not holds({}, "customer_signed_up_at", "lt", "2026-01-01")


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [("gt", NOW, True), ("lt", NOW, False), ("equals", NOW + DAY, True), ("in", [5, NOW + DAY], True)],
)
def test_a_declared_time_may_be_compared_with_milliseconds(operator: str, value: Any, expected: bool) -> None:
    tomorrow = {"customer_custom_renewalAt": "2026-11-30T12:00:00.000Z"}

    assert holds(tomorrow, "customer_custom_renewalAt", operator, value) is expected


@pytest.mark.parametrize(
    ("kept", "operator", "value", "expected"),
    [
        ("Gold", "equals", "gold", True),
        (12, "gt", 11, True),
        (12, "equals", "12", False),
        (True, "equals", "true", True),
        (True, "equals", 1, False),
        (["a", "b"], "in", ["B"], True),
        ("2026-11-29T10:00:00.000Z", "equals", "2026-11-29", True),
        ("2026-11-29T10:00:00.000Z", "lt", "-1h", True),
        ("Golden", "prefix", "gold", True),
    ],
)
def test_a_declared_attribute_is_compared_by_what_it_is(
    kept: Any, operator: str, value: Any, expected: bool
) -> None:
    assert holds({"customer_custom_plan": kept}, "customer_custom_plan", operator, value) is expected


FACTS = {"conversation_status": "open", "customer_tags": ["vip"], "conversation_priority": 2}
_TRUE = {"conversation_status": {"equals": "open"}}
_FALSE = {"conversation_priority": {"gt": 4}}
Tree = st.recursive(
    st.sampled_from([_TRUE, _FALSE, {"customer_tags": {"not_in": ["vip"]}}, {"customer_tags": {"set": ""}}]),
    lambda inner: st.builds(
        lambda kind, members: {kind: members},
        st.sampled_from(["and", "or", "not"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def _truth(part: dict[str, Any]) -> bool:
    """The same, said as plainly as can be."""
    ((name, inner),) = part.items()
    if name == "and":
        return all(_truth(one) for one in inner)
    if name == "or":
        return any(_truth(one) for one in inner)
    if name == "not":
        return not any(_truth(one) for one in inner)
    ((operator, _),) = inner.items()
    return {"equals": True, "gt": False, "not_in": False, "set": True}[operator]


def _depth(part: Any) -> int:
    if not isinstance(part, dict):
        return 0
    return max((1 + max(map(_depth, inner)) for inner in part.values() if isinstance(inner, list)), default=0)


@given(Tree.filter(lambda tree: _depth(tree) < 5))
def test_groups_mean_all_one_and_none(tree: dict[str, Any]) -> None:
    criteria = read_criteria({"and": [tree]})
    facts = Facts.of(FACTS, now=NOW)

    judgement = criteria.explain(facts)

    assert criteria.matches(facts) is _truth(tree)
    assert judgement.holds is _truth(tree)
    assert bool(judgement.failed) is not judgement.holds


def test_the_explanation_names_what_did_not_hold_and_no_value_of_the_record() -> None:
    criteria = read_criteria(
        {
            "and": [
                _TRUE,
                {"or": [_FALSE, {"customer_name": {"equals": "Ana"}}]},
                {"not": [{"customer_tags": {"equals": "vip"}}]},
            ]
        }
    )

    judgement = criteria.explain(Facts.of({**FACTS, "customer_name": "Secret"}, now=NOW))

    assert not judgement.holds
    assert [(one.at, one.holds) for one in judgement.failed] == [
        ("and[1].or[0].conversation_priority", False),
        ("and[1].or[1].customer_name", False),
        ("and[2].not[0].customer_tags", True),
    ]
    assert "Secret" not in repr(judgement)


def test_no_criteria_match_everything() -> None:
    assert read_criteria({}).matches(Facts.of({}, now=Instant(0)))


def test_a_day_is_one_of_the_time_zone_also_when_it_has_25_hours() -> None:
    late = parse_iso("2026-10-25T23:59:59.999Z")

    assert holds({"conversation_created_at": late}, "conversation_created_at", "equals", "2026-10-25")
    assert not holds(
        {"conversation_created_at": late - DAY - HOUR}, "conversation_created_at", "equals", "2026-10-25"
    )


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("equals", "1990-03-04", True),
        ("equals", "1990-03-05", False),
        ("gt", "1990-03-03", True),
        ("gt", "1990-03-04", False),
        ("gte", "1990-03-04", True),
        ("lt", "1990-03-04", False),
        ("lte", "1990-03-04", True),
        ("not_equals", "1990-03-04", False),
        ("set", "", True),
    ],
)
def test_a_date_is_the_same_in_every_time_zone(zone: str, operator: str, value: Any, expected: bool) -> None:
    criteria = read_criteria({"and": [{"customer_custom_bornDate": {operator: value}}], "timeZone": zone})

    assert criteria.matches(Facts.of({"customer_custom_bornDate": "1990-03-04"}, now=NOW)) is expected


def test_how_far_off_a_date_is_depends_on_what_day_it_is_for_who_asks() -> None:
    def ends_today(zone: str) -> bool:
        criteria = read_criteria({"and": [{"customer_custom_endsDate": {"equals": "+0d"}}], "timeZone": zone})
        return criteria.matches(Facts.of({"customer_custom_endsDate": "2026-11-30"}, now=NOW))

    assert ends_today("Pacific/Auckland")
    assert not ends_today("UTC")
