"""What the doors of conversations refuse, and to whom."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import customers
from kithdesk.conversations.errors import NotYoursToSay
from kithdesk.conversations.recording import Words, record_message
from kithdesk.core.actors import Actor, ActorType, system
from kithdesk.core.desk import Desk
from tests.api import Ask, Tenant, created, got, refusal
from tests.conversations.writing import write

pytestmark = pytest.mark.anyio


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
