from __future__ import annotations

import time
from typing import Any

import pytest

from kithdesk.core.clock import Instant
from kithdesk.criteria import BadCriterion, Facts, TooManyCriteria, declared_types, read_criteria
from tests.make import Make


def where(**criteria: Any) -> dict[str, Any]:
    return {"and": [{name: criterion} for name, criterion in criteria.items()]}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], "criteria"),
        ("and", "criteria"),
        ({"org": "another"}, "org"),
        ({"and": {}}, "and"),
        ({"and": [{}]}, "and[0]"),
        ({"and": ["x"]}, "and[0]"),
        ({"and": [{"or": [{"conversation_colour": {"equals": "red"}}]}]}, "and[0].or[0].conversation_colour"),
        ({"and": [{"or": [], "conversation_name": {"equals": "x"}}]}, "and[0]"),
        (where(conversation_name="x"), "and[0].conversation_name"),
        (where(conversation_name={}), "and[0].conversation_name"),
        (where(conversation_name={"matches": "(a+)+$"}), "and[0].conversation_name.matches"),
        (where(conversation_priority={"contains": 1}), "and[0].conversation_priority.contains"),
        (where(conversation_priority={"equals": "high"}), "and[0].conversation_priority.equals"),
        (where(conversation_priority={"equals": True}), "and[0].conversation_priority.equals"),
        (where(conversation_ended={"equals": "yes"}), "and[0].conversation_ended.equals"),
        (where(conversation_name={"equals": ""}), "and[0].conversation_name.equals"),
        (where(conversation_name={"equals": "a\0"}), "and[0].conversation_name.equals"),
        (where(conversation_name={"set": {"deep": []}}), "and[0].conversation_name.set"),
        (where(conversation_tags={"in": []}), "and[0].conversation_tags.in"),
        (where(conversation_tags={"in": [3]}), "and[0].conversation_tags.in"),
        (where(customer_phone={"equals": "none"}), "and[0].customer_phone.equals"),
        (where(conversation_created_at={"gt": "yesterday"}), "and[0].conversation_created_at.gt"),
        (where(conversation_created_at={"gt": "2026-13-01"}), "and[0].conversation_created_at.gt"),
        ({"timeZone": "../etc/passwd"}, "timeZone"),
        ({"timeZone": 3}, "timeZone"),
        ({"timeZone": "localtime"}, "timeZone"),
        ({"timeZone": "posixrules"}, "timeZone"),
        ({"timeZone": "Factory"}, "timeZone"),
        (where(customer_custom_={"set": ""}), "and[0].customer_custom_"),
        (where(user_custom_plan={"set": ""}), "and[0].user_custom_plan"),
        (where(__proto__={"set": ""}), "and[0].__proto__"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(document: Any, place: str) -> None:
    with pytest.raises(BadCriterion) as refused:
        read_criteria(document)

    assert refused.value.parameter == place


def nested(depth: int) -> dict[str, Any]:
    document: dict[str, Any] = where(conversation_name={"equals": "x"})
    for _ in range(depth):
        document = {"or": [document]}
    return document


@pytest.mark.parametrize(
    "document",
    [
        {"and": [{"conversation_name": {"equals": "x"}}] * 101},
        {"and": [{"or": [{"conversation_name": {"equals": "x"}}] * 51}] * 2},
        nested(5),
        nested(900),
        where(conversation_tags={"in": ["x"] * 101}),
        where(conversation_name={"contains": "x" * 256}),
    ],
)
def test_T39_more_than_there_may_be_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(TooManyCriteria):
        read_criteria(document)


def test_T42_the_dearest_criteria_there_may_be_are_judged_in_time() -> None:
    body = "a" * 32_768
    hard = {"message_body": {"contains": "a" * 254 + "b"}}
    criteria = read_criteria({"or": [hard] * 100})
    facts = Facts.of({"message_body": body}, now=Instant(0))

    def cost() -> float:
        began = time.process_time()
        assert not criteria.matches(facts)
        return time.process_time() - began

    assert min(cost() for _ in range(3)) < 0.05, "the least of three: garbage may be collected in one"


def test_what_is_read_can_be_given_back() -> None:
    document = {"and": [{"customer_name": {"prefix": "Ana"}}], "timeZone": "Europe/Lisbon"}

    criteria = read_criteria(document)

    assert criteria.document == document
    assert criteria.names == {"customer_name"}


def test_a_declared_attribute_is_of_its_type(make: Make) -> None:
    make.attributes("customer", creditNum="Num", planStr="Str", bornAt="At", vipBool="Bool")
    make.attributes("kobject.big_order", totalNum="Num")
    with make.work(make.system) as work:
        types = declared_types(work)

    read_criteria(where(customer_custom_creditNum={"gt": 3}), types=types)
    read_criteria(where(customer_custom_bornAt={"gt": "-7d"}), types=types)
    read_criteria(where(kobject_custom_big_order_totalNum={"gt": 3}), types=types)
    for wrong in (
        where(customer_custom_creditNum={"gt": "much"}),
        where(customer_custom_planStr={"gt": 3}),
        where(customer_custom_vipBool={"equals": "perhaps"}),
        where(customer_custom_other={"set": ""}),
        where(kobject_custom_order_totalNum={"gt": 3}),
    ):
        with pytest.raises(BadCriterion):
            read_criteria(wrong, types=types)


def test_T25_what_is_sensitive_is_not_there_for_who_may_not_read_it(make: Make) -> None:
    make.attributes("customer", ssnStr={"type": "Str", "sensitive": True})
    asked = where(customer_custom_ssnStr={"prefix": "1"})

    with make.work(make.agent()) as work, pytest.raises(BadCriterion):
        read_criteria(asked, types=declared_types(work))
    with make.work(make.admin()) as work:
        read_criteria(asked, types=declared_types(work))
