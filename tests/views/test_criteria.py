"""Searches as Kustomer's clients write them: what they find, and what they are refused for."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from kithdesk.core.clock import ManualClock
from kithdesk.core.sqlite import database
from tests.api import Tenant, created, declare, refusal

pytestmark = pytest.mark.anyio


async def names(api: httpx.AsyncClient, path: str, **search: Any) -> list[str]:
    """The names of what a search finds."""
    answer = await api.post(f"/v1/{path}/search", json=search)
    assert answer.status_code == 200, answer.text
    return [one["attributes"]["name"] for one in answer.json()["data"]]


class Shop:
    """A few customers and conversations that differ in everything."""

    def __init__(self, api: httpx.AsyncClient, acme: Tenant, clock: ManualClock) -> None:
        self.api, self.acme, self.clock = api, acme, clock
        self.ids: dict[str, str] = {}

    async def fill(self) -> None:
        await declare(
            self.api,
            "customer",
            planStr="Str",
            seatsNum="Num",
            sinceAt="At",
            vipBool="Bool",
            secretStr={"type": "Str", "hasSensitiveAttributes": True},
            citiesStr={"type": "Str", "array": True},
        )
        self.ids["Ana"] = await self.customer(
            "Ana",
            emails=[{"email": "ana@example.com"}],
            phones=[{"phone": "+4915123456789"}],
            externalId="A-1",
            tags=["vip", "new"],
            custom={
                "planStr": "Gold",
                "seatsNum": 12.5,
                "sinceAt": "2026-03-01T10:00:00Z",
                "vipBool": True,
                "secretStr": "hush",
                "citiesStr": ["Porto", "Köln"],
            },
        )
        self.clock.advance(days=1)
        self.ids["Ben"] = await self.customer(
            "Ben",
            emails=[{"email": "ben@example.org"}],
            custom={"planStr": "Silver", "seatsNum": -3, "vipBool": False, "secretStr": "other"},
        )
        self.clock.advance(days=1)
        self.ids["Cäcilie 100%"] = await self.customer("Cäcilie 100%")
        self.clock.advance(days=1)
        await self.conversation("Ana", "late", "The kettle is late", priority=5)
        self.clock.advance(hours=1)
        await self.conversation("Ana", "broken", "It is broken", status="done")
        self.clock.advance(hours=1)
        await self.conversation("Ben", "invoice", "Where are the invoices?", assignedUsers=[self.acme.admin])

    async def customer(self, name: str, **more: Any) -> str:
        id: str = (await created(self.api, "/v1/customers", {"name": name, **more}))["id"]
        return id

    async def conversation(self, customer: str, name: str, body: str, **change: Any) -> None:
        opened = await created(
            self.api,
            "/v1/conversations",
            {"customer": self.ids[customer], "name": name, "message": {"body": body, "direction": "in"}},
        )
        self.ids[name] = opened["id"]
        if change:
            answer = await self.api.patch(f"/v1/conversations/{opened['id']}", json=change)
            assert answer.status_code == 200, answer.text


@pytest.fixture
async def shop(api: httpx.AsyncClient, acme: Tenant, clock: ManualClock) -> Shop:
    shop = Shop(api, acme, clock)
    await shop.fill()
    return shop


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


BAD: list[tuple[Any, str]] = [
    ({"and": {}}, "and"),
    ({"and": [1]}, "and[0]"),
    ({"and": [{}]}, "and[0]"),
    ({"and": [{"customer_name": "Ana"}]}, "and[0].customer_name"),
    ({"and": [{"customer_name": {}}]}, "and[0].customer_name"),
    ({"and": [{"customer_name": {"equals": 1}}]}, "and[0].customer_name.equals"),
    ({"and": [{"customer_name": {"equals": ""}}]}, "and[0].customer_name.equals"),
    ({"and": [{"customer_name": {"gt": "a"}}]}, "and[0].customer_name.gt"),
    ({"and": [{"customer_name": {"or 1=1": "a"}}]}, "and[0].customer_name.or 1=1"),
    ({"or": [{"customer_shoe": {"equals": "a"}}]}, "or[0].customer_shoe"),
    ({"or": [{"org": {"equals": "a"}}]}, "or[0].org"),
    ({"or": [{"organisation": {"equals": "a"}}]}, "or[0].organisation"),
    ({"or": [{"customer_custom_none": {"equals": "a"}}]}, "or[0].customer_custom_none"),
    ({"or": [{"customer_custom_x' OR 1=1": {"equals": "a"}}]}, "or[0].customer_custom_x' OR 1=1"),
    ({"or": [{"conversation_custom_planStr": {"equals": "a"}}]}, "or[0].conversation_custom_planStr"),
    ({"or": [{"kobject_custom_a_b": {"equals": "a"}}]}, "or[0].kobject_custom_a_b"),
    ({"and": [{"customer_created_at": {"gt": "yesterday"}}]}, "and[0].customer_created_at.gt"),
    ({"and": [{"customer_created_at": {"gt": "2026-02-30"}}]}, "and[0].customer_created_at.gt"),
    ({"and": [{"customer_created_at": {"gt": 10**17}}]}, "and[0].customer_created_at.gt"),
    ({"and": [{"conversation_status": {"equals": "closed"}}]}, "and[0].conversation_status.equals"),
    ({"and": [{"conversation_status": {"equals": "' OR 1=1 --"}}]}, "and[0].conversation_status.equals"),
    ({"and": [{"conversation_priority": {"gt": "3"}}]}, "and[0].conversation_priority.gt"),
    ({"and": [{"conversation_priority": {"gt": True}}]}, "and[0].conversation_priority.gt"),
    ({"and": [{"conversation_ended": {"equals": 1}}]}, "and[0].conversation_ended.equals"),
    ({"and": [{"any_text": {"contains": "!!"}}]}, "and[0].any_text.contains"),
    ({"and": [{"customer_name": {"in": "a"}}]}, "and[0].customer_name.in"),
    ({"and": [{"or": [], "customer_name": {"equals": "a"}}]}, "and[0]"),
    ({"sort": [{"customer_email": "asc"}]}, "sort.customer_email"),
    ({"sort": [{"customer_name": "sideways"}]}, "sort.customer_name"),
    ({"sort": [{"conversation_priority": "asc"}]}, "sort.conversation_priority"),
    ({"sort": [{"customer_name; DROP TABLE customers": "asc"}]}, "sort.customer_name; DROP TABLE customers"),
    ({"sort": "customer_name"}, "sort"),
    ({"queryContext": "org"}, "queryContext"),
    ({"queryContext": ["customer"]}, None),
    ({"timeZone": "../../etc/passwd"}, "timeZone"),
    ({"timeZone": "Mars/Base"}, "timeZone"),
    ({"aggs": {}}, "aggs"),
    ({"org": "other"}, "org"),
]


async def test_T27_T38_what_a_search_may_not_say_is_refused_with_its_place(api: httpx.AsyncClient) -> None:
    for search, place in BAD:
        answer = await api.post("/v1/customers/search", json=search)
        status, _, parameter = refusal(answer)
        assert status == 400, (search, answer.text)
        assert place is None or parameter == place, (search, answer.text)


async def test_T39_what_costs_too_much_is_refused_before_it_runs(api: httpx.AsyncClient) -> None:
    one = {"customer_name": {"equals": "a"}}
    deep: Any = one
    for _ in range(6):
        deep = {"and": [deep]}
    searches: list[Any] = [
        {"and": [one] * 101},
        {"and": [one] * 60, "or": [one] * 60},
        {"and": [deep]},
        {"and": [{"customer_name": {"in": ["a"] * 101}}]},
        {"and": [{"customer_name": {"contains": "a" * 256}}]},
        {"sort": [{"customer_name": "asc"}, {"customer_created_at": "asc"}] * 2},
    ]

    for search in searches:
        answer = await api.post("/v1/customers/search", json=search)
        assert refusal(answer)[:2] == (400, "search_too_costly"), json.dumps(search)[:80]
    assert (await api.post("/v1/customers/search?page=101", json={})).status_code == 400
    assert (await api.post("/v1/customers/search?pageSize=501", json={})).status_code == 400
    assert (await api.post("/v1/customers/search", json={"and": [one] * 100})).status_code == 200


async def test_T27_every_search_stays_in_its_organisation(shop: Shop, foreign: httpx.AsyncClient) -> None:
    for search in (
        {},
        {"not": [{"customer_name": {"equals": "x"}}]},
        {"or": [{"any_text": {"contains": "kettle"}}]},
    ):
        for path in ("customers", "conversations"):
            assert await names(shop.api, path, **search) != []
            assert await names(foreign, path, **search) == []


async def test_T25_a_sensitive_attribute_finds_nothing_for_those_who_may_not_read_it(
    shop: Shop, ask: Any, found: Any
) -> None:
    criterion = {"and": [{"customer_custom_secretStr": {"equals": "hush"}}]}
    lesser = ask(shop.acme.lesser_key)

    assert await names(shop.api, "customers", **criterion) == ["Ana"]
    answer = await lesser.post("/v1/customers/search", json=criterion)
    unknown = await lesser.post(
        "/v1/customers/search", json={"and": [{"customer_custom_nothing": {"equals": "hush"}}]}
    )

    assert answer.text.replace("secretStr", "nothing").split('"meta"')[0] == unknown.text.split('"meta"')[0]
    assert [title for _, title, _ in await found("hush")] == ["Ana"]
    assert (await lesser.get("/v1/search?q=hush")).json()["data"] == []
    assert (await lesser.get("/v1/search?q=gold")).json()["data"] != []


@pytest.mark.only("sqlite")
async def test_T39_a_search_that_takes_too_long_is_stopped(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LONG_READ_SECONDS", -1.0)
    monkeypatch.setattr(database, "STEPS_BETWEEN_LOOKS", 10)

    answer = await shop.api.post(
        "/v1/customers/search", json={"and": [{"customer_name": {"contains": "an"}}]}
    )

    assert refusal(answer)[:2] == (503, "overloaded")
    assert (await shop.api.get("/v1/customers")).status_code == 200
