"""One id for two things that were said: the second is refused, for it would be lost."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import Tenant, created, refusal

SAID: dict[str, Any] = {"body": "Thanks", "direction": "in"}


@pytest.fixture
async def chat(api: httpx.AsyncClient, acme: Tenant) -> str:
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    made = await created(api, "/v1/conversations", {"customer": ana, "message": SAID})
    return str(made["id"])


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["clientId", "externalId"])
async def test_T70_an_email_with_the_id_of_a_chat_message_is_refused(
    api: httpx.AsyncClient, chat: str, name: str
) -> None:
    path, said = f"/v1/conversations/{chat}/messages", {**SAID, name: "17"}
    email = {**said, "channel": "email", "subject": "Order 17", "meta": {"from": "ana@example.com"}}
    first, again = await api.post(path, json=said), await api.post(path, json=said)

    other = await api.post(path, json=email)

    assert (first.status_code, again.status_code) == (201, 200)
    parameter = "id" if name == "clientId" else name
    assert refusal(other) == (409, "message_id_reused", parameter)


@pytest.mark.anyio
async def test_T70_a_chat_message_with_the_id_of_an_email_is_refused(
    api: httpx.AsyncClient, chat: str
) -> None:
    path, said = f"/v1/conversations/{chat}/messages", {**SAID, "externalId": "17"}
    email = {**said, "channel": "email"}
    first, again = await api.post(path, json=email), await api.post(path, json=email)

    assert (first.status_code, again.status_code) == (201, 200)
    assert refusal(await api.post(path, json=said)) == (409, "message_id_reused", "externalId")


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["clientId", "externalId"])
async def test_T70_the_same_words_the_other_way_are_another_message(
    api: httpx.AsyncClient, chat: str, name: str
) -> None:
    path, said = f"/v1/conversations/{chat}/messages", {**SAID, name: "17"}
    first = await api.post(path, json=said)

    other = await api.post(path, json={**said, "direction": "out"})

    assert first.status_code == 201
    parameter = "id" if name == "clientId" else name
    assert refusal(other) == (409, "message_id_reused", parameter)
    assert await count(api, chat) == 2


@pytest.mark.anyio
async def test_T70_what_stands_in_another_conversation_is_not_said_to_be_in_this_one(
    api: httpx.AsyncClient, chat: str
) -> None:
    first = await created(api, f"/v1/conversations/{chat}/messages", {**SAID, "externalId": "17"})
    customer = first["relationships"]["customer"]["data"]["id"]
    opened = await created(api, "/v1/conversations", {"customer": customer, "message": SAID})
    said = {**SAID, "externalId": "17"}

    there = await api.post(f"/v1/conversations/{opened['id']}/messages", json=said)
    nowhere = await api.post("/v1/messages", json={**said, "conversation": "f" * 24})
    again = await api.post("/v1/messages", json={**said, "customer": customer})

    assert refusal(there) == (409, "message_id_reused", "externalId")
    assert nowhere.status_code == 404
    assert (again.status_code, again.json()["data"]["id"]) == (200, first["id"])
    assert (await count(api, opened["id"]), await count(api, chat)) == (1, 2)


@pytest.mark.anyio
async def test_T70_an_external_id_of_a_message_to_somebody_else_is_refused_by_its_name(
    api: httpx.AsyncClient, chat: str
) -> None:
    await created(api, f"/v1/conversations/{chat}/messages", {**SAID, "externalId": "17"})
    ben = (await created(api, "/v1/customers", {"name": "Ben"}))["id"]

    other = await api.post("/v1/messages", json={**SAID, "externalId": "17", "customer": ben})

    assert refusal(other) == (409, "message_id_reused", "externalId")


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["clientId", "externalId"])
async def test_T70_a_conversation_that_is_opened_again_is_the_first(
    api: httpx.AsyncClient, chat: str, name: str
) -> None:
    ben = (await created(api, "/v1/customers", {"name": "Ben"}))["id"]
    body = {"customer": ben, "message": {**SAID, name: "17"}}

    first, again = [await api.post("/v1/conversations", json=body) for _ in range(2)]

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


async def count(api: httpx.AsyncClient, conversation: str) -> int:
    total = (await api.get(f"/v1/conversations/{conversation}/messages")).json()["meta"]["total"]
    return int(total)
