"""Everything known of a customer, in order, both ways."""

from __future__ import annotations

from typing import Any

import httpx
import msgspec
import pytest

from kithdesk import conversations, customers
from kithdesk.conversations import ConversationId, Sent
from kithdesk.core.actors import Actor, system
from kithdesk.core.desk import Desk
from kithdesk.customers import CustomerId, Identity, VisitorId
from kithdesk.timeline import read_timeline
from tests.api import Tenant, created, got, refusal

pytestmark = pytest.mark.anyio

BROWSER = VisitorId("e" * 24)


@pytest.fixture
async def ana(api: httpx.AsyncClient) -> str:
    return str((await created(api, "/v1/customers", {"name": "Ana"}))["id"])


async def talk(api: httpx.AsyncClient, customer: str, messages: int) -> str:
    """A conversation with so many messages of the customer."""
    first = await created(api, f"/v1/customers/{customer}/messages", {"body": "m1", "direction": "in"})
    conversation = str(first["relationships"]["conversation"]["data"]["id"])
    for number in range(2, messages + 1):
        await created(
            api, f"/v1/conversations/{conversation}/messages", {"body": f"m{number}", "direction": "in"}
        )
    return conversation


def kinds(document: dict[str, Any]) -> list[str]:
    return [entry["attributes"]["kind"] for entry in document["data"]]


def bodies(document: dict[str, Any]) -> list[str]:
    return [
        entry["attributes"]["data"]["message"]["body"]
        for entry in document["data"]
        if entry["attributes"]["kind"] == "message.created"
    ]


async def test_a_timeline_tells_what_happened(api: httpx.AsyncClient, ana: str) -> None:
    conversation = await talk(api, ana, 1)
    note = await created(api, f"/v1/conversations/{conversation}/notes", {"body": "Careful"})
    await api.post(f"/v1/conversations/{conversation}/tags", json=["vip"])

    answer = await api.get(f"/v1/customers/{ana}/timeline")

    document = answer.json()
    assert kinds(document) == [
        "customer.created",
        "conversation.opened",
        "message.created",
        "note.created",
        "conversation.updated",
    ]
    entry = document["data"][3]
    assert (entry["type"], entry["attributes"]["conversation"]) == ("timeline_entry", conversation)
    assert entry["attributes"]["data"]["message"]["id"] == note["id"]
    assert entry["attributes"]["actor"]["type"] == "machine"
    positions = [one["attributes"]["position"] for one in document["data"]]
    assert positions == sorted(positions)
    assert int(answer.headers["X-Kithdesk-Position"]) >= positions[-1]
    assert (document["meta"], document["links"]["next"], document["links"]["prev"]) == (
        {"pageSize": 50, "more": False},
        None,
        None,
    )


async def test_it_pages_back_to_the_beginning_and_forth_to_the_end(api: httpx.AsyncClient, ana: str) -> None:
    await talk(api, ana, 7)
    path: str | None = f"/v1/customers/{ana}/timeline?pageSize=3"
    back: list[str] = []
    pages = []

    while path is not None:
        document = await got(api, path)
        back = [entry["id"] for entry in document["data"]] + back
        pages.append(document)
        path = document["links"]["prev"]
    path, forth = pages[-1]["links"]["next"], [entry["id"] for entry in pages[-1]["data"]]
    while path is not None:
        document = await got(api, path)
        forth += [entry["id"] for entry in document["data"]]
        path = document["links"]["next"]

    assert bodies(pages[0]) == ["m5", "m6", "m7"]
    assert [page["meta"]["more"] for page in pages] == [True, True, False]
    assert len(back) == 9
    assert forth == back


async def test_one_conversation_of_several(api: httpx.AsyncClient, ana: str) -> None:
    first, _second = await talk(api, ana, 2), await talk(api, ana, 3)

    document = await got(api, f"/v1/customers/{ana}/timeline?conversation={first}&pageSize=1")

    assert bodies(document) == ["m2"]
    assert f"conversation={first}" in document["links"]["prev"]


async def write_as_nobody(desk: Desk, acme: Tenant) -> tuple[CustomerId, Sent]:
    """A visitor who has not logged in writes: their record, and the message."""
    visitor = Actor(organisation=acme.id, type="customer", author=BROWSER)
    customer = (await desk.run(customers.customer_of_visitor, BROWSER, by=visitor)).value
    sent = await desk.run(
        conversations.receive,
        conversation=None,
        new_conversation="n1",
        customer=customer,
        author=BROWSER,
        client_id="m1",
        body="anonymous",
        by=msgspec.structs.replace(visitor, id=customer),
    )
    return customer, sent.value


async def log_in(desk: Desk, acme: Tenant) -> None:
    """The same visitor turns out to be Ana."""
    visitor = Actor(organisation=acme.id, type="customer", author=BROWSER)
    await desk.run(conversations.identify, BROWSER, Identity("email", "ana@acme.test"), by=visitor)


async def test_a_login_brings_the_anonymous_past_along(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    known = str((await created(api, "/v1/customers", {"emails": [{"email": "ana@acme.test"}]}))["id"])
    await talk(api, known, 1)
    customer, sent = await write_as_nobody(desk, acme)
    await log_in(desk, acme)
    await talk(api, known, 1)

    document = await got(api, f"/v1/customers/{known}/timeline")

    assert bodies(document) == ["m1", "anonymous", "m1"]
    assert "customer.merged" in kinds(document)
    assert (await got(api, f"/v1/customers/{customer}/timeline"))["data"] == document["data"]
    assert bodies(await got(api, f"/v1/customers/{known}/timeline?conversation={sent.conversation}")) == [
        "anonymous"
    ]


async def test_a_login_shows_on_the_conversation_and_names_what_was_said_before(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant
) -> None:
    body = {"name": "Ana", "emails": [{"email": "ana@acme.test"}]}
    known = str((await created(api, "/v1/customers", body))["id"])
    customer, sent = await write_as_nobody(desk, acme)
    conversation = sent.conversation
    assert sent.message["sentBy"]["displayName"].startswith("Visitor ")

    await log_in(desk, acme)
    await api.patch(f"/v1/customers/{known}", json={"name": "Ana Lee"})

    document = await got(api, f"/v1/customers/{known}/timeline?conversation={conversation}")
    assert kinds(document) == [
        "conversation.opened",
        "message.created",
        "conversation.identified",
        "conversation.updated",
    ]
    said, identified, updated = (entry["attributes"] for entry in document["data"][1:])
    assert said["actor"]["displayName"] == said["data"]["message"]["sentBy"]["displayName"] == "Ana Lee"
    assert identified["data"] == {"conversation": conversation, "customer": known, "from": customer}
    assert updated["data"]["changes"] == {"signedIn": {"before": False, "after": True}}
    [message] = (await got(api, f"/v1/conversations/{conversation}/messages"))["data"]
    assert message["attributes"]["sentBy"]["displayName"] == "Ana Lee"


async def test_what_is_beside_the_timeline_is_not_on_it(
    api: httpx.AsyncClient, desk: Desk, acme: Tenant, ana: str
) -> None:
    conversation = await talk(api, ana, 1)
    message = (await got(api, f"/v1/conversations/{conversation}/messages"))["data"][0]["id"]

    await api.put(f"/v1/conversations/{conversation}/read/{message}")

    head = await desk.head(acme.id)
    entries = await desk.read(read_timeline, customers.CustomerId(ana), limit=10, by=system(acme.id))
    assert entries.value.found[-1].position < head


@pytest.mark.parametrize(
    "query", ["?before=1&after=1", "?before=-1", "?after=x", "?pageSize=0", "?pageSize=101"]
)
async def test_a_wrong_place_is_refused(api: httpx.AsyncClient, ana: str, query: str) -> None:
    assert refusal(await api.get(f"/v1/customers/{ana}/timeline{query}"))[:2] == (400, "badparam")


async def test_T69_before_the_beginning_and_after_the_end_is_nothing(
    api: httpx.AsyncClient, ana: str
) -> None:
    for query in ("?before=0", "?after=4611686018427387904"):
        document = await got(api, f"/v1/customers/{ana}/timeline{query}")
        assert (document["data"], document["meta"]["more"]) == ([], False)


async def test_T22_T17_only_ones_own(api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str) -> None:
    conversation = await talk(api, ana, 1)
    ben = str((await created(api, "/v1/customers", {"name": "Ben"}))["id"])

    for client, path in (
        (foreign, f"/v1/customers/{ana}/timeline"),
        (api, f"/v1/customers/{'f' * 24}/timeline"),
        (api, f"/v1/customers/{ben}/timeline?conversation={ConversationId(conversation)}"),
        (api, f"/v1/customers/{ben}/timeline?conversation=x"),
        (api, "/v1/customers/x/timeline"),
    ):
        assert refusal(await client.get(path)) == (404, "notfound", None)
