"""Several conversations, messages or notes in one request."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api import created, got, refusal

pytestmark = pytest.mark.anyio

NOBODY = "f" * 24


def results(answer: httpx.Response) -> list[tuple[int, str | None]]:
    """Of each item: its status, and which parameter was wrong."""
    assert answer.status_code == 201, answer.text
    found = [one["attributes"] for one in answer.json()["data"]]
    return [(one["status"], ((one["error"] or {}).get("source") or {}).get("parameter")) for one in found]


def ids(answer: httpx.Response) -> list[str]:
    return [one["attributes"]["object"] for one in answer.json()["data"] if one["attributes"]["object"]]


async def test_conversations_are_opened_and_changed_each_for_itself(api: httpx.AsyncClient, ana: str) -> None:
    opened = await api.post(
        "/v1/conversations/bulk",
        json=[
            {"customer": ana, "name": "First", "_clientRef": "a"},
            {"customer": NOBODY},
            {"name": "Whose?"},
            {"customer": ana, "message": {"body": "Hi"}, "status": "done"},
        ],
    )
    first, second = ids(opened)
    changed = await api.put(
        "/v1/conversations/bulk",
        json=[{"id": first, "priority": 5}, {"id": NOBODY, "priority": 5}, {"id": second, "priority": 9}],
    )

    assert results(opened) == [(201, None), (404, None), (400, "customer"), (201, None)]
    assert opened.json()["data"][0]["attributes"]["clientRef"] == "a"
    assert results(changed) == [(200, None), (404, None), (400, "priority")]
    shown = (await got(api, f"/v1/conversations/{first},{second}"))["data"]
    assert [(one["attributes"]["priority"], one["attributes"]["status"]) for one in shown] == [
        (5, "open"),
        (3, "done"),
    ]


async def test_messages_and_notes_are_recorded_each_for_itself(api: httpx.AsyncClient, ana: str) -> None:
    conversation = (await created(api, "/v1/conversations", {"customer": ana}))["id"]
    said: list[dict[str, Any]] = [
        {"conversation": conversation, "body": "Hello", "direction": "in"},
        {"conversation": conversation, "body": ""},
        {"conversation": NOBODY, "body": "Hello"},
        {"conversation": conversation, "body": "Hello to you"},
    ]

    messages = await api.post("/v1/messages/bulk", json=said)
    notes = await api.post(
        "/v1/notes/bulk", json=[{"conversation": conversation, "body": "x"}, {"body": "Where?"}]
    )

    assert results(messages) == [(201, None), (400, "body"), (404, None), (201, None)]
    assert results(notes) == [(201, None), (400, "conversation")]
    listed = (await got(api, f"/v1/conversations/{conversation}/messages"))["data"]
    assert [one["id"] for one in listed] == ids(messages)[::-1]
    assert [one["id"] for one in (await got(api, "/v1/notes"))["data"]] == ids(notes)


@pytest.mark.parametrize("door", ["conversations", "messages", "notes"])
async def test_T26_bulk_takes_a_hundred(api: httpx.AsyncClient, door: str) -> None:
    over = await api.post(f"/v1/{door}/bulk", json=[{}] * 101)
    none = await api.post(f"/v1/{door}/bulk", json=[])

    assert (refusal(over)[:2], refusal(none)[:2]) == ((400, "badparam"), (400, "badparam"))


async def test_T26_a_foreign_id_is_as_one_that_never_was(
    api: httpx.AsyncClient, foreign: httpx.AsyncClient, ana: str
) -> None:
    theirs = (await created(api, "/v1/conversations", {"customer": ana}))["id"]

    answer = await foreign.put(
        "/v1/conversations/bulk", json=[{"id": theirs, "priority": 5}, {"id": NOBODY, "priority": 5}]
    )

    errors = [one["attributes"]["error"] for one in answer.json()["data"]]
    assert errors[0] == errors[1]
    assert results(answer) == [(404, None), (404, None)]


async def test_T70_sent_again_with_its_key_nothing_is_done_twice(api: httpx.AsyncClient, ana: str) -> None:
    items = [{"customer": ana, "name": "First"}, {"customer": ana, "name": "Second"}]
    first, again = [
        await api.post("/v1/conversations/bulk", json=items, headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]

    assert ids(first) == ids(again)
    assert (await got(api, "/v1/conversations"))["meta"]["total"] == 2
