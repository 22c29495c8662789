"""E-mails that were sent elsewhere and are recorded: what of them is kept, and that nobody believes one goes out."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created, got, refusal

pytestmark = pytest.mark.anyio


META = {
    "from": "ana@example.com",
    "to": [{"email": "hello@shop.example", "name": "The shop"}, "desk@shop.example"],
    "cc": "ben@example.com",
}


EMAIL = {
    "channel": "email",
    "direction": "in",
    "subject": "Flying with a stove",
    "body": "Hello,\n\nmay I?\n\nAna",
    "meta": META,
}


async def test_an_email_is_recorded_in_kustomers_shape(api: httpx.AsyncClient, ana: str) -> None:
    made = await created(api, f"/v1/customers/{ana}/messages", EMAIL)

    shown = (await got(api, f"/v1/messages/{made['id']}"))["data"]["attributes"]
    assert shown == made["attributes"]
    assert (shown["channel"], shown["subject"], shown["body"]) == ("email", EMAIL["subject"], EMAIL["body"])
    assert shown["meta"] == {
        "attachmentNum": 0,
        "subject": "Flying with a stove",
        "from": "ana@example.com",
        "fromName": None,
        "to": [
            {"email": "hello@shop.example", "name": "The shop"},
            {"email": "desk@shop.example", "name": None},
        ],
        "cc": [{"email": "ben@example.com", "name": None}],
        "bcc": [],
    }


async def test_a_conversation_that_an_email_opens_is_held_by_email_and_called_as_it_is(
    api: httpx.AsyncClient, ana: str
) -> None:
    made = await created(api, "/v1/conversations", {"customer": ana, "message": EMAIL})

    shown = made["attributes"]
    assert (shown["name"], shown["channels"], shown["replyChannel"]) == (
        "Flying with a stove",
        ["email"],
        "email",
    )
    assert shown["lastMessageIn"]["channel"] == "email"
    answer = await created(api, f"/v1/conversations/{made['id']}/messages", {"body": "You may."})
    assert answer["attributes"]["channel"] == "email"


async def test_an_email_in_a_chat_makes_two_channels_of_it(api: httpx.AsyncClient, ana: str) -> None:
    chat = await created(api, "/v1/conversations", {"customer": ana, "message": {"body": "Hi"}})
    path = f"/v1/conversations/{chat['id']}"

    for _ in range(2):
        await created(api, f"{path}/messages", EMAIL)
    again = await created(api, f"{path}/messages", {"body": "Back in chat"})

    shown = (await got(api, path))["data"]["attributes"]
    assert (shown["channels"], shown["replyChannel"]) == (["chat", "email"], "chat")
    assert shown["lastMessageIn"]["channel"] == "email"
    assert again["attributes"]["channel"] == "chat"
    customer = (await got(api, f"/v1/customers/{ana}"))["data"]["attributes"]
    assert customer["lastMessageIn"]["channel"] == "email"


async def test_a_subject_alone_is_something_said(api: httpx.AsyncClient, ana: str) -> None:
    made = await created(api, "/v1/conversations", {"customer": ana, "message": {**EMAIL, "body": ""}})
    blank = {**EMAIL, "subject": " \t", "body": ""}

    assert made["attributes"]["preview"] == "Flying with a stove"
    refused = await api.post(f"/v1/customers/{ana}/messages", json=blank)
    assert refusal(refused) == (400, "badparam", "body")


@pytest.mark.parametrize("name", ["clientId", "externalId"])
async def test_T70_an_email_is_repeated_by_its_id_and_another_one_is_refused(
    api: httpx.AsyncClient, ana: str, name: str
) -> None:
    path, email = f"/v1/customers/{ana}/messages", {**EMAIL, name: "mail-1"}
    first, again = await api.post(path, json=email), await api.post(path, json=email)
    changed: list[dict[str, Any]] = [{"subject": "Other"}, {"meta": {}}]
    others = [await api.post(path, json=email | other) for other in changed]

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    parameter = "id" if name == "clientId" else name
    assert [refusal(other) for other in others] == [(409, "message_id_reused", parameter)] * 2


@pytest.mark.parametrize(
    "subject",
    ["Hello\r\nBcc: all@example.com", "Hello\nBcc: all@example.com", "Hello\u2028Bcc: all@example.com"],
)
async def test_T40_a_subject_is_one_line(api: httpx.AsyncClient, ana: str, subject: str) -> None:
    made = await created(api, f"/v1/customers/{ana}/messages", {**EMAIL, "subject": subject})

    assert made["attributes"]["subject"] == "Hello Bcc: all@example.com"


async def test_T47_names_and_subjects_lose_what_turns_them_around(api: httpx.AsyncClient, ana: str) -> None:
    meta = {"from": {"email": "ana@example.com", "name": "Ana\u202egnp.exe"}}
    made = await created(
        api, f"/v1/customers/{ana}/messages", {**EMAIL, "subject": "In\u202evoice", "meta": meta}
    )

    assert made["attributes"]["subject"] == "In voice"
    assert made["attributes"]["meta"]["fromName"] == "Ana gnp.exe"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"meta": {"from": "nobody"}}, "meta.from"),
    ({"meta": {"to": ["ana@example.com\r\nBcc: all@example.com"]}}, "meta.to"),
    ({"meta": {"to": "ana@exam\u200bple.com"}}, "meta.to"),
    ({"meta": {"cc": {"email": "a b@example.com"}}}, "meta.cc"),
    ({"meta": {"bcc": ["ana@example.com\x01"]}}, "meta.bcc"),
    ({"meta": {"to": [f"n{n}@example.com" for n in range(51)]}}, "meta.to"),
    ({"subject": "x" * 999}, "subject"),
]


@pytest.mark.parametrize(("wrong", "parameter"), WRONG)
async def test_T40_what_cannot_be_kept_is_refused_by_its_name(
    api: httpx.AsyncClient, ana: str, wrong: dict[str, Any], parameter: str
) -> None:
    answer = await api.post(f"/v1/customers/{ana}/messages", json={**EMAIL, **wrong})

    assert refusal(answer) == (400, "badparam", parameter)
    assert (await got(api, "/v1/conversations"))["meta"]["total"] == 0


@pytest.mark.parametrize(
    ("more", "parameter"), [({"subject": "Re: Hi"}, "subject"), ({"meta": META}, "meta")]
)
async def test_a_chat_has_no_subject_and_no_addresses(
    api: httpx.AsyncClient, ana: str, more: dict[str, Any], parameter: str
) -> None:
    answer = await api.post(f"/v1/customers/{ana}/messages", json={"body": "Hi", **more})

    assert refusal(answer) == (400, "badparam", parameter)


async def test_what_is_said_in_chat_is_not_said_where_it_was_by_email(
    api: httpx.AsyncClient, ana: str
) -> None:
    made = await created(api, "/v1/conversations", {"customer": ana, "message": EMAIL})

    answer = await api.post(
        f"/v1/conversations/{made['id']}/messages", json={"body": "Hi", "channel": "chat", "direction": "in"}
    )

    assert refusal(answer) == (409, "not_a_chat", "channel")


async def test_an_email_of_last_year_stands_there(api: httpx.AsyncClient, ana: str) -> None:
    made = await created(
        api,
        "/v1/conversations",
        {"customer": ana, "message": {**EMAIL, "sentAt": "2021-01-01T10:00:00.000Z", "externalId": "mail-1"}},
    )

    assert made["attributes"]["createdAt"] == "2021-01-01T10:00:00.000Z"
    timeline = (await got(api, f"/v1/customers/{ana}/timeline"))["data"]
    said = next(one for one in timeline if one["attributes"]["kind"] == "message.created")
    message = said["attributes"]["data"]["message"]
    assert (message["sentAt"], message["email"]["subject"]) == (
        "2021-01-01T10:00:00.000Z",
        "Flying with a stove",
    )
    assert message["email"]["from"] == {"email": "ana@example.com", "name": None}
