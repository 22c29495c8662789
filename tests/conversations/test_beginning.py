"""Programs that know Kustomer open a conversation first and say something in it afterwards."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kithdesk import conversations, customers
from kithdesk.conversations import Opening
from kithdesk.conversations.errors import NotYoursToSay
from tests.api import Ask, Tenant, created, got, refusal
from tests.make import Make, WorkAs

pytestmark = pytest.mark.anyio


async def test_a_conversation_begins_empty(api: httpx.AsyncClient, ana: str) -> None:
    made = await created(api, "/v1/conversations", {"customer": ana, "name": "Lamp", "externalId": "e1"})

    shown = made["attributes"]
    assert (shown["name"], shown["status"], shown["direction"]) == ("Lamp", "open", "out")
    assert (shown["messageCount"], shown["preview"], shown["lastMessageAt"]) == (0, None, None)
    assert (shown["channels"], shown["firstMessageIn"]) == (["chat"], None)
    assert made["relationships"]["customer"]["data"]["id"] == ana
    assert (await got(api, "/v1/conversations/externalId=e1"))["data"]["id"] == made["id"]
    again = await api.post("/v1/conversations", json={"customer": ana, "externalId": "e1"})
    assert refusal(again) == (409, "conflict", "externalId")


async def test_what_its_customer_says_first_answers_the_company(api: httpx.AsyncClient, ana: str) -> None:
    id = (await created(api, "/v1/conversations", {"customer": ana}))["id"]

    said = await created(api, f"/v1/conversations/{id}/messages", {"body": "Hello", "direction": "in"})
    answer = await created(api, f"/v1/conversations/{id}/messages", {"body": "Hi"})

    types = [one["attributes"]["directionType"] for one in (said, answer)]
    assert types == ["response-in", "response-out"]
    shown = (await got(api, f"/v1/conversations/{id}"))["data"]["attributes"]
    assert (shown["messageCount"], shown["firstMessageIn"]["id"]) == (2, said["id"])


async def test_what_its_customer_says_first_in_what_they_began_is_the_first(
    api: httpx.AsyncClient, ana: str
) -> None:
    id = (await created(api, "/v1/conversations", {"customer": ana, "direction": "in"}))["id"]

    said = await created(api, f"/v1/conversations/{id}/messages", {"body": "Hello", "direction": "in"})

    assert said["attributes"]["directionType"] == "initial-in"


async def test_the_companys_first_words_in_it_are_the_first(api: httpx.AsyncClient, ana: str) -> None:
    id = (await created(api, "/v1/conversations", {"customer": ana}))["id"]

    said = await created(api, f"/v1/conversations/{id}/messages", {"body": "Your lamp is here"})

    assert said["attributes"]["directionType"] == "initial-out"


async def test_a_customers_conversation_is_opened_under_their_path(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str
) -> None:
    tag = await created(api, "/v1/tags", {"name": "urgent"})
    body = {"name": "Lamp", "priority": 5, "tags": [tag["id"]], "status": "done"}

    made = await created(api, f"/v1/customers/{ana}/conversations", body)

    shown = made["attributes"]
    assert (shown["priority"], shown["tags"], shown["status"]) == (5, [tag["id"]], "done")
    assert [one["id"] for one in (await got(api, f"/v1/customers/{ana}/conversations"))["data"]] == [
        made["id"]
    ]
    for path in (f"/v1/customers/{ana}/conversations", f"/v1/customers/{'f' * 24}/conversations"):
        assert refusal(await foreign.post(path, json={})) == (404, "notfound", None)


async def test_one_of_the_past_says_when_it_began(
    ask: Ask, api: httpx.AsyncClient, acme: Tenant, ana: str
) -> None:
    path, when = f"/v1/customers/{ana}/conversations", "2021-01-01T10:00:00.000Z"

    lesser = await ask(acme.lesser_key).post(path, json={"createdAt": when})
    future = await api.post(path, json={"createdAt": "2999-01-01T10:00:00.000Z"})
    made = await created(api, path, {"createdAt": when})
    said = await created(
        api, f"/v1/conversations/{made['id']}/messages", {"body": "Hello", "direction": "in", "sentAt": when}
    )

    assert refusal(lesser) == (403, "forbidden", "createdAt")
    assert refusal(future) == (400, "badparam", "createdAt")
    assert (made["attributes"]["createdAt"], said["attributes"]["sentAt"]) == (when, when)


async def test_one_held_by_email_begins_empty_too(api: httpx.AsyncClient, ana: str) -> None:
    made = await created(api, f"/v1/customers/{ana}/conversations", {"channel": "email"})

    said = await created(
        api, f"/v1/conversations/{made['id']}/messages", {"body": "Hello", "direction": "in", "subject": "Hi"}
    )

    assert (made["attributes"]["channels"], said["attributes"]["channel"]) == (["email"], "email")
    chat = {"body": "Hello", "channel": "chat"}
    assert refusal(await api.post(f"/v1/conversations/{made['id']}/messages", json=chat))[1] == "not_a_chat"


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"org": "f" * 24}, "org"),
        ({"status": "snoozed"}, "status"),
        ({"tags": ["f" * 24]}, "tags"),
        ({"custom": {"nothingStr": "x"}}, "nothingStr"),
        ({"priority": "3"}, "priority"),
        ({"priority": True}, "priority"),
        ({"direction": "in", "message": {"body": "x"}}, "direction"),
        ({"channel": "chat", "message": {"body": "x", "channel": "email"}}, "channel"),
        ({"channel": "sms"}, "channel"),
    ],
)
async def test_T24_what_it_cannot_be_is_refused_and_nothing_begins(
    api: httpx.AsyncClient, ana: str, body: dict[str, Any], parameter: str
) -> None:
    answer = await api.post(f"/v1/customers/{ana}/conversations", json=body)

    assert refusal(answer)[::2] == (400, parameter)
    assert (await got(api, "/v1/conversations"))["meta"]["total"] == 0


async def test_a_repeat_by_its_messages_id_changes_nothing(api: httpx.AsyncClient, ana: str) -> None:
    body = {"customer": ana, "status": "done", "message": {"body": "Hello", "clientId": "c1"}}
    first = await api.post("/v1/conversations", json=body)
    id = first.json()["data"]["id"]
    await api.post(f"/v1/conversations/{id}/messages", json={"body": "Me again", "direction": "in"})

    again = await api.post("/v1/conversations", json=body)

    assert (first.status_code, again.status_code, again.json()["data"]["id"]) == (201, 200, id)
    assert again.json()["data"]["attributes"]["status"] == "open"


def test_an_agent_does_not_say_that_the_customer_began(work: WorkAs, make: Make) -> None:
    customer = make.customer("Ana").id

    with work(make.agent()) as own, pytest.raises(NotYoursToSay):
        conversations.begin(own, customer, Opening(direction="in"))


def test_its_customer_hears_of_it_with_what_is_said_to_them(work: WorkAs, make: Make) -> None:
    visitor = make.visitor()
    make.conversation(visitor=visitor)
    known = make.as_customer(visitor)

    def chats() -> int:
        with work(known) as own:
            wanted = conversations.Wanted(customer=customers.CustomerId(known.id or ""))
            return conversations.list_conversations(own, wanted, limit=10, offset=0)[1]

    with work(make.admin()) as own:
        begun = conversations.begin(own, customers.CustomerId(known.id or ""), Opening())
        (opened,) = (one for one in own.published if one.conversation == begun.conversation)
    assert (opened.event.for_visitors(opened), chats()) == (None, 1)

    make.reply(make.seen(begun.conversation), "We have news")

    assert chats() == 2
