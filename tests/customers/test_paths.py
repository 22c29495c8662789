"""Addresses that look like others: no cache, proxy or framework may take one for what it is not."""

from __future__ import annotations

import httpx
import pytest

from tests.api import created, got

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "form",
    [
        "/v1/customers/{id}.css",
        "/v1/customers/{id}/x.js",
        "/v1/customers/{id};a=b",
        "/v1/customers/{id}%2f",
        "/v1/customers//{id}",
        "//v1/customers/{id}",
        "/v1/customers/../customers/{id}%00",
        "/V1/customers/{id}",
        "/v1/Customers/{id}",
        "/v1/customers/{id}%0d%0aSet-Cookie:a",
        "/v1/customers/%2e%2e/customers/{id}",
        "/v1/companies/../customers%2f{id}",
    ],
)
async def test_T91_a_path_that_is_another_is_not_there(api: httpx.AsyncClient, form: str) -> None:
    id = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    url = httpx.URL(str(api.base_url)).copy_with(raw_path=form.replace("{id}", id).encode())

    answer = await api.get(url)

    assert answer.status_code in (400, 404)
    assert "Ana" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_T91_what_is_private_is_never_kept_on_the_way(api: httpx.AsyncClient) -> None:
    id = (await created(api, "/v1/customers", {"name": "Ana", "externalId": "7"}))["id"]

    for path in (f"/v1/customers/{id}", "/v1/customers/externalId=7", "/v1/customers", "/v1/companies"):
        assert (await api.get(path)).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
async def test_T91_a_header_makes_no_other_method_of_one(api: httpx.AsyncClient, header: str) -> None:
    id = (await created(api, "/v1/companies", {"name": "Acme"}))["id"]

    await api.get(f"/v1/companies/{id}?_method=DELETE", headers={header: "DELETE"})
    await api.post(f"/v1/companies/{id}", headers={header: "DELETE"}, json={})

    assert (await got(api, f"/v1/companies/{id}"))["data"]["attributes"]["name"] == "Acme"
