"""Custom objects in criteria: what must all hold of them is asked of one and the same."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import customers
from kithdesk.core.work import Work
from kithdesk.criteria import facts_of, read_criteria
from tests.make import Make

LOST = {"kobject_custom_big_parcel_stateStr": {"equals": "lost"}}
DEAR = {"kobject_custom_big_parcel_totalNum": {"gt": 100}}
BOOKED = {"kobject_custom_trip_stateStr": {"equals": "booked"}}


@pytest.fixture
def conversation(make: Make) -> str:
    """Of a customer whose lost parcel is cheap, and whose dear one has come; and who travels."""
    conversation = make.conversation()
    with make.work(make.admin()) as work:
        for klass in ("big_parcel", "trip"):
            properties = {"stateStr": {"type": "Str"}, "totalNum": {"type": "Num"}}
            customers.declare_klass(work, klass, customers.KlassWish(properties=properties))
        for klass, id, custom in (
            ("big_parcel", "P-1", {"stateStr": "Lost", "totalNum": 20}),
            ("big_parcel", "P-2", {"stateStr": "Sent", "totalNum": 200}),
            ("trip", "T-1", {"stateStr": "Booked"}),
        ):
            customers.upsert_object(
                work, klass, external_id=id, customer=conversation.customer, custom=custom
            )
    return conversation.id


def holds(work: Work, conversation: str, *asked: dict[str, Any], **more: Any) -> bool:
    return read_criteria({"and": list(asked), **more}).matches(facts_of(work, conversation))


def test_what_must_all_hold_is_asked_of_one_object(make: Make, conversation: str) -> None:
    with make.work(make.system) as work:
        for asked, expected in (
            ([LOST], True),
            ([DEAR], True),
            ([LOST, DEAR], False),
            ([{**LOST, **DEAR}], False),
            ([LOST, {"and": [DEAR]}], False),
            ([{"or": [LOST, DEAR]}], True),
            ([{"not": [{"and": [LOST, DEAR]}]}], True),
            ([{"not": [LOST, DEAR]}], False),
            ([LOST, {"kobject_external_id": {"equals": "P-1"}}], True),
            ([LOST, {"kobject_external_id": {"equals": "P-2"}}], False),
            ([LOST, BOOKED], True),
            ([LOST, BOOKED, {"kobject_external_id": {"equals": "P-2"}}], True),
            ([DEAR, {"kobject_custom_big_parcel_stateStr": {"not_equals": "lost"}}], False),
            ([LOST, {"kobject_created_at": {"gt": "-1h"}}], True),
            ([LOST, {"kobject_custom_gone_stateStr": {"set": ""}}], False),
        ):
            assert holds(work, conversation, *asked) is expected, asked


def test_the_explanation_blames_all_that_no_one_object_is(make: Make, conversation: str) -> None:
    with make.work(make.system) as work:
        explained = read_criteria({"and": [LOST, DEAR]}).explain(facts_of(work, conversation))
        cheaper = {"kobject_custom_big_parcel_totalNum": {"lt": 5}}
        one_of_them = read_criteria({"and": [LOST, cheaper]}).explain(facts_of(work, conversation))

    assert [outcome.at.split(".")[0] for outcome in explained.failed] == ["and[0]", "and[1]"]
    assert [outcome.at.split(".")[0] for outcome in one_of_them.failed] == ["and[1]"]
