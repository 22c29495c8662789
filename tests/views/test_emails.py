"""E-mails among what is searched and listed: by what they are about, whom they went between, and that they are some."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.api import created

pytestmark = pytest.mark.anyio

Find = Callable[..., Awaitable[list[Any]]]
EMAIL = {
    "channel": "email",
    "direction": "in",
    "subject": "Flying with a stove",
    "body": "Am I allowed to?",
    "meta": {"from": {"email": "ana.work@example.com", "name": "Ana Lima"}, "to": "hello@shop.example"},
}


@pytest.fixture
async def held(api: httpx.AsyncClient) -> dict[str, str]:
    """One conversation in chat, one by e-mail, one in both."""
    ana = (await created(api, "/v1/customers", {"name": "Ana"}))["id"]
    chat, both = {"body": "In chat", "direction": "in"}, {"body": "In both", "direction": "in"}
    made = {
        name: (await created(api, "/v1/conversations", {"customer": ana, "name": name, "message": message}))[
            "id"
        ]
        for name, message in (("chat", chat), ("email", EMAIL), ("both", both))
    }
    other = {**EMAIL, "subject": "Straps", "meta": {}}
    await created(api, f"/v1/conversations/{made['both']}/messages", other)
    return made


async def names(api: httpx.AsyncClient, *criteria: dict[str, Any], context: str = "conversation") -> set[str]:
    body = {"and": list(criteria), "queryContext": context}
    answer = await api.post("/v1/customers/search", json=body)
    assert answer.status_code == 200, answer.text
    key = "name" if context == "conversation" else "subject"
    return {one["attributes"][key] for one in answer.json()["data"]}


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ({"conversation_channels": {"equals": "email"}}, {"email", "both"}),
        ({"conversation_channels": {"equals": "chat"}}, {"chat", "both"}),
        ({"conversation_channels": {"in": ["email"]}}, {"email", "both"}),
        ({"conversation_channels": {"in": ["chat", "email"]}}, {"chat", "email", "both"}),
        ({"conversation_channels": {"not_equals": "email"}}, {"chat"}),
        ({"conversation_channels": {"set": ""}}, {"chat", "email", "both"}),
        ({"conversation_channel": {"equals": "email"}}, {"email"}),
        ({"conversation_reply_channel": {"equals": "chat"}}, {"chat", "both"}),
        ({"message_channel": {"equals": "email"}}, {"email", "both"}),
        ({"message_subject": {"equals": "straps"}}, {"both"}),
        ({"message_subject": {"contains": "STOVE"}}, {"email"}),
        ({"message_subject": {"prefix": "fly"}}, {"email"}),
    ],
)
async def test_conversations_by_their_channels_and_subjects(
    api: httpx.AsyncClient, held: dict[str, str], criterion: dict[str, Any], expected: set[str]
) -> None:
    assert await names(api, criterion) == expected


async def test_messages_that_are_about_something(api: httpx.AsyncClient, held: dict[str, str]) -> None:
    about = {"message_subject": {"set": ""}}

    assert await names(api, about, context="message") == {"Flying with a stove", "Straps"}
    assert await names(api, {"message_subject": {"not_set": ""}}, context="message") == {None}


@pytest.mark.parametrize("words", ["stove", "flying stoves", "ana.work@example.com", "hello@shop", "lima"])
async def test_an_email_is_found_by_its_subject_and_addresses(
    found: Find, held: dict[str, str], words: str
) -> None:
    hits = await found(words)

    assert ("message", "Ana", "Flying with a stove · Am I allowed to?") in hits
