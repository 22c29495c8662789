"""Searches as Kustomer's clients write them: what they find."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created
from tests.views.shop import Shop, names

pytestmark = pytest.mark.anyio

C = "Cäcilie 100%"
CUSTOMERS: list[tuple[Any, set[str]]] = [
    ({"customer_name": {"equals": "ana"}}, {"Ana"}),
    ({"customer_name": {"not_equals": "ana"}}, {"Ben", C}),
    ({"customer_name": {"prefix": "CAC"}}, {C}),
    ({"customer_name": {"contains": "en"}}, {"Ben"}),
    ({"customer_name": {"contains": "0%"}}, {C}),
    ({"customer_name": {"contains": "%"}}, {C}),
    ({"customer_name": {"contains": "_"}}, set()),
    ({"customer_name": {"in": ["Ana", "Ben"]}}, {"Ana", "Ben"}),
    ({"customer_name": {"not_in": ["Ana", "Ben"]}}, {C}),
    ({"customer_email": {"equals": "ANA@example.com"}}, {"Ana"}),
    ({"customer_email": {"contains": "example"}}, {"Ana", "Ben"}),
    ({"customer_email": {"not_contains": "example.com"}}, {"Ben", C}),
    ({"customer_email": {"set": ""}}, {"Ana", "Ben"}),
    ({"customer_email": {"not_set": ""}}, {C}),
    ({"customer_phone": {"equals": "0049 151 234-56789"}}, {"Ana"}),
    ({"customer_phone": {"equals": "+49 (0)151-234 56789"}}, {"Ana"}),
    ({"customer_phone": {"contains": "0151 23456"}}, {"Ana"}),
    ({"customer_externalId": {"equals": "A-1"}}, {"Ana"}),
    ({"customer_tags": {"equals": "vip"}}, {"Ana"}),
    ({"customer_tags": {"in": ["vip", "x"]}}, {"Ana"}),
    ({"customer_tags": {"not_equals": "vip"}}, {"Ben", C}),
    ({"customer_imported": {"equals": False}}, {"Ana", "Ben", C}),
    ({"customer_conversations_count": {"gte": 1}}, {"Ana", "Ben"}),
    ({"customer_conversations_count": {"gt": 1, "lt": 3}}, {"Ana"}),
    ({"customer_last_message_at": {"not_set": ""}}, {C}),
    ({"customer_custom_planStr": {"equals": "gold"}}, {"Ana"}),
    ({"customer_custom_planStr": {"not_set": ""}}, {C}),
    ({"customer_custom_seatsNum": {"gt": -4}}, {"Ana", "Ben"}),
    ({"customer_custom_seatsNum": {"lt": 0}}, {"Ben"}),
    ({"customer_custom_seatsNum": {"gte": 12.5}}, {"Ana"}),
    ({"customer_custom_seatsNum": {"in": [12.5, 7]}}, {"Ana"}),
    ({"customer_custom_sinceAt": {"equals": "2026-03-01"}}, {"Ana"}),
    ({"customer_custom_sinceAt": {"lt": "2026-03-01"}}, set()),
    ({"customer_custom_vipBool": {"equals": True}}, {"Ana"}),
    ({"customer_custom_vipBool": {"equals": False}}, {"Ben"}),
    ({"customer_custom_vipBool": {"not_equals": True}}, {"Ben", C}),
    ({"customer_custom_citiesStr": {"contains": "koln"}}, {"Ana"}),
    ({"customer_custom_citiesStr": {"equals": "Porto"}}, {"Ana"}),
    ({"customer_any_text": {"contains": "example"}}, {"Ana", "Ben"}),
    ({"any_text": {"contains": "kettles"}}, {"Ana"}),
    ({"any_text": {"not_contains": "kettle"}}, {"Ben", C}),
    ({"conversation_status": {"equals": "done"}}, {"Ana"}),
    ({"conversation_status": {"not_equals": "done"}}, {"Ben", C}),
    ({"message_body": {"contains": "invoice"}}, {"Ben"}),
    ({"or": [{"customer_name": {"equals": "ana"}}, {"customer_name": {"equals": "ben"}}]}, {"Ana", "Ben"}),
    ({"not": [{"customer_name": {"equals": "ana"}}, {"customer_name": {"equals": "ben"}}]}, {C}),
    (
        {"or": [{"and": [{"customer_tags": {"equals": "vip"}}, {"customer_name": {"prefix": "b"}}]}]},
        set(),
    ),
]


async def test_what_searches_for_customers_find(shop: Shop) -> None:
    for criterion, expected in CUSTOMERS:
        assert set(await names(shop.api, "customers", **{"and": [criterion]})) == expected, criterion


async def test_what_searches_for_conversations_find(shop: Shop) -> None:
    admin = shop.acme.admin
    cases: list[tuple[Any, set[str]]] = [
        ({"conversation_status": {"equals": "open"}}, {"late", "invoice"}),
        ({"conversation_status": {"in": ["open", "done"]}}, {"late", "invoice", "broken"}),
        ({"conversation_status": {"not_equals": "open"}}, {"broken"}),
        ({"conversation_priority": {"gt": 3}}, {"late"}),
        ({"conversation_priority": {"in": [3, 4]}}, {"broken", "invoice"}),
        ({"conversation_assigned_users": {"equals": admin}}, {"invoice"}),
        ({"conversation_assigned_users": {"equals": "$me"}}, set()),
        ({"conversation_assigned_users": {"not_set": ""}}, {"late", "broken"}),
        ({"conversation_customer_id": {"equals": shop.ids["Ben"]}}, {"invoice"}),
        ({"conversation_name": {"contains": "ro"}}, {"broken"}),
        ({"conversation_any_text": {"contains": "kettle"}}, {"late"}),
        ({"conversation_any_text": {"contains": "invoice"}}, {"invoice"}),
        ({"customer_name": {"equals": "Ana"}}, {"late", "broken"}),
        ({"customer_tags": {"equals": "vip"}}, {"late", "broken"}),
        ({"customer_tags": {"not_equals": "vip"}}, {"invoice"}),
        ({"conversation_customer_name": {"prefix": "be"}}, {"invoice"}),
        ({"conversation_message_count": {"equals": 1}}, {"late", "broken", "invoice"}),
        ({"conversation_last_message_direction": {"equals": "out"}}, set()),
        ({"conversation_ended": {"equals": True}}, set()),
        ({"message_direction": {"equals": "in"}}, {"late", "broken", "invoice"}),
        ({"conversation_last_done_created_at": {"set": ""}}, {"broken"}),
    ]
    for criterion, expected in cases:
        assert set(await names(shop.api, "conversations", **{"and": [criterion]})) == expected, criterion


async def test_a_customers_tag_is_found_by_the_id_of_that_tag_as_well(shop: Shop) -> None:
    tag = await created(shop.api, "/v1/tags", {"name": "VIP"})

    for comparison in ({"equals": tag["id"]}, {"in": [tag["id"]]}, {"contains": "vip"}):
        assert await names(shop.api, "customers", **{"and": [{"customer_tags": comparison}]}) == ["Ana"]


async def test_customers_are_found_by_their_company(shop: Shop) -> None:
    company = await created(shop.api, "/v1/companies", {"name": "Tent & Söhne", "domains": ["tents.example"]})
    answer = await shop.api.patch(f"/v1/customers/{shop.ids['Ana']}", json={"company": company["id"]})
    assert answer.status_code == 200, answer.text

    for criterion, expected in (
        ({"company_name": {"contains": "sohne"}}, ["Ana"]),
        ({"company_domains": {"equals": "tents.example"}}, ["Ana"]),
        ({"company_name": {"not_contains": "sohne"}}, ["Ben", C]),
        ({"customer_company_id": {"equals": company["id"]}}, ["Ana"]),
    ):
        search: Any = {"and": [criterion], "sort": [{"customer_name": "asc"}]}
        assert await names(shop.api, "customers", **search) == expected, criterion
    conversations: Any = {"and": [{"company_name": {"prefix": "tent"}}]}
    assert set(await names(shop.api, "conversations", **conversations)) == {"late", "broken"}


async def test_what_was_said_is_found_as_such(shop: Shop) -> None:
    await created(shop.api, f"/v1/conversations/{shop.ids['late']}/notes", {"body": "She is patient"})
    await created(shop.api, f"/v1/conversations/{shop.ids['late']}/messages", {"body": "It comes"})
    cases: list[tuple[str, Any, list[str]]] = [
        ("message", {}, ["It comes", "Where are the invoices?", "It is broken", "The kettle is late"]),
        ("message", {"message_direction": {"equals": "out"}}, ["It comes"]),
        ("message", {"message_body": {"contains": "kettles"}}, ["The kettle is late"]),
        ("message", {"any_text": {"not_contains": "it"}}, ["Where are the invoices?", "The kettle is late"]),
        ("message", {"customer_name": {"equals": "Ben"}}, ["Where are the invoices?"]),
        ("message", {"conversation_status": {"equals": "done"}}, ["It is broken"]),
        ("message", {"note_body": {"contains": "patient"}}, ["It comes", "The kettle is late"]),
        ("note", {"note_created_by": {"set": ""}}, ["She is patient"]),
        ("note", {"message_body": {"contains": "broken"}}, []),
        ("note", {"customer_tags": {"equals": "vip"}}, ["She is patient"]),
    ]
    for context, criterion, expected in cases:
        search: Any = {"queryContext": context, "and": [criterion] if criterion else []}
        answer = await shop.api.post("/v1/customers/search", json=search)
        assert answer.status_code == 200, answer.text
        data = answer.json()["data"]
        assert [one["attributes"]["body"] for one in data] == expected, (context, criterion)
        assert {one["type"] for one in data} <= {context}
    search = {"queryContext": "message", "sort": [{"message_updated_at": "asc"}]}
    first = (await shop.api.post("/v1/customers/search", json=search)).json()["data"][0]
    assert first["attributes"]["body"] == "The kettle is late"


async def test_days_are_those_of_the_time_zone(shop: Shop) -> None:
    """The clock of tests starts on 2026-05-28 at 20:26:40 UTC; Ana came a few moments later, the others by days."""
    created = "customer_created_at"
    cases: list[tuple[dict[str, str], str, set[str]]] = [
        ({"equals": "2026-05-28"}, "UTC", {"Ana"}),
        ({"equals": "2026-05-29"}, "Asia/Tokyo", {"Ana"}),
        ({"gt": "2026-05-28"}, "UTC", {"Ben", C}),
        ({"gte": "2026-05-28"}, "UTC", {"Ana", "Ben", C}),
        ({"lt": "2026-05-29"}, "UTC", {"Ana"}),
        ({"lte": "2026-05-29"}, "UTC", {"Ana", "Ben"}),
        ({"lte": "2026-05-29"}, "Asia/Tokyo", {"Ana"}),
        ({"not_equals": "2026-05-28"}, "UTC", {"Ben", C}),
        ({"gte": "2026-05-29T00:00:00Z", "lt": "2026-05-30T00:00:00+00:00"}, "UTC", {"Ben"}),
        ({"gte": "-2d"}, "UTC", {"Cäcilie 100%"}),
    ]
    for comparison, zone, expected in cases:
        search = {"and": [{created: comparison}], "timeZone": zone}
        assert set(await names(shop.api, "customers", **search)) == expected, (comparison, zone)


async def test_sorting_and_pages(shop: Shop) -> None:
    async def page(number: int, **search: Any) -> Any:
        return (await shop.api.post(f"/v1/customers/search?page={number}&pageSize=2", json=search)).json()

    assert await names(shop.api, "customers", sort=[{"customer_name": "asc"}]) == ["Ana", "Ben", C]
    assert await names(shop.api, "customers", sort=[{"customer_created_at": "desc"}]) == [C, "Ben", "Ana"]
    assert await names(shop.api, "customers", sort={"customer_last_message_at": "asc"}) == ["Ana", "Ben", C]
    assert await names(shop.api, "conversations") == ["invoice", "broken", "late"]
    first = await page(1, sort=[{"customer_name": "asc"}])
    assert first["meta"] == {"page": 1, "pageSize": 2, "total": 3, "totalPages": 2}
    assert first["links"]["next"].startswith("/v1/customers/search?page=2")
    last = await page(2, sort=[{"customer_name": "asc"}])
    assert [one["attributes"]["name"] for one in last["data"]] == [C]
    assert last["links"]["next"] is None
    ids = await shop.api.post("/v1/customers/search?idsOnly=true", json={"queryContext": "conversation"})
    assert {one["id"] for one in ids.json()["data"]} == {
        shop.ids[name] for name in ("late", "broken", "invoice")
    }


async def test_a_long_page_is_whole_and_in_its_order(api: httpx.AsyncClient) -> None:
    for number in range(60):
        await created(api, "/v1/customers", {"name": f"Customer {number:02}"})

    answer = await api.post("/v1/customers/search?pageSize=100", json={"sort": [{"customer_name": "asc"}]})

    shown = [one["attributes"]["name"] for one in answer.json()["data"]]
    assert shown == [f"Customer {number:02}" for number in range(60)]
    assert answer.json()["meta"]["total"] == 60
