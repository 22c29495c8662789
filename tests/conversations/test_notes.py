"""`/v1/notes` in Kustomer's shapes."""

from __future__ import annotations

import httpx
import pytest

from tests.api import created, got, refusal

pytestmark = pytest.mark.anyio


@pytest.fixture
async def conversation(api: httpx.AsyncClient, ana: str) -> str:
    """One of hers."""
    opened = {"customer": ana, "message": {"body": "Hello", "direction": "in"}}
    return str((await created(api, "/v1/conversations", opened))["id"])


async def test_a_note_is_written_and_found_at_its_own_address(
    api: httpx.AsyncClient, ana: str, conversation: str
) -> None:
    note = await created(api, "/v1/notes", {"conversation": conversation, "body": "Be nice"})

    assert (note["type"], note["links"]["self"]) == ("note", f"/v1/notes/{note['id']}")
    assert (await got(api, f"/v1/notes/{note['id']}"))["data"] == note
    assert (await got(api, f"/v1/notes/{note['id']},{'f' * 24}"))["data"] == [note]
    for path in ("/v1/notes", f"/v1/customers/{ana}/notes", f"/v1/conversations/{conversation}/notes"):
        listed = await got(api, path)
        assert (listed["data"], listed["meta"]["total"]) == ([note], 1), path


async def test_what_was_said_to_the_customer_is_no_note(api: httpx.AsyncClient, conversation: str) -> None:
    message = (await got(api, f"/v1/conversations/{conversation}/messages"))["data"][0]["id"]

    assert (await api.get(f"/v1/notes/{message}")).status_code == 404
    assert (await got(api, f"/v1/notes/{message},{message}"))["data"] == []


async def test_T70_an_external_id_is_one_note(api: httpx.AsyncClient, ana: str, conversation: str) -> None:
    path, body = f"/v1/conversations/{conversation}/notes", {"body": "Be nice", "externalId": "n-1"}
    first, again = await api.post(path, json=body), await api.post(path, json=body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert first.json()["data"]["attributes"]["externalId"] == "n-1"
    assert (await got(api, "/v1/notes/externalId=n-1"))["data"]["id"] == first.json()["data"]["id"]
    assert (await api.get("/v1/messages/externalId=n-1")).status_code == 404
    reused = (409, "message_id_reused", "externalId")
    assert refusal(await api.post(path, json={**body, "body": "Other"})) == reused
    assert refusal(await api.post(f"/v1/customers/{ana}/messages", json=body)) == reused
    elsewhere = await created(api, "/v1/conversations", {"customer": ana, "message": {"body": "Hi"}})
    assert refusal(await api.post(f"/v1/conversations/{elsewhere['id']}/notes", json=body)) == reused
    assert (await got(api, "/v1/notes"))["meta"]["total"] == 1


async def test_a_customers_notes_come_newest_first_from_all_conversations(
    api: httpx.AsyncClient, ana: str, conversation: str
) -> None:
    other = (await created(api, "/v1/conversations", {"customer": ana, "message": {"body": "Hi"}}))["id"]
    made = [
        (await created(api, f"/v1/conversations/{id}/notes", {"body": "Look"}))["id"]
        for id in (conversation, other, conversation)
    ]

    first = await got(api, f"/v1/customers/{ana}/notes?pageSize=2")
    second = await got(api, f"/v1/customers/{ana}/notes?pageSize=2&page=2")

    assert [one["id"] for one in (*first["data"], *second["data"])] == made[::-1]
    assert (first["meta"]["total"], second["links"]["next"]) == (3, None)


async def test_T23_notes_of_another_organisation_are_not_there(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str, conversation: str
) -> None:
    note = await created(api, f"/v1/conversations/{conversation}/notes", {"body": "x", "externalId": "n-1"})

    for answer in (
        await foreign.get(f"/v1/notes/{note['id']}"),
        await foreign.get("/v1/notes/externalId=n-1"),
        await foreign.get(f"/v1/customers/{ana}/notes"),
        await foreign.post("/v1/notes", json={"conversation": conversation, "body": "x"}),
    ):
        assert refusal(answer) == (404, "notfound", None)
    assert (await got(foreign, "/v1/notes"))["data"] == []
