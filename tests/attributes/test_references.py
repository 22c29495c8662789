"""Values of type `Id`: they name a record that there is."""

from __future__ import annotations

from typing import Any

import pytest

from kithdesk import access, attributes, conversations, customers
from kithdesk.attributes.errors import WrongValue
from kithdesk.customers import CustomerId
from tests.make import Make

NOBODY = "5f" * 12


def _declared(make: Make, target: str | None, *, array: bool = False) -> None:
    said = {"type": "Id", "array": array, **({} if target is None else {"target": target})}
    make.attributes("conversation", recordId=said)


def _checked(make: Make, value: Any, *, before: Any = None) -> Any:
    with make.work(make.admin()) as work:
        was = {} if before is None else {"recordId": before}
        return attributes.check_custom(work, "conversation", {"recordId": value}, before=was).get("recordId")


def _record(make: Make, target: str) -> str:
    if target == "customer":
        return make.customer("Ana").id
    if target == "conversation":
        return make.conversation().id
    if target == "user":
        return str(make.agent().id)
    with make.work(make.admin()) as work:
        if target == "team":
            return access.create_team(work, "Billing").id
        if target == "company":
            return customers.create_company(work, customers.CompanyProfile(name="Acme"))
        customers.declare_klass(work, "pet")
        return customers.upsert_object(work, "pet", external_id="1")[0]


TARGETS = ["customer", "conversation", "user", "team", "company", "kobject.pet"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_record_that_there_is_can_be_named(make: Make, target: str) -> None:
    id = _record(make, target)
    _declared(make, target)

    assert _checked(make, id) == id


@pytest.mark.parametrize("target", TARGETS)
def test_T23_what_is_none_of_its_kind_or_anothers_is_refused_alike(
    make: Make, other: Make, target: str
) -> None:
    foreign, of_another_kind = _record(other, target), make.conversation().id
    _record(make, target)
    _declared(make, target)
    kind = target.removeprefix("kobject.")

    for id in (NOBODY, foreign, *([of_another_kind] if target != "conversation" else [])):
        with pytest.raises(WrongValue) as refused:
            _checked(make, id)
        assert refused.value.detail == f"recordId: There is no such {kind}: {id}."
        assert refused.value.parameter == "custom.recordId"


def test_of_a_list_each_must_be_there_unless_it_stood_in_it(make: Make) -> None:
    ana, ben = make.customer("Ana").id, make.customer("Ben").id
    _declared(make, "customer", array=True)

    assert _checked(make, [ben, NOBODY, ana], before=[ana, NOBODY]) == [ben, NOBODY, ana]
    with pytest.raises(WrongValue):
        _checked(make, [ana, NOBODY], before=[ana])


def test_one_that_was_removed_stays_where_it_is_named_and_is_not_named_again(make: Make) -> None:
    ana = make.customer("Ana").id
    _declared(make, "customer")
    with make.work(make.admin()) as work:
        customers.remove_customer(work, ana)

    assert _checked(make, ana, before=ana) == ana
    with pytest.raises(WrongValue):
        _checked(make, ana)


def test_a_customer_who_was_merged_is_still_one(make: Make) -> None:
    ana, ben = make.customer("Ana").id, make.customer("Ben").id
    _declared(make, "customer")
    with make.work(make.agent()) as work:
        conversations.merge_customers(work, CustomerId(ana), CustomerId(ben))

    assert _checked(make, ana) == ana


def test_where_no_kind_is_declared_any_id_is_taken(make: Make) -> None:
    _declared(make, None)

    assert _checked(make, NOBODY) == NOBODY


def test_T25_a_visitor_who_signs_in_is_judged_as_everybody_is(make: Make) -> None:
    ana = make.customer("Ana").id
    make.attributes("customer", friendId={"type": "Id", "target": "customer"})

    with make.work(make.visitor()) as work:
        taken, unfit = attributes.fitting(work, "customer", {"friendId": ana}, before={})
        refused = attributes.fitting(work, "customer", {"friendId": NOBODY}, before={})[1]

    assert (taken, unfit) == ({"friendId": ana}, [])
    assert [one.name for one in refused] == ["friendId"]
