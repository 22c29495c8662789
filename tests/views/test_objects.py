"""Orders and other records of the company's own kinds, and what customers say of themselves."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import customers
from kithdesk.core.actors import system
from kithdesk.core.desk import Desk
from kithdesk.core.work import Work
from kithdesk.customers import CustomerId, VisitorId
from tests.api import Tenant, created, got
from tests.views.shop import names

pytestmark = pytest.mark.anyio


async def order(api: httpx.AsyncClient, customer: str, number: str, status: str, total: float) -> str:
    body = {
        "externalId": number,
        "title": f"Order {number}",
        "customer": customer,
        "custom": {"statusStr": status, "totalNum": total, "noteStr": "hush"},
    }
    id: str = (await created(api, "/v1/klasses/parcel", body))["id"]
    return id


@pytest.fixture
async def two(api: httpx.AsyncClient, acme: Tenant) -> dict[str, str]:
    """Ana with a parcel that is sent, Ben with one that is lost."""
    properties = {
        "statusStr": {"type": "Str", "displayName": "Status"},
        "totalNum": {"type": "Num", "displayName": "Total"},
        "noteStr": {"type": "Str", "hasSensitiveAttributes": True},
    }
    klass = {"name": "parcel", "displayName": "Parcel", "metadata": {"properties": properties}}
    await created(api, "/v1/klasses", klass)
    ids = {name: (await created(api, "/v1/customers", {"name": name}))["id"] for name in ("Ana", "Ben")}
    ids["sent"] = await order(api, ids["Ana"], "ORD-10023", "sent", 12.5)
    ids["lost"] = await order(api, ids["Ben"], "ORD-20077", "lost", 99)
    return ids


async def found(api: httpx.AsyncClient, q: str) -> list[tuple[str, str]]:
    hits = (await got(api, f"/v1/search?q={q}"))["data"]
    return [(one["attributes"]["kind"], one["attributes"]["title"]) for one in hits]


async def test_orders_are_found_by_number_title_and_field(
    api: httpx.AsyncClient, two: dict[str, str]
) -> None:
    for asked in ("ORD-10023", "ord 10023", "10023", "sent", "10032", two["sent"]):
        assert await found(api, asked) == [("kobject", "Order ORD-10023")], asked
    hit = (await got(api, "/v1/search?q=10023"))["data"][0]
    assert hit["attributes"]["customer"] == {"id": two["Ana"], "displayName": "Ana"}
    assert hit["attributes"]["klass"] == "parcel"
    assert hit["links"]["self"] == f"/v1/klasses/parcel/{two['sent']}"
    assert hit["attributes"]["fields"] == [
        {"name": "statusStr", "displayName": "Status", "type": "Str", "value": "sent"},
        {"name": "totalNum", "displayName": "Total", "type": "Num", "value": 12.5},
    ]
    assert await found(api, "hush") == []


async def test_a_record_with_a_title_of_its_own_is_found_by_its_number(
    api: httpx.AsyncClient, acme: Tenant
) -> None:
    parcel = {
        "name": "parcel",
        "metadata": {"properties": {"numberStr": {"type": "Str"}, "stateStr": {"type": "Str"}}},
        "card": {"title": "numberStr", "fields": ["stateStr"]},
    }
    await created(api, "/v1/klasses", parcel)
    for number, title in (("MVQQ-1", "Movable"), ("MVQQ-12", "Parcel MVQQ-12")):
        await created(
            api, "/v1/klasses/parcel", {"title": title, "custom": {"numberStr": number, "stateStr": "sent"}}
        )

    for asked in ("MVQQ-1", "mvqq 1", "mvqq1"):
        assert (await found(api, asked))[0] == ("kobject", "Movable"), asked
    assert (await found(api, "mvqq12"))[0] == ("kobject", "Parcel MVQQ-12")


async def test_an_order_that_changes_is_found_as_it_is(api: httpx.AsyncClient, two: dict[str, str]) -> None:
    path = f"/v1/klasses/parcel/{two['sent']}"
    assert (await api.patch(path, json={"custom": {"statusStr": "returned"}})).status_code == 200
    assert await found(api, "sent") == []
    assert await found(api, "returned") == [("kobject", "Order ORD-10023")]

    assert (await api.delete(path)).status_code == 204
    assert await found(api, "10023") == []


async def test_a_hit_names_the_conversation_that_an_order_was_put_to(
    api: httpx.AsyncClient, two: dict[str, str]
) -> None:
    opened = await created(api, "/v1/conversations", {"customer": two["Ana"], "message": {"body": "Hello"}})
    path = f"/v1/conversations/{opened['id']}/kobjects/{two['sent']}"

    async def conversation() -> str | None:
        [hit] = (await got(api, "/v1/search?q=10023"))["data"]
        named: str | None = hit["attributes"]["conversation"]
        return named

    assert (await api.put(path)).status_code < 300
    assert await conversation() == opened["id"]
    assert (await api.delete(path)).status_code < 300
    assert await conversation() is None


async def test_customers_are_found_by_their_orders(api: httpx.AsyncClient, two: dict[str, str]) -> None:
    for criterion, expected in (
        ({"kobject_custom_parcel_statusStr": {"equals": "lost"}}, ["Ben"]),
        ({"kobject_custom_parcel_totalNum": {"lt": 20}}, ["Ana"]),
        ({"kobject_any_text": {"contains": "20077"}}, ["Ben"]),
        ({"kobject_klass": {"equals": "parcel"}}, ["Ana", "Ben"]),
        ({"any_text": {"contains": "lost"}}, ["Ben"]),
    ):
        search = {"and": [criterion], "sort": [{"customer_name": "asc"}]}
        assert await names(api, "customers", **search) == expected, criterion


async def test_orders_are_found_by_criteria(api: httpx.AsyncClient, two: dict[str, str]) -> None:
    await api.patch(f"/v1/klasses/parcel/{two['sent']}", json={"title": "Order renamed"})
    for context, criterion, expected in (
        ("kobject_parcel", {"kobject_custom_parcel_totalNum": {"gt": 0}}, {"sent", "lost"}),
        ("kobject_parcel", {"kobject_custom_parcel_statusStr": {"equals": "lost"}}, {"lost"}),
        ("kobject", {"any_text": {"contains": "renamed"}}, {"sent"}),
        ("kobject", {"customer_name": {"equals": "Ben"}}, {"lost"}),
        ("kobject", {"conversation_status": {"equals": "open"}}, set()),
        ("kobject", {"kobject_created_at": {"set": ""}}, {"sent", "lost"}),
        ("kobject_other", {"kobject_created_at": {"set": ""}}, set()),
    ):
        search = {"queryContext": context, "and": [criterion]}
        answer = await api.post("/v1/customers/search", json=search)
        assert answer.status_code == 200, answer.text
        data = answer.json()["data"]
        assert {one["id"] for one in data} == {two[name] for name in expected}, (context, criterion)
        assert {one["type"] for one in data} <= {"kobject.parcel"}


async def test_claims_are_found_and_marked(api: httpx.AsyncClient, acme: Tenant, desk: Desk) -> None:
    """What a page says of a visitor proves nothing, and is all there is to find them by."""

    def come_and_say(work: Work) -> CustomerId:
        visitor = VisitorId(work.new_id())
        customer = customers.customer_of_visitor(work, visitor)
        customers.describe(work, visitor, customers.claims_of(CLAIMS, {}))
        return customer

    customer = (await desk.run(come_and_say, by=system(acme.id))).value

    for asked in ("ana lima", "ana@example.com", "0151 23456789"):
        hits = (await got(api, f"/v1/search?q={asked}"))["data"]
        assert [(hit["id"], hit["attributes"]["isClaim"]) for hit in hits] == [(customer, True)], asked
    search = {"and": [{"customer_email": {"equals": "ana@example.com"}}]}
    assert (await api.post("/v1/customers/search", json=search)).json()["data"] == []


CLAIMS = {"name": "Ana Lima", "emails": ["ana@example.com"], "phones": ["+4915123456789"]}
