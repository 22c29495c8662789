"""What people write into records by hand, and what other systems keep alone."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import attributes, customers
from kithdesk.attributes.errors import MissingAttribute, SensitiveAttribute, WrongValue
from kithdesk.core.actors import Actor
from kithdesk.core.errors import BadParameter, ChangedMeanwhile
from kithdesk.customers import CustomerId, KlassWish
from kithdesk.customers.objects.errors import KeptElsewhere, KlassClosed
from kithdesk.customers.objects.events import KObjectCreated, KObjectUpdated
from kithdesk.customers.objects.ids import ObjectId
from kithdesk.customers.objects.keeping import change_object, create_object, remove_object
from kithdesk.customers.objects.klasses import change_klass, create_klass
from kithdesk.customers.objects.linking import link_object
from kithdesk.customers.objects.queries import get_object
from tests.api import created, got, refusal
from tests.make import Make

PROPERTIES: dict[str, Any] = {
    "serialStr": {"displayName": "Serial number", "type": "Str", "required": True},
    "yearsNum": {"displayName": "Years", "type": "Num"},
    "stateStr": {"displayName": "State", "type": "Str", "enumeration": ["new", "used up"]},
    "noteTxt": {"displayName": "Note", "type": "Txt"},
    "pinStr": {"displayName": "Pin", "type": "Str", "hasSensitiveAttributes": True},
}


def program(make: Make) -> Actor:
    id = "6b0629d7010000004ef0ac39"
    return Actor(
        organisation=make.organisation,
        type="machine",
        id=id,
        author=id,
        display_name="shop",
        roles=frozenset({"org.user"}),
    )


def warranties(make: Make, **said: Any) -> None:
    with make.work(make.admin()) as work:
        create_klass(work, "warranty", KlassWish(properties=PROPERTIES, **said))


def orders(make: Make) -> None:
    with make.work(make.system) as work:
        customers.declare_order_klass(work)


def add(make: Make, actor: Actor, klass: str = "warranty", **custom: Any) -> ObjectId:
    with make.work(actor) as work:
        return create_object(work, klass, {"custom": custom})


def test_an_agent_adds_a_record_of_a_customer_and_changes_it(make: Make) -> None:
    warranties(make)
    ana, agent = make.customer("Ana").id, make.agent()

    with make.work(agent) as work:
        id = create_object(work, "warranty", {"customer": ana, "custom": {"serialStr": "A-1"}})
        change_object(work, id, {"custom": {"yearsNum": 3}}, rev=1)
        said = [(type(one.event), one.actor.id) for one in work.published]

    assert said == [(KObjectCreated, agent.id), (KObjectUpdated, agent.id)]
    with make.work(agent) as work:
        known = get_object(work, id)
    assert (known.customer, known.content.custom) == (ana, {"serialStr": "A-1", "yearsNum": 3})
    assert (known.rev, known.modified_by.id) == (2, agent.id)


def test_whoever_comes_second_is_told(make: Make) -> None:
    warranties(make)
    id = add(make, make.agent(), serialStr="A-1")
    with make.work(make.agent("Ben")) as work:
        change_object(work, id, {"custom": {"yearsNum": 3}}, rev=1)

    with make.work(make.agent("Cai")) as work, pytest.raises(ChangedMeanwhile):
        change_object(work, id, {"custom": {"yearsNum": 5}}, rev=1)


@pytest.mark.parametrize(
    ("custom", "error"),
    [
        ({}, MissingAttribute),
        ({"serialStr": "A-1", "yearsNum": "two"}, WrongValue),
        ({"serialStr": "A-1", "yearsNum": [2]}, WrongValue),
        ({"serialStr": "A-1", "stateStr": "broken"}, WrongValue),
        ({"serialStr": "A" * 1_025}, WrongValue),
        ({"serialStr": "A-1", "noteTxt": "long paste " * 4_000}, WrongValue),
        ({"serialStr": "A-1", "madeUpStr": "x"}, BadParameter),
        ({"serialStr": "A-1", "pinStr": "1234"}, SensitiveAttribute),
    ],
)
def test_what_an_agent_writes_is_of_its_type_or_nothing(
    make: Make, custom: dict[str, Any], error: type[Exception]
) -> None:
    warranties(make)

    with make.work(make.agent()) as work, pytest.raises(error):
        create_object(work, "warranty", {"custom": custom})

    assert add(make, make.agent(), serialStr="A-1")


def test_orders_are_kept_by_other_systems_until_an_administrator_says_otherwise(make: Make) -> None:
    orders(make)
    with make.work(make.agent()) as work, pytest.raises(KeptElsewhere):
        create_object(work, "order", {"custom": {"orderNumberStr": "1"}})
    id = add(make, program(make), "order", orderNumberStr="1")
    for change in (lambda w: change_object(w, id, {"title": "x"}), lambda w: remove_object(w, id)):
        with make.work(make.admin()) as work, pytest.raises(KeptElsewhere):
            change(work)

    with make.work(make.admin()) as work:
        change_klass(work, "order", KlassWish(mixins=("editable",)))

    with make.work(make.agent()) as work:
        change_object(work, id, {"title": "x"})
        with pytest.raises(KeptElsewhere):
            create_object(work, "order", {})
        remove_object(work, id)


def test_what_a_connected_shop_keeps_no_agent_writes_over(make: Make) -> None:
    orders(make)
    ana = make.customer("Ana").id
    with make.work(make.system) as work:
        id, _ = customers.upsert_object(work, "order", external_id="shopify:1", customer=ana)
        change_klass(work, "order", KlassWish(mixins=("creatable", "editable")))

    for change in (lambda w: change_object(w, id, {"title": "x"}), lambda w: remove_object(w, id)):
        with make.work(make.agent()) as work, pytest.raises(KeptElsewhere):
            change(work)

    conversation = make.conversation().id
    with make.work(make.agent()) as work:  # what a conversation is about is the agents' own to say
        link_object(work, id, conversation=conversation, customer=CustomerId(ana))
        assert get_object(work, id).conversation == conversation
    with make.work(make.system) as work:
        customers.upsert_object(work, "order", external_id="shopify:1", title="Order 1")
        assert get_object(work, id).content.title == "Order 1"


def test_nobody_who_writes_by_hand_says_what_another_systems_clock_says(make: Make) -> None:
    warranties(make, mixins=("creatable", "editable"))
    id = add(make, make.agent(), serialStr="A-1")

    with make.work(make.admin()) as work:
        with pytest.raises(BadParameter) as refused:
            change_object(work, id, {"title": "x"}, source_at=work.now)
        with pytest.raises(BadParameter):
            create_object(work, "warranty", {"custom": {"serialStr": "A-2"}}, source_at=work.now)

    assert refused.value.parameter == "sourceUpdatedAt"


def test_a_connected_shop_is_heard_whoever_wrote_the_order_before(make: Make) -> None:
    orders(make)
    with make.work(make.admin()) as work:
        change_klass(work, "order", KlassWish(mixins=("creatable", "editable")))
    with make.work(make.agent()) as work:
        planted = create_object(work, "order", {"external_id": "shopify:1"})
    with make.work(make.system) as work:
        kept, _ = customers.upsert_object(work, "order", external_id="shopify:2", occurred_at=work.now)
    with make.work(program(make)) as work:
        with pytest.raises(BadParameter):
            change_object(work, kept, {"title": "Paid"}, source_at=work.now)
        change_object(work, kept, {"title": "Paid"})

    with make.work(make.system) as work:
        for name in ("shopify:1", "shopify:2"):
            customers.upsert_object(work, "order", external_id=name, title="Refunded", occurred_at=work.now)
        assert [get_object(work, id).content.title for id in (planted, kept)] == ["Refunded"] * 2


@pytest.mark.parametrize(("status", "may_change"), [("existing_only", True), ("disabled", False)])
def test_records_of_a_klass_that_is_put_away_stay_to_be_read(
    make: Make, status: Any, may_change: bool
) -> None:
    warranties(make)
    id = add(make, make.agent(), serialStr="A-1")
    with make.work(make.admin()) as work:
        change_klass(work, "warranty", KlassWish(status=status))

    with make.work(make.agent()) as work, pytest.raises(KlassClosed):
        create_object(work, "warranty", {"custom": {"serialStr": "A-2"}})
    with make.work(make.agent()) as work:
        if may_change:
            change_object(work, id, {"custom": {"yearsNum": 1}})
        else:
            with pytest.raises(KlassClosed):
                change_object(work, id, {"custom": {"yearsNum": 1}})
        assert get_object(work, id).content.custom["serialStr"] == "A-1"


def test_a_new_record_begins_with_the_defaults_for_an_agent_too(make: Make) -> None:
    warranties(make)
    with make.work(make.admin()) as work:
        attributes.declare(work, "kobject.warranty", {"yearsNum": {"default": 2}})

    id = add(make, make.agent(), serialStr="A-1")

    with make.work(make.agent()) as work:
        assert get_object(work, id).content.custom["yearsNum"] == 2


@pytest.mark.anyio
async def test_a_record_says_who_keeps_it(api: httpx.AsyncClient, trip: dict[str, Any]) -> None:
    made = await created(api, "/v1/klasses/trip", {"title": "Lisbon"})
    assert (trip["attributes"]["mixins"], made["attributes"]["keptBy"]) == (["creatable", "editable"], None)

    changed = await api.put("/v1/klasses/trip", json={"mixins": ["creatable"]})

    assert changed.json()["data"]["attributes"]["mixins"] == ["creatable"]
    path = f"/v1/klasses/trip/{made['id']}"
    assert (await got(api, path))["data"]["attributes"]["keptBy"] == "program"
    assert (await api.patch(path, json={"title": "Porto"})).status_code == 200
    assert refusal(await api.patch(path, json={"title": "Faro", "rev": 1})) == (409, "conflict", "rev")


@pytest.mark.anyio
async def test_a_customers_list_says_how_many_there_are_of_each_kind(
    api: httpx.AsyncClient, trip: dict[str, Any], ana: str
) -> None:
    await created(api, "/v1/klasses", {"name": "warranty"})
    await created(api, f"/v1/customers/{ana}/klasses/warranty", {"title": "The oldest"})
    for number in range(3):
        await created(api, f"/v1/customers/{ana}/klasses/trip", {"title": f"Trip {number}"})

    listed = await got(api, f"/v1/customers/{ana}/kobjects?pageSize=2")

    assert [one["type"] for one in listed["data"]] == ["kobject.trip", "kobject.trip"]
    assert (listed["meta"]["total"], listed["meta"]["klasses"]) == (4, {"trip": 3, "warranty": 1})
    await api.put("/v1/klasses/trip", json={"status": "disabled"})
    assert (await got(api, f"/v1/customers/{ana}/kobjects"))["meta"]["klasses"] == {"warranty": 1}


@pytest.mark.anyio
async def test_a_klass_may_have_a_dash_in_its_name(api: httpx.AsyncClient, ana: str) -> None:
    properties = {"balanceNum": {"type": "Num"}}
    made = await created(api, "/v1/klasses", {"name": "gift-card", "metadata": {"properties": properties}})
    assert made["attributes"]["displayName"] == "Gift card"

    path = f"/v1/customers/{ana}/klasses/gift-card"
    card = await created(api, path, {"externalId": "G-1", "custom": {"balanceNum": 20}})

    assert card["type"] == "kobject.gift-card"
    assert (await got(api, "/v1/klasses/gift-card/externalId=G-1"))["data"]["id"] == card["id"]
    assert "balanceNum" in (await got(api, "/v1/metadata/gift-card"))["data"]["attributes"]["properties"]
    around = (await got(api, f"/v1/customers/{ana}"))["data"]["relationships"]
    assert around["gift-cards"]["meta"] == {"kobject": True, "total": 1}
