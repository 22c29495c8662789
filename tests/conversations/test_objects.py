"""Records of the company's own that a conversation is about."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created, got, refusal

pytestmark = pytest.mark.anyio


async def opened(api: httpx.AsyncClient, name: str = "Ana") -> tuple[str, str]:
    """A customer, and a conversation with them."""
    customer = (await created(api, "/v1/customers", {"name": name}))["id"]
    body = {"customer": customer, "message": {"body": "Hello"}}
    return customer, (await created(api, "/v1/conversations", body))["id"]


async def trip(api: httpx.AsyncClient, **body: Any) -> str:
    await api.post("/v1/klasses", json={"name": "trip"})
    id: str = (await created(api, "/v1/klasses/trip", body))["id"]
    return id


async def test_a_record_is_put_to_a_conversation_and_taken_from_it(api: httpx.AsyncClient) -> None:
    customer, conversation = await opened(api)
    record = await trip(api, customer=customer, title="Lisbon")
    path = f"/v1/conversations/{conversation}/kobjects"

    put = await api.put(f"{path}/{record}")
    listed = await got(api, path)
    shown = (await got(api, f"/v1/klasses/trip/{record}"))["data"]
    taken = await api.delete(f"{path}/{record}")

    assert (put.json()["data"]["id"], taken.json()["data"]["id"]) == (conversation, conversation)
    assert (listed["meta"]["total"], listed["data"][0]["id"]) == (1, record)
    assert shown["relationships"]["conversation"]["data"]["id"] == conversation
    assert (await got(api, path))["data"] == []
    assert (await api.delete(f"{path}/{record}")).status_code == 404
    timeline = await got(api, f"/v1/customers/{customer}/timeline?conversation={conversation}")
    kinds = [one["attributes"]["kind"] for one in timeline["data"]]
    assert kinds[-2:] == ["kobject.linked", "kobject.unlinked"]


async def test_another_customers_record_stays_where_it_is(api: httpx.AsyncClient) -> None:
    _, conversation = await opened(api)
    ben, _ = await opened(api, "Ben")
    record = await trip(api, customer=ben)

    answer = await api.put(f"/v1/conversations/{conversation}/kobjects/{record}")

    assert refusal(answer) == (409, "of_another_customer", "conversation")
    assert (await got(api, f"/v1/conversations/{conversation}/kobjects"))["meta"]["total"] == 0


async def test_a_record_of_a_disabled_klass_is_put_nowhere(api: httpx.AsyncClient) -> None:
    customer, conversation = await opened(api)
    record = await trip(api, customer=customer)
    await api.put("/v1/klasses/trip", json={"status": "disabled"})

    answer = await api.put(f"/v1/conversations/{conversation}/kobjects/{record}")

    assert refusal(answer) == (409, "klass_closed", "klass")


async def test_T23_nothing_of_another_organisation_is_put_anywhere(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient
) -> None:
    _, conversation = await opened(api)
    _, theirs = await opened(foreign)
    record, their_record = await trip(api), await trip(foreign)

    for client, where, what in (
        (api, theirs, record),
        (api, conversation, their_record),
        (foreign, conversation, record),
        (foreign, theirs, record),
    ):
        for method in ("PUT", "DELETE"):
            answer = await client.request(method, f"/v1/conversations/{where}/kobjects/{what}")
            assert answer.status_code == 404
    assert (await foreign.get(f"/v1/conversations/{conversation}/kobjects")).status_code == 404
