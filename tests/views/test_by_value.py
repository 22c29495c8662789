"""Customers are found by what their own attributes say, by those who may read it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.desk import where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.api import Ask, Tenant, created, declare, got

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ana(api: httpx.AsyncClient) -> str:
    await declare(
        api,
        "customer",
        planStr={"type": "Str", "displayName": "Plan"},
        aboutTxt="Txt",
        citiesStr={"type": "Str", "array": True},
        secretStr={"type": "Str", "hasSensitiveAttributes": True},
        sinceAt="At",
    )
    custom = {
        "planStr": "Platinum Plus",
        "aboutTxt": "Prefers letters.\nMoves to Réunion in May. 昨日注文した商品",
        "citiesStr": ["Porto", "Bad Homburg"],
        "secretStr": "quiet hush",
        "sinceAt": "2026-03-01T10:00:00Z",
    }
    await created(api, "/v1/customers", {"name": "Somebody", "custom": {"planStr": "Gold"}})
    id: str = (await created(api, "/v1/customers", {"name": "Ana", "custom": custom}))["id"]
    return id


async def found(api: httpx.AsyncClient, q: str) -> list[str]:
    answer = await api.get("/v1/search", params={"q": q})
    return [hit["attributes"]["title"] for hit in answer.json()["data"]]


async def test_a_customer_is_found_by_a_word_of_an_attribute(api: httpx.AsyncClient, ana: str) -> None:
    for asked in ("platinum", "PLUS", "letters", "reunion", "homburg", "porto", "letters homburg", "注文"):
        assert await found(api, asked) == ["Ana"], asked
    assert await found(api, '"bad homburg"') == ["Ana"]
    assert await found(api, "gold") == ["Somebody"]
    for asked in ("letters gold", '"homburg bad"', "2026", "京東", "%"):
        assert await found(api, asked) == [], asked


async def test_the_last_word_may_be_unfinished_once_it_has_four_letters(
    api: httpx.AsyncClient, ana: str
) -> None:
    for asked in ("plat", "letters homb", "RÉUN", "注", "bad homb"):
        assert await found(api, asked) == ["Ana"], asked
    for asked in ("pla", "homb letters", "latinum", "platx", "plat "):
        assert await found(api, asked) == [], asked


async def test_a_hit_shows_what_the_attribute_says(api: httpx.AsyncClient, ana: str) -> None:
    [hit] = [one["attributes"] for one in (await got(api, "/v1/search?q=plus"))["data"]]

    [[first, last]] = hit["highlights"]
    assert hit["snippet"][first:last] == "Plus"
    assert hit["snippet"].startswith("Plan: Platinum Plus · ")
    assert "hush" not in hit["snippet"].partition("Plus")[0]


async def test_a_customer_is_found_by_what_attributes_say_now(
    api: httpx.AsyncClient, ana: str, settings: Settings, wiring: Wiring
) -> None:
    custom = {"planStr": "Silver Plus", "aboutTxt": None}
    assert (await api.patch(f"/v1/customers/{ana}", json={"custom": custom})).status_code == 200

    assert await found(api, "silver") == await found(api, "plus") == ["Ana"]
    assert await found(api, "platinum") == await found(api, "letters") == []
    assert replay(where(settings), wiring).agrees


async def test_an_attribute_that_was_removed_finds_nobody(api: httpx.AsyncClient, ana: str) -> None:
    await api.put("/v1/metadata/customer", json={"properties": {"planStr": None}})

    assert await found(api, "platinum") == await found(api, "gold") == []
    assert await found(api, "homburg") == ["Ana"]


async def test_T25_a_sensitive_value_is_found_by_nobody_who_may_not_read_it(
    api: httpx.AsyncClient, ask: Ask, acme: Tenant, ana: str
) -> None:
    lesser = ask(acme.lesser_key)

    assert await found(api, "quiet hush") == ["Ana"]
    for asked in ("quiet hush", "hush", "quiet"):
        assert await found(lesser, asked) == [], asked
    assert await found(api, "hush") == []
    [hit] = (await got(lesser, "/v1/search?q=platinum"))["data"]
    assert "hush" not in str(hit)


async def test_what_two_are_found_by_the_one_they_became_is_found_by(
    api: httpx.AsyncClient, ana: str
) -> None:
    ben: Any = await created(api, "/v1/customers", {"name": "Ben", "custom": {"aboutTxt": "Likes tea"}})
    merge = await created(api, "/v1/customers/merges", {"source": ana, "target": ben["id"]})

    assert await found(api, "homburg") == await found(api, "tea") == ["Ben"]
    assert (await api.post(f"/v1/customers/merges/{merge['id']}/undo")).status_code < 300
    assert await found(api, "homburg") == ["Ana"]
    assert await found(api, "tea") == ["Ben"]


async def test_T23_values_of_another_organisation_find_nobody(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str
) -> None:
    await declare(foreign, "customer", planStr="Str")

    assert await found(foreign, "platinum") == []
    assert await found(api, "platinum") == ["Ana"]
