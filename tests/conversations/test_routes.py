"""`/v1/conversations`, `/v1/messages`, `/v1/tags` in Kustomer's shapes."""

from __future__ import annotations

import httpx
import pytest

from kithdesk import conversations
from kithdesk.conversations import ConversationId
from kithdesk.core.actors import Actor
from kithdesk.core.desk import Desk
from tests.api import Ask, Tenant, created, declare, got, refusal
from tests.conversations.writing import write

pytestmark = pytest.mark.anyio


ATTRIBUTES = [
    "name",
    "preview",
    "channels",
    "status",
    "open",
    "snooze",
    "messageCount",
    "inboundMessageCount",
    "outboundMessageCount",
    "noteCount",
    "satisfaction",
    "satisfactionLevel",
    "createdAt",
    "updatedAt",
    "modifiedAt",
    "importedAt",
    "lastActivityAt",
    "lastReceivedAt",
    "lastMessageAt",
    "spam",
    "ended",
    "endedAt",
    "endedReason",
    "endedByType",
    "tags",
    "suggestedTags",
    "suggestedShortcuts",
    "predictions",
    "firstMessageIn",
    "firstMessageOut",
    "lastMessageIn",
    "lastMessageOut",
    "lastMessageUnrespondedTo",
    "lastMessageUnrespondedToSinceLastDone",
    "assignedUsers",
    "assignedTeams",
    "firstCompany",
    "firstResponse",
    "firstResponseSinceLastDone",
    "lastResponse",
    "firstDone",
    "lastDone",
    "doneCount",
    "reopenCount",
    "reopenFromDoneCount",
    "snoozeCount",
    "direction",
    "lastMessageDirection",
    "replyChannel",
    "custom",
    "rev",
    "priority",
    "defaultLang",
    "locale",
    "totalOpen",
    "totalSnooze",
    "totalDone",
    "modificationHistory",
    "assistant",
    "phase",
    "matchedTimeBasedRules",
    "externalId",
    "externalQueue",
    "sla",
    "attribution",
    "skills",
    "lastDeflection",
    "linkedConversations",
    "mergedTarget",
    "pinned",
    "roleGroupVersions",
    "accessOverride",
    "customerName",
    "context",
]


MESSAGE_ATTRIBUTES = [
    "channel",
    "app",
    "subject",
    "preview",
    "size",
    "direction",
    "directionType",
    "status",
    "error",
    "auto",
    "source",
    "sentAt",
    "createdAt",
    "updatedAt",
    "modifiedAt",
    "externalId",
    "redacted",
    "responseTime",
    "assignedTeams",
    "assignedUsers",
    "createdByTeams",
    "rev",
    "reactions",
    "firstDelivered",
    "firstRead",
    "intentDetections",
    "lang",
    "meta",
    "body",
    "clientId",
]


async def test_a_conversation_in_kustomers_shape(api: httpx.AsyncClient, acme: Tenant, ana: str) -> None:
    id, message = await write(api, ana, "Where is my lamp?")
    await created(api, f"/v1/conversations/{id}/messages", {"body": "On its way"})

    shown = (await got(api, f"/v1/conversations/{id}"))["data"]

    attributes = shown["attributes"]
    assert set(ATTRIBUTES) <= attributes.keys()
    assert (attributes["customerName"], attributes["preview"], attributes["messageCount"]) == (
        "Ana",
        "On its way",
        2,
    )
    assert attributes["firstMessageIn"]["id"] == message
    assert attributes["firstResponse"]["createdBy"] == shown["attributes"]["lastMessageOut"]["createdBy"]
    assert shown["relationships"]["customer"]["data"] == {"type": "customer", "id": ana}
    assert shown["relationships"]["createdBy"]["data"] == {"type": "customer", "id": ana}
    assert shown["relationships"]["org"]["data"]["id"] == acme.id


async def test_messages_and_notes_of_a_conversation(api: httpx.AsyncClient, ana: str) -> None:
    id, first = await write(api, ana)
    reply = await created(
        api, f"/v1/conversations/{id}/messages", {"preview": "Hi", "clientId": "r1", "channel": "chat"}
    )
    note = await created(api, f"/v1/conversations/{id}/notes", {"body": "Be nice"})

    messages = await got(api, f"/v1/conversations/{id}/messages?pageSize=1")
    notes = await got(api, f"/v1/conversations/{id}/notes")

    assert [one["id"] for one in messages["data"]] == [reply["id"]]
    assert (messages["meta"]["total"], messages["links"]["prev"]) == (2, None)
    assert "page=2" in messages["links"]["next"]
    assert set(MESSAGE_ATTRIBUTES) <= reply["attributes"].keys()
    assert (reply["attributes"]["body"], reply["attributes"]["directionType"]) == ("Hi", "response-out")
    assert [(one["id"], one["type"]) for one in notes["data"]] == [(note["id"], "note")]
    assert (await got(api, f"/v1/messages/{first}"))["data"]["id"] == first
    everything = await got(api, "/v1/messages")
    assert ([one["id"] for one in everything["data"]], everything["meta"]["total"]) == (
        [reply["id"], first],
        2,
    )
    assert (await got(api, f"/v1/customers/{ana}/messages"))["meta"]["total"] == 2
    assert [one["id"] for one in (await got(api, f"/v1/customers/{ana}/conversations"))["data"]] == [id]


async def test_T70_a_message_is_repeated_by_its_client_id(api: httpx.AsyncClient, ana: str) -> None:
    path, body = f"/v1/customers/{ana}/messages", {"body": "Hello", "direction": "in", "clientId": "c1"}
    first, again = await api.post(path, json=body), await api.post(path, json=body)
    other = await api.post(path, json={**body, "body": "Bye"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert refusal(other) == (409, "message_id_reused", "id")
    assert (await got(api, "/v1/conversations"))["meta"]["total"] == 1


async def test_T70_an_external_id_is_one_message(api: httpx.AsyncClient, ana: str) -> None:
    id, _ = await write(api, ana)
    path = f"/v1/conversations/{id}/messages"
    first = await api.post(path, json={"body": "Imported", "externalId": "x-1"})
    again = await api.post(path, json={"body": "Imported", "externalId": "x-1"})

    assert again.json()["data"]["id"] == first.json()["data"]["id"]
    assert refusal(await api.post(path, json={"body": "Other", "externalId": "x-1"})) == (
        409,
        "message_id_reused",
        "externalId",
    )
    assert (await got(api, "/v1/messages/externalId=x-1"))["data"]["id"] == first.json()["data"]["id"]
    assert (await got(api, path))["meta"]["total"] == 2


async def test_an_import_says_when_and_keeps_the_order(
    ask: Ask, api: httpx.AsyncClient, acme: Tenant, ana: str
) -> None:
    id, _ = await write(api, ana, "First", sentAt="2021-01-01T10:00:00.000Z")
    path = f"/v1/conversations/{id}/messages"

    late = await api.post(path, json={"body": "Before that", "sentAt": "2020-12-31T10:00:00.000Z"})
    future = await api.post(path, json={"body": "Later", "sentAt": "2999-01-01T10:00:00.000Z"})
    answer = await created(api, path, {"body": "Second", "sentAt": "2021-01-01T10:05:00.000Z"})
    lesser = await ask(acme.lesser_key).post(
        path, json={"body": "Third", "sentAt": "2021-01-02T10:00:00.000Z"}
    )

    assert refusal(late) == (400, "badparam", "sentAt")
    assert refusal(future) == (400, "badparam", "sentAt")
    assert refusal(lesser) == (403, "forbidden", "sentAt")
    assert answer["attributes"]["responseTime"] == 5 * 60_000
    shown = (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]
    assert (shown["createdAt"], shown["messageCount"]) == ("2021-01-01T10:00:00.000Z", 2)


async def test_a_conversation_is_posted_with_its_first_message(api: httpx.AsyncClient, ana: str) -> None:
    await declare(api, "conversation", orderStr="Str")
    body = {
        "customer": ana,
        "name": "Lamp",
        "priority": 4,
        "custom": {"orderStr": "1"},
        "externalId": "e1",
        "message": {"body": "Hi"},
    }

    made = await created(api, "/v1/conversations", body)

    attributes = made["attributes"]
    assert (attributes["name"], attributes["priority"], attributes["direction"]) == ("Lamp", 4, "out")
    assert (await got(api, "/v1/conversations/externalId=e1"))["data"]["id"] == made["id"]
    assert refusal(await api.post("/v1/conversations", json=body)) == (409, "conflict", "externalId")
    assert refusal(await api.post("/v1/conversations", json={"message": {"body": "Hi"}}))[2] == "customer"


async def test_tags_of_a_conversation(api: httpx.AsyncClient, ana: str) -> None:
    id, _ = await write(api, ana)
    urgent = await created(api, "/v1/tags", {"name": "urgent", "color": "#ff0000"})

    tagged = await api.post(f"/v1/conversations/{id}/tags", json=["Urgent", "new"])
    untagged = await api.request("DELETE", f"/v1/conversations/{id}/tags", json=[urgent["id"]])

    assert (tagged.status_code, len(tagged.json()["data"]["attributes"]["tags"])) == (200, 2)
    listed = await got(api, "/v1/tags")
    assert [one["attributes"]["name"] for one in listed["data"]] == ["new", "urgent"]
    assert untagged.json()["data"]["attributes"]["tags"] == [listed["data"][0]["id"]]
    assert refusal(await api.post("/v1/tags", json={"name": "URGENT"})) == (409, "conflict", "name")


async def test_drafts_over_http(ask: Ask, api: httpx.AsyncClient, acme: Tenant, ana: str) -> None:
    id, _ = await write(api, ana)
    path = f"/v1/conversations/{id}/drafts/current"
    assert (await got(api, path))["data"] is None

    saved = (await api.put(path, json={"kind": "note", "body": "Perhaps"})).json()["data"]["attributes"]
    stale = await api.put(path, json={"kind": "note", "body": "No", "revision": 0})

    assert (saved["revision"], saved["kind"]) == (1, "note")
    assert refusal(stale) == (409, "draft_changed", "revision")
    assert (await got(api, path))["data"]["attributes"]["body"] == "Perhaps"
    assert (await got(ask(acme.lesser_key), path))["data"] is None
    assert (await api.delete(path)).status_code == 204
    assert (await got(api, path))["data"] is None


async def test_read_marks_over_http(api: httpx.AsyncClient, ana: str) -> None:
    id, message = await write(api, ana)

    assert (await api.put(f"/v1/conversations/{id}/read/{message}")).status_code == 204

    assert (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]["unreadCount"] == 0
    assert (await api.put(f"/v1/conversations/{id}/read/{'f' * 24}")).status_code == 404


async def test_who_ended_it_is_a_user_or_the_customer(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant, ana: str
) -> None:
    """To Kustomer's clients programs are users."""
    id, _ = await write(api, ana)
    by = Actor(organisation=acme.id, type="machine", id=acme.admin, author=acme.admin)

    await desk.run(conversations.end, ConversationId(id), by=by)

    assert (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]["endedByType"] == "user"
