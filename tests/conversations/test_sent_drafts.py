"""`POST /v1/customers/{id}/drafts`: how Kustomer's clients send."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created, got, refusal

pytestmark = pytest.mark.anyio


@pytest.fixture
async def conversation(api: httpx.AsyncClient, ana: str) -> str:
    """One of hers."""
    opened = {"customer": ana, "message": {"body": "Hello", "direction": "in"}}
    return str((await created(api, "/v1/conversations", opened))["id"])


async def test_a_draft_is_a_message_that_was_sent(
    api: httpx.AsyncClient, ana: str, conversation: str
) -> None:
    body = {"channel": "chat", "app": "chat", "conversation": conversation, "body": "Hi"}

    answer = await api.post(f"/v1/customers/{ana}/drafts", json=body)

    draft = answer.json()["data"]
    assert (answer.status_code, draft["type"], draft["attributes"]["direction"]) == (200, "draft", "out")
    listed = (await got(api, f"/v1/conversations/{conversation}/messages"))["data"]
    assert (listed[0]["id"], listed[0]["attributes"]["body"]) == (draft["id"], "Hi")


async def test_a_draft_for_agents_is_a_note(api: httpx.AsyncClient, ana: str, conversation: str) -> None:
    draft = await created(
        api, f"/v1/customers/{ana}/drafts", {"channel": "note", "conversation": conversation, "body": "Hm"}
    )

    assert [one["id"] for one in (await got(api, "/v1/notes"))["data"]] == [draft["id"]]
    assert (await got(api, f"/v1/conversations/{conversation}/messages"))["meta"]["total"] == 1


async def test_without_a_conversation_it_opens_one(api: httpx.AsyncClient, ana: str) -> None:
    await created(api, f"/v1/customers/{ana}/drafts", {"body": "Your lamp is here"})

    (opened,) = (await got(api, f"/v1/customers/{ana}/conversations"))["data"]
    assert opened["attributes"]["preview"] == "Your lamp is here"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"body": "x", "channel": "email"}, (409, "email_not_sent", "channel")),
        ({"body": "x", "channel": "sms"}, (400, "badparam", "channel")),
        ({"body": "x", "channel": "note"}, (400, "badparam", "conversation")),
        ({"body": "x", "sendAt": "2999-01-01T00:00:00.000Z"}, (400, "badparam", "sendAt")),
        ({"body": ""}, (400, "badparam", "body")),
        ({"body": "x", "conversation": "f" * 24}, (404, "notfound", None)),
    ],
)
async def test_what_does_not_go_out_is_refused(
    api: httpx.AsyncClient, ana: str, body: dict[str, Any], expected: tuple[int, str, str | None]
) -> None:
    answer = await api.post(f"/v1/customers/{ana}/drafts", json=body)

    assert refusal(answer) == expected
    assert (await got(api, "/v1/conversations"))["data"] == []


async def test_T23_a_draft_stays_with_its_customer_and_organisation(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str, conversation: str
) -> None:
    ben = (await created(api, "/v1/customers", {"name": "Ben"}))["id"]
    body = {"conversation": conversation, "body": "x"}

    for channel in ("chat", "note"):
        other = await api.post(f"/v1/customers/{ben}/drafts", json={**body, "channel": channel})
        theirs = await foreign.post(f"/v1/customers/{ana}/drafts", json={**body, "channel": channel})

        assert refusal(other) == (400, "badparam", "conversation")
        assert refusal(theirs) == (404, "notfound", None)
