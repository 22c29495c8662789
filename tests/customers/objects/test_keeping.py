"""What other slices rely on: taking records in, moving them with their customers, and the facts that say so."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithdesk import attributes, conversations, customers
from kithdesk.core.actors import system
from kithdesk.core.clock import Instant, ManualClock
from kithdesk.core.desk import Desk
from kithdesk.core.errors import NotFound
from kithdesk.core.ids import Ids
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Work
from kithdesk.customers import KlassWish
from kithdesk.customers.objects.errors import OfAnotherCustomer
from kithdesk.customers.objects.events import (
    KObjectConfirmed,
    KObjectCreated,
    KObjectLinked,
    KObjectMoved,
    KObjectUnlinked,
    KObjectUpdated,
)
from kithdesk.customers.objects.keeping import create_object
from kithdesk.customers.objects.queries import counts_of, find_by_external_id, get_object, object_ids_of
from kithdesk.customers.objects.rendering import object_relationships
from tests.make import ACME, Make
from tests.slices import WIRING
from tests.spine import file_of, sql


def kinds(work: Work) -> list[type[Any]]:
    return [type(recorded.event) for recorded in work.published]


def orders(make: Make) -> None:
    with make.work(make.system) as work:
        customers.declare_order_klass(work)


def test_taking_the_same_in_again_states_nothing(make: Make) -> None:
    orders(make)
    ana = make.customer("Ana").id
    said: dict[str, Any] = {
        "external_id": "shopify:1",
        "customer": ana,
        "custom": {"orderNumberStr": "#1001", "totalNum": 9.5},
        "tags": ["gift"],
        "occurred_at": Instant(1_000),
    }
    with make.work(make.system) as work:
        first, is_new = customers.upsert_object(work, "order", **said)
        assert is_new

    with make.work(make.system) as work:
        assert customers.upsert_object(work, "order", **said) == (first, False)
        assert work.published == []
        assert customers.upsert_object(work, "order", **said | {"occurred_at": Instant(2_000)})[1] is False
        assert kinds(work) == [KObjectConfirmed]


def test_older_news_is_passed_over(make: Make) -> None:
    orders(make)
    with make.work(make.system) as work:
        id = None
        for at, status in ((3_000, "Sent"), (2_000, "Paid"), (3_000, "Delivered")):
            id, _ = customers.upsert_object(
                work,
                "order",
                external_id="1",
                custom={"statusStr": status},
                occurred_at=Instant(at),
            )

        assert kinds(work) == [KObjectCreated, KObjectUpdated]
        assert id is not None
        assert get_object(work, id).content.custom == {"statusStr": "Delivered"}


@given(st.permutations([*range(5), 2, 4]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_news_come_the_newest_stays(make: Make, order: list[int]) -> None:
    orders(make)
    with make.work(make.system) as work:
        external_id = work.new_id()
        for place, version in enumerate(order, 1):
            id, _ = customers.upsert_object(
                work,
                "order",
                external_id=external_id,
                custom={"statusStr": "Sent" if version % 3 else "Paid", "totalNum": version // 2},
                occurred_at=Instant(version),
            )

            newest = max(order[:place])
            known = find_by_external_id(work, "order", external_id)
            assert known is not None
            assert known.id == id
            assert known.source_at == newest
            assert known.content.custom == {
                "statusStr": "Sent" if newest % 3 else "Paid",
                "totalNum": newest // 2,
            }


def test_what_is_not_said_stays(make: Make) -> None:
    orders(make)
    ana = make.customer("Ana").id
    with make.work(make.system) as work:
        id, _ = customers.upsert_object(
            work, "order", external_id="1", customer=ana, title="First", custom={"totalNum": 1}
        )
        customers.upsert_object(work, "order", external_id="1", custom={"currencyStr": "EUR"})

        found = get_object(work, id)
    assert (found.customer, found.content.title) == (ana, "First")
    assert found.content.custom == {"totalNum": 1, "currencyStr": "EUR"}


def test_there_is_no_record_without_its_klass(make: Make) -> None:
    with make.work(make.system) as work, pytest.raises(NotFound):
        customers.upsert_object(work, "order", external_id="1")


def test_a_record_of_who_was_merged_away_is_the_others(make: Make) -> None:
    orders(make)
    source, target = make.customer("Ana"), make.customer("Ana Gómez")
    with make.work(make.system) as work:
        mine, _ = customers.upsert_object(work, "order", external_id="1", customer=source.id)
        customers.upsert_object(work, "order", external_id="2", customer=target.id)
        conversations.merge_customers(work, source.id, target.id)

        assert get_object(work, mine).customer == target.id
        assert (counts_of(work, target.id), counts_of(work, source.id)) == ({"order": 2}, {})
        assert len(object_ids_of(work, target.id)) == 2
        later, _ = customers.upsert_object(work, "order", external_id="3", customer=source.id)
        assert get_object(work, later).customer == target.id


def test_undoing_a_merge_gives_the_records_back(make: Make) -> None:
    orders(make)
    source, target = make.customer("Ana"), make.customer("Ana Gómez")
    with make.work(make.system) as work:
        mine, _ = customers.upsert_object(work, "order", external_id="1", customer=source.id)
        theirs, _ = customers.upsert_object(work, "order", external_id="2", customer=target.id)
        merge = conversations.merge_customers(work, source.id, target.id)
        since, _ = customers.upsert_object(work, "order", external_id="3", customer=target.id)

        conversations.undo_merge(work, merge.id)

        assert object_ids_of(work, source.id) == [mine]
        assert object_ids_of(work, target.id) == [theirs, since]
        assert (counts_of(work, source.id), counts_of(work, target.id)) == ({"order": 1}, {"order": 2})


def test_a_customers_relationships_name_what_they_have(make: Make) -> None:
    orders(make)
    ana, ben = make.customer("Ana").id, make.customer("Ben").id
    with make.work(make.system) as work:
        customers.upsert_object(work, "order", external_id="1", customer=ana)

        assert object_relationships(work, ben) == {}
        assert object_relationships(work, ana) == {
            "orders": {
                "links": {"self": f"/v1/customers/{ana}/klasses/order"},
                "meta": {"kobject": True, "total": 1},
            }
        }


def test_a_record_is_put_to_one_conversation(make: Make) -> None:
    orders(make)
    first = make.conversation()
    with make.work(make.system) as work:
        id, _ = customers.upsert_object(work, "order", external_id="1", customer=first.customer)
        customers.link_object(work, id, conversation=first.id, customer=first.customer)
        customers.link_object(work, id, conversation=first.id, customer=first.customer)
        customers.link_object(work, id, conversation="e" * 24, customer=first.customer)

        assert kinds(work)[1:] == [KObjectLinked, KObjectUnlinked, KObjectLinked]
        assert get_object(work, id).conversation == "e" * 24
        with pytest.raises(NotFound):
            customers.unlink_object(work, id, conversation=first.id)


def test_a_record_that_is_given_to_another_customer_leaves_the_conversation(make: Make) -> None:
    orders(make)
    conversation, ana = make.conversation(), make.customer("Ana").id
    with make.work(make.system) as work:
        id, _ = customers.upsert_object(work, "order", external_id="1", customer=conversation.customer)
        customers.link_object(work, id, conversation=conversation.id, customer=conversation.customer)
        customers.upsert_object(work, "order", external_id="1", title="Still theirs")
        assert get_object(work, id).conversation == conversation.id

        customers.upsert_object(work, "order", external_id="1", customer=ana)

        assert kinds(work)[-3:] == [KObjectUnlinked, KObjectMoved, KObjectUpdated]
        assert get_object(work, id).conversation is None


def test_another_customers_record_is_not_put_to_a_conversation(make: Make) -> None:
    orders(make)
    conversation, ana = make.conversation(), make.customer("Ana").id
    with make.work(make.system) as work:
        id, _ = customers.upsert_object(work, "order", external_id="1", customer=ana)
        with pytest.raises(OfAnotherCustomer):
            customers.link_object(work, id, conversation=conversation.id, customer=conversation.customer)


def test_T25_events_never_hold_a_sensitive_value_where_agents_read(make: Make) -> None:
    with make.work(make.system) as work:
        customers.declare_klass(
            work, "card", KlassWish(properties={"pinStr": {"type": "Str", "hasSensitiveAttributes": True}})
        )
        id = create_object(work, "card", {"custom": {"pinStr": "4711"}})
        customers.upsert_object(work, "card", external_id="1", custom={"pinStr": "4712"})
        customers.remove_object(work, id)

        shown = [recorded.event.for_agents(recorded) for recorded in work.published]
    assert "471" not in str(shown)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "change",
    [
        "",
        "UPDATE kobjects SET customer = NULL",
        "UPDATE kobjects SET content = '{}'",
        "UPDATE kobject_counts SET total = 7",
        "UPDATE klasses SET color = 'x'",
    ],
)
async def test_the_journal_alone_tells_it_all(tmp_path: Path, change: str) -> None:
    clock = ManualClock()
    desk = Desk(Settings(data=tmp_path, test=True), WIRING, clock=clock, ids=Ids(1))
    await desk.start(jobs=False)
    try:
        await desk.run(_live, by=system(ACME))
        if change:
            await sql(desk, change)

        report = await asyncio.to_thread(replay, file_of(desk), WIRING)

        assert report.agrees == (not change), report.differences
        assert report.rows["kobjects"] == 3
    finally:
        await desk.stop()


def _live(work: Work) -> None:
    """A little of everything."""
    customers.declare_order_klass(work)
    customers.declare_klass(work, "trip", KlassWish(properties={"seatsNum": {"type": "Num"}}))
    customers.declare_klass(work, "trip", KlassWish(color="red"))
    attributes.declare(work, "kobject.trip", {"seatsNum": None})
    ana, ben, eve = (customers.create_customer(work, customers.Profile(name=name)) for name in "ABE")
    first, _ = customers.upsert_object(work, "order", external_id="1", customer=ana)
    customers.upsert_object(work, "order", external_id="1", custom={"totalNum": 2})
    customers.upsert_object(work, "order", external_id="1", customer=ben)
    second, _ = customers.upsert_object(work, "trip", external_id="1", customer=ben)
    gone, _ = customers.upsert_object(work, "trip", external_id="2", customer=ana)
    customers.upsert_object(work, "trip", external_id="3", customer=eve, occurred_at=Instant(5))
    customers.upsert_object(work, "trip", external_id="3", occurred_at=Instant(6))
    customers.remove_object(work, gone)
    customers.link_object(work, first, conversation="e" * 24, customer=ben)
    customers.unlink_object(work, first, conversation="e" * 24)
    merge = conversations.merge_customers(work, ben, ana)
    conversations.undo_merge(work, merge.id)
    conversations.merge_customers(work, eve, ben)
    customers.track(work, ben, "done", {})
    assert second
