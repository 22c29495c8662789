"""One id for what was said in chat and for what came by e-mail: the second is refused, for it would be lost."""

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
