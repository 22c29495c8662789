"""Companies are found by what they are called and the domains they have."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk.core.desk import where
from kithdesk.core.replay import replay
from kithdesk.core.settings import Settings
from kithdesk.core.work import Wiring
from tests.api import Tenant, created, got

pytestmark = pytest.mark.anyio


@pytest.fixture
async def northwind(api: httpx.AsyncClient, acme: Tenant) -> str:
    body = {"name": "Northwind Traders", "domains": ["northwind.example", "nw.test"], "externalId": "C-77"}
    id: str = (await created(api, "/v1/companies", body))["id"]
    for name in ("ana", "ben"):
        await created(api, "/v1/customers", {"name": name, "company": id})
    return id


async def found(api: httpx.AsyncClient, q: str) -> list[Any]:
    return [
        hit["attributes"] | {"id": hit["id"]}
        for hit in (await got(api, f"/v1/search?q={q}&types=company"))["data"]
    ]


async def test_a_company_is_found_by_name_domain_and_external_id(
    api: httpx.AsyncClient, northwind: str
) -> None:
    for asked in ("northwind", "trad", "northwnid", "nw.test", "northwind.example", "c-77", northwind):
        assert [hit["id"] for hit in await found(api, asked)] == [northwind], asked
    assert await found(api, "southwind") == []


async def test_a_hit_says_who_the_company_is_and_how_many_customers_it_has(
    api: httpx.AsyncClient, northwind: str
) -> None:
    [hit] = await found(api, "traders")

    assert (hit["kind"], hit["title"], hit["name"]) == ("company", "Northwind Traders", "Northwind Traders")
    assert (hit["domains"], hit["customers"]) == (["northwind.example", "nw.test"], 2)
    assert (hit["customer"], hit["fields"]) == (None, None)


async def test_a_company_is_found_as_it_is_and_not_as_it_was(
    api: httpx.AsyncClient, northwind: str, settings: Settings, wiring: Wiring
) -> None:
    path = f"/v1/companies/{northwind}"

    assert (await api.patch(path, json={"name": "Southwind"})).status_code == 200
    assert [hit["title"] for hit in await found(api, "southwind")] == ["Southwind"]
    assert await found(api, "traders") == []
    assert replay(where(settings), wiring).agrees

    assert (await api.delete(path)).status_code == 204
    assert await found(api, "southwind") == []
    assert replay(where(settings), wiring).agrees


async def test_T23_a_company_of_another_organisation_is_not_found(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, northwind: str
) -> None:
    for asked in ("northwind", "nw.test", northwind):
        assert await found(foreign, asked) == []
        assert len(await found(api, asked)) == 1
