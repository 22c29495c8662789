"""What a record may hold, by what was declared; and who sees which values."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import attributes, conversations, customers
from kithdesk.attributes import MASK
from kithdesk.attributes.errors import (
    MissingAttribute,
    SensitiveAttribute,
    UndeclaredAttribute,
    WrongValue,
)
from kithdesk.core.actors import Actor
from kithdesk.core.errors import BadParameter
from kithdesk.customers import Claims, VisitorId
from tests.make import Make


def _checked(make: Make, given: Any, *, by: Actor | None = None, **more: Any) -> dict[str, Any]:
    with make.work(by or make.admin()) as work:
        return attributes.check_custom(work, "customer", given, **more)


def test_a_change_is_merged_and_a_null_clears(make: Make) -> None:
    make.attributes("customer", planStr="Str", sizeNum="Num")

    assert _checked(make, {"planStr": None, "sizeNum": 2}, before={"planStr": "gold"}) == {"sizeNum": 2}
    assert _checked(make, {}, before={"planStr": "gold"}) == {"planStr": "gold"}


def test_T38_what_was_not_declared_is_refused_as_kustomer_does(make: Make) -> None:
    make.attributes("customer", planStr="Str")
    make.attributes("company", sizeNum="Num")

    for name in ("sizeNum", "PlanStr", "__proto__", "a'; DROP TABLE customers"):
        for value in (1, None):
            with pytest.raises(UndeclaredAttribute) as refused:
                _checked(make, {name: value}, before={})
            assert refused.value.as_error() == {
                "status": 400,
                "code": "badparam",
                "title": "Additional properties not allowed",
                "detail": "/properties/custom/additionalProperties",
                "source": {"parameter": name},
            }


def test_a_value_of_another_type_says_whose_it_is(make: Make) -> None:
    make.attributes("customer", sizeNum="Num")

    with pytest.raises(WrongValue) as refused:
        _checked(make, {"sizeNum": "two"})

    assert refused.value.detail == "sizeNum: A number."
    assert refused.value.parameter == "custom.sizeNum"


def test_a_choice_that_is_offered_no_longer_stays_and_does_not_come_back(make: Make) -> None:
    make.attributes("customer", sizeStr={"type": "Str", "enumeration": ["small", "large"]})
    make.attributes("customer", sizeStr={"enumeration": ["large"]})

    assert _checked(make, {"sizeStr": "small"}, before={"sizeStr": "small"}) == {"sizeStr": "small"}
    with pytest.raises(WrongValue):
        _checked(make, {"sizeStr": "small"}, before={"sizeStr": "large"})


def test_what_is_required_is_there_from_the_first_and_not_cleared(make: Make) -> None:
    make.attributes("customer", planStr={"type": "Str", "required": True}, sizeNum="Num")

    for given in ({"sizeNum": 1}, {"planStr": None}, {"planStr": " "}):
        with pytest.raises(MissingAttribute):
            _checked(make, given)
    with pytest.raises(MissingAttribute):
        _checked(make, {"planStr": None}, before={"planStr": "gold"})
    with pytest.raises(MissingAttribute):
        _checked(make, {"sizeNum": 1}, before={"planStr": "gold"}, replace=True)
    # Who writes to the company is never turned away for what it requires of its own people.
    for actor in (make.visitor(), make.system):
        assert _checked(make, {"sizeNum": 1}, by=actor) == {"sizeNum": 1}
    # A record from before the attribute was required can still be worked with.
    assert _checked(make, {"sizeNum": 1}, before={}) == {"sizeNum": 1}


def test_a_new_record_begins_with_the_defaults(make: Make) -> None:
    make.attributes("customer", planStr={"type": "Str", "default": "basic", "required": True}, sizeNum="Num")

    assert _checked(make, {"sizeNum": 1}) == {"planStr": "basic", "sizeNum": 1}
    assert _checked(make, {"planStr": "gold"}) == {"planStr": "gold"}
    assert _checked(make, {"sizeNum": 1}, before={}) == {"sizeNum": 1}
    with make.work(make.visitor()) as work:
        assert attributes.defaults(work, "customer") == {"planStr": "basic"}


def test_replacing_clears_what_is_left_out(make: Make) -> None:
    make.attributes("customer", planStr="Str", sizeNum="Num")

    assert _checked(make, {"sizeNum": 2}, before={"planStr": "gold", "sizeNum": 1}, replace=True) == {
        "sizeNum": 2
    }


def test_the_values_of_a_removed_attribute_are_hidden_and_wait(make: Make) -> None:
    make.attributes("customer", planStr="Str", sizeNum="Num")
    before = {"planStr": "gold", "sizeNum": 1}
    with make.work(make.system) as work:
        attributes.declare(work, "customer", {"planStr": None})

    kept = _checked(make, {"sizeNum": 2}, before=before, replace=True)
    with make.work(make.admin()) as work:
        hidden = attributes.masked(work, "customer", kept)
    with pytest.raises(UndeclaredAttribute):
        _checked(make, {"planStr": None}, before=before)
    make.attributes("customer", planStr="Str")
    with make.work(make.admin()) as work:
        shown = attributes.masked(work, "customer", kept)

    assert (hidden, shown) == ({"sizeNum": 2}, {"planStr": "gold", "sizeNum": 2})


def test_all_values_together_are_bounded(make: Make) -> None:
    make.attributes("customer", **{f"a{number}Txt": "Txt" for number in range(9)})

    with pytest.raises(BadParameter):
        _checked(make, {f"a{number}Txt": "x" * 32_000 for number in range(9)})


@pytest.mark.parametrize("given", [[], "planStr", 1, [("planStr", "gold")]])
def test_attributes_are_an_object(make: Make, given: Any) -> None:
    with pytest.raises(BadParameter):
        _checked(make, given)


class TestSensitive:
    """T25: who may not read a value cannot find it out by writing either."""

    @pytest.fixture(autouse=True)
    def _declared(self, make: Make) -> None:
        make.attributes("customer", taxStr={"type": "Str", "hasSensitiveAttributes": True}, planStr="Str")

    def test_T25_others_than_administrators_see_that_there_is_a_value(self, make: Make) -> None:
        custom = {"taxStr": "DE-1", "planStr": "gold"}
        seen = {}
        for actor in (make.agent(), make.admin(), make.system):
            with make.work(actor) as work:
                seen[actor.type, actor.is_admin] = attributes.masked(work, "customer", custom)

        assert seen["user", False] == {"taxStr": MASK, "planStr": "gold"}
        assert seen["user", True] == seen["system", False] == custom

    def test_T25_a_missing_value_is_missing_for_everybody(self, make: Make) -> None:
        with make.work(make.agent()) as work:
            assert attributes.masked(work, "customer", {"planStr": "gold"}) == {"planStr": "gold"}

    def test_T25_what_many_read_in_one_form_shows_it_to_nobody(self, make: Make) -> None:
        with make.work(make.admin()) as work:
            assert attributes.masking_for_all(work, "customer")({"taxStr": "DE-1"}) == {"taxStr": MASK}

    @pytest.mark.parametrize("value", ["DE-1", "DE-2", None])
    def test_T25_an_agent_does_not_write_what_they_may_not_read(self, make: Make, value: str | None) -> None:
        with pytest.raises(SensitiveAttribute):
            _checked(make, {"taxStr": value}, by=make.agent(), before={"taxStr": "DE-1"})

    def test_a_program_may_send_back_what_it_read(self, make: Make) -> None:
        before = {"taxStr": "DE-1", "planStr": "gold"}

        for replace in (False, True):
            given = {"taxStr": dict(MASK), "planStr": "basic"}
            after = _checked(make, given, by=make.agent(), before=before, replace=replace)
            assert after == {"taxStr": "DE-1", "planStr": "basic"}

    def test_replacing_by_an_agent_leaves_it(self, make: Make) -> None:
        assert _checked(
            make, {}, by=make.agent(), before={"taxStr": "DE-1", "planStr": "a"}, replace=True
        ) == {"taxStr": "DE-1"}
        assert _checked(make, {}, before={"taxStr": "DE-1", "planStr": "a"}, replace=True) == {}

    def test_T25_a_page_does_not_claim_it(self, make: Make) -> None:
        visitor = make.visitor()
        make.attributes("conversation", taxStr={"type": "Str", "hasSensitiveAttributes": True})
        conversation = make.conversation(visitor=visitor)
        said = {"taxStr": "DE-1", "sizeStr": "L"}

        with make.work(make.as_customer(visitor)) as work:
            customers.describe(work, VisitorId(visitor.author or ""), Claims(custom=said))
            conversations.describe_conversation(work, conversation.id, said)
            stated = [str(recorded.event) for recorded in work.published]

        assert len(stated) == 2
        assert all("sizeStr" in text and "taxStr" not in text for text in stated)

    def test_search_can_ask_which_these_are(self, make: Make) -> None:
        with make.work(make.agent()) as work:
            assert attributes.sensitive_names(work, "customer") == {"taxStr"}
            assert attributes.sensitive_names(work, "company") == frozenset()

    def test_T25_its_default_is_for_administrators_too(self, make: Make) -> None:
        make.attributes("customer", taxStr={"default": "none"})

        for actor in (make.agent(), make.admin()):
            with make.work(actor) as work:
                shown = attributes.properties_of(work, "customer")["taxStr"]
            assert ("default" in shown) is actor.is_admin
