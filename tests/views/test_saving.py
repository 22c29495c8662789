"""Saved views: whose they are, and that their counts are right."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.views.saving import MAX_VIEWS
from tests.api import Ask, Tenant, created, declare, got, refusal

pytestmark = pytest.mark.anyio

OPEN = {"and": [{"conversation_status": {"equals": "open"}}]}


@pytest.fixture
def lesser(ask: Ask, acme: Tenant) -> httpx.AsyncClient:
    """Another agent, who is no administrator."""
    return ask(acme.lesser_key)


async def counts(api: httpx.AsyncClient) -> list[Any]:
    return [one["attributes"]["count"] for one in (await got(api, "/v1/views/counts"))["data"]]


async def listed(api: httpx.AsyncClient) -> list[str]:
    return [one["attributes"]["name"] for one in (await got(api, "/v1/views"))["data"]]


async def test_a_view_is_kept_changed_and_removed(api: httpx.AsyncClient, acme: Tenant) -> None:
    view = await created(
        api, "/v1/views", {"name": "Open", "query": OPEN, "sort": [{"conversation_priority": "desc"}]}
    )

    assert view["attributes"]["query"] == OPEN
    assert view["attributes"]["sort"] == [{"conversation_priority": "desc"}]
    assert view["attributes"]["isShared"] is False
    answer = await api.put(f"/v1/views/{view['id']}", json={"name": "All open", "position": 7})
    changed = answer.json()["data"]["attributes"]
    assert (changed["name"], changed["position"], changed["query"], changed["rev"]) == (
        "All open",
        7,
        OPEN,
        2,
    )
    assert changed["sort"] == view["attributes"]["sort"]
    assert (await api.delete(f"/v1/views/{view['id']}")).status_code == 204
    assert (await api.get(f"/v1/views/{view['id']}")).status_code == 404
    assert await listed(api) == []


async def test_counts_follow_what_happens(api: httpx.AsyncClient, acme: Tenant) -> None:
    mine = {"and": [{"conversation_assigned_users": {"equals": "$me"}}, *OPEN["and"]]}
    for name, query in (("Open", OPEN), ("Mine", mine)):
        await created(api, "/v1/views", {"name": name, "query": query})
    assert await counts(api) == [0, 0]

    ana = await created(api, "/v1/customers", {"name": "Ana"})
    opened = await created(api, "/v1/conversations", {"customer": ana["id"], "message": {"body": "Hello"}})
    assert await counts(api) == [1, 0]

    await api.patch(f"/v1/conversations/{opened['id']}", json={"status": "done"})
    assert await counts(api) == [0, 0]


async def test_T31_a_personal_view_is_nobody_elses(
    api: httpx.AsyncClient, lesser: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    view = await created(api, "/v1/views", {"name": "Mine", "query": OPEN})
    path = f"/v1/views/{view['id']}"

    for other in (lesser, foreign):
        assert await listed(other) == []
        assert await counts(other) == []
        unknown = await other.get(f"/v1/views/{'0' * 24}")
        for answer in (
            await other.get(path),
            await other.put(path, json={"name": "x"}),
            await other.delete(path),
        ):
            assert refusal(answer) == refusal(unknown) == (404, "notfound", None)


async def test_T31_a_shared_view_is_seen_by_all_and_changed_by_few(
    api: httpx.AsyncClient, lesser: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    await declare(api, "customer", secretStr={"type": "Str", "hasSensitiveAttributes": True})
    await created(api, "/v1/customers", {"name": "Ana", "custom": {"secretStr": "hush"}})
    query = {"and": [{"customer_custom_secretStr": {"equals": "hush"}}]}
    body = {"name": "Hush", "query": query, "context": "customer", "isShared": True}
    view = await created(api, "/v1/views", body)
    theirs = await created(lesser, "/v1/views", {"name": "Open", "query": OPEN, "isShared": True})

    assert await listed(lesser) == await listed(api) == ["Hush", "Open"]
    assert await listed(foreign) == []
    assert await counts(api) == [1, 0]
    assert await counts(lesser) == [None, 0]  # as if the attribute had never been
    assert refusal(await lesser.put(f"/v1/views/{view['id']}", json={"name": "x"}))[1] == "not_your_view"
    assert (await api.put(f"/v1/views/{theirs['id']}", json={"name": "Still open"})).status_code == 200


async def test_an_administrator_gives_a_shared_view_back_to_its_owner(
    api: httpx.AsyncClient, lesser: httpx.AsyncClient
) -> None:
    theirs = await created(lesser, "/v1/views", {"name": "Open", "query": OPEN, "isShared": True})
    path = f"/v1/views/{theirs['id']}"

    answer = await api.put(path, json={"isShared": False, "name": "Yours"})

    assert answer.status_code == 200, answer.text
    shown = answer.json()["data"]
    assert (shown["attributes"]["isShared"], shown["attributes"]["name"]) == (False, "Yours")
    assert shown["relationships"]["owner"] == theirs["relationships"]["owner"]
    assert (await api.get(path)).status_code == 404
    assert await listed(lesser) == ["Yours"]


async def test_a_view_counts_as_its_owners_whoever_unshares_it(
    api: httpx.AsyncClient, lesser: httpx.AsyncClient
) -> None:
    shared = await created(lesser, "/v1/views", {"name": "Open", "query": OPEN, "isShared": True})
    for number in range(MAX_VIEWS):
        await created(lesser, "/v1/views", {"name": f"{number}", "query": {}})

    answer = await api.put(f"/v1/views/{shared['id']}", json={"isShared": False})

    assert refusal(answer)[:2] == (409, "too_many_views")


async def test_T25_a_shared_view_says_no_sensitive_value(
    api: httpx.AsyncClient, lesser: httpx.AsyncClient
) -> None:
    await declare(api, "customer", planStr="Str", secretStr={"type": "Str", "hasSensitiveAttributes": True})
    secret = "customer_custom_secretStr"
    either = [{secret: {"equals": "hush"}}, {secret: {"in": ["hush", "quiet"]}}]
    plain = {"customer_custom_planStr": {"equals": "gold"}}
    query = {"and": [plain, {"or": either}]}
    body = {"name": "Some", "query": query, "context": "customer", "isShared": True}
    view = await created(api, "/v1/views", body)

    hidden = {"and": [plain, {"or": [{secret: {"equals": "***"}}, {secret: {"in": ["***"]}}]}]}
    for asker, shown in ((api, query), (lesser, hidden)):
        one = (await got(asker, f"/v1/views/{view['id']}"))["data"]
        (of_list,) = (await got(asker, "/v1/views"))["data"]
        assert one["attributes"]["query"] == of_list["attributes"]["query"] == shown


async def test_T25_a_shared_view_of_a_sensitive_attribute_that_is_gone_says_no_value(
    api: httpx.AsyncClient, lesser: httpx.AsyncClient
) -> None:
    await declare(api, "customer", secretStr={"type": "Str", "hasSensitiveAttributes": True})
    query = {"and": [{"customer_custom_secretStr": {"equals": "hush"}}]}
    body = {"name": "Hush", "query": query, "context": "customer", "isShared": True}
    await created(api, "/v1/views", body)
    await api.put("/v1/metadata/customer", json={"properties": {"secretStr": None}})

    assert "hush" in (await api.get("/v1/views")).text
    assert "hush" not in (await lesser.get("/v1/views")).text


async def test_a_view_that_makes_no_sense_is_refused(api: httpx.AsyncClient) -> None:
    for body, place in (
        ({"name": "x", "query": {"and": [{"nothing": {"equals": 1}}]}}, "and[0].nothing"),
        ({"name": "x", "query": {"queryContext": "customer"}}, "query.queryContext"),
        ({"name": "x", "query": {}, "sort": [{"customer_name": "asc"}]}, "sort.customer_name"),
        ({"name": " ", "query": {}}, "name"),
        ({"query": {}}, "name"),
        ({"name": "x", "query": {}, "owner": "somebody"}, "owner"),
    ):
        assert refusal(await api.post("/v1/views", json=body))[::2] == (400, place)


async def test_a_view_of_an_attribute_that_is_gone_counts_nothing(api: httpx.AsyncClient) -> None:
    await declare(api, "customer", planStr="Str")
    query = {"and": [{"customer_custom_planStr": {"equals": "gold"}}]}
    await created(api, "/v1/views", {"name": "Gold", "query": query, "context": "customer"})
    await api.put("/v1/metadata/customer", json={"properties": {"planStr": None}})

    assert await counts(api) == [None]


async def test_an_agent_keeps_a_hundred_views(api: httpx.AsyncClient) -> None:
    for number in range(100):
        await created(api, "/v1/views", {"name": f"{number}", "query": {}})

    assert refusal(await api.post("/v1/views", json={"name": "more", "query": {}}))[:2] == (
        409,
        "too_many_views",
    )


async def test_whoever_was_slower_overwrites_nothing(api: httpx.AsyncClient) -> None:
    view = await created(api, "/v1/views", {"name": "Open", "query": OPEN, "isShared": True})
    path, rev = f"/v1/views/{view['id']}", view["attributes"]["rev"]
    snoozed = {"and": [{"conversation_status": {"equals": "snoozed"}}]}

    faster = await api.put(path, json={"query": snoozed, "rev": rev})
    slower = await api.put(path, json={"query": {"and": []}, "name": "All", "rev": rev})

    assert faster.status_code == 200, faster.text
    assert refusal(slower) == (409, "conflict", "rev")
    stands = (await got(api, path))["data"]["attributes"]
    assert (stands["query"], stands["name"], stands["rev"]) == (snoozed, "Open", rev + 1)
    assert (await api.put(path, json={"name": "Later", "rev": stands["rev"]})).status_code == 200
    assert refusal(await api.put(path, json={"name": "x", "rev": "2"}))[::2] == (400, "rev")
