"""`/v1/conversations`, `/v1/messages`, `/v1/tags` in Kustomer's shapes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId
from kithdesk.conversations.errors import NotYoursToSay
from kithdesk.conversations.events import Reason
from kithdesk.conversations.recording import Words, record_message
from kithdesk.core.actors import Actor, ActorType, system
from kithdesk.core.clock import ManualClock
from kithdesk.core.desk import Desk
from tests.api import Ask, Tenant, created, declare, got, refusal

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


@pytest.fixture
async def ana(api: httpx.AsyncClient) -> str:
    """A customer of Acme's."""
    return str((await created(api, "/v1/customers", {"name": "Ana"}))["id"])


async def write(api: httpx.AsyncClient, customer: str, body: str = "Hello", **more: Any) -> tuple[str, str]:
    """The customer writes: the conversation's id and the message's."""
    message = {"body": body, "direction": "in", **more}
    made = await created(api, f"/v1/customers/{customer}/messages", message)
    return made["relationships"]["conversation"]["data"]["id"], made["id"]


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


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"body": ""}, 400),
        ({"body": "x", "org": "y"}, 400),
        ({"body": "x", "directionType": "initial-in"}, 400),
        ({"body": "x", "spam": True}, 400),
        ({"body": "x", "createdBy": "y"}, 400),
        ({"body": "x", "channel": "sms"}, 400),
        ({"body": "x", "attachments": ["f" * 24]}, 400),
        ({"body": "x", "conversation": "f" * 24}, 404),
        ({"body": "é" * 20_000}, 413),
    ],
)
async def test_T24_a_wrong_message_is_refused_and_nothing_is_written(
    api: httpx.AsyncClient, ana: str, body: dict[str, Any], status: int
) -> None:
    answer = await api.post(f"/v1/customers/{ana}/messages", json=body)

    assert answer.status_code == status, answer.text
    assert (await got(api, "/v1/conversations"))["meta"]["total"] == 0


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


async def test_lists_are_filtered_sorted_and_counted(
    api: httpx.AsyncClient, desk: Desk, clock: ManualClock, acme: Tenant, ana: str
) -> None:
    made = []
    for number in range(3):
        clock.advance(seconds=1)
        made.append((await write(api, ana, f"Matter {number}"))[0])
    first, second, third = made
    clock.advance(seconds=1)
    queue, by = "c" * 24, system(acme.id)
    await desk.run(
        conversations.record_assignment,
        ConversationId(second),
        queue=queue,
        users=[acme.admin],
        teams=[],
        reason=Reason("by_hand", "Taken"),
        by=by,
    )
    await desk.run(conversations.close, ConversationId(third), by=by)
    await created(api, f"/v1/conversations/{first}/messages", {"body": "Newest"})

    async def ids(query: str) -> list[str]:
        document = await got(api, f"/v1/conversations{query}")
        assert document["meta"]["total"] == len(document["data"])
        return [one["id"] for one in document["data"]]

    assert await ids("") == [first, third, second]
    assert await ids("?sort=lastActivityAt") == [second, third, first]
    assert await ids("?sort=createdAt") == [first, second, third]
    assert await ids("?status=open") == [first, second]
    assert await ids("?status=done") == [third]
    assert await ids("?assignedUser=none&status=open") == [first]
    assert await ids(f"?assignedUser={acme.admin}") == [second]
    assert await ids(f"?queue={queue}") == [second]
    assert await ids(f"?queue={queue}&assignedUser=none") == []
    assert await ids(f"?customer={ana}&status=open") == [first, second]
    counts = (await got(api, "/v1/conversations/counts"))["data"]["attributes"]
    assert counts == {"mine": 0, "unassigned": 1, "all": 2, "done": 1, "snoozed": 0}


@pytest.mark.parametrize(
    "query",
    [
        "?status=closed",
        "?sort=name",
        "?org=x",
        "?queue=x",
        "?assignedUser=me",
        "?page=0",
        "?pageSize=101",
        "?page=1e9",
    ],
)
async def test_T38_an_unknown_filter_or_order_is_refused(api: httpx.AsyncClient, query: str) -> None:
    assert refusal(await api.get(f"/v1/conversations{query}"))[:2] == (400, "badparam")


async def test_a_conversation_shared_by_agents_is_in_each_ones_list(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant, ana: str
) -> None:
    id, _ = await write(api, ana)
    other = "d" * 24

    async def assign(*users: str) -> None:
        await desk.run(
            conversations.record_assignment,
            ConversationId(id),
            queue=None,
            users=list(users),
            teams=[],
            reason=Reason("by_hand", "Taken"),
            by=system(acme.id),
        )

    async def of(user: str) -> int:
        document = await got(api, f"/v1/conversations?assignedUser={user}&status=open")
        assert document["meta"]["total"] == len(document["data"])
        return len(document["data"])

    await assign(acme.admin, other)
    assert (await of(acme.admin), await of(other), await of("none")) == (1, 1, 0)
    await assign(other)
    assert (await of(acme.admin), await of(other), await of("none")) == (0, 1, 0)
    await assign()
    assert (await of(acme.admin), await of(other), await of("none")) == (0, 0, 1)


async def test_drafts_over_http(ask: Ask, api: httpx.AsyncClient, acme: Tenant, ana: str) -> None:
    id, _ = await write(api, ana)
    path = f"/v1/conversations/{id}/drafts/current"
    assert (await got(api, path))["data"] is None

    saved = (await api.put(path, json={"kind": "note", "body": "Perhaps"})).json()["data"]["attributes"]
    stale = await api.put(path, json={"kind": "note", "body": "No", "revision": 0})

    assert (saved["revision"], saved["kind"]) == (1, "note")
    assert refusal(stale) == (409, "conflict", "revision")
    assert (await got(api, path))["data"]["attributes"]["body"] == "Perhaps"
    assert (await got(ask(acme.lesser_key), path))["data"] is None
    assert (await api.delete(path)).status_code == 204
    assert (await got(api, path))["data"] is None


async def test_read_marks_over_http(api: httpx.AsyncClient, ana: str) -> None:
    id, message = await write(api, ana)

    assert (await api.put(f"/v1/conversations/{id}/read/{message}")).status_code == 204

    assert (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]["unreadCount"] == 0
    assert (await api.put(f"/v1/conversations/{id}/read/{'f' * 24}")).status_code == 404


async def test_T22_T23_another_organisation_meets_nothing(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, desk: Desk, ana: str
) -> None:
    id, message = await write(api, ana)
    tag = await created(api, "/v1/tags", {"name": "mine"})
    theirs = (await created(foreign, "/v1/customers", {"name": "Ana"}))["id"]
    before = await desk.head((await got(api, "/v1/orgs/current"))["data"]["id"])
    never = (await foreign.get(f"/v1/conversations/{'f' * 24}")).json()["errors"]

    answers = [
        await foreign.get(f"/v1/conversations/{id}"),
        await foreign.get(f"/v1/conversations/{id}/messages"),
        await foreign.post(f"/v1/conversations/{id}/messages", json={"body": "x"}),
        await foreign.get(f"/v1/conversations/{id}/notes"),
        await foreign.post(f"/v1/conversations/{id}/notes", json={"body": "x"}),
        await foreign.post(f"/v1/conversations/{id}/tags", json=["x"]),
        await foreign.request("DELETE", f"/v1/conversations/{id}/tags", json=["x"]),
        await foreign.get(f"/v1/conversations/{id}/attachments"),
        await foreign.get(f"/v1/conversations/{id}/drafts/current"),
        await foreign.put(f"/v1/conversations/{id}/drafts/current", json={"body": "x"}),
        await foreign.put(f"/v1/conversations/{id}/read/{message}"),
        await foreign.get(f"/v1/messages/{message}"),
        await foreign.get(f"/v1/tags/{tag['id']}"),
        await foreign.get(f"/v1/customers/{ana}/conversations"),
        await foreign.get(f"/v1/customers/{ana}/messages"),
        await foreign.post(f"/v1/customers/{ana}/messages", json={"body": "x"}),
        await foreign.post(f"/v1/customers/{theirs}/messages", json={"body": "x", "conversation": id}),
        await foreign.post("/v1/messages", json={"body": "x", "conversation": id}),
        await foreign.post("/v1/conversations", json={"customer": ana, "message": {"body": "x"}}),
        await foreign.get(f"/v1/customers/{ana}/timeline"),
        await foreign.get(f"/v1/customers/{theirs}/timeline?conversation={id}"),
    ]

    for answer in answers:
        assert (answer.status_code, answer.json()["errors"]) == (404, never), answer.request.url
    assert (await got(foreign, "/v1/conversations"))["data"] == []
    assert (await got(foreign, f"/v1/conversations?customer={ana}"))["data"] == []
    assert (await got(foreign, "/v1/messages"))["data"] == []
    assert (await got(foreign, "/v1/tags"))["data"] == []
    assert (await got(foreign, f"/v1/conversations/{id},{id}"))["data"] == []
    assert await desk.head((await got(api, "/v1/orgs/current"))["data"]["id"]) == before


async def test_T26_a_foreign_id_among_many_is_as_one_that_never_was(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str
) -> None:
    mine, _ = await write(api, ana)
    theirs, _ = await write(foreign, (await created(foreign, "/v1/customers", {}))["id"])

    document = await got(api, f"/v1/conversations/{theirs},{mine},{'f' * 24}")

    assert [one["id"] for one in document["data"]] == [mine]
    assert refusal(await api.get("/v1/conversations/" + ",".join([mine] * 101))) == (400, "badparam", "ids")


@pytest.mark.parametrize(
    "type", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"]
)
async def test_a_body_that_does_not_say_it_is_json_is_unsupported(
    ask: Ask, acme: Tenant, ana: str, type: str | None
) -> None:
    headers = {} if type is None else {"Content-Type": type}
    path, content = f"/v1/customers/{ana}/messages", b'{"body": "Hello"}'

    answer = await ask(acme.key).post(path, content=content, headers=headers)
    strange = await ask().post(path, content=content, headers=headers)

    assert refusal(answer) == (415, "unsupported", None)
    assert refusal(strange) == (401, "unauthorized", None)
    for json in ("application/json; charset=utf-8", "application/vnd.shop+json"):
        sent = await ask(acme.key).post(path, content=content, headers={"Content-Type": json})
        assert sent.status_code == 201


async def test_every_door_for_words_has_the_same_limit(api: httpx.AsyncClient, ana: str) -> None:
    id, _ = await write(api, ana)
    path = f"/v1/conversations/{id}"
    doors = [
        ("POST", f"/v1/customers/{ana}/messages", "body"),
        ("POST", f"{path}/messages", "body"),
        ("POST", f"{path}/messages", "preview"),
        ("POST", f"{path}/notes", "body"),
        ("PUT", f"{path}/drafts/current", "body"),
    ]
    for method, door, field in doors:
        fits = await api.request(method, door, json={field: "ü" * 16_384})
        over = await api.request(method, door, json={field: "ü" * 16_384 + "x"})

        assert fits.status_code in (200, 201), door
        assert refusal(over) == (413, "toolarge", "body"), door


async def test_an_agent_does_not_speak_for_the_customer(desk: Desk, acme: Tenant) -> None:
    def actor(*roles: str, type: ActorType = "user") -> Actor:
        return Actor(
            organisation=acme.id, type=type, id=acme.admin, author=acme.admin, roles=frozenset(roles)
        )

    ana = (await desk.run(customers.create_customer, by=system(acme.id))).value

    with pytest.raises(NotYoursToSay):
        await desk.run(
            record_message, Words(body="I pay", direction="in"), customer=ana, by=actor("org.user")
        )
    for imports in (actor("org.user", type="machine"), actor("org.user", "org.admin")):
        said = await desk.run(record_message, Words(body="Hi", direction="in"), customer=ana, by=imports)
        assert said.value.message["direction"] == "in"
    replied = await desk.run(record_message, Words(body="Hello"), customer=ana, by=actor("org.user"))
    assert replied.value.message["direction"] == "out"


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"body": 5}, "body"),
        ({"body": "x", "attachments": "a"}, "attachments"),
        ({"body": "x", "channel": "email", "meta": {"from": 5}}, "meta.from"),
        ({"body": "x", "channel": "email", "meta": {"to": {"name": "Ana"}}}, "meta.to"),
    ],
)
async def test_a_value_of_another_type_is_refused_by_the_name_of_its_field(
    api: httpx.AsyncClient, ana: str, body: dict[str, Any], parameter: str
) -> None:
    answer = await api.post(f"/v1/customers/{ana}/messages", json=body)

    assert refusal(answer) == (400, "badparam", parameter)
    assert (await got(api, "/v1/conversations"))["meta"]["total"] == 0


async def test_who_ended_it_is_a_user_or_the_customer(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant, ana: str
) -> None:
    """To Kustomer's clients programs are users."""
    id, _ = await write(api, ana)
    by = Actor(organisation=acme.id, type="machine", id=acme.admin, author=acme.admin)

    await desk.run(conversations.end, ConversationId(id), by=by)

    assert (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]["endedByType"] == "user"
