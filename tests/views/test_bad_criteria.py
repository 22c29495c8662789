"""Searches that make no sense, cost too much, or reach for what is not theirs."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from kithdesk.core.sqlite import database
from tests.api import refusal
from tests.views.shop import Shop, names

pytestmark = pytest.mark.anyio

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
    ({"queryContext": ["customer"]}, "queryContext"),
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
        assert parameter == place, (search, answer.text)


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
    assert (await shop.api.get("/v1/customers/settings")).status_code == 200
